"""Containers written by hand: deflate floods, zips that lie, OLE storages, RC4 and LZW."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

MB = 1 << 20


_LAST = b"\x03\x00"


def flood(chunk: bytes, times: int) -> bytes:
    """The raw deflate stream of `chunk * times`, made in the time of one chunk."""
    return _block(chunk) * times + _LAST


def _block(chunk: bytes) -> bytes:
    """Deflated so that it can stand anywhere and any number of times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)


def zlib_flood(chunk: bytes, times: int) -> bytes:
    """The zlib stream of `chunk * times`, its checksum right."""
    checksum = 1
    for _ in range(times):
        checksum = zlib.adler32(chunk, checksum)
    return b"\x78\xda" + flood(chunk, times) + struct.pack(">I", checksum)


@dataclass(frozen=True, slots=True)
class Member:
    """One zip entry as its headers claim it; `packed` is what stands in the file."""

    name: str | bytes
    packed: bytes
    size: int
    crc: int
    method: int = 8
    flags: int = 0x800
    mode: int = 0o100644
    extra: bytes = b""

    @classmethod
    def of(cls, name: str | bytes, data: bytes, **claims: int) -> Member:
        """An honest entry, except for `claims`."""
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(data) + packer.flush()
        return cls(name, packed, **{"size": len(data), "crc": zlib.crc32(data)} | claims)

    @classmethod
    def bomb(cls, name: str, chunk: bytes, times: int, **claims: int) -> Member:
        """An entry of `chunk * times`."""
        return cls.stitched(name, (chunk, times), **claims)

    @classmethod
    def stitched(cls, name: str, *parts: tuple[bytes, int], **claims: int) -> Member:
        """An entry of several chunks, each so many times."""
        crc = 0
        for chunk, times in parts:
            for _ in range(times):
                crc = zlib.crc32(chunk, crc)
        packed = b"".join(_block(chunk) * times for chunk, times in parts) + _LAST
        honest = {"size": sum(len(chunk) * times for chunk, times in parts), "crc": crc}
        return cls(name, packed, **honest | claims)


def archive(members: Iterable[Member]) -> bytes:
    """A zip of `members` as they claim to be."""
    body, directory, count = bytearray(), bytearray(), 0
    for member in members:
        place = len(body)
        name = member.name.encode() if isinstance(member.name, str) else member.name
        claims = struct.pack(
            "<HHHHHIIIHH",
            20,
            member.flags,
            member.method,
            0,
            0x21,
            member.crc,
            len(member.packed),
            min(member.size, 0xFFFFFFFF),
            len(name),
            len(member.extra),
        )
        body += b"PK\x03\x04" + claims + name + member.extra + member.packed
        directory += b"PK\x01\x02\x14\x03" + claims + struct.pack("<HHH", 0, 0, 0)
        directory += struct.pack("<II", member.mode << 16, place) + name + member.extra
        count += 1
    return bytes(body) + bytes(directory) + end_of_archive(count, len(directory), len(body))


def end_of_archive(count: int, size: int, start: int) -> bytes:
    """The closing record of a zip whose directory of `count` entries is at `start`."""
    count = min(count, 0xFFFF)
    return b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, size, start, 0)


_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


@dataclass(slots=True)
class Storage:
    """An OLE compound file of 512-byte sectors; `chain` rewrites the sector table before saving."""

    streams: dict[str, bytes]
    chain: dict[int, int] = field(default_factory=dict)

    def save(self) -> bytes:
        """The file's bytes: header, one FAT sector at least, directory, streams."""
        contents = [data.ljust(4096, b"\0") for data in self.streams.values()]
        sizes = [-(-len(data) // 512) for data in contents]
        entries = -(-(len(sizes) + 1) // 4)
        tables = -(-(sum(sizes) + entries) // 126) + 1
        table, at = [_FAT] * tables, tables
        for size in (entries, *sizes):
            table += [*range(at + 1, at + size), _END]
            at += size
        table += [_FREE] * (tables * 128 - len(table))
        for sector, following in self.chain.items():
            table[sector] = following
        directory = _entry("Root Entry", 5, _END, 0, 1)
        first = tables + entries
        for name, data, size in zip(self.streams, contents, sizes, strict=True):
            directory += _entry(name, 2, first, len(data), _FREE)
            first += size
        sectors = struct.pack(f"<{tables * 128}I", *table) + directory.ljust(entries * 512, b"\0")
        padded = (data.ljust(size * 512, b"\0") for data, size in zip(contents, sizes, strict=True))
        return _ole_header(range(tables)) + sectors + b"".join(padded)


def _ole_header(tables: Sequence[int]) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, len(tables), len(tables), 0, 4096, _END, 0, _END, 0)
    return head + struct.pack("<109I", *tables, *[_FREE] * (109 - len(tables)))


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    encoded = name.encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded) + 2, kind, 1)
    head += struct.pack("<III", _FREE, _FREE, child) + b"\0" * 36
    return head + struct.pack("<IQ", start, size)


def rc4(key: bytes, data: bytes) -> bytes:
    """`data` under the RC4 key."""
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) & 255])
    return bytes(out)


def lzw_flood(letter: int, tables: int) -> bytes:
    """LZW as PDF has it: `8 * tables` full tables of one letter, 7 MB each in 6 kB."""
    codes = [256, letter, *range(258, 4094)]
    bits, width = [], 9
    for place, code in enumerate(codes):
        width = max(9, min(12, (place + 258 - 1).bit_length())) if place > 1 else 9
        bits.append(format(code, f"0{width}b"))
    cycle = "".join(bits) + format(256, "012b")
    eight = int(cycle * 8, 2).to_bytes(len(cycle), "big")
    return eight * tables
