"""Scans: what Tesseract reads, and the Thai digits it cannot read."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter
from reportlab.pdfgen import canvas

from pipeline.errors import ReadError
from pipeline.readers import ocr
from pipeline.readers.ocr import engine, layout, pixels
from pipeline.readers.ocr.glyphs import Ink, line_cells
from pipeline.readers.ocr.images import page_images

DATA = Path(__file__).parents[3] / "data"
TEXTS: dict[str, str] = json.loads((DATA / "scans.json").read_text(encoding="utf-8"))
NUMBER = re.compile("[๐-๙][๐-๙.,/-]*")

absent = pytest.mark.skipif(ocr.missing() is not None, reason="needs Tesseract with Thai")


def scan(name: str) -> bytes:
    return (DATA / name).read_bytes()


def image(name: str) -> Image.Image:
    return Image.open(io.BytesIO(scan(name))).convert("L")


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def scanned_pdf(*names: str) -> bytes:
    """A PDF of page images, each on a page of its own."""
    buffer = io.BytesIO()
    pdf = canvas.Canvas(buffer, pagesize=(446, 245))
    for name in names:
        pdf.drawImage(str(DATA / name), 0, 0, 446, 245, preserveAspectRatio=True)
        pdf.showPage()
    pdf.save()
    return buffer.getvalue()


@pytest.mark.ocr
@absent
@pytest.mark.parametrize("name", ["scan-letter.png", "scan-table.jpg", "scan-side.png"])
def test_every_number_in_thai_digits_is_read(name: str) -> None:
    page = ocr.read_image(scan(name)).pages[0]
    assert page.method == "ocr"
    assert NUMBER.findall(page.text) == NUMBER.findall(TEXTS[name])


@pytest.mark.ocr
@absent
def test_columns_are_read_one_after_the_other() -> None:
    text = ocr.read_image(scan("scan-columns.png")).pages[0].text
    assert text.index("๒๕๔๗") < text.index("โรงเรียน") < text.index("๙๖๘")


@pytest.mark.ocr
@absent
def test_english_among_thai_stays_and_invented_english_goes() -> None:
    words = re.findall("[A-Za-z][A-Za-z-]*", ocr.read_image(scan("scan-letter.png")).pages[0].text)
    assert words == ["PMQA", "e-Service"]


@pytest.mark.ocr
@absent
def test_pages_of_a_pdf_are_read_by_number() -> None:
    done: list[None] = []
    data = scanned_pdf("scan-letter.png", "scan-columns.png", "scan-table.jpg")
    pages = ocr.reread(data, [1, 3], report=lambda: done.append(None))
    assert sorted(pages) == [1, 3]
    assert "๔๑๘๖" in pages[1].text
    assert "๒๔๖,๘๐๐.๐๐" in pages[3].text
    assert len(done) == 2


@pytest.mark.ocr
@absent
def test_unsure_digits_are_counted_in_a_warning() -> None:
    worn = image("scan-table.jpg").filter(ImageFilter.GaussianBlur(2.5))
    reading = ocr.read_image(saved(worn, "PNG", dpi=(200, 200)))
    assert re.search(r"หน้า 1: ตัวเลขไทย \d+ ตัวอ่านไม่แน่ใจ", " ".join(reading.warnings))


@pytest.mark.ocr
@absent
def test_a_blank_page_is_not_sent_to_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_run", lambda _: pytest.fail("Tesseract was started"))
    assert ocr.read_image(saved(Image.new("L", (800, 1000), 250), "PNG")).pages[0].text == ""


@pytest.mark.ocr
@absent
def test_a_page_past_its_deadline_is_unread_and_its_process_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "PAGE_SECONDS", 0.05)
    page = ocr.Tesseract().read(image("scan-letter.png"), 200)
    assert (page.text, page.method) == ("", "unread")
    assert "0.05 s" in page.warnings[0]


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("PATH", str(tmp_path))
    engine._languages.cache_clear()
    yield
    engine._languages.cache_clear()


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_pages_are_unread_and_one_warning_says_what_to_install() -> None:
    two = saved(
        image("scan-letter.png"), "TIFF", save_all=True, append_images=[image("scan-side.png")]
    )
    reading = ocr.read_image(two)
    assert [(page.text, page.method) for page in reading.pages] == [("", "unread")] * 2
    assert len(reading.warnings) == 1
    assert "apt-get install tesseract-ocr tesseract-ocr-tha" in reading.warnings[0]


# Image files.


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF"])
def test_an_image_is_one_grey_page(kind: str) -> None:
    pages = list(page_images(saved(image("scan-letter.png"), kind)))
    assert [(page.mode, page.size) for page, _ in pages] == [("L", (1240, 680))]


def test_frames_of_a_tiff_are_pages_and_of_a_gif_are_not() -> None:
    frames = [image("scan-letter.png"), image("scan-columns.png")]
    many = {
        k: saved(frames[0], k, save_all=True, append_images=frames[1:]) for k in ("TIFF", "GIF")
    }
    assert len(list(page_images(many["TIFF"]))) == 2
    assert len(list(page_images(many["GIF"]))) == 1


def test_transparent_paper_is_white_and_a_photo_is_turned_upright() -> None:
    clear = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    (page, _), *_ = page_images(saved(clear, "PNG"))
    assert page.getextrema() == (255, 255)
    exif = Image.Exif()
    exif[0x0112] = 6
    (page, _), *_ = page_images(saved(Image.new("L", (300, 200), 255), "JPEG", exif=exif))
    assert page.size == (200, 300)


def test_sixteen_bits_keep_their_range() -> None:
    deep = Image.fromarray(np.linspace(0, 60_000, 90_000).reshape(300, 300).astype(np.uint16))
    (page, _), *_ = page_images(saved(deep, "PNG"))
    assert page.getextrema() == (0, 255)


@pytest.mark.parametrize("scale", [0.6, 1.0, 2.0])
def test_resolution_is_told_by_the_letters_where_the_file_does_not_say(scale: float) -> None:
    picture = image("scan-letter.png")
    size = (round(picture.width * scale), round(picture.height * scale))
    (_, dpi), *_ = page_images(saved(picture.resize(size), "PNG"))
    assert dpi == pytest.approx(200 * scale, rel=0.35)


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (scan("scan-letter.png")[:9000], "สแกนหรือคัดลอกไฟล์มาใหม่"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "PNG หรือ JPEG"),
        (saved(Image.new("1", (14_000, 14_000)), "PNG"), "ย่อภาพ"),
    ],
    ids=["truncated", "no image", "196 million pixels"],
)
def test_a_broken_or_giant_image_is_refused_with_the_remedy(data: bytes, remedy: str) -> None:
    with pytest.raises(ReadError, match=remedy):
        list(page_images(data))


# Pages.


def test_a_giant_pdf_page_is_rendered_within_the_cap() -> None:
    buffer = io.BytesIO()
    pdf = canvas.Canvas(buffer, pagesize=(1_000_000, 1_000_000))
    pdf.showPage()
    pdf.save()
    from pipeline.readers.ocr.rendering import rendered

    ((_, page, dpi),) = rendered(buffer.getvalue(), [1])
    assert page is not None
    assert page.width * page.height <= pixels.MAX_PIXELS * 1.01
    assert dpi < 1


def test_uneven_light_is_taken_out() -> None:
    shaded = np.tile(np.linspace(250, 120, 1200), (400, 1)).astype(np.uint8)
    shaded[180:220, 100:140] //= 4
    shaded[180:220, 1000:1040] //= 4
    clean = pixels.cleaned(shaded)
    assert clean[20:150].min() > 240
    assert clean[200, 120] < 20
    assert clean[200, 1020] < 20


@pytest.mark.parametrize("angle", [-3.0, -1.2, 0.0, 2.0])
def test_the_turn_of_a_page_is_found(angle: float) -> None:
    turned = image("scan-columns.png").rotate(
        angle, fillcolor=245, resample=Image.Resampling.BICUBIC
    )
    assert pixels.skew(pixels.cleaned(np.asarray(turned))) == pytest.approx(-angle, abs=0.25)


def lines_of_ink(*columns: tuple[int, int]) -> np.ndarray:
    page = Image.new("L", (1600, 1200), 255)
    draw = ImageDraw.Draw(page)
    for y in range(100, 1100, 60):
        for left, right in columns:
            for x in range(left, right - 20, 25):
                draw.rectangle((x, y, x + 10, y + 26), fill=0)
    return np.asarray(page)


def test_one_column_is_told_from_two() -> None:
    assert layout.segmentation_mode(lines_of_ink((100, 1500))) == layout.SINGLE_COLUMN
    assert layout.segmentation_mode(lines_of_ink((100, 750), (850, 1500))) == layout.AUTOMATIC


def test_a_mark_of_the_next_line_is_no_part_of_a_line() -> None:
    page = Image.new("L", (400, 200), 255)
    draw = ImageDraw.Draw(page)
    for x in range(20, 220, 25):
        draw.rectangle((x, 50, x + 12, 70), fill=0)
    draw.rectangle((95, 95, 102, 100), fill=0)
    cells, unit = line_cells(Ink.of(np.asarray(page)), (10, 40, 300, 105))
    assert [cell.box[1::2] for cell in cells] == [(50, 71)] * 8
    assert unit == 21
