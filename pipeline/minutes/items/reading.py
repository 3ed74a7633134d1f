"""The way from the text of a meeting to its items: paragraphs, speakers, items, what each holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.documents import Item, Span
from pipeline.minutes.attendance import Attendance
from pipeline.minutes.items import shapes
from pipeline.minutes.items.decision_marks import learn_marks
from pipeline.minutes.items.division import Division
from pipeline.minutes.items.drafts import Draft
from pipeline.minutes.items.marks import INTRODUCTION
from pipeline.minutes.items.orders import orders_in, tasks_in
from pipeline.minutes.items.resolutions import Resolution
from pipeline.minutes.items.turns import Listener, Said
from pipeline.minutes.speakers.layout import learn, without_bars
from pipeline.minutes.speakers.roster import Roster
from pipeline.minutes.speakers.speech import Speech
from pipeline.minutes.text.paragraphs import Paragraph, is_furniture, is_listed, paragraphs
from pipeline.minutes.text.wording import wording

_STARTS = re.compile(rf"^[ \t]*{wording()['body']['starts']}[^\n]*", re.MULTILINE)
_AGENDA = re.compile(r"^[ \t]*(?:ระเบียบ)?วาระ(?:การประชุม)?(?:ที่)?[ \t]*[0-9๐-๙]", re.MULTILINE)
_LISTS = re.compile(
    r"^[ \t]*(?:ราย(?:ชื่อ|นาม))?(?:คณะ)?(?:กรรมการ|อนุกรรมการ)?(?:ที่)?ผู้(?:ที่)?(?:มา|เข้า)(?:ร่วม)?ประชุม",
    re.MULTILINE,
)
_TASKS = re.compile(wording()["orders"]["headings"])


def read_items(text: str, attendance: Attendance) -> tuple[Item, ...]:
    """Read the items of `text` in their order; `attendance` says who the speakers may be."""
    formal = is_formal(text)
    roster = Roster(text, attendance)
    found = paragraphs(text, _body_start(text, attendance, formal=formal), len(text))
    quiet = 0 if formal else _introduced(found)
    layout = learn(text, found, roster)
    found = without_bars(text, found, layout, roster)
    speech = Speech(text, roster, layout, formal=formal, quiet=quiet)
    marks = learn_marks(text, found, roster)
    listener = Listener(text, speech, roster, marks, formal=formal)
    drafts = Division(text, found, listener, formal=formal).drafts()
    return tuple(_item(text, draft, listener) for draft in drafts)


def is_formal(text: str) -> bool:
    """Whether `text` has the form of minutes: an agenda, or lists of people and a beginning."""
    return bool(_AGENDA.search(text) or (_STARTS.search(text) and _LISTS.search(text)))


def _body_start(text: str, attendance: Attendance, *, formal: bool) -> int:
    """Where the meeting begins in the text: behind the lists of who was there."""
    start = _STARTS.search(text, attendance.end)
    agenda = _AGENDA.search(text, attendance.end)
    if start and (agenda is None or start.end() <= agenda.start()):
        return start.end()
    if formal and agenda:
        return agenda.start()
    return min(attendance.end, len(text)) if formal or _LISTS.search(text) else 0


def _introduced(found: Sequence[Paragraph]) -> int:
    """Where a post's title and introduction end: with its first long paragraph, if not a point."""
    for place, paragraph in enumerate(found[:6]):
        if place and is_listed(paragraph):
            return paragraph.start
        if paragraph.end - paragraph.start >= INTRODUCTION:
            return paragraph.end
    return 0


def _item(text: str, draft: Draft, listener: Listener) -> Item:
    tasks = _is_tasks(text, draft, listener)
    said = Said() if tasks else listener.listen(draft.rest)
    resolution = draft.resolution or _chosen(text, said.resolutions)
    spans = {} if draft.heading is None else {"heading": draft.heading}
    if resolution:
        spans["resolution"] = resolution
    return Item(
        no=draft.no,
        heading=draft.heading.of(text) if draft.heading else None,
        resolution=_surface(resolution.of(text)) if resolution else None,
        turns=tuple(said.turns),
        orders=tasks_in(text, draft.rest) if tasks else orders_in(text, resolution, said.turns),
        start=draft.start,
        end=draft.end,
        spans=spans,
    )


def _is_tasks(text: str, draft: Draft, listener: Listener) -> bool:
    """Whether the points under a heading are tasks, not what someone says."""
    if draft.heading is None or not _TASKS.match(draft.heading.of(text)):
        return False
    if not draft.rest or is_listed(draft.rest[0]):
        return True
    return all(head.labelled for head in listener.heads(draft.rest[0]))


def _chosen(text: str, found: Sequence[Resolution]) -> Span | None:
    """The resolution of an item: what a label announces before what is only told."""
    real = [one for one in found if not shapes.is_nothing(one.said.of(text)) and one.said.of(text)]
    labelled = [one for one in real if one.labelled]
    return next((one.said for one in labelled or real), None)


def _surface(said: str) -> str:
    """A resolution in one line, without the lines of the page that run through it."""
    lines = (line.strip() for line in said.splitlines() if not is_furniture(line))
    return " ".join(line for line in lines if line)
