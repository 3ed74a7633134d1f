"""Which kind of paper a text is: a proposal, a meeting's minutes, or neither.

Two questions, in this order. Are these minutes? Weighted cues decide: a cue counts where it
stands (at a line's start, in the opening, anywhere), at most `cap` times; minutes show who met,
when, and who said what, a proposal says what will be done, by which money and measure. Is it a
proposal at all? The cues have a say, and so have the words, by weights learned from `corpora/`
(`classifiers.kinds`): words alone know the corpus' way of writing too well, cues alone take
announcements and statistics for proposals.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, repeat
from pathlib import Path
from typing import Literal, get_args

from pipeline.documents import Kind
from pipeline.thai import words

Scope = Literal["opening", "line", "text"]
Sign = Literal["proposal", "minutes", "work", "other"]

WEIGHTS = Path(__file__).with_name("data") / "kinds.json"
OPENING_CHARS = 700
"""How much of the text, in code points, counts as its opening: a letterhead and one paragraph."""
LONGEST_READ = 30_000
"""How much of a text is looked at."""
MINUTES_FLOOR = 5.0
# Chosen by cross-validation over the corpus, a writer or genre left out (`benchmarks.kinds`).
PLAN_FLOOR, PLAN_WEIGHT, CUE_WEIGHT, CUES_AT_MOST = 5.0, 0.8, 0.7, 8.0


@dataclass(frozen=True, slots=True)
class Cue:
    """`weight` is added to the sum of `sign` for each of the first `cap` matches of `pattern`.

    The sign `work` (offices, places, counts, trials) tells public work from other texts, but not
    a proposal from minutes.
    """

    sign: Sign
    scope: Scope
    weight: float
    cap: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each word says for public work (positive) or against it, and the start value."""

    bias: float
    words: Mapping[str, float]


def _cue(sign: Sign, scope: Scope, weight: float, cap: int, pattern: str) -> Cue:
    lead = r"^[ \t]{0,80}(?:[-–•*#(\[]{0,3}[ \t]{0,3})?" if scope == "line" else ""
    return Cue(sign, scope, weight, cap, re.compile(f"{lead}(?:{pattern})", re.MULTILINE))


# A search skips to where a match may begin if every branch of a pattern begins with a plain letter.
def _each(words: str, rest: str) -> str:
    """A branch for each of `words`, with `rest` behind it."""
    return "|".join(word + rest for word in words.split())


def _free(words: str) -> str:
    """A branch for each of `words`, where no Thai letter stands before it."""
    return "|".join(f"{word}(?<![ก-์]{word})" for word in words.split())


_NO = r"(?:Q?[0-9๐-๙]{1,2}[.)]?[0-9๐-๙]{0,2}[.)]?|ข้อ[ \t]?[0-9๐-๙]{1,2})?[ \t]{0,4}"
_SPEECH = (
    _each(
        "กล่าว ชี้แจง รายงาน แจ้ง เสนอ ตอบ ถาม เสริม สรุป ย้ำ เล่า บอก เห็น ให้ความเห็น ตั้งคำถาม ตั้งข้อสังเกต",
        "ว่า",
    )
    + r"|กล่าว(?:ถึง|เปิด|ต้อนรับ|ปิด|กับ|ขอบคุณ)|สอบถาม(?:ว่า|เรื่อง|ถึง)|มอบหมายให้"
)

CUES: tuple[Cue, ...] = (
    # formal minutes
    _cue("minutes", "line", 5.0, 1, r"(?:ร่าง[ \t]{0,3})?รายงานการประชุม(?!ฉบับ|สภา ?แผ่)"),
    _cue("minutes", "line", 3.0, 1, r"(?:รายชื่อ)?(?:\S{0,12}ที่|ผู้)(?:มา|เข้า)ประชุม"),
    _cue("minutes", "line", 3.0, 1, r"(?:\S{0,12}ที่|ผู้)ไม่(?:มา|เข้า)ประชุม|ลาประชุม"),
    _cue("minutes", "line", 2.0, 1, r"ผู้(?:เข้าร่วม|ร่วม)ประชุม"),
    _cue("minutes", "line", 3.0, 1, r"(?:เริ่ม|เปิด)(?:การ)?ประชุม"),
    _cue("minutes", "line", 3.0, 1, r"(?:เลิก|ปิด|จบ)(?:การ)?ประชุม"),
    _cue("minutes", "line", 3.0, 1, r"(?:ผู้จด|ผู้บันทึก|จดโดย|ผู้ตรวจ)(?:รายงาน|การประชุม|[ \t:])"),
    _cue("minutes", "line", 1.5, 4, r"(?:ระเบียบ)?วาระ(?:ที่|[ \t])"),
    _cue("minutes", "line", 0.6, 3, r"มติ(?:ที่ประชุม)?[ \t:]"),
    # informal minutes
    _cue("minutes", "line", 5.0, 1,
        r"(?:บันทึก|สรุป)(?:ประเด็น|ผล|สาระ|ย่อ)?(?:การ)?(?:ประชุม|สัมมนา|หารือ)"
    ),
    _cue("minutes", "opening", 3.0, 1,
        r"บันทึกช่วยจำ|หลังประชุม|(?<![A-Za-z])(?:AAR|MOM|[Mm]eeting [Mm]inutes)"
    ),
    _cue("minutes", "text", 2.0, 1, r"(?:นัด|กำหนด)ประชุม(?:ครั้ง|คราว)(?:ต่อไป|หน้า|ถัดไป)"),
    # posts about a meeting or a visit
    _cue("minutes", "opening", 2.5, 1, r"เป็นประธาน|นั่งหัวโต๊ะ|ประธาน(?:การ|ใน|ที่)ประชุม|ทำหน้าที่ประธาน"),
    _cue("minutes", "opening", 2.0, 1,
        _each("จัด มี เรียก ร่วม เปิด ใน การ", r"(?:การ|เวที)?(?:ประชุม|สัมมนา|เสวนา)")
        + r"|ประชุม(?:คณะ|ทีม|หารือ|ติดตาม|ซักซ้อม|ชี้แจง|ร่วม)"
    ),
    _cue("minutes", "opening", 1.5, 1, r"(?:Zoom|ZOOM|Webex|WebEx|Teams|สื่ออิเล็กทรอนิกส์|ระบบออนไลน์)"),
    _cue("minutes", "opening", 3.0, 1, r"\A(?![^\n]{0,20}มติ)[^\n]{0,16}ประชุม"),
    _cue("minutes", "opening", 2.0, 1, r"หารือ|Attendees|attendees|ร่วมกันถก"),
    _cue("minutes", "opening", 1.0, 1,
        r"(?:วันที่|วัน[จอพศส][ก-์]{2,8}ที่|วันนี้)[ \t]?\(?[0-9๐-๙]{1,2}[ \t]?[ก-์]"
    ),
    _cue("minutes", "line", 1.5, 1, r"ประธาน[ \t:]"),
    _cue("minutes", "line", 0.7, 4,
        r"(?:นาย|นาง|นางสาว|น\.ส\.|ดร\.|พ\.ต\.|พล\.|นพ\.|พญ\.|รศ\.|ผศ\.)[ \t]?[ก-์.]{2,30}[ \t]"
    ),
    _cue("minutes", "opening", 1.5, 1, r"ห้องประชุม|หอประชุม|ห้อง ?ผอ|วอร์รูม"),
    _cue("minutes", "opening", 1.5, 1, r"เวลา[ \t]{0,3}[0-9๐-๙]{1,2}[.:][0-9๐-๙]{2}"),
    _cue("minutes", "opening", 2.0, 1, r"ตรวจเยี่ยม|เยี่ยมชม|ลงพื้นที่|ดูงาน|พร้อมคณะ"),
    _cue("minutes", "opening", 1.0, 3,
        "(?:"
        + _free(r"นาย นาง นางสาว น\.ส\. ดร\. นพ\. พญ\. รศ\. ผศ\. พล\.")
        + r")[ \t]?[ก-์]{2,30}[ \t]"
    ),
    _cue("minutes", "text", 0.3, 6, _SPEECH),
    _cue("minutes", "text", 1.0, 4,
        "(?:"
        + _free(r"นาย นาง นางสาว น\.ส\. ดร\. นพ\. พญ\. รศ\. ผศ\. พ\.ต\.")
        + "|" + _free("ผู้แทน ผู้อำนวยการ รอง เลขา หัวหน้า ประธาน ปลัด")
        + rf")[^\n]{{1,90}}?(?:{_SPEECH})"),
    _cue("minutes", "text", 0.7, 3, r"ที่ประชุม(?:ได้|มี|เห็น|รับ|ซัก|สรุป|ลงมติ|พิจารณา|จึง)"),
    _cue("minutes", "line", 1.0, 3, r"(?:ใน)?ช่วง(?:แรก|ที่|เช้า|บ่าย|ท้าย|สุดท้าย)"),
    # proposals
    _cue("proposal", "opening", 3.0, 1,
        r"ข้อเสนอ|แบบเสนอ|แบบสรุป|แบบสมัคร|คำขอรับ|Concept [Nn]ote|concept [Nn]ote"
        r"|CONCEPT NOTE|Proposal|proposal|PROPOSAL"
    ),
    _cue("proposal", "opening", 3.0, 1,
        r"ผู้เสนอ|เสนอ(?:โดย|ต่อ|ผ่าน|เรื่อง|ประเด็น|ผวจ)|ส่ง(?:เรื่อง|จังหวัด|ประเด็น|หัวข้อ|ผล)"
    ),
    _cue("proposal", "opening", 2.0, 1, r"เป็นข้อเสนอ|ข้อเสนอของ|จัดทำข้อเสนอ"),
    _cue("proposal", "opening", 4.0, 1, r"\A[^\n]{0,12}มติ[^\n]{0,90}"),
    _cue("proposal", "opening", 4.0, 1, r"คัด(?:เฉพาะ|สำเนา|จาก|มติ)|สำเนามติ|\(เฉพาะ"),
    _cue("proposal", "line", 2.0, 1, r"ผู้คัด|สำเนาถูกต้อง|คัดและรับรอง"),
    _cue("proposal", "line", 1.5, 1, r"บันทึกข้อความ|ส่วนราชการ"),
    _cue("proposal", "line", 1.5, 1,
        r"(?:กราบ)?เรียน(?:[ \t:]|ท่าน|คณะ|พี่|ผู้ว่า)|ถึง[ \t]?(?:คณะ|ผู้ว่า|จังหวัด|ท่าน)|เจริญพร|(?:To|From"
        r"|Subject):"
    ),
    _cue("work", "opening", 1.0, 2,
        r"ผู้ว่า(?:ฯ|ราชการ)|ผวจ|นายอำเภอ|ก\.พ\.ร|คณะทำงาน(?:คัด|จังหวัด|กลั่นกรอง)"
    ),
    _cue("work", "opening", 1.0, 2,
        r"(?:อบต|อบจ|ทต|ทม|ทน|สสจ|พมจ|สนจ|ปภ|ทสจ|ทกจ|ศธจ|พช|รพ\.สต|จ|อ|ต)\.[ \t]?[ก-์]{3}|เทศบาล"
        r"|จังหวัด|อำเภอ|ตำบล"
    ),
    _cue("proposal", "line", 2.0, 3, _NO +
        r"(?:หลักการและเหตุผล|วัตถุประสงค์|ตัวชี้วัด|รูปแบบการพัฒนา|วิธีดำเนินการ|ภาคีเครือข่าย|งบประมาณ|วงเงิน"
        r"|ผลที่คาด|ผู้รับผิดชอบ|ชื่อ(?:เรื่อง|โครงการ|ประเด็น|ผลงาน)|เป้าหมาย|KPI|Budget|Problem|Objective"
        r"|สภาพปัญหา|ผลลัพธ์)"
    ),
    _cue("proposal", "line", 1.0, 4, _NO +
        r"(?:ปัญหา|แนวทาง|ที่มา|สิ่งที่จะทำ|จะทำ|วัดที่|วัดผล|งบ|เงิน|ผู้ร่วม|ภาคี|จังหวัด|หน่วยงาน|เป้า|หัวข้อ"
        r"|เรื่อง|Partners|Owner|Solution|Why)[ \t]{0,3}(?:[:：]|[ \t]{2}|[0-9๐-๙])"
    ),
    _cue("proposal", "text", 2.0, 2,
        r"ขอ(?:เสนอ|ส่งข้อเสนอ|สนับสนุนงบ|งบ|เงิน|ใช้งบ|เพียง|ทำ|วัสดุ)|ที่จะทำ|"
        + _each(r"เรา จังหวัด อำเภอ เทศบาล อบต\. ปีนี้", r"[^\n]{0,12}(?:จะ|ขอ|เลย)")
        + "|จึงจะ|จะขยาย|ขอทดลอง|ขอลอง|อยากลอง|อยากทำ"
    ),
    _cue("proposal", "text", 1.5, 1, r"จึงเรียนมาเพื่อ|เพื่อโปรดพิจารณา"),
    _cue("proposal", "text", 1.0, 2,
        r"(?:งบ|วงเงิน|ใช้เงิน|เงิน|ค่าใช้จ่าย"
        r"|ทุน)[^\n0-9๐-๙]{0,30}[0-9๐-๙][0-9๐-๙,.]{0,14}[ \t]{0,2}(?:ล้าน|บาท|ลบ|MB|k\b|หมื่น|แสน)"
        r"|^[ \t*•-]{0,6}[0-9๐-๙][0-9๐-๙,.]{0,12}[ \t]?(?:ล้าน|บาท|ลบ|MB)"
        r"|(?:งบ|วงเงิน|เงิน)[ \t:]{1,4}[0-9๐-๙]{2,3},[0-9๐-๙]{3}"
    ),
    _cue("proposal", "text", 1.0, 3,
        r"ตัวชี้วัด|เป้าหมาย|ตั้งเป้า|วัดจาก|วัดที่|วัด(?:ผล|:)|ต้องได้|KPI|เป้า(?<![ก-์]เป้า)(?![ก-์])|ตั้งใจ"
        r"|ผลที่(?:อยาก|ต้องการ|หวัง)|" + _free("หวัง จะดู จะวัด เราวัด อยากเห็น หมุดหมาย")
    ),
    _cue("work", "text", 0.7, 3,
        r"จาก[^\n]{0,24}[0-9๐-๙][^\n]{0,20}(?:เป็น|เหลือ)[^\n]{0,12}[0-9๐-๙]|→|->|ไม่น้อยกว่า|ไม่เกิน"
        r"|อย่างน้อย|ใน[ \t]?[0-9๐-๙]{1,3}[ \t]?(?:วัน|ชั่วโมง|ชม|นาที|เดือน)"
    ),
    _cue("work", "text", 0.5, 3, r"ร้อยละ|%|เปอร์เซ็นต์"),
    _cue("work", "text", 0.5, 4,
        r"อบต\.|อปท\.|เทศบาล|จังหวัด|อำเภอ|สสจ\.|พมจ\.|ราชการ|ชุมชน|ครัวเรือน|ชาวบ้าน|หมู่บ้าน|ตำบล|อสม\."
        r"|กำนัน|ผู้ใหญ่บ้าน|รพ\.สต|เกษตรกร|สหกรณ์|ชมรม|กลุ่มทอ|วิสาหกิจ"
    ),
    _cue("work", "text", 0.5, 4,
        r"[0-9๐-๙][ \t]?(?:ราย|หลัง|ครัว|แห่ง|ไร่|หมู่บ้าน|ตำบล|ลำ|ตัน|ห้อง|แผง|ชุมชน|อปท|โรงเรียน|ร้าน|ครั้ง"
        r"|จุด)"
    ),
    _cue("work", "text", 0.7, 2,
        r"ทดลอง|ลอง(?<![ก-์]ลอง)|นำร่อง|ต้นแบบ|เทียบกัน|เปรียบเทียบ|เทียบกับ|ขยายผล|ต่อยอด"
    ),
    _cue("proposal", "text", 0.3, 5, r"จะ"),
    _cue("proposal", "line", 4.0, 1, r"(?:[Pp]roject |PROJECT )?(?:[Tt]itle|TITLE)[ \t]{0,3}:"),
    # neither
    _cue("other", "opening", 5.0, 1,
        r"เรื่อง[ \t:]{1,6}(?:ขอเชิญ|เชิญ|ขอลา|ขออนุมัติ(?:เดินทาง|เบิก|จัดซื้อ|จัดจ้าง|ไป)|ขอส่งเอกสาร|ส่งเอกสาร"
        r"|แจ้งกำหนด|กำหนดการ)"
    ),
    _cue("other", "opening", 4.0, 1,
        r"\A(?:[^\n]{0,40}\n){0,2}[ \t]{0,40}(?:ประกาศ|คำสั่ง|ระเบียบ|หมายเรียก)(?!ผล)"
    ),
    _cue("other", "line", 3.0, 2,
        r"(?:ประกาศ|สั่ง|ให้ไว้)[ \t]?ณ[ \t]?วันที่|จึงประกาศ(?:มา|ให้)|ขออภัยในความไม่สะดวก"
    ),
    _cue("other", "text", 1.5, 2,
        r"\(อังกฤษ:|ชื่อเล่น|เกิด(?:เมื่อ|วันที่|ที่)|ภาพยนตร์|อัลบั้ม|นักแสดง|ก่อตั้งเมื่อ|วิกิพีเดีย"
    ),
    _cue("other", "text", 1.5, 3,
        r"ส่วนผสม|ช้อน(?:โต๊ะ|ชา)|ถ้วยตวง|โปรโมชั่น|แพ็[คก]เกจ|ส่วนลด|สมัครงาน|รับสมัคร(?:งาน|พนักงาน|ลูกจ้าง)"
        r"|วุฒิการศึกษา|ตำแหน่งงาน|Inbox|inbox|ทักแชท|แอดไลน์|จัดส่งฟรี"
    ),
)  # fmt: skip


_LINE_END = re.compile("\n")
_CUES_OF = {sign: [cue for cue in CUES if cue.sign == sign] for sign in get_args(Sign)}


def detect_kind(text: str) -> Kind:
    """Tell a proposal, minutes (formal ones and posts about a meeting) and other texts apart.

    `text` is normalized. Linear time.
    """
    text = text.lstrip()[:LONGEST_READ]
    lines = [0, *(match.end() for match in _LINE_END.finditer(text))]
    sums = {sign: sum(_score(text, lines, cue) for cue in cues) for sign, cues in _CUES_OF.items()}
    if sums["minutes"] - sums["other"] >= MINUTES_FLOOR and sums["minutes"] > sums["proposal"]:
        return "minutes"
    plan = PLAN_WEIGHT * (sums["proposal"] - sums["other"]) + sums["work"] - PLAN_FLOOR
    plan = max(-CUES_AT_MOST, min(CUES_AT_MOST, plan))
    return "proposal" if public_work(text) + CUE_WEIGHT * plan >= 0 else "other"


def public_work(text: str) -> float:
    """How much the words of `text` are those of proposals and minutes: below 0 rather not."""
    weights = _weights()
    known = kind_words(text) & weights.words.keys()
    if not known:
        return min(weights.bias, -1.0)
    return weights.bias + sum(map(weights.words.__getitem__, known)) / math.sqrt(len(known))


def kind_words(text: str) -> set[str]:
    """The different words of a text, lower-cased; every number counts as the word `0`."""
    return {"0" if word[0].isdecimal() else word.lower() for word in words(text)}


@cache
def _weights() -> Weights:
    return Weights(**json.loads(WEIGHTS.read_text(encoding="utf-8")))


def _score(text: str, lines: Sequence[int], cue: Cue) -> float:
    return sum(1 for _ in islice(_matches(text, lines, cue), cue.cap)) * cue.weight


def _matches(text: str, lines: Sequence[int], cue: Cue) -> Iterator[object]:
    """Where a cue stands; one at the start of a line is looked for nowhere else."""
    if cue.scope == "line":
        return filter(None, map(cue.pattern.match, repeat(text), lines))
    return cue.pattern.finditer(text, 0, OPENING_CHARS if cue.scope == "opening" else len(text))
