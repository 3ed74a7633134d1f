"""Filters as tantivy queries; values are looked up in the index's own, forgivingly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import tantivy
from tantivy import FieldType, Occur, Query

from pipeline.search.analysis import analyse
from pipeline.search.schema import day_number, joined, schema
from pipeline.search.values import Filters
from pipeline.thai import PROVINCES, arabic_digits, normalize
from pipeline.thai.provinces import province_of

_NAMED = ("meeting", "document")
_WHOLE = ("kind", "document_kind")


def filter_queries(filters: Filters, searcher: tantivy.Searcher) -> list[Query]:
    """One query for each filter that is set; a passage has to match all of them."""
    queries = [_named("topic", [_topic_code(value) for value in filters.topic], searcher)]
    queries += [_named(name, getattr(filters, name), searcher) for name in _NAMED]
    queries += [_whole(name, getattr(filters, name)) for name in _WHOLE]
    queries.append(_whole("province", [_province(value) for value in filters.province]))
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


def _key(value: str) -> str:
    """How values are compared: without blanks, case and the kind of digits."""
    return "".join(arabic_digits(normalize(value)).casefold().split())


def _matching(name: str, value: str, searcher: tantivy.Searcher) -> Iterator[str]:
    """The values of the index that are `value`; where none is, those that hold it."""
    key = _key(value)
    known = [known for known, _ in searcher.terms_with_prefix(name, "")]
    same = [other for other in known if _key(other) == key]
    yield from same or [other for other in known if key and key in _key(other)]


def _named(name: str, values: Sequence[str], searcher: tantivy.Searcher) -> Query | None:
    if not values:
        return None
    known = [other for value in values for other in _matching(name, value, searcher)]
    return Query.term_set_query(schema(), name, known)


def _topic_code(value: str) -> str:
    """The code of a topic that goes by its Thai name in the taxonomy; else `value` as it is."""
    from corpora import load_taxonomy  # loads pandas, which a search without topics does not need

    names = {_key(name): label.code for label in load_taxonomy().passage_topics
             for name in (label.short_th, label.name_th)}  # fmt: skip
    return names.get(_key(value), value)


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
    key = _key(value)
    for known, _ in searcher.terms_with_prefix(name, ""):
        if key and key in _key(known):
            yield known


def _province(value: str) -> str:
    if value in PROVINCES:
        return value
    return province_of(value) or province_of(f"จังหวัด{value}") or value


def _items(values: Sequence[str], searcher: tantivy.Searcher) -> Query | None:
    """A number finds the item and its parts (3 finds 3 and 3.1), words find headings."""
    if not values:
        return None
    queries = []
    for value in values:
        number = _key(value).rstrip(".")
        known = [known for known, _ in searcher.terms_with_prefix("item", "")]
        numbered = [k for k in known if _key(k) == number or _key(k).startswith(number + ".")]
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
