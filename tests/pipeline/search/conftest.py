import datetime as dt
from pathlib import Path

import pytest

from pipeline.search import Index, Passage

COMMISSION = "คณะกรรมการพัฒนาระบบราชการเห็นชอบแนวทางการดำเนินงาน"
PASSAGES = (
    Passage(
        "turn",
        "เลขาธิการมอบหมายให้สำนักงานจังหวัดติดตามการท่องเที่ยวชุมชน มีผู้มาเยือน ๑,๒๓๔ คน เด็กๆ สนุก",
        title="รายงานการประชุม ครั้งที่ 3/2565",
        heading="เรื่องเพื่อพิจารณา",
        document="d1",
        document_kind="minutes",
        kind="turn",
        speaker="นายสมชาย ใจดี",
        position="เลขาธิการ ก.พ.ร.",
        date=dt.date(2022, 3, 17),
        provinces=("สุราษฎร์ธานี",),
        topics=("tourism", "PMQA"),
        meeting="3/2565",
        item="3.1",
    ),
    Passage(
        "resolution",
        "ที่ประชุมมีมติให้ทุกจังหวัดประเมินตามเกณฑ์ PMQA 4.0 ภายในเดือนมีนาคม",
        title="รายงานการประชุม ครั้งที่ 3/2565",
        document="d1",
        document_kind="minutes",
        kind="resolution",
        date=dt.date(2022, 3, 17),
        provinces=("น่าน", "แพร่"),
        topics=("PMQA",),
        meeting="3/2565",
        item="3",
    ),
    Passage("short", "สำนักงาน ก.พ.ร. แจ้งผลการประเมิน", document="d2", date=dt.date(2021, 9, 30)),
    Passage("full", COMMISSION, document="d3", date=dt.date(2021, 10, 1)),
    Passage("rice", "ชาวนาปลูกข้าวพันธุ์ใหม่ น้ำท่วมนา ผู้ว่าราชการจังหวัดลงพื้นที่", document="d4"),
    Passage("white", "ผ้าสีขาวทอด้วยมือ", document="d4"),
    Passage("news", "ข่าวประจำวันของท้องถิ่น", document="d4"),
)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    made = Index.create(tmp_path / "index")
    made.add(PASSAGES, mark=1)
    return made


def found(index: Index, query: str, **options: object) -> set[str]:
    return {hit.passage.id for hit in index.search(query, **options)}  # type: ignore[arg-type]
