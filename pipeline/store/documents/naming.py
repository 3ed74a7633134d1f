"""Documents by what people call them: the beginning of a digest, or a file's name."""

from __future__ import annotations

import re

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pipeline.records import shown
from pipeline.store.errors import StoreError
from pipeline.store.tables import ArrivalRow, DocumentRow

FEWEST_DIGITS = 8  # of a digest
_DIGEST = re.compile(rf"[0-9a-f]{{{FEWEST_DIGITS},64}}")
_MOST_NAMED = 5
_LONGEST = 4096  # of a path; SQLite compares no patterns of 50,000 bytes and more


def named(session: Session, name: str) -> str:
    """The digest of the one document of that name; deleted and withdrawn ones have none.

    `name` is a digest or its first digits, or the name (with its folders or without) under which
    the file came in. Raises StoreError where there is none, or more than one.
    """
    name = shown(name)
    documents = select(DocumentRow.sha256).where(DocumentRow.withdrawn_at.is_(None))
    found: list[str] = []
    if _DIGEST.fullmatch(name.lower()):
        query = documents.where(DocumentRow.sha256.startswith(name.lower()))
        found = list(session.scalars(query.limit(_MOST_NAMED)))
    if not found and 0 < len(name) <= _LONGEST:
        ends = ArrivalRow.file.endswith(f"/{name}", autoescape=True)
        query = documents.join(ArrivalRow, ArrivalRow.document_id == DocumentRow.id)
        query = query.add_columns(ArrivalRow.file).where(or_(ArrivalRow.file == name, ends))
        # SQLite's patterns take A.txt for a.txt, which may be somebody else's.
        rows = [row for row in session.execute(query) if f"/{row.file}".endswith(f"/{name}")]
        found = list(dict.fromkeys(row.sha256 for row in rows))
    told = name[:100]
    if not found:
        raise StoreError(
            f"ไม่มีเอกสารชื่อ {told} ในคลัง ใช้ชื่อไฟล์หรือ sha256 จาก wara export",
            f"no document {told} in the store: give its file's name or sha256, see wara export",
        )
    if len(found) > 1:
        which = ", ".join(sha256[:12] for sha256 in found[:_MOST_NAMED])
        raise StoreError(
            f"มีเอกสารชื่อ {told} หลายฉบับ ให้ระบุ sha256: {which}",
            f"several documents are called {told}: give a sha256 ({which})",
        )
    return found[0]
