"""Which ruling lines belong to a table that stands inside another table's cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from pipeline.readers.pdf.values import Rule

Bounds = tuple[float, float, float, float]

# Points. Rules of one table touch; a table keeps at least this from the border of its cell.
_TOUCH = 1.2
_INSET = 1.5
_APART = 3.0
_MAX_INNER = 50


def nests_of(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules of the page, then those of each table inside a cell, outer before inner."""
    inner = _inner_bounds(rules)
    if not inner:
        return [list(rules)]
    groups: dict[int, list[Rule]] = {number: [] for number in range(-1, len(inner))}
    for rule in rules:
        at = (rule.x0, rule.y0, rule.x1, rule.y1)
        holding = (n for n, bounds in enumerate(inner) if contains(bounds, at, by=-_TOUCH))
        groups[max(holding, default=-1)].append(rule)  # the smallest comes last
    return list(groups.values())


def contains(outer: Bounds, inner: Bounds, *, by: float = 0.0) -> bool:
    """Whether `inner` lies in `outer`, at least `by` points from each side."""
    return (
        outer[0] + by <= inner[0]
        and outer[1] + by <= inner[1]
        and inner[2] <= outer[2] - by
        and inner[3] <= outer[3] - by
    )


def _inner_bounds(rules: Sequence[Rule]) -> list[Bounds]:
    """The bounds of the tables that lie in a cell of another, from the largest to the smallest."""
    tables = [(_bounds(group), group) for group in _touching(rules) if _is_table(group)]
    found = [
        bounds
        for bounds, _ in tables
        if any(
            contains(other, bounds, by=_INSET) and not _cut(bounds, group)
            for other, group in tables
        )
    ]
    return sorted(found, key=lambda b: (b[2] - b[0]) * (b[3] - b[1]), reverse=True)[:_MAX_INNER]


def _cut(bounds: Bounds, rules: Sequence[Rule]) -> bool:
    """Whether one of `rules` runs through `bounds`."""
    x0, y0, x1, y1 = bounds
    return any(r.x0 < x1 and r.x1 > x0 and r.y0 < y1 and r.y1 > y0 for r in rules)


def _bounds(rules: Sequence[Rule]) -> Bounds:
    return (
        min(rule.x0 for rule in rules),
        min(rule.y0 for rule in rules),
        max(rule.x1 for rule in rules),
        max(rule.y1 for rule in rules),
    )


def _is_table(rules: Sequence[Rule]) -> bool:
    """Whether the rules make more than one cell."""
    across = _distinct([rule.x0 for rule in rules if rule.x0 == rule.x1])
    down = _distinct([rule.y0 for rule in rules if rule.x0 != rule.x1])
    return across >= 2 and down >= 2 and across + down >= 5


def _distinct(places: list[float]) -> int:
    count, last = 0, float("-inf")
    for place in sorted(places):
        if place > last + _APART:
            count, last = count + 1, place
    return count


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules in groups that hang together: corners, crossings, and ends that meet."""
    leader = list(range(len(rules)))

    def find(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    uprights = sorted((r.x0, n) for n, r in enumerate(rules) if r.x0 == r.x1)
    places = [x for x, _ in uprights]
    for number, rule in enumerate(rules):
        low = bisect_left(places, rule.x0 - _TOUCH)
        for _, other in uprights[low : bisect_right(places, rule.x1 + _TOUCH)]:
            upright = rules[other]
            if upright.y0 - _TOUCH <= rule.y1 and rule.y0 <= upright.y1 + _TOUCH:
                leader[find(number)] = find(other)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for number, rule in enumerate(rules):
        groups[find(number)].append(rule)
    return list(groups.values())
