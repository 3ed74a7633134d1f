"""Damage that text layers have, made on purpose: the classes that repair was developed with.

Each takes a text and a generator and gives the text as a broken file would have it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from benchmarks.ingestion.drawing import glyph_codes

Damage = Callable[[str, random.Random], str]
TONES = "่้๊๋์"
UPPER = "ัิีึื็ํ"
MARKS = TONES + UPPER + "ฺุู"
CLUSTER = re.compile(f"([ก-ฮ])([{MARKS}]*)")
LETTER = re.compile(f"([^{MARKS}]|^)([{MARKS}]*)", re.DOTALL)
SHIFTABLE = re.compile("[ก-ฮะาำเแโใไ]")


def split_am(text: str, _rng: random.Random) -> str:
    """ก้ำ as nikhahit, tone, aa: what shaping leaves behind."""
    return re.sub("([่้๊๋]?)ำ", "ํ\\1า", text)


def double_am(text: str, _rng: random.Random) -> str:
    """สำาหรับ: the nikhahit glyph read as ำ, and the aa kept."""
    return text.replace("ำ", "ำา")


def am_as_gap(text: str, rng: random.Random) -> str:
    """ส าหรับ: the nikhahit read as a space."""
    return re.sub("ำ", lambda _: " า" if rng.random() < 0.9 else "ำ", text)


def aa_as_am(text: str, _rng: random.Random) -> str:
    """กำรประชุม: the aa glyph read as ำ."""
    return text.replace("า", "ำ")


def am_as_aa(text: str, _rng: random.Random) -> str:
    """จังหวัดลาปาง: the nikhahit lost."""
    return text.replace("ำ", "า")


def displaced(text: str, rng: random.Random) -> str:
    """ทปี่ ระชมุ: marks sorted by place fall behind the next base, with a gap after it."""
    return shifted(text, lambda: rng.random() < 0.9, lambda: " ")


def shifted(text: str, when: Callable[[], bool], gap: Callable[[], str]) -> str:
    """Marks of a base set behind the Thai letter after it, and `gap()` behind them."""
    out, waiting = [], ""
    for match in LETTER.finditer(text):
        letter, marks = match[1], match[2]
        out.append(letter + (waiting + gap() if waiting else ""))
        waiting = ""
        if marks and SHIFTABLE.match(text, match.end()) and when():
            waiting = marks
        else:
            out.append(marks)
    return "".join(out)


def tone_first(text: str, _rng: random.Random) -> str:
    """ท่ี, ข้ันตอน: tone and vowel in the other order."""
    return re.sub(f"([{UPPER}ุู])([่้๊๋])", "\\2\\1", text)


def marks_as_gaps(text: str, _rng: random.Random) -> str:
    """การเข ยนรายงานการประช ม: no mark has a code."""
    return re.sub(f"[{MARKS}]+", " ", text)


def low_marks_lost(text: str, _rng: random.Random) -> str:
    """ไดเปลี่ยนเปน: glyphs of the private use area thrown away."""
    return re.sub("[\uf700-\uf71f]", "", glyph_codes(text).replace("็", ""))


def half_tones_lost(text: str, rng: random.Random) -> str:
    """Every second tone mark is gone."""
    return re.sub("[่้๊๋]", lambda m: m[0] if rng.random() < 0.5 else "", text)


def coded(text: str, _rng: random.Random) -> str:
    """Codes of the private use area for every mark out of its common place."""
    return glyph_codes(text)


def gap_before_marks(text: str, rng: random.Random) -> str:
    """ถ ึง, ต ้องการ: a gap between base and mark."""
    return CLUSTER.sub(lambda m: f"{m[1]} {m[2]}" if m[2] and rng.random() < 0.5 else m[0], text)


def break_before_marks(text: str, rng: random.Random) -> str:
    """A line break between vowel and tone, or base and mark."""
    return re.sub(f"(?=[{TONES}])", lambda _: "\n\n" if rng.random() < 0.3 else "", text)


def unknown_glyphs(text: str, _rng: random.Random) -> str:
    """เมื?อวันที?: a shaped tone has no code and comes out as NUL or U+FFFD."""
    return re.sub(f"(?<=[{UPPER}])[{TONES}]", "\ufffd", text)


def gaps_in_words(text: str, rng: random.Random) -> str:
    """Gaps of justified lines taken for spaces: one cluster in eight."""
    return re.sub("(?<=[ก-๎])(?=[ก-ฮเแโใไ])", lambda _: " " if rng.random() < 0.125 else "", text)


def gaps_everywhere(text: str, _rng: random.Random) -> str:
    """A space after every cluster, as in the layers of OCR programs."""
    return re.sub("(?<=[ก-๎])(?=[ก-ฮเแโใไะาำๆฯ])", " ", text)


def mixed(text: str, rng: random.Random) -> str:
    """Three at once: ำ for า, tones before vowels, marks displaced."""
    return displaced(tone_first(aa_as_am(text, rng), rng), rng)


MODELLED: dict[str, Damage] = {
    "1 sara am split": split_am,
    "2 sara am doubled": double_am,
    "3 sara am -> space, aa": am_as_gap,
    "4 aa -> am": aa_as_am,
    "5 am -> aa": am_as_aa,
    "6 marks displaced, space": displaced,
    "7 tone before vowel": tone_first,
    "8 marks -> space": marks_as_gaps,
    "9 low marks lost": low_marks_lost,
    "9 half of tones lost": half_tones_lost,
    "10 glyph codes": coded,
    "11 gap before mark": gap_before_marks,
    "12 line break before mark": break_before_marks,
    "13 unknown glyphs": unknown_glyphs,
    "15 space after clusters": gaps_everywhere,
    "gaps in words": gaps_in_words,
    "mixed 4, 7, 6": mixed,
}
