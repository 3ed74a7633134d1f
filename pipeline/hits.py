"""Search results as programs get them, with the file and page that each passage stands on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.documents import to_json
from pipeline.search import Hit, Results
from pipeline.store import Store
from pipeline.store.documents import arrivals_of, page_ends


def answer(store: Store, found: Results) -> dict[str, Any]:
    """The answer of `wara search --json`.

    `start` and `end` count in the document's text, `highlights` in the hit's own `text`. `file` is
    the name that the document came under last, `page` counts from 1.
    """
    documents = list(dict.fromkeys(hit.passage.document for hit in found.hits))
    with store.read() as session:
        arrivals = arrivals_of(session, documents)
        ends = page_ends(session, documents)
    return {
        "query": found.query,
        "total": found.total,
        "took_ms": round(found.took_ms, 2),
        "suggestion": found.suggestion,
        "facets": {name: dict(counts) for name, counts in found.facets.items()},
        "hits": [
            _hit(hit)
            | {
                "file": arrivals[hit.passage.document][-1].file,
                "page": page_at(ends[hit.passage.document], hit.passage.start),
            }
            for hit in found.hits
        ],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "document": passage.document,
        "passage": passage.id,
        "score": round(hit.score, 4),
        "kind": passage.kind,
        "title": passage.title,
        "heading": passage.heading,
        "meeting": passage.meeting,
        "item": passage.item,
        "speaker": passage.speaker,
        "position": passage.position,
        "date": to_json(passage.date),
        "provinces": list(passage.provinces),
        "topics": list(passage.topics),
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "highlights": [[span.start, span.end] for span in hit.highlights],
    }


def page_at(ends: Sequence[Sequence[int]], offset: int) -> int:
    """The number of the page that holds the character at `offset`; `ends` are `page_ends`."""
    return next((number for end, number in ends if offset < end), ends[-1][1])
