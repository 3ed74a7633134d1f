"""Sentences of official Thai, by rules on the spaces.

Thai marks a sentence's end with a space, and puts spaces around numbers, names and list items too.
Each space of a line gets a score from the words on both sides; some never end a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache

from pipeline.documents import Span
from pipeline.thai.abbreviations import abbreviation_spans

_GAP = re.compile(r"[^\S\n]+")
_LINE = re.compile(r"[^\n]+")
_DIGIT = "[0-9๐-๙]"


def _each(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _any(words: str) -> str:
    return "(?:" + "|".join(_each(words)) + ")"


# A phrase that begins like this opens a sentence,
_OPENS = re.compile(
    _any("""
    ทั้งนี้ นอกจาก(?:นี้|นั้น) อย่างไรก็(?:ตาม|ดี) ดังนั้น ด้วยเหตุนี้ ต่อมา จากนั้น ต่อจากนั้น หลัง(?!คา|ละ|เก่า)
    ปัจจุบัน ขณะนี้ เดิม เมื่อ ใน(?:การนี้|โอกาสนี้|ที่ประชุม|ส่วนของ) ที่ประชุม มติที่ประชุม เลิกประชุม ประธาน
    ฝ่ายเลขานุการ มอบ สำหรับ ส่วน หาก มิฉะนั้น พร้อม(?:ทั้ง|นี้|กันนี้) จึง ขอ(?:เรียน|ให้) อนึ่ง สรุป
    ผู้(?!ว่า) ทุกคน โครงการนี้ เรื่องนี้ ปัญหา
    """)
)
# like this, it goes on.
_CONTINUES = re.compile(
    _any("""
    และ หรือ แต่ ซึ่ง ที่(?!ประชุม|ผ่านมา) เพื่อ เพราะ เนื่องจาก ของ โดย จาก(?!นั้น) กับ เป็น ให้แก่ แก่ เหลือ น้อย
    มากกว่า แทน รวม ไม่ ได้แก่ เช่น อาทิ ถึง จน ณ ตาม ต่อ(?!มา) ภายใน ก่อน ระหว่าง เวลา แล้ว นี้ เข้า ด้วย อีก คือ ว่า
    ใน(?!การนี้|โอกาสนี้|ที่ประชุม) หมู่ [ตอจน]\\. ๆ ฯ % [)\\]}”’»,;:/=–-] [0-9๐-๙]
    """)
)
# What ends like this waits for more; a topic that follows its number does not.
_AWAITS = _each(
    """
    ว่า คือ ได้แก่ เช่น อาทิ และ หรือ เป็น ณ เวลา ที่ ของ โดย กับ เรียน ประกอบด้วย ปี วันที่ ร้อยละ จำนวน ประมาณ
    เลขที่ ครั้งที่ หมู่ที่ ชั้น ทั้งนี้ อย่างไรก็ตาม ดังนั้น นอกจากนี้ เพื่อ ซึ่ง ( [ { “ ‘ « , : / -
    """
)
_TOPIC = "เรื่อง"
_NUMBERED = re.compile(f"{_DIGIT}[.)]|{_DIGIT}.{_TOPIC}")
# What may follow a number.
_UNIT = re.compile(
    _any("ล้าน แสน หมื่น พัน")
    + "?"
    + _any("""
    คน ราย ท่าน บาท ตัน นาที ชั่วโมง วัน สัปดาห์ เดือน ปี ไร่ แห่ง ครั้ง จุด ครัวเรือน หลัง กลุ่ม เรื่อง ข้อ
    หมู่บ้าน ตำบล อำเภอ จังหวัด กิโล ลิตร เมตร ตาราง เสียง ตัว ต้น ชุด ฉบับ ด้าน ระดับ คะแนน กิจกรรม
    โครงการ หน่วย รุ่น แปลง แผง ภาคเรียน กก เปอร์ โรง ที่นั่ง [นม]\\. [ก-ูเ]+\\.[ก-ฮ]+\\.
    มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม
    พฤศจิกายน ธันวาคม
    """)
)
_TITLED = re.compile(
    _any("นาย(?!อำเภอ|ก) นางสาว นาง น\\.ส\\. ดร\\. [ผร]?ศ\\. ว่าที่ คุณ พระครู อาจารย์")
    + r"\s?[ก-ฺเ-๎]{2,20}\Z"
)
_VERB = re.compile(
    _any("""
    จะ ได้ มี เป็น คือ ต้อง ขอ อยู่ ให้ ควร เห็น ใช้ ลด เพิ่ม เริ่ม พบ แจ้ง รับ ทำ จัด ส่ง เปิด ปิด ตก มา ไป แนะนำ เสนอ
    ถาม ตอบ เล่า ชวน ช่วย ยัง ประกอบ บันทึก ร่วม พิจารณา ประชุม บรรยาย ชี้แจง ขาด ล่าช้า เกิน เต็ม สุ่ม เหลือ
    """)
)
_LISTS = re.compile(_any("ได้แก่ เช่น อาทิ ประกอบด้วย"))
_LISTED = re.compile(_any("และ หรือ ฯลฯ"))
_ITEM = re.compile(f"[(]?(?:{_DIGIT}{{1,2}}[.)]|[ก-จ][)])(?!{_DIGIT})|[-•·●▪]\\s")
_FULL_STOP = re.compile(f"(?:[!?…]|(?<!{_DIGIT})[.])['\"”’)]?\\Z")
_ENDS_IN_NUMBER = re.compile(_DIGIT)
_PAIR = re.compile(r"\([^()\n]{1,200}\)|\[[^][\n]{1,200}\]|“[^“”\n]{1,200}”|\"[^\"\n]{1,200}\"")
# An abbreviation that something follows: a title, a rank, a place, an era.
_HOLDS = re.compile(
    _any(r"""
    (?:[ผร]?ศ\.)?ดร\. [ผร]?ศ\. [พคจ]\.ศ\. น\.ส\. ด\.[ชญ]\. โทร\. [จอตมส]\. [นพท]พ\. พญ\.
    (?:ว่าที่)?(?:พล|[พรจสดน])\.(?:[อทตสร]\.){1,2} ม\.[จล]\. ม\.ร\.ว\.
    """)
)
_NEVER = -99
_ALWAYS = 99
# (least length of the sentence so far in characters, score a space then needs)
_NEEDED = ((500, -90), (300, -2), (200, 1), (40, 2), (0, 3))
_CELL_GAP = 3


def sentences(text: str) -> list[Span]:
    r"""Spans of the sentences of `text`, in order, without blanks around them.

    A newline ends a sentence; so do three spaces, which separate the cells of a form. No break
    stands inside an abbreviation, a titled name, brackets or quotes, or between a number and its
    unit. From 500 characters on, any other space ends a sentence.

    >>> text = "นพ.สมชาย เสนองบ 2 ล้านบาท\nที่ประชุมเห็นชอบ"
    >>> [text[span.start : span.end] for span in sentences(text)]
    ['นพ.สมชาย เสนองบ 2 ล้านบาท', 'ที่ประชุมเห็นชอบ']
    """
    return list(_sentences(text))


@lru_cache(maxsize=2)  # several steps ask for the same document's sentences, one after the other
def _sentences(text: str) -> tuple[Span, ...]:
    short_forms = {span.end: span.of(text) for span in abbreviation_spans(text)}
    lines = _LINE.finditer(text)
    return tuple(span for line in lines for span in _of_line(text, line, short_forms))


def _of_line(text: str, line: re.Match[str], short_forms: dict[int, str]) -> Iterator[Span]:
    start, stop = line.span()
    start, stop = stop - len(line[0].lstrip()), start + len(line[0].rstrip())
    gaps = [gap.span() for gap in _GAP.finditer(text, start, stop)]
    held = _held(text, start, stop)
    for number, (left, right) in enumerate(gaps):
        after = text[right : gaps[number + 1][0] if number + 1 < len(gaps) else stop][:60]
        before = text[max(start, left - 400) : left]
        if right - left >= _CELL_GAP:
            score = _ALWAYS
        elif left in held or _HOLDS.fullmatch(short_forms.get(left, "")):
            score = _NEVER
        else:
            score = _score(before, after, left in short_forms)
        if score >= next(need for length, need in _NEEDED if left - start >= length):
            yield Span(start, left)
            start = right
    if start < stop:
        yield Span(start, stop)


def _held(text: str, start: int, stop: int) -> Set[int]:
    pairs = _PAIR.finditer(text, start, stop)
    return {gap.start() for pair in pairs for gap in _GAP.finditer(text, *pair.span())}


def _score(before: str, after: str, after_abbreviation: bool) -> int:
    """How likely a sentence ends between `before`, the sentence so far, and the phrase `after`."""
    tail = before[-40:]
    opens = bool(_OPENS.match(after))
    if _ITEM.match(after) or (
        _FULL_STOP.search(tail, max(0, len(tail) - 2)) and not after_abbreviation
    ):
        return _ALWAYS
    if _awaits(tail) or (not opens and _TITLED.search(tail)):
        return _NEVER
    score = 3 if opens else -3 if _CONTINUES.match(after) else 0
    if _ENDS_IN_NUMBER.match(tail[-1:]) and _UNIT.match(after):
        score -= 4
    score += 1 if _VERB.search(after) else -1
    score += 1 if _VERB.search(before) else -3
    listing = list(_LISTS.finditer(before))
    if listing and not _LISTED.search(before, listing[-1].end()):
        score -= 4
    return score


def _awaits(tail: str) -> bool:
    if tail.endswith(_AWAITS):
        return True
    if tail.endswith(_TOPIC):
        return not _NUMBERED.fullmatch(tail, max(0, len(tail) - len(_TOPIC) - 2))
    return _NUMBERED.fullmatch(tail, max(0, len(tail) - 2)) is not None
