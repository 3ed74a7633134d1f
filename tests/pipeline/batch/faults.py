"""Documents that break what reads or tags them, each by a word that it holds.

The reader's faults happen in the real reader process, under its real limits; the tagger's in the
worker process, around the real model.
"""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from classifiers import ProposalTagger
from pipeline.documents import Tagging
from pipeline.records import Tagger

TEXT = "โครงการจัดการขยะจังหวัดน่าน {word}\nหลักการและเหตุผล\nขยะในแม่น้ำน่านเพิ่มขึ้นทุกปี ฉบับที่ {number}\n"
CRASH, HANG, EAT, DIE, STALL, GROW, SLOW = ["crash", "hang", "eat", "die", "stall", "grow", "slow"]


def write(folder: Path, *words: str) -> list[Path]:
    """A file for each word, the name made of its number and the word."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:03}-{word or 'fine'}.txt" for number, word in enumerate(words)]
    for number, (path, word) in enumerate(zip(paths, words, strict=True)):
        path.write_text(TEXT.format(word=word and f"[{word}]", number=number), encoding="utf-8")
    return paths


def load(folder: Path) -> Tagger:
    """The model of a folder, in a process whose readers and tagger have faults."""
    from pipeline.readers.sandbox import process

    broken = "from tests.pipeline.batch.faults import break_reader; break_reader(); from pipeline"
    process._START = process._START.replace("from pipeline", broken, 1)
    return Faulty(ProposalTagger.load(folder))


class Faulty:
    """A tagger that some texts are too much for."""

    def __init__(self, tagger: ProposalTagger) -> None:
        self._tagger = tagger

    def tag(self, texts: Sequence[str]) -> list[Tagging]:
        for text in texts:
            for word, fault in WORKER_FAULTS.items():
                if f"[{word}]" in text:
                    fault()
        return self._tagger.tag(texts)


def break_reader() -> None:
    """Let the parser of this process be one with faults."""
    from pipeline.readers import assembling

    read_raw = assembling.read_raw

    def faulty(data: bytes, *arguments: object, **options: object) -> object:
        for word, fault in READER_FAULTS.items():
            if f"[{word}]".encode() in data:
                fault()
        return read_raw(data, *arguments, **options)  # type: ignore[arg-type]

    assembling.read_raw = faulty  # type: ignore[assignment]


def crash() -> None:
    """A native library that reads where nothing is: SIGSEGV."""
    ctypes.string_at(0)


def hang() -> NoReturn:
    """A parser in an endless loop."""
    while True:
        pass


def eat() -> None:
    """A parser that wants ever more memory; pages of zeros that nobody writes to take up none."""
    held = []
    while True:
        held.append(bytes(64 << 20))


def die() -> None:
    """The worker process is gone from one moment to the next."""
    os.kill(os.getpid(), signal.SIGKILL)


def stall() -> None:
    """The worker process waits for what never comes."""
    time.sleep(3600)


def slow() -> None:
    """A document that takes its time."""
    time.sleep(1)


READER_FAULTS = {CRASH: crash, HANG: hang, EAT: eat}
WORKER_FAULTS = {DIE: die, STALL: stall, GROW: eat, SLOW: slow}
