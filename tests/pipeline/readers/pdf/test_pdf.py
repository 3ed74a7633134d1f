"""PDFs of real producers against the text they were made from, and what is left of broken ones."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from pipeline.documents import Document
from pipeline.errors import ReadError
from pipeline.readers import read, read_bytes
from pipeline.readers.pdf import read_pdf as read_raw
from pipeline.readers.pdf.document import Document as Parsed
from pipeline.readers.pdf.glyphs import GlyphReader
from pipeline.readers.pdf.tokens import name_of, string_of, tokens
from pipeline.readers.running import without_running_lines
from tests.pipeline.readers.raw_pdf import pdf, stream, thai_pdf

DATA = Path(__file__).parents[3] / "data"
SOURCE: dict[str, Any] = json.loads((DATA / "texts.json").read_text(encoding="utf-8"))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def source_rows() -> list[list[str]]:
    return [*SOURCE["form"], *SOURCE["budget"]]


FLOWS = [
    "chromium-flow",
    "chromium-norasi-flow",
    "chromium-twocol",
    "fpdf2-flow",
    "fpdf2-shaped-flow",
    "libreoffice-twocol",
    "reportlab-flow",
    "reportlab-coded-flow",
    "weasyprint-flow",
]


@pytest.mark.parametrize("name", FLOWS)
def test_text_of_each_producer_is_its_source(name: str) -> None:
    document = read(DATA / f"{name}.pdf")
    expected = "".join(SOURCE[name.split("-")[-1]])
    assert squeezed(document.text) == squeezed(expected)
    assert document.media_type == "application/pdf"
    assert {page.method for page in document.pages} == {"text-layer"}


@pytest.mark.parametrize("name", ["chromium-flow", "fpdf2-shaped-flow", "reportlab-coded-flow"])
def test_paragraphs_are_whole_lines(name: str) -> None:
    lines = read(DATA / f"{name}.pdf").text.split("\n")
    paragraphs = [squeezed(text) for text in SOURCE["flow"]]
    whole = [squeezed(line) in paragraphs for line in lines]
    # A page break may cut one paragraph in two, and a last line may fill its line by chance.
    assert sum(whole) >= len(paragraphs) - 3


def test_header_and_footer_stand_where_they_were_painted() -> None:
    reading = read_raw((DATA / "libreoffice-flow.pdf").read_bytes())
    for page in reading.pages:
        assert page.text.startswith("สำนักงานจังหวัดอุทัยธานี\n")
        assert page.text.endswith("\nเอกสารประกอบการประชุม")


@pytest.mark.parametrize("producer", ["chromium", "libreoffice"])
def test_form_and_budget_are_tables_cell_by_cell(producer: str) -> None:
    form, budget = read(DATA / f"{producer}-form.pdf").tables
    found = [[squeezed(cell) for cell in row] for row in (*form.rows, *budget.rows)]
    assert found == [[squeezed(cell) for cell in row] for row in source_rows()]


def test_row_split_by_a_page_break_is_one_row() -> None:
    document = read(DATA / "libreoffice-form.pdf")
    split = next(row for row in document.tables[1].rows if row[0] == "๓")
    assert split[1].endswith("ทั้งเที่ยวไปและเที่ยวกลับ")
    pages = [page.number for page in document.pages if "๓\tค่าเช่าเรือ" in page.text]
    assert len(pages) == 1
    assert "\t".join(split) in document.pages[pages[0] - 1].text.split("\n")
    assert "และเที่ยวกลับ" not in document.pages[pages[0]].text
    raw = document.pages[pages[0] - 1].raw_text
    assert "\t".join(split) in raw.split("\n")


def test_table_row_is_one_line_of_text() -> None:
    lines = read(DATA / "chromium-form.pdf").text.split("\n")
    assert "๔\tค่าเบี้ยเลี้ยงพี่เลี้ยงดิจิทัล\t40 คน\t22,500\t900,000" in lines
    labels = [line.split("\t")[0] for line in lines]
    assert [label for label, _ in SOURCE["form"] if label not in labels] == []


def test_damage_is_measured() -> None:
    assert all(page.damage == 0 for page in read(DATA / "chromium-flow.pdf").pages)
    assert all(0.01 < page.damage < 0.2 for page in read(DATA / "reportlab-coded-flow.pdf").pages)


def read_pdf(data: bytes) -> Document:
    return read_bytes(data, file="ไฟล์.pdf")


def test_marks_never_start_a_word() -> None:
    # น, then ้ painted far to the right and above, then า where the pen was.
    content = (
        b"BT /F 15 Tf 1 0 0 1 60 700 Tm (C) Tj 1 0 0 1 140 705 Tm (D) Tj"
        b" 1 0 0 1 67.5 700 Tm (B) Tj ET"
    )
    assert read_pdf(thai_pdf(content)).text == "น้า"


@pytest.mark.parametrize(("gap", "text"), [(0, "กน"), (-100, "กน"), (-400, "ก น"), (-5000, "ก\tน")])
def test_gap_is_nothing_space_or_tab(gap: int, text: str) -> None:
    content = b"BT /F 15 Tf 60 700 Td [(A) %d (C)] TJ ET" % gap
    assert read_pdf(thai_pdf(content)).text == text


@pytest.mark.parametrize(
    ("plain", "digits"),
    [
        (b"[(AC)-2(A)4 (C)]", b"[<4143>-2<41>4 <43>]"),
        (b"[(A)-400(CA) -60.5 (C)-9]", b"[<41>-400<4341> -60.5 <43>-9]"),
        (b"[(A  C)10(A)]", b"[<41202043>10<41>]"),
        (b"[(A)9(  )-3(C)]", b"[<41>9<2020>-3<43>]"),
        (b"5 Tc 2 Tw [(A C)10(A)]", b"5 Tc 2 Tw [<412043>10<41>]"),
        (b"7 [(AC)-400(A)]", b"7 [<4143>-400<41>]"),
    ],
)
def test_strings_in_digits_stand_where_the_same_letters_do(plain: bytes, digits: bytes) -> None:
    found = []
    for array in (plain, digits):
        (page,) = Parsed(thai_pdf(b"BT /F 15 Tf 60 700 Td %s TJ ET" % array)).pages()
        found.append(GlyphReader().read(page).glyphs)
    assert [glyph.text for glyph in found[0]] == [glyph.text for glyph in found[1]]
    assert [glyph[1:] for glyph in found[0]] == [pytest.approx(glyph[1:]) for glyph in found[1]]


def test_distributed_text_has_no_spaces() -> None:
    content = b"BT /F 15 Tf 60 700 Td 5 Tc (ACACACACACACAC) Tj ET"
    assert read_pdf(thai_pdf(content)).text == "กน" * 7


def test_actual_text_replaces_the_glyphs() -> None:
    span = "ที่".encode("utf-16-be").hex().encode()
    content = (
        b"BT /F 15 Tf 60 700 Td (A) Tj /Span <</ActualText <FEFF%s>>> BDC (CD) Tj EMC (B) Tj ET"
    )
    assert read_pdf(thai_pdf(content % span)).text == "กที่า"
    resources = b"/Properties<</P <</ActualText <FEFF%s>>>>>>" % span
    named = b"BT /F 15 Tf 60 700 Td (A) Tj /Span /P BDC (CD) Tj EMC (B) Tj ET"
    assert read_pdf(thai_pdf(named, resources=resources)).text == "กที่า"


def test_rest_of_a_span_at_the_foot_of_a_page_is_dropped() -> None:
    span = "ที่".encode("utf-16-be").hex().encode()
    content = (
        b"BT /F 15 Tf 60 700 Td (A) Tj /Span <</ActualText <FEFF%s>>> BDC (D) Tj EMC ET" % span
    )
    assert read_pdf(thai_pdf(content)).text == "ก"


def test_undefined_glyph_is_visible() -> None:
    assert raw_text(b"BT /F 15 Tf 60 700 Td (A\x02C) Tj ET") == "ก\ufffdน"


def raw_text(content: bytes, **parts: bytes) -> str:
    """What the reader itself makes of one page."""
    return read_raw(thai_pdf(content, **parts)).pages[0].text


def test_mark_is_put_in_order_with_its_letter() -> None:
    # น, า behind it; the tone of a wrapped word is painted last, over its letter.
    late = b"BT /F 15 Tf 60 700 Td (C) Tj 1 0 0 1 66 701 Tm (D) Tj 1 0 0 1 67.5 700 Tm (B) Tj ET"
    assert raw_text(late) == "น้า"


def test_piece_painted_late_goes_into_its_gap() -> None:
    late = b"BT /F 15 Tf 60 700 Td (A) Tj 1 0 0 1 75 700 Tm (B) Tj 1 0 0 1 67.5 700 Tm (C) Tj ET"
    assert raw_text(late) == "กนา"


def test_text_printed_twice_is_read_once() -> None:
    bold = b"BT /F 15 Tf 60 700 Td (ACA) Tj 1 0 0 1 60.3 700 Tm (ACA) Tj ET"
    assert raw_text(bold) == "กนก"


def test_dots_that_lead_to_a_page_number_hide_no_space() -> None:
    dots = b" ".join(b"-300 (.)" for _ in range(20))
    content = b"BT /F 15 Tf 60 700 Td [(ACA) -300 (CAC) %s -300 (A)] TJ ET" % dots
    assert raw_text(content).startswith("กนก นกน")


def at(x: int, y: int, text: bytes) -> bytes:
    return b"1 0 0 1 %d %d Tm (%s) Tj " % (x, y, text)


LEFT, RIGHT = b"ACACACACACACACACACAC", b"BCBCBCBCBCBCBCBCBCBC"
HEIGHTS = range(700, 580, -20)


def test_columns_painted_row_by_row_are_read_one_after_the_other() -> None:
    content = b"".join(at(60, y, LEFT) + at(320, y, RIGHT) for y in HEIGHTS)
    assert raw_text(b"BT /F 15 Tf " + content + b"ET") == "กน" * 60 + "\n" + "าน" * 60


def test_labels_beside_values_stay_side_by_side() -> None:
    content = b"".join(at(60, y, b"AC") + at(320, y, RIGHT) for y in HEIGHTS)
    rows = raw_text(b"BT /F 15 Tf " + content + b"ET").split("\n")
    assert rows == ["กน\t" + "าน" * 10] * 6


def test_footer_painted_first_and_lines_from_the_bottom_are_put_in_order() -> None:
    content = at(300, 40, b"A") + b"".join(
        at(60, y, b"AC" * (y // 20)) for y in range(300, 400, 40)
    )
    found = raw_text(b"BT /F 15 Tf " + content + b"ET").split("\n")
    assert [len(line) for line in found] == [38, 34, 30, 1]


WATERMARK = b"BT /F 60 Tf 0.7 0.7 -0.7 0.7 200 690 Tm (CDBC) Tj ET "
MARGIN_NOTE = b"BT /F 10 Tf 0 1 -1 0 30 690 Tm (CDBC) Tj ET "


def body(*lines: bytes) -> list[bytes]:
    return [b"BT /F 15 Tf 60 %d Td (%s) Tj ET " % (720 - 45 * n, t) for n, t in enumerate(lines)]


@pytest.mark.parametrize("aside", [WATERMARK, MARGIN_NOTE])
@pytest.mark.parametrize("place", [0, 1, 3])
def test_text_across_the_page_or_up_its_margin_cuts_no_line(aside: bytes, place: int) -> None:
    lines = body(b"ACA", b"CAC", b"AAC")
    lines.insert(place, aside)
    assert raw_text(b"".join(lines)).split("\n") == ["กนก", "นกน", "กกน", "น้าน"]


def test_watermark_of_every_page_stays_on_the_last_one() -> None:
    bodies = [b"".join(body(b"A" * n, b"C" * n)) for n in (3, 5, 7)]
    reading = read_raw(thai_pdf(*(text + WATERMARK for text in bodies)))
    texts = without_running_lines([page.text for page in reading.pages])
    assert ["น้าน" in text for text in texts] == [False, False, True]


def test_page_of_upright_text_is_read_as_any_other() -> None:
    turned = [line.replace(b"60 ", b"0 1 -1 0 ").replace(b" Td", b" 60 Tm") for line in body(b"AC")]
    assert raw_text(b"".join(turned)) == "กน"


def test_distance_between_page_and_column_margin_decides_what_wraps() -> None:
    heading = at(60, 700, b"ACAC") + at(60, 680, LEFT) + at(60, 640, LEFT)
    assert raw_text(b"BT /F 15 Tf " + heading + b"ET").split("\n")[0] == "กนกน"


def test_wrapped_line_is_joined_and_short_line_is_not() -> None:
    content = (
        b"BT /F 15 Tf 60 700 Td (ACACACACACACACACACAC) Tj 0 -22 Td (ACAC) Tj"
        b" 0 -22 Td (ACACACACACACACACACAC) Tj ET"
    )
    assert read_pdf(thai_pdf(content)).text == "กน" * 12 + "\n" + "กน" * 10


def test_pages_without_text_are_told_from_blank_ones() -> None:
    text = b"BT /F 15 Tf 60 700 Td (ACA) Tj ET"
    blank = b"q 0 0 595 842 re W n Q BT /F 15 Tf 60 700 Td ( ) Tj ET"
    reading = read_raw(thai_pdf(text, b"0 0 10 10 re f", blank, b"BI /W 1 ID x EI"))
    assert [page.text for page in reading.pages] == ["กนก", "", "", ""]
    methods = [page.method for page in reading.pages]
    assert methods == ["text-layer", "text-layer", "blank", "text-layer"]
    assert reading.warnings == ()


def test_a_broken_form_costs_no_other_text_and_is_told() -> None:
    form = stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Matrix[1 2]")
    content = b"BT /F 15 Tf 60 700 Td (ACA) Tj ET /X Do BT 60 660 Td (AC) Tj ET"
    document = read_pdf(thai_pdf(content, resources=b"/XObject<</X 8 0 R>>", extra=form))
    assert document.text.split() == ["กนก", "กน"]
    assert any("หน้า 1 เสียหาย" in warning for warning in document.warnings)


FLOW = (DATA / "chromium-flow.pdf").read_bytes()


@pytest.mark.parametrize(
    "data",
    [
        FLOW[: len(FLOW) // 2],
        FLOW[:-200],
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.4" + bytes(range(256)) * 40,
        pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>"]),
        pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]),
    ],
    ids=["half", "end cut", "header only", "noise", "page tree loop", "no pages"],
)
def test_damaged_pdf_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(ReadError, match="ขอไฟล์ใหม่") as caught:
        read_pdf(data)
    assert caught.value.english.startswith("ไฟล์.pdf: ")


def test_junk_before_the_header_is_passed_over() -> None:
    assert read_pdf(b"HTTP/1.1 200 OK\r\n\r\n" + FLOW).text == read_pdf(FLOW).text


def test_locked_pdf_is_refused() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    page = Canvas("x", encrypt=StandardEncryption("secret", canPrint=0))
    page.drawString(72, 700, "locked")
    with pytest.raises(ReadError, match="รหัสผ่าน"):
        read_pdf(page.getpdfdata())


def test_pdf_that_forbids_copying_is_read_with_a_warning() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    page = Canvas("x", encrypt=StandardEncryption("", ownerPassword="own", canCopy=0))
    page.drawString(72, 700, "open to read")
    document = read_pdf(page.getpdfdata())
    assert document.text == "open to read"
    assert any("ห้ามคัดลอก" in warning for warning in document.warnings)


def forms(count: int, calls: int) -> bytes:
    """`count` forms, each showing the next one `calls` times."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 9 9]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        stream(b"/F Do"),
    ]
    for i in range(count):
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"
        objects.append(stream(b"/F Do " * calls, entries % min(6 + i, 4 + count)))
    return pdf(objects)


HOSTILE = {
    "open brackets": thai_pdf(b"[" * 200_000),
    "open strings": thai_pdf(b"(" * 200_000),
    "comment": thai_pdf(b"%" * 200_000),
    "blanks": thai_pdf(b" \n" * 100_000),
    "digits": thai_pdf(b"1" * 200_000),
    "signs": thai_pdf(b"+" * 200_000),
    "hexadecimal": thai_pdf(b"<12" * 70_000),
    "escapes": thai_pdf(b"(" + b"\\a" * 100_000),
    "inline images": thai_pdf(b"BI ID x " * 30_000),
    "path": thai_pdf(b"0 0 m " + b"5 5 l " * 70_000 + b"S"),
    "rules": thai_pdf(b"".join(b"%d 0 1 800 re f 0 %d 500 1 re f " % (i, i) for i in range(4000))),
    "forms that multiply": forms(12, 10),
    "forms in forms": forms(2000, 1),
    "form of itself": forms(1, 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_content_ends_soon_in_a_read_error(name: str) -> None:
    with pytest.raises(ReadError):
        read_pdf(HOSTILE[name])


def test_a_curve_or_an_odd_operation_costs_no_text() -> None:
    shown = b"BT /F 12 Tf 50 700 Td (A) Tj ET "
    disc = b"10 10 m 20 10 20 20 10 20 c h f "  # the bullet of a list
    odd = b"BT /F 12 Tf 50 680 Td ET (A) (B) Tz (C) Td "
    reading = read_pdf(thai_pdf(shown + disc + odd + shown.replace(b"700 Td (A)", b"660 Td (CB)")))
    assert reading.pages[0].text.split() == ["ก", "นา"]


@pytest.mark.parametrize("name", ["chromium-form", "libreoffice-flow"])
def test_flipped_bytes_never_raise_anything_else(name: str) -> None:
    import random

    dice = random.Random(7)
    good = (DATA / f"{name}.pdf").read_bytes()
    for _ in range(25):
        data = bytearray(good)
        for _ in range(dice.choice((1, 20, 400))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        with suppress(ReadError):
            assert read_bytes(bytes(data), file="a.pdf", ocr=False).text


def test_tokens_of_a_content_stream() -> None:
    data = (
        b"/F#31 12.5 Tf % a comment\n[(a\\)\\101\\\nb) -.5 <4 1> ] TJ (x(y)z)Tj"
        b" BI /W 1 ID \x00\xff EI T* ) } +"
    )
    found = list(tokens(data))
    assert found[:4] == [b"/F#31", b"12.5", b"Tf", b"["]
    assert found[-4:] == [b"1", b"ID \x00\xff EI", b"T*", b"+"]
    assert name_of(found[0]) == "F1"
    strings = [string_of(token) for token in found if token[:1] in b"(<"]
    assert strings == [b"a)Ab", b"A", b"x(y)z"]


def bomb(megabytes: int) -> bytes:
    """A page whose content unpacks to that many megabytes of blanks."""
    return thai_pdf(b" " * (megabytes * 1_000_000))


def test_flate_bomb_is_not_unpacked_whole() -> None:
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    data = bomb(100)
    with pytest.raises(ReadError, match="บีบอัด"):
        read_raw(data)
    # Kilobytes: making the file takes its 100 MB, reading it no more than the limit besides.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 250_000


def test_page_beyond_the_limits_costs_no_other_page() -> None:
    text = b"BT /F 15 Tf 60 700 Td (ACA) Tj ET"
    endless = b"BT /F 15 Tf " + b"(ACACACACAC) Tj " * 30_000 + b"ET"
    reading = read_raw(thai_pdf(text, endless, text))
    assert [page.method for page in reading.pages] == ["text-layer", "unread", "text-layer"]
    assert reading.pages[2].text == "กนก"
    assert any("หน้า 2 เสียหาย" in warning for warning in reading.warnings)


def test_too_many_pages_are_refused() -> None:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 5003))
    pages = [b"<</Type/Page/Parent 2 0 R>>"] * 5000
    tree = b"<</Type/Pages/Count 5000/Kids[%s]/MediaBox[0 0 9 9]>>" % kids
    with pytest.raises(ReadError, match="แบ่งไฟล์"):
        read_raw(pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, *pages]))
