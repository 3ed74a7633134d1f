"""Parts of a meeting by words that count: ช่วงแรก, วันที่สอง, คำถามที่ 1."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from pipeline.minutes.items.outline import Mark, number_of
from pipeline.minutes.text.paragraphs import Paragraph
from pipeline.minutes.text.wording import DIGIT, any_word

_PERIOD = rf"(?:ช่วง|ภาค|ตอน|รอบ){any_word('outline', 'periods')}(?![ะ-ูๅ็-๎])"
_PART = re.compile(
    rf"(?:และ)?(?:ใน)?(?P<part>(?P<word>{any_word('outline', 'parts')})[ ]?"
    rf"(?:(?:ที่[ ]?)?{any_word('outline', 'ordinals')}(?![ะ-ูๅ็-๎])"
    rf"|ที่[ ]?{DIGIT}{{1,2}}(?!{DIGIT}|[ ]*{any_word('body', 'months')}))(?:[ ]{_PERIOD})?"
    rf"|{_PERIOD})"
    rf"(?:ของ(?:การประชุม|งาน|วัน)\S{{0,12}})?"
)
_BEHIND_PART = re.compile(r"[ \t]*[:：\-–—.]?[ \t]*")
# Any word that counts: คำถามที่ 1, คำถามที่ 2.
_COUNTED = re.compile(
    rf"(?!{any_word('outline', 'markers')}|ครั้ง|หมู่|ชั้น|ฉบับ|หน้า|แผ่น|วัน)"
    rf"(?P<part>(?P<word>[ก-๎]{{2,16}}?)[ ]?ที่[ ]?(?P<number>{DIGIT}{{1,2}}))"
    rf"(?!{DIGIT}|[/.:]{DIGIT}|[ ]*{any_word('body', 'months')})"
)
_TIME = "time"


def part_marks(text: str, found: Sequence[Paragraph]) -> list[Mark]:
    """ช่วงแรก, ช่วงที่สอง …: a word that counts at least two parts; days and their times are one."""
    series: dict[str, list[Mark]] = {}
    for paragraph in found:
        match = _PART.match(text, paragraph.body, paragraph.end)
        if match:
            body = _BEHIND_PART.match(text, match.end(), paragraph.end)
            start = body.end() if body else match.end()
            mark = Mark(paragraph.start, start, paragraph.end, match["part"], "part")
            word = match["word"] or _TIME
            series.setdefault(_TIME if word == "วัน" else word, []).append(mark)
    series.update(_counted(text, found, series))
    if "ช่วง" in series and _TIME in series:
        series["ช่วง"] = sorted(series["ช่วง"] + series[_TIME], key=lambda mark: mark.start)
    best = max(series.values(), key=len, default=[])
    return best if len(best) >= 2 else []


def _counted(text: str, found: Sequence[Paragraph], known: Container[str]) -> dict[str, list[Mark]]:
    """Parts by other words that count from one on without a gap: คำถามที่ 1, คำถามที่ 2."""
    series: dict[str, list[Mark]] = {}
    for paragraph in found:
        match = _COUNTED.match(text, paragraph.body, paragraph.end)
        if match is None or match["word"] in known:
            continue
        marks = series.setdefault(match["word"], [])
        if number_of(match["number"]) == str(len(marks) + 1):
            body = _BEHIND_PART.match(text, match.end(), paragraph.end)
            start = body.end() if body else match.end()
            marks.append(Mark(paragraph.start, start, paragraph.end, match["part"], "part"))
    return {word: marks for word, marks in series.items() if len(marks) >= 2}
