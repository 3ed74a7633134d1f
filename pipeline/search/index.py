"""The index of passages on disk: one writer at a time, readers never wait.

An index is derived data. What makes it unusable raises IndexUnusableError, and `wara reindex`
builds it anew.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Order, Query

from pipeline.documents import Passage
from pipeline.search.analysis import analyse
from pipeline.search.errors import IndexUnusableError, QueryError
from pipeline.search.facets import facets
from pipeline.search.filtering import filter_queries
from pipeline.search.highlighting import highlights
from pipeline.search.matching import DEFAULT_WEIGHTS, Plan, Weights, passages, plan
from pipeline.search.query_language import checked, parse
from pipeline.search.reranking import DEPTH, closeness
from pipeline.search.schema import MARK, Stored, document_of, register, schema, stored_at
from pipeline.search.similarity import similar_query
from pipeline.search.suggestions import suggestion
from pipeline.search.values import Filters, Hit, ParsedQuery, Results, Sort
from pipeline.thai import parse_user_date

_HEAP = 128_000_000  # bytes of the writer's memory
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
        with _guarded(path):
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
        with _guarded(path):
            if not (path / "meta.json").is_file():
                raise _unusable(path, "ไม่มีดัชนี", "there is no index")
            index = tantivy.Index.open(str(path))
            if index.schema != schema():
                raise _unusable(path, "ดัชนีเป็นรุ่นอื่น", "the index is of another version")
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
    ) -> None:
        """Remove documents, then add passages: one step, all or nothing even if the process dies.

        `mark` is kept with it: a number of the caller's, such as the last row that is indexed.
        """
        with _guarded(self._folder):
            writer = self._writer()
        try:
            for document in remove:
                writer.delete_documents_by_term("document", document)
            for passage in add:
                writer.delete_documents_by_term("id", passage.id)
                writer.add_document(document_of(passage))
            if mark is not None:
                _set_mark(writer, mark)
            with _guarded(self._folder):
                writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
        with _guarded(self._folder):
            self._index.reload()

    def _writer(self) -> tantivy.IndexWriter:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._index.writer(_HEAP, 1)
            except ValueError as error:
                if "LockBusy" not in str(error):
                    raise
                if time.monotonic() > deadline:
                    raise IndexUnusableError(
                        f"ดัชนี {self._folder} กำลังถูกเขียนโดยโปรแกรมอื่น โปรดรอให้เสร็จแล้วลองใหม่",
                        f"another process is writing the index {self._folder}. Wait for it and try again",
                    ) from error
                time.sleep(0.05)

    # Reading

    @property
    def mark(self) -> int | None:
        """The last `mark` that was written; None before the first."""
        with _guarded(self._folder):
            searcher = self._searcher()
            found = searcher.search(Query.exists_query(MARK), limit=1).hits
            return int(searcher.doc(found[0][1])[MARK][0]) if found else None

    def __len__(self) -> int:
        """How many passages there are."""
        with _guarded(self._folder):
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
        parsed = _with_filters(parse(query), filters)
        with _guarded(self._folder):
            searcher = self._searcher()
            return self._hits(searcher, self._plan(parsed, searcher), limit, offset, sort)

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
        parsed = _with_filters(parse(query), filters)
        with _guarded(self._folder):
            searcher = self._searcher()
            made = self._plan(parsed, searcher)
            hits = self._hits(searcher, made, limit, offset, sort)
            total = _count(searcher, made.matching)
            counted = facets(searcher, made.matching)
            better = suggestion(parsed, searcher)
        took_ms = (time.perf_counter() - started) * 1000
        return Results(query, total, took_ms, counted, tuple(hits), better)

    def similar(self, passage_id: str, limit: int = 10) -> list[Hit]:
        """Passages that say much the same as this one, itself left out; none for an unknown id."""
        with _guarded(self._folder):
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

    def _hits(
        self, searcher: tantivy.Searcher, made: Plan, limit: int, offset: int, sort: Sort
    ) -> list[Hit]:
        wanted = offset + limit
        if limit <= 0 or offset < 0:
            return []
        if sort == "date":
            return list(_by_date(searcher, made, limit, offset))
        return list(islice(self._ranked(searcher, made, wanted), offset, wanted))

    def _ranked(self, searcher: tantivy.Searcher, made: Plan, wanted: int) -> Iterator[Hit]:
        """All hits from the best on; the order of the first `DEPTH` comes from a second look."""
        best = _scored(searcher, made.ranking, DEPTH, 0)
        seen = {stored.passage.id for _, stored in best}
        yield from _shown(made, self._looked_at_again(made, best))
        start, step = 0, max(DEPTH, wanted)
        more = len(best) == DEPTH
        while more:
            page = _scored(searcher, made.strict, step, start)
            yield from _shown(made, [pair for pair in page if pair[1].passage.id not in seen])
            start += step
            more = len(page) == step

    def _looked_at_again(
        self, made: Plan, page: list[tuple[float, Stored]]
    ) -> list[tuple[float, Stored]]:
        weight = self._weights.closeness
        again = [
            (score + weight * closeness(found.passage.text, made.rarity), found)
            for score, found in page
        ]
        return sorted(again, key=lambda pair: -pair[0])


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
        limit=limit,
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


def _count(searcher: tantivy.Searcher, query: Query) -> int:
    return int(searcher.search(query, limit=1).count)


def _set_mark(writer: tantivy.IndexWriter, mark: int) -> None:
    writer.delete_documents_by_query(Query.exists_query(MARK))
    document = tantivy.Document()
    document.add_integer(MARK, mark)
    writer.add_document(document)


def _with_filters(parsed: ParsedQuery, given: dict[str, Any]) -> ParsedQuery:
    """Filters given by the caller hold beside those written in the query."""
    filters = parsed.filters
    if given.pop("resolution", False):
        filters = replace(filters, kind=(*filters.kind, "resolution"))
    for name, value in given.items():
        if name not in Filters.__dataclass_fields__:
            known = ", ".join((*Filters.__dataclass_fields__, "resolution"))
            raise TypeError(f"there is no filter {name}: use one of {known}")
        if value is None or value == () or value == []:
            continue
        filters = replace(filters, **{name: _value(name, value, getattr(filters, name))})
    return replace(parsed, filters=checked(filters))


def _value(name: str, value: Any, before: Any) -> Any:
    if name in ("since", "until"):
        day = value if isinstance(value, dt.date) else parse_user_date(str(value))
        return max(day, before or day) if name == "since" else min(day, before or day)
    values: Sequence[Any] = [value] if isinstance(value, (str, int)) else list(value)
    return (*before, *values)


def _unusable(folder: Path, thai: str, english: str) -> IndexUnusableError:
    return IndexUnusableError(
        f"ใช้ดัชนีค้นหา {folder} ไม่ได้: {thai} โปรดสร้างใหม่ด้วย wara reindex",
        f"cannot use the search index {folder}: {english}. Build it anew with wara reindex",
    )


@contextmanager
def _guarded(folder: Path) -> Iterator[None]:
    """Whatever tantivy stumbles over in damaged files is one error."""
    try:
        yield
    except (IndexUnusableError, QueryError):
        raise
    except (ValueError, OSError, KeyError) as error:
        raise _unusable(
            folder, f"เสียหายหรืออ่านไม่ได้ ({error})", f"damaged or unreadable ({error})"
        ) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic of tantivy's is no Exception
            raise
        raise _unusable(folder, "เสียหาย", "damaged") from error
