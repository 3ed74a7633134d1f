"""Hostile OpenDocument files."""

from __future__ import annotations

import random

from tests.hostile.catalogue import hostile
from tests.hostile.office_parts import THAI, laughs
from tests.hostile.packing import MB, Member, archive

_ODF = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>'
)
_ODF_END = "</office:body></office:document-content>"


def odf(content: Member | str, *members: Member, kind: str = "text") -> bytes:
    """An OpenDocument file whose content.xml holds `content`."""
    if isinstance(content, str):
        content = Member.of("content.xml", (_ODF + content + _ODF_END).encode())
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive([Member.of("mimetype", mimetype), content, *members])


@hostile("ordinary-least.odt")
def _least_odt() -> bytes:
    return odf(f"<office:text><text:p>{THAI}</text:p></office:text>")


@hostile("bomb-of-text.odt", refused="")
def _odt_bomb() -> bytes:
    return odf(Member.bomb("content.xml", b" " * MB, 600))


@hostile("spaces-a-billion.odt")
def _odt_spaces() -> bytes:
    return odf(f'<office:text><text:p>{THAI}<text:s text:c="1000000000"/>x</text:p></office:text>')


def _repeated(rows: int, columns: int) -> str:
    """A table of one cell that stands for many."""
    cell = f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>ก</text:p>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-cell>'
    return f"<table:table>{row}</table:table-row></table:table>"


@hostile("cells-repeated-a-billion.odt")
def _odt_cells() -> bytes:
    return odf(f"<office:text>{_repeated(1_000_000_000, 1_000_000_000)}</office:text>")


@hostile("cells-repeated-a-billion.ods", slow=True)
def _ods_cells() -> bytes:
    sheet = f"<office:spreadsheet>{_repeated(1_048_576, 16_384)}</office:spreadsheet>"
    return odf(sheet, kind="spreadsheet")


@hostile("spans-100k-deep.odt")
def _odt_deep() -> bytes:
    deep = "<text:span>" * 100_000 + THAI + "</text:span>" * 100_000
    return odf(f"<office:text><text:p>{deep}</text:p></office:text>")


@hostile("entities.odt")
def _odt_entities() -> bytes:
    xml = (
        laughs("office:document-content") + _ODF + "<office:text><text:p>&j;</text:p></office:text>"
    )
    return odf(Member.of("content.xml", (xml + _ODF_END).encode()))


@hostile("entity-of-a-file.odt")
def _odt_external() -> bytes:
    head = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    xml = head + _ODF + "<office:text><text:p>ก&a;</text:p></office:text>" + _ODF_END
    return odf(Member.of("content.xml", xml.encode()))


@hostile("locked.odt", refused="")
def _odt_locked() -> bytes:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        "</manifest:file-entry></manifest:manifest>"
    )
    noise = Member.of("content.xml", random.Random(7).randbytes(3000))
    return odf(noise, Member.of("META-INF/manifest.xml", manifest.encode()))


@hostile("without-content.odt", refused="")
def _odt_without() -> bytes:
    return archive([Member.of("mimetype", b"application/vnd.oasis.opendocument.text")])


@hostile("linked-sections.odt")
def _odt_links() -> bytes:
    link = 'xlink:href="file:///etc/passwd" xmlns:xlink="http://www.w3.org/1999/xlink"'
    section = f"<text:section><text:section-source {link}/><text:p>{THAI}</text:p></text:section>"
    return odf(f"<office:text>{section}</office:text>")
