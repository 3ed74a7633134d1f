"""Writes a folder as `wara classify --keep -o OUT/` does, of documents that were made up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.batch import Job, Outcome
from pipeline.batch.manifest import Asked, Counts, Manifest
from pipeline.batch.parts import DOCUMENTS, ROWS, part_name
from pipeline.batch.places import Place
from pipeline.export import LAYOUT
from pipeline.kept import pack
from pipeline.tables import arrow_table

AT_ONCE = 500  # documents of a part


def write_output(outcomes: Iterable[Outcome], output: Path) -> None:
    """Write all outcomes, part by part."""
    for folder in (ROWS, DOCUMENTS):
        (output / folder).mkdir(parents=True)
    written = 0
    for number, part in enumerate(_parts(outcomes)):
        written += len(part)
        name = part_name(f"{number:06}")
        rows = arrow_table([outcome.record for outcome in part], LAYOUT)
        pq.write_table(rows, output / ROWS / name, compression="zstd")
        kept = {
            "file": [outcome.record.file for outcome in part],
            "sha256": [outcome.record.sha256 for outcome in part],
            "kept": [pack(outcome) for outcome in part],
        }
        pq.write_table(pa.table(kept), output / DOCUMENTS / name, compression="zstd")
    asked = Asked((), Job("made up", Path(), keep=True))
    Manifest(Place(str(output)), asked).write(Counts(written, written), "finished")


def _parts(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    left = iter(outcomes)
    while part := list(islice(left, AT_ONCE)):
        yield part
