"""What can go wrong with a search: the query, or the index."""

from __future__ import annotations

from pipeline.errors import UsageError, WaraError


class QueryError(UsageError):
    """The query cannot be understood: a field, a date, a quotation mark."""


class IndexUnusableError(WaraError):
    """The index is missing, damaged, busy or of another version: `wara reindex` builds it anew."""

    exit_code = 7
