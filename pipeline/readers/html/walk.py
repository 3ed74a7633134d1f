"""An lxml tree to lines and tables, without recursion: a tree may be as deep as it likes."""

from __future__ import annotations

from typing import Any

from pipeline.documents import Table

# fmt: off
_DROPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "head", "iframe", "object", "textarea",
    "select", "math",
))
# HTML's blocks and those of trafilatura's vocabulary.
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "head", "header", "hr", "item", "lb", "legend", "li", "list", "main", "nav", "ol",
    "p", "pre", "quote", "section", "summary", "ul",
))
# fmt: on
_CELLS = frozenset(("td", "th", "cell"))
_ROWS = frozenset(("tr", "row"))
# Columns up to which spans are filled in; cells with text may make a row wider.
_MAX_COLUMNS = 63


def walk(root: Any) -> tuple[list[str], list[Table]]:
    """The lines and tables under `root` in reading order.

    `head` means a heading in trafilatura's vocabulary and is dropped only inside `html`.
    """
    from lxml import etree

    writer = _Writer()
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        tag = element.tag if isinstance(element.tag, str) else ""
        dropped = tag in _DROPPED and not (tag == "head" and root.tag != "html")
        if event == "start" and not dropped:
            writer.start(tag, element)
            writer.write(element.text)
        elif event == "start":
            events.skip_subtree()
        else:
            if not dropped:
                writer.end(tag)
            if element is not root:
                writer.write(element.tail)
    writer.flush()
    return writer.lines, [table for table in writer.tables if table is not None]


class _Writer:
    """Collects the text of one walk. A cell's lines go to the cell, everything else to `lines`."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.tables: list[Table | None] = []
        self._line: list[str] = []
        self._sinks: list[list[str]] = [self.lines]
        self._cells: list[list[tuple[str, int]]] = []
        self._spans: list[int] = []
        self._grids: list[tuple[int, list[tuple[str, ...]]]] = []
        self._open: list[str] = []

    def write(self, text: str | None) -> None:
        if text:
            self._line.append(text)

    def flush(self) -> None:
        line = " ".join("".join(self._line).split())
        self._line.clear()
        if line:
            self._sinks[-1].append(line)

    def start(self, tag: str, element: Any) -> None:
        if tag == "table":
            self.flush()
            # The place is kept first so that an outer table stands before those inside it.
            self._grids.append((len(self.tables), []))
            self.tables.append(None)
            self._open.append(tag)
        elif tag in _ROWS and self._inside("table"):
            self.flush()
            self._cells.append([])
            self._open.append("row")
        elif tag in _CELLS and self._inside("row"):
            self.flush()
            span = str(element.get("colspan", "1"))
            self._spans.append(min(_MAX_COLUMNS, max(1, int(span[:9]))) if span.isdecimal() else 1)
            self._sinks.append([])
            self._open.append("cell")
        elif tag in _BLOCKS or tag in _ROWS or tag in _CELLS:
            self.flush()

    def end(self, tag: str) -> None:
        if tag == "table":
            self._end_table()
        elif tag in _ROWS and self._inside("row"):
            self._end_row()
        elif tag in _CELLS and self._inside("cell"):
            self.flush()
            self._open.pop()
            self._cells[-1].append(("\n".join(self._sinks.pop()), self._spans.pop()))
        elif tag in _BLOCKS or tag in _ROWS or tag in _CELLS:
            self.flush()

    def _inside(self, kind: str) -> bool:
        return bool(self._open) and self._open[-1] == kind

    def _end_row(self) -> None:
        self.flush()
        self._open.pop()
        cells = self._cells.pop()
        row: list[str] = []
        for text, span in cells:
            row += [text, *[""] * min(span - 1, _MAX_COLUMNS - len(row))]
        self._grids[-1][1].append(tuple(row))
        if line := "\t".join(text for text, _ in cells if text):
            self._sinks[-1].append(line)

    def _end_table(self) -> None:
        self.flush()
        self._open.pop()
        place, rows = self._grids.pop()
        # One column, or a table around other tables, is page layout.
        if max(map(len, rows), default=0) > 1 and place == len(self.tables) - 1:
            self.tables[place] = Table(1, tuple(rows))
