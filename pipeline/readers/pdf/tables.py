"""Ruled tables of a PDF: pdfplumber finds the boxes, the texts are our own lines.

pdfplumber's own cell texts are right in 18 of 33 rows of Thai forms, because it sorts glyphs
by x; the boxes it finds are right. Borders that a table leaves out are implied by its text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import inf

from pipeline.documents import Table
from pipeline.readers.labels import bare
from pipeline.readers.pdf.boxes import ruled_tables
from pipeline.readers.pdf.closing_rules import closing_rules
from pipeline.readers.pdf.grids import Box, CellFinder, Grid, PageGrids, holds
from pipeline.readers.pdf.implied_rules import implied_rules
from pipeline.readers.pdf.nesting import Bounds, contains, nests_of
from pipeline.readers.pdf.page_breaks import PlacedTable, lines_around, merge_over_pages
from pipeline.readers.pdf.values import Glyph, Rule
from pipeline.readers.separators import COLONS

__all__ = [
    "CellFinder",
    "PlacedTable",
    "find_grids",
    "merge_over_pages",
    "place_tables",
    "with_form",
]

# Ems, as in `lines`.
_THAI_WORD = 5.0
# Points: what is left of a dotted line is no rule.
_SHORTEST = 3.0
# Upright rules by level ones on a page where missing borders are looked for: tables have less.
_MAX_PAIRS = 400_000


def find_grids(rules: Sequence[Rule], glyphs: Sequence[Glyph] = ()) -> PageGrids:
    """The tables that the ruling lines of a page form; a lone box is no table.

    With the page's `glyphs`, columns that are not ruled are found by the gaps in the text.
    """
    closed = [r for r in rules if r.x1 - r.x0 + r.y1 - r.y0 >= _SHORTEST]
    upright = sum(1 for rule in rules if rule.x0 == rule.x1)
    if upright * (len(rules) - upright) <= _MAX_PAIRS:
        closed += closing_rules(closed)
        closed += implied_rules(closed, glyphs)
    boxes: list[Box] = []
    grids: list[Grid] = []
    for group in nests_of(closed):
        grids.extend(_grid(rows, boxes) for rows in ruled_tables(group))
    return PageGrids(tuple(boxes), tuple(grids))


def with_form(grids: PageGrids, rows: Sequence[Sequence[Box]]) -> PageGrids:
    """The tables of a page and one without rules, by row from the top the boxes of its cells."""
    boxes = list(grids.boxes)
    # As pdfplumber has them: y points down.
    form = _grid([[(x0, -y1, x1, -y0) for x0, y0, x1, y1 in row] for row in rows], boxes)
    return PageGrids(tuple(boxes), (*grids.grids, replace(form, is_form=True)))


def _grid(rows: Sequence[Sequence[Box | None]], boxes: list[Box]) -> Grid:
    """Turn pdfplumber's rows, whose y axis points down, into a `Grid`; extends `boxes`."""
    first = len(boxes)
    indices: list[tuple[int | None, ...]] = []
    for row in rows:
        places: list[int | None] = []
        for cell in row:
            places.append(None if cell is None else len(boxes))
            if cell is not None:
                boxes.append((cell[0], -cell[3], cell[2], -cell[1]))
        indices.append(tuple(places))
    own = boxes[first:]
    bounds = _bounds(own)
    return Grid(
        tuple(indices),
        tuple(sorted({box[0] for box in own} | {box[2] for box in own})),
        top=bounds[3],
        bottom=bounds[1],
        inside=_holder(bounds, boxes[:first]),
    )


def _bounds(boxes: list[Box]) -> Bounds:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _holder(bounds: Bounds, boxes: list[Box]) -> int | None:
    around = [index for index, box in enumerate(boxes) if contains(box, bounds)]
    return min(around, key=lambda index: boxes[index][3] - boxes[index][1], default=None)


def place_tables(
    grids: PageGrids,
    texts: dict[int, str],
    *,
    page: int,
    height: float,
    glyphs: Sequence[Glyph] = (),
) -> list[PlacedTable]:
    """The tables of a page that hold any text, with their places.

    With the page's `glyphs`, a table is joined over the page break by what stands around it.
    """
    scale = height or 1.0
    whole = _with_inner_tables(grids, texts)
    around = lines_around(glyphs, [(grid.bottom, grid.top) for grid in grids.grids], scale)
    placed = []
    for grid in grids.grids:
        rows = _rows(grid, whole)
        if grid.is_form:
            rows = tuple((bare(label), value.lstrip(f"{COLONS} ")) for label, value in rows)
        if any(cell.strip() for row in rows for cell in row):
            ends = (grid.top / scale, grid.bottom / scale)
            nested = grid.inside is not None
            room, lead = _ends_of_rows(grids, grid, glyphs)
            table = Table(page, rows)
            placed.append(
                PlacedTable(table, grid.columns, *ends, nested, around, room=room, lead=lead)
            )
    return placed


def _ends_of_rows(
    grids: PageGrids, grid: Grid, glyphs: Sequence[Glyph]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """What the last row's last lines leave free, and how wide the first row's first words are.

    A cell that ends above the row's lowest line has room for any word.
    """
    if not glyphs:
        return (), ()
    last = [_lines_in(grids.boxes, cell, glyphs) for cell in grid.rows[-1]]
    first = [_lines_in(grids.boxes, cell, glyphs) for cell in grid.rows[0]]
    lowest = min((lines[-1][0].y for lines in last if lines), default=0.0)
    room = []
    for cell, lines in zip(grid.rows[-1], last, strict=True):
        size = lines[-1][0].size if lines else 0.0
        if cell is None or not lines:
            room.append(0.0)
        elif lines[-1][0].y > lowest + 0.5 * size:
            room.append(inf)
        else:
            room.append(grids.boxes[cell][2] - max(g.x1 for g in lines[-1]) - 0.5 * size)
    return tuple(room), tuple(_first_word(lines[0]) if lines else 0.0 for lines in first)


def _lines_in(boxes: Sequence[Box], cell: int | None, glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs in a cell by line, from the top."""
    if cell is None:
        return []
    lines: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        middle = (glyph.x0 + glyph.x1) / 2, glyph.y + 0.25 * glyph.size
        if holds(boxes[cell], *middle) and glyph.text.strip():
            lines[-round(glyph.y)].append(glyph)
    return [lines[y] for y in sorted(lines)]


def _first_word(line: Sequence[Glyph]) -> float:
    """The width of a line's first word; Thai, written without spaces, breaks sooner."""
    start, size = line[0].x0, line[0].size
    end = start
    for glyph in line:
        if glyph.x0 > end + 0.2 * size:
            break
        word = glyph.text.lstrip().split(" ", 1)[0]
        end = max(end, glyph.x0 + (glyph.x1 - glyph.x0) * len(word) / len(glyph.text))
        if len(word) < len(glyph.text):
            break
    return min(end - start, _THAI_WORD * size)


def _rows(grid: Grid, texts: dict[int, str]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple("" if cell is None else texts.get(cell, "") for cell in row) for row in grid.rows
    )


def _with_inner_tables(grids: PageGrids, texts: dict[int, str]) -> dict[int, str]:
    """The texts of all boxes, without blank lines; a cell ends with the rows of a table in it."""
    whole = {box: _without_blank_lines(text) for box, text in texts.items()}
    for grid in reversed(grids.grids):
        if grid.inside is not None:
            rows = ("\t".join(filter(None, row)) for row in _rows(grid, whole))
            own = (whole.get(grid.inside, ""), *rows)
            whole[grid.inside] = "\n".join(filter(None, own))
    return whole


def _without_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())
