"""Writing a table: each writer works beside the target and renames at the end.

There is the whole result or none.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.errors import OutputError, UsageError
from pipeline.tables.arrow import is_part, write_parquet, write_parts
from pipeline.tables.layout import Layout
from pipeline.tables.plain import write_csv, write_jsonl
from pipeline.tables.workbook import write_xlsx

WRITERS: dict[str, Callable[[Sequence[Any], Layout, Path], None]] = {
    ".xlsx": write_xlsx,
    ".csv": write_csv,
    ".jsonl": write_jsonl,
    ".parquet": write_parquet,
    "": write_parts,
}


def check_output(path: Path) -> None:
    """Raise UsageError or OutputError now, before hours of work, if `path` cannot be written."""
    if path.suffix.lower() not in WRITERS:
        known = ", ".join(suffix or "โฟลเดอร์/" for suffix in WRITERS)
        raise UsageError(
            f"ไม่รู้จักชนิดไฟล์ผลลัพธ์ {path.name} เลือกได้: {known}",
            f"unknown output type: choose one of {', '.join(s or 'FOLDER/' for s in WRITERS)}",
        )
    if not path.suffix and path.is_dir() and any(not is_part(p) for p in path.iterdir()):
        raise OutputError(
            f"โฟลเดอร์ {path} มีไฟล์อื่นอยู่แล้ว ให้เลือกโฟลเดอร์ว่างหรือชื่อใหม่",
            "the output folder holds other files: choose an empty folder or a new name",
        )
    if path.suffix and path.is_dir():
        raise OutputError(
            f"{path} เป็นโฟลเดอร์ ให้ตั้งชื่อไฟล์ผลลัพธ์ใหม่",
            "the output is a folder: choose another file name",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise _unwritable(path, error) from error


def write_table(rows: Sequence[Any], layout: Layout, path: Path) -> None:
    """Write the rows in the form that the suffix of `path` names. Raises OutputError."""
    check_output(path)
    try:
        with _beside(path) as temporary:
            WRITERS[path.suffix.lower()](rows, layout, temporary)
    except OSError as error:
        raise _unwritable(path, error) from error


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A path to write to, put in the place of `path` when all went well, else removed."""
    temporary = path.with_name(f".{path.name}.part")
    _remove(temporary)
    try:
        yield temporary
        if path.is_dir():
            shutil.rmtree(path)
        temporary.replace(path)
    finally:
        _remove(temporary)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"เขียน {path} ไม่ได้ ({error.strerror or error}) ให้ปิดไฟล์ที่เปิดค้างใน Excel หรือเลือกที่อื่นด้วย -o",
        "the output cannot be written: close it in Excel, or choose another place with -o",
    )
