"""What of many submissions the store holds already, so that a load can be gone on with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.documents import Document, Minutes, Proposal, Tagging, to_json
from pipeline.records import Record, shown
from pipeline.store.database.parts import in_parts
from pipeline.store.documents.predictions import current_predictions
from pipeline.store.documents.reading import arrivals_of, erased
from pipeline.store.documents.values import Prediction
from pipeline.store.tables import DocumentRow

Reading = tuple[Document, Minutes | Proposal, Record, Tagging | None]


def held(session: Session, readings: Sequence[Reading], round_name: str | None) -> list[bool]:
    """Which of these came in before under the same name (and for that round), read and tagged so.

    A document that was withdrawn or deleted since is held too: it is not for a load to bring it
    back.
    """
    names = [document.sha256 for document, *_ in readings]
    rows, gone = _rows(session, names), erased(session, names)
    arrivals = arrivals_of(session, names)
    said = current_predictions(session, names)

    def is_held(document: Document, parsed: Minutes | Proposal, *tags: Any) -> bool:
        sha256 = document.sha256
        if sha256 in gone:
            return True
        return (
            rows.get(sha256) == (_bare(to_json(document)), _bare(to_json(parsed)))
            and _says(said.get(sha256), *tags)
            and any(
                arrival.file == shown(document.file) and round_name in (None, arrival.round)
                for arrival in arrivals.get(sha256, ())
            )
        )

    return [is_held(*reading) for reading in readings]


def _rows(session: Session, names: Sequence[str]) -> dict[str, tuple[Any, Any]]:
    found = {}
    for part in in_parts(names):
        query = select(DocumentRow.sha256, DocumentRow.content, DocumentRow.parsed)
        for sha256, content, parsed in session.execute(query.where(DocumentRow.sha256.in_(part))):
            found[sha256] = _bare(content), _bare(parsed or {})
    return found


def _says(prediction: Prediction | None, record: Record, tagging: Tagging | None) -> bool:
    if prediction is None or prediction.tagging != to_json(tagging):
        return False
    return _bare(prediction.record) == _bare(to_json(record))


def _bare(value: Any) -> dict[str, Any]:
    """Without what the store derives, or keeps with each arrival."""
    return {name: item for name, item in value.items() if name not in ("text", "file")}
