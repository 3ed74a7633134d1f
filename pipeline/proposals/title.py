"""Find a proposal's title: below its heading, in quotation marks, or the first line like one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.documents import Span
from pipeline.proposals.headings import SECTIONS
from pipeline.proposals.sections import DOCUMENT_HEAD, Heading
from pipeline.proposals.unfilled import is_unfilled

FIRST_LINES = 14
LONGEST_TITLE = 160
LONGEST_LINE = 120
SHORTEST_TITLE = 4
OPENING_CHARS = 1600

_TAIL_MARKS = " \t*_\"“”'‘’:：–—-|]…·"
_FILLED = re.compile(r"[^\s]")
_QUOTED = re.compile(r"[“\"]([^“”\"\n]{4,160})[”\"]")
_CUT = re.compile(
    r"\t|[ \t]{2,80}|[ \t]\|[ \t]|[ \t]?—[ \t]|[ \t]\((?:ร่าง|จังหวัด|จ\.)|[ \t](?:อบต|ทต|ทม|ทน)\."
)
# Words of sending and of form before the title proper: "ขอส่งข้อเสนอ “…”", "รายงานข้อเสนอ …".
_LEADING = (
    r"(?:ขอ|การ|จัด|นำ|ร่าง|แจ้ง|ส่ง|รายงาน|เสนอ|ข้อเสนอ|ความเห็นชอบ|ความอนุเคราะห์|พิจารณา|สนับสนุน|หัวข้อ"
    r"|ผลงาน"
    r"|งบประมาณ|แบบสรุป|แบบ|ประเด็น|เรื่อง|ขับเคลื่อน|ขยายผล|แนวคิด|สำคัญ|เพื่อ|ที่จังหวัดเลือก|และ|ของ"
    r"|ต่อยอด|ที่เคยได้รับรางวัล|ประจำปี|เชิงพื้นที่|นโยบาย|การพัฒนา|โครงการ|แผน)"
)
_LEAD = re.compile(rf"{_LEADING}{{1,8}}(?:[ \t]{{0,3}}[:：][ \t]{{0,3}}|[ \t]{{1,3}})(?=\S)")
_GENERIC = re.compile(
    rf"{_LEADING}{{1,10}}(?:(?:จังหวัด|อำเภอ|ตำบล|จ\.|อ\.)[^\s]{{0,30}}|ประจำปี[^\n]{{0,40}}"
    rf"|ปี[^\n]{{0,30}}|[ \t]){{0,6}}$"
)
_LABEL_COLON = re.compile(
    r"(?:ข้อเสนอ|แบบ|แผน|บทสรุป|[Ee]xecutive|EXECUTIVE|Paper|Deck|Concept|CONCEPT|โครงการ|เอกสาร"
    r"|รายงาน|สรุป"
    r"|ศธจ|สสจ)[^\n:：]{0,60}[:：][ \t]{0,4}"
)
_TRAILER = re.compile(
    r"[ \t]{0,3}\([^()\n]{0,80}[0-9๐-๙]{2,4}\)$"
    r"|[ \t]{0,3}[:：–—-][ \t]{0,3}(?:ข้อเสนอ|สรุป|แบบ|เอกสาร)[^\n]{0,60}$"
)
_NOT_TITLE = re.compile(
    r"บันทึกข้อความ|ส่วนราชการ|ที่[ \t]|เลขที่|โทร|โทรสาร|ด่วน|ลับ(?:มาก|ที่สุด|$)|แบบ(?:[ \t]|เสนอ|ฟอร์ม|สรุป|ย่อ"
    r"|สมัคร|กรอก|คำขอ)|กรอกแบบ|ร่าง[ \t]|สำเนา|หน้า[ \t]?[0-9๐-๙]|แผ่นที่|ฉบับ|\[|<|\(|📌"
    r"|วันที่|เมื่อวัน|ลงวันที่|ณ[ \t]|เรียน|กราบ|ถึง(?:[ \t]|คณะ|นาย|ผู้|ท่าน)|จาก(?:[ \t]|วัด)|อ้างถึง|สิ่งที่ส่ง"
    r"|เจริญพร|ศาลากลาง|ถนน[^\n]{0,60}[0-9๐-๙]{5}|ที่ทำการ"
    r"|ที่ว่าการ|ข้อเสนอ(?:แบบ|ของ|จังหวัด|ประเด็น|อำเภอ|การขับเคลื่อน|โดย|ขอ|โครงการต่อ|ร่วม)|จังหวัด|จ\.|อ\."
    r"|อำเภอ"
    r"|ผู้เสนอ|เสนอ[ \t]|หน่วยงาน"
    r"|รหัส|form|submitted|สำนักงาน|สนง|สนจ|สสจ|องค์การบริหาร|อบต\.|อบจ\.|ทต\.|ทม\.|ทน\.|เทศบาล(?:ตำบล"
    r"|เมือง|นคร)|กอง[ก-์]{2,20}[ \t]|กลุ่มงาน"
    r"|วัด[ก-์]{2,20}[ \t]|กรม|กระทรวง|มหาวิทยาลัย|คณะ|สหกรณ์|ศูนย์|โรงพยาบาล[ก-์]{2,20}$|รพ\.|เอกสาร|สรุป"
    r"|บทสรุป|คำขอ|คำแถลง|คำชี้แจง|ผู้ว่า|ท่าน|เลขานุการ|เหล่ากาชาด|ส่วนที่|กรอบ"
    r"|[Cc]oncept|CONCEPT|KPI|To:|From:|Date|Proposal|PROPOSAL|Page|http|Deck|[Ee]xecutive"
    r"|EXECUTIVE|Scale-up|บิสมิลลา|อัสสลาม"
    r"|แผนต่อยอด$|แผนขยาย\S{0,12}$|แผนถอด|ข่าวประกอบ|(?:[0-9๐-๙]{1,2}|[A-Z])[.)]"
)
# Words for what the paper is: a title only where nothing better stands near it.
_WEAK = re.compile(
    r"คำกล่าว|ถอดคำ|สัมภาษณ์|จดหมาย|บันทึก|คำพูด|โพสต์|รายงาน|วิทยุ|Paper|โดย|กลุ่ม|ชมรม|มูลนิธิ|เครือข่าย"
)
_PREFIX = re.compile(
    r"\[[^\]\n]{1,20}\][ \t]{0,4}|[0-9]{1,2}/[0-9]{1,2}[ \t]{1,4}"
    r"|(?:จังหวัด|อำเภอ|เทศบาล|อบต\.|สสจ\.|ศธจ\.|ทกจ\.|พมจ\.)[^\s:：]{2,30}[ \t]?[:：—–][ \t]?"
)
# Questions of a sheet, and the first line of an office that names itself: office / office / year.
_ASIDE = re.compile(
    r"(?:คำถาม|ถาม|ตอบ|Question|Answer|Q|A)[ \t]{0,2}(?:ข้อ|ที่)?[ \t]{0,2}"
    r"(?:[0-9๐-๙]{1,2}(?=[ \t.:：)])|[0-9๐-๙]{0,2}[ \t]{0,2}[:：])"
    r"|[^\n/]{1,60}[ ]/[ ][^\n/]{1,60}[ ]/[ ]"
)
# A ticked or named choice among the five agenda topics is no title.
_CHOICE = re.compile(
    r"[ \t]{0,8}(?:[\[(][ xX✓/]?[\])]|[☐☑✓✔]|(?:การ)?(?:ขจัดความยากจน|ยกระดับคุณภาพชีวิต"
    r"|ส่งเสริมการท่องเที่ยวโดยชุมชน"
    r"|จัดการสิ่งแวดล้อม|พัฒนาการบริการประชาชน|พัฒนาคุณภาพการบริหาร))"
)
_OFFICE = re.compile(
    r"[ก-ฮ]{2,4}\.[ก-์]|(?:เกษตร|ประมง|ปศุสัตว์|จัดหางาน|พัฒนาการ|พัฒนาสังคม|ท้องถิ่น|วัฒนธรรม|ขนส่ง|คลัง|พาณิชย์"
    r"|อุตสาหกรรม|สาธารณสุข"
    r"|ท่องเที่ยว|เรือนจำ|ตำรวจภูธร|โยธา)\S{0,12}(?:จังหวัด|อำเภอ)|การ(?:ประปา|ไฟฟ้า)ส่วนภูมิภาค"
    r"|โรงพยาบาล\S{2,24}[ ](?:จังหวัด|อำเภอ|จ\.|อ\.)"
)
_INLINE = re.compile(r"[ \t](?:ชื่อ|หัว)?เรื่อง[ \t:：]{1,4}(?=[^\s])([^\n]{4,120})")
_PAGE = re.compile(r"(?:หน้า|แผ่น(?:ที่)?|[Pp]age)[ \t]?[0-9๐-๙]{1,3}(?:[ \t]?(?:/|จาก|of)|[\])]|$)")
_DATED = re.compile(
    r"[0-9๐-๙]{1,2}[ \t]?(?:[ก-์]{1,4}\.[ \t]?[ก-์]{1,2}\."
    r"|[ก-์]{5,12})[ \t]?(?:พ\.ศ\.[ \t]?)?[0-9๐-๙]{2,4}|วันที่"
)
_DATE_ONLY = re.compile(
    r"[0-9๐-๙ /.\-]{1,12}(?:[ก-์.]{3,12})?[ \t]{0,2}(?:พ\.ศ\.)?[ \t]{0,2}[0-9๐-๙]{0,4}$"
)
_NAMED = re.compile(
    r"(?:เรื่อง|ประเด็น|โครงการ|ชื่อ|ข้อเสนอ|เสนอ|ผลงาน|หัวข้อ|ขยายผล|แผน"
    r"|งาน)[^\n“\"]{0,24}[“\"]([^“”\"\n]{4,120})[”\"]"
)


def _span(text: str, start: int, end: int) -> Span:
    """`start`-`end` without blanks, marks and leader dots around it."""
    while start < end and text[start] in " \t*_#\"“”'‘’:：–—-•▪◆◼[.…·":
        start += 1
    while end > start and (text[end - 1] in _TAIL_MARKS or _is_leader(text, end - 1)):
        end -= 1
    return Span(start, end)


def _is_leader(text: str, at: int) -> bool:
    """Whether a dot stands beside another one: a leader, not the dot of an abbreviation."""
    return text[at] == "." and "." in (text[at - 1 : at], text[at + 1 : at + 2])


def _shortened(text: str, span: Span) -> Span:
    """`span` without leading words of form, places and trailing remarks."""
    for lead in (_PREFIX, _LABEL_COLON, _LEAD):
        found = lead.match(text, span.start, span.end)
        if found and span.end - found.end() >= SHORTEST_TITLE:
            span = _span(text, found.end(), span.end)
    for tail in (_CUT, _TRAILER):
        found = tail.search(text, span.start, span.end)
        if found and found.start() - span.start >= SHORTEST_TITLE:
            span = _span(text, span.start, found.start())
    return span


def _clean(text: str, start: int, end: int) -> Span | None:
    """The title proper within `start`-`end` of one line; None where only words of form stand."""
    span = _span(text, start, min(end, start + 4 * LONGEST_TITLE))
    if is_unfilled(span.of(text)):
        return None
    quoted = _QUOTED.search(text, start, end)
    if quoted and (2 * len(quoted[1]) >= len(span.of(text)) or _LEAD.match(text, span.start)):
        return Span(*quoted.span(1))
    if _GENERIC.match(span.of(text)) or _CHOICE.match(text, start, end):
        return None
    span = _shortened(text, span)
    return span if SHORTEST_TITLE <= span.end - span.start <= LONGEST_TITLE else None


def _line_end(text: str, start: int) -> int:
    newline = text.find("\n", start)
    return len(text) if newline < 0 else newline


def _body_line(text: str, heading: Heading, stop: int) -> Span:
    """The rest of the heading's line, or the next filled line before `stop` where it is alone."""
    end = _line_end(text, heading.body)
    below = _FILLED.search(text, end, stop) if not text[heading.body : end].strip() else None
    return Span(below.start(), _line_end(text, below.start())) if below else Span(heading.body, end)


def _titles(text: str, headings: list[Heading]) -> list[tuple[Heading, Span]]:
    """Title headings with the line of their body, which ends where another section begins."""
    found: list[tuple[Heading, Span]] = []
    stop = len(text)
    for heading in reversed(headings):
        if heading.code == "title":
            found.append((heading, _body_line(text, heading, stop)))
        else:
            stop = heading.lead
    return found[::-1]


def _labelled(text: str, headings: list[Heading]) -> Iterator[Span]:
    """Cleaned bodies of the title headings: unmistakable headings first, in the text's order."""
    titles = _titles(text, headings)
    rule = SECTIONS["title"]
    for names in (rule.long, rule.blank, rule.short):
        lowered = {name.lower() for name in names}
        for heading, line in titles:
            if text[heading.start : heading.end].lower() in lowered:
                span = _clean(text, line.start, line.end)
                if span:
                    yield span


def _lines(text: str) -> Iterator[Span]:
    position = 0
    for _ in range(FIRST_LINES * 2):
        end = _line_end(text, position)
        if text[position:end].strip():
            yield Span(position, end)
        if end == len(text):
            return
        position = end + 1


def _unlabelled(text: str, headings: list[Heading]) -> Iterator[Span]:
    """Lines at the top that read like a title, before the first section and long paragraph."""
    closed = [h for h in headings if text[h.start : h.end] != "ข้อเสนอ" or h.start > DOCUMENT_HEAD]
    stop = next((h.start for h in closed if h.code in SECTIONS and h.code != "title"), len(text))
    starts = {text.rfind("\n", 0, h.start) + 1 for h in closed if h.start < 2 * OPENING_CHARS}
    for number, line in enumerate(_lines(text)):
        surface = line.of(text).strip()
        if number == FIRST_LINES or line.start >= stop:
            return
        if line.start in starts or _PAGE.search(surface):
            continue
        quoted = _QUOTED.match(text, line.end - len(line.of(text).lstrip()), line.end)
        if quoted:
            yield Span(*quoted.span(1))
        if len(surface) > LONGEST_LINE:
            return
        span = None if _DATE_ONLY.match(surface) else _clean(text, line.start, line.end)
        inline = _INLINE.search(text, line.start, line.end)
        if inline:
            span = _clean(text, *inline.span(1))
        if span and not _unfit(span.of(text)):
            yield span


def _unfit(surface: str) -> bool:
    """Whether a line is a letterhead, an office, an address or a date and not a title."""
    return any((_NOT_TITLE.match(surface), _OFFICE.match(surface), _DATED.search(surface)))


def _weak(text: str, line: Span) -> bool:
    """Whether `line` is a title only where nothing better stands near it."""
    whole = text[text.rfind("\n", 0, line.start) + 1 : _line_end(text, line.start)].strip()
    return bool(_WEAK.match(line.of(text)) or _ASIDE.match(whole))


def find_title(text: str, headings: list[Heading]) -> Span | None:
    """Where the title stands in a normalized `text`, without label and quotation marks.

    A labelled title wins, then one in quotation marks after a word like โครงการ in the opening,
    then the first line that is no letterhead, form name, address, date or greeting.
    """
    labelled = next(_labelled(text, headings), None)
    if labelled or _left_open(text, headings):
        return labelled
    lines = list(_unlabelled(text, headings))
    first = next((line for line in lines if not _weak(text, line)), None)
    named = _NAMED.search(text, 0, OPENING_CHARS)
    if named and (first is None or first.start > named.start() or first.end >= named.start(1)):
        return Span(*named.span(1))
    return first or next(iter(lines), None) or _generic(text, headings)


def _generic(text: str, headings: list[Heading]) -> Span | None:
    """A title line of words of form only ("จัดส่งข้อเสนอจังหวัด"), for want of a better one."""
    for _, line in _titles(text, headings):
        span = _span(text, line.start, line.end)
        if SHORTEST_TITLE <= span.end - span.start <= LONGEST_TITLE:
            return span
    return None


def _left_open(text: str, headings: list[Heading]) -> bool:
    """Whether the form's line for the title holds no answer, or the next section begins there."""
    names = {name.lower() for name in SECTIONS["title"].long}
    return any(
        is_unfilled(line.of(text))
        and (line.of(text).strip() or text[heading.start : heading.end].lower() in names)
        for heading, line in _titles(text, headings)
    )
