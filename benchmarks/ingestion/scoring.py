"""Word and character errors; running lines out of what an extractor got."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from benchmarks.ingestion.texts import TextSet
from benchmarks.reading import distance, words_of
from pipeline.thai import normalize

words = lru_cache(maxsize=4096)(words_of)
_PAGE_NUMBER = re.compile(r"\s*-\s*[\d๐-๙]+\s*-\s*")
_NOT_SKELETON = re.compile(r"[^ก-ฮA-Za-z]")
SHORTEST = 10  # letters of a part of a running line that is taken for one


def word_errors(reference: str, found: str) -> tuple[int, int]:
    """Word errors and words of the reference."""
    wanted = words(normalize(reference))
    return distance(wanted, words(found)), len(wanted)


def character_errors(reference: str, found: str) -> tuple[int, int]:
    """Character errors and characters, whitespace aside; sara am in its one-letter form."""
    wanted = list("".join(normalize(reference).split()))
    return distance(wanted, list("".join(found.split()))), len(wanted)


def percent(errors: Sequence[tuple[int, int]]) -> float:
    """Errors in percent over all files together."""
    return 100 * sum(e for e, _ in errors) / max(1, sum(n for _, n in errors))


def mean_percent(errors: Sequence[tuple[int, int]]) -> float:
    """The mean over files of each file's percentage."""
    return sum(100 * e / n for e, n in errors) / max(1, len(errors))


def without_running_lines(text: str, texts: TextSet) -> str:
    """Lines that are the header or footer, however broken, taken out; page numbers beside them.

    Extractors hand them over at the page's turn, which no reference can foresee. Consonants are
    compared: every extractor keeps them.
    """
    # The page number's word stands behind the footer.
    running = [_skeleton(line + texts.measures.page) for line in texts.running]
    kept = []
    for line in re.split(r"[\n\x0c]", text):
        letters = _skeleton(line)
        if len(letters) >= SHORTEST and any(_is_part(letters, whole) for whole in running):
            continue
        if not _PAGE_NUMBER.fullmatch(line):
            kept.append(line)
    return "\n".join(kept)


def _skeleton(line: str) -> str:
    return _NOT_SKELETON.sub("", line)


def _is_part(letters: str, whole: str) -> bool:
    if letters in whole:
        return True
    near = abs(len(letters) - len(whole)) <= len(whole) / 5
    return near and distance(list(whole), list(letters)) <= len(whole) / 5


def digits_right(reference: str, found: str, digits: str) -> tuple[int, int]:
    """How many of these digits in the reference were read as themselves, and how many there are."""
    pairs = list(aligned("".join(reference.split()), "".join(found.split())))
    wanted = [pair for pair in pairs if pair[0] and pair[0] in digits]
    return sum(a == b for a, b in wanted), len(wanted)


def aligned(reference: str, found: str) -> Iterator[tuple[str, str]]:
    """Pairs of characters of the cheapest alignment, "" where one has none; from the end."""
    a, b = (np.array([ord(c) for c in text], dtype=np.int32) for text in (reference, found))
    steps = np.arange(len(b) + 1, dtype=np.int32)
    rows = [steps]
    for code in a:
        row = rows[-1]
        best = np.minimum(np.r_[row[0] + 1, row[:-1] + (b != code)], np.r_[row + 1])
        rows.append(np.minimum.accumulate(best - steps) + steps)
    i, j = len(a), len(b)
    while i or j:
        here = rows[i][j]
        if i and j and here == rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]):
            i, j = i - 1, j - 1
            yield reference[i], found[j]
        elif i and here == rows[i - 1][j] + 1:
            i -= 1
            yield reference[i], ""
        else:
            j -= 1
            yield "", found[j]
