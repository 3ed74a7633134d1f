"""What can go wrong with a search: the query, or the index."""

from __future__ import annotations

from pipeline.errors import UsageError, WaraError


class QueryError(UsageError):
    """The query cannot be understood: a field, a date, a quotation mark."""


class IndexUnusableError(WaraError):
    """The index is missing, damaged or of another version: `wara reindex` builds it anew."""

    exit_code = 7


class IndexBusyError(WaraError):
    """Another process is writing the index; it can be searched all the same."""

    exit_code = 7
