"""What a person sees of a long run into a folder: how far it is, how fast, what failed."""

from __future__ import annotations

import time
from types import TracebackType

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from pipeline.batch.answers import Answer
from pipeline.batch.manifest import Counts
from pipeline.records import Record
from pipeline.terminal import err, say

EVERY = 5.0  # seconds between two lines where there is no terminal
MOST_NAMED = 20


class Board:
    """Shows a run (`archive.Watch`) as a bar, or as a line every few seconds without a terminal."""

    def __init__(self) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TextColumn("เหลือ"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[bad]}", markup=False),
        )
        self._bar = Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
        self._task: TaskID | None = None
        self._began = self._told = time.monotonic()
        self._had = 0
        self.failed: list[Record] = []
        self.quarantined: list[Record] = []

    def __enter__(self) -> Board:
        self._bar.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def begin(self, counts: Counts, link: str | None) -> None:
        """Say what is there already, and where the dashboard is."""
        self._had = counts.inputs - counts.waiting
        self._began = self._told = time.monotonic()
        if link:
            say(f"แดชบอร์ดของคลัสเตอร์ · cluster dashboard: {link}")
        if self._had:
            say(f"มีอยู่แล้ว · there already: {tally(counts)}")
        self._task = self._bar.add_task(
            "กำลังอ่าน", total=counts.inputs, completed=self._had, rate="", bad=""
        )

    def step(self, counts: Counts, answer: Answer) -> None:
        """A unit is done."""
        for found in answer.results:
            self._name(found.outcome.record, found.state)
        if self._task is not None:
            self._bar.update(
                self._task,
                completed=counts.inputs - counts.waiting,
                rate=f"{self._rate(counts):.1f}/s",
                bad=_bad(counts),
            )
        now = time.monotonic()
        if not err.is_terminal and (now - self._told >= EVERY or not counts.waiting):
            self._told = now
            say(f"{tally(counts)} · {self._rate(counts):.1f}/s{self._left(counts)}")

    def _rate(self, counts: Counts) -> float:
        done = counts.inputs - counts.waiting - self._had
        return done / max(time.monotonic() - self._began, 1e-3)

    def _left(self, counts: Counts) -> str:
        rate = self._rate(counts)
        if not counts.waiting or not rate:
            return ""
        minutes, seconds = divmod(round(counts.waiting / rate), 60)
        return f" · เหลือ {minutes // 60}:{minutes % 60:02}:{seconds:02}"

    def _name(self, record: Record, state: str) -> None:
        named = self.quarantined if state == "quarantined" else self.failed
        if state != "done" and len(named) < MOST_NAMED:
            named.append(record)


def show_end(board: Board, counts: Counts, out: str) -> None:
    """Name what failed in this run, and say how it stands."""
    for heading, records, number in (
        ("● อ่านไม่ได้ (failed)", board.failed, counts.failed),
        ("● กักไว้ ทำให้โปรแกรมหยุดทำงาน (quarantined)", board.quarantined, counts.quarantined),
    ):
        if records:
            say(heading)
        for record in records:
            say(f"  {record.file.rsplit('/', 1)[-1]}: {record.error}")
        if records and number > len(records):
            say(f"  … {number - len(records)} อื่น ๆ ในคอลัมน์ error · more in the column error")
    say(f"{tally(counts)}  → {out}")
    if counts.failed + counts.quarantined:
        say(f"ลองใหม่เฉพาะที่ไม่สำเร็จ · to try those again: wara retry {out}")


def tally(counts: Counts) -> str:
    """The counts in one line; they add up to the inputs."""
    return (
        f"{counts.inputs:,} ไฟล์ = สำเร็จ {counts.done:,} + อ่านไม่ได้ {counts.failed:,} "
        f"+ กักไว้ {counts.quarantined:,} + รอ {counts.waiting:,}"
        f"  (done {counts.done:,}, failed {counts.failed:,}, quarantined {counts.quarantined:,}, "
        f"waiting {counts.waiting:,})"
    )


def _bad(counts: Counts) -> str:
    bad = counts.failed + counts.quarantined
    return f"ไม่สำเร็จ {bad:,}" if bad else ""
