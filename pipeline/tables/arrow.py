"""Tables of Arrow: one Parquet file, or a folder of parts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.tables.layout import Layout

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_PER_PART = 10_000


def arrow_table(rows: Sequence[Any], layout: Layout) -> pa.Table:
    """The rows as a table of Arrow; lists as lists, dates as dates."""
    import pyarrow as pa

    columns = {c.code: [getattr(row, c.code) for row in rows] for c in layout.columns}
    return pa.table(columns, schema=_schema(pa, layout))


def write_parquet(rows: Sequence[Any], layout: Layout, path: Path) -> None:
    """One Parquet file; lists as lists, dates as dates."""
    import pyarrow.parquet as pq

    pq.write_table(arrow_table(rows, layout), path)


def write_parts(rows: Sequence[Any], layout: Layout, path: Path) -> None:
    """A folder of Parquet files of ten thousand rows each, `part-00000.parquet` and on."""
    path.mkdir()
    for number, first in enumerate(range(0, len(rows), ROWS_PER_PART)):
        part = path / f"part-{number:05}.parquet"
        write_parquet(rows[first : first + ROWS_PER_PART], layout, part)


def is_part(path: Path) -> bool:
    """Whether a file bears the name of a part."""
    return path.name.startswith("part-") and path.suffix == ".parquet"


def _schema(pa: Any, layout: Layout) -> pa.Schema:
    types = {
        "text": pa.string(),
        "list": pa.list_(pa.string()),
        "flag": pa.bool_(),
        "whole": pa.int64(),
        "number": pa.float64(),
        "money": pa.float64(),
        "share": pa.float64(),
        "date": pa.date32(),
        "moment": pa.timestamp("us", tz="UTC"),
    }
    return pa.schema([(column.code, types[column.type]) for column in layout.columns])
