"""Sums of money in Thai text.

พันบาท and ล้านบาท without a number are units, and a part of a longer figure is no sum of money.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.thai.numbers import MILLION, NumberMention, arabic_digits, numbers_in


@dataclass(frozen=True, slots=True)
class BahtMention:
    """A sum of money. A range ('5-7 ล้านบาท') is one mention with its upper value.

    `per_unit` is True for prices and rates: บาท/กก., บาทต่อไร่, ตันละ ๙๐๐ บาท.
    """

    start: int
    end: int
    baht: float
    per_unit: bool = False


_BAHT = re.compile(r"\s{0,3}บาท(?!วิถี|หลวง|ทวิ)|[ \t]?\.-(?![0-9])|[ \t]?THB\b|[ \t]?฿")
_MILLIONS = re.compile(r"[ \t]{0,2}ลบ\.(?!\s?ม)")
# บ. is also บ้าน and บริษัท: only after a sum of a hundred or more, and not glued to a name.
_SHORT_BAHT = re.compile(r"[ \t]?บ\.(?![ก-ฮเ-ไ])")
_MB = re.compile(r"[ \t]?M(?:B|Baht)\b")
_MB_CUE = re.compile(r"งบ|วงเงิน")
_BAHT_BEFORE = re.compile(r"(?:฿|THB)[ \t]?\Z")
_MORE = re.compile(r"กว่า|เศษ")
_PER_AFTER = re.compile(
    r"\s?/\s?[^\W\d]|\s?ต่อ(?!มา|ไป|เนื่อง|ยอด|สู้|จาก|เติม|อายุ|สัญญา|ที่ประชุม|คณะ|สำนัก)"
)
_PER_BEFORE = re.compile(
    r"(?<![แส])(?<!ร้อย)ละ\s?(?:ประมาณ|ไม่เกิน|ราว|เกือบ|เพียง|กว่า|ตั้งแต่|อย่างน้อย|เฉลี่ย)?\s?\Z"
)
_TO = re.compile(r"[ \t]?(?:-|–|—|ถึง)[ \t]?")
# "1 500 000 บาท": a group that begins with 0 cannot be a figure of its own, unlike "2 300 600 บาท".
_SPACED = re.compile(
    r"(?<![0-9])(?<![0-9][ ,.])[1-9][0-9]{0,2}(?=(?:[ ][0-9]{3}){0,3}[ ]0)(?:[ ][0-9]{3}){1,4}"
    r"(?=(?:\.[0-9]{1,2})?(?:[ \t]{0,3}(?:กว่า|เศษ)?บาท|[ \t]?(?:\.-|THB\b|฿|บ\.)))"
)
_ORDINAL_BEFORE = re.compile(
    r"(?:ที่|ข้อ|ลำดับ|รายการ|กิจกรรม|โครงการ|รุ่น|ระยะ|งวด|หมู่|ชั้น|ครั้ง|ปี|ไตรมาส|ประเภท|ม\.)[ \t]?\Z"
)
_ZERO_LED = re.compile(r"0[0-9]")
_THREE_LED = re.compile(r"[0-9]{3}(?![0-9])")
_GLUED_BEFORE = re.compile(r"[0-9][.,]\Z")
_GROUP_BEFORE = re.compile(r"(?<![0-9])(?<![0-9][.,])[0-9]{1,3},?[ ]\Z|[0-9],[0-9]{3},?[ ]\Z")


def find_baht(text: str) -> list[BahtMention]:
    """Sums of money in order: บาท, บ., .-, ฿, ลบ. and, within 20 characters of งบ or วงเงิน, MB.

    >>> [mention.baht for mention in find_baht("งบ ๑.๕ ล้านบาท")]
    [1500000.0]
    """
    plain = _SPACED.sub(_with_commas, arabic_digits(text))
    found: list[BahtMention] = []
    lower: NumberMention | None = None
    for number in numbers_in(plain):
        money = _money(number, plain)
        start = _range_start(lower, number, plain)
        if money is not None:
            end, baht = money
            found.append(BahtMention(start, end, baht, _is_rate(plain, start, end)))
        lower = number
    return found


def _with_commas(figure: re.Match[str]) -> str:
    """'1 500 000' as '1,500,000', left as it is where its first group may number something."""
    before = figure.string[max(0, figure.start() - 10) : figure.start()]
    return figure[0] if _ORDINAL_BEFORE.search(before) else figure[0].replace(" ", ",")


def _is_piece(number: NumberMention, plain: str) -> bool:
    """Whether the figure is cut out of a longer one: '00' of '15,00', '500' of '2 500'."""
    before = plain[max(0, number.start - 20) : number.start]
    if _ZERO_LED.match(plain, number.start) or _GLUED_BEFORE.search(before):
        return True
    if not _THREE_LED.match(plain, number.start):
        return False
    group = _GROUP_BEFORE.search(before)
    return group is not None and not _ORDINAL_BEFORE.search(before[: group.start()])


def _money(number: NumberMention, plain: str) -> tuple[int, float] | None:
    """End of the sum and its baht, None when the number is no money."""
    if _is_piece(number, plain):
        return None
    end = number.end
    more = _MORE.match(plain, end)
    if unit := _BAHT.match(plain, more.end() if more else end):
        return unit.end(), number.value
    if unit := _MILLIONS.match(plain, end):
        return unit.end(), round(number.value * MILLION, 2)
    if number.value >= 100 and (unit := _SHORT_BAHT.match(plain, end)):
        return unit.end(), number.value
    if (unit := _MB.match(plain, end)) and _MB_CUE.search(
        plain, max(0, number.start - 20), number.start
    ):
        return unit.end(), round(number.value * MILLION, 2)
    if _BAHT_BEFORE.search(plain[max(0, number.start - 5) : number.start]):
        return end, number.value
    return None


def _range_start(lower: NumberMention | None, upper: NumberMention, plain: str) -> int:
    """Where a range begins: at its lower number if `upper` follows it after a dash or ถึง."""
    if lower is None or lower.value >= upper.value or upper.start - lower.end > 8:
        return upper.start
    joined = _TO.fullmatch(plain, lower.end, upper.start)
    return lower.start if joined else upper.start


def _is_rate(plain: str, start: int, end: int) -> bool:
    before = plain[max(0, start - 24) : start]
    return bool(_PER_AFTER.match(plain, end) or _PER_BEFORE.search(before))
