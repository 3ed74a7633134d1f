"""The hits of a search as a table that Excel and programs open."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from fastapi.responses import Response

from pipeline import hits
from pipeline.search import Results
from pipeline.store import Store
from pipeline.tables import Column, Layout, write_table
from pipeline.web.search.view import PART_NAMES, place_of

LAYOUT = Layout(
    (
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
    ),
    sheet="ผลค้นหา",
)
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


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


def as_file(table: Sequence[HitRow], form: Literal["csv", "xlsx"]) -> Response:
    """The rows as a file to keep."""
    name = f"ผลค้นหา.{form}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        write_table(table, LAYOUT, path)
        content = path.read_bytes()
    disposition = f"attachment; filename=\"search.{form}\"; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=MEDIA[form], headers={"Content-Disposition": disposition})
