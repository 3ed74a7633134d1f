"""The ruling lines among a page's painted paths."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pipeline.readers.pdf.values import Rule

# Points. A filled bar this thin is a line. Chromium paints each dash of a border as a bar.
_THIN = 3.0
_DASH, _GAP, _OFF = 6.0, 3.0, 0.5

Point = tuple[float, float]


def rules_of(path: Sequence[Any], ctm: Any, *, stroke: bool) -> list[Rule]:
    """The upright straight lines of a path; a thin filled bar is one line along its middle."""
    rules: list[Rule] = []
    for points in _subpaths(path, ctm):
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        if x1 - x0 <= _THIN or y1 - y0 <= _THIN:
            rules.append(_bar(x0, y0, x1, y1))
        elif stroke or _is_box(points):
            pairs = pairwise(points)
            rules.extend(Rule(*_ordered(p, q)) for p, q in pairs if p[0] == q[0] or p[1] == q[1])
    return rules


def add_rules(rules: list[Rule], more: list[Rule]) -> None:
    """Append `more` to `rules`; the dashes of a dashed line become that line."""
    for rule in more:
        joined = _joined(rules[-1], rule) if rules and _length(rule) < _DASH else None
        if joined is None:
            rules.append(rule)
        else:
            rules[-1] = joined


def _length(rule: Rule) -> float:
    return rule.x1 - rule.x0 + rule.y1 - rule.y0


def _joined(line: Rule, dash: Rule) -> Rule | None:
    """`line` with the `dash` that goes on from it, in either direction; None if it does not."""
    level = abs(line.y0 - dash.y0) <= _OFF and line.y1 - line.y0 <= 2 * _OFF
    if level and abs(line.y1 - dash.y1) <= 2 * _OFF and _near(line.x1, dash.x0):
        return Rule(line.x0, line.y0, dash.x1, line.y0)
    if abs(line.x0 - dash.x0) > _OFF or max(abs(line.x1 - dash.x1), line.x1 - line.x0) > 2 * _OFF:
        return None
    if _near(dash.y1, line.y0):
        return Rule(line.x0, dash.y0, line.x0, line.y1)
    return Rule(line.x0, line.y0, line.x0, dash.y1) if _near(line.y1, dash.y0) else None


def _near(end: float, start: float) -> bool:
    return -2 * _OFF <= start - end <= _GAP


def _bar(x0: float, y0: float, x1: float, y1: float) -> Rule:
    if x1 - x0 >= y1 - y0:
        middle = (y0 + y1) / 2
        return Rule(x0, middle, x1, middle)
    middle = (x0 + x1) / 2
    return Rule(middle, y0, middle, y1)


def _ordered(p: Point, q: Point) -> tuple[float, float, float, float]:
    return min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1])


def _is_box(points: list[Point]) -> bool:
    return len(points) in (4, 5) and all(p[0] == q[0] or p[1] == q[1] for p, q in pairwise(points))


def _subpaths(path: Sequence[Any], ctm: Any) -> list[list[Point]]:
    a, b, c, d, e, f = ctm
    found: list[list[Point]] = []
    for segment in path:
        if segment[0] == "m":
            found.append([])
        if not found:
            continue
        if segment[0] == "h":
            found[-1].extend(found[-1][:1])  # nothing to close behind a curve
        elif segment[0] in "ml":
            x, y = segment[1], segment[2]
            found[-1].append((round(a * x + c * y + e, 2), round(b * x + d * y + f, 2)))
        else:
            found[-1] = []  # a curve: no box, no rule
    return [points for points in found if len(points) > 1]
