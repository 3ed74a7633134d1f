"""The page's text of a table row that a page break has cut.

The row stands whole on the page on which it begins, as it does in its table, so that who cites or
searches a cell finds it in one place. The next page's text begins with the next row.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

Row = tuple[str, ...]

# Places where a row's text stands, until one is looked for no more: it repeats without end.
_TRIES = 100


@dataclass(frozen=True, slots=True)
class SplitRow:
    """A row cut by a page break: its cells above and below it, and joined.

    `page` and `rest_page` are the pages, 1-based, in whose text the two parts stand.
    """

    page: int
    rest_page: int
    above: Row
    below: Row
    whole: Row


def whole_rows(texts: Sequence[str], splits: Iterable[SplitRow]) -> list[str]:
    """The pages' texts with the rest of each split row at the place where the row begins.

    A row that is not found as whole lines stays as it is, as does a page that holds nothing else.
    """
    pages = [text.split("\n") for text in texts]
    for split in splits:
        own, rest = pages[split.page - 1], pages[split.rest_page - 1]
        above, below = _place(own, split.above, last=True), _place(rest, split.below)
        if above and below and any(map(str.strip, [*rest[: below.start], *rest[below.stop :]])):
            own[above.start : above.stop] = "\t".join(filter(None, split.whole)).split("\n")
            del rest[below.start : below.stop]
    return ["\n".join(page) for page in pages]


def _place(lines: Sequence[str], row: Row, *, last: bool = False) -> range | None:
    """The first or last lines that hold `row` and nothing else."""
    bare = [_squeezed(line) for line in lines]
    ends = list(accumulate(map(len, bare), initial=0))
    text, wanted = "".join(bare), _squeezed("".join(row))
    at = -1 if not last else len(text) + 1
    for _ in range(_TRIES if wanted else 0):
        at = text.rfind(wanted, 0, at + len(wanted) - 1) if last else text.find(wanted, at + 1)
        if at < 0:
            return None
        # Blank lines before the row are not its own, those behind it are.
        start = bisect_right(ends, at) - 1
        stop = bisect_right(ends, at + len(wanted)) - 1
        if ends[start] == at and ends[stop] == at + len(wanted):
            return range(start, stop)
    return None


def _squeezed(text: str) -> str:
    return "".join(text.split())
