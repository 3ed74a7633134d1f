"""Damage that repair was not developed with: other kinds, and other programs' real output.

Written apart and kept away from development. Sources: reports about typst (7610), SynPDF (73),
Tesseract (2455) and pdf-inspector (249), Apple's table of Mac OS Thai, symbol fonts of Word 97,
Thai text read in the wrong code page, and what OCR programs take for one another.
"""

from __future__ import annotations

import random
import re

from benchmarks.ingestion.damage import CLUSTER, MARKS, TONES, UPPER, Damage, shifted
from benchmarks.ingestion.drawing import HIGH_LEFT, LEFT, LOW, LOW_LEFT, glyph_codes

ALIKE = ("ดคต", "ถกภ", "บป", "มน", "พผฟ", "ขช", "ลส", "ฎฏ", "ณญ", "รธ", "อฮ", "วง")
TWINS = {a: [b for b in group if b != a] for group in ALIKE for a in group}
VOWELS_ALIKE = dict(zip("ิีึืุู่้", "ีิืึูุ้่", strict=True))
# Plain characters of Mac OS Thai and a hint behind them: left, low, low and left.
HINTS = {
    **{code: mark + "\uf875" for mark, code in LOW.items()},
    **{code: mark + "\uf873" for mark, code in LOW_LEFT.items()},
    **{code: mark + "\uf874" for mark, code in (LEFT | HIGH_LEFT).items()},
}
WRONG_CODES = str.maketrans("่้์ั", "\u00b4\u00b6\u00b7\u00d1")


def leading_vowel_behind(text: str, _rng: random.Random) -> str:
    """กเษตร: glyphs sorted so that the leading vowel follows its consonant."""
    return re.sub("([เแโใไ])([ก-ฮ])", "\\2\\1", text)


def double_e(text: str, _rng: random.Random) -> str:
    """เเละ: แ typed or mapped as two เ."""
    return text.replace("แ", "เเ")


def tone_behind_am(text: str, _rng: random.Random) -> str:
    """นำ้: tone behind sara am."""
    return re.sub("([่้๊๋])ำ", "ำ\\1", text)


def mac_hints(text: str, _rng: random.Random) -> str:
    """Marks with Apple's transcoding hints, U+F873 to U+F875."""
    coded = glyph_codes(text)
    return "".join(HINTS.get(char, char) for char in coded).translate({0xF700: "ฐ", 0xF70F: "ญ"})


def symbol_font(text: str, _rng: random.Random) -> str:
    """Thai bytes of a symbol font: U+F000 and the TIS-620 byte."""
    return re.sub("[ก-๛]", lambda m: chr(0xF000 + m[0].encode("tis-620")[0]), text)


def far_private_use(text: str, _rng: random.Random) -> str:
    """เมื?อ: tones over vowels as U+100000."""
    return re.sub(f"(?<=[{UPPER}])[{TONES}]", "\U00100000", text)


def utf8_as_874(text: str, _rng: random.Random) -> str:
    """เธเธฒเธฃ: UTF-8 read as Windows-874."""
    return "".join(
        bytes([byte]).decode("cp874", "ignore") or chr(byte) for byte in text.encode("utf-8")
    )


def bytes_as_latin(text: str, _rng: random.Random) -> str:
    """¡ÒÃ: a font without an encoding, its Thai bytes read as Latin-1."""
    return re.sub("[ก-๛]", lambda m: m[0].encode("tis-620").decode("latin-1"), text)


def double_strike(text: str, rng: random.Random) -> str:
    """กกาารร: bold made by printing twice, in one phrase of five."""
    return re.sub(
        r"\S{8,}",
        lambda m: "".join(c + c for c in m[0]) if rng.random() < 0.2 else m[0],
        text,
    )


def marks_first(text: str, rng: random.Random) -> str:
    """Marks before their base: sorted by their left edge."""
    return CLUSTER.sub(lambda m: m[2] + m[1] if rng.random() < 0.9 else m[0], text)


def gap_after_or_lost(text: str, rng: random.Random) -> str:
    """คอลั มนสต์: a space after some marked clusters, the marks of others lost."""

    def change(match: re.Match[str]) -> str:
        if not match[2]:
            return match[0]
        chance = rng.random()
        return match[1] + (match[2] + " " if chance < 0.5 else " " if chance < 0.65 else match[2])

    return CLUSTER.sub(change, text)


def invisible(text: str, rng: random.Random) -> str:
    """Zero-width spaces, joiners and soft hyphens at one cluster in six."""
    return re.sub(
        "(?<=[ก-๎])(?=[ก-ฮเแโใไ])",
        lambda _: rng.choice("\u200b\u00ad\u200c\u2060") if rng.random() < 0.17 else "",
        text,
    )


def hyphenated(text: str, rng: random.Random) -> str:
    """ประ-/ชาชน: a hyphen and a line break inside words, one in forty clusters."""
    return re.sub(
        "(?<=[ก-ฮะาำ])(?=[ก-ฮเแโใไ])", lambda _: "-\n" if rng.random() < 0.025 else "", text
    )


def letters_alike(text: str, rng: random.Random) -> str:
    """One consonant in sixty taken for one that looks alike."""
    return "".join(
        rng.choice(TWINS[c]) if c in TWINS and rng.random() < 1 / 60 else c for c in text
    )


def marks_alike(text: str, rng: random.Random) -> str:
    """One mark in twelve taken for another: ่ and ้, ิ and ี, ึ and ื, ุ and ู."""
    return "".join(
        VOWELS_ALIKE[c] if c in VOWELS_ALIKE and rng.random() < 1 / 12 else c for c in text
    )


def am_without_aa(text: str, _rng: random.Random) -> str:
    """สํนักงาน: the nikhahit kept, the aa lost."""
    return text.replace("ำ", "ํ")


def am_split_by_gap(text: str, _rng: random.Random) -> str:
    """สํ านัก: nikhahit, a gap, aa."""
    return re.sub("([่้๊๋]?)ำ", "ํ\\1 า", text)


def am_lost(text: str, _rng: random.Random) -> str:
    """ส นักงาน: the whole sara am a space."""
    return text.replace("ำ", " ")


def upper_vowels_lost(text: str, _rng: random.Random) -> str:
    """ิ ี ึ ื gone, tones kept."""
    return re.sub("[ิีึื]", "", text)


def lower_vowels_lost(text: str, _rng: random.Random) -> str:
    """ุ ู gone: clipped at the foot of the line."""
    return re.sub("[ุู]", "", text)


def silencer_lost(text: str, _rng: random.Random) -> str:
    """์ gone."""
    return text.replace("์", "")


def spaced_headings(text: str, rng: random.Random) -> str:
    """ส ำ นั ก ง า น: one phrase in four set with spaces between all letters."""

    def spread(match: re.Match[str]) -> str:
        if rng.random() > 0.25:
            return match[0]
        return re.sub(f"(?<=.)(?=[^{MARKS}])", " ", match[0])

    return re.sub("[ก-๎]{8,}", spread, text)


def marks_as_boxes(text: str, _rng: random.Random) -> str:
    """ท□ประช□ม: every mark an unknown box."""
    return re.sub(f"[{MARKS}]", "\u25a1", text)


def wrong_codes(text: str, _rng: random.Random) -> str:
    """Four marks each with one wrong code, as a bad ToUnicode table gives."""
    return text.translate(WRONG_CODES)


def one_tone_lost(text: str, _rng: random.Random) -> str:
    """Mai ek has no code, every other mark has."""
    return text.replace("่", "")


def glyph_numbers(text: str, _rng: random.Random) -> str:
    """Letters whose glyphs a writer renamed come out as U+100000 and the glyph's number."""
    return text.translate({ord(c): 0x1003D6 + 7 * i for i, c in enumerate("กสหเแ่้์")})


def displaced_gap_at_times(text: str, rng: random.Random) -> str:
    """เกดิขอ้ผดิ พลาด: marks behind the next base, a gap only after half of them."""
    return shifted(text, lambda: rng.random() < 0.8, lambda: rng.choice(("", " ")))


def gap_for_high_tones(text: str, rng: random.Random) -> str:
    """ชื อ, จ านวน: a tone above a vowel and the nikhahit as spaces, all else whole."""
    text = re.sub(f"(?<=[{UPPER}])[่้๊๋์]", " ", text)
    return re.sub("ำ", lambda _: " า" if rng.random() < 0.9 else "ำ", text)


def doubled_marks_and_gaps(text: str, rng: random.Random) -> str:
    """ว ััน, ช ุุด: a gap before the mark, and the mark twice at times."""
    return CLUSTER.sub(
        lambda m: (
            m[1] + " " + m[2] + m[2][-1] * rng.randint(0, 1)
            if m[2] and rng.random() < 0.6
            else m[0]
        ),
        text,
    )


def all_marks_lost_aa_as_am(text: str, _rng: random.Random) -> str:
    """กำรสรำงรำยกำรใหม: no marks at all, and ำ for า."""
    return re.sub(f"[{MARKS}]", "", text).replace("า", "ำ")


def displaced_without_gap(text: str, _rng: random.Random) -> str:
    """ทปี่ระชมุ: marks behind the next base and no gap that tells."""
    return shifted(text, lambda: True, lambda: "")


HELD_OUT: dict[str, Damage] = {
    "double e": double_e,
    "tone behind am": tone_behind_am,
    "UTF-8 read as 874": utf8_as_874,
    "gap after marks, some lost": gap_after_or_lost,
    "invisible characters": invisible,
    "hyphen and line break": hyphenated,
    "letters alike (OCR)": letters_alike,
    "marks alike (OCR)": marks_alike,
    "am without aa": am_without_aa,
    "am split by a gap": am_split_by_gap,
    "am -> space": am_lost,
    "upper vowels lost": upper_vowels_lost,
    "lower vowels lost": lower_vowels_lost,
    "silencer lost": silencer_lost,
    "mai ek lost": one_tone_lost,
    "spaced phrases": spaced_headings,
    "wrong codes": wrong_codes,
    "displaced, no gap": displaced_without_gap,
    "displaced, gap at times": displaced_gap_at_times,
    "gap for high tones and am": gap_for_high_tones,
    "gaps and doubled marks": doubled_marks_and_gaps,
    "marks lost, aa -> am": all_marks_lost_aa_as_am,
}

# Held out at first; worked on once their names and errors were known.
FORMERLY_HELD_OUT: dict[str, Damage] = {
    "leading vowel behind": leading_vowel_behind,
    "Mac hints": mac_hints,
    "symbol font": symbol_font,
    "U+100000 for tones": far_private_use,
    "Thai bytes read as Latin-1": bytes_as_latin,
    "double strike": double_strike,
    "marks before base": marks_first,
    "marks -> boxes": marks_as_boxes,
    "glyph numbers": glyph_numbers,
}

# Extractors by column and the producers on whose files they break text.
REAL: dict[str, tuple[str, ...]] = {
    "pdfplumber": ("libreoffice", "chromium", "weasyprint"),
    "pdfplumber flow": ("libreoffice", "chromium", "weasyprint"),
    "pdfminer": ("libreoffice", "chromium", "weasyprint", "reportlab-shaped", "fpdf2-shaped"),
    "pypdfium2": ("libreoffice", "chromium", "weasyprint"),
    "pdftotext": ("libreoffice", "weasyprint", "fpdf2-shaped"),
    "docling-parse": ("weasyprint", "chromium", "libreoffice"),
    "pymupdf4llm": ("weasyprint", "fpdf2-shaped"),
}
