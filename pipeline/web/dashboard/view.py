"""What the dashboard shows of its figures: the grid of labels, and words for how things stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from corpora import Taxonomy
from pipeline.store.standings import RoundStatus
from pipeline.web.dashboard.charts import Part
from pipeline.web.dashboard.statistics import Overview
from pipeline.web.frame.dates import thai_date

SHADES = 5
STATUS_NAMES = {
    "on_time": ("ส่งทันกำหนด", "on time", "good"),
    "late": ("ส่งช้า", "late", "warn"),
    "missing": ("ยังไม่ส่ง", "missing", "bad"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of documents; `shade` is 0 for none to `SHADES`, `query` filters them in review."""

    count: int
    shade: int
    query: str


@dataclass(frozen=True, slots=True)
class Row:
    """An agenda with a cell for each mode, and one for all of them."""

    name: str
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class Grid:
    """Agendas by modes; `total` has a cell for each mode, `all` counts everything."""

    modes: tuple[str, ...]
    rows: tuple[Row, ...]
    total: tuple[Cell, ...]
    all: int


def agenda_grid(taxonomy: Taxonomy, spread: Mapping[tuple[str, str], int]) -> Grid:
    """The labels of the taxonomy in its order, then those that only older documents have."""
    agendas = _names({a.code: a.short_th for a in taxonomy.agendas}, {a for a, _ in spread})
    modes = _names({m.code: m.short_th for m in taxonomy.modes}, {m for _, m in spread})
    highest = max(spread.values(), default=0)
    rows = tuple(
        Row(
            name,
            tuple(_cell(spread.get((agenda, mode), 0), highest, agenda, mode) for mode in modes),
            _cell(sum(spread.get((agenda, mode), 0) for mode in modes), 0, agenda, ""),
        )
        for agenda, name in agendas.items()
    )
    total = tuple(
        _cell(sum(spread.get((a, mode), 0) for a in agendas), 0, "", mode) for mode in modes
    )
    return Grid(tuple(modes.values()), rows, total, sum(spread.values()))


def coverage_parts(overview: Overview) -> list[Part]:
    """How far the documents are, as parts of a whole."""
    return [
        Part("คนตัดสินแล้ว", "reviewed", overview.reviewed),
        Part("โมเดลมั่นใจ", "sure", overview.sure),
        Part("รอคนตรวจ", "open", overview.open),
        Part("ไม่มีป้าย", "untagged", overview.untagged),
    ]


def notes_of(status: RoundStatus) -> dict[str, str]:
    """A sentence on each province of a round, the expected and the others."""
    notes = {}
    for one in (*status.provinces, *status.others):
        words = STATUS_NAMES[one.status][0]
        if one.submissions:
            words += f" {thai_date(one.submissions[0].received_at)}"
        if len(one.submissions) > 1:
            words += f" รวม {len(one.submissions)} ฉบับ"
        notes[one.province] = f"{one.province}: {words}"
    return notes


def _names(known: Mapping[str, str], used: set[str]) -> dict[str, str]:
    return {**known, **{code: code for code in sorted(used - set(known))}}


def _cell(count: int, highest: int, agenda: str, mode: str) -> Cell:
    shade = -(-SHADES * count // highest) if highest else 0
    filters = {"status": "all", "agenda": agenda, "mode": mode}
    return Cell(count, shade, urlencode({name: value for name, value in filters.items() if value}))
