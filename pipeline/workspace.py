"""A workspace: the store, and the search index that follows it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, Self

from pipeline.batch import Outcome
from pipeline.documents import Passage
from pipeline.following import FollowingIndex, Step, unheard
from pipeline.passages import passages
from pipeline.readers.loading import load
from pipeline.search import Hit, Results
from pipeline.settings import Settings
from pipeline.store import Added, Store, StoreError, Submission


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
        self._index = FollowingIndex(settings.workspace / "index", store)

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
        return self._index.use(
            lambda index: self._index.fresh(index).find(query, limit, offset, **filters)
        )

    def similar(self, passage_id: str, limit: int = 10) -> list[Hit]:
        """Passages that say much the same; see `Index.similar`."""
        return self._index.use(lambda index: self._index.fresh(index).similar(passage_id, limit))

    def catch_up(self, on_step: Step = unheard) -> None:
        """Take into the index what was stored since it was last written."""
        self._index.use(lambda index: self._index.follow(index, on_step))

    def reindex(self, on_step: Step = unheard) -> int:
        """Build the index anew and put it in the place of the old; the number of passages."""
        return len(self._index.rebuild(on_step))


def _same(data: bytes, sha256: str, file: str) -> bytes:
    if hashlib.sha256(data).hexdigest() == sha256:
        return data
    raise StoreError(
        f"{file}: ไฟล์เปลี่ยนไประหว่างที่อ่าน นำเข้าใหม่อีกครั้ง",
        f"{file}: the file changed while it was read. Ingest it again",
    )
