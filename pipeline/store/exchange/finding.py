"""Which document a row of a sheet is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store.exchange.rows import RowError
from pipeline.store.exchange.sheets import SheetRow
from pipeline.store.tables import ArrivalRow, DocumentRow


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was not applied; both texts give the reason and end with the remedy."""

    row: int
    file: str
    thai: str
    english: str


def documents_of(
    session: Session, rows: Sequence[SheetRow]
) -> tuple[dict[int, str], list[Problem]]:
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
            problems.append(problem_of(row, _NO_DOCUMENT))
        elif len(named) > 1:
            problems.append(problem_of(row, _SEVERAL))
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


def problem_of(row: SheetRow, error: RowError) -> Problem:
    """The report of a row that cannot be applied."""
    return Problem(row.number, name_of(row), error.thai, error.english)


def name_of(row: SheetRow) -> str:
    """The file that a row names, without its folders, else the beginning of its digest."""
    return _name(row.cells.get("file") or row.cells.get("sha256", "")[:12])
