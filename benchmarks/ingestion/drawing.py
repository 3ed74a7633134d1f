"""A layout drawn line by line, with reportlab and fpdf2: paragraphs only, a running header."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.ingestion.texts import TextSet

POINTS = 72 / 2.54  # a centimetre
WIDTH, HEIGHT = 595.28, 841.89  # A4
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

# Glyph codes of the private use area that fonts of the 1990s give to marks in other places: beside
# a tall consonant, low where there is no vowel, or both; ฐ and ญ without their foot.
LOW_LEFT = dict(zip("่้๊๋์", "\uf705\uf706\uf707\uf708\uf709", strict=True))
LOW = dict(zip("่้๊๋์", "\uf70a\uf70b\uf70c\uf70d\uf70e", strict=True))
HIGH_LEFT = dict(zip("่้๊๋์", "\uf713\uf714\uf715\uf716\uf717", strict=True))
LEFT = dict(zip("ิีึืัํ็", "\uf701\uf702\uf703\uf704\uf710\uf711\uf712", strict=True))
FOOTLESS = dict(zip("ฐญ", "\uf700\uf70f", strict=True))
Line = tuple[float, float, float, str]  # x and baseline from the page's top left, size, text


def draw_with_reportlab(
    texts: TextSet, layout: str, font: Path, path: str, *, shaped: bool = False, coded: bool = False
) -> None:
    """Draw with reportlab; `shaped` by HarfBuzz, `coded` with glyph codes as old fonts have."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    name = f"{font.stem}-{shaped}"
    pdfmetrics.registerFont(TTFont(name, str(font), **({"shapable": True} if shaped else {})))
    canvas = Canvas(path, pagesize=(WIDTH, HEIGHT))
    for page in _pages(texts, layout, lambda text, size: pdfmetrics.stringWidth(text, name, size)):
        for x, y, size, text in page:
            canvas.setFont(name, size)
            shown = glyph_codes(text) if coded else text
            canvas.drawString(x, HEIGHT - y, shown, **({"shaping": True} if shaped else {}))
        canvas.showPage()
    canvas.save()


def draw_with_fpdf(
    texts: TextSet, layout: str, font: Path, path: str, *, shaped: bool = False
) -> None:
    """Draw with fpdf2, with or without its text shaping."""
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_font("T", fname=str(font))
    if shaped:
        pdf.set_text_shaping(use_shaping_engine=True, script="thai", language="tha")

    def width(text: str, size: float) -> float:
        pdf.set_font("T", size=size)
        return float(pdf.get_string_width(text))

    for page in list(_pages(texts, layout, width)):
        pdf.add_page()
        for x, y, size, text in page:
            pdf.set_font("T", size=size)
            pdf.text(x, y, text)
    pdf.output(path)


def _pages(
    texts: TextSet, layout: str, width: Callable[[str, float], float]
) -> Iterator[list[Line]]:
    """Lines page by page, wrapped between words."""
    measures = texts.measures
    top, left = (POINTS * margin for margin in measures.margins)
    step = measures.size * measures.leading * 1.15
    page, y, number = _running(texts, layout, 1), top, 1
    for paragraph in texts.blocks(layout):
        for line in _wrapped(str(paragraph), lambda t: width(t, measures.size), WIDTH - 2 * left):
            y += step
            if y > HEIGHT - top:
                yield page
                number += 1
                page, y = _running(texts, layout, number), top + step
            page.append((left, y, measures.size, line))
        y += step / 3
    yield page


def _running(texts: TextSet, layout: str, number: int) -> list[Line]:
    if layout != "flow":
        return []
    header, footer = texts.running
    at = POINTS * texts.measures.margins[1]
    page = texts.measures.page.format(str(number).translate(THAI_DIGITS))
    lines = [(at, 34.0, 10.0, header)]
    if page.startswith("-"):
        return [(WIDTH / 2, 20.0, 10.0, page), *lines, (at, HEIGHT - 28, 10.0, footer)]
    return [*lines, (at, HEIGHT - 28, 10.0, f"{footer} {page}")]


def _wrapped(text: str, width: Callable[[str], float], limit: float) -> list[str]:
    from pythainlp.tokenize import word_tokenize

    lines, line = [], ""
    for word in word_tokenize(text, engine="newmm", keep_whitespace=True):
        if width(line + word) > limit and line.strip():
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*lines, line]


def glyph_codes(text: str) -> str:
    """The text as old fonts' codes: each mark in the place that its neighbours leave."""
    out = []
    for i, char in enumerate(text):
        before, farther = text[i - 1 : i], text[max(0, i - 2) : i - 1]
        after = text[i + 1 : i + 2]
        if char in LOW and before and before in LEFT:
            out.append(HIGH_LEFT[char] if farther and farther in "ปฝฟ" else char)
        elif char in LOW and after != "ำ":
            base = farther if before and before in "ุู" else before
            out.append((LOW_LEFT if base and base in "ปฝฟ" else LOW)[char])
        elif char in LEFT and before and before in "ปฝฟ":
            out.append(LEFT[char])
        elif char in FOOTLESS and after and after in "ฺุู":
            out.append(FOOTLESS[char])
        else:
            out.append(char)
    return "".join(out)
