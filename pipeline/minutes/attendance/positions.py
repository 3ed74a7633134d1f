"""The position of someone named in running text: after the name, before it, or with brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.documents import Span
from pipeline.minutes.attendance.verbs import VERB_AHEAD, begins_with_verb, verb_start
from pipeline.minutes.attendance.wordlists import listed
from pipeline.thai.alternation import any_of


def _any_of(table: str) -> str:
    """An alternation of the words of a table."""
    return any_of(listed(table))


_HEAD = f"{_any_of('heads')}|นัก(?!ท่องเที่ยว)"
_PART = (
    "ส่วน(?=ราชการ|ภูมิภาค|ท้องถิ่น|ตำบล|แยก|อำนวย|การ|งาน|บริหาร|ส่งเสริม|กลาง|ควบคุม|พัฒนา"
    "|ทรัพยากร|สิ่งแวด|โยธา|คลัง|ช่าง)"
)
_PLACE = f"{_any_of('goes_on')}|{_PART}|คณะ(?!ฯ)|ของ(?!เ)|และ(?=ผู้อำนวยการ|เลขานุการ|หัวหน้า|โฆษก)"
_BEGINS = re.compile(
    f"(?:{_HEAD}|(?:แขวงทางหลวง|คณะ(?!ฯ|ทำงาน|กรรมการ|ผู้)|ภาควิชา|สถาบัน|จังหวัด|สำนักงาน"
    rf"|กลุ่ม|ศูนย์|กอง|มหาวิทยาลัย|โรงพยาบาล|เทศบาล|กรม|สมาคม|สภ\.|อบต\.|อบจ\.|รพ\.|สนง\.))"
)
_GOES_ON = re.compile(
    rf"(?:{_HEAD}|{_PLACE}|[ก-๎]{{2,24}}(?:มหาวิทยาลัย|วิทยาลัย)"
    rf"|[ก-ฮ]{{1,4}}\.(?:[ก-ฮ]{{1,4}}\.)*|[0-9]\.[0-9](?=[ ,\n]|\Z)"
    rf"|[0-9๐-๙]+(?![0-9๐-๙]*[.)])|\([^()\n]{{1,60}}\))"
)
_POSITION_LIKE = re.compile(rf"{_HEAD}|{_PLACE}|{_BEGINS.pattern}|[ก-ฮ]{{1,4}}\.")
_TAKES_LATIN = re.compile(r"(?:จาก|ของ|ประจำ|บริษัท|ด้าน|เรื่อง|งาน|ระบบ|[A-Za-z])\Z")
_HEAD_ONLY = re.compile(f"(?:{_HEAD})(?!.{{0,80}}(?:(?<!ผู้)ว่า|:))")
_WRAPPED = 40
_ENGLISH = re.compile(
    "(?:[A-Z][a-z]+[ ]?){1,3}(?:Manager|Officer|Director|Lead|Engineer|Analyst|Designer)"
)
# "บริษัท ก้าวหน้า จำกัด": the name of a firm goes on behind the word for it.
_FIRM = re.compile(r"(?:บริษัท|ห้างหุ้นส่วน|ห้าง|บจก\.|หจก\.)\Z")
_LIMITED = re.compile(r"จำกัด|\(มหาชน\)")
# "… เป็นผู้ดำเนินรายการ": what someone was there for, told as a position.
_CALLED = re.compile("เป็น(?=ผู้ดำเนินรายการ|ผู้ดำเนินการ(?:เสวนา|อภิปราย)|พิธีกร|วิทยากร|ล่าม)")
_AGE = re.compile(r"(?:อายุ|วัย)[ ]?[0-9๐-๙]{1,3}[ ]?ปี[ ]")
_FROM_OFFICE = re.compile("จาก(?=คณะ|ภาควิชา|สถาบัน|มหาวิทยาลัย|วิทยาลัย|สำนัก|กรม|กอง|ศูนย์|มูลนิธิ|สมาคม)")
_ABOUT = re.compile(r"(?:เกี่ยวกับ|ด้าน|ว่าด้วย|เพื่อ)(?!ให้)")
_WORD = re.compile(r"[^ \t\n]+")
_TRAILING = " ,;:–—-|/"
_LONGEST = 200
_WIDEST_GAP = 40
# Behind a position: marks, a word that begins what comes next, a remark in brackets.
_TAIL = re.compile(
    rf"(?:[{re.escape(_TRAILING)}]|(?<=[ ])(?:ส่วน|กับ|และ|แล้วก็|ด้าน)"
    r"|[ ]?\((?!ด้าน|ฝ่าย|กลุ่ม|สาขา|นัก|ผู้|รอง|ชำนาญ|ภาค|เขต|แห่ง|[ก-ฮ]{1,3}\.|[A-Z])[^()\n]{1,80}\))+\Z"
)
# Right before the next name: what that person is, "… ส่วนพาณิชย์จังหวัด |นาย…".
_NEXT_LIST = re.compile(
    "(?:(?:คณะ)?(?:อนุ)?(?:กรรมการ|คณะทำงาน|สมาชิก)(?:ที่|ผู้)|ผู้\\S{1,40}(?:ประกอบด้วย|ได้แก่|คือ)|ผู้(?:เข้าร่วม|ร่วม|ไม่|ลา|มา|ขาด|สังเกต))"
)
_OF_THE_NEXT = re.compile(rf"[ ](?:ส่วน|กับ|และ|ด้าน|พร้อมด้วย)(?:{_HEAD})[^ ]*[ ]?\Z")
# What someone does at the event itself is no position.
_OF_THE_EVENT = re.compile(
    "ผู้วิจารณ์|ผู้ดำเนินรายการ|ผู้ดำเนินการประชุม|วิทยากร|พิธีกร|ผู้บรรยาย|ประธาน(?:ใน)?(?:ที่|การ)?ประชุม"
)


def begins_position(words: str) -> bool:
    """Whether `words` begin like a position, an office or the rest of one, and not like a name."""
    return _POSITION_LIKE.match(words) is not None


def position_after(text: str, end: int, limit: int) -> Span | None:
    """The position that follows a name which ends at `end`, before `limit`; None without."""
    gap = text[end : end + _WIDEST_GAP]
    begin = end + len(gap) - len(gap.lstrip(" ,"))
    if text.startswith("\n", begin) and _wrapped(text, begin):
        begin += 1
    if text[begin : begin + 1] == "(":
        close = text.find(")", begin, begin + _LONGEST)
        inside = begin + 1
        if close > 0 and (_BEGINS.match(text, inside) or _ENGLISH.match(text, inside, close)):
            return Span(inside, close)
        return position_after(text, close + 1, limit) if 0 < close < begin + 30 else None
    begin = _from(text, begin)
    stop = begin
    for start, last, word_end in _words(text, begin, min(limit, begin + _LONGEST)):
        if start > begin and not _continues(text, start, stop):
            break
        if start == begin and not _BEGINS.match(text, start):
            break
        cut = verb_start(text, start, word_end)
        stop = cut
        if cut < word_end or last:
            break
    surface = text[begin:stop]
    if stop >= limit - 1 and (other := _OF_THE_NEXT.search(surface)):
        surface = surface[: other.start()]
    surface = _TAIL.sub("", surface)
    if surface.count(")") > surface.count("("):
        surface = surface[: surface.rfind(")")]
    return Span(begin, begin + len(surface)) if surface else None


def _from(text: str, begin: int) -> int:
    """Where the position begins behind an age or จาก: 'นาย… |จาก|คณะเกษตร มหาวิทยาลัย…'."""
    if called := _CALLED.match(text, begin):
        return called.end()
    age = _AGE.match(text, begin)
    begin = age.end() if age else begin
    return begin + 3 if _FROM_OFFICE.match(text, begin) else begin


def _wrapped(text: str, line_end: int) -> bool:
    """Whether a long line broke before a position: the next one begins with it and goes on."""
    start = text.rfind("\n", 0, line_end) + 1
    head = _HEAD_ONLY.match(text, line_end + 1)
    return line_end - start >= _WRAPPED and head is not None


def _words(text: str, begin: int, limit: int) -> Iterator[tuple[int, bool, int]]:
    """Space-separated words of one line: start, whether a comma or the line ends it, end."""
    line_end = text.find("\n", begin, limit)
    limit = limit if line_end < 0 else line_end
    for match in _WORD.finditer(text, begin, limit):
        yield match.start(), match[0].endswith((",", ";", ":")), match.end()


def _continues(text: str, start: int, stop: int) -> bool:
    """Whether the word at `start` still belongs to the position that reached `stop`."""
    if _OF_THE_EVENT.match(text, start) or _NEXT_LIST.match(text, start):
        return False
    recent = text[max(0, stop - 40) : stop]
    if _FIRM.search(recent) or _LIMITED.match(text, start):
        return True
    if recent.count("(") > recent.count(")"):
        return True
    if text[stop - 1] == "." and re.match("[ก-ฮเ-ไ]", text[start : start + 1]):
        return not VERB_AHEAD.match(text, start) and not begins_with_verb(text[start : start + 24])
    if re.match("[A-Z]", text[start : start + 1]):
        return bool(_TAKES_LATIN.search(text[max(0, stop - 12) : stop]))
    return bool(_GOES_ON.match(text, start) or _ABOUT.match(text, start))


_BEFORE = re.compile(
    rf"(?:(?<=[\s)(,])|(?<=มี)|(?<=โดย)|(?<=และ)|(?<=ด้าน)|(?<=ส่วน)|(?<=ท่าน)|(?<=เป็น)|(?<=คือ)"
    rf"|^)(?P<position>(?:{_HEAD})[^\s()]*(?:[ ](?:{_PLACE})[^\s()]*)*)[ ]?[(]?\Z"
)


def position_before(text: str, start: int) -> Span | None:
    """The position right before a name at `start`: 'ปลัดอำเภอ นาย…', 'ปลัดอำเภอ (นาย…)'."""
    low = max(0, start - 120, text.rfind("\n", max(0, start - 120), start) + 1)
    match = _BEFORE.search(text[low:start])
    if match is None:
        return None
    begin = low + match.start("position")
    end = begin + len(match["position"].rstrip(_TRAILING))
    cut = verb_start(text, begin, end)
    if cut < end and not text.startswith(("หนุ่ม", "สาว"), cut):
        return None
    return Span(begin, cut)
