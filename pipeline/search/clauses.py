"""Queries put together in tantivy's terms."""

from __future__ import annotations

from collections.abc import Sequence

from tantivy import Occur, Query

from pipeline.search.schema import MARK, schema


def combined(
    scoring: Sequence[Query],
    required: Sequence[Query],
    filters: Sequence[Query],
    excluded: Sequence[Query],
) -> Query:
    """One query that scores by `scoring`, of what the others let through."""
    clauses = [(Occur.Should, query) for query in scoring]
    clauses += [(Occur.Must, query) for query in required]
    clauses += [(Occur.Must, Query.const_score_query(query, 0.0)) for query in filters]
    clauses += [(Occur.MustNot, query) for query in excluded]
    if not scoring and not required:
        clauses.append((Occur.Must, passages()))
    if scoring and not required and filters:
        # With a filter required, tantivy takes the scoring terms as optional.
        inner = Query.boolean_query([(Occur.Should, query) for query in scoring])
        clauses = [(Occur.Must, inner), *clauses[len(scoring) :]]
    return Query.boolean_query(clauses)


def passages() -> Query:
    """Every passage."""
    mark = Query.exists_query(MARK)
    return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, mark)])


def term_query(name: str, value: str) -> Query:
    """What holds a term in a field."""
    return Query.term_query(schema(), name, value, "freq")


def boosted(query: Query, boost: float) -> Query:
    """A query that counts so much more."""
    return Query.boost_query(query, boost)


def all_of(queries: Sequence[Query]) -> Query:
    """What every one of the queries finds."""
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(queries: Sequence[Query]) -> Query:
    """What any of the queries finds."""
    return Query.boolean_query([(Occur.Should, query) for query in queries])
