"""The folder that `wara classify --keep -o OUT/` filled, as it is read back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pipeline.batch import manifest
from pipeline.batch.parts import DOCUMENTS, ROWS
from pipeline.batch.places import Place
from pipeline.errors import OutputError, UsageError

ROWS_AT_ONCE = 50  # rows of a part that are in memory


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of OUT/documents: where the file lies, and the packed outcome."""

    place: str
    packed: bytes


def is_output(name: str) -> bool:
    """Whether `name` is a folder that `wara classify` filled; a URL of one ends in a slash."""
    if not name or ("://" in name and not name.endswith("/")):
        return False
    try:
        if "://" not in name and not Path(name, manifest.FILE).is_file():
            return False
        place = Place(name)
        return manifest.FILE in place.names() and "units" in json.loads(place.read(manifest.FILE))
    except (OutputError, OSError, ValueError):
        return False


def kept_parts(place: Place) -> list[str]:
    """The parts with documents; those without rows are of a run that was killed in between."""
    asked, *_ = manifest.read(place)
    if not asked.job.keep:
        raise UsageError(
            f"{place.address} ไม่มีเอกสารที่เก็บไว้ สั่ง wara classify ... -o โฟลเดอร์ใหม่/ --keep ก่อน",
            f"{place.address} holds no documents: wara classify ... -o NEW_FOLDER/ --keep "
            "keeps them",
        )
    kept = place.names(DOCUMENTS).keys() & place.names(ROWS).keys()
    return sorted(name for name in kept if name.endswith(".parquet"))


def length_of(place: Place, part: str) -> int:
    """How many documents a part holds."""
    import pyarrow.parquet as pq

    with place.open(f"{DOCUMENTS}/{part}") as stream:
        return int(pq.read_metadata(stream).num_rows)


def kept_lines(place: Place, part: str) -> Iterator[Kept]:
    """The documents of a part, in order."""
    with place.open(f"{DOCUMENTS}/{part}") as stream:
        for file, kept in _columns(stream, ["file", "kept"]):
            yield Kept(file, kept)


def unread_rows(place: Place) -> list[tuple[str, str]]:
    """The rows of files that could not be read, and why."""
    found = []
    for part in sorted(name for name in place.names(ROWS) if name.endswith(".parquet")):
        with place.open(f"{ROWS}/{part}") as stream:
            found += [row for row in _columns(stream, ["file", "error"]) if row[1] is not None]
    return found


def _columns(stream: IO[bytes], names: list[str]) -> Iterator[tuple[Any, ...]]:
    import pyarrow.parquet as pq

    for rows in pq.ParquetFile(stream).iter_batches(ROWS_AT_ONCE, columns=names):
        yield from zip(*(rows[name].to_pylist() for name in names), strict=True)
