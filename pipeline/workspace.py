"""A workspace: the store, and the search index that follows it.

The store is the truth. The index is derived from it: it keeps the number of the last change that
it took in, catches up before every search, and is built anew where it cannot be used.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

from pipeline.batch import Outcome
from pipeline.documents import Passage
from pipeline.passages import passages
from pipeline.readers.loading import load
from pipeline.search import Hit, Index, IndexBusyError, IndexUnusableError, Results
from pipeline.settings import Settings
from pipeline.store import Added, Store, StoreError, Submission
from pipeline.store.documents import changes_since, identity, last_change

AT_ONCE = 500  # documents in one step of the index
PATIENCE = 60.0  # seconds to wait for another process that writes the index
Step = Callable[[int, int], object]
T = TypeVar("T")


class TopicTagger(Protocol):
    """Whatever says what passages are about: see `classifiers.TopicTagger`."""

    def tag(self, passages: Sequence[Passage]) -> list[dict[str, float]]:
        """Topics with their probabilities, most probable first, of each passage."""
        ...


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who brought files in, for which round, and when they came in (now if None)."""

    by: str = ""
    round_name: str | None = None
    at: dt.datetime | None = None


NOW = Arrival()


class Workspace:
    """Store and index of one folder. Many processes may have it open at once."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store
        self._index: Index | None = None

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open the workspace, made if need be. Raises StoreError and UsageError."""
        return cls(settings, Store.open(settings))

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, outcome: Outcome, topics: TopicTagger, arrival: Arrival = NOW) -> Added:
        """Store one file that was read with `Job.keep`; the index follows with `catch_up`.

        Attendance lists and other plain text get no topics: they are full of offices' names.

        Raises ReadError where the file is gone, StoreError where it is no longer the one read.
        """
        document, analysis = outcome.document, outcome.analysis
        if document is None or analysis is None:
            raise ValueError("an outcome without its document: the job has to keep it")
        data = load(document.file)
        cut = passages(document, analysis.parsed)
        spoken = [passage for passage in cut if passage.kind != "text"]
        about = dict(zip((p.id for p in spoken), topics.tag(spoken), strict=True))
        return self.store.add(
            Submission(
                document=document,
                data=_same(data, document.sha256, document.file),
                parsed=analysis.parsed,
                passages=[replace(p, topics=tuple(about.get(p.id, ()))) for p in cut],
                record=analysis.record,
                tagging=analysis.tagging,
                received_at=arrival.at,
                received_by=arrival.by,
                round=arrival.round_name,
            )
        )

    def find(self, query: str, limit: int = 10, offset: int = 0, **filters: Any) -> Results:
        """Search everything that was stored; see `Index.find`."""
        return self._on_index(
            lambda index: self._fresh(index).find(query, limit, offset, **filters)
        )

    def similar(self, passage_id: str, limit: int = 10) -> list[Hit]:
        """Passages that say much the same; see `Index.similar`."""
        return self._on_index(lambda index: self._fresh(index).similar(passage_id, limit))

    def catch_up(self, on_step: Step = lambda _done, _steps: None) -> None:
        """Take into the index what was stored since it was last written."""
        self._on_index(lambda index: self._follow(index, on_step))

    def reindex(self, on_step: Step = lambda _done, _steps: None) -> int:
        """Build the index anew and put it in the place of the old; the number of passages."""
        folder = self._folder()
        folder.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(dir=folder, prefix="index-"))
        try:
            index = Index.create(new)
            self._follow(index, on_step)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        self._put(new)
        self._index = index
        return len(index)

    def _on_index(self, do: Callable[[Index], T]) -> T:
        """`do` with an index; one that cannot be used is made anew."""
        try:
            return do(self._opened())
        except IndexUnusableError:
            self._index = None
            self.reindex()
            return do(self._opened())

    def _fresh(self, index: Index) -> Index:
        """`index` with all that is stored, but for what another process is just writing."""
        with suppress(IndexBusyError):
            self._follow(index, patience=0)
        return index

    def _opened(self) -> Index:
        if self._index is None:
            pointer = self._folder() / "current"
            name = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else "none"
            self._index = Index.open(self._folder() / Path(name).name)
        return self._index

    def _follow(
        self,
        index: Index,
        on_step: Step = lambda _done, _steps: None,
        *,
        patience: float = PATIENCE,
    ) -> None:
        index.refresh()
        start = index.mark or 0
        with self.store.read() as session:
            goal = last_change(session)
        mark = start
        while mark < goal:
            with self.store.read() as session:
                changes = changes_since(session, mark, limit=AT_ONCE)
            if not changes:
                return
            mark = changes[-1].number
            index.update(
                remove=[change.sha256 for change in changes],
                add=[passage for change in changes for passage in change.passages],
                mark=mark,
                patience=patience,
            )
            on_step(mark - start, goal - start)

    def _folder(self) -> Path:
        """The folder of this store's indexes: another database is another folder."""
        with self.store.read() as session:
            return self.settings.workspace / "index" / identity(session)[:12]

    def _put(self, new: Path) -> None:
        """Make `new` the index that is used, and remove those that were."""
        folder = new.parent
        pointer = Path(tempfile.mkstemp(dir=folder, prefix="current-")[1])
        pointer.write_text(new.name, encoding="utf-8")
        pointer.replace(folder / "current")
        for other in folder.glob("index-*"):
            if other != new:
                with suppress(OSError):
                    shutil.rmtree(other)


def _same(data: bytes, sha256: str, file: str) -> bytes:
    if hashlib.sha256(data).hexdigest() == sha256:
        return data
    raise StoreError(
        f"{file}: ไฟล์เปลี่ยนไประหว่างที่อ่าน นำเข้าใหม่อีกครั้ง",
        f"{file}: the file changed while it was read. Ingest it again",
    )
