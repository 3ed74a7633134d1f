"""Single damaged places in text that is whole elsewhere: what can never stand in Thai as it is.

No word begins with า or ะ, no leading vowel and no mai han-akat ends one, no letter is U+FFFD, a
mark stands on a consonant. Such a spot is read in each way that it may have been; the way that
makes words of its surroundings is taken, if there is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.thai.normalize import MARKS, TONES
from pipeline.thai.repair.channel import INTACT
from pipeline.thai.repair.characters import repair_characters
from pipeline.thai.repair.decoding import decoding_costs
from pipeline.thai.repair.estimation import line_breaks, line_costs
from pipeline.thai.repair.lattice import make_lattice
from pipeline.thai.repair.lexicon import FloatArray
from pipeline.thai.repair.model import Model, model
from pipeline.thai.repair.screen import clean_share
from pipeline.thai.repair.slots import BASES, cut_slots

_BEFORE, _BEHIND = 18, 24  # characters
_GAIN = 7.0  # nats; in clean text, readings of such spots gain less
_AHEAD = 2.0  # nats before the next best reading
_SPOTS = 60  # in a text; more are damage of the whole document
_ROUNDS = 4
_NEAR = 3
_SLIPS = 3  # people type such places too
_VOWELS = "ัิีึืุู็"
_LOST_SARA_AM = re.compile(f"([ก-ฮ][{TONES}]?) +า")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of spot: how it looks, its readings by class of damage, and what would be no damage.

    `null` gives what else may stand there that is no damage; where that reads as well, it stays.
    Fewer than `least` in a text are slips of the pen.
    """

    hint: re.Pattern[str]
    pattern: re.Pattern[str]
    readings: Callable[[re.Match[str]], Iterator[tuple[str, str]]]
    null: tuple[str, ...] = ()
    least: int = 1


def _before_sara_aa(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    if match[2] == "า":
        yield "lost_sara_am", match[1] + "ำ"
    yield "split_word", match[1] + match[2]


def _unreadable(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    text, (start, end) = match.string, match.span()
    before, behind = text[max(start - _NEAR, 0) : start], text[end : end + _NEAR]
    yield "", ""  # what stands around it may be whole without it
    for letter in (*MARKS, *BASES, "ำ"):
        # Each group of letters around it has to be one that clean text has.
        if clean_share(repair_characters(before + letter + behind)) == 1:
            yield "unread", letter


def _open_syllable(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield "split_word", match[1]
    if match[1] in "ัื":
        for tone in TONES:
            yield "spaced", match[1] + tone


def _astray(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield "moved", match[1] + match[3] + match[2]
    yield "mark_order", match[1] + match[2]


def _ahead(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield "early_mark", match[1] + match[3] + match[2]


def _lone_nikhahit(_match: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield "dropped", "ำ"


_KINDS = (
    _Kind(
        re.compile("[ \\n][าะ]"),
        re.compile(f"([ก-ฮ][{TONES}]?)[ \\n]+([าะ])(?![{MARKS}])"),
        _before_sara_aa,
    ),
    _Kind(
        re.compile("\ufffd"),
        re.compile("(?<=[ก-ฺเ-๎])\ufffd(?!\ufffd)"),
        _unreadable,
        null=(" ",),
    ),
    _Kind(
        re.compile(f"[เแโใไ] |[ัื][{TONES}]? "),
        re.compile(f"([เแโใไ]|[ัื][{TONES}]?) +(?=[ก-ฮ])"),
        _open_syllable,
    ),
    _Kind(
        re.compile(f"[ะา][{MARKS}]"),
        re.compile(f"([ก-ฮ][{_VOWELS}]?) ?([ะา])([{TONES}])"),
        _astray,
        least=_SLIPS,
    ),
    _Kind(
        re.compile(f"[เแโใไ][{MARKS}]"),
        re.compile(f"([เแโใไ])([{MARKS}]+)([ก-ฮ])"),
        _ahead,
        least=_SLIPS,
    ),
    _Kind(re.compile("ํ"), re.compile("(?<=[ก-ฮ่้])ํ(?!า)"), _lone_nikhahit),
)


def repair_spots(text: str) -> tuple[str, Counter[str]]:
    """`text` with single damaged places repaired, and how many by class."""
    found: Counter[str] = Counter()
    for _ in range(_ROUNDS):
        spots = [(kind, match) for kind in _KINDS for match in _find(kind, text)]
        if not spots:
            break
        done, more = _repaired(text, spots[:_SPOTS])
        found += more
        if done == text:
            break
        text = done
    return text, found


def _find(kind: _Kind, text: str) -> Iterator[re.Match[str]]:
    if kind.hint.search(text):
        found = list(kind.pattern.finditer(text))
        yield from found if len(found) >= kind.least else ()


def _repaired(text: str, spots: list[tuple[_Kind, re.Match[str]]]) -> tuple[str, Counter[str]]:
    found: Counter[str] = Counter()
    changes: list[tuple[int, int, str]] = []
    read = [list(kind.readings(match)) for kind, match in spots]
    lines = [
        [
            _around(text, match, reading)
            for reading in (match[0], *kind.null, *(r for _, r in tried))
        ]
        for (kind, match), tried in zip(spots, read, strict=True)
    ]
    costs = _costs([line for tried in lines for line in tried], model())
    ends = np.cumsum([len(tried) for tried in lines])
    for (kind, match), readings, cost in zip(spots, read, np.split(costs, ends[:-1]), strict=True):
        own = 1 + len(kind.null)
        code, reading = _best(readings, cost[:own].min(), cost[own:])
        if code:
            changes.append((match.start(), match.end(), reading))
            found[code] += 1
    return _apply(text, changes), found


def _best(readings: list[tuple[str, str]], null: float, costs: FloatArray) -> tuple[str, str]:
    """The reading to take; without a code where the spot is to stay."""
    if not len(costs):
        return "", ""
    best = int(costs.argmin())
    rival = np.delete(costs, best).min(initial=np.inf)
    clear = costs[best] + _GAIN <= null and costs[best] + _AHEAD <= rival
    return readings[best] if clear else ("", "")


def _around(text: str, match: re.Match[str], reading: str) -> tuple[str, str]:
    """The surroundings of a spot on one line with `reading` in its place, then with others too.

    Like 'ค าน า', a word may hold two such spots.
    """
    before = text[max(match.start() - _BEFORE, 0) : match.start()].rpartition("\n")[2]
    behind = text[match.end() : match.end() + _BEHIND].partition("\n")[0]
    line = repair_characters(before + reading + behind).replace("\n", " ")
    # Not the spot itself: what stands there is what is asked.
    others = [_LOST_SARA_AM.sub(r"\1ำ", part) for part in (before, behind)]
    return line, repair_characters(others[0] + reading + others[1]).replace("\n", " ")


def _costs(lines: list[tuple[str, str]], language: Model) -> FloatArray:
    """What each of `lines` costs in the cheaper of its forms."""
    distinct = dict.fromkeys(line for forms in lines for line in forms)
    number = {line: place for place, line in enumerate(distinct)}
    lattice = make_lattice(cut_slots("\n".join(number)), language)
    costs = line_costs(decoding_costs(lattice, INTACT, language), line_breaks(lattice))
    return np.array([min(costs[number[line]] for line in forms) for forms in lines])


def _apply(text: str, changes: list[tuple[int, int, str]]) -> str:
    pieces, at = [], 0
    for start, end, reading in sorted(changes):
        if start >= at:
            pieces += [text[at:start], reading]
            at = end
    return repair_characters("".join([*pieces, text[at:]]))
