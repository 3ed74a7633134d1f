"""What comes back of a unit: one result for each of its files, whatever happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, Self

from pipeline.batch.units import Unit
from pipeline.batch.work import Job, Outcome
from pipeline.errors import ReadError
from pipeline.inputs import Item
from pipeline.records import Tagger

State = Literal["done", "failed", "quarantined"]
TRIES = 2
"""How often a file may take its worker with it; after that it is quarantined."""


def load_tagger(folder: Path) -> Tagger:
    """The model of a folder. Raises ModelError."""
    from classifiers import ProposalTagger

    return ProposalTagger.load(folder)


@dataclass(frozen=True, slots=True)
class Order:
    """What workers are told once: the job, and whether documents come back packed as bytes.

    `load` gives the tagger of `job.model_folder`; it is sent by its name.
    """

    job: Job
    packed: bool = False
    load: Callable[[Path], Tagger] = load_tagger


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one input, and at which try; `kept` is the packed document."""

    state: State
    outcome: Outcome
    tries: int = 1
    kept: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A unit with the results of its files, in their order."""

    unit: Unit
    results: tuple[Result, ...]


class Engine(Protocol):
    """Where units are done, from `with` to its end."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...

    @property
    def link(self) -> str | None:
        """Where one can look on, if anywhere."""
        ...

    def run(self, units: Iterable[Unit]) -> Iterator[Answer]:
        """The answers as they come; no more units are taken than workers need."""
        ...


def result(outcome: Outcome, *, kept: bytes | None = None, tries: int = 1) -> Result:
    """The result of a file that its worker survived."""
    return Result("failed" if outcome.record.error else "done", outcome, tries, kept)


def quarantined(item: Item, reason: ReadError) -> Result:
    """The result of a file that took its worker with it each time."""
    from pipeline.batch.work import lost, named

    outcome = named(lost(item.place, reason), item.place, item.file)
    return Result("quarantined", outcome, TRIES)


def died() -> ReadError:
    """Why a file has no row: its worker died."""
    return ReadError(
        "โปรแกรมอ่านหยุดทำงานกลางคันขณะอ่านไฟล์นี้ ให้เปิดไฟล์แล้วบันทึกใหม่เป็น PDF หรือ DOCX",
        "the worker process died on this file: open it and save it again as PDF or DOCX",
    )


def hung(seconds: float) -> ReadError:
    """Why a file has no row: it was not done in time."""
    return ReadError(
        f"วิเคราะห์ไฟล์นี้ไม่เสร็จใน {seconds:g} วินาที แบ่งไฟล์ หรือเพิ่ม WARA_ROW_SECONDS",
        f"not analysed within {seconds:g} seconds: split the file, or raise WARA_ROW_SECONDS",
    )
