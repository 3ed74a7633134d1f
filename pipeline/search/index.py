"""The index of passages on disk: one writer at a time, readers never wait.

An index is derived data. What makes it unusable raises IndexUnusableError, and `wara reindex`
builds it anew.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Query

from pipeline.documents import Passage
from pipeline.search.clauses import passages
from pipeline.search.facets import facets
from pipeline.search.filtering import filter_queries
from pipeline.search.guarding import guarded, unusable
from pipeline.search.matching import DEFAULT_WEIGHTS, Plan, Weights, plan
from pipeline.search.options import with_filters
from pipeline.search.preparing import documents_of
from pipeline.search.query_language import parse
from pipeline.search.retrieval import page_of_hits
from pipeline.search.schema import MARK, register, schema, stored_at
from pipeline.search.similarity import similar_query
from pipeline.search.suggestions import suggestion
from pipeline.search.values import Hit, ParsedQuery, Results, Sort
from pipeline.search.writing import Writing, writing

_PATIENCE = 60.0  # seconds to wait for another writer


class Index:
    """Passages, found by words, sub-word units and filters. Safe to share between threads."""

    def __init__(self, index: tantivy.Index, folder: Path, weights: Weights = DEFAULT_WEIGHTS):
        self._index = index
        self._folder = folder
        self._weights = weights

    @classmethod
    def create(cls, folder: Path | str) -> Index:
        """Make an empty index in `folder`, in place of whatever index is there."""
        path = Path(folder)
        with guarded(path):
            path.mkdir(parents=True, exist_ok=True)
            for old in path.iterdir():
                if old.is_file():
                    old.unlink()
            index = register(tantivy.Index(schema(), path=str(path), reuse=False))
        return cls(index, path)

    @classmethod
    def open(cls, folder: Path | str, *, weights: Weights = DEFAULT_WEIGHTS) -> Index:
        """Open the index of `folder`.

        Raises IndexUnusableError where there is none, or a damaged one, or one of another version.
        """
        path = Path(folder)
        with guarded(path):
            if not (path / "meta.json").is_file():
                raise unusable(path, "ไม่มีดัชนี", "there is no index")
            index = tantivy.Index.open(str(path))
            if index.schema != schema():
                raise unusable(path, "ดัชนีเป็นรุ่นอื่น", "the index is of another version")
            opened = cls(register(index), path, weights)
            opened._searcher()
        return opened

    # Writing

    def add(self, passages: Iterable[Passage], *, mark: int | None = None) -> None:
        """Add passages, in place of those with the same ids. All are there on return, or none."""
        self.update(add=passages, mark=mark)

    def remove(self, document: str, *, mark: int | None = None) -> None:
        """Remove the passages of a document (its SHA-256)."""
        self.update(remove=[document], mark=mark)

    def update(
        self,
        *,
        remove: Iterable[str] = (),
        add: Iterable[Passage] = (),
        mark: int | None = None,
        patience: float = _PATIENCE,
    ) -> None:
        """Remove documents, then add passages: one step, all or nothing even if the process dies.

        `mark` is kept with it: a number of the caller's, such as the last row that is indexed.
        Raises IndexBusyError where another process goes on writing for `patience` seconds.
        """
        with self.writing(patience) as changes:
            changes.remove("document", remove)
            new = list(add)
            for passage, document in zip(new, documents_of(new), strict=True):
                changes.remove("id", [passage.id])
                changes.put([document])
            changes.commit(mark)

    @contextmanager
    def writing(self, patience: float = _PATIENCE) -> Iterator[Writing]:
        """The one writer, for changes that `Writing.commit` makes seen; see `update` for errors."""
        with writing(self._index, self._folder, patience) as changes:
            yield changes
        self.refresh()

    def refresh(self) -> None:
        """See what other processes have written."""
        with guarded(self._folder):
            self._index.reload()

    # Reading

    @property
    def mark(self) -> int | None:
        """The last `mark` that was written; None before the first."""
        with guarded(self._folder):
            searcher = self._searcher()
            found = searcher.search(Query.exists_query(MARK), limit=1).hits
            return int(searcher.doc(found[0][1])[MARK][0]) if found else None

    def __len__(self) -> int:
        """How many passages there are."""
        with guarded(self._folder):
            return _count(self._searcher(), passages())

    def search(
        self,
        query: str,
        limit: int = 10,
        offset: int = 0,
        *,
        sort: Sort = "relevance",
        **filters: Any,
    ) -> list[Hit]:
        """The best `limit` passages after the first `offset`.

        Filters: the fields of `Filters`, each one value or several; `resolution=True` keeps
        resolutions only. Raises QueryError where the query cannot be understood.
        """
        parsed = with_filters(parse(query), filters)
        with guarded(self._folder):
            searcher = self._searcher()
            return page_of_hits(searcher, self._plan(parsed, searcher), limit, offset, sort)

    def find(
        self,
        query: str,
        limit: int = 10,
        offset: int = 0,
        *,
        sort: Sort = "relevance",
        **filters: Any,
    ) -> Results:
        """The same passages, with their number, facets and a suggestion for misspelled words."""
        started = time.perf_counter()
        parsed = with_filters(parse(query), filters)
        with guarded(self._folder):
            searcher = self._searcher()
            made = self._plan(parsed, searcher)
            hits = page_of_hits(searcher, made, limit, offset, sort)
            total = _count(searcher, made.matching)
            counted = facets(searcher, made.matching)
            better = suggestion(parsed, searcher)
        took_ms = (time.perf_counter() - started) * 1000
        return Results(query, total, took_ms, counted, tuple(hits), better)

    def similar(self, passage_id: str, limit: int = 10) -> list[Hit]:
        """Passages that say much the same as this one, itself left out; none for an unknown id."""
        with guarded(self._folder):
            searcher = self._searcher()
            known = searcher.search(Query.term_query(schema(), "id", passage_id), limit=1).hits
            if not known:
                return []
            query = similar_query(stored_at(searcher, known[0][1]).passage, searcher)
            found = searcher.search(query, limit=max(1, limit), count=False).hits
            return [Hit(stored_at(searcher, at).passage, score, ()) for score, at in found[:limit]]

    def _searcher(self) -> tantivy.Searcher:
        return self._index.searcher()

    def _plan(self, parsed: ParsedQuery, searcher: tantivy.Searcher) -> Plan:
        return plan(parsed, filter_queries(parsed.filters, searcher), searcher, self._weights)


def _count(searcher: tantivy.Searcher, query: Query) -> int:
    return int(searcher.search(query, limit=1).count)
