"""Filters as tantivy queries; values are looked up in the index's own, forgivingly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import tantivy
from tantivy import FieldType, Occur, Query

from pipeline.search.analysis import analyse
from pipeline.search.closed_sets import key, topic_code, unknown_topic
from pipeline.search.schema import day_number, joined, schema
from pipeline.search.values import Filters

_NAMED = ("meeting", "document")
_WHOLE = ("province", "kind", "document_kind")


def filter_queries(filters: Filters, searcher: tantivy.Searcher) -> list[Query]:
    """One query for each filter that is set; a passage has to match all of them."""
    queries = [_topics(filters.topic, searcher)]
    queries += [_named(name, getattr(filters, name), searcher) for name in _NAMED]
    queries += [_whole(name, getattr(filters, name)) for name in _WHOLE]
    queries.append(_person(filters.speaker, searcher))
    queries.append(_items(filters.item, searcher))
    queries += [_containing(name, getattr(filters, name)) for name in ("title", "heading")]
    queries.append(_years(filters.fiscal_year))
    queries.append(_period(filters.since, filters.until))
    return [query for query in queries if query is not None]


def _either(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _whole(name: str, values: Sequence[str]) -> Query | None:
    return Query.term_set_query(schema(), name, list(values)) if values else None


def _matching(name: str, value: str, searcher: tantivy.Searcher) -> Iterator[str]:
    """The values of the index that are `value`; where none is, those that hold it."""
    wanted = key(value)
    known = [known for known, _ in searcher.terms_with_prefix(name, "")]
    same = [other for other in known if key(other) == wanted]
    yield from same or [other for other in known if wanted and wanted in key(other)]


def _named(name: str, values: Sequence[str], searcher: tantivy.Searcher) -> Query | None:
    if not values:
        return None
    known = [other for value in values for other in _matching(name, value, searcher)]
    return Query.term_set_query(schema(), name, known)


def _topics(values: Sequence[str], searcher: tantivy.Searcher) -> Query | None:
    """Topics of the taxonomy, and others that the index has. Raises QueryError for one in neither.

    A topic of the taxonomy finds its own passages only, even where `open_data` holds its `open`.
    """
    if not values:
        return None
    found: list[str] = []
    for value in values:
        code = topic_code(value)
        known = list(_matching("topic", code or value, searcher))
        if code is None and not known:
            raise unknown_topic(value)
        found += [topic for topic in known if code is None or key(topic) == key(code)]
    return Query.term_set_query(schema(), "topic", found)


def _person(values: Sequence[str], searcher: tantivy.Searcher) -> Query | None:
    """By name or position, whole or in part: สมชาย, เลขาธิการ."""
    if not values:
        return None
    return _either(
        [
            Query.term_set_query(schema(), name, list(_holding(name, value, searcher)))
            for name in ("speaker", "position")
            for value in values
        ]
    )


def _holding(name: str, value: str, searcher: tantivy.Searcher) -> Iterator[str]:
    wanted = key(value)
    for known, _ in searcher.terms_with_prefix(name, ""):
        if wanted and wanted in key(known):
            yield known


def _items(values: Sequence[str], searcher: tantivy.Searcher) -> Query | None:
    """A number finds the item and its parts (3 finds 3 and 3.1), words find headings."""
    if not values:
        return None
    queries = []
    for value in values:
        number = key(value).rstrip(".")
        known = [known for known, _ in searcher.terms_with_prefix("item", "")]
        numbered = [k for k in known if key(k) == number or key(k).startswith(number + ".")]
        queries.append(Query.term_set_query(schema(), "item", numbered))
        if not number[:1].isdigit():
            queries += [query for query in [_containing("heading", [value])] if query]
    return _either(queries)


def _containing(name: str, values: Sequence[str]) -> Query | None:
    if not values:
        return None
    return _either([_phrase(name, joined(analyse(value)).split()) for value in values])


def _phrase(name: str, words: list[str]) -> Query:
    if not words:
        return Query.empty_query()
    if len(words) == 1:
        return Query.term_query(schema(), name, words[0])
    return Query.phrase_query(schema(), name, list(words))


def _years(years: Sequence[int]) -> Query | None:
    if not years:
        return None
    return Query.term_set_query(schema(), "fiscal_year", list(years))


def _period(since: date | None, until: date | None) -> Query | None:
    if since is None and until is None:
        return None
    first = day_number(since or date.min)
    last = day_number(until or date.max)
    return Query.range_query(schema(), "date", FieldType.Integer, first, last)
