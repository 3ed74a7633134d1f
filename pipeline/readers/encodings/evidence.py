"""Whether what came out of decoding is text, and whether it is Thai."""

from __future__ import annotations

import re

from pipeline.readers.mojibake import misplaced

THAI_LETTER = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]")
_THAI_RUN = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
# UTF-8 Thai read as Windows-874 turns every letter into เธ? or เน?; read as Latin-1, into à¸?.
DOUBLE_THAI = re.compile("เ[ธน]")
LATIN1_THAI = re.compile("[\u00a1-\u00fb]")


def plausible(text: str) -> bool:
    """Whether `text` is text at all: few control and replacement characters."""
    if not text:
        return False
    bad = len(_CONTROL.findall(text)) + text.count("\ufffd")
    return bad <= max(3, 0.02 * len(text)) and bad < len(text.strip())


def looks_thai(text: str) -> bool:
    """Whether a Windows-874 decoding is Thai, not Latin-1 accents or UTF-8 read wrongly."""
    letters = len(THAI_LETTER.findall(text))
    runs = len(_THAI_RUN.findall(text))
    orphans = misplaced(text)
    doubled = len(DOUBLE_THAI.findall(text))
    return letters >= 2.5 * runs > 0 and orphans <= 0.05 * letters and doubled <= 0.1 * letters
