"""Thai that went through a wrong encoding on its way, brought back: pure functions on text.

Two accidents are undone, also where only parts of a text had them, once or twice over: UTF-8 bytes
taken for single-byte characters ("เธ\u0081เธฒเธฃ", "à¸\u0081à¸²à¸£" for การ) and Windows-874 bytes
taken for another code page ("¡ÒÃ" for การ). The first leaves a form that no language has; the
second is believed only where Thai words come out.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

_PAGES = {
    "cp874": "Windows-874",
    "cp1252": "Latin-1",
    "mac_roman": "Mac Roman",
    "cp437": "DOS 437",
    "cp850": "DOS 850",
}
# Text that was misread is misread as a whole more often than twice; three rounds were never seen.
_ROUNDS = 3
# Letters in words that make a text a misread one.
_ENOUGH = 8
# Longer stretches are judged by their beginning.
_SAMPLE = 2_000
# Letters after which the lines that follow are taken to be like those before: looking each word up
# takes a second for 150,000 of them.
_JUDGED = 400_000

_THAI_BYTES = rb"\xe0(?:\xb8[\x81-\xba\xbf]|\xb9[\x80-\x9b])"
_SEQUENCE = re.compile(
    rb"(?P<thai>" + _THAI_BYTES + rb")"
    rb"|(?P<latin>[\xc2\xc3][\x80-\xbf])"
    rb"|(?P<other>[\xc4-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})"
    rb"|(?P<lost>(?:\xe0[\xb8\xb9]|\xe2\x80)(?![\x80-\xbf]))"
    rb"|(?P<stray>.)",
    re.S,
)
# In a text that Windows-874 misread in part, what is not Thai as it stands.
_NOT_THAI = re.compile("เ[ธน]|โ€|[\x80-\x9f]")
_HIGH = bytes(range(0x80, 0x100))
_CONTINUATION = bytes(range(0x80, 0xC0))
# A misread sequence begins with one of these: Thai, or Latin-1 encoded twice.
_LEADS = b"\xc2\xc3\xe0"
# Windows-874: every byte that stands for something, and the letters among them.
_LETTERS = bytes((*range(0xA1, 0xDB), *range(0xDF, 0xFC)))
_ASSIGNED = b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\xa0" + _LETTERS
_MISPLACED = re.compile(
    "(?<![ก-ฮะ-ฺๅ็-๎])[ะ-ฺ็-๎]"  # a vowel sign or tone without a consonant
    "|[เ-ไ](?![ก-ฮเ])"  # a leading vowel that leads nothing
    "|[่-๋][่-๋]|[ิ-ู][ิ-ู]"
)
_DIGITS = re.compile("[๐-๙]+")
_ESCAPE = re.compile(
    r"&(?:amp;)*#(?:(?P<decimal>\d{2,6})|[xX](?P<hex>[0-9A-Fa-f]{2,5}));"
    r"|\\u(?P<json>0[eE][0-9A-Fa-f]{2})"
)
_THAI_CODES = range(0x0E01, 0x0E5C)
_COMPANIONS = {0xA0, 0x200B, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026}


@dataclass(frozen=True, slots=True)
class Recovered:
    """A text brought back, and how: each accident in Thai words to its number of stretches."""

    text: str
    accidents: Mapping[str, int] = field(default_factory=dict)

    def warnings(self) -> tuple[str, ...]:
        """Thai sentences for a person, one for each accident."""
        return tuple(f"{name}: กู้คืนแล้ว {count:,} แห่ง" for name, count in self.accidents.items())


def recover(text: str) -> Recovered:
    """Undo every misreading of Thai in `text`. Text without one comes back as it is.

    Letters that a program threw away on the way ("เธเธฒเธฃ", without the invisible character)
    become U+FFFD, one for each. Takes linear time.
    """
    accidents: Counter[str] = Counter()
    for _ in range(0 if text.isascii() else _ROUNDS):
        before, held = text, frozenset(text)
        for page, accident, undo, letters in _STEPS:
            # Most texts hold no letter of these pages, so that no pattern need go through them.
            if not held.isdisjoint(_characters(page, letters)):
                text, count = undo(text, page)
                accidents[f"{accident} {_PAGES[page]}"] += count
                held = frozenset(text) if count else held
        if text == before:
            break
    return Recovered(text, {name: count for name, count in accidents.items() if count})


def unescape(text: str) -> tuple[str, int]:
    """Thai letters written as numbers ("&#3585;", "&amp;#3585;", JSON's), and how many.

    Punctuation is read only beside Thai letters, markup characters never.
    """
    thai = sum(_code(found) in _THAI_CODES for found in _ESCAPE.finditer(text))
    if thai < 2:
        return text, 0
    return _ESCAPE.sub(_unescaped, text), thai


def misplaced(text: str) -> int:
    """How many Thai vowels and tone marks stand where none can stand."""
    return sum(1 for _ in _MISPLACED.finditer(text))


def _code(found: re.Match[str]) -> int:
    if found["decimal"]:
        return int(found["decimal"])
    return int(found["hex"] or found["json"], 16)


def _unescaped(found: re.Match[str]) -> str:
    code = _code(found)
    return chr(code) if code in _THAI_CODES or code in _COMPANIONS else found[0]


@cache
def _bytes_of(page: str) -> dict[str, int]:
    """The character that each high byte became; bytes without one became control characters."""
    table = {chr(byte): byte for byte in range(0x80, 0xA0)}
    for byte in range(0x80, 0x100):
        table[bytes([byte]).decode(page, "replace").replace("\ufffd", chr(byte))] = byte
    return table


@cache
def _characters(page: str, raw: bytes) -> frozenset[str]:
    """What the bytes `raw` became."""
    return frozenset(char for char, byte in _bytes_of(page).items() if byte in raw)


@cache
def _of(page: str, raw: bytes) -> str:
    """A class of a regular expression: what the bytes `raw` became."""
    return f"[{''.join(map(re.escape, sorted(_characters(page, raw))))}]"


@cache
def _unit(page: str) -> str:
    """The first two bytes of every Thai letter in UTF-8."""
    return _of(page, b"\xe0") + _of(page, b"\xb8\xb9")


@cache
def _utf8_marks(page: str) -> re.Pattern[str]:
    """What no language writes: two Thai letters of UTF-8 in a row, or Latin-1 encoded twice."""
    twice = _of(page, b"\xc2\xc3") + _of(page, _CONTINUATION)
    thai = f"{_unit(page)}.?{_unit(page)}"
    return re.compile(thai if page == "cp874" else f"{thai}|(?:{twice}){{4}}")


def _undo_utf8(text: str, page: str) -> tuple[str, int]:
    if not _utf8_marks(page).search(text):
        return text, 0
    text = _with_no_break_spaces(text, page)
    pattern = re.compile(f"{_of(page, _HIGH)}+")
    pieces = [
        (found.span(), _as_utf8(found[0], page))
        for found in pattern.finditer(text)
        if page != "cp874" or _NOT_THAI.search(found[0])
    ]
    sure = any(piece.surely(page) for _, piece in pieces)
    kept = [
        (span, piece.text)
        for span, piece in pieces
        if piece.surely(page) or (sure and piece.share >= 0.8)
    ]
    return _replaced(text, kept), len(kept)


def _with_no_break_spaces(text: str, page: str) -> str:
    """Give ภ its last byte back, a no-break space that many programs write as a plain one.

    Where other letters lost their last byte altogether, a space is a space.
    """
    unit, following = _unit(page), _of(page, _CONTINUATION)
    if re.search(f"{unit}(?:{_of(page, bytes([0xE0]))}|[A-Za-z0-9])", text):
        return text
    return re.sub(f"({unit}) (?={unit}{following})", "\\1\u00a0", text)


class _Piece(NamedTuple):
    """A stretch as the UTF-8 it may have been, the sequences in it, and the share explained."""

    text: str
    thai: int
    latin: int
    share: float

    def surely(self, page: str) -> bool:
        if page != "cp874" and self.latin >= 4 and self.share >= 0.9:
            return True
        return self.thai >= 3 and self.share >= 0.6


def _as_utf8(stretch: str, page: str) -> _Piece:
    """Read a stretch as UTF-8; bytes that belong to no sequence keep their characters."""
    table = _bytes_of(page)
    raw = bytes(map(table.__getitem__, stretch))
    found = list(_SEQUENCE.finditer(raw))
    kinds = [m.lastgroup for m in found]
    thai = kinds.count("thai")
    if thai * 2 < kinds.count("lost"):
        return _Piece(stretch, 0, 0, 0.0)
    letters = (_letter(m, stretch) for m in found)
    share = 1 - kinds.count("stray") / len(raw)
    return _Piece("".join(letters), thai, kinds.count("latin"), share)


def _letter(found: re.Match[bytes], stretch: str) -> str:
    if found.lastgroup == "stray":
        return stretch[found.start() : found.end()]
    return "\ufffd" if found.lastgroup == "lost" else found[0].decode("utf-8", "replace")


def _undo_thai_page(text: str, page: str) -> tuple[str, int]:
    """Windows-874 read as `page`: lines whose odd characters make Thai words, each as a whole."""
    if not re.search(f"{_of(page, _LETTERS)}{{4}}", text):
        return text, 0
    pattern = re.compile(f"{_of(page, _ASSIGNED)}+")
    lines = text.split("\n")
    odd = [[found[0] for found in pattern.finditer(line)] for line in lines]
    judged = _lines_within(odd, _JUDGED)
    shares = [_in_words(stretches, page) for stretches in odd[:judged]]
    sure = [2 * within >= total > 0 for within, total in shares] + [False] * (len(lines) - judged)
    # A few symbols in a row may spell a word by chance.
    if sum(within for within, _ in shares) < _ENOUGH:
        return text, 0
    everywhere = sum(sure) * 2 >= sum(map(bool, odd[:judged]))
    count = 0
    for at, line in enumerate(lines):
        if odd[at] and (sure[at] or everywhere):
            lines[at], changed = _as_thai(line, page, pattern)
            count += changed
    return "\n".join(lines), count


def _lines_within(lines: list[list[str]], count: int) -> int:
    """How many of the first lines hold `count` letters together, or all there are."""
    sums = itertools.accumulate(sum(map(len, stretches)) for stretches in lines)
    return next((number for number, held in enumerate(sums, 1) if held >= count), len(lines))


def _in_words(stretches: list[str], page: str) -> tuple[int, int]:
    """How many letters of a line stand in Thai words, and how many there are, digits aside."""
    letters = {stretch: len(_without_digits(_thai(stretch, page))) for stretch in set(stretches)}
    words = {stretch for stretch in letters if _makes_words(stretch, page)}
    within = sum(letters[stretch] for stretch in stretches if stretch in words)
    return within, sum(letters[stretch] for stretch in stretches)


def _as_thai(line: str, page: str, pattern: re.Pattern[str]) -> tuple[str, int]:
    kept = []
    for found in pattern.finditer(line):
        start, end = found.span()
        beside = line[max(0, start - 1) : start] + line[end : end + 1]
        # An accent inside a Latin word is an accent.
        accent = end - start == 1 and any(c.isascii() and c.isalpha() for c in beside)
        piece = _thai(found[0], page)
        if not misplaced(piece) and (not accent or "\x80" <= found[0] <= "\x9f"):
            kept.append(((start, end), piece))
    return _replaced(line, kept), len(kept)


def _thai(stretch: str, page: str) -> str:
    """A stretch as the Windows-874 it may have been."""
    table = _bytes_of(page)
    return bytes(map(table.__getitem__, stretch)).decode("cp874")


def _makes_words(stretch: str, page: str) -> bool:
    """Whether a stretch, read as Windows-874, is Thai words: names may stand between them."""
    if len(stretch) < 4:
        return False
    thai = _without_digits(_thai(stretch[:_SAMPLE], page))
    if misplaced(thai) > len(thai) / 50:
        return False
    from pipeline.thai.lexicon import dictionary
    from pipeline.thai.tokenizer import words

    known = sum(len(word) for word in words(thai) if len(word) > 1 and word in dictionary())
    return known >= (0.9 if len(thai) < 8 else 0.6) * len(thai) > 0


def _without_digits(text: str) -> str:
    return _DIGITS.sub("", text)


def _replaced(text: str, pieces: list[tuple[tuple[int, int], str]]) -> str:
    out, place = [], 0
    for (start, end), piece in pieces:
        out += [text[place:start], piece]
        place = end
    return "".join([*out, text[place:]])


_STEPS = (
    *((page, "UTF-8 ที่ถูกอ่านเป็น", _undo_utf8, _LEADS) for page in _PAGES),
    *(
        (page, "Windows-874 ที่ถูกอ่านเป็น", _undo_thai_page, _LETTERS)
        for page in ("cp1252", "mac_roman")
    ),
)
