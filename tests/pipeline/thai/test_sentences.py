from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.thai import sentences
from tests.texts import LENGTHS

# One paragraph a line, sentences parted by " | ".
PARAGRAPHS = (Path(__file__).parent / "data" / "sentences.txt").read_text(encoding="utf-8")


def surfaces(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


def boundary_scores(lines: list[str]) -> tuple[float, float, int]:
    """Precision and recall of the boundaries inside paragraphs, and how many there are."""
    hits = found = wanted = 0
    for line in lines:
        text = line.replace(" | ", " ")
        cuts = {span.end for span in sentences(text)} - {len(text)}
        lengths = [len(sentence) + 1 for sentence in line.split(" | ")]
        gold = {sum(lengths[:n]) - 1 for n in range(1, len(lengths))}
        hits, found, wanted = hits + len(cuts & gold), found + len(cuts), wanted + len(gold)
    return hits / found, hits / wanted, wanted


def test_boundaries_of_official_thai() -> None:
    precision, recall, wanted = boundary_scores(PARAGRAPHS.splitlines())
    assert wanted >= 60
    assert precision >= 0.80
    assert recall >= 0.78


@pytest.mark.parametrize(
    "sentence",
    [
        "ที่ประชุม อ.ก.พ.ร. เห็นชอบเมื่อ 5 ม.ค. 2565 เวลา 14.00 น. ณ ห้องประชุม",
        "ดร. สมชาย ใจดี และ น.ส. สุดา แก้วมณี เข้าร่วมประชุม",
        "พล.ต.อ. มนัส ศรีสุข ลงพื้นที่ ต.นาแก อ.เมือง จ.สกลนคร",
        "ตั้งแต่ พ.ศ. 2560 มีงบ 1.5 ล้านบาท รวม 12 แห่ง",
        "โครงการ (ซึ่งเริ่มแล้ว ทั้งนี้ ยังไม่จบ) ดำเนินการต่อ",
        'มอบป้าย "หมู่บ้านปลอดการเผา ทั้งนี้ ทั้งตำบล" แก่ผู้แทน',
    ],
)
def test_holds_together(sentence: str) -> None:
    assert surfaces(sentence) == [sentence]


def test_newlines_cells_and_items_end_sentences() -> None:
    text = "  เรื่อง ขอส่งรายงาน \n\n ชื่อ     ตำแหน่ง\n๑. ทำแผน ๒. ส่งแผน\n"
    assert surfaces(text) == ["เรื่อง ขอส่งรายงาน", "ชื่อ", "ตำแหน่ง", "๑. ทำแผน", "๒. ส่งแผน"]


def test_overlong_sentences_are_cut_at_a_space() -> None:
    text = " ".join(["ที่ดอนสูงและแห้งแล้ง"] * 200)
    assert max(map(len, surfaces(text))) < 600


@given(st.text(st.sampled_from('กขมานจ.ดร่้ะ ()"“”\n\t-1๒ว่าและทั้งนี้\u00a0🙂'), max_size=120))
def test_spans_are_in_order_and_trimmed(text: str) -> None:
    spans = sentences(text)
    assert all(span.of(text) and span.of(text) == span.of(text).strip() for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = "".join(span.of(text) for span in spans)
    assert "".join(covered.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "unit",
    [
        "ก",
        pytest.param("ก ", marks=pytest.mark.slow),
        pytest.param("1 ", marks=pytest.mark.slow),
        "( ",
        '" ',
        "และ ",
        "ก. ",
        ". ",
        " ",
        "\n",
        "ดร. ก",
    ],
)
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.linear
def test_long_texts_end(unit: str, length: int) -> None:
    text = unit * (length // len(unit))
    assert "".join("".join(surfaces(text)).split()) == "".join(text.split())
