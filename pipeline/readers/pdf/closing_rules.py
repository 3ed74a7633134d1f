"""The outer borders that a table does not paint: at a page break, or by design."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.readers.pdf.values import Rule

# Points.
_SNAP = 3.0
_SAME_ENDS = 4.0
# The height of the lowest row.
_SHORTEST = 8.0


def closing_rules(rules: Sequence[Rule]) -> list[Rule]:
    """The missing sides of tables: cut open by a page break, or left open by their design."""
    found = list(_open_ends(rules))
    found += _missing_ends([*rules, *found])
    return [*found, *_missing_sides([*rules, *found])]


def _missing_ends(rules: Sequence[Rule]) -> Iterator[Rule]:
    """Level rules between neighbouring upright ones that end at one height without a rule."""
    level = [rule for rule in rules if rule.x0 != rule.x1]
    runs = _uprights(rules)
    for ends in ([(run.y0, run) for run in runs], [(run.y1, run) for run in runs]):
        for group in _at_one_height(ends):
            y = group[0][0]
            free = sorted(run for _, run in group)
            if len(free) < (2 if level else 3):
                continue
            for left, right in pairwise(free):
                linked = not level or any(_links(rule, left, right) for rule in level)
                if linked and not _has_rule(level, y, left.x0 + _SNAP, right.x0 - _SNAP):
                    yield Rule(left.x0, y, right.x0, y)


def _open_ends(rules: Sequence[Rule]) -> Iterator[Rule]:
    """The top and bottom of a table of which only the borders between cells are painted."""
    uprights = _uprights(rules)
    level = [rule for rule in rules if rule.x0 != rule.x1]
    for ladder in ladders_of(rules, least=1):
        x0, x1 = ladder[0].x0, ladder[0].x1
        inner = [u for u in uprights if x0 + _SNAP < u.x0 < x1 - _SNAP]
        crossing = [[u for u in inner if u.y0 < r.y0 < u.y1] for r in (ladder[0], ladder[-1])]
        tops, bottoms = [u.y1 for u in crossing[0]], [u.y0 for u in crossing[1]]
        for y in (max(tops, default=ladder[0].y0), min(bottoms, default=ladder[-1].y0)):
            if not _has_rule(level, y, x0, x1) and min(abs(y - r.y0) for r in ladder) > _SHORTEST:
                yield Rule(x0, y, x1, y)


def _at_one_height(ends: list[tuple[float, Rule]]) -> Iterator[list[tuple[float, Rule]]]:
    group: list[tuple[float, Rule]] = []
    for end in sorted(ends):
        if group and end[0] > group[0][0] + _SNAP:
            yield group
            group = []
        group.append(end)
    if group:
        yield group


def _has_rule(level: Sequence[Rule], y: float, x0: float, x1: float) -> bool:
    return any(abs(r.y0 - y) <= _SNAP and r.x0 < x1 and r.x1 > x0 for r in level)


def _links(rule: Rule, left: Rule, right: Rule) -> bool:
    """Whether a level rule runs from one upright run to the other."""
    meets = max(left.y0, right.y0) - _SNAP <= rule.y0 <= min(left.y1, right.y1) + _SNAP
    return meets and rule.x0 <= left.x0 + _SNAP and rule.x1 >= right.x0 - _SNAP


def _uprights(rules: Sequence[Rule]) -> list[Rule]:
    """The upright rules, pieces one above the other joined."""
    runs: list[Rule] = []
    for rule in sorted((r for r in rules if r.x0 == r.x1), key=lambda r: (round(r.x0), r.y0)):
        last = runs[-1] if runs else None
        if last and abs(last.x0 - rule.x0) <= 1.5 and rule.y0 <= last.y1 + _SNAP:
            runs[-1] = last._replace(y1=max(last.y1, rule.y1))
        else:
            runs.append(rule)
    return runs


def _missing_sides(rules: Sequence[Rule]) -> Iterator[Rule]:
    """Upright rules at the open ends of rows that inner borders part into cells."""
    uprights = _uprights(rules)
    for ladder in ladders_of(rules, least=2):
        x0, x1 = ladder[0].x0, ladder[0].x1
        own = [u for u in uprights if x0 - _SNAP <= u.x0 <= x1 + _SNAP]
        for above, below in pairwise(ladder):
            parting = [u.x0 for u in own if u.y0 <= below.y0 + _SNAP and u.y1 >= above.y0 - _SNAP]
            if any(x0 + _SNAP < x < x1 - _SNAP for x in parting):
                for side in (x0, x1):
                    if not any(abs(x - side) <= _SAME_ENDS for x in parting):
                        yield Rule(side, below.y0, side, above.y0)


def ladders_of(rules: Sequence[Rule], *, least: int = 3) -> Iterator[list[Rule]]:
    """Level rules of one width one below the other, from the top: `least` of them or more."""
    ladders: list[list[Rule]] = []
    by_ends: dict[tuple[int, int], list[Rule]] = {}
    for rung in _rungs(rules):
        left, right = round(rung.x0 / _SAME_ENDS), round(rung.x1 / _SAME_ENDS)
        keys = [(left + a, right + b) for a in (0, -1, 1) for b in (0, -1, 1)]
        ladder = next((by_ends[key] for key in keys if key in by_ends), None)
        if ladder is None:
            ladder = by_ends[left, right] = []
            ladders.append(ladder)
        if not ladder or ladder[-1].y0 - rung.y0 > _SNAP:  # no double rule
            ladder.append(rung)
    return (ladder for ladder in ladders if len(ladder) >= least)


def _rungs(rules: Sequence[Rule]) -> list[Rule]:
    """The level rules from the top, pieces that meet joined."""
    rungs: list[Rule] = []
    for rule in sorted((r for r in rules if r.x0 != r.x1), key=lambda r: (-round(r.y0), r.x0)):
        last = rungs[-1] if rungs else None
        if last and abs(last.y0 - rule.y0) <= 1.5 and rule.x0 <= last.x1 + _SNAP:
            rungs[-1] = last._replace(x1=max(last.x1, rule.x1), x0=min(last.x0, rule.x0))
        else:
            rungs.append(rule)
    return rungs
