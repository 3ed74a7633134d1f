"""The province that submits a proposal, among all the provinces that its text names.

Every mention is weighed by where it stands (letterhead, signature, title, a จังหวัด field) and by
the words around it; the provinces of study visits, comparisons and markets lose, also where the
text names them again without such words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from pipeline.documents import Span
from pipeline.proposals.sections import Heading
from pipeline.thai import ProvinceMention, find_provinces
from pipeline.thai.gazetteer import province_of

OPENING_CHARS = 350
CLOSING_CHARS = 200
LOOK_BACK = 40
FIELD_CHARS = 400
MOST_MENTIONS = 5
REPEAT_SHARE = 0.15
FLOOR = 0.5
AWAY_SHARE = 0.6

_KIND_WEIGHT = {"code": 6.0, "explicit": 3.0, "bare": 1.5, "inside": 0.2}

# What stands directly before the mention (จังหวัด included) and speaks for the submitter.
_SUBMITTER = (
    (re.compile(r"(?:ศาลากลาง|สำนักงาน|สนง\.?|ที่ทำการปกครอง)(?:จังหวัด|จ\.)?[ ]?\Z"), 4.0),
    (re.compile(r"(?:ข้อเสนอ|ประเด็น|แผน)[^\n]{0,20}(?:จังหวัด|จ\.)[ ]?\Z"), 4.0),
    (re.compile(r"(?:ผู้ว่าราชการ|ผู้ว่าฯ|ผวจ\.?|รองผู้ว่าราชการ)(?:จังหวัด)?[ ]?\Z"), 4.0),
    (re.compile(r"(?:^|\n)[^\n]{0,24}(?:จังหวัด|จ\.)[ \t]{0,4}[:=|]?[ \t]{0,4}\Z"), 3.0),
    (re.compile(r"(?:อำเภอ|อ\.|ตำบล|ต\.)[^\n]{2,30}(?:จังหวัด|จ\.)[ ]?\Z"), 2.0),
    (re.compile(r"(?:อำเภอ|อ\.)[ ]?[ก-์]{2,24}[ ]\Z"), 2.0),
    (re.compile(r"(?:สสจ|พมจ|ทสจ|ทกจ|สนจ|พช|ปภ|ศธจ|อบจ|ก\.?บ\.?จ)\.?(?:จังหวัด)?[ ]?\Z"), 2.5),
)
_ELSEWHERE = re.compile(
    r"(?:ดูงาน|ศึกษาจาก|เรียนรู้จาก|ถอดบทเรียนจาก|เทียบกับ|เปรียบเทียบ|เหมือน|เช่นเดียวกับ|ตัวอย่าง|แบบอย่าง"
    r"|ต้นแบบ(?:ที่|จาก|ของ)"
    r"|มาจาก|นำเข้าจาก|ส่ง(?:ไป|ขาย|ออก)|ขายที่|ตลาดใน|ห้างใน|เดินทาง(?:ไป|จาก)|ไปทำงาน(?:ที่|ใน)?|ย้ายไป"
    r"|เชิญจาก|วิทยากรจาก"
    r"|เคยทำที่|อย่างที่|เหตุการณ์ที่|ปลายทาง|รอยต่อ|ติดกับ|ติดต่อกับ|ข้าง[ ]?ๆ|ลอกมาจาก|ยืมจาก|ทำแบบ|แบบเดียวกับ"
    r"|แบบที่|นักท่องเที่ยว(?:มา)?จาก|ลูกค้า(?:จาก|ใน)|ผู้ซื้อ(?:จาก|ใน)|ตลาด(?:หลัก|ปลายทาง|ใหญ่|เดิม|ใหม่|อยู่)"
    r"|จำหน่าย(?:ที่|ใน|ยัง|ไป|ให้)|วางขาย)[^\n]{0,24}\Z"
)
# These name the submitter's own market too: they only lower, and not in the title or a field.
_TRADE = re.compile(r"(?:ตลาด|จำหน่าย|ขาย|ห้าง|มหาวิทยาลัย)[^\n]{0,20}\Z")
_ABROAD_AFTER = re.compile(r"[^\n]{0,30}(?:ซึ่งทำ|ที่ทำสำเร็จ|ทำได้แล้ว|ได้รับรางวัล|ไปก่อน|เป็นต้นแบบ)")

_ENGLISH = re.compile(r"\b([A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20}){0,3}) [Pp]rovince\b")


def _around(text: str, mention: ProvinceMention) -> tuple[str, str]:
    return (
        text[max(0, mention.start - LOOK_BACK) : mention.start],
        text[mention.end : mention.end + LOOK_BACK],
    )


def _elsewhere(text: str, mention: ProvinceMention) -> bool:
    """Whether the words around name a place of comparison, study or trade."""
    before, after = _around(text, mention)
    return bool(_ELSEWHERE.search(before) or _ABROAD_AFTER.match(after))


def _cue_weight(text: str, mention: ProvinceMention) -> float:
    if _elsewhere(text, mention):
        return -2.5
    before, _ = _around(text, mention)
    gains = [gain for cue, gain in _SUBMITTER if cue.search(before)]
    return max(gains, default=-1.0 if _TRADE.search(before) else 0.0)


def _place_weight(text: str, mention: ProvinceMention, title: Span | None) -> float:
    weight = 0.0
    if mention.start < OPENING_CHARS:
        weight += 2.0
    elif mention.start >= len(text) - CLOSING_CHARS:
        weight += 1.0
    if title is not None and title.start <= mention.start < title.end:
        weight += 2.0
    return weight


def _weight(text: str, mention: ProvinceMention, title: Span | None, fields: set[int]) -> float:
    if mention.kind == "inside":
        return _KIND_WEIGHT["inside"]
    weight = _KIND_WEIGHT[mention.kind] + _cue_weight(text, mention)
    floor = max(0, mention.start - FIELD_CHARS)
    line = text.rfind("\n", floor, mention.start)
    if line in fields and (line >= 0 or floor == 0):
        weight += 3.0
    weight += _place_weight(text, mention, title)
    if mention.province == "กรุงเทพมหานคร" and mention.kind == "bare":
        weight *= 0.2
    return max(weight, 0.1)


def _field_lines(text: str, headings: Sequence[Heading]) -> set[int]:
    """The lines with a field of the submitter, by the offset of the newline before them."""
    codes = {"agency", "province", "owner", "number", "to"}
    return {text.rfind("\n", 0, h.start) for h in headings if h.code in codes}


def find_province(text: str, headings: Sequence[Heading], title: Span | None) -> str | None:
    """The submitting province in a normalized `text`, None where none is named for certain.

    A province's sum takes its strongest mention whole and a little of a few further ones. The
    name of something else (a university) counts only where no second province is named.
    """
    fields = _field_lines(text, headings)
    weights: defaultdict[str, list[float]] = defaultdict(list)
    away: set[str] = set()
    for mention in find_provinces(text):
        weights[mention.province].append(_weight(text, mention, title, fields))
        if _elsewhere(text, mention):
            away.add(mention.province)
    sums = {
        province: _sum(found) * (AWAY_SHARE if province in away else 1.0)
        for province, found in weights.items()
    }
    best = max(sums, key=lambda province: sums[province], default=None)
    if best is not None and (sums[best] >= FLOOR or len(sums) == 1):
        return best
    return _english_name(text)


def _english_name(text: str) -> str | None:
    """The one province that an English text calls one ("Phetchaburi Province")."""
    named = {province_of(match[1]) for match in _ENGLISH.finditer(text)}
    return named.pop() if len(named) == 1 else None


def _sum(weights: list[float]) -> float:
    strongest = sorted(weights, reverse=True)[:MOST_MENTIONS]
    return strongest[0] + REPEAT_SHARE * sum(strongest[1:])
