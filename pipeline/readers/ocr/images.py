"""Image files to page images: PNG, JPEG, TIFF with its pages, BMP, GIF (first frame), WEBP."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError
from scipy import ndimage

from pipeline.errors import ReadError
from pipeline.readers.ocr import pixels
from pipeline.readers.ocr.glyphs import Ink
from pipeline.readers.reading import MAX_PAGES

MOST_PIXELS = 120_000_000  # A0 at 200 dpi has 62 million
_PAGE_WIDTH = 8.27  # inches: A4
_LETTER = 21.0  # pixels: the usual letter of text of 14 to 16 points at 200 dpi
_DPI = (90.0, 1300.0)  # that a file may be believed to have
_LEAST_DPI = 50.0
_WIDTHS = (3.0, 24.0)  # inches that a page may be wide


def page_images(data: bytes) -> Iterator[tuple[Image.Image, float]]:
    """The pages of an image file with their dpi, upright, on white. Raises `ReadError`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                    if number > MAX_PAGES:
                        raise _too_many_pages()
                    if frame.width * frame.height > MOST_PIXELS:
                        raise _too_large(frame.width, frame.height)
                    page = _grey(frame)
                    yield page, _dpi(page, frame.info.get("dpi"))
                    if image.format != "TIFF":
                        return
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except UnidentifiedImageError as error:
        raise ReadError(
            "ไม่รู้จักชนิดของภาพ หรือภาพเสียหาย บันทึกใหม่เป็น PNG หรือ JPEG",
            "not an image that can be read, or damaged. Save it again as PNG or JPEG",
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ReadError(
            "ไฟล์ภาพเสียหายหรือมาไม่ครบ สแกนหรือคัดลอกไฟล์มาใหม่",
            "the image is damaged or truncated. Scan it or copy the file again",
        ) from error


def _grey(frame: Image.Image) -> Image.Image:
    if frame.format == "JPEG":
        frame.draft("L", frame.size)
    upright = ImageOps.exif_transpose(frame)
    if upright.mode.startswith(("I", "F")):  # 16 or 32 bits: convert("L") would clip them
        values = np.asarray(upright, dtype=np.float32)
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        return Image.fromarray(((values - low) * (255 / max(1.0, high - low))).astype(np.uint8))
    if upright.has_transparency_data:
        paper = Image.new("RGBA", upright.size, "white")
        return Image.alpha_composite(paper, upright.convert("RGBA")).convert("L")
    return upright.convert("L")


def _dpi(page: Image.Image, declared: object) -> float:
    """The resolution: as declared where that gives a page, else from the size of the letters."""
    if isinstance(declared, tuple) and declared:
        dpi = float(declared[0])
        plausible = _DPI[0] <= dpi <= _DPI[1]
        if plausible and _WIDTHS[0] <= page.width / dpi <= _WIDTHS[1]:
            return dpi
    letter = _letter_height(page)
    by_width = min(page.width, page.height) / _PAGE_WIDTH
    return min(_DPI[1], max(_LEAST_DPI, pixels.DPI * letter / _LETTER if letter else by_width))


def _letter_height(page: Image.Image) -> float:
    """The height in pixels of the usual letter; 0 where there are few."""
    scale = pixels.scale_within(page.width, page.height, 1.0)
    size = (max(1, round(page.width * scale)), max(1, round(page.height * scale)))
    boxes = Ink.of(pixels.cleaned(np.asarray(page.resize(size)))).boxes
    heights = boxes[:, 3] - boxes[:, 1]
    widths = boxes[:, 2] - boxes[:, 0]
    letters = heights[(heights >= 6) & (widths >= 3) & (heights < 6 * widths)]
    if len(letters) < 40:
        return 0.0
    counts = ndimage.gaussian_filter1d(np.bincount(letters).astype(float), 1.5)
    return float(np.argmax(counts * np.arange(len(counts)))) / scale


def _too_many_pages() -> ReadError:
    return ReadError(
        f"ภาพมีเกิน {MAX_PAGES} หน้า แบ่งไฟล์เป็นส่วน",
        f"the image has more than {MAX_PAGES} pages. Split the file",
    )


def _too_large(width: int = 0, height: int = 0) -> ReadError:
    size = f" ({width:,} x {height:,})" if width else ""
    limit = MOST_PIXELS // 1_000_000
    return ReadError(
        f"ภาพใหญ่เกิน {limit} ล้านพิกเซล{size} ย่อภาพหรือสแกนใหม่ที่ 200-300 dpi",
        f"the image has more than {limit} million pixels{size}. Reduce it, or scan at 200-300 dpi",
    )
