"""The hits of a planned query, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import tantivy
from tantivy import Order, Query

from pipeline.documents import Passage
from pipeline.search.analysis import analyse
from pipeline.search.highlighting import highlights
from pipeline.search.matching import Plan
from pipeline.search.reranking import DEPTH, closeness
from pipeline.search.schema import Stored, stored_at
from pipeline.search.values import Hit, Sort

_LARGEST_STEP = 1000


def page_of_hits(
    searcher: tantivy.Searcher, made: Plan, limit: int, offset: int, sort: Sort
) -> list[Hit]:
    """The best `limit` hits after the first `offset`; pages of one state of the index are apart."""
    if limit <= 0 or offset < 0:
        return []
    if sort == "date":
        return list(_by_date(searcher, made, limit, offset))
    return list(islice(_ranked(searcher, made, offset + limit), offset, offset + limit))


def _ranked(searcher: tantivy.Searcher, made: Plan, wanted: int) -> Iterator[Hit]:
    """All hits from the best on; the order of the first `DEPTH` comes from a second look."""
    best = _scored(searcher, made.ranking, DEPTH, 0)
    seen = {stored.passage.id for _, stored in best}
    yield from _shown(made, _looked_at_again(made, best))
    start, step = 0, min(max(DEPTH, wanted), _LARGEST_STEP)
    more = len(best) == DEPTH
    while more:
        page = _scored(searcher, made.strict, step, start)
        yield from _shown(made, [pair for pair in page if pair[1].passage.id not in seen])
        start += step
        more = len(page) == step


def _looked_at_again(made: Plan, page: list[tuple[float, Stored]]) -> list[tuple[float, Stored]]:
    again = [
        (score + made.closeness * _closeness(made, found.passage), found) for score, found in page
    ]
    return sorted(again, key=lambda pair: -pair[0])


def _closeness(made: Plan, passage: Passage) -> float:
    parts = (passage.text, passage.title, passage.heading)
    return max((closeness(part, made.rarity) for part in parts if part), default=0.0)


def _scored(
    searcher: tantivy.Searcher, query: Query, limit: int, offset: int
) -> list[tuple[float, Stored]]:
    found = searcher.search(query, limit=limit, offset=offset, count=False).hits
    return [(score, stored_at(searcher, at)) for score, at in found]


def _shown(made: Plan, page: Iterable[tuple[float, Stored]]) -> Iterator[Hit]:
    hits = (_hit(made, score, stored) for score, stored in page)
    return (hit for hit in hits if hit)


def _by_date(searcher: tantivy.Searcher, made: Plan, limit: int, offset: int) -> Iterator[Hit]:
    found = searcher.search(
        made.matching,
        limit=min(limit, max(1, searcher.num_docs)),
        offset=offset,
        count=False,
        order_by_field="date",
        order=Order.Desc,
    )
    for _, at in found.hits:
        stored = stored_at(searcher, at)
        text = stored.passage.text
        yield Hit(stored.passage, 0.0, highlights(text, stored.terms(), made.wanted))


def _hit(made: Plan, score: float, stored: Stored) -> Hit | None:
    """The passage with its highlights, None where it shares no more than sub-word units."""
    passage, wanted = stored.passage, made.wanted
    spans = highlights(passage.text, stored.terms(), wanted)
    headings = (passage.title, passage.heading)
    if spans or not wanted or any(highlights(h, analyse(h), wanted) for h in headings if h):
        return Hit(passage, score, spans)
    return None
