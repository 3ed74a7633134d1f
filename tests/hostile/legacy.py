"""Hostile RTF and OLE files, and slides."""

from __future__ import annotations

import random
import struct

from tests.hostile.catalogue import hostile
from tests.hostile.office_parts import THAI
from tests.hostile.packing import Member, Storage, archive

# RTF


@hostile("braces-a-million-deep.rtf", slow=True)
def _rtf_deep() -> bytes:
    return b"{\\rtf1 " + b"{" * 1_000_000 + b"x" + b"}" * 1_000_000 + b"}"


@hostile("cut.rtf", slow=True)
def _rtf_cut() -> bytes:
    return (
        b"{\\rtf1\\ansi\\ansicpg874{\\fonttbl{\\f0 TH Sarabun;}}\\f0 " + THAI.encode("cp874")[:15]
    )


@hostile("binary-of-2-gb.rtf", slow=True)
def _rtf_binary() -> bytes:
    return b"{\\rtf1 {\\pict\\bin2147483647 xx}" + b"\\'e2\\'a4" * 9 + b"}"


@hostile("escapes-a-million.rtf", slow=True)
def _rtf_escapes() -> bytes:
    return b"{\\rtf1\\ansi\\uc9999999 " + b"\\u3585?" * 200_000 + b"\\'" * 200_000 + b"}"


@hostile("objects-and-links.rtf", slow=True)
def _rtf_objects() -> bytes:
    template = b"{\\*\\template http://127.0.0.1:9/x.dot}"
    field = b'{\\field{\\*\\fldinst INCLUDETEXT "file:///etc/passwd"}{\\fldrslt x}}'
    embedded = b"{\\object\\objautlink\\objupdate{\\*\\objdata " + b"d0cf11e0" * 999 + b"}}"
    return b"{\\rtf1\\ansi\\ansicpg874 " + template + field + embedded + THAI.encode("cp874") + b"}"


# OLE


@hostile("noise.doc", refused="")
def _ole_noise() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(8).randbytes(20_000)


@hostile("word-stream-of-noise.doc", slow=True)
def _doc_noise() -> bytes:
    noise = random.Random(9).randbytes(20_000)
    return Storage({"WordDocument": b"\xec\xa5\xc1\0" + noise, "1Table": noise}).save()


@hostile("sectors-in-a-ring.doc", slow=True)
def _doc_ring() -> bytes:
    data = Storage({"WordDocument": b"\xec\xa5\xc1\0" * 4000})
    data.chain = {5: 4, 1: 1}
    return data.save()


@hostile("workbook-of-noise.xls", slow=True)
def _xls_noise() -> bytes:
    return Storage({"Workbook": random.Random(10).randbytes(20_000)}).save()


@hostile("sectors-beyond-the-file.xls", slow=True)
def _xls_sectors() -> bytes:
    data = bytearray(Storage({"Workbook": b"x" * 5000}).save())
    data[44:76] = struct.pack("<8I", *[0xFFFFFFF0] * 8)
    return bytes(data)


@hostile("legacy-presentation.ppt", refused="")
def _ppt() -> bytes:
    return Storage({"PowerPoint Document": random.Random(11).randbytes(9000)}).save()


@hostile("slides.pptx", refused="")
def _pptx() -> bytes:
    return archive([Member.of("ppt/presentation.xml", b"<x/>")])
