"""A model on its way to other machines: its files as bytes, kept there by their digest."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.cache import cache_folder
from pipeline.errors import ModelError


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of a model's folder, and a digest of them."""

    name: str
    digest: str
    files: tuple[tuple[str, bytes], ...]


def bundle(folder: Path) -> Bundle:
    """The model in a folder. Raises ModelError where it cannot be read."""
    hasher = hashlib.sha256()
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix in {".skops", ".json"})
        files = tuple((path.name, path.read_bytes()) for path in paths)
    except OSError as error:
        raise ModelError(
            f"อ่านโมเดลใน {folder} ไม่ได้ ({error.strerror}) ให้ตรวจโฟลเดอร์และสิทธิ์",
            f"the model in {folder} cannot be read: check the folder and your access",
        ) from error
    for name, data in files:
        hasher.update(f"{name} {len(data)}\n".encode() + data)
    return Bundle(folder.name, hasher.hexdigest()[:20], files)


def place(digest: str, name: str) -> Path:
    """Where a bundle lies on a machine that has it."""
    return cache_folder() / "sent" / digest / name


def unfold(sent: Bundle) -> Path:
    """Put the model in its place on this machine unless it is there. Raises OSError."""
    folder = place(sent.digest, sent.name)
    if folder.is_dir():
        return folder
    folder.parent.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent.parent, prefix=".new-"))
    try:
        (fresh / sent.name).mkdir()
        for name, data in sent.files:
            (fresh / sent.name / Path(name).name).write_bytes(data)
        os.rename(fresh, folder.parent)  # noqa: PTH104 - fails where another was quicker
    except OSError:
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return folder
