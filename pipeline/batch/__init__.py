"""Many files to many rows: one bad file is one failed row, and the rest goes on.

`process` does one file, `process_all` many into memory, `pipeline.batch.archive` any number into
a folder of Parquet that can be gone on with. The same worker process does the work everywhere:
started by this process (`local`) or by the workers of a Dask cluster (`cluster`).
"""

from __future__ import annotations

from pipeline.batch.answers import Order
from pipeline.batch.running import classify_all, process_all
from pipeline.batch.work import Job, Outcome, classify, process

__all__ = ["Job", "Order", "Outcome", "classify", "classify_all", "process", "process_all"]
