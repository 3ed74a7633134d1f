"""The hits of a search as a table that Excel and programs open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fastapi.responses import Response

from pipeline import hits
from pipeline.search import Results
from pipeline.store import Store
from pipeline.tables import Column, Layout
from pipeline.web.frame.downloads import TableForm, table_file
from pipeline.web.search.view import PART_NAMES, place_of

MEANINGS = {
    "number": ("ลำดับตามความตรงกับคำค้น", "The rank among the hits."),
    "title": ("ชื่อเอกสารหรือการประชุม", "Title of the document or meeting."),
    "date": ("วันที่ของเอกสาร แสดงเป็น พ.ศ.", "Day of the document, shown in the Buddhist Era."),
    "meeting": ("การประชุมครั้งที่", "Number of the meeting."),
    "heading": (
        "วาระหรือหัวข้อที่ข้อความอยู่",
        "The agenda item or section that the passage stands under.",
    ),
    "part": ("ข้อความนี้คืออะไร เช่น มติ คำพูด", "What the passage is: a resolution, a turn of speech …"),
    "speaker": ("ผู้พูด", "Who spoke."),
    "position": ("ตำแหน่งของผู้พูด", "The speaker's position."),
    "provinces": ("จังหวัดของเอกสาร", "Provinces of the document."),
    "topics": ("หัวข้อที่โมเดลติดให้ข้อความ", "Topics, as the model has them."),
    "text": ("ข้อความทั้งตอน", "The whole passage."),
    "file": ("ไฟล์ต้นฉบับ", "The file that it stands in."),
    "page": ("หน้าในไฟล์", "Page of the file."),
    "start": (
        "ตำแหน่งแรกในข้อความของเอกสาร นับเป็นตัวอักษรจาก 0",
        "First character in the document's text, counted from 0.",
    ),
    "end": ("ตำแหน่งถัดจากตัวสุดท้าย", "The position behind the last character."),
    "sha256": ("ลายนิ้วมือของไฟล์", "The file's digest."),
    "link": ("เปิดตอนนี้ในเบราว์เซอร์ (ต้องเข้าสู่ระบบ)", "The passage in the browser (after logging in)."),
}
COLUMNS = (
    Column("number", "ลำดับ", 8, "whole"),
    Column("title", "เอกสาร", 40),
    Column("date", "วันที่", 16, "date"),
    Column("meeting", "ครั้งที่", 12),
    Column("heading", "หัวเรื่อง", 36),
    Column("part", "ส่วน", 12),
    Column("speaker", "ผู้พูด", 24),
    Column("position", "ตำแหน่ง", 24),
    Column("provinces", "จังหวัด", 20, "list"),
    Column("topics", "หัวข้อ", 24, "list"),
    Column("text", "ข้อความ", 90),
    Column("file", "ไฟล์", 30),
    Column("page", "หน้า", 8, "whole"),
    Column("start", "ตำแหน่งเริ่ม", 10, "whole"),
    Column("end", "ตำแหน่งจบ", 10, "whole"),
    Column("sha256", "ลายนิ้วมือไฟล์", 14, wrapped=False),
    Column("link", "ลิงก์", 40, wrapped=False),
)
LAYOUT = Layout(
    tuple(replace(column, meaning=MEANINGS[column.code]) for column in COLUMNS), sheet="ผลค้นหา"
)


@dataclass(frozen=True, slots=True)
class HitRow:
    """A hit as a row; see `LAYOUT`."""

    number: int
    title: str
    date: dt.date | None
    meeting: str
    heading: str
    part: str
    speaker: str
    position: str
    provinces: tuple[str, ...]
    topics: tuple[str, ...]
    text: str
    file: str
    page: int
    start: int
    end: int
    sha256: str
    link: str


def rows(store: Store, found: Results, topics: Mapping[str, str], base: str) -> list[HitRow]:
    """A row for each hit, in their order; `base` is the address of the server."""
    answered = hits.answer(store, found)["hits"]
    return [
        HitRow(
            number=number,
            title=passage.title,
            date=passage.date,
            meeting=passage.meeting,
            heading=passage.heading,
            part=PART_NAMES[passage.kind][0] if passage.kind in PART_NAMES else passage.kind,
            speaker=passage.speaker,
            position=passage.position,
            provinces=passage.provinces,
            topics=tuple(topics.get(code, code) for code in passage.topics),
            text=passage.text,
            file=Path(answer["file"]).name,
            page=answer["page"],
            start=passage.start,
            end=passage.end,
            sha256=passage.document,
            link=base + place_of(passage),
        )
        for number, (answer, passage) in enumerate(
            zip(answered, (hit.passage for hit in found.hits), strict=True), start=1
        )
    ]


def as_file(table: Sequence[HitRow], form: TableForm) -> Response:
    """The rows as a file to keep."""
    return table_file(table, LAYOUT, form, name="ผลค้นหา", plain_name="search")
