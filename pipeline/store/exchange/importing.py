"""`wara import`: labels that people edited in a sheet become decisions, row by row with a report.

Three values of each field meet: as exported, as the sheet has it now, and as the store has it now.
What the sheet changed is applied; what the store changed too, and otherwise, is a conflict.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from corpora import Taxonomy
from pipeline.store.exchange.columns import layout
from pipeline.store.exchange.finding import Problem, documents_of, name_of, problem_of
from pipeline.store.exchange.names import Names
from pipeline.store.exchange.rows import RowError, edited
from pipeline.store.exchange.sheets import SheetRow, read_sheet
from pipeline.store.labels.deciding import Wanted, decide_each
from pipeline.store.labels.fields import FIELDS, LABELS
from pipeline.store.labels.folding import labels_of
from pipeline.store.labels.values import Decision, DecisionKind, Labelling


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a row makes of its document: the fields that it sets and its note, before and after.

    A row that only confirms has the same on both sides.
    """

    row: int
    file: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def fields(self) -> tuple[str, ...]:
        """Those that become another value."""
        return tuple(name for name, value in self.after.items() if value != self.before[name])


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do: rows are those of the file, its header row 1.

    `wanted` pairs rows with their decisions, those that change a label and those that confirm;
    `changes` tells of each what it changes. `unchanged` rows said nothing new. `decisions` are
    those made, none on a dry run.
    """

    wanted: tuple[tuple[int, Wanted], ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    decisions: tuple[Decision, ...] = field(default=())
    changes: tuple[RowChange, ...] = ()

    @property
    def group(self) -> str | None:
        """What `undo_group` takes to undo the whole import; None for a single decision."""
        return self.decisions[0].group if self.decisions else None


def import_labels(
    session: Session, path: Path, taxonomy: Taxonomy, *, by: str, dry_run: bool = False
) -> ImportReport:
    """Apply the labels of an edited sheet; rows that cannot be applied are reported and left out.

    Raises UsageError and ReadError where the file itself cannot be read.
    """
    headings = {column.code: column.heading for column in layout(taxonomy).columns}
    report = plan(session, read_sheet(path, headings), taxonomy)
    if dry_run or not report.wanted:
        return report
    made = decide_each(session, [want for _, want in report.wanted], by=by, source="import")
    return replace(report, decisions=tuple(made))


def plan(session: Session, rows: Sequence[SheetRow], taxonomy: Taxonomy) -> ImportReport:
    """What applying the rows would do."""
    found, problems = documents_of(session, rows)
    standing = labels_of(session, list(found.values()))
    names = Names.of(taxonomy)
    wanted: dict[str, tuple[int, Wanted | None]] = {}
    for row in rows:
        if row.number not in found:
            continue
        labels = standing[found[row.number]]
        try:
            want = _want(row, labels, names)
            _check_once(want, wanted.get(labels.sha256))
            wanted.setdefault(labels.sha256, (row.number, want))
        except RowError as error:
            problems.append(problem_of(row, error))
    done = tuple((number, want) for number, want in wanted.values() if want is not None)
    named = {row.number: name_of(row) for row in rows}
    return ImportReport(
        done,
        unchanged=len(rows) - len(done) - len(problems),
        problems=tuple(sorted(problems, key=lambda p: p.row)),
        changes=tuple(_change(n, named[n], want, standing[want.sha256]) for n, want in done),
    )


def _change(row: int, file: str, want: Wanted, labels: Labelling) -> RowChange:
    after = dict(want.after) | ({"note": want.note} if want.note else {})
    now = {**labels.values, "note": labels.note}
    return RowChange(row, file, {name: now[name] for name in after}, after)


def _want(row: SheetRow, labels: Labelling, names: Names) -> Wanted | None:
    """The decision that a row asks for; None where it says nothing new. Raises RowError."""
    base = _exported(row.cells)
    was = base or {**labels.values, "note": labels.note, "reviewed": bool(labels.decided)}
    sheet = edited(row.cells, names, was)
    changed = [name for name, value in sheet.values.items() if value != was[name]]
    new = {
        name: sheet.values[name] for name in changed if sheet.values[name] != labels.values[name]
    }
    asked = sheet.reviewed and not was["reviewed"]
    for name in sheet.values if asked else new:
        _check_unmoved(name, sheet.values[name], labels, base)
    note = None if sheet.note in (was["note"], labels.note) else sheet.note
    # Who edits a row has looked at it as a whole: its labels are all theirs.
    same = {n: v for n, v in sheet.values.items() if n in LABELS and v == labels.values[n]}
    confirms = asked and not all(name in labels.decided for name in same or LABELS)
    if new or confirms:
        kind: DecisionKind = "label" if new else "accept"
        return Wanted(labels.sha256, same | new, kind, note)
    return Wanted(labels.sha256, {}, "note", note) if note else None


def _check_unmoved(
    name: str, value: Any, labels: Labelling, base: Mapping[str, Any] | None
) -> None:
    """Raise RowError where somebody, or a new model, changed the field since the export."""
    theirs = labels.values[name]
    if value == theirs:
        return
    by = labels.decided.get(name)
    by_person = by is not None and by.source == "human"
    # Without the values exported, no more is known than that a person decided.
    if by_person if base is None else theirs != base[name]:
        who = by.by if by else f"โมเดล {labels.model}"
        raise RowError(
            f"{name} ถูกเปลี่ยนเป็น {_shown(theirs)} หลังส่งออก ({who}) "
            "ส่งออกใหม่ด้วย wara export แล้วแก้ในไฟล์ใหม่",
            f"{name} was changed to {_shown(theirs)} since the export (by {who}): "
            "export anew and edit that file",
        )


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _exported(cells: Mapping[str, str]) -> dict[str, Any] | None:
    """The values as they were exported; None where the sheet does not know or they were edited."""
    try:
        values = json.loads(cells.get("exported", ""))
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or not {*FIELDS, "note", "reviewed"} <= set(values):
        return None
    if not isinstance(values["modes"], list):
        return None
    return values | {"modes": tuple(values["modes"])}


def _check_once(want: Wanted | None, before: tuple[int, Wanted | None] | None) -> None:
    """Raise RowError for a second row on the same document that says something else."""
    if before is not None and before[1] != want:
        raise RowError(
            f"เอกสารนี้อยู่ในแถว {before[0]} แล้วและป้ายไม่ตรงกัน ให้เหลือแถวเดียว",
            f"row {before[0]} labels this document otherwise: keep one of the two",
        )
