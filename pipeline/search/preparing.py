"""Passages made ready for the index, by several processes: nearly all of its time goes there."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import tantivy

from pipeline.documents import Passage
from pipeline.search.chairs import chairs
from pipeline.search.schema import document_of

AHEAD = 2  # parts that wait for each process: memory stays as it is however many there are
Part = Sequence[Passage]


def documents_of(part: Part) -> list[tantivy.Document]:
    """The passages, whole documents, as `Writing.put` takes them."""
    in_chair = chairs(part)
    return [
        document_of(passage, chaired=in_chair.get(passage.document) == passage.speaker)
        for passage in part
    ]


def prepared(parts: Iterable[Part], workers: int = 1) -> Iterator[list[tantivy.Document]]:
    """`documents_of` each part, in their order. What a process that died left is made here."""
    if workers <= 1:
        yield from map(documents_of, parts)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context)
    waiting: deque[tuple[Part, Future[list[tantivy.Document]] | None]] = deque()
    try:
        for part in parts:
            waiting.append((part, _submitted(pool, part)))
            if len(waiting) > workers * AHEAD:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, part: Part) -> Future[list[tantivy.Document]] | None:
    try:
        return pool.submit(documents_of, part)
    except BrokenProcessPool:
        return None


def _result(part: Part, future: Future[list[tantivy.Document]] | None) -> list[tantivy.Document]:
    try:
        return documents_of(part) if future is None else future.result()
    except BrokenProcessPool:
        return documents_of(part)
