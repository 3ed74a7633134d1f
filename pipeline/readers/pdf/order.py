"""Lines in the order in which a person reads them.

The order of painting is trusted, because it follows the text in columns and cells, until the
page itself contradicts it: columns painted row by row, lines painted from the bottom upwards, a
footer painted first, a table painted column by column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from pipeline.readers.pdf.lines import Line
from pipeline.readers.pdf.paragraphs import Cells

# Changes from column to column: fewer are a heading beside a date, a signature beside another.
_MIN_SWITCHES = 5
_GUTTERS_TRIED = 3
# Shares of a column's width and letters that make its lines prose, not the cells of a table.
_FULL = 0.8
_PROSE = 0.6
_PROSE_LETTERS = 10
# Blocks beyond which order is not looked into: a drawing with labels.
_MAX_BLOCKS = 800
_STRIPS = 24

# Ems between a footer and the text.
_APART = 2.0

Row = list[Line]
Box = tuple[float, float, float, float]


def reading_order(lines: list[Line], cells: Cells) -> list[Line]:
    """The lines of a page, moved only where the order of painting cannot be that of reading."""
    lines = _table_rows_in_order(lines, cells)
    lines = _columns_apart(lines)
    blocks = list(_blocks(lines))
    if len(blocks) > 1 and _is_inverted(blocks):
        blocks = _downwards(blocks)
    return [line for block in blocks for line in block]


def _table_rows_in_order(lines: list[Line], cells: Cells) -> list[Line]:
    """Stretches of lines in cells, sorted by row where a table was painted column by column."""
    ordered: list[Line] = []
    for in_table, group in groupby(lines, key=lambda line: line.cell is not None):
        run = list(group)
        if in_table:
            rows = [cells.rows.get(line.cell or 0, 0) for line in run]
            if any(b < a for a, b in pairwise(rows)):
                right = [cells.rights.get(line.cell or 0, 0.0) for line in run]
                places = sorted(range(len(run)), key=lambda i: (rows[i], right[i]))
                run = [replace(run[i], follows=False) for i in places]
        ordered += run
    return ordered


def _columns_apart(lines: list[Line]) -> list[Line]:
    """Columns of prose that were painted row by row, one after the other."""
    for gutter in _gutters(lines):
        ordered: list[Line] = []
        changed = False
        for crosses, group in groupby(lines, key=lambda line: _crosses(line, gutter)):
            run = list(group)
            if not crosses and _is_interleaved(run, gutter):
                left = [replace(line, follows=False) for line in run if line.x1 <= gutter]
                right = [replace(line, follows=False) for line in run if line.x1 > gutter]
                run, changed = _columns_apart(left) + _columns_apart(right), True
            ordered += run
        if changed:
            return ordered
    return lines


def _gutters(lines: list[Line]) -> list[float]:
    """Where lines beside each other leave a gap, the most frequent first, in points."""
    gaps: Counter[int] = Counter()
    for a, b in pairwise(lines):
        if a.cell is None and b.cell is None and (a.x1 < b.x0 or b.x1 < a.x0):
            gaps[round((min(a.x1, b.x1) + max(a.x0, b.x0)) / 20)] += 1
    usual = gaps.most_common(_GUTTERS_TRIED)
    return [10.0 * place for place, count in usual if count > 1]


def _crosses(line: Line, gutter: float) -> bool:
    return line.cell is not None or line.x0 < gutter < line.x1


def _is_interleaved(run: list[Line], gutter: float) -> bool:
    sides = [line.x1 > gutter for line in run]
    switches = [place for place, (a, b) in enumerate(pairwise(sides)) if a != b]
    # The longer column goes on alone.
    if len(switches) < max(_MIN_SWITCHES, 0.5 * (switches[-1] - switches[0] if switches else 0)):
        return False
    left = [line for line, is_right in zip(run, sides, strict=True) if not is_right]
    right = [line for line, is_right in zip(run, sides, strict=True) if is_right]
    return _is_prose(left) and _is_prose(right) and not _are_answers(right)


def _are_answers(column: list[Line]) -> bool:
    """Whether a column holds what stands beside labels: ': ๔๒ คน'."""
    return 2 * sum(line.text.lstrip().startswith((":", "：")) for line in column) >= len(column)


def _is_prose(column: list[Line]) -> bool:
    """Whether most lines are as wide as the column: labels and amounts are not."""
    left, right = min(line.x0 for line in column), max(line.x1 for line in column)
    full = sum(line.x1 - line.x0 >= _FULL * (right - left) for line in column)
    letters = median(len(line.text) for line in column)
    return full >= _PROSE * len(column) and letters >= _PROSE_LETTERS


def _blocks(lines: list[Line]) -> Iterator[Row]:
    """Lines that stay together: a row of stretches, the lines of a table, all else one by one."""
    block: Row = []
    for line in lines:
        together = block and (
            line.follows or (line.cell is not None and block[-1].cell is not None)
        )
        if block and not together:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_inverted(blocks: list[Row]) -> bool:
    """Whether some block was painted after one that stands below it."""
    left = min(line.x0 for block in blocks for line in block)
    right = max(line.x1 for block in blocks for line in block)
    width = (right - left) / _STRIPS or 1.0
    lowest = [float("inf")] * (_STRIPS + 1)
    for block in blocks:
        x0, x1 = min(line.x0 for line in block), max(line.x1 for line in block)
        strips = slice(int((x0 - left + 1) / width), int((x1 - left - 1) / width) + 1)
        top, bottom = block[0].y, min(line.y for line in block)
        if min(lowest[strips], default=top) < top - 0.5 * block[0].size:
            return True
        lowest[strips] = [min(bottom, low) for low in lowest[strips]]
    return False


def _downwards(blocks: list[Row]) -> list[Row]:
    """Blocks so that none comes after one that stands below it; else in the order of painting."""
    if len(blocks) > _MAX_BLOCKS:
        return blocks
    boxes = [_box(block) for block in blocks]
    above: list[set[int]] = [
        {i for i, box in enumerate(boxes) if i != n and _stands_above(box, own)}
        for n, own in enumerate(boxes)
    ]
    for n in _footers(blocks, boxes):
        above[n] = set(range(len(blocks))) - {n}
    waiting = list(range(len(blocks)))
    ordered: list[Row] = []
    while waiting:
        free = next((n for n in waiting if not above[n].intersection(waiting)), waiting[0])
        waiting.remove(free)
        ordered.append(blocks[free])
    return ordered


def _box(block: Row) -> Box:
    return (
        min(line.x0 for line in block),
        min(line.y for line in block),
        max(line.x1 for line in block),
        max(line.y for line in block),
    )


def _footers(blocks: list[Row], boxes: list[Box]) -> Iterator[int]:
    """The lowest block, where it stands apart: it may be beside the short last line above it."""
    lowest = min(range(len(boxes)), key=lambda n: boxes[n][3])
    rest = min(box[1] for n, box in enumerate(boxes) if n != lowest)
    if rest - boxes[lowest][3] > _APART * blocks[lowest][0].size:
        yield lowest


def _stands_above(box: Box, other: Box) -> bool:
    return box[1] > other[3] + 1.0 and box[0] < other[2] - 1.0 and box[2] > other[0] + 1.0
