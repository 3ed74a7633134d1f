"""One page image to text: cleaned, levelled, read by Tesseract, digits and Latin put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from pipeline.readers.ocr import engine, layout, pixels
from pipeline.readers.ocr.columns import in_one_column
from pipeline.readers.ocr.engine import Line
from pipeline.readers.ocr.glyphs import Ink
from pipeline.readers.ocr.grids import find_grids
from pipeline.readers.ocr.latin import with_capitals, without_hallucinations
from pipeline.readers.ocr.legible import share_known
from pipeline.readers.ocr.numerals import with_thai_digits
from pipeline.readers.ocr.unrolling import Rows, Unrolled, page_text, squeezed, unrolled

_POOR = 0.35  # of the characters in words: text that stands upright has 0.6 and more


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text, how many of its Thai digits are unsure, and the rows of its ruled tables."""

    text: str
    unsure: int = 0
    tables: tuple[Rows, ...] = ()


def read_page(image: Image.Image, dpi: float) -> PageText:
    """Read one page image, `dpi` its resolution. A blank one is empty text.

    Raises `EngineError` where Tesseract fails.
    """
    grey = np.asarray(pixels.resampled(image, dpi).convert("L"))
    clean = pixels.cleaned(grey)
    if pixels.is_blank(clean):
        return PageText("")
    page, lines = _upright(clean)
    lines = without_hallucinations(lines, page.image, engine.recognize_thai)
    lines = [with_capitals(line) for line in lines]
    ink = Ink.of(page.image)
    corrected = [with_thai_digits(line, ink) for line in lines]
    text, tables = page_text([line for line, _ in corrected], page)
    return PageText(text, sum(n for _, n in corrected), tables)


def _upright(clean: pixels.Grey) -> tuple[Unrolled, list[Line]]:
    """The page as it reads, and its lines. Whether it lies on a side shows in what was read."""
    page, lines = _recognized(clean)
    if share_known(_joined(lines)) >= _POOR:
        return page, lines
    turns = engine.quarter_turns(clean)
    if not turns:
        return page, lines
    turned, again = _recognized(np.ascontiguousarray(np.rot90(clean, turns)))
    better = share_known(_joined(again)) > share_known(_joined(lines))
    return (turned, again) if better else (page, lines)


def _recognized(clean: pixels.Grey) -> tuple[Unrolled, list[Line]]:
    level = pixels.levelled(clean)
    grids = find_grids(level)
    single = in_one_column(level, [grid.box for grid in grids])
    if single is not None:
        level, grids = single, find_grids(single)
    mode = layout.segmentation_mode(level)
    page = unrolled(level, grids)
    if mode == layout.SINGLE_COLUMN:
        page = squeezed(replace(page, image=pixels.without_rules(page.image)))
        mode = engine.ONE_BLOCK
    return page, engine.recognize(page.image, psm=mode)


def _joined(lines: Sequence[Line]) -> str:
    return "\n".join("\n" * line.opens + line.text for line in lines).strip()
