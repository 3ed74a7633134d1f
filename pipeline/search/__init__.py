"""Thai full-text search over passages: words, sub-word units, filters, facets, suggestions."""

from pipeline.documents import Passage
from pipeline.search.errors import IndexBusyError, IndexUnusableError, QueryError
from pipeline.search.index import Index
from pipeline.search.values import Filters, Hit, Results

__all__ = [
    "Filters",
    "Hit",
    "Index",
    "IndexBusyError",
    "IndexUnusableError",
    "Passage",
    "QueryError",
    "Results",
]
