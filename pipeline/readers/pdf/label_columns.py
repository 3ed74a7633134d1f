"""Forms without rules whose labels and values stand in two columns, as boxes of a table.

Most such forms are lines of `label TAB value`, which need no boxes. Where a label goes on below
itself, or comes so near to its value that only a space parts them, the columns tell what
belongs together:

    ชื่อและตำแหน่งของ     : นายสมคิด ทองใบ
    ผู้รับผิดชอบ             ประธานกลุ่ม
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.readers.labels import answers
from pipeline.readers.pdf.label_levels import (
    SNAP,
    TAB,
    Level,
    Levels,
    by_baseline,
    levels_of,
    runs_of,
)
from pipeline.readers.pdf.lines import Line
from pipeline.readers.pdf.paragraphs import first_word
from pipeline.readers.pdf.values import Glyph
from pipeline.readers.separators import COLONS

Box = tuple[float, float, float, float]
Boxes = list[list[Box]]

# Points.
_PADDING = 5.0
# Ems that a full line leaves free.
_ENDS = 2.0
_LEAST_ROWS = 3
_LEAST_BEGUN = 2
# Letters of a label by which it is judged: beside a gap, longer lines are prose.
_LONGEST = 40
# Lines outside tables: a drawing with labels has more.
_MOST_LINES = 300

_Row = list[Level]


def label_columns(lines: Sequence[Line], glyphs: Sequence[Glyph]) -> Boxes:
    """A form among the lines outside tables: by row from the top the label's and the value's box.

    A box is (x0, y0, x1, y1) in points, origin bottom left. Empty where there is no form, or none
    that needs boxes to be read.
    """
    levels = levels_of(lines)
    begins = _beginnings(levels)
    right = max((line.x1 for line in lines), default=0.0)
    for x, count in begins.most_common(2):
        if count >= _LEAST_BEGUN and len(levels) <= _MOST_LINES:
            own = by_baseline(glyphs)
            for run in runs_of(levels, x, own):
                rows = _filled(list(_rows(run, x, right)))
                if _needs_boxes(rows, x) and _is_form(rows, x) and not _is_prose(rows, right):
                    return _boxes(rows, x)
    return []


def _beginnings(levels: Levels) -> Counter[float]:
    """Where lines begin that have another on their left, with how many do."""
    places: Counter[float] = Counter()
    for level in levels.values():
        left = min(line.x0 for _, line in level)
        places.update(round(line.x0, 1) for _, line in level if line.x0 > left + TAB * line.size)
    near = {
        x: sum(n for other, n in places.items() if abs(other - x) <= SNAP)
        for x, _ in places.most_common(8)
    }
    return Counter(near)


def _rows(run: _Row, x: float, right: float) -> Iterator[_Row]:
    """The levels of each label and its value; `right` is where the page's lines end."""
    marked = sum(map(_has_colon, run)) >= _LEAST_ROWS
    row = run[:1]
    for level in run[1:]:
        rest = not _has_colon(level) if marked and level.value else _goes_on(row, level, x, right)
        if level.label is None or rest:
            row.append(level)
        else:
            yield row
            row = [level]
    yield row


def _filled(rows: list[_Row]) -> list[_Row]:
    """The rows up to the last that has a value."""
    last = max((n for n, row in enumerate(rows) if any(level.value for level in row)), default=-1)
    return rows[: last + 1]


def _has_colon(level: Level) -> bool:
    return level.value is not None and level.value.text.lstrip().startswith(tuple(COLONS))


def _goes_on(row: _Row, level: Level, x: float, right: float) -> bool:
    """Whether a label goes on: it was painted before its value, or the line above is full.

    In the second case nothing may stand beside it, nor a value above that it may be the rest of.
    """
    before = row[-1]
    if before.label is None or level.label is None:
        return False
    if level.labelled < row[0].valued:
        return True
    free = before.value is None or before.value.x1 < right - _ENDS * before.value.size
    return level.value is None and free and _is_full(before.label, level.label, x - _PADDING)


def _is_full(above: Line, below: Line, right: float) -> bool:
    return above.x1 + first_word(below) + 0.1 * above.size > right


def _needs_boxes(rows: Sequence[_Row], x: float) -> bool:
    """Whether a label or a value takes several lines, or some labels come near their values."""
    gaps = [_is_wide(row[0], x) for row in rows if row[0].label and row[0].value]
    near = not all(gaps) and not any(_has_colon(row[0]) for row in rows)
    return near or any(len(row) > 1 for row in rows)


def _is_wide(level: Level, x: float) -> bool:
    return level.label is not None and x - level.label.x1 >= TAB * level.label.size


def _is_form(rows: Sequence[_Row], x: float) -> bool:
    """Whether most rows are a label and a value, as those of forms are; not columns of prose."""
    apart = [
        _has_colon(row[0]) or _is_wide(row[0], x) or sum(bool(level.label) for level in row) > 1
        for row in rows
    ]
    found = [answers(f"{_text(row, 0)[:_LONGEST]}\t{_text(row, 1)}", 0) for row in rows]
    pairs = [own[0] for own in found if len(own) == 1 and own[0].value]
    numbers = sum(pair.value.isdigit() for pair in pairs)
    return (
        len(pairs) >= max(_LEAST_ROWS, 0.8 * len(rows))
        and 2 * sum(apart) >= len(rows)
        and numbers < 0.7 * len(pairs)
    )


def _is_prose(rows: Sequence[_Row], right: float) -> bool:
    """Whether these are columns of prose, or lines that go on at the left margin.

    The columns of a page are painted one after the other, the rows of a form one by one.
    """
    by_row = [a[-1].valued < b[0].labelled for a, b in pairwise(rows) if a[-1].value]
    back = any(
        b[0].value is None and a[-1].value and _is_full(a[-1].value, b[0].line, right)
        for a, b in pairwise(rows)
    )
    return back or sum(by_row) < 0.8 * len(by_row)


def _text(row: _Row, side: int) -> str:
    lines = ((level.label, level.value)[side] for level in row)
    return " ".join(line.text for line in lines if line)


def _boxes(rows: Sequence[_Row], x: float) -> Boxes:
    lines = [line for row in rows for level in row for line in (level.label, level.value) if line]
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    tops = [row[0].line.y + row[0].line.size for row in rows]
    last = rows[-1][-1].line
    bottoms = [*tops[1:], last.y - 0.5 * last.size]
    return [
        [(left - _PADDING, low, x - _PADDING, high), (x - _PADDING, low, right + _PADDING, high)]
        for high, low in zip(tops, bottoms, strict=True)
    ]
