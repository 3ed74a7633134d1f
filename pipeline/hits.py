"""Search results as programs get them, with the file and page that each passage stands on."""

from __future__ import annotations

from typing import Any

from pipeline.documents import Document, to_json
from pipeline.search import Hit, Results
from pipeline.store import Store
from pipeline.store.documents import arrivals_of, get_content


def answer(store: Store, found: Results) -> dict[str, Any]:
    """The answer of `wara search --json`.

    `start` and `end` count in the document's text, `highlights` in the hit's own `text`. `file` is
    the name that the document came under last, `page` counts from 1.
    """
    documents = list(dict.fromkeys(hit.passage.document for hit in found.hits))
    with store.read() as session:
        arrivals = arrivals_of(session, documents)
        contents = {sha256: get_content(session, sha256) for sha256 in documents}
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
                "page": page_of(contents[hit.passage.document], hit.passage.start),
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


def page_of(document: Document, offset: int) -> int:
    """The number of the page that holds the character at `offset` of `document.text`."""
    end = 0
    for page in document.pages:
        end += len(page.text) + 1
        if offset < end:
            return page.number
    return document.pages[-1].number
