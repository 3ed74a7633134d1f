"""Hostile images."""

from __future__ import annotations

import random
import struct
import zlib

from tests.hostile.catalogue import hostile
from tests.hostile.packing import MB, zlib_flood


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(
    width: int, height: int, packed: bytes, *chunks: bytes, bits: int = 1, color: int = 0
) -> bytes:
    """A PNG of `width` x `height` pixels as its header claims; `packed` are its rows."""
    head = struct.pack(">IIBBBBB", width, height, bits, color, 0, 0, 0)
    parts = [_chunk(b"IHDR", head), *chunks, _chunk(b"IDAT", packed), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _blank(width: int, height: int) -> bytes:
    return zlib_flood(b"\0" + b"\xff" * (-(-width // 8)), height)


@hostile("pixels-3600-million.png", refused="", slow=True, ocr=True)
def _bomb() -> bytes:
    return png(60_000, 60_000, zlib_flood((b"\0" + b"\xff" * 7500) * 100, 600))


@hostile("pixels-claimed-4-billion-wide.png", refused="", ocr=True)
def _claims() -> bytes:
    return png(0x7FFFFFFF, 0x7FFFFFFF, zlib.compress(b"\0\0"))


@hostile("one-pixel.png", refused="", ocr=True)
def _one() -> bytes:
    return png(1, 1, _blank(1, 1))


@hostile("100000-by-1.png", refused="", ocr=True)
def _strip() -> bytes:
    return png(100_000, 1, _blank(100_000, 1))


@hostile("1-by-100000.png", refused="", ocr=True)
def _column() -> bytes:
    return png(1, 100_000, _blank(1, 100_000))


@hostile("zero-by-zero.png", refused="", ocr=True)
def _zero() -> bytes:
    return png(0, 0, b"")


@hostile("text-chunk-bomb.png", refused="", slow=True, ocr=True)
def _text_chunk() -> bytes:
    text = _chunk(b"zTXt", b"Comment\0\0" + zlib_flood(b"A" * MB, 2000))
    profile = _chunk(b"iCCP", b"x\0\0" + zlib_flood(b"A" * MB, 500))
    return png(300, 300, _blank(300, 300), text, profile)


@hostile("100k-chunks.png", refused="", ocr=True)
def _chunks() -> bytes:
    return png(300, 300, _blank(300, 300), *[_chunk(b"tEXt", b"a\0b")] * 100_000)


@hostile("checksums-wrong.png", ocr=True)
def _checksums() -> bytes:
    data = bytearray(png(300, 300, _blank(300, 300)))
    data[-20] ^= 255
    return bytes(data)


@hostile("cut.png", refused="", ocr=True)
def _cut() -> bytes:
    noise = zlib.compress(random.Random(1).randbytes(300 * 38))
    return png(300, 300, noise)[:2000]


@hostile("noise.png", refused="", ocr=True)
def _noise_only() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(9000)


@hostile("noise-of-25-megapixels.png", slow=True, ocr=True)
def _noise() -> bytes:
    row = random.Random(3).randbytes(625)
    rows = b"".join(b"\0" + row[i % 600 :] + row[: i % 600] for i in range(5000))
    return png(5000, 5000, zlib.compress(rows, 1))


def jpeg(width: int, height: int, data: bytes) -> bytes:
    """A gray JPEG's header, and what follows it."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    tables = b"\xff\xdb\0\x43\0" + b"\1" * 64 + b"\xff\xc4\0\x15\0\1" + b"\0" * 15 + b"\0"
    tables += b"\xff\xc4\0\x15\x10\1" + b"\0" * 15 + b"\0"
    return b"\xff\xd8" + tables + frame + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + data


@hostile("pixels-4-billion.jpg", refused="", ocr=True)
def _jpeg_bomb() -> bytes:
    return jpeg(65_500, 65_500, b"\0" * 20_000 + b"\xff\xd9")


@hostile("cut.jpg", refused="", ocr=True)
def _jpeg_cut() -> bytes:
    return jpeg(600, 600, b"\0" * 50)


@hostile("noise.jpg", refused="", ocr=True)
def _jpeg_noise() -> bytes:
    return b"\xff\xd8\xff\xe0\0\x10JFIF\0" + random.Random(4).randbytes(9000)


def _tiff(*frames: tuple[int, list[tuple[int, int, int, int]]], data: bytes = b"") -> bytes:
    """A TIFF of frames (place of the next one, entries of tag, type, count and value)."""
    out = b"II*\0\x08\0\0\0"
    for following, entries in frames:
        out += struct.pack("<H", len(entries))
        out += b"".join(struct.pack("<HHII", *entry) for entry in sorted(entries))
        out += struct.pack("<I", following)
    return out + data


def _entries(width: int, height: int, start: int, size: int) -> list[tuple[int, int, int, int]]:
    head = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 1), (259, 3, 1, 1), (262, 3, 1, 1)]
    return [*head, (273, 4, 1, start), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, size)]


_FRAME = 2 + 9 * 12 + 4


@hostile("frames-100k.tif", slow=True, ocr=True)
def _frames() -> bytes:
    count = 100_000
    data_at = 8 + count * _FRAME
    body = struct.pack("<H", 9)
    body += b"".join(struct.pack("<HHII", *entry) for entry in _entries(64, 64, data_at, 512))
    frames = (body + struct.pack("<I", 8 + i * _FRAME) for i in range(1, count))
    return b"II*\0\x08\0\0\0" + b"".join(frames) + body + b"\0\0\0\0" + b"\xff" * 512


@hostile("frame-that-follows-itself.tif", ocr=True)
def _loop() -> bytes:
    return _tiff((8, _entries(64, 64, 8 + _FRAME, 512)), data=b"\xff" * 512)


@hostile("pixels-18-quintillion.tif", refused="", ocr=True)
def _tiff_bomb() -> bytes:
    return _tiff((0, _entries(0xFFFFFFFF, 0xFFFFFFFF, 8, 0xFFFFFFFF)))


@hostile("strips-2-billion.tif", refused="", ocr=True)
def _strips() -> bytes:
    strips = [(273, 4, 2_000_000_000, 8), (279, 4, 2_000_000_000, 8)]
    return _tiff((0, [*_entries(640, 640, 8, 10)[:5], *strips]))


@hostile("noise.tif", refused="", ocr=True)
def _tiff_noise() -> bytes:
    return b"MM\0*\0\0\0\x08" + random.Random(5).randbytes(9000)


@hostile("frames-20k.gif", slow=True, ocr=True)
def _gif() -> bytes:
    frame = b"\x21\xf9\x04\0\0\0\0\0\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"
    return b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff" + frame * 20_000 + b";"


@hostile("pixels-negative.bmp", refused="", ocr=True)
def _bmp() -> bytes:
    head = struct.pack("<IiiHHIIiiII", 40, -2_000_000_000, -2_000_000_000, 1, 1, 0, 0, 0, 0, 2, 0)
    return b"BM" + struct.pack("<IHHI", 99, 0, 0, 62) + head + b"\0" * 99


@hostile("noise.webp", refused="", ocr=True)
def _webp() -> bytes:
    return b"RIFF\xff\xff\xff\x7fWEBPVP8L" + random.Random(6).randbytes(9000)
