"""What the meeting resolved: มติที่ประชุม, ที่ประชุมเห็นชอบ, or an arrow before it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from pipeline.documents import Span
from pipeline.minutes.items.decision_marks import mark_of
from pipeline.minutes.items.drafts import trimmed
from pipeline.minutes.items.slips import close
from pipeline.minutes.speakers.heads import Head
from pipeline.minutes.text.paragraphs import Paragraph, is_listed
from pipeline.minutes.text.wording import DIGIT, any_pattern, any_word, wording

_R = wording()["resolution"]
_GAP = r"[ \t]*[:：\-–—=|]?[ \t]*"
_NAMED = (
    rf"{any_pattern('resolution', 'labels')}"
    rf"(?=[ \t\n:：\-–—]|$|รับ|เห็น|อนุมัติ|ให้|มอบ|ไม่|ยัง|ชะลอ)"
    rf"|{any_word('resolution', 'colons')}[ ]?[:：]"
)
_LABEL = re.compile(rf"(?:{_R['arrows']}{_GAP}(?:{_NAMED})|{_NAMED}|{_R['arrows']}){_GAP}")
_MISSPELT = re.compile(r"(?P<label>[ก-๎]{9,14})(?:[ \t]*[:：][ \t]*|[ \t]+|$)")
# Whoever stands behind it is to do something, not speaking.
_TOLD_TO = re.compile(r"(?:ให้|มอบ|มอบหมาย|เชิญ)[ ]?\Z")
_VERBS = any_word("resolution", "verbs")
_BODY = (
    rf"(?:{any_pattern('resolution', 'links')}[ ]?)?"
    rf"{any_word('resolution', 'bodies')}(?:{any_word('resolution', 'adverbs')}|[ \t])*"
)
_LED = re.compile(rf"{_BODY}{_GAP}{_R['leads']}{_GAP}")
_DECIDED = re.compile(rf"{_BODY}{_GAP}(?={any_word('resolution', 'verbs')})")
_NOTED = re.compile(rf"{_BODY}{_GAP}(?=(?:รับ)?ทราบ[ \t]*$)", re.MULTILINE)
_STRONG = re.compile(any_word("resolution", "strong"))
_PLAIN = re.compile(any_pattern("resolution", "plain"))
_BODILESS = rf"{any_word('resolution', 'bodiless')}[ ]?{_R['leads']}"
# `ยกมือ 58 จาก 64 เสียง ตกลง…`, `ทุกคนเห็นด้วย จึงให้…`, `ไม่ได้ลงมติ ถือว่ารับทราบ`.
_VOTED = re.compile(
    rf"[^\n]{{0,24}}?{DIGIT}{{1,4}}[ ](?:จาก|ต่อ)[ ]{DIGIT}{{1,4}}[ ]?เสียง[ ](?={_VERBS})"
    rf"|ทุก(?:คน|ฝ่าย|ท่าน)(?:ต่าง)?(?:เห็น(?:ด้วย|ชอบ|พ้อง|ตรงกัน)|ตกลง)[ ](?:จึง|ก็)*(?={_VERBS})"
    rf"|(?:ไม่(?:ได้|มีการ)?(?:ลงมติ|คัดค้าน)[ ])?(?:จึง)?ถือว่า(?=(?:รับ|เห็น|อนุมัติ))"
)
_LED_ALONE = re.compile(rf"{_BODILESS}{_GAP}")
_LED_ANYWHERE = re.compile(rf"[ \n]((?:{_BODY}{_R['leads']}|{_BODILESS}){_GAP})")
_PROPOSED = re.compile(r"(?:เสนอ|เข้า|ต่อ|ถึง|ขอ|แจ้ง|จาก|ผ่าน|โดย)[ ]?\Z")
_DECIDED_ANYWHERE = re.compile(rf"[ \n]({_BODY})(?={any_word('resolution', 'verbs')})")
_STOPS = re.compile(rf"[ \t\n](?:{_R['stops']})")
_LINK = re.compile(r"[ \n]+(?:ทั้งนี้|โดย|และ|ซึ่ง|ด้าน|ส่วน|ขณะที่|จากนั้น)[ ]*\Z")
_LONGEST_LINK = 24
_AWAITS = re.compile(r"(?:ดังนี้|ได้แก่|ดังต่อไปนี้|คือ|ประกอบด้วย|:)[ \t]*\Z")
_MARKED = re.compile(r"[(]?(?:[0-9๐-๙]{1,2}|[กขคงจฉชซ])[.)]|[-–•]")


@dataclass(frozen=True, slots=True)
class Resolution:
    """A resolution: its sentence begins at `start`, `said` covers what was resolved.

    `labelled` says that a label announces it.
    """

    start: int
    said: Span
    labelled: bool


def resolution_in(
    text: str,
    paragraph: Paragraph,
    heads: Sequence[Head],
    marks: Container[str] = frozenset(),
) -> Resolution | None:
    """The resolution that stands in a paragraph, up to whoever speaks behind it.

    `marks` are the signs and labels that the text keeps for its decisions.
    """
    begin = paragraph.body
    label = _label(text, begin, paragraph.end) or _label(text, paragraph.start, paragraph.end)
    if label:
        inner = _LED.match(text, label.end(), paragraph.end) or _body_only(
            text, label.end(), paragraph.end
        )
        return _until(
            text, begin, inner.end() if inner else label.end(), paragraph, heads, labelled=True
        )
    opening = (
        _LED.match(text, begin, paragraph.end)
        or _LED_ALONE.match(text, begin, paragraph.end)
        or _VOTED.match(text, begin, paragraph.end)
        or _decided(text, begin, paragraph.end)
    )
    if opening:
        return _until(text, begin, opening.end(), paragraph, heads, labelled=False)
    plain = _PLAIN.match(text, begin, paragraph.end)
    if plain and not heads:
        return _until(text, begin, begin, paragraph, heads, labelled=False)
    marked = mark_of(text, paragraph) if marks else None
    if marked and marked[0] in marks:
        return _until(text, begin, marked[1], paragraph, heads, labelled=True)
    return _inside(text, paragraph, heads)


def _label(text: str, start: int, end: int) -> re.Match[str] | None:
    """`มติที่ประชุม`, also misspelt."""
    label = _LABEL.match(text, start, end)
    slip = None if label else _MISSPELT.match(text, start, end)
    return slip if slip and close(slip["label"], _R["misspelt"]) else label


def _decided(text: str, start: int, end: int) -> re.Match[str] | None:
    found = _DECIDED.match(text, start, end)
    noted = found or _NOTED.match(text, start, end)
    return noted if noted and (noted is not found or _STRONG.match(text, noted.end())) else None


def _body_only(text: str, start: int, end: int) -> re.Match[str] | None:
    """`มติ ที่ประชุมรับรอง`: the body stands between the label and the decision."""
    return _DECIDED.match(text, start, end)


def _inside(text: str, paragraph: Paragraph, heads: Sequence[Head]) -> Resolution | None:
    """`… ที่ประชุมเห็นชอบ…` behind something else in the paragraph."""
    found: int | None = None
    opening = _LED_ANYWHERE.search(text, paragraph.body, paragraph.end)
    if opening:
        found = opening.start(1)
    else:
        for match in _DECIDED_ANYWHERE.finditer(text, paragraph.body, paragraph.end):
            proposed = _PROPOSED.search(text, max(0, match.start() - _LONGEST_LINK), match.start())
            if _STRONG.match(text, match.end()) and not proposed:
                found, opening = match.start(1), match
                break
    if found is None or opening is None or _quoted(heads, found):
        return None
    return _until(text, found, opening.end(), paragraph, heads, labelled=False)


def _quoted(heads: Sequence[Head], position: int) -> bool:
    return any(head.said <= position < (head.end or 0) for head in heads)


def _until(
    text: str,
    start: int,
    said: int,
    paragraph: Paragraph,
    heads: Sequence[Head],
    *,
    labelled: bool,
) -> Resolution:
    ends = [
        head.start
        for head in heads
        if head.start > said
        and head.speaker.known
        and (
            head.told
            or not (labelled or _TOLD_TO.search(text[max(said, head.start - 12) : head.start]))
        )
    ]
    stop = _STOPS.search(text, said, paragraph.end)
    if stop and stop.start() > said:
        ends.append(stop.start())
    end = min([paragraph.end, *ends])
    link = _LINK.search(text, max(said, end - _LONGEST_LINK), end)
    end = link.start() if link else end
    return Resolution(start, trimmed(text, said, end), labelled)


def goes_on(text: str, resolution: Resolution, paragraph: Paragraph) -> bool:
    """Whether the paragraph below is a further line of the resolution."""
    said = resolution.said.of(text)
    if not said:
        return True
    listed = is_listed(paragraph)
    return listed and (bool(_AWAITS.search(said)) or bool(_MARKED.match(said)) or "\n" in said)


def extended(text: str, resolution: Resolution, paragraph: Paragraph) -> Resolution:
    """The resolution up to the end of a further paragraph."""
    start = resolution.said.start if resolution.said.of(text) else paragraph.start
    return Resolution(resolution.start, Span(start, paragraph.end), resolution.labelled)
