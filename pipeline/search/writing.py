"""One writer of an index: what it does is seen at `commit`, all of it or, if it dies, nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import tantivy
from tantivy import Query

from pipeline.search.errors import IndexBusyError
from pipeline.search.guarding import guarded
from pipeline.search.schema import MARK

# Bytes of the writer's memory, taken as needed: room for a whole step of `following`.
_HEAP = 256_000_000


class Writing:
    """Changes of an index that are not seen yet. Later ones are about all before them."""

    def __init__(self, writer: tantivy.IndexWriter, folder: Path) -> None:
        self._writer = writer
        self._folder = folder

    def remove(self, field: str, values: Iterable[str]) -> None:
        """Remove the passages whose exact `field` (`document`, `id`) has one of these values."""
        with guarded(self._folder):
            for value in values:
                self._writer.delete_documents_by_term(field, value)

    def put(self, documents: Iterable[tantivy.Document]) -> None:
        """Add passages as `document_of` makes them, beside what is there."""
        for document in documents:
            with guarded(self._folder):
                self._writer.add_document(document)

    def commit(self, mark: int | None = None) -> None:
        """Let all be seen, and with it the new `mark`."""
        with guarded(self._folder):
            if mark is not None:
                self._writer.delete_documents_by_query(Query.exists_query(MARK))
                document = tantivy.Document()
                document.add_integer(MARK, mark)
                self._writer.add_document(document)
            self._writer.commit()


@contextmanager
def writing(index: tantivy.Index, folder: Path, patience: float) -> Iterator[Writing]:
    """The one writer of `index`; what was not committed at the end, or on an error, is dropped.

    Raises IndexBusyError where another process goes on writing for `patience` seconds.
    """
    with guarded(folder):
        writer = _writer(index, folder, patience)
    try:
        yield Writing(writer, folder)
    except BaseException:
        with suppress(ValueError):  # the folder is gone: nothing is left to roll back
            writer.rollback()
        raise
    finally:
        with guarded(folder):
            writer.wait_merging_threads()


def _writer(index: tantivy.Index, folder: Path, patience: float) -> tantivy.IndexWriter:
    deadline = time.monotonic() + patience
    while True:
        try:
            return index.writer(_HEAP, 1)
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise
            if time.monotonic() > deadline:
                raise IndexBusyError(
                    f"ดัชนี {folder} กำลังถูกเขียนโดยโปรแกรมอื่น โปรดรอให้เสร็จแล้วลองใหม่",
                    f"another process writes the index {folder}. Wait and try again",
                ) from error
            time.sleep(0.05)
