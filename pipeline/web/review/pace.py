"""How fast a person reviews today, and so how long what waits will take."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store.rounds import THAILAND
from pipeline.store.tables import DecisionRow
from pipeline.web.review.opinions import standing_of

ENOUGH = 3  # decisions; fewer tell nothing of the next ones


@dataclass(frozen=True, slots=True)
class Pace:
    """Documents looked at one by one today, and the median of seconds for each."""

    documents: int
    seconds: float

    def minutes_for(self, waiting: int) -> int:
        """Whole minutes for so many documents more, at least one."""
        return max(1, round(waiting * self.seconds / 60))


def pace_of(session: Session, me: str, day: dt.date) -> Pace | None:
    """The pace of a person on a day in Thailand; None before there were `ENOUGH` decisions.

    What was taken back or decided together with others does not count.
    """
    begun = dt.datetime.combine(day, dt.time(), THAILAND)
    query = select(DecisionRow.document_id, DecisionRow.seconds).where(
        *standing_of(me),
        DecisionRow.at >= begun,
        DecisionRow.at < begun + dt.timedelta(days=1),
        DecisionRow.seconds.is_not(None),
        DecisionRow.group.is_(None),
    )
    looked = {row.document_id: row.seconds for row in session.execute(query)}
    return Pace(len(looked), median(looked.values())) if len(looked) >= ENOUGH else None
