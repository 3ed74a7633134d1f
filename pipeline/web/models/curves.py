"""The coverage curve of a model as SVG: how right the surest texts are, by how many pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 14, 52
ROWS = 11  # of the table beside the chart


def coverage_chart(curve: Sequence[Mapping[str, float]], passed: Mapping[str, Any]) -> Markup:
    """The chart; `curve` and `passed` are `curve` and `without_review` of a card's scores."""
    if not curve:
        return Markup("")
    low = _floor(curve, passed)
    points = " ".join(
        f"{_x(point['coverage']):.1f},{_y(point['accuracy'], low):.1f}" for point in curve
    )
    return Markup(
        '<svg class="curve" viewBox="0 0 {} {}" role="img" aria-labelledby="curve-title">'
        '<title id="curve-title">{}</title>{}<polyline class="curve-line" points="{}"/>{}</svg>'
    ).format(WIDTH, HEIGHT, _title(passed), _grid(low), points, _point(passed, low))


def coverage_rows(curve: Sequence[Mapping[str, float]]) -> list[Mapping[str, float]]:
    """Some of the points, evenly spread, for the table that says the same."""
    if len(curve) <= ROWS:
        return list(curve)
    return [curve[round(k * (len(curve) - 1) / (ROWS - 1))] for k in range(ROWS)]


def _floor(curve: Sequence[Mapping[str, float]], passed: Mapping[str, Any]) -> float:
    """Where the axis begins: a tenth below which nothing lies."""
    least = min(point["accuracy"] for point in curve)
    least = min(least, passed.get("accuracy") or 1.0)
    return min(0.9, int(least * 10) / 10)


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(accuracy: float, low: float) -> float:
    return TOP + (1 - accuracy) / (1 - low) * (HEIGHT - TOP - BOTTOM)


def _grid(low: float) -> Markup:
    lines = []
    for k in range(6):
        share, accuracy = k / 5, low + k * (1 - low) / 5
        lines.append(
            Markup(
                '<line class="curve-grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>'
                '<text class="curve-text" text-anchor="end" x="{}" y="{:.1f}">{}</text>'
                '<text class="curve-text" text-anchor="middle" x="{:.1f}" y="{}">{}</text>'
            ).format(
                LEFT, WIDTH - RIGHT, _y(accuracy, low), _y(accuracy, low),
                LEFT - 8, _y(accuracy, low) + 4, f"{accuracy:.0%}",
                _x(share), HEIGHT - BOTTOM + 20, f"{share:.0%}",
            )
        )  # fmt: skip
    name = Markup('<text class="curve-text" text-anchor="middle" x="{}" y="{}">{}</text>').format(
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "ส่วนที่ผ่านโดยไม่ต้องตรวจ · share not reviewed"
    )
    return Markup("").join(lines) + name


def _point(passed: Mapping[str, Any], low: float) -> Markup:
    if passed.get("accuracy") is None:
        return Markup("")
    return Markup('<circle class="curve-point" cx="{:.1f}" cy="{:.1f}" r="6"/>').format(
        _x(passed["coverage"]), _y(passed["accuracy"], low)
    )


def _title(passed: Mapping[str, Any]) -> str:
    if passed.get("accuracy") is None:
        return "ความถูกต้องตามส่วนที่ผ่านโดยไม่ต้องตรวจ ไม่มีฉบับใดผ่านเกณฑ์ · nothing passes unreviewed"
    return (
        f"ที่เกณฑ์ที่ใช้ {passed['coverage']:.0%} ผ่านโดยไม่ต้องตรวจ ถูกทั้งสองแกน {passed['accuracy']:.1%} · "
        f"at the threshold in use {passed['coverage']:.0%} pass, {passed['accuracy']:.1%} are right"
    )
