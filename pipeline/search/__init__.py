"""Thai full-text search over passages: words, sub-word units, filters, facets, suggestions."""

from pipeline.documents import Passage
from pipeline.search.errors import IndexUnusableError, QueryError
from pipeline.search.index import Index
from pipeline.search.values import Filters, Hit, Results

__all__ = ["Filters", "Hit", "Index", "IndexUnusableError", "Passage", "QueryError", "Results"]
