"""PDF with a text layer. Page text is in content order; ruled tables become `Table` values."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage

from pipeline.errors import ReadError
from pipeline.readers.pdf.annotations import is_dynamic
from pipeline.readers.pdf.document import Document
from pipeline.readers.pdf.glyphs import GlyphReader
from pipeline.readers.pdf.label_columns import label_columns
from pipeline.readers.pdf.lines import lines_of
from pipeline.readers.pdf.order import reading_order
from pipeline.readers.pdf.paragraphs import Cells, cell_texts, page_text
from pipeline.readers.pdf.split_rows import whole_rows
from pipeline.readers.pdf.streams import MAX_UNPACKED, TooMuchError
from pipeline.readers.pdf.tables import (
    CellFinder,
    PlacedTable,
    find_grids,
    merge_over_pages,
    place_tables,
    with_form,
)
from pipeline.readers.pdf.values import PageContent
from pipeline.readers.reading import MAX_PAGES, RawPage, Reading

# pdfminer.six warns once per odd byte of a broken file; a level that an application set stays.
if logging.getLogger("pdfminer").level == logging.NOTSET:
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

# The longest documents, 2,000 pages of dense text, have 8 million letters.
MAX_LETTERS = 20_000_000
_MOSTLY = 0.5

# What Adobe's programs put on the only page of a form that they alone can show.
_PLEASE_WAIT = re.compile(r"please\s+wait|dynamic xfa|adobe\s+reader", re.IGNORECASE)
_NOTICE = 2000  # characters
_DYNAMIC = "ไฟล์เป็นแบบฟอร์ม XFA ซึ่งเก็บข้อความไว้นอกหน้า จึงไม่ได้อ่าน เปิดด้วย Adobe Reader แล้วพิมพ์เป็น PDF ใหม่"


def read_pdf(data: bytes) -> Reading:
    """Read a PDF's text layer, page by page; a page that shows no text has an empty one.

    A table row that a page break cuts stands whole in the text of the page on which it begins.

    A page's method is "text-layer"; "blank" when nothing at all is painted on it; "unread" when it
    holds more than any real page, so that no other program is to be tried on it either. Raises
    `ReadError` for a locked or damaged file, for one without pages or with more than `MAX_PAGES`,
    and for one of which nothing could be read within the limits.
    """
    document = _open(data)
    glyph_reader = GlyphReader()
    pages: list[RawPage] = []
    tables: list[PlacedTable] = []
    broken: list[int] = []
    sheets = _pages(document)
    for number, page in enumerate(sheets, 1):
        content = glyph_reader.read(page)
        text, found = _page(content, number)
        pictured = content.pictured > _MOSTLY
        pages.append(RawPage(text, _method(content), pictured, content.invisible and pictured))
        tables.extend(found)
        if not content.complete:
            broken.append(number)
    _check_letters(pages)
    if document.is_mended and all(page.method == "blank" for page in pages):
        raise _damaged()
    warnings = _warnings(document, broken)
    if is_dynamic(sheets[0]) and _PLEASE_WAIT.search(pages[0].text[:_NOTICE]):
        warnings = (*warnings, _DYNAMIC)
    merged = merge_over_pages(tables)
    texts = whole_rows([page.text for page in pages], merged.splits)
    whole = (replace(page, text=text) for page, text in zip(pages, texts, strict=True))
    return Reading(tuple(whole), merged.tables, warnings)


def _method(content: PageContent) -> str:
    if content.excessive:
        return "unread"
    return "blank" if content.blank else "text-layer"


def _check_letters(pages: list[RawPage]) -> None:
    letters = sum(len(page.text) for page in pages)
    if letters > MAX_LETTERS:
        raise ReadError(
            f"PDF มีตัวอักษรเกิน {MAX_LETTERS:,} ตัว แบ่งไฟล์แล้วลองอีกครั้ง",
            f"The PDF holds more than {MAX_LETTERS:,} letters. Split it and try again",
        )
    if not letters and any(page.method == "unread" for page in pages):
        raise _bomb()


def _page(content: PageContent, number: int) -> tuple[str, list[PlacedTable]]:
    grids = find_grids(content.rules, content.glyphs)
    found = lines_of(content.glyphs, CellFinder(grids))
    if form := label_columns(found, content.glyphs):
        grids = with_form(grids, form)
        found = lines_of(content.glyphs, CellFinder(grids))
    cells = grids.cells()
    lines = reading_order(found, cells)
    text = "\n".join([page_text(lines, cells), *_asides(content)]).strip("\n")
    if not grids.grids:
        return text, []
    own = cell_texts(lines, cells)
    return text, place_tables(grids, own, page=number, height=content.height, glyphs=content.glyphs)


def _asides(content: PageContent) -> Iterator[str]:
    """What stands across the page or up its margin, which is no part of its lines."""
    for glyphs in content.asides:
        yield page_text(lines_of(glyphs, lambda _: None), Cells())


def _open(data: bytes) -> Document:
    try:
        return Document(data)
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise ReadError(
            "PDF ถูกล็อกด้วยรหัสผ่าน ขอไฟล์ที่ไม่ล็อก หรือเปิดด้วยรหัสผ่านแล้วพิมพ์เป็น PDF ใหม่",
            "The PDF is locked with a password. Ask for an unlocked file,"
            " or open it and print it to a new PDF",
        ) from error
    except TooMuchError as error:
        raise _bomb() from error
    except Exception as error:  # pdfminer.six: PSEOF, PDFSyntaxError, TypeError, struct.error ...
        raise _damaged() from error


def _bomb() -> ReadError:
    limit = MAX_UNPACKED // 1_000_000
    return ReadError(
        "PDF มีข้อมูลมากเกินกว่าเอกสารจริงจะมี"
        f" (คลายการบีบอัดแล้วเกิน {limit} MB หรือวาดซ้ำไม่สิ้นสุด) ขอไฟล์ใหม่จากผู้ส่ง",
        f"The PDF holds more than any real document: it unpacks to over {limit} MB or repeats"
        " itself without end. Ask the sender for another file",
    )


def _damaged() -> ReadError:
    return ReadError(
        "PDF เสียหายหรือมาไม่ครบ ขอไฟล์ใหม่จากผู้ส่ง",
        "The PDF is damaged or cut off. Ask the sender for it again",
    )


def _pages(document: Document) -> list[PDFPage]:
    try:
        pages = list(islice(document.pages(), MAX_PAGES + 1))
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


def _warnings(document: Document, broken: list[int]) -> tuple[str, ...]:
    warnings = []
    if broken:
        warnings.append(f"หน้า {_listed(broken)} เสียหาย อ่านได้ไม่ครบ")
    if document.is_mended:
        warnings.append("สารบัญหน้าของ PDF เสียหาย หน้าอาจขาดหรือสลับลำดับ ตรวจสอบกับต้นฉบับ")
    if not document.is_extractable:
        warnings.append("ผู้สร้าง PDF ตั้งค่าห้ามคัดลอกข้อความ ตรวจสอบสิทธิ์ก่อนนำไปใช้ต่อ")
    return tuple(warnings)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (" ..." if len(numbers) > 20 else "")
