"""Whether a page's text layer can be used, or the page must be read from its image."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.thai.lexicon import RUN, dictionary
from pipeline.thai.tokenizer import tokenize

_SAMPLE = 4000  # characters of a page that are looked at
_WORDS = 400  # characters whose words are looked up where the spelling is sound
_FEW = 12  # letters: a page with fewer says too little to be called garbage
# Over 2,424 clean texts the highest odd, mixed and foreign were 0.016, 0.026 and 0.011, strange
# 0.02 of names; layers without a character map have strange above 0.84 or odd above 0.78.
_MOST_ODD, _MOST_UNKNOWN, _MOST_MIXED, _MOST_FOREIGN = 0.06, 0.15, 0.05, 0.15
_LEAST_THAI = 0.15
_MOST_STRANGE, _MOST_NAMES, _MOST_SINGLE = 0.15, 0.55, 0.5

_ORDINARY = re.compile("[!-~À-ɏก-ฺ฿-๛–-…]+")
_THAI = "ก-ฮะ-ฺเ-ๅ็-๎"
_OTHERS = re.compile(f"[^{_THAI}]+")
_RUN = re.compile("[ก-ฺเ-๎]+")
_WRITTEN = re.compile(f"[{RUN}]+")
_LABEL = re.compile(r"(?<![ก-ฺเ-๎.])[(]?[ก-ฮ][.)](?![ก-ฺเ-๎])")  # of a list: ก. ข) (ค)
_MARK = re.compile("[ัิ-ฺ็-๎]")
_CLUSTER = re.compile("[เ-ไ]?[ก-ฮ]?[ัิ-ฺ็-๎]*[ะาำๅๆ]?")
_SPELLED = re.compile("(?:(?:[เ-ไ]?[ก-ฮ][ัิ-ฺ็-๎]{0,3}[ๅ็]?[าำ]?ะ?[ๆฯ]*)|ฤา?|ๆ|ฯ){2,}")
_GLYPH_NUMBER = re.compile(r"\(cid:\d+\)")
# The letter itself goes first, then what stands before it: that is looked for five times as fast.
_LOOSE_MARK = re.compile("[ัิ-ฺ็-๎](?<![ก-ฮัิ-ฺ็-๎].)")
# Letters and signs of another kind at the side of a Thai letter, as codes that lost their map have:
# 'N/ือ/ั', '1@0ล'. Text has brackets, quotes, stops and figures there, no more.
_MIXED = re.compile(r"[A-Za-z@#$%&*<>=?^_`~\\{}](?:(?<=[ก-ฺเ-๎].)|(?<![%&])(?=[ก-ฺเ-๎]))")
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+")
_NATURAL = re.compile(r"[A-ZÀ-Þ]?[a-zß-ɏ]+|[A-Z]{2,}s?|[AI]|(?:[A-Z][a-z]+){2,}|e[A-Z][a-z]+")
_VOWEL = re.compile("[aeiouyà-ɏ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Legibility:
    """Shares, 0 to 1, of what tells a text from garbage without a dictionary.

    `odd`, `mixed` and `foreign` are of the characters that are no space, `strange` of the Thai
    ones.
    """

    odd: float
    mixed: float
    foreign: float
    strange: float


def needs_ocr(text: str, raw_text: str = "") -> bool:
    """Whether a page's text, repaired, is nothing or garbage; `raw_text` is what the layer held.

    A page of English, of names or of figures is no garbage. Repair joins what another OCR program
    left as single clusters ('ค น ท ี ่'), so that layer, whose Thai digits are wrong, is known by
    its raw text alone.
    """
    if not text.strip():
        return True
    sample = _LABEL.sub(" ", text[:_SAMPLE])
    found = legibility(sample)
    if found.odd > _MOST_ODD or found.mixed > _MOST_MIXED or found.foreign > _MOST_FOREIGN:
        return True
    if _is_thai(text[:_SAMPLE]) and _is_unreadable(sample, found.strange):
        return True
    return _single(raw_text[:_SAMPLE]) > _MOST_SINGLE and _is_thai(raw_text[:_SAMPLE])


def _is_thai(text: str) -> bool:
    """Whether a text holds so much Thai that its Thai tells whether it is legible."""
    return _thai(text) >= max(_FEW, _LEAST_THAI * len("".join(text.split())))


def _thai(text: str) -> int:
    """How many Thai letters and marks a text holds, ฯ and ๆ left out."""
    return len(_OTHERS.sub("", text))


def _is_unreadable(text: str, strange: float) -> bool:
    """Whether too many words are unknown: names, spelled as Thai is, are up to 0.44 in lists.

    Where the spelling is sound fewer words are looked up, and no more than settle it.
    """
    most = _MOST_UNKNOWN if strange > _MOST_STRANGE else _MOST_NAMES
    words = text[:_WORDS]
    if strange > _MOST_STRANGE or _thai(words) < _LEAST_THAI * _WORDS:
        words = text
    most *= max(1, _thai(words))
    half = words[: len(words) // 2]
    rest = sum(map(len, _WRITTEN.findall(words, len(half))))
    unknown = _unknown(half)
    return unknown + rest > most and _unknown(words) > most


def legibility(text: str) -> Legibility:
    """Measure a text."""
    dense = "".join(text.split())
    strange = sum(len(run) for run in _RUN.findall(text) if _is_strange(run))
    latin = _WORD.findall(text)
    natural = sum(len(word) for word in latin if _is_natural(word))
    every = max(1, len(dense))
    return Legibility(
        odd=_odd(text, dense) / every,
        mixed=len(_MIXED.findall(text)) / every,
        foreign=(sum(map(len, latin)) - natural) / every,
        strange=strange / max(1, _thai(text)),
    )


def _unknown(text: str) -> int:
    """How many Thai characters stand in words that no dictionary has."""
    known = dictionary()
    return sum(
        len(token.text)
        for token in tokenize(text)
        if token.kind == "thai" and token.text not in known and "." not in token.text
    )


def _odd(text: str, dense: str) -> int:
    """How many characters are none, or marks on no letter, or numbers of glyphs."""
    none = sum(
        unicodedata.category(c) in ("Cc", "Co", "Cn", "Cs") or c == "\ufffd"
        for c in _ORDINARY.sub("", dense)
    )
    numbers = sum(len(number) for number in _GLYPH_NUMBER.findall(text))
    return none + numbers + len(_LOOSE_MARK.findall(text))


def _is_natural(word: str) -> bool:
    short = len(word) < 4 or word.isupper()
    return bool(_NATURAL.fullmatch(word)) and (short or bool(_VOWEL.search(word)))


def _is_strange(run: str) -> bool:
    """Whether a run of Thai letters is no spelling of a syllable or more."""
    return not _SPELLED.fullmatch(run)


def _single(text: str) -> float:
    """The share of Thai characters that stand in runs of one cluster; 0 where none has a mark."""
    runs = _RUN.findall(text)
    if sum(bool(_MARK.search(run)) for run in runs) < _MOST_STRANGE * len(runs):
        return 0.0
    alone = sum(len(run) for run in runs if _CLUSTER.fullmatch(run))
    return alone / max(1, sum(map(len, runs)))
