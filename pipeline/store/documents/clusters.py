"""Near-duplicates, looked up by the bands of their signatures in SQL, and kept in clusters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from pipeline.store.database.parts import in_parts
from pipeline.store.documents.signatures import band_keys, similarity
from pipeline.store.tables import BandRow, DocumentRow

SIMILAR = 0.6
"""From this estimated similarity on, documents are one cluster."""

_CANDIDATES = 64


def place(session: Session, row: DocumentRow, sketch: bytes | None) -> None:
    """Give a document its signature and put it into the cluster where it belongs."""
    session.execute(delete(BandRow).where(BandRow.document_id == row.id))
    row.signature = sketch
    near = [] if sketch is None else [other for other, _ in _near(session, row.id, sketch)]
    if sketch is not None:
        bands = [{"key": key, "document_id": row.id} for key in sorted(set(band_keys(sketch)))]
        session.execute(insert(BandRow), bands)
    if row.cluster is not None and all(other.cluster != row.cluster for other in near):
        leave(session, row)
    if near:
        _join(session, [row, *near])


def place_new(session: Session, sketches: Mapping[int, bytes]) -> None:
    """As `place` for documents that have just been stored with their signatures, by their keys."""
    keys = {key: sorted(set(band_keys(sketch))) for key, sketch in sketches.items()}
    bands = [{"key": band, "document_id": key} for key, own in keys.items() for band in own]
    if not bands:
        return
    session.execute(insert(BandRow), bands)
    sharing = _sharing(session, {row["key"] for row in bands})
    candidates = {key: _most_shared(key, own, sharing) for key, own in keys.items()}
    for key, others in candidates.items():
        near = _similar_enough(session, sketches[key], others) if others else []
        if near:
            own = session.get_one(DocumentRow, key, populate_existing=True)
            _join(session, [own, *(row for row, _ in near)])


def _sharing(session: Session, bands: set[int]) -> dict[int, list[int]]:
    """The documents of each of these bands that more than one has."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for part in in_parts(sorted(bands)):
        query = select(BandRow.key, BandRow.document_id).where(BandRow.key.in_(part))
        for band, document in session.execute(query):
            found[band].append(document)
    return {band: documents for band, documents in found.items() if len(documents) > 1}


def _most_shared(own: int, bands: Iterable[int], sharing: Mapping[int, list[int]]) -> list[int]:
    """The documents that have most bands in common with `own`, no more than are looked at."""
    counts = Counter(other for band in bands for other in sharing.get(band, ()) if other != own)
    return sorted(counts, key=lambda other: (-counts[other], other))[:_CANDIDATES]


def leave(session: Session, row: DocumentRow) -> None:
    """Take a document out of its cluster; the others stay together."""
    others = _members(session, row)
    row.cluster = None
    session.flush()
    rest = [other.id for other in others if other.id != row.id]
    root = min(rest) if len(rest) > 1 else None
    session.execute(update(DocumentRow).where(DocumentRow.id.in_(rest)).values(cluster=root))


def _near(session: Session, own: int, sketch: bytes) -> list[tuple[DocumentRow, float]]:
    """The documents that are similar enough, the most similar first."""
    keys = BandRow.key.in_(band_keys(sketch)), BandRow.document_id != own
    shared = (
        select(BandRow.document_id)
        .where(*keys)
        .group_by(BandRow.document_id)
        .order_by(func.count().desc(), BandRow.document_id)
        .limit(_CANDIDATES)
    )
    return _similar_enough(session, sketch, list(session.scalars(shared)))


def _similar_enough(
    session: Session, sketch: bytes, candidates: Sequence[int]
) -> list[tuple[DocumentRow, float]]:
    query = select(DocumentRow, DocumentRow.signature).where(DocumentRow.id.in_(candidates))
    found = session.execute(query)
    scored = [(row, similarity(sketch, other)) for row, other in found if other]
    return sorted(
        ((row, score) for row, score in scored if score >= SIMILAR),
        key=lambda pair: (-pair[1], pair[0].id),
    )


def _join(session: Session, rows: Iterable[DocumentRow]) -> None:
    """Make one cluster of these documents and of the clusters they are in."""
    rows = list(rows)
    roots = {row.cluster for row in rows if row.cluster is not None}
    root = min({row.id for row in rows} | roots)
    session.flush()
    session.execute(
        update(DocumentRow)
        .where(DocumentRow.cluster.in_(roots) | DocumentRow.id.in_([row.id for row in rows]))
        .where(DocumentRow.cluster.is_distinct_from(root))  # all but one are there mostly
        .values(cluster=root)
        .execution_options(synchronize_session="fetch")
    )


def _members(session: Session, row: DocumentRow) -> list[Any]:
    if row.cluster is None:
        return [row]
    query = select(DocumentRow.id, DocumentRow.sha256).where(DocumentRow.cluster == row.cluster)
    return list(session.execute(query.order_by(DocumentRow.id)))


def members(session: Session, sha256: str) -> tuple[str, ...]:
    """The cluster of a document, itself included, the oldest first: decide them all at once."""
    row = session.scalars(select(DocumentRow).where(DocumentRow.sha256 == sha256)).one_or_none()
    return () if row is None else tuple(member.sha256 for member in _members(session, row))


def clusters_of(session: Session, documents: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The cluster of each of these documents that is in one, the oldest first."""
    numbers: dict[str, int] = {}
    for part in in_parts(documents):
        query = select(DocumentRow.sha256, DocumentRow.cluster)
        query = query.where(DocumentRow.sha256.in_(part), DocumentRow.cluster.is_not(None))
        numbers.update((sha256, cluster) for sha256, cluster in session.execute(query) if cluster)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for part in in_parts(sorted(set(numbers.values()))):
        query = select(DocumentRow.sha256, DocumentRow.cluster)
        query = query.where(DocumentRow.cluster.in_(part)).order_by(DocumentRow.id)
        for sha256, cluster in session.execute(query):
            found[cluster or 0].append(sha256)
    return {sha256: tuple(found[number]) for sha256, number in numbers.items()}


def clusters(session: Session) -> dict[int, tuple[str, ...]]:
    """Every cluster by its number, its documents the oldest first."""
    query = select(DocumentRow.cluster, DocumentRow.sha256).where(DocumentRow.cluster.is_not(None))
    found: dict[int, tuple[str, ...]] = {}
    for cluster, sha256 in session.execute(query.order_by(DocumentRow.id)):
        assert cluster is not None
        found[cluster] = (*found.get(cluster, ()), sha256)
    return found


def similar(session: Session, sha256: str) -> list[tuple[str, float]]:
    """Near-duplicates of a document with their estimated similarity, the most similar first."""
    query = select(DocumentRow.id, DocumentRow.signature).where(DocumentRow.sha256 == sha256)
    own = session.execute(query).one_or_none()
    if own is None or own.signature is None:
        return []
    return [(row.sha256, score) for row, score in _near(session, own.id, own.signature)]
