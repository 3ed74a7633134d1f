"""Hostile plain text: size, encodings, and letters in orders that no one writes."""

from __future__ import annotations

import random

from tests.hostile.catalogue import hostile

THAI = "โครงการน้ำดื่มสะอาดของชุมชน "
PATTERNS: list[str] = []
"""Files of one pattern over and over."""


def _enter(name: str, text: str, times: int, *, slow: bool = False) -> None:
    """Enter a file of `text` so many times, behind a line of sense."""
    PATTERNS.append(name)

    @hostile(name, slow=slow)
    def _make() -> bytes:
        return (THAI * 3 + "\n" + text * times).encode("utf-8", "surrogatepass")


# Patterns and segmenters meet these with their worst cases.
_enter("one-consonant.txt", "ก", 60_000)
_enter("one-tone.txt", "่", 60_000)
_enter("one-vowel.txt", "เ", 60_000)
_enter("one-nikhahit-aa.txt", "ํา", 60_000)
_enter("sara-am-and-space.txt", "กำ ", 19_999)
_enter("space-and-sara-am.txt", " ำ", 30_000)
_enter("base-and-loose-tone.txt", "ก ่", 19_999)
_enter("marks-in-odd-order.txt", "ก่ี้ืุํ", 9_999)
_enter("letters-with-dots.txt", "ก.", 30_000)
_enter("letters-and-spaces.txt", "ก ", 30_000)
_enter("digits.txt", "๙", 60_000)
_enter("arabic-digits.txt", "7", 60_000)
_enter("digits-and-commas.txt", "1,", 30_000)
_enter("digits-and-dots.txt", "๑.", 30_000)
_enter("dates.txt", "1/1/", 15_000)
_enter("months.txt", "1 มกราคม ", 6_600)
_enter("numbering.txt", "ข้อ ๑.๑.๑ ", 6_000)
_enter("amounts.txt", "หนึ่งล้านล้าน", 4_599)
_enter("baht.txt", "๑ บาท ", 9_999)
_enter("provinces.txt", "จังหวัดเชียงใหม่", 3_799)
_enter("titles-of-people.txt", "นายนายนาง", 6_600)
_enter("times.txt", "เวลา 9.00-", 6_000)
_enter("repeat-signs.txt", "มากๆ", 15_000)
_enter("newlines.txt", "\n", 60_000)
_enter("spaces.txt", " ", 60_000)
_enter("tabs.txt", "ก\t", 30_000)
_enter("colons.txt", "ก : ", 15_000)
_enter("boxes.txt", "☐ ☑ (  ) [/] ", 4_999)
_enter("bullets.txt", "- ก\n", 15_000)
_enter("headings.txt", "1. ชื่อโครงการ\n", 3_999)
_enter("agenda.txt", "ระเบียบวาระที่ 1\n", 3_600)
_enter("meetings.txt", "รายงานการประชุม ครั้งที่ ", 2_400)
_enter("dashes.txt", "-", 60_000)
_enter("dot-leaders.txt", ".", 60_000)
_enter("quotes.txt", "\"'“", 19_999)
_enter("brackets.txt", "(", 60_000)
_enter("latin.txt", "a", 60_000)
_enter("latin-and-dots.txt", "a.", 30_000)
_enter("addresses.txt", "http://", 8_599)
_enter("at-signs.txt", "a@", 30_000)
_enter("combining-accents.txt", "\u0301", 60_000)
_enter("right-to-left.txt", "\u202eกา\u202c", 15_000)
_enter("zero-width.txt", "ก\u200b\u2060\ufeff", 15_000)
_enter("private-use.txt", "\uf70a", 60_000)
_enter("replacement.txt", "ก\ufffd", 6_000)
_enter("astral.txt", "😀\U000e0001", 30_000)
_enter("nul.txt", "ก\0", 1_000)
_enter("surrogates.txt", "กา\ud800", 3_000)
_enter("form-feeds-300k.txt", "ก\f", 300_000, slow=True)
_enter("lines-400k.txt", "ก\n", 400_000, slow=True)
_enter("running-heads.txt", "หัวกระดาษ\nหน้า 1\n\f", 1_900)


@hostile("random-letters-500k.txt", slow=True)
def _random() -> bytes:
    letters = [chr(code) for code in (*range(0xE01, 0xE3B), *range(0xE40, 0xE4F))] + [" "]
    return "".join(random.Random(1).choices(letters, k=500_000)).encode()


@hostile("words-without-a-space-3-million.txt", slow=True)
def _words() -> bytes:
    words = THAI.replace(" ", "")
    return (words * (3_000_000 // len(words))).encode()


@hostile("one-line-of-5-mb.txt", slow=True)
def _line() -> bytes:
    return (THAI * (5_000_000 // len(THAI.encode()))).encode()


@hostile("larger-than-200-mb.txt", refused="ใหญ่", slow=True)
def _large() -> bytes:
    return THAI.encode() * (210_000_000 // len(THAI.encode()))


@hostile("text-of-150-mb.txt", slow=True)
def _nearly_too_large() -> bytes:
    return THAI.encode() * (150_000_000 // len(THAI.encode()))


@hostile("all-ones.txt", refused="")
def _ones() -> bytes:
    return b"\xff" * 300_000


@hostile("all-zeros.txt", refused="ว่าง")
def _zeros() -> bytes:
    return b"\0" * 300_000


@hostile("noise.txt", refused="")
def _noise() -> bytes:
    return random.Random(2).randbytes(300_000)


@hostile("every-byte.txt")
def _every_byte() -> bytes:
    return bytes(range(256)) * 1000


@hostile("cp874-holes.txt")
def _holes() -> bytes:
    return THAI.encode("cp874") * 100 + b"\xdb\xdc\xdd\xde\xfc\xfd\xfe\xff\x81\x90" * 3


@hostile("utf-16-odd-bytes.txt", read="น้ำดื่ม")
def _odd_utf16() -> bytes:
    return (THAI * 9).encode("utf-16") + b"\x01"


@hostile("utf-16-mark-only-then-utf-8.txt")
def _lying_mark() -> bytes:
    return b"\xff\xfe" + (THAI * 900).encode()


@hostile("utf-32-beyond-unicode.txt")
def _utf32() -> bytes:
    return b"\xff\xfe\0\0" + b"\xff\xff\xff\x7f" * 9000


@hostile("utf-8-overlong.txt")
def _overlong() -> bytes:
    return (THAI * 9).encode() + b"\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80" * 999


@hostile("half-utf-8-half-cp874.txt", read="น้ำดื่ม")
def _mixed() -> bytes:
    return "\n".join([THAI * 3] * 20).encode() + b"\n" + "\n".join([THAI * 3] * 20).encode("cp874")


@hostile("mojibake.txt")
def _mojibake() -> bytes:
    return (THAI * 2000).encode("cp874").decode("latin-1").encode()


@hostile("mojibake-three-times.txt")
def _mojibake_thrice() -> bytes:
    text = THAI * 500
    for _ in range(3):
        text = text.encode().decode("latin-1")
    return text.encode()


@hostile("terminal-escapes.txt")
def _escapes() -> bytes:
    return (THAI * 20 + "\x1b]0;x\x07\x1b[2J\x1b[31m\r" * 20).encode()


@hostile("formula.txt", read="น้ำดื่ม")
def _formula() -> bytes:
    return f'=HYPERLINK("http://127.0.0.1:9/","x")\n@SUM(1)\n{THAI * 5}'.encode()
