from __future__ import annotations

import pytest

from corpora import load_taxonomy
from pipeline.choices import chosen, find_options, named
from tests.texts import LENGTHS

MODES = {m.code: (m.name_th, m.name_en, m.short_th) for m in load_taxonomy().modes}
AGENDAS = {a.code: (a.name_th, a.name_en, a.short_th) for a in load_taxonomy().agendas}


def test_options_reach_to_the_next_box_or_the_lines_end() -> None:
    text = "รูปแบบ ☐ ดิจิทัล ☑ นวัตกรรม\n[ ] เปิด  [/] เป็นเลิศ\nงบ 3 (สาม) บาท"
    found = [(text[o.start : o.end].strip(), o.ticked) for o in find_options(text)]
    assert found == [("ดิจิทัล", False), ("นวัตกรรม", True), ("เปิด", False), ("เป็นเลิศ", True)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("☐ Digital Government ☑ Public Innovation ☐ Open Government", ("innovation",)),
        ("[x] Excellence [ ] Digital", ("excellence",)),
        ("(/) การพัฒนาไปสู่ราชการระบบเปิด (Open Government)", ("open",)),
        ("☑ ดิจิทัล ☑ ราชการระบบเปิด", ("digital", "open")),
        ("☐ ดิจิทัล ☐ นวัตกรรม", ()),
        ("☑ 1. สำเนาหนังสือ ☑ แผนที่", ()),
        ("ไม่มีช่องให้เลือก", ()),
        ("", ()),
    ],
)
def test_ticked_modes(text: str, codes: tuple[str, ...]) -> None:
    assert chosen(text, MODES) == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("☑ ขจัดความยากจนฯ (ศจพ.)", "poverty"),
        ("☑ ยกระดับคุณภาพชีวิต/เศรษฐกิจฐานราก", "livelihood"),
        ("☑ การท่องเที่ยวโดยชุมชนแบบมีส่วนร่วม", "tourism"),
        ("[/] สิ่งแวดล้อม", "environment"),
        ("☑ การพัฒนาการบริการประชาชน/คุณภาพการบริหารจัดการภาครัฐ", "service"),
    ],
)
def test_ticked_agendas(text: str, code: str) -> None:
    assert chosen(text, AGENDAS) == (code,)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ภาครัฐระบบเปิด (Open Government)", ("open",)),
        ("การพัฒนานวัตกรรมของรัฐ", ("innovation",)),
        ("Digital Government ควบคู่ Open Government", ()),
        ("☐ Digital Government", ()),
        ("ทำตามแผนของจังหวัด", ()),
        ("Open Government " + "ก" * 200, ()),
    ],
)
def test_a_mode_that_is_written_out(text: str, codes: tuple[str, ...]) -> None:
    assert named(text, MODES) == codes


@pytest.mark.parametrize(
    "unit",
    [
        "☐",
        pytest.param("☑ ก", marks=pytest.mark.slow),
        "[ ] ",
        "( ",
        "[/]\n",
    ],
)
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.linear
def test_long_texts_take_linear_time(unit: str, length: int) -> None:
    text = unit * (length // len(unit))
    assert chosen(text, MODES) == ()
