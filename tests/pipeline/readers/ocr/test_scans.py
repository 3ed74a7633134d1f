"""Pages whose text layer another OCR program laid under the scan."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from pipeline.readers import ocr
from pipeline.readers.pdf import read_pdf
from pipeline.readers.scans import with_scans
from tests.pipeline.readers.raw_pdf import thai_pdf

DATA = Path(__file__).parents[3] / "data"
PICTURE = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 ID x EI Q "
WORDS = "The province asks for a survey of the canal before the rains begin. " * 3

absent = pytest.mark.skipif(ocr.missing() is not None, reason="needs Tesseract with Thai")


def text(mode: int) -> bytes:
    return b"BT %d Tr /F 15 Tf 60 700 Td (ACACACACA) Tj ET " % mode


@pytest.mark.parametrize(
    ("content", "invisible"),
    [
        (PICTURE + text(3), True),
        (PICTURE + text(0), False),
        (text(3), False),  # under no picture: there to be copied, as by some producers of drawings
        (PICTURE + b"q " + text(3) + b"Q " + text(0) * 2, False),
    ],
)
def test_text_that_is_not_painted_over_a_picture_is_an_ocr_layer(
    content: bytes, invisible: bool
) -> None:
    assert read_pdf(thai_pdf(content)).pages[0].invisible is invisible


def scan_with_layer() -> bytes:
    """A letter's image with words under it that the image does not show."""
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=(446, 245))
    page.drawImage(str(DATA / "scan-letter.png"), 0, 0, 446, 245)
    lines = page.beginText(20, 200)
    lines.setTextRenderMode(3)
    lines.setFont("Helvetica", 4)
    lines.textLine(WORDS)
    page.drawText(lines)
    page.save()
    return buffer.getvalue()


def test_foreign_layer_is_kept_with_a_warning_where_ocr_is_not_wanted() -> None:
    data = scan_with_layer()
    reading = with_scans(data, read_pdf(data), ocr=False, on_page=lambda *_: None)
    assert reading.pages[0].text.split() == WORDS.split()
    assert reading.pages[0].method == "text-layer"
    (warning,) = reading.warnings
    assert "โปรแกรมอื่น" in warning
    assert "--no-ocr" in warning


@pytest.mark.ocr
@absent
def test_foreign_layer_is_read_anew_from_its_image() -> None:
    data = scan_with_layer()
    reading = with_scans(data, read_pdf(data), ocr=True, on_page=lambda *_: None)
    assert reading.pages[0].method == "ocr"
    assert "canal" not in reading.pages[0].text
    assert sum("ก" <= char <= "๛" for char in reading.pages[0].text) > 50
