"""The boxes that ruling lines form, by pdfplumber, whose y axis points down."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.readers.pdf.grids import Box
from pipeline.readers.pdf.values import Rule

_Corner = tuple[float, float]
_Edges = dict[_Corner, frozenset[tuple[float, ...]]]

# Points. Pieces of a rule this far apart are one; so are the two edges of a border this thick,
# and a corner may miss its rules by as much.
_SNAP = 3.0
_THICK = 5.0
_MAX_CORNERS = 250_000


def ruled_tables(rules: Sequence[Rule]) -> Iterator[list[list[Box | None]]]:
    """The tables that the rules form, as rows of boxes, None where merged; a lone box is none."""
    upright = sum(1 for rule in rules if rule.x0 == rule.x1)
    if upright < 2 or len(rules) - upright < 2:
        return
    from pdfplumber import table as plumber

    if _most_corners(rules) > _MAX_CORNERS:
        return
    edges = plumber.merge_edges([_edge(rule) for rule in rules], _THICK, _THICK, _SNAP, _SNAP)
    corners = plumber.edges_to_intersections(edges, _THICK, _THICK)
    for cells in plumber.cells_to_tables(list(_smallest_boxes(corners))):
        rows = [row.cells for row in plumber.Table(None, cells).rows]
        if max(map(len, rows)) > 1:
            yield rows


def _most_corners(rules: Sequence[Rule]) -> int:
    """How many corners the rules can have: level ones by the upright ones in their stretch."""
    places = sorted({round(rule.x0) for rule in rules if rule.x0 == rule.x1})
    level = {
        (round(rule.y0), round(rule.x0), round(rule.x1)) for rule in rules if rule.x0 != rule.x1
    }
    return sum(bisect_right(places, x1 + 5) - bisect_left(places, x0 - 5) for _, x0, x1 in level)


def _edge(rule: Rule) -> dict[str, Any]:
    return {
        "x0": rule.x0,
        "x1": rule.x1,
        "top": -rule.y1,
        "bottom": -rule.y0,
        "width": rule.x1 - rule.x0,
        "height": rule.y1 - rule.y0,
        "orientation": "v" if rule.x0 == rule.x1 else "h",
    }


def _smallest_boxes(corners: dict[_Corner, dict[str, list[Any]]]) -> Iterator[Box]:
    """The smallest box right below each corner whose four sides are ruled throughout.

    As pdfplumber's `intersections_to_cells`, which takes 30 s for 20,000 corners: rules are
    merged, so that the walk along one ends where the rule does.
    """
    down: dict[float, list[float]] = defaultdict(list)
    right: dict[float, list[float]] = defaultdict(list)
    for x, y in sorted(corners):
        down[x].append(y)
        right[y].append(x)
    uprights = {corner: _ids(edges["v"]) for corner, edges in corners.items()}
    levels = {corner: _ids(edges["h"]) for corner, edges in corners.items()}
    for x, y in sorted(corners):
        box = _box_below(x, y, down, right, uprights, levels)
        if box is not None:
            yield box


def _ids(edges: list[dict[str, Any]]) -> frozenset[tuple[float, ...]]:
    return frozenset((e["x0"], e["top"], e["x1"], e["bottom"]) for e in edges)


def _box_below(
    x: float,
    y: float,
    down: dict[float, list[float]],
    right: dict[float, list[float]],
    uprights: _Edges,
    levels: _Edges,
) -> Box | None:
    for low in down[x][bisect_left(down[x], y) + 1 :]:
        if not uprights[x, y] & uprights[x, low]:
            return None
        for far in right[y][bisect_left(right[y], x) + 1 :]:
            if not levels[x, y] & levels[far, y]:
                break
            if (
                (far, low) in uprights
                and uprights[far, y] & uprights[far, low]
                and levels[x, low] & levels[far, low]
            ):
                return (x, y, far, low)
    return None
