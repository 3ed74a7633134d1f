"""What the members of an archive are called: in which encoding, without harm, each once."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib

from pipeline.readers.mojibake import misplaced

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075
_THAI = re.compile("[ก-ฮ]")
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_FURNITURE = {"__macosx", "thumbs.db", "desktop.ini"}


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name. Thai Windows writes it in Windows-874 and does not say so."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    if declared := _unicode_path(info.extra, raw):
        return declared
    for encoding in ("utf-8", "cp874"):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or (_THAI.search(name) and not misplaced(name)):
            return name
    return info.filename


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name that Info-ZIP and 7-Zip store beside the one in an unknown code page."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(field) > 5:
            version, checksum = struct.unpack_from("<BL", field)
            if version == 1 and checksum == zlib.crc32(raw):
                return field[5:].decode("utf-8", "replace")
    return None


def harmless(name: str) -> str:
    """A name without roots, drives and ways up, which mean nothing inside an archive."""
    parts = _CONTROL.sub("_", name).replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "_"


def unused(name: str, taken: dict[str, zipfile.ZipInfo]) -> str:
    """`name`, or `name (2)` before the suffix where another member has it already."""
    stem, dot, suffix = name.rpartition(".")
    if not dot or "/" in suffix:
        stem, dot, suffix = name, "", ""
    number, found = 2, name
    while found in taken:
        found = f"{stem} ({number}){dot}{suffix}"
        number += 1
    return found


def is_furniture(name: str) -> bool:
    """What systems leave in archives: resource forks, hidden files."""
    parts = name.lower().split("/")
    return any(part in _FURNITURE or part.startswith((".", "~$")) for part in parts)
