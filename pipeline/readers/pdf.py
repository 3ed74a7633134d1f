"""PDF with a text layer. Page text is in content order; ruled tables become `Table` values."""

from __future__ import annotations

import io
import logging
from itertools import islice

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from pipeline.errors import ReadError
from pipeline.readers.pdf_glyphs import GlyphReader
from pipeline.readers.pdf_lines import cell_texts, lines_of, page_text
from pipeline.readers.pdf_tables import (
    CellFinder,
    PlacedTable,
    find_grids,
    merge_over_pages,
    place_tables,
)
from pipeline.readers.pdf_values import PageContent
from pipeline.readers.reading import MAX_PAGES, Reading

# pdfminer.six warns once per odd byte of a broken file; a level that an application set stays.
if logging.getLogger("pdfminer").level == logging.NOTSET:
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


def read_pdf(data: bytes) -> Reading:
    """Read a PDF's text layer, one `Page` per page.

    Raises `ReadError` for a locked or damaged file, for one without pages, with more than
    `MAX_PAGES` pages, or without a text layer.
    """
    document = _open(data)
    glyph_reader = GlyphReader()
    texts: list[str] = []
    tables: list[PlacedTable] = []
    broken: list[int] = []
    for number, page in enumerate(_pages(document), 1):
        content = glyph_reader.read(page)
        text, found = _page(content, number)
        texts.append(text)
        tables.extend(found)
        if not content.complete:
            broken.append(number)
    warnings = _warnings(document, texts, broken)
    return Reading.of(texts, "text-layer", tables=merge_over_pages(tables), warnings=warnings)


def _page(content: PageContent, number: int) -> tuple[str, list[PlacedTable]]:
    grids = find_grids(content.rules)
    lines, cells = lines_of(content.glyphs, CellFinder(grids)), grids.cells()
    text = page_text(lines, cells)
    if not grids.grids:
        return text, []
    own = cell_texts(lines, cells)
    return text, place_tables(grids, own, page=number, height=content.height)


def _open(data: bytes) -> PDFDocument:
    try:
        return PDFDocument(PDFParser(io.BytesIO(data)))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise ReadError(
            "PDF ถูกล็อกด้วยรหัสผ่าน ขอไฟล์ที่ไม่ล็อก หรือเปิดด้วยรหัสผ่านแล้วพิมพ์เป็น PDF ใหม่",
            "The PDF is locked with a password. Ask for an unlocked file,"
            " or open it and print it to a new PDF",
        ) from error
    except Exception as error:  # pdfminer.six: PSEOF, PDFSyntaxError, TypeError, struct.error ...
        raise _damaged() from error


def _damaged() -> ReadError:
    return ReadError(
        "PDF เสียหายหรือมาไม่ครบ ขอไฟล์ใหม่จากผู้ส่ง",
        "The PDF is damaged or cut off. Ask the sender for it again",
    )


def _pages(document: PDFDocument) -> list[PDFPage]:
    try:
        pages = list(islice(PDFPage.create_pages(document), MAX_PAGES + 1))
    except Exception as error:  # the page tree of a damaged file, as above
        raise _damaged() from error
    if not pages:
        raise _damaged()
    if len(pages) > MAX_PAGES:
        raise ReadError(
            f"PDF ยาวเกิน {MAX_PAGES:,} หน้า แบ่งไฟล์แล้วลองอีกครั้ง",
            f"The PDF has more than {MAX_PAGES:,} pages. Split it and try again",
        )
    return pages


def _warnings(document: PDFDocument, texts: list[str], broken: list[int]) -> tuple[str, ...]:
    """What a person should know; raises `ReadError` when no page has a letter."""
    empty = [number for number, text in enumerate(texts, 1) if not any(map(str.isalpha, text))]
    if len(empty) == len(texts):
        raise _damaged() if broken else _scanned()
    warnings = []
    if empty:
        warnings.append(f"หน้า {_listed(empty)} ไม่มีตัวอักษร อาจเป็นภาพสแกนหรือหน้าว่าง ไม่ได้อ่าน")
    if broken:
        warnings.append(f"หน้า {_listed(broken)} เสียหาย อ่านได้ไม่ครบ")
    if not document.is_extractable:
        warnings.append("ผู้สร้าง PDF ตั้งค่าห้ามคัดลอกข้อความ ตรวจสอบสิทธิ์ก่อนนำไปใช้ต่อ")
    return tuple(warnings)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (" ..." if len(numbers) > 20 else "")


def _scanned() -> ReadError:
    return ReadError(
        "PDF ไม่มีตัวอักษร เป็นภาพสแกนซึ่งรุ่นนี้ยังอ่านไม่ได้"
        " ขอ PDF ที่ส่งออกจากโปรแกรมพิมพ์เอกสาร หรือพิมพ์ข้อความเป็นไฟล์ใหม่",
        "The PDF has no text layer; scans are not read by this version."
        " Ask for a PDF exported from the word processor, or type the text",
    )
