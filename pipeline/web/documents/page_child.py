"""The process that draws pages: limits itself, then answers one request over its pipes.

It reads `{"media_type", "numbers", "width"}` as one line of JSON and then the file's bytes, and
writes for each page its length (4 bytes, 0 for one that cannot be drawn) and the WebP image.
"""

from __future__ import annotations

import io
import json
import struct
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.readers.sandbox.confinement import (
    cut_network,
    limit_cpu,
    limit_file_size,
    limit_files,
    limit_memory,
)

if TYPE_CHECKING:
    from PIL.Image import Image

MEMORY, PROCESSOR_SECONDS, OUTPUT = 1 << 30, 15, 64 << 20
MOST_PIXELS = 40_000_000
LENGTH = struct.Struct("<I")
_QUALITY = 80


def main() -> None:
    """Draw the pages that standard input asks for."""
    cut_network()
    import PIL.Image
    import pypdfium2  # noqa: F401 - while libraries may still be loaded from anywhere

    PIL.Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    PIL.Image.init()
    limit_memory(MEMORY, hard=MEMORY)
    limit_cpu(PROCESSOR_SECONDS)
    limit_file_size(OUTPUT)
    places = (*sys.path, sys.prefix, sys.base_prefix, str(Path(__file__).parents[3]))
    limit_files(Path(tempfile.gettempdir()), filter(None, places))
    asked = json.loads(sys.stdin.buffer.readline())
    data, numbers, width = sys.stdin.buffer.read(), asked["numbers"], asked["width"]
    draw = _of_pdf if asked["media_type"] == "application/pdf" else _of_picture
    for drawn in draw(data, numbers, width):
        sys.stdout.buffer.write(LENGTH.pack(len(drawn)) + drawn)
        sys.stdout.buffer.flush()


def _of_pdf(data: bytes, numbers: list[int], width: int) -> Iterator[bytes]:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        for number in numbers:
            try:
                page = document[number - 1]
                wide, high = page.get_size()
                scale = min(width / max(1.0, wide), (MOST_PIXELS / max(1.0, wide * high)) ** 0.5)
                yield _webp(page.render(scale=scale, may_draw_forms=True).to_pil())
            except (pypdfium2.PdfiumError, IndexError, ValueError, MemoryError, OSError):
                yield b""


def _of_picture(data: bytes, numbers: list[int], width: int) -> Iterator[bytes]:
    import PIL.Image

    for number in numbers:
        try:
            with PIL.Image.open(io.BytesIO(data)) as image:
                image.seek(number - 1)
                image.thumbnail((width, 4 * width))
                yield _webp(image)
        except (PIL.Image.DecompressionBombError, EOFError, ValueError, MemoryError, OSError):
            yield b""


def _webp(image: Image) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, "WEBP", quality=_QUALITY, method=2)
    return out.getvalue()
