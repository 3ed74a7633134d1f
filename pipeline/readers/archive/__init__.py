"""ZIP archives as folders: the names of what is in one, and the bytes of one member.

A member is named like a file below a folder, `papers.zip/แบบเสนอ.pdf`, also one level deeper
(`papers.zip/more.zip/a.pdf`). Nothing is unpacked to disk, so that no member's name can harm.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipeline.errors import ReadError
from pipeline.readers import sniff
from pipeline.readers.archive.names import harmless, is_furniture, member_name, unused

MAX_MEMBERS = 2_000
MAX_MEMBER = 200_000_000
MAX_UNPACKED = 4_000_000_000
MAX_RATIO = 200
MAX_DEPTH = 2
"""Archives inside each other that are followed: one in another."""

_SMALL = 10_000_000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_LOCKED_FLAG = 0x1
_Source = bytes | Path | IO[bytes]
_SUFFIX = re.compile(r"\.zip(?=/)", re.IGNORECASE)


def is_archive(data: bytes) -> bool:
    """Whether `data` is a zip archive and no document that merely is packed as one."""
    return sniff.media_type(data) == sniff.ZIP


def member_names(data: _Source, *, depth: int = 1) -> list[str]:
    """The files in an archive and in archives right inside it, as `open_member` takes them.

    In the order of the archive, each once, `/` between folders. Raises `ReadError` for an archive
    that is broken or over the limits.
    """
    found = []
    for name, info in _members(data).items():
        inner = _inner_names(data, name, info) if depth < MAX_DEPTH else []
        found += [f"{name}/{below}" for below in inner] or [name]
    return found


def _inner_names(data: _Source, name: str, info: zipfile.ZipInfo) -> list[str]:
    """The files of an archive inside an archive; none where it cannot be followed."""
    if not name.lower().endswith(".zip"):
        return []
    try:
        content = _unpack(data, info)
        return member_names(content, depth=MAX_DEPTH) if is_archive(content) else []
    except ReadError:  # reading it as a file says why
        return []


def read_member(data: _Source, name: str, *, depth: int = 1) -> bytes:
    """The bytes of one member, as `member_names` names it. Raises `ReadError`."""
    members = _members(data)
    if name in members:
        return _unpack(data, members[name])
    for inner, rest in _ways(name):
        if inner in members and depth < MAX_DEPTH:
            return read_member(_unpack(data, members[inner]), rest, depth=depth + 1)
    raise ReadError(
        f"ไม่พบ {name} ในไฟล์ zip ตรวจชื่อไฟล์ข้างใน", f"{name} is not in the archive. Check the name"
    )


def open_member(name: str) -> bytes | None:
    """The bytes of `folder/a.zip/b.pdf` or of such a URL; None where there is no such archive.

    Raises `ReadError` where the archive is there but the member cannot be had.
    """
    with _archive_in(name) as found:
        return None if found is None else read_member(*found)


def has_member(name: str) -> bool:
    """Whether `folder/a.zip/b.pdf`, or such a URL, is there. Raises what a file system raises."""
    with _archive_in(name) as found:
        if found is None:
            return False
        archive, member = found
        return member in _members(archive) or member in member_names(archive)


@contextmanager
def _archive_in(name: str) -> Iterator[tuple[Path | IO[bytes], str] | None]:
    """The first part of `name` that is an archive, opened, and the rest of `name`."""
    for archive, member in _ways(name):
        if "://" not in archive:
            if Path(archive).is_file():
                yield Path(archive), member
                return
            continue
        import fsspec

        system, path = fsspec.core.url_to_fs(archive)
        if system.isfile(path):
            with system.open(path, "rb") as stream:
                yield stream, member
                return
    yield None


def _ways(name: str) -> Iterator[tuple[str, str]]:
    """Every way to read `name` as (archive, member), the outermost archive first."""
    for found in _SUFFIX.finditer(name):
        yield name[: found.end()], name[found.end() + 1 :]


def _opened(data: _Source) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)


def _members(data: _Source) -> dict[str, zipfile.ZipInfo]:
    try:
        with _opened(data) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except Exception as error:  # a hostile archive fails in a dozen ways
        raise _broken(
            "ไฟล์ zip เสียหายหรือมาไม่ครบ", "The zip archive is damaged or cut off"
        ) from error
    if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise ReadError(
            f"ไฟล์ zip ใหญ่เกินไป ({len(infos):,} ไฟล์) แตกไฟล์เป็นโฟลเดอร์แล้วอ่านโฟลเดอร์นั้น",
            f"The zip archive is too large ({len(infos):,} files). Unpack it and name the folder",
        )
    named: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        named[unused(harmless(member_name(info)), named)] = info
    return {name: info for name, info in named.items() if not is_furniture(name)}


def _unpack(data: _Source, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & _LOCKED_FLAG:
        raise ReadError(
            "ไฟล์นี้ใน zip ถูกล็อกด้วยรหัสผ่าน แตกไฟล์ด้วยรหัสผ่านก่อน แล้วอ่านไฟล์ที่ได้",
            "This member of the archive is locked with a password. Unpack it first and read that",
        )
    if info.compress_type not in _METHODS:
        raise ReadError(
            "ไฟล์นี้ใน zip บีบอัดด้วยวิธีที่อ่านไม่ได้ แตกไฟล์ออกก่อน แล้วอ่านไฟล์ที่ได้",
            "This member is packed in a way that is not read. Unpack it first and read that",
        )
    if info.file_size > min(MAX_MEMBER, max(_SMALL, MAX_RATIO * info.compress_size)):
        raise _abnormal()
    try:
        with _opened(data) as archive, archive.open(info) as member:
            content = member.read(info.file_size + 1)  # the size in the archive may be a lie
    except Exception as error:
        raise _broken("ไฟล์นี้ใน zip เสียหาย", "This member of the archive is damaged") from error
    if len(content) > info.file_size:
        raise _abnormal()
    return content


def _broken(thai: str, english: str) -> ReadError:
    return ReadError(f"{thai} ขอไฟล์ใหม่จากผู้ส่ง", f"{english}. Ask the sender for it again")


def _abnormal() -> ReadError:
    return ReadError(
        "ไฟล์นี้ใน zip ขยายแล้วใหญ่ผิดปกติ อาจเป็นไฟล์อันตราย ขอไฟล์ใหม่จากผู้ส่ง",
        "This member unpacks to an abnormal size and may be malicious. Ask the sender for it again",
    )
