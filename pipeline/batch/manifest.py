"""`manifest.json`: what was asked for, how far it is, and every part. Made anew from the parts."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from pipeline.batch.places import Place
from pipeline.batch.work import Job
from pipeline.errors import OutputError, UsageError

FILE = "manifest.json"
FORMAT = 1
MOST_QUARANTINED = 1000  # names of quarantined files in the manifest; all are in the rows
EVERY = 10.0  # seconds between two writings, at least; and twenty times what one takes
RunState = Literal["running", "stopped", "finished"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many inputs there are and what became of them; the rest waits."""

    inputs: int
    done: int = 0
    failed: int = 0
    quarantined: int = 0

    @property
    def waiting(self) -> int:
        """Inputs without a row."""
        return self.inputs - self.done - self.failed - self.quarantined


@dataclass(frozen=True, slots=True)
class Asked:
    """What holds for every row of the folder."""

    inputs: tuple[str, ...]
    job: Job


class Manifest:
    """The manifest of a folder that is being filled."""

    def __init__(self, place: Place, asked: Asked, started: str | None = None) -> None:
        self._place, self._asked = place, asked
        self._started = started or _now()
        self._due = 0.0
        self.parts: dict[str, Mapping[str, int]] = {}
        self.quarantined: dict[str, None] = {}

    @property
    def keeps(self) -> bool:
        """Whether documents are kept beside the rows."""
        return self._asked.job.keep

    def write(self, counts: Counts, state: RunState) -> None:
        """Write it now."""
        began = time.monotonic()
        value = {
            "wara": version("wara"),
            "format": FORMAT,
            "state": state,
            "asked": _asked_json(self._asked),
            "started": self._started,
            "updated": _now(),
            "counts": {
                "inputs": counts.inputs,
                "done": counts.done,
                "failed": counts.failed,
                "quarantined": counts.quarantined,
                "waiting": counts.waiting,
            },
            "quarantined": list(self.quarantined)[:MOST_QUARANTINED],
            "units": [{"part": part, **states} for part, states in self.parts.items()],
        }
        self._place.write(FILE, json.dumps(value, ensure_ascii=True, indent=1).encode("ascii"))
        self._due = time.monotonic() + max(EVERY, 20 * (time.monotonic() - began))

    def write_if_due(self, counts: Counts) -> None:
        """Write it if the last time is long ago."""
        if time.monotonic() >= self._due:
            self.write(counts, "running")


def is_there(place: Place) -> bool:
    """Whether the folder holds a manifest."""
    return FILE in place.names()


def read(place: Place) -> tuple[Asked, str, str]:
    """What was asked, when it began and the state it was left in. Raises OutputError."""
    try:
        value = json.loads(place.read(FILE))
        if value["format"] != FORMAT:
            raise ValueError(value["format"])
        return _asked(value["asked"]), str(value["started"]), str(value["state"])
    except (ValueError, KeyError, TypeError) as error:
        raise OutputError(
            f"{place.address}: {FILE} เสียหายหรือเป็นของ wara รุ่นอื่น ให้เลือกโฟลเดอร์ใหม่",
            f"{place.address}: its {FILE} is damaged or of another version of wara: choose a new "
            "folder",
        ) from error


def check_same(before: Asked, now: Asked) -> None:
    """Raise UsageError where rows asked for now would not be like those that are there."""
    old, new = _asked_json(before), _asked_json(now)
    names = ("model", "kind", "deadline", "ocr", "keep")
    other = [name for name in names if old[name] != new[name]]
    if other:
        said = ", ".join(f"{name}: {old[name]} → {new[name]}" for name in other)
        raise UsageError(
            f"ตัวเลือกไม่ตรงกับที่เริ่มไว้ ({said}) ใช้ตัวเลือกเดิมกับ --resume หรือระบุโฟลเดอร์ใหม่ด้วย -o",
            f"the options differ from those it was begun with ({said}): give the same ones with "
            "--resume, or a new folder with -o",
        )


def _asked_json(asked: Asked) -> dict[str, Any]:
    job = asked.job
    return {
        "inputs": list(asked.inputs),
        "model": job.model,
        "model_folder": str(job.model_folder),
        "kind": job.kind,
        "deadline": job.deadline.isoformat() if job.deadline else None,
        "ocr": job.ocr,
        "keep": job.keep,
    }


def _asked(value: Mapping[str, Any]) -> Asked:
    deadline = value["deadline"]
    job = Job(
        model=value["model"],
        model_folder=Path(value["model_folder"]),
        kind=value["kind"],
        deadline=dt.date.fromisoformat(deadline) if deadline else None,
        ocr=value["ocr"],
        keep=value["keep"],
    )
    return Asked(tuple(value["inputs"]), job)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
