"""Packed Office files are looked over before anything in them is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest

from pipeline.errors import ReadError
from pipeline.readers.office.packages import MAX_RATIO, MAX_XML, look_over, members, unpacked
from tests.hostile.packing import Member, archive

TEXT = b"<p>" + bytes(range(256)) * 100 + b"</p>"


def test_an_ordinary_package_is_let_through() -> None:
    blank = io.BytesIO()
    with zipfile.ZipFile(blank, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("content.xml", TEXT)
        package.writestr("stored.xml", TEXT, zipfile.ZIP_STORED)
        package.writestr("word/media/blank.bmp", bytes(20_000_000))
    look_over(blank.getvalue(), "DOCX")


@pytest.mark.parametrize(
    ("member", "english"),
    [
        (Member.of("a.xml", TEXT, size=len(TEXT) - 1), "damaged"),
        (Member.of("a.xml", TEXT, size=9, crc=zlib.crc32(TEXT[:9])), "damaged"),
        (Member.of("a.bin", bytes(30_000_000)), "abnormal size"),
        (Member.of("a.xml", TEXT, flags=0x801), "password"),
        (Member.of("a.xml", TEXT, method=12), "damaged"),
    ],
    ids=["claims a byte less", "claims its beginning", "bomb", "locked", "packed otherwise"],
)
def test_what_is_refused(member: Member, english: str) -> None:
    with pytest.raises(ReadError, match=english):
        look_over(archive([member]), "DOCX")


def test_each_format_has_its_own_limit() -> None:
    data = archive([Member("a.xml", TEXT, len(TEXT), zlib.crc32(TEXT), method=0)])
    with pytest.raises(ReadError, match="abnormal size"):
        look_over(data, "DOCX", largest=1_000)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_member_is_unpacked_whole(method: int) -> None:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", method) as written:
        written.writestr("first.xml", b"<a/>")
        written.writestr("content.xml", TEXT)
    data = package.getvalue()
    _, content = members(data, "DOCX", largest=MAX_XML, ratio=MAX_RATIO)
    assert unpacked(data, content, "DOCX") == TEXT


@pytest.mark.parametrize(
    "member",
    [
        Member.of("a.xml", TEXT, size=len(TEXT) - 1),
        Member.of("a.xml", TEXT, size=len(TEXT) + 1),
        Member.of("a.xml", TEXT, crc=zlib.crc32(TEXT) ^ 1),
        Member.of("a.xml", TEXT, method=12),
        Member("a.xml", b"\xff" * 40, 40, 0),
    ],
    ids=["a byte less", "a byte more", "another checksum", "packed otherwise", "no packed data"],
)
def test_a_member_unlike_its_entry_is_damaged(member: Member) -> None:
    data = archive([member])
    [entry] = members(data, "DOCX", largest=MAX_XML, ratio=MAX_RATIO)
    with pytest.raises(ReadError, match="damaged"):
        unpacked(data, entry, "DOCX")
