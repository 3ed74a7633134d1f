"""The texts that the sample files are made from, and what a reader should get out of each layout.

A set is a JSON file beside this module: `dev.json` was open during development, `unseen.json` was
written apart and looked at only when everything else was done.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LAYOUTS = ("flow", "justified", "columns", "form", "labels", "budget")
PAGE_CHARACTERS = 900  # of running text: fits one A4 page in every size used here

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `ruled` ones have lines, the others are lines of `label : value`."""

    rows: Rows
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Measures:
    """How a set is set: points, centimetres, and the page number beside (or above) the footer."""

    size: float
    leading: float
    margins: tuple[float, float]  # vertical, horizontal
    gap: float
    page: str


@dataclass(frozen=True, slots=True)
class TextSet:
    """One set of texts: `contents` as the JSON file has them, `digest` of the file."""

    name: str
    measures: Measures
    contents: dict[str, Any]
    digest: str

    @property
    def running(self) -> tuple[str, str]:
        """The header and the footer that stand on every page of `flow`."""
        return self.contents["header"], self.contents["footer"]

    def blocks(self, layout: str) -> tuple[str | Grid, ...]:
        """Paragraphs and tables in order. `page-N` is the N-th piece of one page, for scans."""
        texts = self.contents
        if layout == "flow":
            return tuple(texts["flow"])
        if layout == "justified":
            return tuple(texts["minutes"])
        if layout == "columns":
            return tuple(texts["columns"])
        if layout == "form":
            return texts["form_title"], _grid(texts["form"])
        if layout == "labels":
            return texts["labels_title"], _grid(texts["labels"], ruled=False)
        if layout == "budget":
            return texts["budget_title"], _grid(texts["budget"])
        if layout == "page-form":
            return texts["form_title"], _grid(texts["form"][:9])
        if layout == "page-columns":
            return tuple(_fitting(texts["columns"])[0])
        return tuple(_fitting(texts["flow"] + texts["minutes"])[int(layout.split("-")[1])])

    def reference(self, layout: str, *, cells: str = "\n", rows: str = "\n") -> str:
        """The text of a layout without running lines, what stands between cells and rows given."""
        return "\n".join(_plain(block, cells, rows) for block in self.blocks(layout))


MEASURES = {
    "dev": Measures(size=16, leading=1.5, margins=(2.5, 2.5), gap=1.0, page="หน้า {}"),
    "unseen": Measures(size=13.5, leading=1.25, margins=(1.9, 3.1), gap=0.7, page="- {} -"),
}


def load(path: Path) -> TextSet:
    """Read a set; its name is the file's."""
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()[:8]
    return TextSet(path.stem, MEASURES[path.stem], json.loads(data), digest)


def _grid(rows: list[list[str]], *, ruled: bool = True) -> Grid:
    return Grid(tuple(tuple(row) for row in rows), ruled)


def _plain(block: str | Grid, cells: str, rows: str) -> str:
    if isinstance(block, str):
        return block
    between = cells if block.ruled else " : "
    return rows.join(between.join(cell for cell in row if cell) for row in block.rows)


def _fitting(paragraphs: list[str]) -> list[list[str]]:
    """Paragraphs in portions of one page."""
    portions: list[list[str]] = [[]]
    for paragraph in paragraphs:
        if portions[-1] and sum(map(len, [*portions[-1], paragraph])) > PAGE_CHARACTERS:
            portions.append([])
        portions[-1].append(paragraph)
    return portions
