"""What can go wrong with a search: the query, or the index."""

from __future__ import annotations

from pipeline.errors import UsageError, WorkspaceError


class QueryError(UsageError):
    """The query cannot be understood: a field, a date, a quotation mark."""


class IndexUnusableError(WorkspaceError):
    """The index is missing, damaged or of another version: `wara reindex` builds it anew."""


class IndexBusyError(WorkspaceError):
    """Another process is writing the index; it can be searched all the same."""
