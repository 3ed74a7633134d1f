"""Words, with offsets that rebuild the text.

The text is split into Thai, Latin, number, space and other stretches first, and only Thai stretches
go to the segmenter (nlpo3 over the dictionary of `lexicon`). Fed mixed text, nlpo3 joins Thai with
punctuation; fed Thai only, it gives PyThaiNLP's newmm tokens several times faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from pipeline.thai.abbreviations import abbreviation_spans
from pipeline.thai.lexicon import RUN, dictionary_name
from pipeline.thai.normalize import MARKS

Kind = Literal["thai", "latin", "number", "space", "other"]


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the text: `text == source[start:end]`, code points, `end` exclusive."""

    text: str
    start: int
    end: int
    kind: Kind


_LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_SPLIT = re.compile(
    rf"(?P<thai>[{RUN}]+|ๆ)"
    r"|(?P<line>\n+)|(?P<space>[^\S\n]+)"
    r"|(?P<url>(?:https?://|www\.)[!-~]*[A-Za-z0-9/=#&])"
    rf"|(?P<latin>[0-9]*[{_LATIN}][{_LATIN}0-9\u0300-\u036f]*"
    rf"(?:[.'’&_-][{_LATIN}0-9][{_LATIN}0-9\u0300-\u036f]*)*)"
    r"|(?P<number>[0-9๐-๙]+(?:[.,][0-9๐-๙]+)*)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_KINDS: dict[str, Kind] = {
    "thai": "thai",
    "line": "space",
    "space": "space",
    "url": "latin",
    "latin": "latin",
    "number": "number",
    "other": "other",
}

_STARTS_INSIDE = frozenset(MARKS + "ะาำๅ")
RUNS_KEPT, LONGEST_KEPT = 4096, 200


def tokenize(text: str) -> list[Token]:
    """Cut `text` into tokens; `"".join(token.text for token in tokens) == text`.

    - thai: a word of the dictionary or an unknown stretch; an abbreviation with its dots
      ('อ.ก.พ.ร.', 'น.', 'รพ.สต.'); ๆ and ฯลฯ; ฯ alone, except in words that the dictionary has
      with it ('กรุงเทพฯ').
    - latin: letters with digits and inner . - ' & _ ('e-Service', 'COVID-19'), a URL.
    - number: Thai or Arabic digits with inner . and , ('๑,๘๔๒', '14.00').
    - space: a run of newlines or a run of other white space.
    - other: any other code point, one at a time.

    Takes linear time on any text. Expects normalized text, does not require it.

    >>> [(token.text, token.kind) for token in tokenize("ก.พ.ร. 2568")]
    [('ก.พ.ร.', 'thai'), (' ', 'space'), ('2568', 'number')]
    """
    return [Token(text[start:end], start, end, kind) for start, end, kind in _cut(text)]


def words(text: str) -> list[str]:
    """The texts of the thai, latin and number tokens, as they stand: no case or digit folding.

    >>> words("ผู้ว่าราชการจังหวัดน่าน 15 คน")
    ['ผู้ว่าราชการจังหวัด', 'น่าน', '15', 'คน']
    """
    return [text[start:end] for start, end, kind in _cut(text) if kind not in ("space", "other")]


def _cut(text: str) -> list[tuple[int, int, Kind]]:
    cut: list[tuple[int, int, Kind]] = []
    position = 0
    for span in abbreviation_spans(text):
        _cut_plain(cut, text, position, span.start)
        cut.append((span.start, span.end, "thai"))
        position = span.end
    _cut_plain(cut, text, position, len(text))
    return cut


def _cut_plain(cut: list[tuple[int, int, Kind]], text: str, position: int, stop: int) -> None:
    """Append the tokens of a stretch without abbreviations."""
    for match in _SPLIT.finditer(text, position, stop):
        group = str(match.lastgroup)
        start, end = match.span()
        if group != "thai" or end - start == 1:
            cut.append((start, end, _KINDS[group]))
            continue
        ends = _word_ends(match[0]) if end - start <= LONGEST_KEPT else _cut_run(match[0])
        word = start
        for offset in ends:
            cut.append((word, start + offset, "thai"))
            word = start + offset


@cache
def _segmenter() -> tuple[Callable[..., list[str]], str]:
    from nlpo3 import segment

    return segment, dictionary_name()


def _cut_run(run: str) -> tuple[int, ...]:
    """Where the words of a stretch of Thai end, in order."""
    segment, name = _segmenter()
    ends = []
    end = 0
    for piece in segment(run, name, safe=False):
        # nlpo3 sometimes leaves a mark of an unknown word to itself ('เวียร' + '์').
        if end and piece[0] not in _STARTS_INSIDE:
            ends.append(end)
        end += len(piece)
    return (*ends, end)


# A document is cut by several steps in turn, and forms repeat their wording: some 2 MB.
_word_ends = lru_cache(maxsize=RUNS_KEPT)(_cut_run)
