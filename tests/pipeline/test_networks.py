from collections.abc import Callable, Sequence
from typing import Any

import pytest

from pipeline.proposals.networks import find_networks, sector_table
from pipeline.proposals.sections import find_headings, find_sections
from tests.pipeline.corpus import clear_proposals, vague_proposals

ORDER = ("ราชการ", "วิชาการ", "ศาสนา", "เอกชน", "ประชาชน", "ประชาสังคม", "สื่อมวลชน")


def networks(text: str) -> tuple[str, ...]:
    return find_networks(text, find_sections(text, find_headings(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("เทศบาลตำบลนาแก้วให้สถานที่", ("ราชการ",)),
        ("ธ.ก.ส. รับเป็นคนกลางถือเงิน", ("ราชการ",)),
        ("ม.บูรพา ออกแบบการวัด", ("วิชาการ",)),
        ("เจ้าอาวาสกับโต๊ะอิหม่ามผลัดกันเป็นประธาน", ("ศาสนา",)),
        ("ร่วมกับวัดโพธิ์งาม", ("ศาสนา",)),
        ("หอการค้าหาผู้ซื้อให้", ("เอกชน",)),
        ("อสม. ทุกหมู่เป็นคนถ่ายรูป", ("ประชาชน",)),
        ("มูลนิธิเพื่อนเด็กสอนว่ายน้ำ", ("ประชาสังคม",)),
        ("วิทยุชุมชนอ่านผลทุกเย็น", ("สื่อมวลชน",)),
        ("จังหวัดพะเยาสนับสนุนรถ", ("ราชการ",)),
        ("เกษตรอำเภอเชียงคำสอน", ("ราชการ",)),
        ("ชาวสวนลงแรงทำฝาย", ("ประชาชน",)),
        ("สมาคมรถตู้ให้ที่นั่ง", ("เอกชน",)),
        ("สมาคมภัตตาคารคิดเมนู", ("เอกชน",)),
        ("สมาคมคนตาบอดทดลองใช้", ("ประชาสังคม",)),
    ],
)
def test_names_of_a_sector(text: str, expected: tuple[str, ...]) -> None:
    assert networks(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "วัดผลทุกเดือน",
        "ตัวชี้วัดคือวัดจากเวลารอ",
        "ตามแนวทางราชการระบบเปิด",
        "ปี 2565 ไปดูงานกับมูลนิธิแห่งหนึ่ง",
        "บริษัทนำเที่ยวปฏิเสธ",
        "จังหวัดพะเยา",
        "อำเภอปง จังหวัดพะเยา แล้งทุกปี",
        "งานนี้ไม่มีมูลนิธิเข้ามา",
        "ไม่ได้เชิญมัสยิด",
        "โรงแรมไม่ร่วม",
        "เกษตรกรขาดทุนสามปี",
        "เด็กบนดอยไม่เคยเห็นโรงเรียน",
        "บทความจากหนังสือพิมพ์พาดหัวว่าแล้ง",
        "มาตรฐานเดียวกับสินค้าของโรงงาน",
        "กลุ่มเป้าหมาย: อสม. และเกษตรกร 40 คน",
    ],
)
def test_what_takes_no_part_does_not_count(text: str) -> None:
    assert networks(text) == ()


def test_listed_partners_stand_for_all_others() -> None:
    text = "เหตุผล: ปีก่อนมัสยิดกับบริษัทร่วมกันทำ\nภาคีเครือข่าย: อบต. และชาวบ้าน\n"
    assert networks(text) == ("ราชการ", "ประชาชน")
    assert networks(text.replace("ภาคีเครือข่าย", "ตัวชี้วัด")) == ("ราชการ", "ศาสนา", "เอกชน", "ประชาชน")


def test_sectors_come_in_the_official_order() -> None:
    text = "เพจข่าวและสำนักข่าว มูลนิธิ ชมรม หอการค้า มัสยิด ราชภัฏ อบต."
    assert networks(text) == ORDER == tuple(sector.name for sector in sector_table().sectors)


@pytest.mark.parametrize(("texts", "least"), [(clear_proposals, 0.90), (vague_proposals, 0.86)])
def test_micro_f1_over_the_corpus(
    texts: Callable[[], Sequence[dict[str, Any]]], least: float
) -> None:
    hits = found = gold = 0
    for row in texts():
        named, labelled = set(networks(row["text"])), set(row["networks"])
        hits += len(named & labelled)
        found += len(named)
        gold += len(labelled)
    assert 2 * hits / (found + gold) >= least
