"""Takes documents out of the store for good: text, file, and what was said and decided of them.

Of a deleted document its digest stays, so that the index lets go of it and a load from an archive
does not bring it back, and a line in the audit log, which says who deleted it and why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from pipeline.errors import OutputError
from pipeline.store.documents import clusters
from pipeline.store.documents.changes import hold_changes, next_change
from pipeline.store.documents.files import place_of
from pipeline.store.documents.reading import arrivals_of, row_of
from pipeline.store.tables import (
    ArrivalRow,
    AuditRow,
    DecisionRow,
    JobFileRow,
    PassageRow,
    PredictionRow,
    StandingRow,
)

ACTION = "document.delete"
DELETED_NAME = "(ลบแล้ว · deleted)"
_COUNTED = (PassageRow, PredictionRow, DecisionRow, ArrivalRow)


@dataclass(frozen=True, slots=True)
class Holding:
    """What the store holds of a document: what goes when it is deleted.

    `files` are the names under which it came in; the others count rows.
    """

    sha256: str
    title: str | None
    files: tuple[str, ...]
    passages: int
    predictions: int
    decisions: int
    arrivals: int


def holding(session: Session, sha256: str) -> Holding:
    """What there is of a document. Raises StoreError for an unknown one."""
    row = row_of(session, sha256)
    names = dict.fromkeys(one.file for one in arrivals_of(session, [sha256]).get(sha256, ()))
    counts = (
        session.scalar(select(func.count()).where(table.document_id == row.id)) or 0
        for table in _COUNTED
    )
    return Holding(sha256, row.title, tuple(names), *counts)


def erase(session: Session, sha256: str, *, by: str, note: str = "", address: str = "") -> Holding:
    """Delete what there is of a document, but for its file, and write that down; what it was.

    Raises StoreError for an unknown document, also for one that was deleted before.
    """
    hold_changes(session)
    gone = holding(session, sha256)
    row = row_of(session, sha256)
    if session.get_bind().dialect.name == "sqlite":  # what was there is overwritten with zeros
        session.execute(text("PRAGMA secure_delete = ON"))
    clusters.place(session, row, None)
    for name, value in _emptied(dt.datetime.now(dt.UTC)).items():
        setattr(row, name, value)
    row.change = next_change(session)
    session.flush()  # the database lets decisions go only of a document that is marked
    for table in (*_COUNTED, StandingRow):
        session.execute(delete(table).where(table.document_id == row.id))
    uploaded = update(JobFileRow).where(JobFileRow.sha256 == sha256)
    session.execute(uploaded.values(name=DELETED_NAME, place="", title=None))
    session.add(_line(gone, by, note, address))
    return gone


def remove_files(session: Session, files: Path, documents: Sequence[str]) -> None:
    """Remove the originals of erased documents below `files`, as the last step of the transaction.

    Cut off before the end, it leaves documents that can be deleted again, never a file that
    nothing leads to any more. The same bytes that came in at once as .txt and .md lie there twice.
    Raises OutputError.
    """
    session.flush()
    for sha256 in documents:
        path = place_of(files, sha256, "")
        try:
            for kept in path.parent.glob(f"{sha256}*"):
                kept.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(
                f"ลบไฟล์ต้นฉบับใน {path.parent} ไม่ได้ ({error.strerror}) จึงยังไม่ได้ลบเอกสาร "
                "ตรวจสิทธิ์ของโฟลเดอร์งานแล้วลบอีกครั้ง",
                "an original file cannot be removed, so no document was deleted: check the "
                "permissions of the workspace and delete again",
            ) from error


def _emptied(now: dt.datetime) -> dict[str, Any]:
    """What is left in the row of a deleted document, beside digest, kind and times."""
    nothing = ("title", "province", "document_date", "fiscal_year", "parsed", "page_ends")
    return {
        **dict.fromkeys(nothing),
        "warnings": [],
        "content": {},
        "digest": "",
        "withdrawn_at": now,
        "erased_at": now,
    }


def _line(gone: Holding, by: str, note: str, address: str) -> AuditRow:
    """The line of the audit log; it names nothing but the digest."""
    details = {"passages": gone.passages, "decisions": gone.decisions, "arrivals": gone.arrivals}
    return AuditRow(
        at=dt.datetime.now(dt.UTC),
        by=by,
        action=ACTION,
        target=gone.sha256,
        details=details | ({"note": note} if note else {}),
        address=address,
    )
