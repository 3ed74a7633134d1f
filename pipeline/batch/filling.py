"""What is in a folder of rows, and what is added to it, unit by unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Protocol

from pipeline.batch.answers import Answer
from pipeline.batch.folder import parts_in
from pipeline.batch.manifest import Counts, Manifest
from pipeline.batch.parts import (
    DOCUMENTS,
    ROWS,
    Entry,
    documents_part,
    entries,
    part_name,
    rows_part,
    states,
)
from pipeline.batch.places import Place
from pipeline.errors import OutputError


class Watch(Protocol):
    """Whoever looks on."""

    def begin(self, counts: Counts, link: str | None) -> None:
        """The work begins; `counts` says what is there already."""
        ...

    def step(self, counts: Counts, answer: Answer) -> None:
        """A unit was committed."""
        ...


class Filling:
    """What is in the folder, and what is added to it."""

    def __init__(self, place: Place, listed: Manifest) -> None:
        self.place, self._manifest = place, listed
        self.inputs = 0
        self._sums = {"done": 0, "failed": 0, "quarantined": 0}

    def found(self) -> Iterator[tuple[str, Mapping[str, int]]]:
        """The parts that are there, and how many inputs of each state they hold."""
        for part, held in self.entries():
            counted = states(held)
            self.inputs += sum(counted.values())
            yield part, counted

    def entries(self) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        """The parts that are there, and their entries."""
        for part in sorted(parts_in(self.place, ROWS)):
            with self.place.open(f"{ROWS}/{part}") as stream:
                held = entries(stream, part)
            self._list_quarantined(held)
            yield part, held

    def parts(self, found: Mapping[str, Mapping[str, int]], inputs: int) -> None:
        """Begin with these parts, of `inputs` in all."""
        self.inputs = inputs
        for part, held in found.items():
            self._count(part, held)

    def counts(self) -> Counts:
        """How it stands."""
        return Counts(self.inputs, **self._sums)

    def run(self, answers: Iterable[Answer], link: str | None, watch: Watch) -> Counts:
        """Commit every answer as it comes; `link` shows where they come from."""
        self._manifest.write(self.counts(), "running")
        watch.begin(self.counts(), link)
        try:
            for answer in answers:
                self.commit(answer)
                watch.step(self.counts(), answer)
                self._manifest.write_if_due(self.counts())
        except BaseException:
            with suppress(OutputError):  # the disk may be full: the parts say it all
                self._manifest.write(self.counts(), "stopped")
            raise
        self._manifest.write(self.counts(), "finished")
        return self.counts()

    def commit(self, answer: Answer) -> None:
        """Write a unit's part: its documents, then its rows, which make it count."""
        part = answer.unit.part or part_name(answer.unit.name)
        old = answer.unit.part is not None
        if self._manifest.keeps:
            name = f"{DOCUMENTS}/{part}"
            before = self.place.read(name) if old and part in self._documents() else None
            packed = documents_part(answer, before)
            if packed is not None:
                self.place.write(name, packed)
        name = f"{ROWS}/{part}"
        packed, held = rows_part(answer, self.place.read(name) if old else None)
        self.place.write(name, packed)
        self._count(part, states(held))
        self._list_quarantined(held)

    def _list_quarantined(self, held: Iterable[Entry]) -> None:
        for entry in held:
            if entry.state == "quarantined":
                self._manifest.quarantined[entry.place] = None
            else:
                self._manifest.quarantined.pop(entry.place, None)

    def _documents(self) -> dict[str, int]:
        return parts_in(self.place, DOCUMENTS)

    def _count(self, part: str, held: Mapping[str, int]) -> None:
        before = self._manifest.parts.get(part, {})
        for state in self._sums:
            self._sums[state] += held.get(state, 0) - before.get(state, 0)
        self._manifest.parts[part] = held
