"""The figures of the dashboard, counted from the store.

What takes a look at every decision or every set of minutes is counted once: the number of the last
decision, or of the last change, says whether anything has happened since.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.store import Decision, Store
from pipeline.store.documents import last_change
from pipeline.store.labels.history import SETTING, active, decision_of
from pipeline.store.standings import Received, RoundStatus
from pipeline.store.tables import DecisionRow, DocumentRow, StandingRow
from pipeline.web.dashboard.charts import Bar
from pipeline.web.frame.dates import in_bangkok

SOON = dt.timedelta(days=60)
STORES = 4  # whose figures are kept in mind


@dataclass(frozen=True, slots=True)
class Week:
    """Documents that people first decided on in a week: how many, and how many they corrected.

    `start` is its Monday in Thailand; `agenda` and `mode` count corrections of each, `any` of
    either; the mode is the primary one.
    """

    start: dt.date
    n: int
    agenda: int
    mode: int
    any: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All documents but minutes: how many for each (agenda, primary mode), and how far they are.

    `reviewed` were decided on by people; of the rest the model is sure of `sure` and not of
    `open`; `untagged` have neither labels nor anything to decide.
    """

    spread: Mapping[tuple[str, str], int]
    reviewed: int
    sure: int
    open: int
    untagged: int

    @property
    def total(self) -> int:
        """How many documents there are, minutes left out."""
        return self.reviewed + self.sure + self.open + self.untagged

    @property
    def coverage(self) -> float | None:
        """The share that needs nobody any more; None without documents."""
        return (self.reviewed + self.sure) / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline of some minutes, and where it stands."""

    date: dt.date
    what: str
    who: str | None
    sha256: str
    title: str
    start: int


def overview(session: Session) -> Overview:
    """The labels as they stand, counted; `standings.follow` brings them up to date."""
    here = StandingRow.kind != "minutes"
    axes = (StandingRow.agenda, StandingRow.mode)
    query = select(*axes, func.count()).where(here).group_by(*axes)
    spread = {(agenda, mode): n for agenda, mode, n in session.execute(query) if agenda and mode}
    stands: Counter[str] = Counter()
    how = (StandingRow.status, StandingRow.flagged)
    for status, flagged, n in session.execute(
        select(*how, func.count()).where(here).group_by(*how)
    ):
        stands[_standing(status, flagged)] += n
    return Overview(spread, *(stands[name] for name in ("reviewed", "sure", "open", "untagged")))


def _standing(status: str, flagged: bool) -> str:
    if status == "decided":
        return "reviewed"
    if status == "none":
        return "untagged"
    return "open" if flagged else "sure"


def corrections(store: Store) -> tuple[Week, ...]:
    """The weeks in which people decided, in order."""
    with store.read() as session:
        # How many there are, too: the decisions of a deleted document go with it.
        last, n = session.execute(select(func.max(DecisionRow.id), func.count())).one()
    return _corrections(store, (last or 0, n))


def deadlines(store: Store) -> tuple[Due, ...]:
    """Every deadline of all minutes, the earliest first."""
    with store.read() as session:
        change = last_change(session)
    return _deadlines(store, change)


def falling_due(found: Sequence[Due], today: dt.date) -> tuple[list[Due], list[Due]]:
    """The deadlines of the next 60 days, the nearest first, and those gone by, the latest first."""
    soon = [due for due in found if today <= due.date <= today + SOON]
    return soon, [due for due in reversed(found) if due.date < today]


def arrivals_by_day(status: RoundStatus) -> list[Bar]:
    """The submissions of a round by the day they came in, as the clock stands in Thailand."""
    received: list[Received] = list(status.unplaced)
    for province in (*status.provinces, *status.others):
        received += province.submissions
    counts = Counter((in_bangkok(one.received_at).date(), one.on_time) for one in received)
    days = sorted({day for day, _ in counts})
    return [Bar(day, counts[day, True], counts[day, False]) for day in days]


@lru_cache(STORES)
def _corrections(store: Store, _state: tuple[int, int]) -> tuple[Week, ...]:
    with store.read() as session:
        return tuple(_weeks(_decisions(session)))


def _decisions(session: Session) -> dict[int, list[Decision]]:
    """All decisions on each document that is there, the oldest first."""
    query = (
        select(DecisionRow)
        .join(DocumentRow, DocumentRow.id == DecisionRow.document_id)
        .where(DocumentRow.withdrawn_at.is_(None))
        .order_by(DecisionRow.id)
    )
    found: defaultdict[int, list[Decision]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.document_id].append(decision_of(row, ""))
    return dict(found)


def _weeks(made: Mapping[int, Sequence[Decision]]) -> Iterator[Week]:
    """The weeks in which people decided; a document counts once, when it was first decided on."""
    found: defaultdict[dt.date, list[tuple[bool, bool]]] = defaultdict(list)
    for decisions in made.values():
        first = next((one for one in active(decisions) if _labels(one)), None)
        if first is not None:
            day = in_bangkok(first.at).date()
            found[day - dt.timedelta(days=day.weekday())].append(_corrected(first))
    for start in sorted(found):
        pairs = found[start]
        yield Week(
            start, len(pairs), sum(a for a, _ in pairs), sum(m for _, m in pairs),
            sum(a or m for a, m in pairs),
        )  # fmt: skip


def _labels(decision: Decision) -> bool:
    by_people = decision.source != "machine" and decision.kind in SETTING
    return by_people and bool({"agenda", "modes"} & set(decision.after))


def _corrected(decision: Decision) -> tuple[bool, bool]:
    """Whether a decision changed the agenda, and the primary mode."""
    before, after = decision.before, decision.after
    agenda = "agenda" in after and after["agenda"] != before.get("agenda")
    mode = "modes" in after and after["modes"][:1] != (before.get("modes") or [])[:1]
    return agenda, mode


@lru_cache(STORES)
def _deadlines(store: Store, _change: int) -> tuple[Due, ...]:
    query = select(
        DocumentRow.sha256, DocumentRow.title, DocumentRow.parsed["deadlines"].as_json()
    ).where(DocumentRow.kind == "minutes", DocumentRow.withdrawn_at.is_(None))
    found = []
    with store.read() as session:
        for sha256, title, listed in session.execute(query):
            for one in listed or ():
                day = dt.date.fromisoformat(one["date"])
                due = Due(day, one["what"], one["who"], sha256, title or sha256[:12], one["start"])
                found.append(due)
    return tuple(sorted(found, key=lambda due: (due.date, due.sha256, due.start)))
