"""One spelling for one Thai text.

Two layers: characters (`normalize`: NFC, line ends, spaces, invisible characters) and the order of
Thai marks (`order_marks`), which `repair` shares. Both take linear time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

UPPER_VOWELS = "ัิีึื็๎"
LOWER_VOWELS = "ฺุู"
TONES = "่้๊๋"
SILENCERS = "์ํ"
# The order of marks on one base. Nikhahit comes last, so that it meets a following า.
# ฺ, ุ ู and tones ascend in canonical combining class, so NFC keeps this order.
MARKS = UPPER_VOWELS + LOWER_VOWELS + TONES + SILENCERS
_RANK = dict.fromkeys(UPPER_VOWELS, 0) | {"ฺ": 1, "ุ": 2, "ู": 2}
_RANK |= dict.fromkeys(TONES, 3) | {"์": 4, "ํ": 5}

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
)
_SURROGATES = "\ud800-\udfff"
_ODD = re.compile(f"[{_SPACES}{_LINE_ENDS}{_INVISIBLE}{_SURROGATES}]")


def _ranges(pattern: str) -> list[str]:
    return re.findall(f"[{pattern}]", "".join(map(chr, range(0x10000))))


_ODD_TABLE = str.maketrans(
    dict.fromkeys(_ranges(_SPACES), " ")
    | dict.fromkeys(_ranges(_LINE_ENDS), "\n")
    | dict.fromkeys(_ranges(_INVISIBLE), "")
    | dict.fromkeys(_ranges(_SURROGATES), "\ufffd")
)


def _ordered(marks: str) -> str:
    """Each mark once, in the order of `_RANK`, equals in the order met."""
    return "".join(sorted(dict.fromkeys(marks), key=_RANK.__getitem__))


def _sort_run(match: re.Match[str]) -> str:
    return _ordered(match[0])


def _close_sara_am(match: re.Match[str]) -> str:
    return _ordered(re.sub("[ำาํ]", "", match[0])) + "ำ"


# Runs are sorted only behind a consonant: there, no other script's combining mark can stand before
# them, and NFC and this order never undo each other.
_RULES: tuple[
    tuple[re.Pattern[str], re.Pattern[str], str | Callable[[re.Match[str]], str]], ...
] = (
    (re.compile("ะะ|าา|โโ|ใใ|ไไ"), re.compile("([ะาโใไ])\\1+"), r"\1"),
    (re.compile("เเ"), re.compile("เเ+"), "แ"),
    (re.compile("แแ"), re.compile("แแ+"), "แ"),
    (
        re.compile(f"[{TONES}{SILENCERS}][{MARKS}]|[{UPPER_VOWELS}{LOWER_VOWELS}]{{2}}"),
        re.compile(f"(?<=[ก-ฮ])[{MARKS}]{{2,}}"),
        _sort_run,
    ),
    (re.compile("ํา"), re.compile("ํา"), "ำ"),
    (
        re.compile(f"ำ[{MARKS}ำา]"),
        re.compile(f"(?<=[ก-ฮ])[{MARKS}ำ]*ำ[{MARKS}ำา]+"),
        _close_sara_am,
    ),
)


def order_marks(text: str) -> str:
    """Thai marks in their one order: 'ท่ี' -> 'ที่', 'นํ้า' -> 'น้ำ', 'เเละ' -> 'และ', 'ะะ' -> 'ะ'.

    Marks that stand twice on one base and vowels that cannot follow themselves are written once;
    different marks on one base are all kept. ๆๆ and consonants (อออ) stay.
    """
    for seen, pattern, replacement in _RULES:
        if seen.search(text):
            text = pattern.sub(replacement, text)
    return text


def normalize(text: str) -> str:
    """Normalize `text`; idempotent, NFC on return.

    - NFC, not NFKC, which would split sara am; split sara am (U+0E4D U+0E32, with or without a tone
      mark) is joined and Thai marks are put in order (`order_marks`).
    - CRLF, CR, VT, FF, NEL, U+2028 and U+2029 become newlines; no-break and other wide or narrow
      spaces become a space. Runs of spaces stay, and so does the tab: both separate cells of forms.
    - Zero-width, bidirectional and other control characters are removed, lone surrogates become
      U+FFFD. Thai digits stay.

    >>> normalize("แม่นํ้า")
    'แม่น้ำ'
    """
    text = text.replace("\r\n", "\n")
    if _ODD.search(text):
        text = text.translate(_ODD_TABLE)
    text = order_marks(unicodedata.normalize("NFC", text))
    return unicodedata.normalize("NFC", text)
