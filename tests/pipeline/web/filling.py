"""Real documents, read and tagged as `wara ingest` does, for the tests of pages that show them."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from fastapi import FastAPI

from classifiers import ProposalTagger
from classifiers.topics import TopicTagger, default_topics
from pipeline import batch
from pipeline.workspace import Arrival
from tests import texts

MINUTES = texts.MINUTES.replace("๓๐ เมษายน ๒๕๖๘", "{due}").replace("ก่อนฤดูฝน", "ก่อนฤดูฝน <b>ทันที</b>")
"""Minutes with a deadline, `due`, and a tag that pages have to show as text."""
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


@cache
def topics() -> TopicTagger:
    """The model that ships, loaded once: half a second of a core."""
    return default_topics()


def add(app: FastAPI, *outcomes: batch.Outcome, arrival: Arrival | None = None) -> list[str]:
    """Store what came of files; their digests."""
    workspace = app.state.web.workspace
    return [workspace.add(one, topics(), arrival or Arrival(by="สมศรี")).sha256 for one in outcomes]
