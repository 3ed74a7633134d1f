"""Forms in plain lines: stretches of lines that begin with a label, read as tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.documents import Table
from pipeline.readers.labels import Answer, answers, bare
from pipeline.readers.pdf.joints import joint
from pipeline.readers.separators import BOX, COLONS

# A line this long was probably wrapped: what follows it may be its rest.
_FULL_LINE = 45
_MAX_REST = 12

_ITEM = re.compile(rf"\(?[0-9๐-๙]{{1,2}}(?:\.[0-9๐-๙]{{1,2}})*[.)]|[-–•▪*]|[ก-ฮ][.)]|{BOX.pattern}")
_PAGE_NUMBER = re.compile(r"[0-9๐-๙]{1,3}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document's text and the page it stands on, 1-based."""

    text: str
    page: int


def plain_forms(lines: Sequence[Line], known: CellLines) -> Iterator[tuple[float, Table]]:
    """The forms among the lines that are in no table, each with the number of its first line."""
    for run in _runs(lines, known):
        if _is_form(run):
            rows = tuple((answer.label, answer.value) for answer in run)
            yield float(run[0].number), Table(lines[run[0].number].page, rows)


def _is_form(run: Sequence[Answer]) -> bool:
    """Not a table of contents, nor a dialogue, whose labels return."""
    values = [answer.value for answer in run]
    if len({answer.number for answer in run}) < 2 or not any(values):
        return False
    contents = all(a.leads and _PAGE_NUMBER.fullmatch(a.value) for a in run)
    return not contents and len({answer.label for answer in run}) > 0.7 * len(run)


def _runs(lines: Sequence[Line], known: CellLines) -> Iterator[list[Answer]]:
    """Stretches of label lines, in each the plain lines that belong to the values between them."""
    run: list[Answer] = []
    rest: list[str] = []
    for number, line in enumerate(lines):
        text = line.text.strip()
        if not text:
            continue
        found = [] if known.hold(text) else answers(text, number)
        if found:
            if rest:
                run[-1] = _with_rest(run[-1], rest)
                rest = []
            run += found
        elif run and _may_continue(run[-1], rest, text) and not known.hold(text):
            rest.append(text)
        else:
            yield _closed(run, rest)
            run, rest = [], []
    yield _closed(run, rest)


def _with_rest(answer: Answer, rest: Sequence[str]) -> Answer:
    return replace(answer, value=_joined([answer.value, *rest]))


def _closed(run: list[Answer], rest: list[str]) -> list[Answer]:
    """The run; of the lines behind it, its last value has the list that begins there."""
    if not run or not rest:
        return run
    count = next((n for n, text in enumerate(rest) if not _ITEM.match(text)), len(rest))
    return [*run[:-1], _with_rest(run[-1], rest[: count or (not run[-1].value)])]


def _may_continue(answer: Answer, rest: Sequence[str], text: str) -> bool:
    """Whether a line without a label may belong to the value before it."""
    before = rest[-1] if rest else answer.value
    fits = not before or len(before) >= _FULL_LINE or _ITEM.match(before) or _ITEM.match(text)
    return bool(fits) and len(rest) < _MAX_REST and "\t" not in text


def _joined(parts: Sequence[str]) -> str:
    """The lines of a value; a wrapped line goes on in the next, a list item begins its own."""
    text = ""
    for part in filter(None, parts):
        own_line = _ITEM.match(part) or (text and len(text.rsplit("\n", 1)[-1]) < _FULL_LINE)
        text += ("\n" if own_line else joint(text, part)) + part if text else part
    return text


class CellLines:
    """The lines of all cells, to tell the lines of tables from plain ones."""

    def __init__(self, tables: Sequence[Table]) -> None:
        cells = [cell for table in tables for row in table.rows for cell in row if cell]
        lines = {squeezed(line) for cell in cells for line in cell.split("\n")}
        self._lines = lines - {""}
        self._starts = sorted(self._lines)
        self._ends = sorted(line[::-1] for line in self._lines)

    def hold(self, line: str) -> bool:
        """Whether every stretch of `line` is a line of a cell, or what a page break left of it.

        The cells of a form lack the numbers and colons that stand on its lines.
        """
        return all(
            self._known(squeezed(part)) or self._known(squeezed(bare(part.lstrip(f"{COLONS} "))))
            for part in line.split("\t")
        )

    def _known(self, part: str) -> bool:
        if not part or part in self._lines:
            return True
        return len(part) >= 6 and (_begins(self._starts, part) or _begins(self._ends, part[::-1]))


def _begins(lines: list[str], start: str) -> bool:
    place = bisect_left(lines, start)
    return place < len(lines) and lines[place].startswith(start)


def squeezed(text: str) -> str:
    """`text` without white space, to compare what was laid out in different ways."""
    return "".join(text.split())
