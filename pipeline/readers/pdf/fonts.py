"""A PDF font to the text and the width of each of its codes.

pdfminer.six reads encodings and widths; the `/ToUnicode` map is read here, ten times as fast, and
compared with the embedded font program where it shows signs of being wrong.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from pdfminer.cmapdb import IdentityCMap
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1

from pipeline.readers.pdf.mended_maps import mended
from pipeline.readers.pdf.tokens import string_of
from pipeline.readers.pdf.truetype import TrueType
from pipeline.readers.pdf.values import UNKNOWN, is_mark

_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_HEX = rb"<([0-9A-Fa-f\s]*)>\s*"
_PAIR = re.compile(_HEX + _HEX)
_RANGE = re.compile(_HEX + _HEX + rb"(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])")
# A font of two-byte codes has no more.
_MAX_CODES = 0x10000
# Strings shown are remembered up to this many: single glyphs repeat, whole lines do not.
_MAX_SHOWN = 4096

_THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]")


class Shown(NamedTuple):
    """A string in a font: its text, its width in ems, the number of its codes and of blanks.

    Blanks are the single-byte codes 32, which word spacing widens.
    """

    text: str
    width: float
    codes: int
    blanks: int


class Font:
    """One font: `shown` turns the token of a string into `Shown`; `known` are the last ones."""

    def __init__(self, spec: dict[str, Any]) -> None:
        texts = mended(_to_unicode_of(spec), _widths_of(spec))
        self._miner = PDFResourceManager().get_font(None, _lean(spec) if texts else spec)
        self._texts = texts
        self._program = _program_of(spec, texts)
        # A subset of glyphs numbered anew: a code that its map leaves out is no letter of ASCII.
        thai = any(map(_THAI.search, texts.values()))
        self._numbered = thai and "Encoding" not in spec
        self._glyphs: dict[int, tuple[str, float]] = {}
        self.known: dict[bytes, Shown] = {}
        self.upright = bool(self._miner.is_vertical())
        self._wide = bool(self._miner.is_multibyte())

    def shown(self, token: bytes) -> Shown:
        """What a string token shows."""
        known = self.known.get(token)
        if known is None:
            if len(self.known) > _MAX_SHOWN:
                self.known.clear()
            known = self.known[token] = self._show(string_of(token))
        return known

    def glyphs(self, token: bytes) -> list[tuple[str, float, bool]]:
        """The same glyph by glyph: text, width in ems, whether it is a blank."""
        string = string_of(token)
        blank = not self._wide
        return [(*self._glyph(code), blank and code == 32) for code in self._codes(string)]

    def _show(self, string: bytes) -> Shown:
        glyphs = [self._glyph(code) for code in self._codes(string)]
        text = "".join(text for text, _ in glyphs)
        blanks = 0 if self._wide else string.count(b" ")
        return Shown(text, sum(width for _, width in glyphs), len(glyphs), blanks)

    def _codes(self, string: bytes) -> Iterable[int]:
        if not self._wide:
            return string
        if type(self._miner.cmap) is IdentityCMap:
            codes = array("H", string[: len(string) & ~1])
            codes.byteswap()
            return codes
        found: Iterable[int] = self._miner.decode(string)
        return found

    def _glyph(self, code: int) -> tuple[str, float]:
        known = self._glyphs.get(code)
        if known is None:
            known = self._glyphs[code] = self._text(code), self._width(code)
        return known

    def _text(self, code: int) -> str:
        """The text of a code; U+FFFD where the font tells none or a control character."""
        text = self._texts.get(code) if self._texts else None
        told = "" if text in (None, "\0", UNKNOWN) else text or ""
        if self._program is not None and (not told or _THAI.search(told) or is_mark(told)):
            text = self._program(code, told) or text
        if text is None:
            text = self._encoded(code)
        if text == "" and self._width(code) < 0.01:
            return UNKNOWN  # a mark that got lost
        odd = any(c < " " or "\x7f" <= c < "\xa0" for c in text)
        return UNKNOWN if odd else text

    def _encoded(self, code: int) -> str:
        if self._numbered:
            return UNKNOWN
        try:
            text = self._miner.to_unichr(code)
        except (PDFUnicodeNotDefined, KeyError, ValueError, IndexError):
            return UNKNOWN
        return text if isinstance(text, str) else UNKNOWN

    def _width(self, code: int) -> float:
        try:
            return float(self._miner.char_width(code))
        except (TypeError, ValueError, KeyError):
            return 0.0


def _lean(spec: dict[str, Any]) -> dict[str, Any]:
    """A font's dictionary without what pdfminer.six would read at length and nobody uses."""
    lean = {key: value for key, value in spec.items() if key != "ToUnicode"}
    if "DescendantFonts" in lean:
        below = dict_value(list_value(lean["DescendantFonts"])[0])
        lean["DescendantFonts"] = [below | {"FontDescriptor": {}}]
    elif "FontDescriptor" in lean:
        descriptor = dict_value(lean["FontDescriptor"])
        kept = {key: descriptor[key] for key in descriptor if not key.startswith("FontFile")}
        lean["FontDescriptor"] = kept
    return lean


def _widths_of(spec: Mapping[str, Any]) -> dict[int, float]:
    """The widths of a simple font's codes, in thousandths of an em."""
    first, widths = resolve1(spec.get("FirstChar")), resolve1(spec.get("Widths"))
    if not isinstance(first, int) or not isinstance(widths, list):
        return {}
    numbers = [resolve1(width) for width in widths[:256]]
    return {
        code: float(width)
        for code, width in enumerate(numbers, first)
        if isinstance(width, int | float)
    }


def _to_unicode_of(spec: Mapping[str, Any]) -> dict[int, str]:
    stream = resolve1(spec.get("ToUnicode"))
    return to_unicode(stream.get_data()) if isinstance(stream, PDFStream) else {}


def to_unicode(data: bytes) -> dict[int, str]:
    """The text of each code by a `/ToUnicode` map; what does not follow its grammar is left out."""
    texts: dict[int, str] = {}
    for section in _SECTION.finditer(data):
        if section[1] == b"char":
            for source, text in _PAIR.findall(section[2]):
                texts[_code(source)] = _utf16(text)
        else:
            for first, last, text, texts_each in _RANGE.findall(section[2]):
                _add_range(texts, _code(first), _code(last), text, texts_each)
                if len(texts) >= _MAX_CODES:
                    return texts
    return texts


def _add_range(texts: dict[int, str], first: int, last: int, text: bytes, each: bytes) -> None:
    if last - first == 0x100:
        last = first  # Ghostscript's end of a range that would begin and end at xxFF
    codes = range(first, min(last, first + _MAX_CODES) + 1)
    if each:
        texts.update(zip(codes, map(_utf16, re.findall(rb"<([^<>]*)>", each)), strict=False))
        return
    start = _utf16(text)
    if start:
        final = ord(start[-1])
        texts.update((code, start[:-1] + _char(final + n)) for n, code in enumerate(codes))


def _char(code: int) -> str:
    return chr(code) if code <= 0x10FFFF else UNKNOWN


def _code(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _utf16(digits: bytes) -> str:
    digits = b"".join(digits.split())
    if len(digits) == 4 and digits[:1] not in b"dD":
        return chr(int(digits, 16))
    if len(digits) <= 2:
        return chr(int(digits, 16)) if digits else ""
    return bytes.fromhex(digits[: len(digits) & ~3].decode()).decode("utf-16-be", "replace")


def _program_of(
    spec: Mapping[str, Any], texts: dict[int, str]
) -> Callable[[int, str], str | None] | None:
    """What the embedded TrueType font says of a code, where the map is not to be trusted."""
    if "DescendantFonts" not in spec or not _is_suspect(texts):
        return None
    below = dict_value(list_value(spec["DescendantFonts"])[0])
    stream = resolve1(dict_value(below.get("FontDescriptor", {})).get("FontFile2"))
    if not isinstance(stream, PDFStream):
        return None
    program = TrueType(stream.get_data())
    gids = _gids(resolve1(below.get("CIDToGIDMap")))
    if not program.chars:
        program.learn({gids[c] if c < len(gids) else c: text for c, text in texts.items()})
    return lambda code, told: program.text_of(gids[code] if code < len(gids) else code, told)


def _gids(table: Any) -> array[int]:
    gids = array("H")
    if isinstance(table, PDFStream):
        data = table.get_data()
        gids.frombytes(data[: len(data) & ~1])
        gids.byteswap()
    return gids


def _is_suspect(texts: dict[int, str]) -> bool:
    """Whether a map gives clusters to glyphs: a text that is empty, long, ำ, or a mark twice."""
    thai = [text for text in texts.values() if not text or _THAI.search(text)]
    if thai and any(text in ("\0", UNKNOWN) for text in texts.values()):
        return True
    marks = Counter(text for text in thai if text and is_mark(text))
    twice = any(count > 1 for count in marks.values())
    return twice or any(len(text) != 1 or text == "ำ" for text in thai)
