"""What stands around a province's name: an office, a town, or something else named after it."""

from __future__ import annotations

import re
from typing import Literal

from pipeline.thai.gazetteer import Form

MentionKind = Literal["explicit", "code", "bare", "inside"]

LETTER = "[ก-ฮะ-ฺเ-ๅ็-๎]"
# A vowel sign, a tone mark or a silent letter next: the word goes on (น่านับถือ, ตรังค์).
_GOES_ON = re.compile(r"[ะ-ฺๅ็-๎]|[ก-ฮ][ัิ-ู]?์")
_EXPLICIT = re.compile(
    r"(?:(?<!ต่าง)(?<!ทุก)(?<!หลาย)จังหวัด|จ\.|จว\.|ผู้ว่าฯ?|ผู้ว่าราชการ|พมจ|สสจ|ทสจ|ทกจ|สนจ|อบจ|ผวจ)"
    r"[ \t]?[:;|]?[ \t]{0,3}\Z"
)
# Offices with a branch in every province, written without จังหวัด: "ปภ.แพร่", "กอ.รมน. น่าน".
_OFFICE = re.compile(
    r"(?<![ก-๛.])(?:พช|ปภ|พม|พมจ|สสจ|ทสจ|ศธจ|สถจ|สวจ|วธจ|พศจ|สพจ|พจ|สจจ|สอจ|ยธจ|สยจ|สกจ|กษจ|พณจ|ปค|สถ|สปส|สพป|สพม"
    r"|กศน|สกร|กกต|ป\.?ป\.?ช|กอ\.[ ]?รมน|กอรมน|ภ\.จว|ธ\.?ก\.?ส|ท\.?ท\.?ท|กฟภ|กปภ"
    r"|บ\.?ข\.?ส|อ\.?ส\.?ท|ส\.?ว\.?ท)"
    r"\.?(?:สาขา)?[ ]?\Z"
    r"|(?P<word>ศาลากลาง|หอการค้า|สภาอุตสาหกรรม|(?:เหล่า)?กาชาด|ที่ทำการปกครอง"
    r"|กองอำนวยการรักษาความมั่นคงภายใน|ตำรวจภูธร|ศาล|อัยการ|แขวงทางหลวง|แขวงทางหลวงชนบท|โครงการชลประทาน"
    r"|ชลประทาน|สถานีวิทยุ|ด่านศุลกากร|ศาลเยาวชนและครอบครัว)\Z"
)
TOWN = re.compile(r"(?:อำเภอเมือง|อ\.[ ]?เมือง|เทศบาล(?:นคร|เมือง)|ท[นม]\.|ชาว|เมือง)[ ]?\Z")
# Heads whose names run on for some letters ("มหาวิทยาลัยราชภัฏ..."), then heads right before.
_INSTITUTION = re.compile(
    r"(?:มหาวิทยาลัย|วิทยาลัย|วิทยาเขต|มรภ\.?|มทร\.?|โรงเรียน|รร\.|ร\.ร\.|โรงพยาบาล|รพ\.|ธนาคาร|ถนน|ถ\."
    r"|ค่าย|บริษัท|บมจ\.|บจก\.|หจก\.|โรงแรม|สถานีรถไฟ|สนามบิน|ท่าอากาศยาน|เรือนจำ|ทัณฑสถาน|เขตเลือกตั้ง"
    r"|หนังสือพิมพ์|นสพ\.|สโมสร|อุทยาน|เทศบาลตำบล|อบต\.|วพบ\.|ทต\.|ศูนย์วิจัย|(?<![ก-ฮ.])ม\.)"
    r"(?:(?P<rest>[ก-ฮะ-ฺเ-ๅ็-๎.]{0,24})|(?:ราชภัฏ|เทคโนโลยีราชมงคล|เทคนิค)?[ ])\Z"
)
_LEAVES = re.compile(r"ใน|ที่|ของ|จาก|และ|กับ|จังหวัด|จ\.|อำเภอ|อ\.|ร่วม|ทั่ว|ทุก|แห่ง|ถึง|เมือง|ชาว|ได้")
_HEAD = re.compile(
    r"(?:แม่น้ำ|ลำน้ำ|ลุ่มน้ำ|คลอง|เขื่อน|อ่าว|เกาะ|ทะเลสาบ|ตำบล|(?<![ก-ฮ])ต\.|แขวง|บ้าน|(?<!จังห)วัด|ซอย"
    r"|สมัย|กรุง|กรุงศรี|ภาษา|สำเนียง|หลวง|ยุค|ทิศ|นก|(?<!นคร)ศรี)\Z"
)
_TAIL = re.compile(
    r"ธรรมาธิราช|ธุรกิจ|กรีฑา|อภิวัฒน์|[ ]?ยูไนเต็ด|[ ]?เอฟซี|[ ]?FC|วิทยา|พิทยา|คริสเตียน|นเรนทร|นุกูล"
    r"|เขตอุดมศักดิ์|ทูเดย์|(?:ราช)?นครินทร์"
)


def is_word(form: Form, before: str, text: str, end: int) -> bool:
    """Whether the letters around leave the name a word of its own."""
    if before[-1:] in set("เแโใไ") or _GOES_ON.match(text, end):
        return False
    return not before.endswith(form.not_after) and not text.startswith(form.not_before, end)


def kind_of(before: str, text: str, end: int) -> MentionKind:
    """How a name from `before` up to `end` is meant; see `provinces`."""
    if _EXPLICIT.search(before) or _is_office(before, text, end):
        return "explicit"
    if _HEAD.search(before) or _TAIL.match(text, end) or _is_royal(before, text, end):
        return "inside"
    # The last head counts: its name must run up to the province without leaving it.
    for match in _INSTITUTION.finditer(before):
        if not _LEAVES.search(match["rest"] or ""):
            return "inside"
    return "bare"


def _is_office(before: str, text: str, end: int) -> bool:
    """An office before the name; "แจ้ง ปภ. เลยไม่ทัน" and "ไม่มีศาลเลย" name no province."""
    office = _OFFICE.search(before)
    if office is None or _TAIL.match(text, end):
        return False
    return not (text.endswith("เลย", 0, end) and (office["word"] or is_glued(text, end)))


def is_glued(text: str, end: int) -> bool:
    """Whether letters other than those of และ follow the name."""
    return bool(re.match(LETTER, text[end : end + 1])) and not text.startswith("และ", end)


def _is_royal(before: str, text: str, end: int) -> bool:
    """The surname that descendants of kings add: "... ณ อยุธยา"."""
    return text.endswith("อยุธยา", 0, end) and before.endswith("ณ ")
