"""Words, with offsets that rebuild the text.

The text is split into Thai, Latin, number, space and other stretches first, and only Thai stretches
go to the segmenter (nlpo3 over the dictionary of `lexicon`). Fed mixed text, nlpo3 joins Thai with
punctuation; fed Thai only, it gives PyThaiNLP's newmm tokens several times faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
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


def _cut(text: str) -> Iterator[tuple[int, int, Kind]]:
    position = 0
    for span in abbreviation_spans(text):
        yield from _cut_plain(text, position, span.start)
        yield span.start, span.end, "thai"
        position = span.end
    yield from _cut_plain(text, position, len(text))


def _cut_plain(text: str, position: int, stop: int) -> Iterator[tuple[int, int, Kind]]:
    for match in _SPLIT.finditer(text, position, stop):
        group = str(match.lastgroup)
        start, end = match.span()
        if group == "thai" and end - start > 1:
            yield from _cut_thai(match[0], start)
        else:
            yield start, end, _KINDS[group]


@cache
def _segmenter() -> tuple[Callable[..., list[str]], str]:
    from nlpo3 import segment

    return segment, dictionary_name()


def _cut_thai(run: str, start: int) -> Iterator[tuple[int, int, Kind]]:
    segment, name = _segmenter()
    end = start
    for piece in segment(run, name, safe=False):
        # nlpo3 sometimes leaves a mark of an unknown word to itself ('เวียร' + '์').
        if end > start and piece[0] not in _STARTS_INSIDE:
            yield start, end, "thai"
            start = end
        end += len(piece)
    if end > start:
        yield start, end, "thai"
