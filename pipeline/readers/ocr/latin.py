"""Latin letters that Tesseract saw in Thai words, read once more by the Thai model alone.

Beside its English model the Thai one takes ภูมิภาค for QUMANo, บาท for UM and พ. for WA, at a
confidence of 95 and more: only a second reading tells them from PMQA and e-Service.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.readers.ocr.digits import THAI_DIGITS
from pipeline.readers.ocr.engine import Char, Line
from pipeline.readers.ocr.glyphs import Box
from pipeline.readers.ocr.legible import is_good_thai, share_known
from pipeline.readers.ocr.pixels import Grey
from pipeline.readers.ocr.torn import with_marks

Recognize = Callable[[Grey], list[Line]]

_LATIN = re.compile("[A-Za-z]")
_NUMBER = re.compile("[๐-๙ฒณญซสตอ.,/()-]+")  # ๗ comes as ฒ or ซ, ๙ as ณ or ส, and so on
_THAI = re.compile("[ก-ฮ]")
_ADDRESS = re.compile(r"www\.|https?:|@\w|\w\.(?:com|org|net|th)\b", re.IGNORECASE)
_MARGIN = 14  # pixels of paper around a line that is read again
_MOST_LINES = 60
_BEYOND = (3, 12)  # pixels


@dataclass(frozen=True, slots=True)
class Strip:
    """A line cut out for a second reading; `shift` is its way down from the page to the collage."""

    line: Line
    shift: int
    torn: bool


def without_hallucinations(lines: Sequence[Line], clean: Grey, recognize: Recognize) -> list[Line]:
    """The lines, with Latin words that the Thai model reads as good Thai put right.

    Lines of Thai whose marks Tesseract took for a line of their own are read again as a whole.
    """
    whole, torn = with_marks(lines)
    doubtful = [
        line for line in whole if id(line) in torn or any(map(_doubtful, latin_words(line)))
    ][:_MOST_LINES]
    if not doubtful:
        return whole
    collage, strips = _collage(doubtful, clean, torn)
    again = recognize(collage)
    better = {id(s.line): _corrected(s, _below(again, s)) for s in strips}
    return [better.get(id(line), line) for line in whole]


def with_capitals(line: Line) -> Line:
    """The line with I for an l among capitals: IoT comes as loT, GI as Gl."""
    chars = list(line.chars)
    for start, end in _latin_runs(chars):
        word = _text(chars[start:end])
        among = word.replace("l", "").isupper()
        first = word[0] == "l" and not word.islower()
        for place in range(start, end):
            if chars[place].text == "l" and (among or (first and place == start)):
                chars[place] = replace(chars[place], text="I")
    return replace(line, chars=tuple(chars))


def _latin_runs(chars: Sequence[Char]) -> Iterator[tuple[int, int]]:
    """Where words of Latin letters begin and end."""
    start = 0
    for place in range(len(chars) + 1):
        inside = place < len(chars) and _LATIN.fullmatch(chars[place].text)
        if place > start and (not inside or chars[place].space):
            yield start, place
            start = place
        if not inside:
            start = place + 1


def latin_words(line: Line) -> list[tuple[Char, ...]]:
    """The runs of characters with Latin letters in them, between spaces and Thai."""
    if len(_LATIN.findall(line.text)) > 2 * len(_THAI.findall(line.text)) + 8:
        return []  # a line of English
    found: list[list[Char]] = [[]]
    for char in line.chars:
        thai = "\u0e00" <= char.text[0] <= "\u0e7f"
        if char.space or thai:
            found.append([])
        if not thai:
            found[-1].append(char)
    return [tuple(run) for run in found if _LATIN.search(_text(run))]


def _doubtful(word: Sequence[Char]) -> bool:
    return not _ADDRESS.search(_text(word))


def _collage(lines: Sequence[Line], clean: Grey, torn: Container[int]) -> tuple[Grey, list[Strip]]:
    """The lines' pixels under each other, on paper of the page's width."""
    pieces, strips, height = [], [], _MARGIN
    for line in lines:
        _, top, _, bottom = line.box
        piece = clean[top:bottom]
        strips.append(Strip(line, height - top, id(line) in torn))
        pieces.append(np.pad(piece, ((_MARGIN, 0), (0, 0)), constant_values=255))
        height += len(piece) + _MARGIN
    collage = np.pad(np.concatenate(pieces), ((0, _MARGIN), (0, 0)), constant_values=255)
    return collage, strips


def _below(lines: Sequence[Line], strip: Strip) -> list[Char]:
    """The characters of the second reading that lie in a strip, in page coordinates."""
    top, bottom = strip.line.box[1] + strip.shift, strip.line.box[3] + strip.shift
    return [
        replace(char, box=_moved(char.box, -strip.shift))
        for line in lines
        if top <= (line.box[1] + line.box[3]) / 2 <= bottom
        for char in line.chars
    ]


def _moved(box: Box, down: int) -> Box:
    return box[0], box[1] + down, box[2], box[3] + down


def _corrected(strip: Strip, again: Sequence[Char]) -> Line:
    line = strip.line
    if strip.torn and share_known(_text(again)) > share_known(line.text):
        return replace(line, chars=tuple(again))
    for word in latin_words(line):
        thai = _good_thai(word, again) if _doubtful(word) else []
        if thai:
            line = replace(line, chars=tuple(_exchanged(line.chars, word, thai)))
    return line


def _good_thai(word: Sequence[Char], again: Sequence[Char]) -> list[Char]:
    """What the second reading has in the word's place, if it is good Thai or a Thai number.

    Boxes are rough: what lies a little outside counts where it takes that to make words.
    """
    left, right = word[0].box[0], max(char.box[2] for char in word)
    for beyond in _BEYOND:
        thai = [
            char
            for char in again
            if left - beyond <= (char.box[0] + char.box[2]) / 2 <= right + beyond
        ]
        if is_good_thai(_text(thai)) or is_thai_number(_text(thai)):
            return thai
    return []


def _exchanged(chars: Sequence[Char], word: Sequence[Char], thai: Sequence[Char]) -> Iterator[Char]:
    gone = {id(char) for char in word}
    for char in chars:
        if char is word[0]:
            yield replace(thai[0], space=char.space)
            yield from thai[1:]
        elif id(char) not in gone:
            yield char


def is_thai_number(text: str) -> bool:
    """Whether a text is a number, at least half of it Thai digits, as Tesseract reads them."""
    digits = sum(char in THAI_DIGITS for char in text)
    return bool(_NUMBER.fullmatch(text)) and digits > 0 and 2 * digits >= len(text)


def _text(chars: Sequence[Char]) -> str:
    return "".join(char.text for char in chars)
