"""Office files that are zip archives: looked over before anything in them is unpacked.

What the archive's directory says is checked against the data itself, since `zipfile` unpacks a
member whole before it compares the sizes.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from pipeline.errors import ReadError

MAX_UNPACKED = 200_000_000
MAX_XML = 100_000_000
MAX_RATIO = 200
"""Written documents pack to a tenth or less; a sheet of equal empty cells to a hundredth."""

_SMALL = 5_000_000
_LOCKED_FLAG = 0x1
_LOCAL_HEADER = 30
# A blank picture packs to nearly nothing, and no reader unpacks one.
_PICTURES = re.compile(r"(?:^|/)(?:media|embeddings|fonts|Pictures|Thumbnails|ObjectReplacements)/")


def look_over(data: bytes, name: str, *, largest: int = MAX_XML, ratio: int = MAX_RATIO) -> None:
    """Raise `ReadError` for a package that is damaged, locked or a bomb; `name` is its format.

    No member may hold more than `largest` bytes, nor unpack to more than `ratio` times its size.
    """
    for member in members(data, name, largest=largest, ratio=ratio):
        if not _PICTURES.search(member.filename) and not _is_as_claimed(data, member):
            raise damaged(name)


def members(data: bytes, name: str, *, largest: int, ratio: int) -> list[zipfile.ZipInfo]:
    """What lies in a package, as its directory says; raises as `look_over`, but unpacks nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise damaged(name) from error
    if sum(member.file_size for member in found) > MAX_UNPACKED:
        raise _abnormal(name)
    for member in found:
        if _PICTURES.search(member.filename):
            continue
        if member.flag_bits & _LOCKED_FLAG:
            raise _locked(name)
        if member.file_size > min(largest, max(_SMALL, ratio * member.compress_size)):
            raise _abnormal(name)
    return found


def unpacked(data: bytes, member: zipfile.ZipInfo, name: str) -> bytes:
    """The bytes of one member. Raises `ReadError` where they are not what the directory says."""
    try:
        held = _unpacked(data, member)
    except zlib.error as error:
        raise damaged(name) from error
    if held is None or len(held) != member.file_size or zlib.crc32(held) != member.CRC:
        raise damaged(name)
    return held


def _is_as_claimed(data: bytes, member: zipfile.ZipInfo) -> bool:
    """Whether a member is packed as Office packs and unpacks to no more than its entry says."""
    if member.compress_type == zipfile.ZIP_STORED:
        return True
    try:
        held = _unpacked(data, member)
    except zlib.error:  # so does whoever reads it find out
        return True
    return held is not None and len(held) <= member.file_size


def _unpacked(data: bytes, member: zipfile.ZipInfo) -> bytes | None:
    """At most one byte more than a member's entry says; None if not packed as Office packs."""
    header = data[member.header_offset : member.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER:
        return None
    start = member.header_offset + _LOCAL_HEADER + sum(struct.unpack_from("<HH", header, 26))
    if member.compress_type == zipfile.ZIP_STORED:
        return data[start : start + member.file_size]
    if member.compress_type != zipfile.ZIP_DEFLATED:
        return None
    # Deflated data is longer than what it holds by a few bytes in a thousand at most.
    length = min(member.compress_size, member.file_size + member.file_size // 100 + 1_000)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    return unpacker.decompress(data[start : start + length], member.file_size + 1)


def damaged(name: str) -> ReadError:
    """The error for a file of the format `name` that is broken, cut off, or something else."""
    return ReadError(
        f"ไฟล์ {name} เสียหายหรือมาไม่ครบ เปิดในโปรแกรมเดิมแล้วบันทึกใหม่ หรือขอไฟล์ใหม่จากผู้ส่ง",
        f"The {name} file is damaged or incomplete. Open it in the program that made it and save it"
        " again, or ask the sender for it",
    )


def _locked(name: str) -> ReadError:
    return ReadError(
        f"ไฟล์ {name} ถูกล็อกด้วยรหัสผ่าน เปิดในโปรแกรมเดิมแล้วบันทึกใหม่โดยไม่ใส่รหัสผ่าน",
        f"The {name} file is locked with a password. Open it and save it without one",
    )


def _abnormal(name: str) -> ReadError:
    return ReadError(
        f"ไฟล์ {name} ขยายแล้วใหญ่ผิดปกติ อาจเป็นไฟล์อันตราย ขอไฟล์ใหม่จากผู้ส่งเป็น PDF",
        f"The {name} file unpacks to an abnormal size and may be malicious. Ask the sender for a"
        " PDF",
    )
