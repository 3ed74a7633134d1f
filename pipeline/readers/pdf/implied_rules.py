"""Borders that a table does not paint, implied by the rules that it has and by its text.

Many tables have level rules only, or coloured rows without any rule; a table cut by the page
break may lack its last rule. What is found here is added to the rules of the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from pipeline.readers.pdf.bands import GAP, Band, PageText, Stretch, union
from pipeline.readers.pdf.closing_rules import ladders_of
from pipeline.readers.pdf.values import Glyph, Rule

# Points.
_SNAP = 3.0
# Ems: what separates two columns whose cells are not aligned below each other.
_WIDE_GAP = 1.6
_PADDING = 3.0
# Ems between a rule and the text beside it, or between the lines of a row.
_ROW_STEP = 1.9


def implied_rules(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> list[Rule]:
    """Upright borders between the columns of rows that have none, and rules between their rows."""
    ladders = list(ladders_of(rules)) if glyphs else []
    if not ladders:
        return []
    text = PageText(glyphs)
    uprights = [rule for rule in rules if rule.x0 == rule.x1]
    found: list[Rule] = []
    for ladder in ladders:
        x0, x1 = ladder[0].x0, ladder[0].x1
        inner = [u for u in uprights if x0 + _SNAP < u.x0 < x1 - _SNAP]
        bands = [text.band(x0, x1, a.y0, b.y0) for a, b in pairwise(ladder)]
        covered = [any(u.y0 < (b.top + b.bottom) / 2 < u.y1 for u in inner) for b in bands]
        if not any(covered):
            found += _gutters(bands, text, (x0, x1), _joints(ladder, rules))
        elif not all(covered):
            found += _bridges(bands, covered, text, (x0, x1), inner)
    return found


def _gutters(
    bands: list[Band], text: PageText, ends: Stretch, joints: list[float]
) -> Iterator[Rule]:
    """The borders of rows between level rules, where the text of all leaves the columns free."""
    for run, columns in _runs(bands, GAP * text.size):
        columns = _aligned(run, columns, text.size)
        filled = [band for band in run if _reach(band.stretches, columns) > 1]
        if len(columns) < 2 or len(filled) < max(2, 0.6 * len(run)):
            continue
        between = [x for x in joints if _is_free(x, columns)]
        borders = between or [right[0] - _PADDING for right in columns[1:]]
        top = _row_above(run[0], text, ends, columns)
        bottom = _row_below(run[-1], text, ends, columns)
        for x in (ends[0], *borders, ends[1]):
            yield Rule(x, bottom, x, top)
        rows = _rows_of_text(run, columns, text.size) if len(run) <= 2 else []
        for y in {top, bottom, *rows} - {run[0].top, run[-1].bottom}:
            yield Rule(ends[0], y, ends[1], y)


def _bridges(
    bands: list[Band], covered: list[bool], text: PageText, ends: Stretch, inner: list[Rule]
) -> Iterator[Rule]:
    """The borders of plain rows between coloured ones, whose cells are painted as boxes."""
    borders = _clusters([u.x0 for u in inner])
    columns = list(pairwise((ends[0], *borders, ends[1])))
    plain = [
        band
        for band, is_covered in zip(bands, covered, strict=True)
        if not is_covered and _reach(band.stretches, columns) > 1
    ]
    if len(plain) < max(2, 0.3 * len(bands)):
        return
    inside = [s for band in bands if _reach(band.stretches, columns) for s in band.stretches]
    texts = [union([s for s in inside if x0 < s[0] < x1], x1 - x0) for x0, x1 in columns]
    bottom = _row_below(bands[-1], text, ends, [found for column in texts for found in column])
    if bottom < bands[-1].bottom:
        plain.append(Band(bands[-1].bottom, bottom, ()))
        yield Rule(ends[0], bottom, ends[1], bottom)
    for band in plain:
        for x in (ends[0], *borders, ends[1]):
            yield Rule(x, band.bottom, x, band.top)


def _runs(bands: list[Band], gap: float) -> Iterator[tuple[list[Band], list[Stretch]]]:
    """Bands below each other whose text leaves the same gutters free, and their columns."""
    run: list[Band] = []
    columns: list[Stretch] = []
    for band in [*bands, None]:
        joined = union([*columns, *band.stretches], gap) if band else []
        if band is not None and (len(joined) > 1 or (run and not band.lines)):
            run.append(band)
            columns = joined
            continue
        while run and not run[-1].lines:
            run.pop()
        if len(run) > 1:
            yield run, columns
        run, columns = [], []
        if band is not None and len(alone := union(band.stretches, gap)) > 1:
            run, columns = [band], alone


def _aligned(run: list[Band], columns: list[Stretch], size: float) -> list[Stretch]:
    """The columns, those joined whose gutter is narrow and whose cells are not aligned."""
    kept = columns[:1]
    for column in columns[1:]:
        inside = [s for band in run for s in band.stretches if column[0] <= s[0] <= column[1]]
        if column[0] - kept[-1][1] >= _WIDE_GAP * size or _are_aligned(inside):
            kept.append(column)
        else:
            kept[-1] = (kept[-1][0], column[1])
    return kept


def _are_aligned(stretches: list[Stretch]) -> bool:
    """Whether most stretches begin, end or have their middle at one place."""
    places = [[a + (b - a) * share for a, b in stretches] for share in (0.0, 0.5, 1.0)]
    return any(
        sum(abs(x - median(at)) <= 2.0 for x in at) >= max(2, 0.6 * len(at)) for at in places
    )


def _reach(stretches: Sequence[Stretch], columns: Sequence[Stretch]) -> int:
    """How many columns the stretches fill; 0 where one stands across a border."""
    filled = set()
    for x0, x1 in stretches:
        own = [n for n, column in enumerate(columns) if x0 < column[1] and x1 > column[0]]
        if len(own) != 1:
            return 0
        filled.add(own[0])
    return len(filled)


def _is_free(x: float, columns: Sequence[Stretch]) -> bool:
    return not any(x0 + 1 < x < x1 - 1 for x0, x1 in columns)


def _joints(ladder: list[Rule], rules: Sequence[Rule]) -> list[float]:
    """Where the level rules of a table are pieced together: each cell has painted its own."""
    rungs = {round(rung.y0) for rung in ladder}
    ends: dict[int, set[int]] = defaultdict(set)
    for rule in rules:
        if rule.x0 != rule.x1 and round(rule.y0) in rungs:
            ends[round(rule.x1)].add(round(rule.y0))
    inside = (x for x in ends if ladder[0].x0 + _SNAP < x < ladder[0].x1 - _SNAP)
    return sorted(float(x) for x in inside if len(ends[x]) >= 0.8 * len(rungs))


def _clusters(places: list[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place > kept[-1] + _SNAP:
            kept.append(place)
    return kept


def _row_above(band: Band, text: PageText, ends: Stretch, columns: list[Stretch]) -> float:
    """The top of a row that stands on the table's first rule; that rule itself without one."""
    top = pen = band.top
    for y, stretches in text.lines_from(ends, band.top, up=True):
        reach = _reach(stretches, columns)
        if y - pen > _ROW_STEP * text.size or not reach:
            break
        pen = y
        # The rest of a row that the page break has split has no label; a title is not aligned.
        if reach > 1 or (min(stretches)[0] > columns[0][1] and _stand_in(stretches, columns)):
            top = y + text.size
    return top


def _row_below(band: Band, text: PageText, ends: Stretch, columns: list[Stretch]) -> float:
    """The bottom of a row that stands below the table's last rule; that rule itself without one."""
    bottom = pen = band.bottom
    for y, stretches in text.lines_from(ends, band.bottom, up=False):
        reach = _reach(stretches, columns)
        whole = reach == len(columns) and _stand_in(stretches, columns)
        wrapped = reach and min(stretches)[0] > columns[0][1]
        if pen - y > _ROW_STEP * text.size or not (wrapped if bottom < band.bottom else whole):
            break
        bottom, pen = y - 0.5 * text.size, y
    return bottom


def _stand_in(stretches: Sequence[Stretch], columns: Sequence[Stretch]) -> bool:
    """Whether each stretch begins or ends where a column does."""
    return all(
        any(abs(s[0] - column[0]) <= 2.0 or abs(s[1] - column[1]) <= 2.0 for column in columns)
        for s in stretches
    )


def _rows_of_text(run: list[Band], columns: list[Stretch], size: float) -> list[float]:
    """Where rows begin that no rule parts: at each line that fills the first column."""
    return [
        y + 0.85 * size
        for band in run[1:]
        for y, stretches in [
            line
            for line in band.lines
            if _reach(line[1], columns) > 1 and min(line[1])[0] < columns[0][1]
        ][1:]
    ]
