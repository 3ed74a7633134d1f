"""Figures and written-out numbers in Thai text; sums of money are in `money`.

Digits may be Thai or Arabic. A written-out number counts when it has at least two number words
("ห้าสิบ") or stands before บาท or ถ้วน, and reads as one value: "สองสาม" (two or three) and
"สองแสนห้า" (200,005 on paper, 250,000 in speech) give nothing. ร้อยเอ็ด alone is the province.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

_DIGIT_PAIRS = tuple(zip("๐๑๒๓๔๕๖๗๘๙", "0123456789", strict=True))

_DIGITS = {
    "หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3, "สี่": 4, "ห้า": 5,
    "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9,
}  # fmt: skip
_UNITS = {"สิบ": 10, "ร้อย": 100, "พัน": 1000, "หมื่น": 10_000, "แสน": 100_000}
MILLION = 1_000_000
_POWERS = {**_UNITS, "ล้าน": MILLION}

# What follows a unit when the letters belong to another word: ranks, พันธุ์, ร้อยละ, ล้านนา ...
_NOT_AFTER = {
    "สาม": "า",
    "ห้า": "[มง]",
    "หก": "ล้ม",
    "สิบ": "เอก|โท|ตรี|ตำรวจ",
    "ร้อย": "ละ|เอก|โท|ตรี|ตำรวจ|แก้ว|กรอง|เรียง|รัด|ไหม",
    "พัน": "ธ|เอก|โท|ตรี|จ่า|ตำรวจ|ท้าย|แผล|โบก",
    "หมื่น": "นาย|ขุน|สิทธิ|ไวย",
    "แสน": "ดี|สุข|สาหัส|เข็ญ|คำ|รู้|งาม|สวย|ตอ|สนุก|สบาย|ลำบาก|แพง",
    "ล้าน": "นา|ช้าง",
}
_MARK = "[ะ-ฺๅ็-๎]"


def _word(word: str) -> str:
    other = _NOT_AFTER.get(word)
    return f"{word}(?!{_MARK}{f'|{other}' if other else ''})"


_GAP = r"[ \t]{0,2}"
_RUN = re.compile(r"[0-9](?:[0-9.,]*[0-9])?")
_WHOLE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,6})?|[0-9]{1,15}(?:\.[0-9]{1,9})?")
_POWER = re.compile(
    f"{_GAP}(?P<power>(?:{'|'.join(_UNITS)})?(?:ล้าน)?{_word('ล้าน')}"
    f"|{'|'.join(_word(unit) for unit in _UNITS)})(?P<half>ครึ่ง(?!{_MARK}))?"
)
_POWER_WORDS = re.compile("|".join(_POWERS))
# ผูกพัน, สัมพันธ์, เกี่ยวพัน and พัวพัน hold พัน.
_SPELLED = re.compile(
    f"(?<!ผูก)(?<!สัม)(?<!เกี่ยว)(?<!พัว)(?:{'|'.join(_word(w) for w in (*_DIGITS, *_POWERS))})+"
)
_SPELLED_WORDS = re.compile("|".join((*_DIGITS, *_POWERS)))
_MONEY_NEXT = re.compile(r"\s{0,2}(?:บาท|ถ้วน)")
_UNIT = re.compile("(?:พัน|หมื่น|แสน|ล้าน)+")
_POWERS_ONLY = re.compile(f"(?:{'|'.join(_POWERS)})+")
# หลายสิบล้าน, หลักร้อยล้าน and (หน่วย: สิบล้านบาท) count nothing.
_VAGUE_BEFORE = re.compile(r"(?:หลาย|กี่|นับ|หลัก|หน่วย)[ \t]{0,2}[:(]?[ \t]{0,2}\Z")
_HALF_BEFORE = re.compile(r"(?<!ล้าน)(?<!แสน)(?<!หมื่น)(?<!พัน)(?<!ร้อย)ครึ่ง\Z")
_MAX_WORDS = 30


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number in the text, its multiplier included: '1.5 ล้าน' is 1500000.0."""

    start: int
    end: int
    value: float


def arabic_digits(text: str) -> str:
    """Thai digits as 0-9, everything else as it was; the length stays.

    >>> arabic_digits("พ.ศ. ๒๕๖๔")
    'พ.ศ. 2564'
    """
    for thai, arabic in _DIGIT_PAIRS:  # ten times as fast as str.translate over Thai text
        text = text.replace(thai, arabic)
    return text


def find_numbers(text: str) -> list[NumberMention]:
    """All numbers in order; 'ร้อยละ ๙๐' gives 90, 'PM2.5' and '1.2.3' give none.

    >>> [mention.value for mention in find_numbers("ร้อยละ ๙๐ ของ ๑,๘๔๒ ครัวเรือน")]
    [90.0, 1842.0]
    """
    return numbers_in(arabic_digits(text))


def numbers_in(plain: str) -> list[NumberMention]:
    """The numbers of a text whose digits are Arabic already, in order."""
    figures = list(_compounds(_figures(plain), plain))
    taken = {index for mention in figures for index in range(mention.start, mention.end)}
    spelled = [mention for mention in _spelled(plain) if mention.start not in taken]
    return sorted([*figures, *spelled], key=lambda mention: mention.start)


def _figures(plain: str) -> Iterator[tuple[NumberMention, float]]:
    """Figures with the power of ten they end on (1 for none)."""
    for run in _RUN.finditer(plain):
        if run.start() and plain[run.start() - 1].isascii() and plain[run.start() - 1].isalpha():
            continue
        for start, surface in _parts(run.group(), run.start()):
            yield _with_power(start, surface, plain)


def _parts(run: str, start: int) -> Iterator[tuple[int, str]]:
    """The numbers of a run: one ('1,250.5'), several ('1,2,3') or none ('1.2.3')."""
    if _WHOLE.fullmatch(run):
        yield start, run
        return
    parts = run.split(",")
    if len(parts) == 1 or not all(part == "" or _WHOLE.fullmatch(part) for part in parts):
        return
    for part in parts:
        if part:
            yield start, part
        start += len(part) + 1


def _with_power(start: int, surface: str, plain: str) -> tuple[NumberMention, float]:
    end = start + len(surface)
    value = float(surface.replace(",", ""))
    power = _POWER.match(plain, end)
    if power is None:
        return NumberMention(start, end, value), 1
    factor = prod(_POWERS[word] for word in _POWER_WORDS.findall(power["power"]))
    value += 0.5 if power["half"] else 0
    return NumberMention(start, power.end(), round(value * factor, 2)), factor


def _compounds(
    figures: Iterator[tuple[NumberMention, float]], plain: str
) -> Iterator[NumberMention]:
    """Join '2 ล้าน 5 แสน' into one number: powers fall and only spaces stand between."""
    held: tuple[NumberMention, float] | None = None
    for mention, factor in figures:
        if held is None:
            held = mention, factor
            continue
        left, above = held
        gap = plain[left.end : mention.start]
        if 1 < factor < above and len(gap) <= 1 and not gap.strip():
            held = NumberMention(left.start, mention.end, left.value + mention.value), factor
            continue
        yield left
        held = mention, factor
    if held is not None:
        yield held[0]


def _spelled(plain: str) -> Iterator[NumberMention]:
    for run in _SPELLED.finditer(plain):
        words = _SPELLED_WORDS.findall(run.group()) if len(run.group()) < 8 * _MAX_WORDS else []
        money = _MONEY_NEXT.match(plain, run.end()) is not None
        if not money and (
            len(words) < 2 or _is_name(run.group(), plain[run.end() : run.end() + 5])
        ):
            continue
        value = _read(words)
        if value is None:
            continue
        before = plain[max(0, run.start() - 12) : run.start()]
        if not _POWERS_ONLY.fullmatch(run.group()):
            yield NumberMention(run.start(), run.end(), float(value))
        elif half := _HALF_BEFORE.search(before):
            yield NumberMention(run.start() - len(half[0]), run.end(), value / 2)
        elif not (_VAGUE_BEFORE.search(before) or (money and _UNIT.fullmatch(run.group()))):
            yield NumberMention(run.start(), run.end(), float(value))


def _is_name(surface: str, after: str) -> bool:
    """ร้อยเอ็ด the province, สามร้อยยอด the district, สิบสองปันนา the land."""
    return surface == "ร้อยเอ็ด" or after.startswith(("ยอด", "ปันนา"))


def _read(words: list[str]) -> int | None:
    """Value of number words, None when they do not form exactly one number."""
    millions, section, digit, ceiling = 0, 0, 0, MILLION
    for index, word in enumerate(words[:_MAX_WORDS]):
        if word in _DIGITS:
            if digit or (word == "เอ็ด" and index == 0):
                return None
            digit = _DIGITS[word]
        elif word == "ล้าน":
            millions = (millions + (section + digit or not millions)) * MILLION
            section, digit, ceiling = 0, 0, MILLION
        elif _UNITS[word] >= ceiling:
            return None
        else:
            ceiling = _UNITS[word]
            section, digit = section + (digit or 1) * ceiling, 0
    if not words or (digit and ceiling > 100 and len(words) > 1):
        return None
    return millions + section + digit
