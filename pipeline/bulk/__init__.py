"""Loads a folder that `wara classify --keep -o OUT/` filled into a workspace, without reading anew.

Batches of documents are stored each in one transaction; what was stored is known again, so that a
load that was cut off is gone on with by the same call. Memory is that of one batch.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from pipeline.batch import Outcome
from pipeline.batch.places import Place
from pipeline.bulk.folder import Kept, is_output, kept_lines, kept_parts, length_of, unread_rows
from pipeline.documents import Proposal
from pipeline.errors import ReadError, WaraError
from pipeline.following import Step, unheard
from pipeline.kept import unpack
from pipeline.locking import alone
from pipeline.readers.loading import load
from pipeline.store import Added
from pipeline.store.documents.held import held
from pipeline.store.rounds import get_round
from pipeline.workspace import NOW, Arrival, TopicTagger, Workspace, same

__all__ = ["HEAVIEST", "MOST", "Loaded", "deadline_of", "is_output", "load_output"]

MOST = 200  # documents of a batch
HEAVIEST = 48 << 20  # bytes of a batch: its packed documents and its originals


@dataclass(slots=True)
class Loaded:
    """What came of a load: every row of the folder is counted once.

    `new` documents were not in the store; `again` is what was there from elsewhere, came under
    another name or was read otherwise; `known` had come in just so before. `failed` are the rows of
    files that could not be read, and the documents that could not be stored: (file, why).
    """

    new: int = 0
    again: int = 0
    known: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def stored(self) -> int:
        """How many of the documents are in the store now."""
        return self.new + self.again + self.known

    def count(self, added: Added) -> None:
        """Take a document into the counts that has just been stored."""
        self.new += added.new
        self.again += not added.new

    def __iadd__(self, other: Loaded) -> Self:
        self.new += other.new
        self.again += other.again
        self.known += other.known
        self.failed += other.failed
        return self


def load_output(
    workspace: Workspace,
    address: str,
    topics: TopicTagger,
    arrival: Arrival = NOW,
    *,
    on_step: Step = unheard,
) -> Loaded:
    """Store every document of the folder; the index follows by `Workspace.catch_up`.

    `on_step` is told how many documents of how many are done. Originals come from where they were
    read, and have to be what was read. Raises UsageError where no documents were kept.
    """
    place = Place(address)
    parts = kept_parts(place)
    deadline = deadline_of(workspace, arrival.round_name)
    loaded = Loaded()
    with alone(workspace.settings.workspace / "loading.lock"):
        total = sum(length_of(place, part) for part in parts)
        done = 0
        for batch in _batches(line for part in parts for line in kept_lines(place, part)):
            _load_batch(workspace, batch, topics, arrival, deadline, loaded)
            done += len(batch)
            on_step(done, total)
    loaded.failed += unread_rows(place)
    return loaded


def deadline_of(workspace: Workspace, round_name: str | None) -> dt.date | None:
    """The last day of a round. Raises StoreError for an unknown one."""
    if round_name is None:
        return None
    with workspace.store.read() as session:
        return get_round(session, round_name).deadline


def _batches(lines: Iterable[Kept]) -> Iterator[list[Kept]]:
    """Lines in batches of no more than `MOST`, and of about `HEAVIEST` bytes packed."""
    batch: list[Kept] = []
    weight = 0
    for line in lines:
        batch.append(line)
        weight += len(line.packed)
        if len(batch) == MOST or weight >= HEAVIEST // 8:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _load_batch(
    workspace: Workspace,
    batch: Sequence[Kept],
    topics: TopicTagger,
    arrival: Arrival,
    deadline: dt.date | None,
    loaded: Loaded,
) -> None:
    read = []
    for line in batch:
        try:
            read.append((line, _in_round(unpack(line.packed), deadline)))
        except WaraError as error:
            loaded.failed.append((line.place, str(error)))
    before = _held(workspace, [outcome for _, outcome in read], arrival)
    loaded.known += sum(before)
    wanted = (pair for pair, there in zip(read, before, strict=True) if not there)
    for files in _with_originals(wanted, loaded):
        for added in workspace.add_all(files, topics, arrival):
            loaded.count(added)


def _in_round(outcome: Outcome, deadline: dt.date | None) -> Outcome:
    """The outcome as if it had been read for a round of this deadline."""
    if deadline is None or outcome.analysis is None:
        return outcome
    parsed = outcome.analysis.parsed
    if not isinstance(parsed, Proposal) or parsed.document_date is None:
        return outcome
    on_time = parsed.document_date <= deadline
    record = replace(outcome.record, on_time=on_time)
    parsed = replace(parsed, on_time=on_time)
    analysis = replace(outcome.analysis, record=record, parsed=parsed)
    return replace(outcome, record=record, analysis=analysis)


def _held(workspace: Workspace, outcomes: Sequence[Outcome], arrival: Arrival) -> list[bool]:
    readings = [
        (one.document, one.analysis.parsed, one.record, one.analysis.tagging)
        for one in outcomes
        if one.document is not None and one.analysis is not None
    ]
    with workspace.store.read() as session:
        return held(session, readings, arrival.round_name)


def _with_originals(
    wanted: Iterable[tuple[Kept, Outcome]], loaded: Loaded
) -> Iterator[list[tuple[Outcome, bytes]]]:
    """The outcomes with their files' bytes, in batches that are not too heavy."""
    batch: list[tuple[Outcome, bytes]] = []
    weight = 0
    for line, outcome in wanted:
        try:
            data = _original(line, outcome)
        except WaraError as error:
            loaded.failed.append((line.place, str(error)))
            continue
        batch.append((outcome, data))
        weight += len(data)
        if weight >= HEAVIEST:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _original(line: Kept, outcome: Outcome) -> bytes:
    """The bytes that were read. Raises ReadError where they are gone, StoreError for others."""
    document = outcome.document
    assert document is not None
    try:
        data = load(line.place)
    except ReadError:
        if document.file == line.place:
            raise
        data = load(document.file)  # where the name of its place is no text
    return same(data, document.sha256, document.file)
