"""Real documents, read and tagged as `wara ingest` does, for the tests of pages that show them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from fastapi import FastAPI

from classifiers import ProposalTagger
from classifiers.topic_artefacts import default_topics
from pipeline import batch
from pipeline.workspace import Arrival

MINUTES = """รายงานการประชุมคณะทำงานลุ่มน้ำ จังหวัดพะเยา ครั้งที่ ๒/๒๕๖๘
เมื่อวันศุกร์ที่ ๒๘ มีนาคม ๒๕๖๘
ณ ห้องประชุมภูลังกา ศาลากลางจังหวัดพะเยา
ผู้มาประชุม
๑. นายสมหมาย ใจกว้าง   รองผู้ว่าราชการจังหวัด   ประธาน
๒. นางพิมพ์ใจ คำแสน   ผู้อำนวยการโครงการชลประทาน   กรรมการ
เริ่มประชุมเวลา ๐๙.๓๐ น.
ระเบียบวาระที่ ๑ เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ
ประธานแจ้งว่า กว๊านพะเยามีผักตบชวาหนาแน่นกว่าทุกปี
มติที่ประชุม รับทราบ
ระเบียบวาระที่ ๒ เรื่องเพื่อพิจารณา
นางพิมพ์ใจ คำแสน เสนอว่า ควรขุดลอกคลองปากกว๊านก่อนฤดูฝน <b>ทันที</b>
มติที่ประชุม เห็นชอบให้ขุดลอกคลองปากกว๊านภายในวันที่ {due}
เลิกประชุมเวลา ๑๑.๐๐ น.
"""
PROPOSAL = """ข้อเสนอการท่องเที่ยวโดยชุมชน จังหวัดเลย
จังหวัดเลย เสนอเมื่อวันที่ ๑๐ ธันวาคม ๒๕๖๔
๑. หลักการและเหตุผล
ชุมชนริมโขงต้องการระบบจองที่พักออนไลน์และแผนที่ดิจิทัลสำหรับนักท่องเที่ยว
๒. วัตถุประสงค์
เพื่อให้ชุมชนบริหารการท่องเที่ยวด้วยข้อมูลของตนเอง ลดขยะ และมีรายได้เพิ่ม
๓. งบประมาณ
๑,๒๐๐,๐๐๐ บาท
"""
MONTHS = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"


def written(day: dt.date) -> str:
    """A day as minutes write it: `30 เมษายน 2568`."""
    return f"{day.day} {MONTHS.split()[day.month - 1]} {day.year + 543}"


def outcome_of(
    folder: Path, name: str, text: str, tagger: ProposalTagger, model: Path
) -> batch.Outcome:
    """What comes of one file, ready to be stored."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return batch.process(str(file), tagger, batch.Job("half", model, keep=True))


def add(app: FastAPI, *outcomes: batch.Outcome, arrival: Arrival | None = None) -> list[str]:
    """Store what came of files; their digests."""
    workspace, topics = app.state.web.workspace, default_topics()
    return [workspace.add(one, topics, arrival or Arrival(by="สมศรี")).sha256 for one in outcomes]
