"""Changes are numbered, so that a search index knows what it has not taken in yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pipeline.documents import Passage
from pipeline.store.database.parts import in_parts
from pipeline.store.documents.passages import passage_of_row
from pipeline.store.documents.values import Change
from pipeline.store.tables import DocumentRow, PassageRow, StoreRow


def next_change(session: Session, steps: int = 1) -> int:
    """A number above all before it, and above the `steps` - 1 that are taken with it.

    The caller's transaction commits before the next gets one.
    """
    session.execute(update(StoreRow).values(change=StoreRow.change + steps))
    return session.execute(select(StoreRow.change)).scalar_one()


def hold_changes(session: Session) -> None:
    """Let nobody else number a change until the transaction ends; before a document is locked."""
    session.execute(select(StoreRow.identity).with_for_update())


def change_again(session: Session, documents: Collection[int]) -> None:
    """Give documents new numbers, by their keys, so that an index takes them in again."""
    if documents:
        first = next_change(session, len(documents)) - len(documents) + 1
        for number, key in enumerate(sorted(documents), first):
            changed = update(DocumentRow).where(DocumentRow.id == key)
            session.execute(changed.values(change=number))


def identity(session: Session) -> str:
    """Which store this is: 32 hex digits, made once with its tables."""
    return session.execute(select(StoreRow.identity)).scalar_one()


def last_change(session: Session) -> int:
    """The number of the last change; 0 in a store that never held a document."""
    return session.execute(select(StoreRow.change)).scalar_one()


def changes_since(session: Session, number: int, *, limit: int = 500) -> list[Change]:
    """What changed after change `number`, in the order of the changes, no more than `limit`.

    A document that changed more than once stands here once, under its last number: an index that
    keeps the number of the last change it took in misses nothing, however it was cut off.
    """
    query = select(DocumentRow.id, DocumentRow.sha256, DocumentRow.change)
    query = query.where(DocumentRow.change > number).order_by(DocumentRow.change).limit(limit)
    rows = list(session.execute(query))
    passages: defaultdict[int, list[Passage]] = defaultdict(list)
    names = {row.id: row.sha256 for row in rows}
    for part in in_parts(list(names)):
        found = select(*PassageRow.__table__.c).where(PassageRow.document_id.in_(part))
        found = found.order_by(PassageRow.document_id, PassageRow.ordinal)
        for row in session.execute(found):  # rows, not objects: a rebuild reads all there are
            passages[row.document_id].append(passage_of_row(row, names[row.document_id]))
    return [Change(row.change, row.sha256, tuple(passages[row.id])) for row in rows]
