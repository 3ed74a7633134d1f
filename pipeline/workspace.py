"""A workspace: the store, and the search index that follows it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, Self

from pipeline.batch import Outcome
from pipeline.documents import Document, Passage
from pipeline.following import FollowingIndex, Step, unheard
from pipeline.passages import passages
from pipeline.readers.loading import load
from pipeline.records import Analysis
from pipeline.search import Hit, Results
from pipeline.settings import Settings
from pipeline.store import Added, Store, StoreError, Submission, standings
from pipeline.store.documents import Holding, erased


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
        """Open the workspace, made if need be. Raises WorkspaceError and UsageError."""
        return cls(settings.begin(), Store.open(settings))

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(
        self,
        outcome: Outcome,
        topics: TopicTagger,
        arrival: Arrival = NOW,
        *,
        data: bytes | None = None,
    ) -> Added:
        """Store one file; see `add_all`. Its bytes are `data`, by default those of the file."""
        if data is None:
            data = load(_read(outcome)[0].file)
        [added] = self.add_all([(outcome, data)], topics, arrival)
        return added

    def add_all(
        self,
        files: Sequence[tuple[Outcome, bytes]],
        topics: TopicTagger,
        arrival: Arrival = NOW,
    ) -> list[Added]:
        """Store files that were read with `Job.keep`, all or none; the index follows by `catch_up`.

        Attendance lists and other plain text get no topics: they are full of offices' names.

        Raises StoreError where a file's bytes are not those that were read.
        """
        cut = [passages(document, analysis.parsed) for document, analysis in map(_read, _of(files))]
        spoken = [passage for part in cut for passage in part if passage.kind != "text"]
        about = dict(zip((p.id for p in spoken), topics.tag(spoken), strict=True))
        return self.store.add_all(
            [
                submission(
                    outcome,
                    data,
                    [replace(p, topics=tuple(about.get(p.id, ()))) for p in part],
                    arrival,
                )
                for (outcome, data), part in zip(files, cut, strict=True)
            ]
        )

    def find(self, query: str, limit: int = 10, offset: int = 0, **filters: Any) -> Results:
        """Search everything that was stored; see `Index.find`."""
        found = self._index.use(
            lambda index: self._index.fresh(index).find(query, limit, offset, **filters)
        )
        hits = self._left(found.hits)
        return replace(found, hits=hits, total=found.total - len(found.hits) + len(hits))

    def similar(self, passage_id: str, limit: int = 10) -> list[Hit]:
        """Passages that say much the same; see `Index.similar`."""
        near = self._index.use(lambda index: self._index.fresh(index).similar(passage_id, limit))
        return list(self._left(near))

    def catch_up(self, on_step: Step = unheard, *, workers: int = 1) -> None:
        """Take into the index, and into the lists of the browser, what was stored since.

        Processes prepare what is indexed if there are `workers`; one writes.
        """
        standings.follow(self.store)
        self._index.use(lambda index: self._index.follow(index, on_step, workers=workers))

    def erase(
        self, documents: Sequence[str], *, by: str, note: str = "", address: str = ""
    ) -> list[Holding]:
        """Delete documents for good; see `Store.erase`. No search finds them afterwards.

        Their words may stand in the index's files, out of reach, until these are merged or
        `reindex` is done.
        """
        gone = self.store.erase(documents, by=by, note=note, address=address)
        pages = self.settings.workspace / "cache" / "pages"
        for sha256 in documents:
            for drawn in (pages / sha256[:2]).glob(f"{sha256}-*"):
                drawn.unlink(missing_ok=True)
        standings.follow(self.store)
        self._index.use(self._index.fresh)
        return gone

    def reindex(self, on_step: Step = unheard, *, workers: int = 1) -> int:
        """Build the index anew and put it in the place of the old; the number of passages."""
        return len(self._index.rebuild(on_step, workers=workers))

    def _left(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The hits but for those of documents deleted since the index was written."""
        with self.store.read() as session:
            gone = erased(session, list({hit.passage.document for hit in hits}))
        return tuple(hit for hit in hits if hit.passage.document not in gone)


def _of(files: Sequence[tuple[Outcome, bytes]]) -> list[Outcome]:
    return [outcome for outcome, _ in files]


def _read(outcome: Outcome) -> tuple[Document, Analysis]:
    if outcome.document is None or outcome.analysis is None:
        raise ValueError("an outcome without its document: the job has to keep it")
    return outcome.document, outcome.analysis


def submission(
    outcome: Outcome, data: bytes, cut: Sequence[Passage], arrival: Arrival
) -> Submission:
    """What the store takes of a file, its passages with their topics. Raises StoreError."""
    document, analysis = _read(outcome)
    return Submission(
        document=document,
        data=same(data, document.sha256, document.file),
        parsed=analysis.parsed,
        passages=cut,
        record=outcome.record,
        tagging=analysis.tagging,
        received_at=arrival.at,
        received_by=arrival.by,
        round=arrival.round_name,
    )


def same(data: bytes, sha256: str, file: str) -> bytes:
    """`data`, which has to have that digest. Raises StoreError."""
    if hashlib.sha256(data).hexdigest() == sha256:
        return data
    raise StoreError(
        f"{file}: ไฟล์เปลี่ยนไปหลังจากที่อ่าน นำเข้าใหม่อีกครั้ง",
        f"{file}: the file changed after it was read. Ingest it again",
    )
