"""Tables as plain text: JSON lines and CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.documents import to_json
from pipeline.tables.cells import FORMULA_STARTS, flat
from pipeline.tables.layout import Layout


def write_jsonl(rows: Sequence[Any], layout: Layout, path: Path) -> None:
    """One JSON object a line, UTF-8, lists as lists."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            values = {c.code: to_json(getattr(row, c.code)) for c in layout.columns}
            file.write(json.dumps(values, ensure_ascii=False) + "\n")


def write_csv(rows: Sequence[Any], layout: Layout, path: Path) -> None:
    """UTF-8 with BOM, so that Excel shows Thai; the columns' codes as header.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.code for column in layout.columns)
        for row in rows:
            writer.writerow(_cell(getattr(row, column.code)) for column in layout.columns)


def _cell(value: Any) -> Any:
    value = flat(to_json(value))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value
