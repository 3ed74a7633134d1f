"""`wara import`: labels that people edited in a sheet become decisions, row by row with a report.

Three values of each field meet: as exported, as the sheet has it now, and as the store has it now.
What the sheet changed is applied; what the store changed too, and otherwise, is a conflict.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpora import Taxonomy
from pipeline.store.columns import layout
from pipeline.store.decisions import Wanted, decide_each
from pipeline.store.fields import FIELDS, LABELS
from pipeline.store.label_names import Names
from pipeline.store.label_rows import RowError, edited
from pipeline.store.label_sheets import SheetRow, read_sheet
from pipeline.store.labels import labels_of
from pipeline.store.models import ArrivalRow, DocumentRow
from pipeline.store.values import Decision, DecisionKind, Labelling


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was not applied; both texts give the reason and end with the remedy."""

    row: int
    file: str
    thai: str
    english: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do: rows are those of the file, its header row 1.

    `wanted` pairs rows with their decisions, those that change a label and those that confirm;
    `unchanged` rows said nothing new. `decisions` are those made, none on a dry run.
    """

    wanted: tuple[tuple[int, Wanted], ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    decisions: tuple[Decision, ...] = field(default=())

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
    return ImportReport(report.wanted, report.unchanged, report.problems, tuple(made))


def plan(session: Session, rows: Sequence[SheetRow], taxonomy: Taxonomy) -> ImportReport:
    """What applying the rows would do."""
    found, problems = _found(session, rows)
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
            problems.append(_problem(row, error))
    done = tuple((number, want) for number, want in wanted.values() if want is not None)
    unchanged = len(rows) - len(done) - len(problems)
    return ImportReport(done, unchanged, tuple(sorted(problems, key=lambda p: p.row)))


def _want(row: SheetRow, labels: Labelling, names: Names) -> Wanted | None:
    """The decision that a row asks for; None where it says nothing new. Raises RowError."""
    base = _exported(row.cells)
    was = base or {**labels.values, "note": labels.note, "reviewed": bool(labels.decided)}
    sheet = edited(row.cells, names, was)
    changed = {name for name, value in sheet.values.items() if value != was[name]}
    new = {
        name: sheet.values[name] for name in changed if sheet.values[name] != labels.values[name]
    }
    confirms = sheet.reviewed and not was["reviewed"]
    for name in sheet.values if confirms else new:
        _check_unmoved(name, sheet.values[name], labels, base)
    note = None if sheet.note in (was["note"], labels.note) else sheet.note
    if new or confirms:
        # Who edits a row has looked at it as a whole: its labels are all theirs.
        same = {n: v for n, v in sheet.values.items() if n in LABELS and v == labels.values[n]}
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


def _found(session: Session, rows: Sequence[SheetRow]) -> tuple[dict[int, str], list[Problem]]:
    """The document of each row, by digest, else by a file name that only one document has."""
    known, by_name = _known(session)
    found: dict[int, str] = {}
    problems = []
    for row in rows:
        sha256, file = row.cells.get("sha256", "").lower(), row.cells.get("file", "")
        named = by_name.get(file) or by_name.get(_name(file)) or set()
        if sha256 in known:
            found[row.number] = sha256
        elif sha256 or not named:
            problems.append(_problem(row, _NO_DOCUMENT))
        elif len(named) > 1:
            problems.append(_problem(row, _SEVERAL))
        else:
            [found[row.number]] = named
    return found, problems


_NO_DOCUMENT = RowError(
    "ไม่มีเอกสารนี้ในคลัง นำเข้าก่อนด้วย wara ingest หรือลบแถวนี้",
    "this document is not in the store: wara ingest it first, or delete the row",
)
_SEVERAL = RowError(
    "มีหลายเอกสารชื่อนี้ เติมคอลัมน์ sha256 จาก wara export",
    "several documents have this name: fill in the column sha256 from wara export",
)


def _known(session: Session) -> tuple[set[str], dict[str, set[str]]]:
    """All documents, and which of them ever came under a name, with and without its folders."""
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    query = (
        select(DocumentRow.sha256, ArrivalRow.file)
        .join(ArrivalRow, ArrivalRow.document_id == DocumentRow.id)
        .where(DocumentRow.withdrawn_at.is_(None))
    )
    known = set()
    for sha256, file in session.execute(query):
        known.add(sha256)
        by_name[file].add(sha256)
        by_name[_name(file)].add(sha256)
    return known, dict(by_name)


def _name(file: str) -> str:
    return PurePosixPath(PureWindowsPath(file).as_posix()).name


def _problem(row: SheetRow, error: RowError) -> Problem:
    file = row.cells.get("file") or row.cells.get("sha256", "")[:12]
    return Problem(row.number, _name(file), error.thai, error.english)
