"""One page image to text: cleaned, levelled, read by Tesseract, digits and Latin put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from pipeline.readers.ocr import engine, layout, pixels
from pipeline.readers.ocr.engine import Line
from pipeline.readers.ocr.glyphs import Ink
from pipeline.readers.ocr.latin import share_known, without_hallucinations
from pipeline.readers.ocr.numerals import with_thai_digits

_POOR = 0.35  # of the characters in words: text that stands upright has 0.6 and more


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text, and how many of its Thai digits are unsure."""

    text: str
    unsure: int = 0


def read_page(image: Image.Image, dpi: float) -> PageText:
    """Read one page image, `dpi` its resolution. A blank one is empty text.

    Raises `EngineError` where Tesseract fails.
    """
    grey = np.asarray(pixels.resampled(image, dpi).convert("L"))
    clean = pixels.cleaned(grey)
    if pixels.is_blank(clean):
        return PageText("")
    clean, lines = _upright(clean)
    lines = without_hallucinations(lines, clean, engine.recognize_thai)
    ink = Ink.of(clean)
    corrected = [with_thai_digits(line, ink) for line in lines]
    return PageText(_joined([line for line, _ in corrected]), sum(n for _, n in corrected))


def _upright(clean: pixels.Grey) -> tuple[pixels.Grey, list[Line]]:
    """The page as it reads, and its lines. Whether it lies on a side shows in what was read."""
    level, lines = _recognized(clean)
    if share_known(_joined(lines)) >= _POOR:
        return level, lines
    turns = engine.quarter_turns(clean)
    if not turns:
        return level, lines
    turned, again = _recognized(np.ascontiguousarray(np.rot90(clean, turns)))
    better = share_known(_joined(again)) > share_known(_joined(lines))
    return (turned, again) if better else (level, lines)


def _recognized(clean: pixels.Grey) -> tuple[pixels.Grey, list[Line]]:
    level = pixels.levelled(clean)
    mode = layout.segmentation_mode(level)
    if mode == layout.SINGLE_COLUMN:
        level = pixels.without_rules(level)
    return level, engine.recognize(level, psm=mode)


def _joined(lines: Sequence[Line]) -> str:
    return "\n".join("\n" * line.opens + line.text for line in lines).strip()
