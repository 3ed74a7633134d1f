"""Part files: the rows of one unit as Parquet, with the unit's inputs in the file itself.

The inputs stand in the footer (`ENTRY`), so that a part and its entry are committed by one
rename: whatever is listed is whole, and says by itself which inputs it accounts for.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from pipeline.batch.answers import Answer, State
from pipeline.errors import OutputError
from pipeline.inputs import Item

ROWS, DOCUMENTS = "rows", "documents"
ENTRY = b"wara.inputs"


@dataclass(frozen=True, slots=True)
class Entry:
    """One input of a part, in the order of its rows."""

    place: str
    stamp: str
    state: State
    tries: int = 1


_Rows = tuple[Any, tuple[Entry, ...]]
"""A table of Arrow, and the entries of its rows."""


def part_name(unit: str) -> str:
    """The name of a unit's files, below `rows/` and below `documents/`."""
    return f"part-{unit}.parquet"


def rows_part(answer: Answer, old: bytes | None = None) -> tuple[bytes, tuple[Entry, ...]]:
    """The rows of a unit and their entries; those of `old` with the unit's put in their place."""
    from pipeline.export import LAYOUT
    from pipeline.tables import arrow_table

    new = _entries(answer)
    table = arrow_table([found.outcome.record for found in answer.results], LAYOUT)
    if old is not None:
        table, new = _merged(_opened(io.BytesIO(old)), (table, new))
    return _bytes(table, new), new


def documents_part(answer: Answer, old: bytes | None = None) -> bytes | None:
    """The packed documents of a unit, one line each; None where there are none.

    Those of `old` stay, but for the inputs of this unit.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    pairs = [
        (item.place, found)
        for item, found in zip(answer.unit.items, answer.results, strict=True)
        if found.kept is not None
    ]
    schema = pa.schema([("file", pa.string()), ("sha256", pa.string()), ("kept", pa.binary())])
    columns = [
        [_text(place) for place, _ in pairs],
        [found.outcome.record.sha256 for _, found in pairs],
        [found.kept for _, found in pairs],
    ]
    table = pa.table(columns, schema=schema)
    if old is not None:
        kept = pq.read_table(io.BytesIO(old))
        places = pa.array([_text(item.place) for item in answer.unit.items], pa.string())
        kept = kept.filter(pc.invert(pc.is_in(kept["file"], value_set=places)))
        table = pa.concat_tables([kept, table])
    return _bytes(table, ()) if len(table) else None


def entries(stream: IO[bytes], name: str) -> tuple[Entry, ...]:
    """The entries of a part. Raises OutputError for a file that is none of ours, or damaged."""
    import pyarrow.parquet as pq

    try:
        held = (pq.read_metadata(stream).metadata or {})[ENTRY]
        return tuple(Entry(*values) for values in json.loads(held))
    except Exception as error:  # whatever a damaged file makes the library raise
        raise OutputError(
            f"ไฟล์ {name} เสียหายหรือไม่ใช่ของ wara ให้ย้ายออก แล้วสั่งเดิมพร้อม --resume",
            f"{name} is damaged or none of wara's: move it away and give the same command with "
            "--resume",
        ) from error


def items_to_retry(stream: IO[bytes], name: str) -> list[Item]:
    """The inputs of a part that have no good row, named as their rows name them."""
    import pyarrow.parquet as pq

    found = entries(stream, name)
    stream.seek(0)
    files = pq.read_table(stream, columns=["file"])["file"].to_pylist()
    return [
        Item(file, entry.place, stamp=entry.stamp)
        for file, entry in zip(files, found, strict=True)
        if entry.state != "done"
    ]


def _entries(answer: Answer) -> tuple[Entry, ...]:
    return tuple(
        Entry(item.place, item.stamp, found.state, found.tries)
        for item, found in zip(answer.unit.items, answer.results, strict=True)
    )


def _merged(old: _Rows, new: _Rows) -> _Rows:
    """The old rows in their order, the new ones in the place of those of the same input."""
    import pyarrow as pa

    entries_of_both = [*old[1], *new[1]]
    at = {entry.place: len(old[1]) + number for number, entry in enumerate(new[1])}
    order = [at.pop(entry.place, number) for number, entry in enumerate(old[1])] + [*at.values()]
    table = pa.concat_tables([old[0], new[0]]).take(order)
    return table, tuple(entries_of_both[number] for number in order)


def _opened(stream: IO[bytes]) -> _Rows:
    import pyarrow.parquet as pq

    found = entries(stream, ROWS)
    stream.seek(0)
    return pq.read_table(stream).replace_schema_metadata(None), found


def _bytes(table: Any, found: Sequence[Entry]) -> bytes:
    import pyarrow.parquet as pq

    if found:
        held = [[e.place, e.stamp, e.state, e.tries] for e in found]
        table = table.replace_schema_metadata({ENTRY: json.dumps(held).encode("ascii")})
    stream = io.BytesIO()
    pq.write_table(table, stream, compression="zstd")
    return stream.getvalue()


def _text(place: str) -> str:
    return place.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def states(found: Sequence[Entry]) -> dict[str, int]:
    """How many inputs of each state."""
    counted: dict[str, int] = {"done": 0, "failed": 0, "quarantined": 0}
    for entry in found:
        counted[entry.state] += 1
    return counted
