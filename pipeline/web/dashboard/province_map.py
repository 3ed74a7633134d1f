"""Thailand as a map of tiles, each with how its province stands."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from pipeline.web.dashboard.svg import svg, tag, text
from pipeline.web.dashboard.tiles import COLUMNS, ROWS, TILES

TILE, GAP = 44, 4  # units
LETTERS = {"on_time": "✓", "late": "ช้า", "missing": "ขาด"}


def tile_map(status: Mapping[str, str], notes: Mapping[str, str]) -> Markup:
    """Thailand in tiles, each with its status: `on_time`, `late`, `missing`, or none expected.

    `notes` says of a province what stands on hover.
    """
    step = TILE + GAP
    tiles = [
        _tile(t.letters, t.column * step, t.row * step, status.get(t.province, "none"),
              notes.get(t.province, t.province))
        for t in TILES
    ]  # fmt: skip
    counts = {name: list(status.values()).count(name) for name in LETTERS}
    told = (
        f"ส่งทัน {counts['on_time']} จังหวัด ส่งช้า {counts['late']} จังหวัด ยังไม่ส่ง {counts['missing']}"
        " จังหวัด รายชื่ออยู่ในตารางถัดไป"
    )
    return svg("map", COLUMNS * step - GAP, ROWS * step - GAP, "แผนที่การส่งของจังหวัด", told, tiles)


def _tile(letters: str, x: float, y: float, status: str, note: str) -> Markup:
    inside = [
        tag("title", note),
        tag("rect", class_="ground", x=x, y=y, width=TILE, height=TILE, rx=6),
    ]
    if status in ("late", "missing"):
        inside.append(
            tag("rect", class_="pattern", x=x, y=y, width=TILE, height=TILE, rx=6,
                 fill=f"url(#map-{status})")
        )  # fmt: skip
    inside.append(text(letters, x + TILE / 2, y + 20, "letters middle"))
    inside.append(text(LETTERS.get(status, ""), x + TILE / 2, y + 37, "status middle"))
    return tag("g", Markup("").join(inside), class_=f"tile tile-{status}")
