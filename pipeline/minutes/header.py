"""The header of minutes: title, date and provinces, of formal minutes and of posts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.documents import Span
from pipeline.thai import DateMention, ProvinceMention, find_dates, find_provinces

TITLE_LINES = 12
LONGEST_TITLE = 220
OPENING_CHARS = 1200
DATELINE_CHARS = 400

_FORMAL = re.compile(
    r"(?:ร่าง[ \t]{0,3})?(?:รายงาน(?:การ|ผลการ)?ประชุม"
    r"|บันทึก(?:ช่วยจำ|การประชุม|ประชุม)|ตารางติดตาม|AAR"
    r"|สรุป(?:ประเด็น|ผล|สาระ|การ|ราย|สัมมนา|หารือ|ประชุม|เวที))"
)
_STOP = re.compile(
    r"ครั้ง(?:ที่|พิเศษ)|ครัง|เมื่อ|วันที่|วัน[จอพศส]|ณ[ \t]|เวลา|ผู้(?:มา|เข้า)|สมัย|ระเบียบวาระ|เริ่ม"
)
_TRAILING = re.compile(
    r"[ \t]{0,4}(?:ครั้ง(?:ที่|พิเศษ)|เมื่อวัน|วัน[จอพศส][^\s]{2,9}ที่|\(กรณี)[^\n]*|[ \t]{3,}[^\n]*"
)
# The second line of a title: whose meeting it is.
_GOES_ON = re.compile(
    r"(?:ประจำ|ระดับ|ของ)?(?:จังหวัด|อำเภอ|ตำบล|เทศบาล)[^\s]{1,60}$|(?:และ|เพื่อ|ด้าน|แห่ง)[ก-์]"
)
# A post without a headline: what the meeting is called in its first sentence.
_CALLED = re.compile(
    r"(ประชุม[^\s][^\n]{6,180}?)(?=[ \t](?:ผ่าน|ณ|โดย|ที่|สำหรับ|เมื่อ|เวลา|มี|เพื่อ|ครั้งที่|ประจำปี|ร่วม)|\n|\Z)"
)
_NOT_TITLE = re.compile(
    r"หน้า[ \t]?[0-9๐-๙]|แผ่นที่|\(สำเนา\)|[-–][ \t]?ร่าง|ร่าง$|[0-9๐-๙/.\- ]+$|เผยแพร่|หมวด|เมื่อ|วันที่|ที่ห้อง"
    r"|วันนี้"
)
_DATE_LABEL = re.compile(
    r"(?:เมื่อ|วัน[ \t]?/[ \t]?เวลา|วันนี้|ประชุม|จัดขึ้น|มีขึ้น|ระหว่าง|เช้า|บ่าย)[^\n0-9๐-๙]{0,40}\Z"
)
_OTHER_DATE = re.compile(
    r"(?:เผยแพร่|โพสต์|ลงวันที่|หนังสือ|คำสั่ง|ประกาศ|ภายใน|ก่อน|ตั้งแต่|ถึง|นัด|ครั้งต่อไป|ครั้งก่อน"
    r"|ครั้งที่ผ่านมา)[^\n0-9๐-๙]{0,30}\Z"
)
_MINOR = re.compile(
    r"(?:มหาวิทยาลัย|วิทยาเขต|โรงแรม|ดูงาน|ตัวอย่าง|เช่นเดียวกับ|อย่างที่|ถอดบทเรียน|แบบเดียวกับ|เหมือน(?:กับ)?|ไปราชการ(?:ที่)?|ติดคดี\S{0,8}|จาก"
    r"|ศาล(?!า))[^\n]{0,16}\Z"
)


# A guest, or a model to look at: "จังหวัด… ขอดูงาน", "จังหวัด… เป็นตัวอย่าง". Who goes to see stays.
_GUEST = re.compile(
    r"[ ]?(?:ได้|จะ|มี|หนังสือ|แจ้ง|ประสงค์|ประสาน|ติดต่อ|สนใจ|แสดงความ"
    r"|จำนวน|คณะ|เดินทาง|นำ|ว่า|ที่|ก็|เคย|ยัง|อยาก"
    r"){0,6}[ ]?"
    r"(?:ขอ|มา|เข้า|สนใจ|ประสงค์|อยาก)"
    r"(?:จะ|เข้า|มา|รับ|ร่วม|การ|นำคณะ){0,4}(?:ศึกษา|เยี่ยมชม)?(?:และ)?"
    r"(?:ดูงาน|เยี่ยมชม|แลกเปลี่ยนเรียนรู้)"
    r"|[ ]?(?:ซึ่ง|ที่)?(?:เป็น|คือ|นับเป็น|ถือเป็น)(?:กรณี)?(?:ตัวอย่าง|แบบอย่าง|ต้นแบบ)"
)
# Where the header of formal minutes ends and the talking begins.
_BODY = re.compile(r"^[ \t]*(?:เริ่มประชุม|เปิดประชุม|(?:ระเบียบ)?วาระ(?:ที่)?[ ]?[0-9๐-๙])", re.MULTILINE)


def _find_title(text: str) -> str | None:
    """The line that names the meeting, else the first line that reads like a headline."""
    lines = [line.strip() for line in text.splitlines()[: 3 * TITLE_LINES] if line.strip()]
    for line in lines[:TITLE_LINES]:
        if _FORMAL.match(line):
            title = _TRAILING.sub("", line[:LONGEST_TITLE]).strip()
            return _with_next_line(title, line, lines) or None
    for line in lines[:3]:
        if len(line) <= LONGEST_TITLE // 2 and not _NOT_TITLE.match(line) and not _STOP.match(line):
            return line
    called = _CALLED.search(text, 0, DATELINE_CHARS)
    return called[1].strip() if called else None


def _with_next_line(title: str, line: str, lines: list[str]) -> str:
    """`title`, and the next line where the name of the body or place goes on there."""
    after = lines[lines.index(line) + 1 :][:1]
    if not title.endswith(line) or not after or not _GOES_ON.match(after[0]):
        return title
    return f"{title} {_TRAILING.sub('', after[0]).strip()}"


def _date_weight(text: str, mention: DateMention) -> float:
    before = text[max(0, mention.start - 60) : mention.start]
    weight = 2.0 if mention.start < DATELINE_CHARS else 0.0
    if mention.start < OPENING_CHARS:
        weight += 1.0
    if _DATE_LABEL.search(before):
        weight += 2.0
    if _OTHER_DATE.search(before):
        weight -= 4.0
    if mention.weekday_agrees:
        weight += 1.0
    return weight


def _find_date(text: str) -> dt.date | None:
    """The first day of the meeting."""
    weighed = [(_date_weight(text, m), -m.start, m.date) for m in find_dates(text)]
    weight, _, date = max(weighed, default=(-1.0, 0, None))
    return date if weight >= 0 else None


def _counts(text: str, mention: ProvinceMention) -> bool:
    before = text[max(0, mention.start - 40) : mention.start]
    guest = _GUEST.match(text, mention.end)
    return mention.kind != "inside" and not guest and not _MINOR.search(before)


def _find_provinces(text: str) -> tuple[str, ...]:
    """Provinces of the header (title, place, attendees), else of the opening, else any named so."""
    mentions = [mention for mention in find_provinces(text) if _counts(text, mention)]
    explicit = [mention for mention in mentions if mention.kind == "explicit"]
    opening = [mention for mention in mentions if mention.start < OPENING_CHARS]
    body = _BODY.search(text)
    header = [mention for mention in opening if body and mention.start < body.start()]
    chosen = header or opening or explicit or mentions[:1]
    return tuple(dict.fromkeys(mention.province for mention in chosen))


@dataclass(frozen=True, slots=True)
class Header:
    """What stands at the head of minutes; `spans` has the place of every value found."""

    title: str | None = None
    meeting_no: str | None = None
    date: dt.date | None = None
    start_time: dt.time | None = None
    end_time: dt.time | None = None
    place_or_medium: str | None = None
    provinces: tuple[str, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)


def read_header(text: str) -> Header:
    """Read title, number, date, times, place and provinces."""
    return Header(title=_find_title(text), date=_find_date(text), provinces=_find_provinces(text))
