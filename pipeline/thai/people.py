"""People in Thai text: a personal title, a first name and, where one follows, a surname.

Thai puts no space between a name and the words around it. So a name ends at a space, at ฯ, or
where a word of speaking or a position begins ("นายไมตรีกล่าวว่า"), and a second word is the surname
unless it begins like a position, a verb or another title. Words that only look titled (นายอำเภอ,
นางพญา, พระมหากษัตริย์) are left out, and titles that are common words (คุณ, อาจารย์) need a surname.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person named in the text; the span runs from the title to the name's end, its ฯ included.

    `title` is as written ('ผศ.ดร.', 'ว่าที่ ร.ต.'); `name` is what follows, without ฯ.
    """

    start: int
    end: int
    name: str
    title: str


def _words(file: str) -> tuple[str, ...]:
    source = resources.files("pipeline.thai") / "data" / file
    lines = source.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def _any_of(words: Iterable[str]) -> str:
    """An alternation, longest first, branching on the first letter for speed."""
    tails: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        tails[word[0]].append(re.escape(word[1:]).replace(r"\.", r"\.[ ]?"))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in tails.items())


_POSITIONS = _words("positions.txt")
_LETTER = "[ก-ฮะ-ฺเ-ๅ็-๎]"

# After these titles the letters make another word.
_NOT_AFTER = {
    "นาย": (
        "อำเภอ|ทะเบียน|จ้าง|หน้า|ท้าย|ช่าง|ทหาร|ตำรวจ|ตรวจ|ประกัน|พราน|ทุน|ด่าน|สถานี|ธนาคาร|บ่อน"
        "|โรง|วงดนตรี|ประตู|แบบ|คลัง|เวร|ไปรษณีย์|สนาม|ดาบ|ใหญ่|ว่า|ที่|แพทย์|ท่า(?!น)|น(?=[ ]?[0-9๐-๙])"
        "|น้อย(?=ๆ)|นี้|นั้น|คน|หัว|ได้|และ"
        # นายก is a prime minister, a mayor, a president; ก also begins names (กมล, กฤต, กันต์ ...).
        "|ก(?![ะ-ฺ็-๎]|มล|นก|นิษ|รณ|รกฎ|รกต|รว|รช|รภ|วี|วิ|วัก|สิ|สา|ษิ|ษม|ฤ|ช|ตัญ|ตเว|อบ(?![ตจ.])|องแก้ว"
        "|ล้า|ริช|รีฑา|รุง|รีซ|ล|ณ|ฐ)"
    ),
    "นาง": (
        "พญา|ฟ้า|เลิ้ง|รำ|แบบ|งาม|เอก|แมว|รอง|แอ่น|พยาบาล|ใน|กำนัล|ไม้|สงกรานต์|นพมาศ|ตานี|ละคร|ร้าย|สนม|โลม"
        "|เงือก|อาย|ระบำ|ขาว|กวัก|ทาส|มาร|ห้าม|ยักษ์|บำเรอ|กลางเมือง|โชว์|บวช|นอง|โจร|นี้|นั้น|และ"
    ),
    "นางสาว": "ไทย|และ",
    "พระมหา": "กษัตริย์|กรุณา|ธาตุ|เจดีย์|ราช|มณฑป|ชนก|มณเฑียร|ปราสาท|มงกุฎ|วิหาร|เถร|อุปราช|อานันท",
    "พระครู": "และ|วัด|เป็น|กับ|รูป|ใน|ที่|ทุก|ได้|นำ|ท่าน",
    "พระอาจารย์": "และ|วัด|ที่|ได้|ท่าน|ใหญ่",
    "คุณ": "ภาพ|ธรรม|วุฒิ|สมบัติ|ค่า|ประโยชน์|ลักษณะ|ครับ|ค่ะ|คะ|ครู|หมอ|แม่|พ่อ|ตา|ยาย|ลุง|ป้า|พี่|หนู|ูปการ|ความดี",
    "เด็กชาย": "แดน|ขอบ|หญิง|และ|อายุ",
    "เด็กหญิง": "ชาย|และ|อายุ",
    "อาจารย์": "ที่|ประจำ|พิเศษ|ใหญ่|และ|จาก|คณะ|ผู้|ใน|ของ|มหา|สอน|หลาย|ได้|ให้|จะ|ว่า|กับ|ภาค|สาขา|มา|ทุก",
    "เภสัชกร": "ชำนาญ|ปฏิบัติ|เชี่ยวชาญ|ประจำ|โรงพยาบาล|และ|ที่",
    "นายแพทย์": "สาธารณสุข|ชำนาญ|เชี่ยวชาญ|ปฏิบัติ|ใหญ่|ประจำ|ผู้|ทรงคุณวุฒิ|สสจ|และ|ที่|ด้าน",
    "ทันตแพทย์": "ชำนาญ|เชี่ยวชาญ|ปฏิบัติ|และ|ประจำ|ที่|สภา",
    "สัตวแพทย์": "ชำนาญ|เชี่ยวชาญ|ปฏิบัติ|และ|ประจำ|ที่|สภา|อำเภอ",
    "ศาสตราจารย์": "และ|ที่|ประจำ",
    "หม่อม": "และ|ฉัน",
    "พันตรี": "และ",
}
# Common words, or two letters that stand for other things too: only with a surname.
_NEEDS_SURNAME = frozenset(
    ("คุณ", "อาจารย์", "เด็กชาย", "เด็กหญิง", "หม่อม", "เภสัชกร", "สัตวแพทย์", "ทันตแพทย์", "ศ.", "พระอาจารย์")
)
_ONE_WORD = frozenset(("พระครู",))
_NO_PLACE = r"(?<!อ่าว)(?<!ถ้ำ)(?<!เขา)(?<!เกาะ)(?<!ทุ่ง)(?<!หนอง)(?<!บาง)(?<!ปลา)(?<!นก)(?<!ว่าน)"
_NOT_BEFORE = {
    "นาย": "(?<!ท)(?<!เจ้า)(?<!มูล)(?<!มิถุ)(?<!ขุน)",
    "นาง": _NO_PLACE + "(?<!พระ)(?<!ท้าว)(?<!ต.)(?<!อ.)(?<!ตัว)(?<!ขุน)(?<!ดอย)(?<!เจ้า)(?<!ระ)",
    "คุณ": "(?<!พระ)(?<!ขอบ)(?<!บุญ)(?<!ทวี)(?<!มี)(?<!การุณย)(?<!ค่า)",
    "พระครู": "(?<!ท่าน)",
    "อาจารย์": "(?<!พระ)(?<!บูร)(?<!คณ)(?<!บรรพา)",
}


def _title(title: str) -> str:
    surface = re.escape(title).replace(r"\.", r"\.[ ]?")
    dotted = "(?<![ก-ฮ][.])" if "." in title else ""
    # An abbreviation of one or two letters glued to a Thai letter is the end of a longer one.
    loose = "(?<![ก-๎])" if "." in title[1:3] else ""
    other = f"(?!{_NOT_AFTER[title]})" if title in _NOT_AFTER else ""
    return f"{dotted}{loose}{_NOT_BEFORE.get(title, '')}{surface}{other}"


def _titles() -> str:
    tails: defaultdict[str, list[str]] = defaultdict(list)
    for title in sorted(_words("titles.txt"), key=len, reverse=True):
        tails[title[0]].append(_title(title))
    return "|".join(f"(?={first})(?:{'|'.join(rest)})" for first, rest in tails.items())


_TITLE = re.compile(
    rf"(?P<acting>ว่าที่[ ]?)?(?P<title>{_titles()})(?P<woman>[ ]?หญิง(?=[ ]|{_LETTER}))?"
    r"(?:[ ]?\(พิเศษ\))?(?:[ ]?ร\.น\.)?"
)
_NEXT_TITLE = re.compile(rf"[ ]?(?P<title>{_titles()})")
_WORD = re.compile(rf"[ก-ฮเ-ไ]{_LETTER}{{1,44}}")
_SPACES = re.compile(r"[ ]{1,4}")
_SAID = (
    "กล่าว แจ้ง รายงาน เสนอ ชี้แจง นำเสนอ เปิดเผย ระบุ เน้น ย้ำ อธิบาย สอบถาม ตอบ ถาม สรุป มอบหมาย มอบนโยบาย เห็นว่า เห็นด้วย "
    "เห็นชอบ ตั้งข้อ ให้ความ ให้ข้อ ให้สัมภาษณ์ เป็นประธาน เป็นผู้ เป็นตัวแทน เป็นวิทยากร พร้อมด้วย พร้อมคณะ พร้อมทั้ง ในฐานะ ในนาม "
    "ลงนาม ลงพื้นที่ เดินทาง เข้าร่วม ร่วมประชุม ร่วมกับ ร่วมลง ร่วมเป็น ดำรง ปฏิบัติ ทำหน้าที่ ได้รับ ได้กล่าว ได้มอบ ได้แจ้ง ได้ให้ ได้เสนอ ได้ชี้ "
    "ซึ่ง และ กับ เป็น ขอให้ ขอบคุณ เสริม แสดงความ รับมอบ รับทราบ รับว่า บอก เล่า ยืนยัน หารือ เปิดการ เปิดประชุม ปิดการ เชิญ แนะนำ แทนตำแหน่ง "
    "รับปาก ขยายความ เพิ่มเติม ทักท้วง ติง ค้าน ตั้งคำถาม ตำหนิ พูด ประกาศ นั่ง ขึ้น"
).split()
_FUNCTION = (
    "ได้ ให้ ที่ ใน ของ จาก โดย เพื่อ ว่า จะ ไม่ มีมติ มีความ มีข้อ มาร่วม มาเป็น ไป ต่อ เมื่อ หรือ แต่ ทั้งนี้ ทั้งสอง อีก ยัง จึง ก็ ร่วม พร้อม "
    "ถึง ตาม ณ นำโดย นำคณะ แทน ลาประชุม ลากิจ ลาป่วย ติดราชการ ติดภารกิจ ไปราชการ โทร เบอร์ อายุ อยู่ พบ ดังนี้ รวม กรณี เรื่อง วันที่ เวลา ลง เข้า "
    "ขอ นำ ด้าน หลังจาก ขณะ ครับ ค่ะ"
).split()
# Inside a run only longer words cut: short ones are syllables of names (สว่าง, ขอบคุณ, วัดชัย).
_CUT = re.compile(
    _any_of([*_SAID, *(p for p in _POSITIONS if len(p) > 5), "ปลัด", "นายก", "ได้", "ว่า"])
    .replace("ว(?:่า)", "ว่า(?![ก-ฮ])")
)
_STOP = re.compile(_any_of([*_SAID, *_FUNCTION, *_POSITIONS]))
_OF = re.compile(
    r"ณ[ ](?!ห้อง|ศาล|สำนัก|โรง|อาคาร|ที่|บ้าน|จังหวัด|ตำบล|อำเภอ|วัด|ศูนย์|หอ|ลาน|มหา|วิทย|กรม|กระทรวง|ทำเนียบ"
    r"|เทศบาล|องค์|อบ|สนาม|ริม|ชั้น|วัน|ขณะ|ปัจจุบัน|ชุมชน|หมู่|เวที|แปลง|สวน|พื้นที่|บริเวณ|หน่วย|กอง|ค่าย|ท่า|สะพาน|ประเทศ)"
    rf"(?P<house>{_LETTER}{{2,24}})"
)
_LATIN = re.compile(
    r"\b(?P<title>(?:Mr|Mrs|Ms|Miss|Dr|Prof)\b\.?)[ ]{1,2}"
    r"(?P<name>[A-Z][A-Za-z'’-]{0,24}\.?(?:[ ][A-Z][A-Za-z'’-]{0,24}){0,3})"
)
_LONGEST = 24


def find_people(text: str) -> list[PersonMention]:
    """Everyone named with a title, in order, without overlaps."""
    thai = list(_thai(text))
    latin = (
        PersonMention(match.start(), match.end(), match["name"], match["title"])
        for match in _LATIN.finditer(text)
    )
    return sorted([*thai, *latin], key=lambda person: person.start)


def _thai(text: str) -> Iterator[PersonMention]:
    position = 0
    while match := _TITLE.search(text, position):
        person = _person(match, text)
        position = person.end if person else match.end()
        if person:
            yield person


def _person(match: re.Match[str], text: str) -> PersonMention | None:
    end, titles = match.end(), [match["title"]]
    # A count of officers ("ตำรวจ 5 นาย ลงพื้นที่") has a figure before and a space after.
    if re.search(r"[0-9๐-๙][ ]?\Z", text[max(0, match.start() - 2) : match.start()]):
        if text[end : end + 1] in {" ", "", "\n"}:
            return None
    for _ in range(3):
        if not (more := _NEXT_TITLE.match(text, end)):
            break
        end, titles = more.end(), [*titles, more["title"]]
    return _named(match.start(), end, text, titles)


def _named(start: int, title_end: int, text: str, titles: list[str]) -> PersonMention | None:
    name_start = title_end + len(text[title_end : title_end + 1]) * text.startswith(" ", title_end)
    first = _run(text, name_start, glued=name_start == title_end)
    if first is None:
        return None
    end, whole = first
    surname = None if not whole or titles[-1] in _ONE_WORD else _surname(text, end)
    if surname is None and (titles[-1] in _NEEDS_SURNAME and len(titles) == 1):
        return None
    end = surname or end
    name = text[name_start:end]
    abbreviated = text.startswith("ฯ", end) and not text.startswith("ฯล", end)
    return PersonMention(start, end + abbreviated, name, text[start:title_end].strip())


def _run(text: str, start: int, *, glued: bool) -> tuple[int, bool] | None:
    """End of the name's first word and whether it ended by itself rather than by a cut."""
    word = _WORD.match(text, start)
    if word is None or (stop := _STOP.match(text, start)) and (not glued or len(stop[0]) > 5):
        return None
    cut = _CUT.search(text, start + 2, word.end())
    end = cut.start() if cut else word.end()
    abbreviation = text.startswith(".", end) and not cut
    return None if end - start > _LONGEST or abbreviation else (end, cut is None)


def _surname(text: str, first_end: int) -> int | None:
    """End of the surname after the first name, None when what follows is none."""
    gap = _SPACES.match(text, first_end)
    if gap is None:
        return None
    if house := _OF.match(text, gap.end()):
        return house.end()
    word = _WORD.match(text, gap.end())
    if word is None or _STOP.match(text, gap.end()) or _TITLE.match(text, gap.end()):
        return None
    cut = _CUT.search(text, gap.end() + 2, word.end())
    end = cut.start() if cut else word.end()
    if end - gap.end() > _LONGEST or (text.startswith(".", end) and not cut):
        return None
    return end
