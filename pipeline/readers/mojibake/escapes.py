"""Thai letters written as numbers, as web pages and JSON have them."""

from __future__ import annotations

import re

_ESCAPE = re.compile(
    r"&(?:amp;)*#(?:(?P<decimal>\d{2,6})|[xX](?P<hex>[0-9A-Fa-f]{2,5}));"
    r"|\\u(?P<json>0[eE][0-9A-Fa-f]{2})"
)
_THAI_CODES = range(0x0E01, 0x0E5C)
_COMPANIONS = {0xA0, 0x200B, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026}


def unescape(text: str) -> tuple[str, int]:
    """Thai letters written as numbers ("&#3585;", "&amp;#3585;", JSON's), and how many.

    Punctuation is read only beside Thai letters, markup characters never.
    """
    thai = sum(_code(found) in _THAI_CODES for found in _ESCAPE.finditer(text))
    if thai < 2:
        return text, 0
    return _ESCAPE.sub(_unescaped, text), thai


def _code(found: re.Match[str]) -> int:
    if found["decimal"]:
        return int(found["decimal"])
    return int(found["hex"] or found["json"], 16)


def _unescaped(found: re.Match[str]) -> str:
    code = _code(found)
    return chr(code) if code in _THAI_CODES or code in _COMPANIONS else found[0]
