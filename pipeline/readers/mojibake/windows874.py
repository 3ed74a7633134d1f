"""Windows-874 that was read as another code page, undone where Thai words come out."""

from __future__ import annotations

import itertools
import re

from pipeline.readers.mojibake.code_pages import bytes_of, class_of, replaced
from pipeline.readers.mojibake.spelling import misplaced

# Letters in words that make a text a misread one.
_ENOUGH = 8
# Shorter stretches spell a word by chance.
_SHORTEST = 4
# Longer stretches are judged by their beginning.
_SAMPLE = 2_000
# Letters after which the lines that follow are taken to be like those before: looking each word up
# takes a second for 150,000 of them.
_JUDGED = 400_000
# Windows-874: every byte that stands for something, and the letters among them.
LETTERS = bytes((*range(0xA1, 0xDB), *range(0xDF, 0xFC)))
_ASSIGNED = b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\xa0" + LETTERS
_DIGITS = re.compile("[๐-๙]+")


def undo_windows874(text: str, page: str) -> tuple[str, int]:
    """Windows-874 read as `page`: lines whose odd characters make Thai words, each as a whole."""
    if not re.search(f"{class_of(page, LETTERS)}{{{_SHORTEST}}}", text):
        return text, 0
    pattern = re.compile(f"{class_of(page, _ASSIGNED)}+")
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
    """How many letters of a line stand in Thai words, and how many there are.

    Digits do not count, nor does what is too short to tell: "วัน" by itself spells accents too.
    """
    stretches = [stretch for stretch in stretches if len(stretch) >= _SHORTEST]
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
    return replaced(line, kept), len(kept)


def _thai(stretch: str, page: str) -> str:
    """A stretch as the Windows-874 it may have been."""
    table = bytes_of(page)
    return bytes(map(table.__getitem__, stretch)).decode("cp874")


def _makes_words(stretch: str, page: str) -> bool:
    """Whether a stretch, read as Windows-874, is Thai words: names may stand between them."""
    thai = _without_digits(_thai(stretch[:_SAMPLE], page))
    if misplaced(thai) > len(thai) / 50:
        return False
    from pipeline.thai.lexicon import dictionary
    from pipeline.thai.tokenizer import words

    known = sum(len(word) for word in words(thai) if len(word) > 1 and word in dictionary())
    return known >= (0.9 if len(thai) < 8 else 0.6) * len(thai) > 0


def _without_digits(text: str) -> str:
    return _DIGITS.sub("", text)
