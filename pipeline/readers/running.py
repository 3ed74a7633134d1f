"""Running headers, footers and page numbers, recognized over the pages of a document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# A header or footer of more lines is a form that fills every page: its lines are body text.
_MAX_LINES = 4
_MAX_LENGTH = 200
_LONG = 12  # a footer shorter than this may end a sentence by chance

_NUMBER = re.compile("[0-9]{1,12}|[๐-๙]{1,12}")
_BLANKS = re.compile(r"\s+")
# A page number in its dress, `#` the number; "ระเบียบวาระที่ #" at the top of a page is none.
_DRESSED = re.compile(
    r"(?:หน้า(?:ที่)?|แผ่น(?:ที่)?|\bpage|\bp\.) ?#|[-–—~] ?# ?[-–—~]|# ?(?:/|จาก|of) ?#", re.IGNORECASE
)
_BARE = re.compile(r"[-–—~|.()\[\]{} #/]*")
_WORDS = re.compile("หน้า(?:ที่)?|แผ่น(?:ที่)?|จาก|page|of|p(?=[. ])", re.IGNORECASE)


class _Place(NamedTuple):
    page: int
    line: int


class _Pattern(NamedTuple):
    """What a running line looks like: numbers are `#`, each standing still or counting pages.

    `slots` holds for each number whether it counts, and its value (less the page if it counts).
    """

    template: str
    slots: tuple[tuple[bool, int], ...]

    @property
    def counts(self) -> bool:
        return any(counts for counts, _ in self.slots)

    @property
    def is_page_number(self) -> bool:
        """Whether the line holds a page number and nothing else."""
        return self.counts and _is_bare(self.template)


def without_running_lines(pages: Sequence[str]) -> list[str]:
    """The pages' texts less the lines that only repeat at their edges.

    A title stays on the first page that bears it, a footer on the last, so that a sentence cut
    by a page break is whole when the pages are joined; page numbers go everywhere. Every other
    line stays as it is.
    """
    lines = _unglued([page.split("\n") for page in pages])
    dropped, heads = _repeated(lines, top=True)
    # A line counts once: what is a header is no footer of the same page.
    rest = [
        ["" if _Place(page, index) in heads else line for index, line in enumerate(own)]
        for page, own in enumerate(lines)
    ]
    dropped |= _repeated(rest, top=False)[0]
    indices: dict[int, set[int]] = defaultdict(set)
    for place in dropped:
        indices[place.page].add(place.line)
    return [_without(own, indices[page]) for page, own in enumerate(lines)]


def _unglued(lines: list[list[str]]) -> list[list[str]]:
    """The lines with a known footer at the end of a page's last paragraph on a line of its own.

    Where the text runs to the foot of the page, the footer looks like the paragraph's next line.
    """
    templates = [t for t in _patterns(lines, top=False) if len(t) >= _LONG and not _is_bare(t)]
    footers = [re.compile(f"(?<=.)(?:{_as_regex(template)})\\s*\\Z") for template in templates]
    return [_split_tail(own, footers) for own in lines] if footers else lines


def _as_regex(template: str) -> str:
    number = f"(?:{_NUMBER.pattern})"
    return r"\s+".join(re.escape(word).replace("\\#", number) for word in template.split(" "))


def _split_tail(own: list[str], footers: Sequence[re.Pattern[str]]) -> list[str]:
    last = next(_edge(own, top=False), None)
    if last is None:
        return own
    for footer in footers:
        if tail := footer.search(own[last]):
            head = own[last][: tail.start()].rstrip(" ")
            return [*own[:last], head, tail[0], *own[last + 1 :]]
    return own


def _without(lines: list[str], dropped: set[int]) -> str:
    if not dropped:
        return "\n".join(lines)
    kept = [line for index, line in enumerate(lines) if index not in dropped]
    return "\n".join(kept).strip("\n")


def _repeated(lines: list[list[str]], *, top: bool) -> tuple[set[_Place], set[_Place]]:
    """The running lines of one edge: those to drop, and all."""
    patterns = _patterns(lines, top=top)
    places: dict[_Pattern, list[_Place]] = defaultdict(list)
    for page, own in enumerate(lines):
        for place, pattern in _peeled(own, page, patterns, top=top):
            places[pattern].append(place)
    dropped: set[_Place] = set()
    for pattern, found in places.items():
        if pattern.is_page_number:
            dropped.update(found)
        elif top:
            dropped.update(found if _stands_before(lines, found[0]) else found[1:])
        else:
            dropped.update(found[:-1])
    return dropped, {place for found in places.values() for place in found}


def _stands_before(lines: list[list[str]], place: _Place) -> bool:
    """Whether an earlier page, its title page for one, has the line anywhere."""
    text = _template(lines[place.page][place.line])
    return any(_template(line) == text for own in lines[: place.page] for line in own)


def _peeled(
    own: list[str], page: int, patterns: dict[str, _Pattern], *, top: bool
) -> list[tuple[_Place, _Pattern]]:
    """The running lines of one page, from its edge inwards up to the first other line."""
    found: list[tuple[_Place, _Pattern]] = []
    for index in _edge(own, top=top):
        pattern = patterns.get(_template(own[index]))
        if pattern is None or not _matches(pattern, own[index], page):
            return found
        found.append((_Place(page, index), pattern))
    if len(found) <= _MAX_LINES:
        return found
    return [(place, pattern) for place, pattern in found if pattern.is_page_number]


def _patterns(lines: list[list[str]], *, top: bool) -> dict[str, _Pattern]:
    """The lines that stand at an edge of most pages, by their template."""
    seen: dict[str, dict[int, list[int]]] = defaultdict(dict)
    for page, own in enumerate(lines):
        for index in _edge(own, top=top):
            if len(own[index]) <= _MAX_LENGTH:
                seen[_template(own[index])].setdefault(page, _numbers(own[index]))
    filled = sum(1 for own in lines if any(line.strip() for line in own))
    patterns = {}
    for template, numbers in seen.items():
        pattern = _pattern(template, numbers)
        matching = sum(_fits(pattern, values, page) for page, values in numbers.items())
        if _is_usual(pattern, matching, filled):
            patterns[template] = pattern
        elif _is_lone_number(template, numbers):
            patterns[template] = _Pattern(template, ((True, 1),))
    return patterns


def _pattern(template: str, numbers: dict[int, list[int]]) -> _Pattern:
    slots = []
    for slot in range(template.count("#")):
        still = Counter((False, values[slot]) for values in numbers.values())
        counting = Counter((True, values[slot] - page) for page, values in numbers.items())
        slots.append(max(still.most_common(1) + counting.most_common(1), key=lambda item: item[1]))
    return _Pattern(template, tuple(slot for slot, _ in slots))


def _is_usual(pattern: _Pattern, matching: int, pages: int) -> bool:
    """Whether a line repeats often enough; left and right pages may differ in longer documents."""
    often = matching >= 2 and (matching > 0.5 * pages or (pages >= 6 and matching >= 0.4 * pages))
    return often and (not pattern.counts or _is_dressed(pattern))


def _is_dressed(pattern: _Pattern) -> bool:
    """Whether the counting number is written as page numbers are: alone, dressed, or set apart.

    The number before a table's row is none: it has other cells behind it.
    """
    cells = pattern.template.split("\t")
    apart = cells[-1] == "#" or (len(cells) == 2 and cells[0] == "#")
    return apart or _is_bare(pattern.template) or bool(_DRESSED.search(pattern.template))


def _is_lone_number(template: str, numbers: dict[int, list[int]]) -> bool:
    """Whether a dressed number, "- ๒ -" on a letter's second page, is the number of its page."""
    if not _is_bare(template) or not _DRESSED.search(template) or template.count("#") > 1:
        return False
    return all(values == [page + 1] for page, values in numbers.items())


def _is_bare(template: str) -> bool:
    return bool(_BARE.fullmatch(_WORDS.sub("", template)))


def _matches(pattern: _Pattern, line: str, page: int) -> bool:
    return _fits(pattern, _numbers(line), page)


def _fits(pattern: _Pattern, values: list[int], page: int) -> bool:
    return all(
        value == (first + page if counts else first)
        for value, (counts, first) in zip(values, pattern.slots, strict=True)
    )


def _edge(own: list[str], *, top: bool) -> Iterator[int]:
    """The places of the outermost lines that are not blank, from the edge inwards."""
    order = range(len(own)) if top else range(len(own) - 1, -1, -1)
    filled = (index for index in order if own[index].strip())
    for index, _ in zip(filled, range(_MAX_LINES + 1), strict=False):
        yield index


def _template(line: str) -> str:
    cells = line.replace("#", "＃").split("\t")
    return "\t".join(_NUMBER.sub("#", _BLANKS.sub(" ", cell).strip()) for cell in cells)


def _numbers(line: str) -> list[int]:
    return [int(number) for number in _NUMBER.findall(line)]
