"""What a person may say of a document: a first opinion, a second one unseen, the last word."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from corpora import Taxonomy
from pipeline.documents import KINDS
from pipeline.errors import UsageError
from pipeline.store.labels import (
    Decision,
    Labelling,
    deciding,
    disagreements,
    first_decision,
    labels_of,
)
from pipeline.store.labels.fields import LABELS
from pipeline.store.labels.history import decision_of
from pipeline.store.tables import DecisionRow, DocumentRow
from pipeline.web.access.logins import Person

Stance = Literal["first", "second", "settle", "closed"]
LONGEST_LOOK = 3600.0  # seconds; who took longer was away


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose; `modes` has the primary one first. Without agenda: the kind alone."""

    kind: str
    agenda: str | None = None
    modes: tuple[str, ...] = ()
    award_scaleup: bool = False

    @property
    def labels(self) -> dict[str, Any]:
        """The fields of a decision that models learn from."""
        return {name: getattr(self, name) for name in LABELS}


@dataclass(frozen=True, slots=True)
class Look:
    """How long a person looked: as their browser counted, else since the page was made."""

    opened: float | None = None
    counted: float | None = None

    @classmethod
    def of(cls, opened: str, counted: str) -> Look:
        """What a form says; what is no number is left out."""
        return cls(_number(opened), _number(counted))

    @property
    def seconds(self) -> float | None:
        """Seconds up to an hour, None where nobody knows."""
        since = None if self.opened is None else time.time() - self.opened
        for found in (self.counted, since):
            if found is not None and 0 <= found <= LONGEST_LOOK:
                return round(found, 1)
        return None


def stance(labels: Labelling, person: Person) -> Stance:
    """What this person may say now.

    `second` is for everybody but the first reviewer where one was asked for; it is given without
    seeing the first. Where the two differ a third person or an admin has the last word (`settle`);
    `closed` is for the second reviewer then. The first may change their mind at any time.
    """
    first = first_decision(labels)
    if first is None or first.by == person.name:
        return "first"
    if labels.asked:
        return "second"
    if not disagreements(labels):
        return "first"
    theirs = labels.second is not None and labels.second.by == person.name
    return "closed" if theirs and person.role != "admin" else "settle"


def shown_choice(labels: Labelling, person: Person) -> Choice:
    """The labels that the person finds filled in: the machine's where the first are not shown."""
    values = labels.machine if stance(labels, person) == "second" else labels.values
    return Choice(
        values["kind"] or "other",
        values["agenda"],
        tuple(values["modes"] or ()),
        bool(values["award_scaleup"]),
    )


def read_choice(form: Mapping[str, Any], further: Sequence[str], taxonomy: Taxonomy) -> Choice:
    """The choice that a form holds. Raises UsageError where it is none of the labels there are."""
    kind, agenda, mode = form.get("kind", ""), form.get("agenda", ""), form.get("mode", "")
    if kind not in KINDS:
        raise _choose("ชนิดเอกสาร", "the kind of document")
    if kind != "proposal" and not (agenda and mode):
        return Choice(kind)
    if agenda not in taxonomy.agenda_codes:
        raise _choose("ประเด็น (ปุ่ม 1-5)", "an agenda (keys 1-5)")
    if mode not in taxonomy.mode_codes:
        raise _choose("รูปแบบหลัก (ปุ่ม q w e r)", "a primary mode (keys q w e r)")
    others = [code for code in taxonomy.mode_codes if code in further and code != mode]
    return Choice(kind, agenda, (mode, *others), form.get("award_scaleup") == "1")


def _choose(thai: str, english: str) -> UsageError:
    return UsageError(f"ยังไม่ได้เลือก{thai} เลือกแล้วบันทึกอีกครั้ง", f"choose {english} and save again")


def decide(
    session: Session,
    sha256: str,
    choice: Choice,
    person: Person,
    *,
    expected: int,
    look: Look,
    note: str | None = None,
    also: Sequence[str] = (),
) -> Decision:
    """Write down what a person chose, as what their stance makes of it.

    `also` are documents that say the same: a first opinion holds for them too, undone as one.
    Raises ConflictError where somebody decided since `expected`, UsageError where it is closed.
    """
    labels = labels_of(session, [sha256])[sha256]
    now = stance(labels, person)
    if now == "closed":
        raise UsageError(
            "ท่านให้ความเห็นที่สองไปแล้ว ให้คนที่สามหรือผู้ดูแลชี้ขาดในหน้าความเห็นไม่ตรงกัน",
            "you gave the second opinion: a third person or an administrator settles it",
        )
    kind, after = _decision(now, labels, choice)
    same = also if now == "first" else ()
    if same:  # each gets these labels, whatever its own were
        kind, after = "label", (choice.labels if choice.agenda else {}) | {"kind": choice.kind}
    made, *_ = deciding.decide(
        session, [sha256, *same], after, by=person.name, kind=kind, note=note, seconds=look.seconds,
        expected={sha256: expected},
    )  # fmt: skip
    return made


def _decision(
    now: Stance, labels: Labelling, choice: Choice
) -> tuple[Literal["label", "accept", "adjudicate", "second"], dict[str, Any]]:
    chosen = choice.labels if choice.agenda else {}
    if choice.kind != labels.values["kind"] or not chosen:
        chosen = chosen | {"kind": choice.kind}
    if now == "second":
        return "second", chosen
    if now == "settle":
        return "adjudicate", chosen
    standing = {name: labels.values[name] for name in chosen}
    if chosen == standing and choice.agenda:
        return "accept", {}
    return "label", chosen


def last_of(session: Session, person: Person) -> Decision | None:
    """The last decision of a person that was not taken back."""
    query = (
        select(DecisionRow, DocumentRow.sha256)
        .join(DocumentRow, DocumentRow.id == DecisionRow.document_id)
        .where(*standing_of(person.name))
        .order_by(DecisionRow.id.desc())
        .limit(1)
    )
    found = session.execute(query).one_or_none()
    return None if found is None else decision_of(found[0], found[1])


def standing_of(me: str) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a decision that this person made themselves and has not taken back."""
    undo, redo = aliased(DecisionRow), aliased(DecisionRow)
    redone = select(redo.undoes).where(redo.undoes.is_not(None))
    undone = select(undo.undoes).where(undo.undoes.is_not(None), undo.id.not_in(redone))
    return (
        DecisionRow.by == me,
        DecisionRow.source == "human",
        DecisionRow.undoes.is_(None),
        DecisionRow.id.not_in(undone),
    )


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
