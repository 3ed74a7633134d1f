"""Writing into a model's folder so that nobody ever reads half a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from classifiers.models.cards import CARD_FILE, MODEL_FILE
from pipeline.errors import OutputError


def replace_file(path: Path, content: bytes) -> None:
    """Write beside and rename: a reader sees the old file or the new one, never half of one."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def check_writable(directory: Path) -> None:
    """Raise OutputError now if a model could not be saved here after a long training."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            return
    except OSError as error:
        raise unwritable(directory, error) from error


def check_free(directory: Path) -> None:
    """Raise OutputError where a model lies in `directory` already: it would be overwritten."""
    if any((directory / name).exists() for name in (CARD_FILE, MODEL_FILE)):
        raise OutputError(
            f"โฟลเดอร์ {directory} มีโมเดลอยู่แล้ว ให้ตั้งชื่อโฟลเดอร์ใหม่ หรือใส่ --force เพื่อเขียนทับ",
            f"there is a model in {directory} already: choose another folder, or pass --force to "
            "overwrite it",
        )


def unwritable(directory: Path, error: OSError) -> OutputError:
    """What to say when a model folder cannot be written."""
    return OutputError(
        f"บันทึกโมเดลที่ {directory} ไม่ได้ ({error.strerror}) ให้เลือกโฟลเดอร์อื่นด้วย -o หรือ --workspace",
        f"the model cannot be saved in {directory}: choose another folder with -o or --workspace",
    )
