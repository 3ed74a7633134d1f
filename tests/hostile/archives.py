"""Hostile archives, mail, and files that are no documents."""

from __future__ import annotations

import base64
import gzip
import random
import struct

from tests.hostile.catalogue import hostile
from tests.hostile.packing import MB, Member, archive, end_of_archive, flood
from tests.hostile.word import docx, flooded

THAI = "โครงการน้ำดื่มสะอาดของชุมชน " * 5
_LETTER = Member.of("จดหมาย.txt", THAI.encode())


# Archives


@hostile("letter-and-noise.zip")
def _letter() -> bytes:
    return archive([_LETTER, Member.of("noise.bin", random.Random(1).randbytes(999))])


@hostile("ten-by-ten-by-ten.zip", slow=True)
def _nested() -> bytes:
    data = archive([Member.bomb("0.txt", b"A" * MB, 100)])
    for level in range(5):
        member = Member.of("0", data)
        names = (f"{level}-{i}.zip" for i in range(10))
        data = archive([Member(name, member.packed, member.size, member.crc) for name in names])
    return data


@hostile("200-zips-deep.zip")
def _deep() -> bytes:
    data = archive([_LETTER])
    for _ in range(200):
        data = archive([Member.of("a.zip", data)])
    return data


@hostile("overlapping-members.zip")
def _overlapping() -> bytes:
    packed = flood(b"A" * MB, 100)
    member = Member.bomb("a.txt", b"A" * MB, 100)
    one = archive([member])
    start = one.index(b"PK\x01\x02")
    entry = one[start : one.index(b"PK\x05\x06")]
    del packed
    return one[:start] + entry * 5000 + end_of_archive(5000, len(entry) * 5000, start)


@hostile("100k-members.zip", slow=True)
def _members() -> bytes:
    return archive([_LETTER, *(Member.of(f"{i}.txt", b"") for i in range(60_000))])


@hostile("5000-letters.zip", slow=True)
def _letters() -> bytes:
    return archive([Member.of(f"{i}.txt", THAI.encode()) for i in range(5000)])


@hostile("claims-more-members.zip")
def _more_members() -> bytes:
    data = archive([_LETTER])
    at = data.index(b"PK\x05\x06")
    return data[:at] + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 60_000, 60_000, 99, 0, 0)


@hostile("locked.zip", refused="")
def _locked() -> bytes:
    noise = random.Random(2).randbytes(500)
    return archive(
        [Member("a.pdf", noise, 488, 7, flags=0x801), Member("b.pdf", noise, 488, 7, flags=1)]
    )


@hostile("names-that-climb.zip")
def _climb() -> bytes:
    names = (
        "../../../../tmp/climbed.txt",
        "/etc/climbed.txt",
        "C:\\climbed.txt",
        "a/../../b.txt",
        "..",
        "",
    )
    return archive([Member.of(name, THAI.encode()) for name in names])


@hostile("links.zip")
def _links() -> bytes:
    target = Member.of("passwd.txt", b"/etc/passwd", mode=0o120777)
    return archive([target, Member.of("a", b"..", mode=0o120777), _LETTER])


@hostile("devices-and-folders.zip")
def _devices() -> bytes:
    return archive(
        [Member.of("pipe.txt", b"", mode=0o010666), Member.of("a.pdf/", b"", mode=0o040755)]
    )


@hostile("odd-names.zip")
def _names() -> bytes:
    names = (
        b"\xff\xfe",
        b"a\0b.txt",
        b"\n\x1b[2J.txt",
        b"x" * 65_000,
        "จดหมาย.txt".encode("cp874"),
    )
    return archive([Member.of(name, THAI.encode(), flags=0) for name in names])


@hostile("one-name-500-times.zip")
def _one_name() -> bytes:
    return archive([_LETTER] * 500)


@hostile("claims-that-lie.zip", slow=True)
def _claims() -> bytes:
    honest = Member.bomb("a.txt", b"A" * MB, 900)
    return archive(
        [Member(b"a.txt", honest.packed, 10, honest.crc), Member.of("b.txt", b"x" * 99, crc=1)]
    )


@hostile("bomb-of-a-gigabyte.zip", slow=True)
def _bomb() -> bytes:
    return archive([Member.bomb("a.txt", b"A" * MB, 1024), _LETTER])


@hostile("bomb-among-letters.zip")
def _bomb_docx() -> bytes:
    bomb = docx(flooded("<w:p><w:r><w:t>", "A" * MB, 600, "</w:t></w:r></w:p>"))
    return archive([Member.of("bomb.docx", bomb), _LETTER])


@hostile("old-methods.zip")
def _methods() -> bytes:
    return archive(
        [Member(f"{m}.txt", b"xx", 9, 0, method=m) for m in (1, 6, 9, 12, 14, 93, 97, 98)]
    )


@hostile("nothing.zip", refused="")
def _nothing() -> bytes:
    return end_of_archive(0, 0, 0)


@hostile("only-folders.zip", refused="")
def _folders() -> bytes:
    return archive([Member.of(f"{i}/", b"", mode=0o040755) for i in range(99)])


@hostile("cut.zip", refused="เสียหาย|ไม่ครบ")
def _cut() -> bytes:
    return archive([Member.of("a.txt", random.Random(3).randbytes(5000))])[:3000]


@hostile("junk-before.zip")
def _junk_before() -> bytes:
    return b"PK" + random.Random(4).randbytes(5000) + archive([_LETTER])


@hostile("comment-that-is-a-zip.zip")
def _comment() -> bytes:
    inner = archive([_LETTER])
    outer = archive([Member.of("a.txt", b"other")])
    return outer[:-2] + struct.pack("<H", len(inner)) + inner


# Mail

_HEAD = (
    "From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n"
    "Date: Mon, 1 Jan 2024 00:00:00 +0700\r\nMIME-Version: 1.0\r\n"
)


def mail(rest: str) -> bytes:
    """A message: the usual headers and `rest`, from its content type on."""
    return (_HEAD + rest).encode("utf-8", "surrogateescape")


def multipart(*parts: str) -> str:
    """A message's content type and parts."""
    body = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/mixed; boundary="b"\r\n\r\n{body}--b--\r\n'


def attached(name: str, data: bytes, kind: str = "application/octet-stream") -> str:
    """One part of a message: an attachment."""
    head = f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n'
    text = base64.encodebytes(data).decode()
    return f"{head}Content-Transfer-Encoding: base64\r\n\r\n{text}"


_PLAIN = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{THAI}"


@hostile("ordinary-least.eml")
def _least_mail() -> bytes:
    return mail(_PLAIN)


@hostile("parts-1000-deep.eml")
def _deep_mail() -> bytes:
    opening = "".join(
        f'Content-Type: multipart/mixed; boundary="b{i}"\r\n\r\n--b{i}\r\n' for i in range(1000)
    )
    return mail(opening + _PLAIN)


@hostile("messages-300-deep.eml")
def _forwarded() -> bytes:
    return mail("Content-Type: message/rfc822\r\n\r\n" * 300 + _PLAIN)


@hostile("100k-headers.eml")
def _headers() -> bytes:
    return mail("X-A: b\r\n" * 100_000 + _PLAIN)


@hostile("header-of-5-mb.eml")
def _header() -> bytes:
    return mail("X-A: " + "b" * 5_000_000 + "\r\n" + _PLAIN)


@hostile("folded-header-300k-lines.eml")
def _folded() -> bytes:
    return mail("References: " + "<a@b>\r\n " * 300_000 + "\r\n" + _PLAIN)


@hostile("10k-parts.eml", slow=True)
def _parts() -> bytes:
    return mail(multipart(*[_PLAIN] * 10_000))


@hostile("500-attachments.eml", slow=True)
def _attachments() -> bytes:
    return mail(multipart(*(attached(f"{i}.txt", THAI.encode()) for i in range(500))))


@hostile("encoded-words-20k.eml", slow=True)
def _encoded_words() -> bytes:
    words = "=?utf-8?B?4LiB?= =?x-bogus?Q?=FF?= =?utf-8?Q?" * 20_000
    return f"Subject: {words}\r\nFrom: {words}\r\n".encode() + mail(_PLAIN)


@hostile("addresses-50k.eml")
def _addresses() -> bytes:
    return ("Cc: " + "(((" * 20_000 + '"a\\' * 20_000 + "\r\n").encode() + mail(_PLAIN)


@hostile("base64-broken.eml")
def _base64() -> bytes:
    head = "Content-Transfer-Encoding: base64\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    return mail(head + "!!!" * 9999 + "4LiB=4L=")


@hostile("boundary-missing.eml")
def _no_boundary() -> bytes:
    return mail("Content-Type: multipart/mixed\r\n\r\n--\r\n\r\nx\r\n----\r\n")


@hostile("boundary-a-million-times.eml")
def _boundaries() -> bytes:
    return mail('Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + "--b\r\n\r\n" * 50_000)


@hostile("charset-bogus.eml")
def _bogus() -> bytes:
    return mail(f"Content-Type: text/plain; charset=x-\0bogus\r\n\r\n{THAI}")


@hostile("charset-that-is-a-codec.eml")
def _codec() -> bytes:
    return mail(f"Content-Type: text/plain; charset=zlib\r\n\r\n{THAI}")


@hostile("name-that-climbs.eml")
def _climbing_name() -> bytes:
    return mail(multipart(_PLAIN, attached("../../../../tmp/climbed.txt", THAI.encode())))


@hostile("attached-bomb.eml")
def _attached_bomb() -> bytes:
    bomb = docx(flooded("<w:p><w:r><w:t>", "A" * MB, 600, "</w:t></w:r></w:p>"))
    return mail(multipart(_PLAIN, attached("a.docx", bomb), attached("b.zip", _nested())))


@hostile("body-elsewhere.eml")
def _external() -> bytes:
    kind = 'message/external-body; access-type=local-file; name="/etc/passwd"'
    return mail(multipart(_PLAIN, f"Content-Type: {kind}\r\n\r\n"))


@hostile("winmail.eml")
def _winmail() -> bytes:
    noise = b"\x78\x9f\x3e\x22" + random.Random(5).randbytes(900)
    return mail(multipart(_PLAIN, attached("winmail.dat", noise, "application/ms-tnef")))


@hostile("saved-page.mht")
def _mht() -> bytes:
    html = f"Content-Type: text/html; charset=utf-8\r\n\r\n<p>{THAI}</p>\r\n"
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    return f"{head}{html}--b--".encode()


# No documents


@hostile("packed.gz", refused="")
def _gzip() -> bytes:
    return gzip.compress(b"\0" * MB, mtime=0)


@hostile("program.exe", refused="")
def _program() -> bytes:
    return b"MZ" + random.Random(6).randbytes(3000)


@hostile("program.elf", refused="")
def _elf() -> bytes:
    return b"\x7fELF\2\1\1" + random.Random(7).randbytes(3000)


@hostile("film.mp4", refused="")
def _film() -> bytes:
    return b"\0\0\0\x20ftypisom" + random.Random(8).randbytes(3000)


@hostile("database.sqlite", refused="")
def _database() -> bytes:
    return b"SQLite format 3\0" + b"\0" * 4000


@hostile("archive.7z", refused="")
def _seven() -> bytes:
    return b"7z\xbc\xaf\x27\x1c" + random.Random(9).randbytes(3000)


@hostile("archive.rar", refused="")
def _rar() -> bytes:
    return b"Rar!\x1a\x07\0" + random.Random(10).randbytes(3000)


@hostile("laughs.xml")
def _xml() -> bytes:
    levels = "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9))
    return (
        f"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>{levels}]><x>&j;</x>".encode()
    )


@hostile("brackets-a-million-deep.json")
def _json() -> bytes:
    return b"[" * 1_000_000
