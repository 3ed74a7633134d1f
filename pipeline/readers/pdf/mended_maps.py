"""`/ToUnicode` maps that another program damaged when it wrote a PDF anew, put right.

Ghostscript, which many tools run to make a file smaller, spoils Thai in three ways: it mixes up
the bytes of the first and of later letters, and it loses one code of a font.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from pipeline.readers.pdf.values import UNKNOWN

_THAI = 0x0E00
_LAST_THAI = 0x0E5B
_BAHT = 0x0E3F  # U+0E3B to U+0E3E are not assigned, and fonts have ฿ elsewhere
_CONSONANT = re.compile("[ก-ฮ]")
_SINGLE = re.compile("[ก-๛]")
_CONTROL = re.compile("[\x0e-\x1f]")
# Fewer different consonants are a font of a few words, which may lack า.
_MANY = 15
_ORDERLY = 0.9
_NEAR = 4  # codes

Run = tuple[int, ...]


def mended(texts: dict[int, str], widths: Mapping[int, float]) -> dict[int, str]:
    """The texts of a font's codes, as right as they can be told; `widths` are of a simple font."""
    found = {code: _second_letter(text) if len(text) == 2 else text for code, text in texts.items()}
    if not widths:
        found |= _high_bytes(found)
    return found | dict(_lost_aa(found, widths))


def _second_letter(text: str) -> str:
    """้ำ from '้䤳': the high byte of U+0E33 is the low one of U+0E49 before it."""
    first, second = map(ord, text)
    letter = _THAI + (second & 0xFF)
    mixed = first >> 8 == 0x0E and second >> 8 == first & 0xFF and letter <= _LAST_THAI
    return text[0] + chr(letter) if mixed else text


def _high_bytes(texts: Mapping[int, str]) -> dict[int, str]:
    """Thai letters for codes that lost their high byte, U+FFFD where several may be meant.

    A run of letters from U+0E01 is written as one from U+000F: both bytes of the first letter in
    one. Which letter that was is told by the codes around it, where a font has its Thai letters in
    the order of Unicode, with or without other glyphs between them.
    """
    known = {code: ord(text) for code, text in texts.items() if _SINGLE.fullmatch(text)}
    own = list(_runs(texts))
    mended = {code: UNKNOWN for run in own if _is_private(run, texts) for code in run}
    runs = [run for run in own if _is_mixed(run, texts)]
    damaged = [run for run in runs if _has_control(run, texts)]
    orderly = bool(known) and _in_order(known)
    if orderly:
        first = min([*known, *(run[0] for run in damaged)])
        runs = [run for run in runs if first <= run[0]]
    else:
        runs = [run for run in runs if run in damaged or _is_among(run, known)]
    for _ in runs:
        found = {run: _starts(run, texts, known) for run in runs if run[0] not in known}
        fitting = {
            run: _near(starts, run, known) if orderly else starts for run, starts in found.items()
        }
        sure = {run: starts[0] for run, starts in fitting.items() if len(starts) == 1}
        if not sure:
            break
        for run, start in sure.items():
            known |= {code: start + n for n, code in enumerate(run)}
    last = max(known, default=0)
    for run in runs:
        if run[0] in known:
            mended |= {code: chr(known[code]) for code in run}
        elif run in damaged or run[-1] < last:  # behind the last Thai letter it may be what it says
            mended |= dict.fromkeys(run, UNKNOWN)
    return mended


def _is_mixed(run: Run, texts: Mapping[int, str]) -> bool:
    told = ord(texts[run[0]])
    return len(run) > 1 and told < 0x80 and told & 0x0E == 0x0E


def _has_control(run: Run, texts: Mapping[int, str]) -> bool:
    return any(_CONTROL.fullmatch(texts[code]) for code in run)


def _in_order(known: Mapping[int, int]) -> bool:
    """Whether the letters are in the order of Unicode; variants of marks come again at the end."""
    steps = [known[b] > known[a] for a, b in pairwise(sorted(known))]
    return sum(steps) >= _ORDERLY * len(steps)


def _is_among(run: Run, known: Mapping[int, int]) -> bool:
    """Whether a run stands among Thai letters, where a font has no others."""
    before, after = (any(code in known for code in near) for near in _neighbours(run))
    return before and after


def _neighbours(run: Run) -> tuple[range, range]:
    return range(run[0] - _NEAR, run[0]), range(run[-1] + 1, run[-1] + _NEAR + 1)


def _is_private(run: Run, texts: Mapping[int, str]) -> bool:
    """Whether a run was U+F70A and on, a mark's variants, in the same way: 'ÿ', 'Ā'."""
    return len(run) > 1 and texts[run[0]] == "ÿ"


def _starts(run: Run, texts: Mapping[int, str], known: Mapping[int, int]) -> list[int]:
    """The letters with which a run may begin: no other code has them."""
    told, taken = ord(texts[run[0]]), set(known.values())
    starts = (_THAI + (told & ~0x0E | bits) for bits in range(0, 16, 2))
    return [
        start
        for start in starts
        if start > _THAI
        and start + len(run) - 1 <= _LAST_THAI
        and taken.isdisjoint(range(start, start + len(run)))
    ]


def _near(starts: list[int], run: Run, known: Mapping[int, int]) -> list[int]:
    """The starts that lie between the letters around them, no farther off than the codes."""
    before = max((code for code in known if code < run[0]), default=None)
    after = min((code for code in known if code > run[-1]), default=None)
    fitting = []
    for start in starts:
        end = start + len(run) - 1
        fits = before is None or 0 < _rank(start) - _rank(known[before]) <= run[0] - before
        if fits and after is not None:
            fits = 0 < _rank(known[after]) - _rank(end) <= after - run[-1]
        if fits:
            fitting.append(start)
    return fitting


def _rank(letter: int) -> int:
    """A letter's place in the order of Unicode, less the codes that are no Thai letter."""
    return letter - 5 if letter > _BAHT else letter


def _runs(texts: Mapping[int, str]) -> Iterator[Run]:
    """Codes one after the other whose letters are one after the other, too."""
    run: list[int] = []
    for code in sorted(code for code, text in texts.items() if len(text) == 1):
        if run and (code != run[-1] + 1 or ord(texts[code]) != ord(texts[run[-1]]) + 1):
            yield tuple(run)
            run = []
        run.append(code)
    if run:
        yield tuple(run)


def _lost_aa(texts: Mapping[int, str], widths: Mapping[int, float]) -> Iterator[tuple[int, str]]:
    """า, without which hardly a line of Thai can be written, for the only code without a text."""
    known = set(texts.values())
    if "า" in known or len([text for text in known if _CONSONANT.fullmatch(text)]) < _MANY:
        return
    lost = [code for code, width in widths.items() if width > 0 and not texts.get(code)]
    if len(lost) == 1:
        yield lost[0], "า"
