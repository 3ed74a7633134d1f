"""Mentions of awards, and what the words around them say: won, hoped for, somebody else's.

Whether a text builds on work that has won is learned (`parts`); what is learned from are the words
near the mentions and the cues found here, written as words of their own.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from pipeline.thai import Token

MENTION = re.compile(
    r"รางวัล|เลิศรัฐ|ชนะเลิศ|ดีเด่น|เกียรติคุณ|ถ้วยพระราชทาน|โล่(?!ง)|ติดอันดับ|UNPSA|awards?\b|Top 100",
    re.IGNORECASE,
)
WINDOW = 140  # letters on each side of a mention whose words are looked at: about two clauses
BEFORE = 45  # letters of a mention's own clause in front of it
WEIGHT = 3  # times that a cue is written: it says more than any one word

_SEND = r"เสนอ|ส่ง|สมัคร|ประกวด|ชิง"
# name: (pattern, letters before the mention, letters after it)
_CUES = {
    "not-won": (
        r"ไม่เคย|มิเคย|ยังไม่|ไม่ได้(?:รับ)?รางวัล|ไม่ได้รับ|มิได้|ไม่มี|ไม่ผ่าน|ตกรอบ|พลาด|ไม่ใช่|ไม่เกี่ยว"
        r"|\bnever\b|\bnot\b|\bno\b",
        25,
        25,
    ),
    "hoped-for": (
        rf"(?:จะ|เตรียม|หวัง|มุ่ง|ตั้งใจ|ตั้งเป้า|คาดว่า|ประสงค์|เพื่อ|พร้อม|เคย)[^\n]{{0,24}}?(?:{_SEND}|ขอรับ|เข้ารับ)"
        rf"|(?:เสนอ|ส่ง|สมัคร)(?:ผลงาน)?(?:เข้า)?(?:เพื่อ)?(?:ขอ|รับ|ชิง|ประกวด|เข้ารับ)|ที่ส่ง|ขอรับ"
        r"|คณะกรรมการ(?:พิจารณา|ตัดสิน)|ปีหน้า|ปีถัดไป|\bapply\b|\bhope",
        BEFORE,
        12,
    ),
    "of-others": (
        r"ดูงาน|ไปดู|(?:จังหวัด|อำเภอ|พื้นที่|ที่|แห่ง)อื่น|ของจังหวัด|ต่างจังหวัด|เลียนแบบ|ตามแบบ|แบบที่|ได้ข่าว",
        BEFORE,
        10,
    ),
    "of-a-person": (
        r"บุคคล|เกษตรกรดีเด่น|อสม\.?\s*ดีเด่น|ครู|คนดี|ปราชญ์|นาย|นาง|ป้า|ลุง|พี่|แม่|ผู้ใหญ่บ้าน|กำนัน|ผู้เสียภาษี"
        r"|เยาวชนดีเด่น|ข้าราชการ|พลเมือง|เจ้าของรางวัล|ผู้สูงอายุ",
        25,
        20,
    ),
    "of-a-product": (
        r"ผลิตภัณฑ์|OTOP|ลาย|ผ้า|ดาว|สินค้า|กาแฟ|ข้าว|มะม่วง|เมนู|อาหาร|แหล่งท่องเที่ยว|เมือง|กินรี|ประกวด",
        25,
        15,
    ),
}
_CUE_PATTERNS = {name: (re.compile(cue, re.I), b, a) for name, (cue, b, a) in _CUES.items()}
_WON = re.compile(r"ได้|รับ|คว้า|ชนะ|ให้|\bwon\b|received", re.IGNORECASE)
_ONWARD_NEAR = re.compile(
    r"ขยาย|ต่อยอด|ยกระดับ|เพิ่มเป็น|ทำต่อ|ลงลึก|ลึกลง|อีก\s*[\d๐-๙]+|ครบทุก|ทั้งจังหวัด|ทุกอำเภอ|ระยะที่\s*[2๒]"
    r"|ระยะสอง|รอบสอง|รุ่นที่สอง|บัดนี้|ปีนี้|จึง|ไปยัง|ถ่ายทอด|แผน|จะ|scale|exten|expand"
)
_ONWARD = re.compile(r"ขยาย|ต่อยอด|เพิ่มเป็น|ทำต่อ|ลงลึก|ครบทุก|scale|expand")


def award_words(text: str, words: Sequence[Token]) -> list[Token]:
    """Those of the words that stand near a mention of an award; none without a mention."""
    mentions = [match.start() for match in MENTION.finditer(text)]
    near = []
    for word in words:
        after = bisect.bisect_left(mentions, word.start - WINDOW)
        if after < len(mentions) and mentions[after] <= word.start + WINDOW:
            near.append(word)
    return near


def award_cues(text: str) -> list[str]:
    """What stands around the mentions, as words like `@won`; none without a mention.

    `@none-won` is added where no mention looks like an award that the work itself has won,
    `@onward` and `@onward-near` where the text says that the work goes on, anywhere or nearby.
    """
    mentions = list(MENTION.finditer(text))
    if not mentions:
        return []
    cues = {cue for mention in mentions for cue in _cues_of(text, mention)}
    if not cues & {"won", "bare"}:
        cues.add("none-won")
    last = mentions[-1].start()
    if _ONWARD_NEAR.search(text, max(0, last - 100), last + 220):
        cues.add("onward-near")
    if _ONWARD.search(text):
        cues.add("onward")
    return [f"@{cue}" for cue in sorted(cues)]


def _cues_of(text: str, mention: re.Match[str]) -> Iterator[str]:
    start, end = mention.span()
    against = [
        name
        for name, (cue, before, after) in _CUE_PATTERNS.items()
        if cue.search(text, max(0, start - before), end + after)
    ]
    if against:
        yield from against
    else:
        yield "won" if _WON.search(text, max(0, start - 20), end) else "bare"
