"""Documents that say much the same as one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store import documents
from pipeline.store.database.parts import AT_ONCE
from pipeline.store.documents import clusters
from pipeline.store.tables import StandingRow

NEAR = 8  # near-duplicates that are named


@dataclass(frozen=True, slots=True)
class Near:
    """A document that says much the same; `similarity` is 0 to 1."""

    sha256: str
    title: str | None
    province: str | None
    file: str
    similarity: float


def undecided_copies(session: Session, sha256: str) -> tuple[str, ...]:
    """The near-duplicates of a document that wait for a decision, the oldest first."""
    others = [one for one in clusters.members(session, sha256) if one != sha256]
    query = select(StandingRow.sha256).where(
        StandingRow.sha256.in_(others[:AT_ONCE]),
        StandingRow.status == "waiting",
        StandingRow.asked.is_(False),
    )
    return tuple(session.scalars(query.order_by(StandingRow.document_id)))


def near_duplicates(session: Session, sha256: str) -> tuple[Near, ...]:
    """The most similar documents that are not withdrawn, at most `NEAR`."""
    found = clusters.similar(session, sha256)[:NEAR]
    names = documents.arrivals_of(session, [other for other, _ in found])
    near = []
    for other, similarity in found:
        stored = documents.get_document(session, other)
        if stored.withdrawn_at is None:
            file = names[other][-1].file
            near.append(Near(other, stored.title, stored.province, file, similarity))
    return tuple(near)
