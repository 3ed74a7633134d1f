"""Passages as people find them: under the title, province and kind that was decided on.

What the reader found stays in the store; a decision lies over it, and an undo takes it away again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.documents import Passage
from pipeline.store.database.parts import in_parts
from pipeline.store.labels.folding import labels_of
from pipeline.store.labels.values import Labelling
from pipeline.store.tables import DecisionRow, DocumentRow
from pipeline.tables import LIST_SEPARATOR


def as_decided(session: Session, passages: Sequence[Passage]) -> list[Passage]:
    """The passages with what people decided on their documents in the place of what was read."""
    decided = _decided(session, {passage.document for passage in passages})
    if not decided:
        return list(passages)
    values = {sha256: _values(found) for sha256, found in labels_of(session, decided).items()}
    return [
        replace(passage, **values[passage.document]) if passage.document in values else passage
        for passage in passages
    ]


def _decided(session: Session, documents: Collection[str]) -> list[str]:
    found: list[str] = []
    for part in in_parts(sorted(documents)):
        query = select(DocumentRow.sha256).join(DecisionRow).where(DocumentRow.sha256.in_(part))
        found += session.scalars(query.distinct())
    return found


def _values(labels: Labelling) -> dict[str, Any]:
    """The fields of a passage that a decision holds for."""
    values: dict[str, Any] = {}
    if "title" in labels.decided:
        values["title"] = labels.values["title"] or ""
    if "province" in labels.decided:
        several = labels.values["province"]  # of minutes, as their row has them
        values["provinces"] = tuple(several.split(LIST_SEPARATOR)) if several else ()
    if "kind" in labels.decided:
        values["document_kind"] = labels.values["kind"]
    return values
