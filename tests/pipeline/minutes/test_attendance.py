"""Who was there: lists of every layout, and the people of posts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents import Person
from pipeline.minutes.attendance import read_attendance

HEAD = "รายงานการประชุมคณะทำงานตลาดน้ำ\nครั้งที่ ๑/๒๕๖๗\n"


def people(text: str) -> list[tuple[str, str | None, str]]:
    return [(a.name, a.position, a.group) for a in read_attendance(text).attendees]


@pytest.mark.parametrize(
    "row",
    [
        "๑. นายวิชา คงทน   ปลัดจังหวัดตรัง   ประธานกรรมการ",
        "1) นายวิชา คงทน ปลัดจังหวัดตรัง (ประธาน)",
        "| 1 | นายวิชา คงทน | ปลัดจังหวัดตรัง | ประธาน |",
        "1\tนายวิชา คงทน\tปลัดจังหวัดตรัง\tประธาน",
        "(๑) นายวิชา คงทน, ปลัดจังหวัดตรัง, ประธาน",
        "- นายวิชา คงทน (ปลัดจังหวัดตรัง) ประธาน",
        "ปลัดจังหวัดตรัง  นายวิชา คงทน  ประธาน",
        "นายวิชา คงทน — ปลัดจังหวัดตรัง (ประธานคณะทำงาน)",
        "๑. ปลัดจังหวัดตรัง      ประธานกรรมการ\n   (นายวิชา คงทน)",
        "1. นายวิชา คงทน\n   ปลัดจังหวัดตรัง\n   ประธานกรรมการ",
        "1. นายวิชา\n   คงทน     ปลัดจังหวัดตรัง    ประธาน",
        "นายวิชา คงทน : ปลัดจังหวัดตรัง : ประธาน",
        "1 / นายวิชา คงทน / ปลัดจังหวัดตรัง / ประธาน",
        "จังหวัดตรัง : นายวิชา คงทน ปลัดจังหวัดตรัง ประธานคณะทำงาน",
        "| 1 | นายวิชา คงทน | ปลัดจังหวัดตรัง | มา | ประธาน |",
        "นายวิชา คงทน  ปลัดจังหวัดตรัง  รองประธาน ทำหน้าที่ประธานในที่ประชุม",
    ],
)
def test_layouts_of_a_list(row: str) -> None:
    text = f"{HEAD}ผู้มาประชุม\n{row}\n2. นางสมใจ ดีงาม  คลังจังหวัด  เลขานุการ\nเริ่มประชุม 09.00 น."
    attendance = read_attendance(text)
    assert people(text)[0] == ("นายวิชา คงทน", "ปลัดจังหวัดตรัง", "present")
    assert len(attendance.attendees) == 2
    assert attendance.chair == Person("นายวิชา คงทน", "ปลัดจังหวัดตรัง")
    assert attendance.secretary == Person("นางสมใจ ดีงาม", "คลังจังหวัด")
    assert attendance.end == text.index("\nเริ่มประชุม")


def test_groups_and_reasons() -> None:
    text = (
        f"{HEAD}กรรมการผู้มาประชุม (จำนวน ๑ คน)\n๑. นายวิชา คงทน นายอำเภอ ประธาน\n"
        "ผู้ไม่มาประชุม  นางแก้ว ใสดี  เกษตรอำเภอ  ติดราชการที่กรุงเทพฯ\n"
        "ผู้เข้าร่วมประชุม\n๑. นายคำ มูลดี  กำนันตำบลหนองบัว\nระเบียบวาระที่ ๑"
    )
    assert people(text) == [
        ("นายวิชา คงทน", "นายอำเภอ", "present"),
        ("นางแก้ว ใสดี", "เกษตรอำเภอ", "absent"),
        ("นายคำ มูลดี", "กำนันตำบลหนองบัว", "participant"),
    ]


def test_a_paragraph_of_people_holds_both_lists() -> None:
    text = (
        "บันทึกการประชุม\nผู้ที่มาประชุมในวันนี้มี นายวิชา คงทน นายอำเภอกันตัง เป็นประธาน กำนันคูณ ทะเลดี"
        " กำนันตำบลหาดทราย และ น.ส.แก้ว ใสดี เกษตรอำเภอ คนที่ไม่มาคือ นายคำ มูลดี ผู้จัดการสหกรณ์"
        " แจ้งว่าติดธุระ\nเริ่มประชุม 9.20 น."
    )
    assert people(text) == [
        ("นายวิชา คงทน", "นายอำเภอกันตัง", "present"),
        ("กำนันคูณ ทะเลดี", "กำนันตำบลหาดทราย", "present"),
        ("น.ส.แก้ว ใสดี", "เกษตรอำเภอ", "present"),
        ("นายคำ มูลดี", "ผู้จัดการสหกรณ์", "absent"),
    ]


def test_a_column_says_who_came() -> None:
    text = (
        f"{HEAD}รายนามคณะทำงาน\n| ที่ | ชื่อ | ตำแหน่ง | สถานะ |\n"
        "| 1 | นายวิชา คงทน | ปลัดจังหวัดตรัง | ประธาน |\n"
        "| 2 | นางแก้ว ใสดี | คลังจังหวัด | มา (สาย) |\n"
        "| 3 | นายคำ มูลดี | ขนส่งจังหวัด | ไม่มา ติดราชการ |\nวาระที่ 1"
    )
    assert [(name, group) for name, _, group in people(text)] == [
        ("นายวิชา คงทน", "present"),
        ("นางแก้ว ใสดี", "present"),
        ("นายคำ มูลดี", "absent"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "ฝ่ายหมู่บ้าน นายวิชา คงทน ผู้ใหญ่บ้าน, นางแก้ว ใสดี ครูชำนาญการ",
        "กรรมการ: นายวิชา คงทน, ผู้ใหญ่บ้าน / นางแก้ว ใสดี, ครูชำนาญการ",
        "ฝ่ายหมู่บ้าน : นายวิชา คงทน (ผู้ใหญ่บ้าน) ; นางแก้ว ใสดี (ครูชำนาญการ)",
        "ผู้ใหญ่บ้าน นายวิชา คงทน, ครูชำนาญการ นางแก้ว ใสดี",
    ],
)
def test_several_people_on_a_line_say_themselves_which_position_is_whose(line: str) -> None:
    text = f"{HEAD}ผู้มาประชุม\n{line}\nวาระที่ 1"
    assert [(name, position) for name, position, _ in people(text)] == [
        ("นายวิชา คงทน", "ผู้ใหญ่บ้าน"),
        ("นางแก้ว ใสดี", "ครูชำนาญการ"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "นาย Kenji Mori-Sasaki",
        "Dr. Hans Müller",
        "นายวิคตอร์ ธนวัฒน์-โอลเซน",
        "นายหลุยส์-พอล ดูปองต์",
        "นางซา หม่อง เอ",
        "ป้าสายหยุด เนินพระ",
        "บาบออับดุล ปะนาเระ",
        "พระเทพปัญญาเมธี",
        "ร.ต.ท.หญิง ยุพเรศ สามเงา",
    ],
)
def test_names_of_every_kind(name: str) -> None:
    office = "เจ้าอาวาสวัดกลาง" if name.startswith("พระ") else "ที่ปรึกษาด้านข้อมูล"
    text = f"{HEAD}ผู้มาประชุม\nนายวิชา คงทน ปลัดจังหวัด\n{name} {office}\nวาระที่ 1"
    assert people(text)[1] == (name, office, "present")


def test_the_last_of_an_enumeration_needs_no_title() -> None:
    text = (
        "ชาวบ้านคุยกติกาเที่ยว\nมีนายวิชา คงทน ปลัดอำเภอ เป็นประธาน นางแก้ว ใสดี กำนันตำบลหาดทราย"
        " และนอมือเอ ป่าคา มัคคุเทศก์เยาวชน ร่วมวง\nนอมือเอ กล่าวว่า ดี"
    )
    assert people(text)[-1] == ("นอมือเอ ป่าคา", "มัคคุเทศก์เยาวชน", "participant")


@pytest.mark.parametrize("others", ["กำนัน ตำบลนาดี", "ผู้แทน ชาวบ้านนา", "ชาวบ้าน เข้าร่วม"])
def test_an_office_or_a_verb_at_the_end_of_an_enumeration_is_no_name(others: str) -> None:
    text = (
        "ชาวบ้านคุยกติกาเที่ยว\nมีนายวิชา คงทน ปลัดอำเภอ เป็นประธาน นางแก้ว ใสดี กำนันตำบลหาดทราย"
        f" และ{others} มัคคุเทศก์เยาวชน ร่วมวง\n"
    )
    assert [name for name, *_ in people(text)] == ["นายวิชา คงทน", "นางแก้ว ใสดี"]


def test_a_shortened_name_in_an_enumeration_is_nobody_new() -> None:
    told = "นายวิชา คงทน ปลัดอำเภอ เป็นประธาน พร้อมด้วย นางแก้ว ใสดี เกษตรอำเภอ {} กำนันตำบลนาดี ร่วมวง\n"
    assert [name for name, *_ in people(told.format("นายคำ"))][2:] == ["นายคำ"]
    assert people(told.format("นายคำฯ"))[2:] == []


def test_without_a_position_the_first_role_stands_for_it() -> None:
    rows = "1. นายวิชา คงทน  กรรมการ  เลขานุการ\n2. นางแก้ว ใสดี  ประธาน  กรรมการ"
    text = f"{HEAD}ผู้มาประชุม\n{rows}\nวาระที่ 1"
    assert [position for _, position, _ in people(text)] == ["กรรมการ", None]


def test_a_grade_is_no_person_and_a_verb_no_part_of_a_name() -> None:
    text = f"{HEAD}ผู้มาประชุม: นพ.นวพล ไผ่เลิศ นพ.เชี่ยวชาญ รพ.ศูนย์ / นายวิชา คงทน ปลัดอำเภอ\n1. แจ้ง"
    assert people(text)[0] == ("นพ.นวพล ไผ่เลิศ", "นพ.เชี่ยวชาญ รพ.ศูนย์", "present")
    post = "วัดชวนคุย\nมีพระครูสุตวรญาณประยุต เจ้าคณะอำเภอ เป็นประธาน\nพระครูสุตวรญาณประยุตเทศน์สั้น ๆ"
    assert [name for name, *_ in people(post)] == ["พระครูสุตวรญาณประยุต"]


def test_groups_told_within_a_sentence() -> None:
    text = (
        "บันทึกการประชุม\nมีผู้มาประชุมประกอบด้วย นายวิชา คงทน ปลัดอำเภอ เป็นประธาน นางสมใจ ดีงาม คลังอำเภอ"
        " เลขานุการ ส่วนผู้ไม่มาประชุมได้แก่ นางแก้ว ใสดี เกษตรอำเภอ ซึ่งลากิจ"
    )
    assert people(text) == [
        ("นายวิชา คงทน", "ปลัดอำเภอ", "present"),
        ("นางสมใจ ดีงาม", "คลังอำเภอ", "present"),
        ("นางแก้ว ใสดี", "เกษตรอำเภอ", "absent"),
    ]
    assert read_attendance(text).chair == Person("นายวิชา คงทน", "ปลัดอำเภอ")


def test_a_table_without_a_label_and_with_nicknames() -> None:
    table = "| ลงเวลา | ชื่อ | ตำแหน่ง | หน้าที่ |\n| 09.41 | นายวิชา คงทน | ปลัดอำเภอ | ประธาน |\n"
    assert people(f"{HEAD}{table}") == [("นายวิชา คงทน", "ปลัดอำเภอ", "present")]
    assert people(
        "วงคุยตลาด\nคนมา 👇\n• ลุงชา = นายวิชา คงทน ปลัดอำเภอ\n• ป้าแก้ว = นางแก้ว ใสดี กำนัน"
    ) == [
        ("นายวิชา คงทน", "ปลัดอำเภอ", "present"),
        ("นางแก้ว ใสดี", "กำนัน", "present"),
    ]


def test_the_chair_told_above_a_list_of_others() -> None:
    text = (
        "บันทึกสรุปการหารือ\nโดยมี นายวิชา คงทน ปลัดจังหวัดตรัง เป็นประธานการประชุม\n"
        "ผู้ร่วมหารือ คือ นางแก้ว ใสดี เกษตรจังหวัดตรัง"
    )
    assert read_attendance(text).chair == Person("นายวิชา คงทน", "ปลัดจังหวัดตรัง")
    assert people(text)[1] == ("นางแก้ว ใสดี", "เกษตรจังหวัดตรัง", "participant")


def test_a_page_break_in_a_list() -> None:
    text = (
        f"{HEAD}ผู้มาประชุม\n1. นายวิชา คงทน  ปลัดจังหวัด\n\n- 2 -\nสำนักงานจังหวัดตรัง     "
        f" หน้า 2/5\n"
        "2. นางแก้ว ใสดี  คลังจังหวัด\nวาระที่ 1 แจ้ง"
    )
    assert [name for name, *_ in people(text)] == ["นายวิชา คงทน", "นางแก้ว ใสดี"]


def test_a_list_on_one_line() -> None:
    text = "บันทึกช่วยจำ\nผู้มาประชุม นายวิชา คงทน ผู้อำนวยการกอง (ประธาน), นางแก้ว ใสดี นิติกร\nก. เรื่องแรก"
    assert people(text) == [
        ("นายวิชา คงทน", "ผู้อำนวยการกอง", "present"),
        ("นางแก้ว ใสดี", "นิติกร", "present"),
    ]


def test_names_without_a_title_in_a_numbered_list() -> None:
    text = f"{HEAD}ผู้มาประชุม\n1. บัญชา มูลดี      ประธานกลุ่ม\n2. นาเดีย พะโย     เหรัญญิก\nวาระที่ 1"
    assert [name for name, *_ in people(text)] == ["บัญชา มูลดี", "นาเดีย พะโย"]


def test_who_is_stood_in_for_was_not_there() -> None:
    text = f"{HEAD}ผู้มาประชุม\n1. นางแก้ว ใสดี  นักวิชาการ แทน นายคำ มูลดี\nวาระที่ 1"
    assert [name for name, *_ in people(text)] == ["นางแก้ว ใสดี"]


def test_a_deputy_takes_the_chair_of_an_absent_chair() -> None:
    text = (
        f"{HEAD}ผู้มาประชุม\n1. นายวิชา คงทน  รองประธานสภา\nผู้ไม่มาประชุม\n1. นายคำ มูลดี "
        f" ประธานสภา  ป่วย\n"
        "เริ่มประชุม 10.00 น.\nนายวิชาฯ รองประธานสภา ทำหน้าที่ประธานในที่ประชุม"
    )
    assert read_attendance(text).chair == Person("นายวิชา คงทน", "รองประธานสภา")


@pytest.mark.parametrize(
    "sentence",
    [
        "โดยมีนายวิชา คงทน ปลัดจังหวัดตรัง เป็นประธาน และหัวหน้าส่วนราชการเข้าร่วม",
        "ผู้เป็นประธานการประชุมในวันนั้นคือ นายวิชา คงทน ปลัดจังหวัดตรัง",
        "นายวิชา คงทน ปลัดจังหวัดตรัง ทำหน้าที่ประธานในที่ประชุม",
        "มอบหมายให้ นายวิชา คงทน ปลัดจังหวัดตรัง เป็นประธานการประชุมแทน",
        "ปลัดจังหวัดตรัง (นายวิชา คงทน) นั่งหัวโต๊ะ",
        "ท่านปลัดจังหวัดตรัง (นายวิชา คงทน) มาเป็นประธานเองจนจบ",
        "ปลัดจังหวัดตรัง นายวิชา คงทน รับมอบหมายจากผู้ว่าฯ ให้นั่งหัวโต๊ะ",
        "ประธานในวันนั้นคือคุณวิชา (นายวิชา คงทน ปลัดจังหวัดตรัง)",
        "โดยมีนายวิชา คงทน\nปลัดจังหวัดตรัง เป็นประ ธาน",
    ],
)
def test_the_chair_of_a_post(sentence: str) -> None:
    attendance = read_attendance(f"เมื่อวันที่ 2 พ.ค. 2566 จังหวัดตรังประชุมแผนน้ำ {sentence}")
    assert attendance.chair == Person("นายวิชา คงทน", "ปลัดจังหวัดตรัง")
    assert [a.group for a in attendance.attendees] == ["present"]


@pytest.mark.parametrize(
    "sentence",
    [
        "นายวิชา คงทน ประธานหอการค้าจังหวัดตรัง ให้ความเห็นว่าแพงไป",
        "นายวิชา คงทน รองอธิบดี กล่าวเปิดการประชุม",
        "นายวิชา คงทน ผู้ว่าราชการจังหวัดตรัง ลงพื้นที่ติดตามงาน",
        "นายวิชา คงทน ซึ่งเป็นประธานในการประชุมครั้งก่อน ขอบคุณทุกคน",
    ],
)
def test_who_is_not_in_the_chair(sentence: str) -> None:
    attendance = read_attendance(f"เมื่อวันที่ 2 พ.ค. 2566 มีการประชุม {sentence}")
    assert attendance.chair is None
    assert [a.group for a in attendance.attendees] == ["participant"]


def test_who_sends_another_or_takes_the_pictures_is_not_there() -> None:
    text = (
        "วันนี้ นายคำ มูลดี ผู้ว่าราชการจังหวัดตรัง มอบหมายให้ นายวิชา คงทน ปลัดจังหวัดตรัง"
        " เป็นประธานการประชุม\n"
        "ภาพ/ข่าว: นางสาวแก้ว ใสดี"
    )
    assert [name for name, *_ in people(text)] == ["นายวิชา คงทน"]


@pytest.mark.parametrize(
    ("after", "position"),
    [
        ("รองผู้ว่าราชการจังหวัดน่านแจ้งว่าพร้อมแล้ว", "รองผู้ว่าราชการจังหวัดน่าน"),
        ("รองเลขาธิการ ก.พ.ร. กล่าวถึงแผน", "รองเลขาธิการ ก.พ.ร."),
        (
            "นายช่างไฟฟ้าเทศบาลตำบลคลองใหญ่ จังหวัดตราด ซึ่งดูแลระบบ",
            "นายช่างไฟฟ้าเทศบาลตำบลคลองใหญ่ จังหวัดตราด",
        ),
        ("ผู้จัดการการดูแล (Care manager) เสนอแผน", "ผู้จัดการการดูแล (Care manager)"),
        ("ปลัดอำเภอนาโยง (มาคนเดียว คนอื่นติดน้ำ) เล่าว่า", "ปลัดอำเภอนาโยง"),
        ("จากคณะเกษตร มหาวิทยาลัยแม่โจ้ ส่วนคนอื่นยังไม่มา", "คณะเกษตร มหาวิทยาลัยแม่โจ้"),
        ("เล่าว่าน้ำลดแล้ว", None),
    ],
)
def test_positions_in_running_text(after: str, position: str | None) -> None:
    assert people(f"มีการประชุม นายวิชา คงทน {after}") == [("นายวิชา คงทน", position, "participant")]


def test_a_text_without_people() -> None:
    attendance = read_attendance("ผู้มาประชุม\nไม่มี\nเริ่มประชุม")
    assert attendance.chair is None
    assert attendance.attendees == ()
    assert attendance.end == 0


@given(st.text(alphabet="ผู้มาประชุม นายกขค1.()|\n\t-ฯ", max_size=200))
def test_names_stand_where_their_spans_say(text: str) -> None:
    for attendee in read_attendance(text).attendees:
        assert " ".join(text[attendee.start : attendee.end].split()) == attendee.name
