"""The search index of a store on disk: it follows the store, and heals itself.

The store is the truth. The index keeps the number of the last change that it took in, catches up
before every search, and is built anew where it cannot be used. Processes that share a workspace
build one after the other, and go over to the newest index when theirs has been replaced.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from itertools import chain, islice, tee
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from pipeline.locking import alone
from pipeline.search import Index, IndexBusyError, IndexUnusableError
from pipeline.search.preparing import prepared
from pipeline.store import Change, Store
from pipeline.store.documents import changes_since, identity, last_change
from pipeline.store.labels import as_decided

AT_ONCE = 200  # documents read and prepared together
STEP = 20_000  # passages that are seen at once: less than PATIENCE of work on one core
PATIENCE = 60.0  # seconds to wait for another process that writes the index
Step = Callable[[int, int], object]
Ready = tuple[list[Change], list[Any]]  # changes, and their passages as the index takes them
T = TypeVar("T")


def unheard(_done: int, _steps: int) -> None:
    """Take no notice of progress."""


class FollowingIndex:
    """The index of what `store` holds, kept under `folder`."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._root = folder
        self._store = store
        self._index: Index | None = None
        self._name = ""  # of the folder that `_index` lies in

    def use(self, do: Callable[[Index], T]) -> T:
        """`do` with the index, which is made anew if it cannot be used."""
        try:
            return do(self._opened())
        except IndexUnusableError:
            self._index = None
            self._replace(self._name)
            return do(self._opened())

    def fresh(self, index: Index) -> Index:
        """`index` with all that is stored, but for what another process is just writing."""
        with suppress(IndexBusyError):
            self.follow(index, patience=0)
        return index

    def follow(
        self,
        index: Index,
        on_step: Step = unheard,
        *,
        patience: float = PATIENCE,
        workers: int = 1,
    ) -> None:
        """Take into `index` what was stored since it was last written, in big steps.

        Each step is there whole or not at all, and others may write between two of them.
        `on_step` is told of changes. With `workers`, processes prepare what one writer writes.
        """
        index.refresh()
        start = index.mark or 0
        with self._store.read() as session:
            goal = last_change(session)
        if start >= goal:
            return
        with closing(_ready(self._changes(start, goal), workers)) as ready:
            for first in ready:
                mark = _write_step(index, chain([first], ready), patience)
                on_step(mark - start, goal - start)

    def _changes(self, mark: int, goal: int) -> Iterator[list[Change]]:
        """What changed after `mark`, up to `goal` and perhaps a little more, part by part."""
        while mark < goal:
            with self._store.read() as session:
                changes = _as_decided(session, changes_since(session, mark, limit=AT_ONCE))
            if not changes:
                return
            yield changes
            mark = changes[-1].number

    def rebuild(self, on_step: Step = unheard, *, workers: int = 1) -> Index:
        """Build the index anew and put it in the place of the old."""
        with alone(self._folder() / "building.lock"):
            return self._build(on_step, workers)

    def _replace(self, unusable: str) -> None:
        """Build the index anew, unless another process has put one in place of `unusable`."""
        with alone(self._folder() / "building.lock"):
            if self._current() == unusable:
                self._build(unheard, 1)

    def _build(self, on_step: Step, workers: int) -> Index:
        new = Path(tempfile.mkdtemp(dir=self._folder(), prefix="index-"))
        try:
            index = Index.create(new)
            self.follow(index, on_step, workers=workers)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        _put(new)
        self._index, self._name = index, new.name
        return index

    def _opened(self) -> Index:
        if self._index is None:
            self._name = self._current()
            self._index = Index.open(self._folder() / self._name)
        return self._index

    def _current(self) -> str:
        """The name of the folder of the index that is in use; one that is not there if none is."""
        pointer = self._folder() / "current"
        name = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
        return Path(name).name or "none"

    def _folder(self) -> Path:
        """The folder of this store's indexes: another database is another folder."""
        with self._store.read() as session:
            return self._root / identity(session)[:12]


def _ready(changes: Iterator[list[Change]], workers: int) -> Generator[Ready, None, None]:
    """Each part with its passages prepared; no more of it is held than is being prepared."""
    parts, again = tee(changes)
    passages = ([p for change in part for p in change.passages] for part in parts)
    yield from zip(again, prepared(passages, workers), strict=True)


def _as_decided(session: Session, changes: Sequence[Change]) -> list[Change]:
    """The changes with their passages as people find them."""
    shown = iter(as_decided(session, [one for change in changes for one in change.passages]))
    return [
        replace(change, passages=tuple(islice(shown, len(change.passages)))) for change in changes
    ]


def _write_step(index: Index, ready: Iterator[Ready], patience: float) -> int:
    """Write the next parts, up to about `STEP` passages; the number of the last change of these.

    What is removed first is whole documents, so that no passage has to be looked up by its id.
    """
    written = 0
    with index.writing(patience) as writing:
        for changes, documents in ready:
            writing.remove("document", [change.sha256 for change in changes])
            writing.put(documents)
            written += len(documents)
            if written >= STEP:
                break
        writing.commit(changes[-1].number)
    return changes[-1].number


def _put(new: Path) -> None:
    """Make `new` the index that is used, and remove those that were, or never were finished."""
    pointer = Path(tempfile.mkstemp(dir=new.parent, prefix="current-")[1])
    pointer.write_text(new.name, encoding="utf-8")
    pointer.replace(new.parent / "current")
    for other in new.parent.glob("index-*"):
        if other != new:
            shutil.rmtree(other, ignore_errors=True)
