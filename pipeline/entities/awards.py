"""Awards, and whether the text says that they were won.

The name comes from the gazetteer; branch, kind, level and year that follow belong to it. What the
words around say is the `status`: "ไม่เคยได้รับรางวัล..." negates, "จะสมัครรางวัล..." hopes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span

from pipeline.entities.gazetteers import GLUED
from pipeline.entities.values import AwardStatus, Entity

_LETTER = "[ก-ฮะ-ฺเ-ๅ็-๎]"
_YEAR = r"(?:ประจำ)?ปี(?:งบประมาณ)?[ ]?(?:พ\.ศ\.[ ]?)?[0-9๐-๙]{2,4}(?![0-9๐-๙])"
_STOP = (
    r"(?:ระดับ|ประจำปี|ปี[ ]?[0-9๐-๙พ]|ประเภท|จาก|เมื่อ|ซึ่ง|ที่ได้|มาแล้ว|มาขยาย|มาต่อยอด|แล้ว|ใน|โดย|ให้|อีก)"
)
_WORDS = rf"(?:(?!{_STOP}){_LETTER}){{2,60}}(?!(?!{_STOP}){_LETTER})"
_TYPES = (
    "นวัตกรรมการบริการ|พัฒนาการบริการ|บูรณาการข้อมูลเพื่อการบริการ|ขยายผลมาตรฐานการบริการ"
    "|เปิดใจใกล้ชิดประชาชน|สัมฤทธิผลประชาชนมีส่วนร่วม|ผู้นำหุ้นส่วนความร่วมมือ|เลื่องลือขยายผล|ร่วมใจแก้จน"
)
_PART = re.compile(
    rf"[ ]?(?:{_YEAR}|พ\.ศ\.[ ]?[0-9๐-๙]{{4}}|[12][0-9]{{3}}(?![0-9])"
    r"|ระดับ(?:ดีเด่น|ดีเยี่ยม|ดีมาก|ดี|ยอดเยี่ยม|ประเทศ|ชาติ|นานาชาติ|ภาค|จังหวัด)"
    rf"|สาขา(?:การ)?(?:บริการภาครัฐ|บริหารราชการแบบมีส่วนร่วม|คุณภาพการบริหารจัดการภาครัฐ)|{_TYPES}"
    rf"|(?:สาขา|ประเภทรางวัล|ประเภท|ด้าน){_WORDS}|หมวด(?:ที่)?[ ]?[0-9๐-๙]|อันดับ(?:ที่)?[ ]?[0-9๐-๙])"
)
_NATIONAL = re.compile(rf"รางวัล{_LETTER}{{2,30}}?(?:แห่งชาติ|ระดับประเทศ|ระดับชาติ|นานาชาติ)")
_LATIN = re.compile(r"(?:\b[A-Z][A-Za-z&-]{0,20}[ ]){1,5}Awards?\b")
_MOST_PARTS = 5

_BEFORE = 64
_AFTER = 32
_CLAUSE = re.compile(r"[\n.;]|แต่|[ ]{2}|อย่างไรก็")
_NOT = "(?:ยังไม่|ไม่|มิได้|มิเคย|มิใช่|พลาด)"
_LINK = (
    "(?:เคย|ได้|รับ|เป็น|ใช่|มี|ผลงาน|งาน|ที่|ผ่าน|ติด|ถึง|ส่ง|เข้า|สมัคร|เสนอ|ขอ|ประกวด|ประสงค์|คิด|จะ|ชื่อ|ร่วม|เพื่อ|ของ|การ|ระดับ|ใด|โล่|และ|หรือ"
    "|ชนะ|คว้า|เกี่ยวกับ|ใน|เวที|[ ])"
)
_NEGATED_BEFORE = re.compile(rf"{_NOT}{_LINK}{{0,10}}\Z")
_NEGATED_AFTER = re.compile(
    r"(?:[ ]?เมื่อปี[ ]?[0-9๐-๙]{2,4})?[ ]?(?:แต่|ก็|มา|เลย|ใด[ๆ]?)?[ ]?(?:ไม่เคย|ไม่ได้|ยังไม่|มิได้|ไม่ผ่าน)"
    r"(?!(?:เคย|ได้|รับ){0,3}รางวัล)"
)
_HOPES = re.compile(
    r"สมัคร|ขอรับ|ขอเสนอ|เสนอ(?:ขอ|ชื่อ|ผลงาน|ตัว)|ส่ง(?:ผลงาน|เข้า|ประกวด|ชิง|ขอ|งาน|เรื่อง)|ยื่น|มุ่ง(?:สู่|หวัง|หมาย)?|หวัง|ตั้งเป้า|ตั้งใจ"
    r"|เตรียม|คาดว่า|คาดหวัง|อยาก|ต้องการ|มีแผน|เป้าหมาย|ลุ้น|ก้าวสู่|เข้าสู่|ชิง|ประกวด|จะ(?:ได้|รับ|คว้า|ขอ|ส่ง|เข้า)|เพื่อ(?:รับ|ให้ได้|ชิง|คว้า|เข้า)"
    r"|พร้อมรับ|เข้ารับการ(?:ประเมิน|พิจารณา|ตัดสิน)|แนวทาง|หลักเกณฑ์|เกณฑ์"
)
_LATER = re.compile(r"[ ]?(?:ใน)?(?:ปีหน้า|ปีถัดไป|ปีต่อไป|ปีถัดจาก|รอบหน้า|รอบต่อไป|ครั้งต่อไป)")
_WON = re.compile(
    r"(?<!จะ)(?<!ให้)(?<!เพื่อ)(?:ได้รับ|ได้|คว้า|เคยรับ|รับมอบ|เข้ารับ|ขึ้นรับ|ขึ้นเวที|ชนะ|ครอง|ให้\Z)(?!แก่)"
)


def awards(text: str, heads: list[Span]) -> Iterator[Entity]:
    """The awards named in `text`; `heads` are the gazetteer's matches."""
    for head in heads:
        verb = next((verb for verb in GLUED if head.text.startswith(verb)), "")
        yield _award(text, head.start_char + len(verb), head.end_char, head.id_)
    for pattern in (_NATIONAL, _LATIN):
        for match in pattern.finditer(text):
            yield _award(text, *match.span(), match.group())


def _award(text: str, start: int, end: int, name: str) -> Entity:
    for _ in range(_MOST_PARTS):
        part = _PART.match(text, end)
        if part is None:
            break
        end = part.end()
    return Entity(start, end, text[start:end], "AWARD", name, award_status(text, start, end))


def award_status(text: str, start: int, end: int) -> AwardStatus:
    """What the clause around text[start:end] says of that award."""
    before = _CLAUSE.split(text[max(0, start - _BEFORE) : start])[-1]
    after = text[end : end + _AFTER]
    if _NEGATED_BEFORE.search(before) or _NEGATED_AFTER.match(after):
        return "negated"
    hopes = [match.end() for match in _HOPES.finditer(before)]
    won = [match.start() for match in _WON.finditer(before)]
    if won and won[-1] >= max(hopes, default=0):
        return "received"
    return "aspirational" if hopes or _LATER.match(after) else "mentioned"
