"""Images of a document's pages: drawn in a child process under limits, kept by digest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from pipeline.store.documents.files import keep
from pipeline.web.documents.page_child import LENGTH, OUTPUT
from pipeline.workspace import Workspace

WIDTH = 1100  # pixels
TOGETHER = 4  # pages that one child draws
SECONDS = 30.0
LIMIT = 512 << 20  # bytes of images that are kept
MEDIA_TYPE = "image/webp"
_START = (
    "import sys; sys.path[:] = {path!r}; from pipeline.web.documents.page_child import main; main()"
)
_AT_ONCE = threading.BoundedSemaphore(2)


def has_images(media_type: str) -> bool:
    """Whether pages of such a file can be drawn; all else is shown as text."""
    return media_type == "application/pdf" or media_type.startswith("image/")


def page_image(
    workspace: Workspace, sha256: str, media_type: str, number: int, pages: int
) -> bytes | None:
    """The WebP image of a page (from 1) out of `pages`; None for one that cannot be drawn.

    Raises StoreError where the original file is lost, OutputError where no image can be kept.
    """
    if not has_images(media_type) or not 1 <= number <= pages:
        return None
    folder = workspace.settings.workspace / "cache" / "pages" / sha256[:2]
    found = _kept(folder, sha256, number)
    if found is None:
        with _AT_ONCE:
            found = _kept(folder, sha256, number)  # drawn while this waited
            if found is None:
                numbers = range(number, min(number + TOGETHER, pages + 1))
                _draw_into(folder, workspace.store.file_of(sha256), sha256, media_type, numbers)
                found = _kept(folder, sha256, number)
                clear_up(folder.parent)
    return found or None


def clear_up(folder: Path, limit: int = LIMIT) -> None:
    """Remove the images that were longest not drawn where all together have more than `limit`.

    A tenth more than needed goes, so that it is not done for every page.
    """
    found = []
    for one in folder.glob("*/*.webp"):
        with suppress(FileNotFoundError):  # another request clears up too
            state = one.stat()
            found.append((state.st_mtime, state.st_size, one))
    above = sum(size for _, size, _ in found) - limit
    if above <= 0:
        return
    above += limit // 10
    for _, size, one in sorted(found):
        if above <= 0:
            return
        one.unlink(missing_ok=True)
        above -= size


def _kept(folder: Path, sha256: str, number: int) -> bytes | None:
    """The image, empty for a page that could not be drawn; None if nobody tried."""
    try:
        return _place(folder, sha256, number).read_bytes()
    except FileNotFoundError:
        return None


def _place(folder: Path, sha256: str, number: int) -> Path:
    return folder / f"{sha256}-{number}-{WIDTH}.webp"


def _draw_into(
    folder: Path, file: Path, sha256: str, media_type: str, numbers: Sequence[int]
) -> None:
    drawn = list(_draw(file.read_bytes(), media_type, numbers))
    for at, number in enumerate(numbers):
        # The page at which a child died is not tried again, those behind it are.
        if at <= len(drawn):
            keep(_place(folder, sha256, number), drawn[at] if at < len(drawn) else b"")


def _draw(data: bytes, media_type: str, numbers: Sequence[int]) -> Iterator[bytes]:
    """The images that a child draws, fewer if it dies or takes too long."""
    question = {"media_type": media_type, "numbers": list(numbers), "width": WIDTH}
    with tempfile.TemporaryDirectory(prefix="wara-pages-") as own, tempfile.TemporaryFile() as out:
        child = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.DEVNULL,
            cwd=own,
            env=_environment(own),
            start_new_session=True,
        )
        try:
            child.communicate(json.dumps(question).encode() + b"\n" + data, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
        out.seek(0)
        yield from _images(out)


def _environment(folder: str) -> dict[str, str]:
    """Nothing of ours, above all no address of a database, goes into the child."""
    kept = {
        name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ
    }
    return kept | {"TMPDIR": folder, "HOME": folder, "PYTHONDONTWRITEBYTECODE": "1"}


def _images(out: IO[bytes]) -> Iterator[bytes]:
    while len(head := out.read(LENGTH.size)) == LENGTH.size:
        (size,) = LENGTH.unpack(head)
        image = out.read(size) if size <= OUTPUT else b""
        if len(image) != size or (size and image[:4] + image[8:12] != b"RIFFWEBP"):
            return
        yield image
