"""ZIP archives as folders: every name found again, nothing unpacked that should not be."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import fsspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.readers import archive
from pipeline.readers.archive import is_archive, member_names, open_member, read_member

Names = dict[str, bytes]


def packed(files: Names, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return buffer.getvalue()


def renamed(data: bytes, old: bytes, new: bytes, *, flags: int = 0) -> bytes:
    """An archive whose member's name is the bytes `new`, as long as `old`, with other flags."""
    changed = bytearray(data.replace(old, new))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        struct.pack_into("<H", changed, at + place, flags)
    return bytes(changed)


def test_names_and_bytes() -> None:
    files = {"ก.txt": b"1", "โฟลเดอร์/ข [แก้ไข] #2!.txt": b"22", "c*::d.txt": b"333"}
    data = packed(files)
    assert is_archive(data)
    assert {name: read_member(data, name) for name in member_names(data)} == files


@pytest.mark.parametrize("encoding", ["cp874", "utf-8"])
def test_thai_names_of_systems_that_do_not_say_so(encoding: str) -> None:
    raw = "แบบเสนอ".encode(encoding)
    data = renamed(packed({"x" * len(raw): b"1"}), b"x" * len(raw), raw)
    assert member_names(data) == ["แบบเสนอ"]
    assert read_member(data, "แบบเสนอ") == b"1"


def test_names_of_dos_stay() -> None:
    assert member_names(renamed(packed({"xxxxxx": b"1"}), b"xxxxxx", "Müller".encode("cp437"))) == [
        "Müller"
    ]


def test_the_name_in_the_unicode_field() -> None:
    info = zipfile.ZipInfo("a.txt")
    name = "งบ.txt".encode()
    field = struct.pack("<BL", 1, zlib.crc32(b"a.txt")) + name
    info.extra = struct.pack("<HH", 0x7075, len(field)) + field
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        out.writestr(info, b"1")
    assert member_names(buffer.getvalue()) == ["งบ.txt"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("/etc/passwd", "etc/passwd"),
        ("../../up.txt", "up.txt"),
        ("a\\b.txt", "a/b.txt"),
        ("a//./b.txt", "a/b.txt"),
        ("a\nb.txt", "a_b.txt"),
    ],
)
def test_names_that_lead_out_of_the_archive_stay_in_it(name: str, shown: str) -> None:
    data = packed({name: b"1"})
    assert member_names(data) == [shown]
    assert read_member(data, shown) == b"1"


def test_two_members_of_one_name_are_both_there() -> None:
    data = packed({"a.txt": b"1", "/a.txt": b"2"})
    assert member_names(data) == ["a.txt", "a (2).txt"]
    assert read_member(data, "a (2).txt") == b"2"


def test_what_systems_leave_behind_is_no_document() -> None:
    files = ("__MACOSX/._a.txt", ".DS_Store", "ก/.hidden", "~$a.docx", "Thumbs.db", "ก/")
    data = packed(dict.fromkeys(files, b"") | {"a.txt": b"1"})
    assert member_names(data) == ["a.txt"]


def test_one_archive_inside_another_is_followed_and_no_further() -> None:
    third = packed({"c.txt": b"3"})
    second = packed({"b.txt": b"2", "ค.zip": third})
    data = packed({"a.txt": b"1", "ข.ZIP": second})
    names = ["a.txt", "ข.ZIP/b.txt", "ข.ZIP/ค.zip"]
    assert member_names(data) == names
    assert [read_member(data, name) for name in names] == [b"1", b"2", third]


def test_documents_that_are_packed_as_zip_are_no_archives() -> None:
    assert not is_archive(packed({"word/document.xml": b"x"}))
    assert not is_archive(packed({"a.txt": b"x"})[:60])


def locked() -> bytes:
    return renamed(packed({"a.txt": b"1"}), b"a.txt", b"a.txt", flags=1)


def broken() -> bytes:
    content = bytes(range(256)) * 20
    data = bytearray(packed({"a.txt": content}, method=zipfile.ZIP_STORED))
    data[1000] ^= 0xFF
    return bytes(data)


def lying() -> bytes:
    """The central directory says 10 bytes, the member unpacks to 5 MB."""
    data = bytearray(packed({"a.txt": bytes(5_000_000)}))
    struct.pack_into("<L", data, data.find(b"PK\x01\x02") + 24, 10)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "english"),
    [
        (locked(), "password"),
        (broken(), "damaged"),
        (lying(), "abnormal|damaged"),
        (packed({"a.txt": bytes(30_000_000)}), "abnormal"),
        (packed({"a.txt": b"1"}, method=zipfile.ZIP_LZMA), "packed in a way"),
        (packed({"b.txt": b"1"}), "not in the archive"),
    ],
)
def test_a_member_that_cannot_be_had_says_why(data: bytes, english: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_member(data, "a.txt")
    assert re.search(english, caught.value.english)


def test_too_many_members_refuse_the_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    with pytest.raises(ReadError, match="too large"):
        member_names(packed({f"{n}.txt": b"" for n in range(4)}))


def test_members_of_local_and_remote_archives_are_opened_by_name(tmp_path: Path) -> None:
    data = packed({"ก/b.pdf": b"1"})
    (tmp_path / "ชุด.zip").write_bytes(data)
    assert open_member(f"{tmp_path}/ชุด.zip/ก/b.pdf") == b"1"
    assert open_member(f"{tmp_path}/ไม่มี.zip/ก/b.pdf") is None
    memory = fsspec.filesystem("memory")
    memory.pipe("/in/ชุด.zip", data)
    try:
        assert open_member("memory://in/ชุด.zip/ก/b.pdf") == b"1"
    finally:
        memory.rm("/in", recursive=True)


def test_a_folder_called_zip_is_a_folder(tmp_path: Path) -> None:
    inner = tmp_path / "a.zip" / "b.zip"
    inner.parent.mkdir()
    inner.write_bytes(packed({"c.txt": b"1"}))
    assert open_member(f"{inner}/c.txt") == b"1"


@given(st.binary(max_size=400))
def test_any_bytes_are_an_archive_or_an_error(noise: bytes) -> None:
    data = packed({"a.txt": b"1" * 50, "b.txt": b"2"})
    at = len(noise) % len(data)
    spoiled = data[:at] + noise + data[at + len(noise) :]
    try:
        names = member_names(spoiled)
    except ReadError:
        return
    for name in names:
        with suppress(ReadError):
            assert isinstance(read_member(spoiled, name), bytes)
