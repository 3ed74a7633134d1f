"""The items of minutes and posts: where they begin, what they are called, what was resolved."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents import Item
from pipeline.minutes.attendance import Attendance, read_attendance
from pipeline.minutes.items import read_items
from pipeline.minutes.items.slips import close

FORMAL = """รายงานการประชุมคณะกรรมการตลาดสดชุมชน ครั้งที่ ๒/๒๕๖๘
ผู้มาประชุม
๑. นายสมบัติ ทองคำดี   นายกเทศมนตรี   ประธาน
๒. นางสาวมาลี ใจงาม   ปลัดเทศบาล   กรรมการและเลขานุการ
๓. นายวิชัย แสงทอง   ผู้แทนผู้ค้า   กรรมการ
เริ่มประชุมเวลา ๐๙.๐๐ น.
ระเบียบวาระที่ ๑ เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ
ประธานแจ้งว่า ตลาดจะปิดล้างใหญ่ปลายเดือน
มติที่ประชุม รับทราบ
ระเบียบวาระที่ ๒ เรื่องเพื่อพิจารณา
๒.๑ ค่าเช่าแผง
นายวิชัยฯ เสนอว่า ขอคงค่าเช่าเดิม เลขานุการชี้แจงว่า ค่าไฟขึ้นสองรอบแล้ว
มติที่ประชุม ให้คงค่าเช่าเดิมถึงสิ้นปี และให้เลขานุการจัดทำบัญชีค่าไฟภายใน ๗ วัน
ระเบียบวาระที่ ๓ เรื่องอื่น ๆ
ไม่มี
เลิกประชุมเวลา ๑๑.๐๐ น.
ผู้จดรายงานการประชุม นางสาวมาลี ใจงาม"""

POST = """เทศบาลถกแผนรับมือน้ำหลาก
เมื่อวันที่ 3 กันยายน 2567 นายสมบัติ ทองคำดี นายกเทศมนตรี เป็นประธานการประชุมเตรียมรับน้ำหลาก \
ณ ห้องประชุมเทศบาล มีหัวหน้าส่วนราชการและผู้นำชุมชนเข้าร่วมกว่าสามสิบคน
นายวิชัย แสงทอง ประธานชุมชนริมคลอง กล่าวว่า ท่อหน้าโรงเรียนตันมาสองปีแล้ว
ที่ประชุมมีมติให้ลอกท่อก่อนวันที่ 15 กันยายน 2567
ทั้งนี้ จะติดตามผลอีกครั้งในเดือนหน้า"""


def items(text: str) -> tuple[Item, ...]:
    return read_items(text, read_attendance(text))


def outline(text: str) -> list[tuple[str | None, str | None]]:
    return [(item.no, item.heading) for item in items(text)]


def test_formal_minutes_have_numbered_items_with_their_parts() -> None:
    assert outline(FORMAL) == [
        ("1", "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ"),
        ("2", "เรื่องเพื่อพิจารณา"),
        ("2.1", "ค่าเช่าแผง"),
        ("3", "เรื่องอื่น ๆ"),
    ]


def test_a_resolution_belongs_to_the_part_not_to_the_item_above_it() -> None:
    assert [item.resolution for item in items(FORMAL)] == [
        "รับทราบ",
        None,
        "ให้คงค่าเช่าเดิมถึงสิ้นปี และให้เลขานุการจัดทำบัญชีค่าไฟภายใน ๗ วัน",
        None,
    ]


def test_speakers_are_the_people_of_the_lists() -> None:
    speakers = [turn.speaker for item in items(FORMAL) for turn in item.turns]
    assert speakers == ["นายสมบัติ ทองคำดี", "นายวิชัย แสงทอง", "นางสาวมาลี ใจงาม"]


def test_the_meeting_orders_in_its_resolution() -> None:
    (order,) = items(FORMAL)[2].orders
    assert (order.speaker, order.who) == ("ที่ประชุม", "เลขานุการ")
    assert order.text == "ให้เลขานุการจัดทำบัญชีค่าไฟภายใน ๗ วัน"


def test_spans_point_to_heading_and_resolution() -> None:
    for item in items(FORMAL):
        for name, value in (("heading", item.heading), ("resolution", item.resolution)):
            if value is not None:
                assert item.spans[name].of(FORMAL) == value


@pytest.mark.parametrize(
    "wrong", ["ระเบียบวาะระที่ ๒", "ระเบียบวาระ ๒", "วาระที่ 2 :", "ระเบียบวาระที่สอง", "ระเบียบวาระที ๒."]
)
def test_a_misspelt_or_shortened_marker_still_begins_an_item(wrong: str) -> None:
    text = FORMAL.replace("ระเบียบวาระที่ ๒", wrong)
    assert outline(text) == outline(FORMAL)


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ("ระเบียบวาระ", True),
        ("ระเบียบวระ", True),
        ("ระเบียบววาระ", True),
        ("ระเบยีบวาระ", True),  # two letters
        ("ระเบีบวาระะ", True),
        ("ะระเบียบวาร", True),
        ("รเบียบวาา", False),  # three
        ("ราเบียาวาา", False),
        ("ระเบียบ", False),
    ],
)
def test_a_word_with_two_wrong_letters_is_still_the_word(other: str, alike: bool) -> None:
    assert close(other, "ระเบียบวาระ") is alike
    assert close("ระเบียบวาระ", other) is alike


def test_of_a_long_word_no_more_than_two() -> None:
    assert close("ระเบียบวาระที่", "ระเบัยบวาระทั่") is True
    assert close("ระเบียบวาระที่", "ระเบัยบวัระทั่") is False


def test_of_a_short_word_a_quarter_may_be_wrong() -> None:
    assert close("วาะร", "วาระ") is False
    assert close("วาร", "วาระ") is True
    assert close("มิต", "มติ") is False


def test_a_gap_in_the_numbers_is_left_as_it_is() -> None:
    assert [no for no, _ in outline(FORMAL.replace("วาระที่ ๓", "วาระที่ ๕"))] == ["1", "2", "2.1", "5"]


def test_a_heading_may_stand_below_its_number_or_lack_one() -> None:
    below = FORMAL.replace("วาระที่ ๓ เรื่อง", "วาระที่ ๓\nเรื่อง")
    assert outline(below) == outline(FORMAL)
    lost = FORMAL.replace("ไม่มี\n", "").replace("ระเบียบวาระที่ ๓ เรื่องอื่น ๆ\n", "\nเรื่องอื่น ๆ\n")
    assert outline(lost)[-1] == (None, "เรื่องอื่น ๆ")


def test_a_page_break_does_not_cut_a_resolution() -> None:
    broken = FORMAL.replace("และให้เลขานุการจัดทำ", "ดังนี้\n- ๒ -\n๑) ลดค่าน้ำ\n๒) ให้เลขานุการจัดทำ")
    assert items(broken)[2].resolution == (
        "ให้คงค่าเช่าเดิมถึงสิ้นปี ดังนี้ ๑) ลดค่าน้ำ ๒) ให้เลขานุการจัดทำบัญชีค่าไฟภายใน ๗ วัน"
    )


def test_a_list_inside_an_item_is_no_item() -> None:
    listed = FORMAL.replace("ปลายเดือน\n", "ปลายเดือน ดังนี้\n๑) ล้างพื้น\n๒) ล้างท่อ\n")
    assert outline(listed) == outline(FORMAL)
    assert items(listed)[0].turns[0].text.endswith("๒) ล้างท่อ")


def test_the_signatures_are_no_part_of_the_last_item() -> None:
    assert FORMAL[items(FORMAL)[-1].end :].strip().startswith("เลิกประชุม")


def test_a_post_has_an_item_for_each_paragraph_with_a_speaker_or_a_resolution() -> None:
    found = items(POST)
    assert [(item.no, item.heading, item.resolution) for item in found] == [
        (None, None, None),
        (None, None, "ให้ลอกท่อก่อนวันที่ 15 กันยายน 2567"),
    ]
    assert [turn.speaker for turn in found[0].turns] == ["นายวิชัย แสงทอง"]


def test_behind_the_end_of_the_meeting_nobody_speaks() -> None:
    end = "\nปิดประชุมเวลา 11.00 น.\nนายสมบัติ ทองคำดี กล่าวว่า จะกลับมาดูท่อในเดือนหน้า"
    assert [turn.speaker for item in items(POST + end) for turn in item.turns] == ["นายวิชัย แสงทอง"]


def test_parts_of_a_post_keep_the_words_of_the_text() -> None:
    head, _, _ = POST.partition("นายวิชัย")
    text = head + ("ในช่วงแรก นายสมบัติ ทองคำดี กล่าวถึง แผนสูบน้ำ\nช่วงที่สอง นายวิชัย แสงทอง เล่าว่า ท่อตัน")
    assert [no for no, _ in outline(text)] == ["ช่วงแรก", "ช่วงที่สอง"]


def test_numbered_points_of_a_post_are_items() -> None:
    head, _, _ = POST.partition("นายวิชัย")
    text = head + "๑. นายสมบัติ กล่าวว่า น้ำจะมา\n๒. นายวิชัย แสงทอง ถามว่า จะสูบเมื่อไร"
    assert outline(text) == [("1", None), ("2", None)]


def test_text_without_a_meeting_has_no_items() -> None:
    assert items("") == ()
    assert items("ประกาศรับสมัครพนักงาน\nรายละเอียดตามเอกสารแนบ") == ()


SCRAPS = ["\n", " ", "“", "”", ":", "ว่า ", "มติที่ประชุม ", "๓.๒ ", "- ", "ที่ประชุมมีมติ", "ประธาน", "\t\t"]
PIECES = st.sampled_from([*FORMAL.splitlines(True), *POST.splitlines(True), *SCRAPS])
MUTATED = st.lists(PIECES, max_size=25).map("".join)
ANY = st.text(alphabet="กขนายที่ว่าปธ:“”\n 0๑.)-(มติ", max_size=300) | st.text(max_size=120)


@settings(deadline=None)
@given(MUTATED | ANY)
def test_spans_lie_in_order_inside_the_text(text: str) -> None:
    for attendance in (Attendance(), read_attendance(text)):
        end = 0
        for item in read_items(text, attendance):
            assert end <= item.start < item.end <= len(text)
            end = item.end
            assert all(
                item.start <= span.start <= span.end <= item.end for span in item.spans.values()
            )
            said = item.start
            for turn in item.turns:
                assert said <= turn.start < turn.end <= item.end
                assert turn.text == text[turn.start : turn.end]
                said = turn.end
            for order in item.orders:
                assert order.text == text[order.start : order.end]
                assert item.start <= order.start < order.end <= item.end


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "ก",
        "ก ",
        "1. ",
        "ประธานกล่าวว่า ",
        "ประธาน: ",
        "“",
        "นายสมชาย ใจดี ",
        "มติที่ประชุม\n",
        "ระเบียบวาระที่ ๑\n",
    ],
)
def test_a_megabyte_of_garbage_is_read(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    assert all(item.end <= len(text) for item in read_items(text, Attendance()))


TALK = "นายวิชัย แสงทอง เสนอว่า ขอคงค่าเช่าเดิม"


@pytest.mark.parametrize("bullet", ["✅ ", "🚦", "• ", "\uf0b7 ", "■ "])
def test_bullets_and_emoji_may_stand_before_headings(bullet: str) -> None:
    text = f"สรุปการประชุมตลาด\n{bullet}ค่าเช่าแผง\n{TALK}\n{bullet}ที่จอดรถ\n{TALK}\n"
    assert outline(text) == [(None, "ค่าเช่าแผง"), (None, "ที่จอดรถ")]


@pytest.mark.parametrize(
    ("marks", "numbers"),
    [
        (("๑ . ", "๒ . "), ["1", "2"]),
        (("(1) ", "(2) "), ["1", "2"]),
        (("1️⃣ ", "2️⃣ "), ["1", "2"]),
        (("ช่วงเช้า : ", "ช่วงบ่าย : "), ["ช่วงเช้า", "ช่วงบ่าย"]),
        (("วันแรก ภาคเช้า ", "ภาคบ่าย "), ["วันแรก ภาคเช้า", "ภาคบ่าย"]),
        (("ประเด็นที่ 1 ", "ประเด็นที่ 2 "), ["ประเด็นที่ 1", "ประเด็นที่ 2"]),
    ],
)
def test_points_and_parts_are_counted_in_many_ways(
    marks: tuple[str, str], numbers: list[str]
) -> None:
    text = f"สรุปการประชุมตลาด\n{marks[0]}ค่าเช่าแผง\n{TALK}\n{marks[1]}ที่จอดรถ\n{TALK}\n"
    assert outline(text) == list(zip(numbers, ["ค่าเช่าแผง", "ที่จอดรถ"], strict=True))


@pytest.mark.parametrize(
    "row", ["| {} | {} | {} |", "{}\t{}\t{}"], ids=["between bars", "between tabs"]
)
def test_minutes_may_be_a_table(row: str) -> None:
    rows = [
        ("วาระ", "การอภิปราย", "มติ"),
        ("1 แจ้งเพื่อทราบ", "-", "รับทราบ"),
        ("2 ค่าเช่า", TALK, "คงเดิม"),
    ]
    found = items("สรุปการประชุมตลาด\n" + "\n".join(row.format(*cells) for cells in rows))
    assert [(item.no, item.heading, item.resolution, len(item.turns)) for item in found] == [
        ("1", "แจ้งเพื่อทราบ", "รับทราบ", 0),
        ("2", "ค่าเช่า", "คงเดิม", 1),
    ]


@pytest.mark.parametrize(
    ("sentence", "resolution"),
    [
        ("มิตที่ประชุม รับทราบ", "รับทราบ"),
        ("สรุป: คงค่าเช่าเดิม", "คงค่าเช่าเดิม"),
        ("=> เคาะ: คงค่าเช่าเดิม", "คงค่าเช่าเดิม"),
        ("ทุกฝ่ายหารือกันแล้ว จึงมีมติให้คงค่าเช่าเดิม", "ให้คงค่าเช่าเดิม"),
        ("ไม่มีผู้แก้ไข ถือว่าที่ประชุมรับรอง", "รับรอง"),
        ("เรื่องนี้ที่ประชุมมีมติให้คงค่าเช่าเดิม", "ให้คงค่าเช่าเดิม"),
        ("จะเสนอ ก.บ.จ. ให้ความเห็นชอบต่อไป", None),
    ],
)
def test_a_resolution_may_be_told_in_a_sentence(sentence: str, resolution: str | None) -> None:
    text = FORMAL.replace("มติที่ประชุม รับทราบ", sentence)
    assert items(text)[0].resolution == resolution
