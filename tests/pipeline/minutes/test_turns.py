"""Who said what: speaker turns of minutes, posts and notes."""

import pytest

from pipeline.documents import Turn
from pipeline.minutes.attendance import read_attendance
from pipeline.minutes.items import read_items
from pipeline.minutes.speakers.people import one_slip

LISTS = """รายงานการประชุมคณะทำงานน้ำประปาหมู่บ้าน ครั้งที่ 1/2568
ผู้มาประชุม
1. นายสมเกียรติ ดอยหลวง   นายอำเภอเวียงใต้   ประธาน
2. นางสาววันเพ็ญ ไชยน่าน   พัฒนาการอำเภอเวียงใต้   เลขานุการ
3. นายบุญมี สารแก้ว   กำนันตำบลเมืองลี
4. นายธาตรี กาหลง   ผู้แทนการประปาส่วนภูมิภาค
5. นายแพทย์อภิชาติ ศรีวิไล   ผู้อำนวยการโรงพยาบาลเวียงใต้
ผู้ไม่มาประชุม
1. นายยอดชาย ปัญญา   เกษตรอำเภอเวียงใต้
เริ่มประชุมเวลา 09.00 น.
ระเบียบวาระที่ 1 เรื่องเพื่อทราบ
"""
POST = """นายสมเกียรติ ดอยหลวง นายอำเภอเวียงใต้ เป็นประธานการประชุมเตรียมรับภัยแล้ง เมื่อวันที่ 3 มีนาคม 2568 \
ณ ที่ว่าการอำเภอเวียงใต้ มีหัวหน้าส่วนราชการและกำนันผู้ใหญ่บ้านเข้าร่วมกว่า 40 คน
"""


def turns(body: str, before: str = LISTS) -> list[Turn]:
    text = before + body
    return [turn for item in read_items(text, read_attendance(text)) for turn in item.turns]


def said(body: str, before: str = LISTS) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in turns(body, before)]


CHAIR, SECRETARY = "นายสมเกียรติ ดอยหลวง", "นางสาววันเพ็ญ ไชยน่าน"
KAMNAN, WATER, DOCTOR = "นายบุญมี สารแก้ว", "นายธาตรี กาหลง", "นายแพทย์อภิชาติ ศรีวิไล"


@pytest.mark.parametrize(
    ("mention", "speaker"),
    [
        ("ประธาน", CHAIR),
        ("ประธานฯ ", CHAIR),
        ("ประธานที่ประชุม", CHAIR),
        ("นายอำเภอ", CHAIR),
        ("นายสมเกียรติฯ ", CHAIR),
        ("นายสมเกียรติฯ ประธานคณะทำงาน ", CHAIR),
        ("เลขานุการ", SECRETARY),
        ("ฝ่ายเลขานุการ", SECRETARY),
        ("พัฒนาการอำเภอ", SECRETARY),
        ("น.ส.วันเพ็ญ ", SECRETARY),
        ("กำนันบุญมีฯ ", KAMNAN),
        ("กำนันตำบลเมืองลี ", KAMNAN),
        ("ลุงบุญมี", KAMNAN),
        ("นายบุนมีฯ ", KAMNAN),
        ("ผู้แทน กปภ. ", WATER),
        ("ผู้แทนการประปาฯ ", WATER),
        ("ผอ.รพ.เวียงใต้ ", DOCTOR),
        ("หมออภิชาติ", DOCTOR),
    ],
)
def test_a_mention_is_resolved_to_the_full_name(mention: str, speaker: str) -> None:
    assert said(f"{mention}แจ้งว่า น้ำในสระเหลือครึ่งเดียว") == [(speaker, "น้ำในสระเหลือครึ่งเดียว")]


@pytest.mark.parametrize(
    ("mention", "speaker"),
    [
        ("ตัวแทนชาวบ้านท้ายสระ", "ตัวแทนชาวบ้านท้ายสระ"),
        ("ผู้แทนกรมชลประทาน", "ผู้แทนกรมชลประทาน"),
        ("เกษตรอำเภอ", "เกษตรอำเภอ"),
        ("กรรมการท่านหนึ่ง", "กรรมการท่านหนึ่ง"),
    ],
)
def test_whoever_is_not_on_the_lists_keeps_the_wording_of_the_text(
    mention: str, speaker: str
) -> None:
    (turn,) = turns(f"{mention}กล่าวว่า ขอน้ำก่อนสงกรานต์")
    assert (turn.speaker, turn.position) == (speaker, None)


@pytest.mark.parametrize("mention", ["รองฯ ", "รองผู้ว่าฯ ", "รองผู้ว่าราชการจังหวัดฯ "])
def test_the_beginning_of_the_chairs_position_is_the_chair(mention: str) -> None:
    lists = LISTS.replace("นายอำเภอเวียงใต้   ประธาน", "รองผู้ว่าราชการจังหวัดแพร่   ประธาน")
    assert said(f"{mention}แจ้งว่า น้ำในสระเหลือครึ่งเดียว", lists)[0][0] == CHAIR


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("บุญมี", True),
        ("บุนมี", True),
        ("บุญม", True),
        ("บุญมีี", True),
        ("ญมี", False),
        ("บูนมี", False),
        ("บุณย์มี", False),
        ("", False),
    ],
)
def test_one_slip_in_a_name_is_one_letter_or_mark(other: str, same: bool) -> None:
    assert one_slip("บุญมี", other) is same
    assert one_slip(other, "บุญมี") is same


def test_a_stranger_is_named_in_full_once() -> None:
    body = "นายมานะ ใจกล้า ผู้ใหญ่บ้าน เสนอว่า ให้ขุดสระเพิ่ม\nนายมานะฯ เสริมว่า ขอภายในปีนี้"
    assert [speaker for speaker, _ in said(body)] == ["นายมานะ ใจกล้า", "นายมานะ ใจกล้า"]


def test_the_position_is_that_of_the_list() -> None:
    (turn,) = turns("นายบุญมีฯ เสนอว่า ให้ขุดสระเพิ่ม")
    assert turn.position == "กำนันตำบลเมืองลี"


@pytest.mark.parametrize(
    "way",
    [
        "กำนันบุญมีฯ กล่าวว่า {}",
        "กำนันบุญมีฯ : {}",
        "กำนันบุญมีฯ     {}",
        "- กำนันบุญมีฯ เสนอ: {}",
        "กำนันบุญมีฯ แจ้งต่อที่ประชุมว่า {}",
        "กำนันบุญมีฯ ขอบคุณทุกฝ่ายและแจ้งว่า {}",
        "กำนันบุญมีฯ สงวนความเห็น โดยกล่าวว่า {}",
        "ขณะที่กำนันบุญมีฯ เสริมว่า {}",
        "กำนันบุญมีฯ กล่าวว่า “{}”",
        "“{}” กำนันบุญมีฯ กล่าว",
        "กำนันบุญมีฯ เสนอ {}",
    ],
)
def test_the_words_begin_behind_what_leads_them_in(way: str) -> None:
    words = "ท่อเมนแตกมาสองเดือนแล้ว"
    assert said(way.format(words)) == [(KAMNAN, words)]


def test_a_quoted_word_at_the_head_is_not_all_that_was_said() -> None:
    body = "ประธานกล่าวว่า “น้ำแห้ง” คือปัญหาใหญ่ของอำเภอ"
    assert said(body) == [(CHAIR, "“น้ำแห้ง” คือปัญหาใหญ่ของอำเภอ")]
    assert said("ประธานกล่าวว่า “น้ำแห้ง”") == [(CHAIR, "น้ำแห้ง")]


def test_in_a_post_a_verb_without_that_belongs_to_the_words() -> None:
    body = "นายบุญมี สารแก้ว กำนันตำบลเมืองลี เสนอให้ขุดสระเพิ่มอีกหนึ่งแห่งก่อนสิ้นปี"
    assert said(body, POST) == [(KAMNAN, "เสนอให้ขุดสระเพิ่มอีกหนึ่งแห่งก่อนสิ้นปี")]


def test_reported_speech_of_a_post() -> None:
    body = "นายบุญมี สารแก้ว กำนันตำบลเมืองลี กล่าวถึง ปัญหาน้ำเค็มที่เข้ามาเร็วกว่าทุกปี"
    assert said(body, POST) == [(KAMNAN, "กล่าวถึง ปัญหาน้ำเค็มที่เข้ามาเร็วกว่าทุกปี")]


def test_questions_and_answers_in_one_paragraph() -> None:
    body = "กำนันบุญมีฯ สอบถามว่า จะได้น้ำเมื่อไร ผู้แทนการประปาฯ ตอบว่า ภายในสามวัน ประธานสรุปว่า ให้แจ้งทุกหมู่บ้าน"
    assert said(body) == [
        (KAMNAN, "จะได้น้ำเมื่อไร"),
        (WATER, "ภายในสามวัน"),
        (CHAIR, "ให้แจ้งทุกหมู่บ้าน"),
    ]


def test_what_someone_else_said_inside_the_words_does_not_cut_them() -> None:
    body = (
        "ประธานแจ้งว่า น้ำจะหมดในเดือนนี้ ช่างบอกว่างบซ่อมไม่มี ต้องรอปีหน้า\n"
        "กำนันบุญมีฯ กล่าวว่า รอไม่ได้\nเลขานุการตอบว่า จะหางบให้"
    )
    assert said(body)[0] == (CHAIR, "น้ำจะหมดในเดือนนี้ ช่างบอกว่างบซ่อมไม่มี ต้องรอปีหน้า")


def test_the_same_speaker_may_go_on_in_a_second_turn() -> None:
    body = 'กำนันบุญมีฯ กล่าวว่า "ชาวบ้านรอไม่ไหวแล้วครับท่าน" และบอกด้วยว่า "ขอรถน้ำวันละสองเที่ยวก็พอ"'
    assert [speaker for speaker, _ in said(body)] == [KAMNAN, KAMNAN]


def test_a_list_belongs_to_the_turn_that_announces_it() -> None:
    body = "เลขานุการรายงานว่า มีสามแนวทาง\n   (ก) ขุดสระ\n   (ข) ต่อท่อ\nมติที่ประชุม รับทราบ"
    assert said(body) == [(SECRETARY, "มีสามแนวทาง\n   (ก) ขุดสระ\n   (ข) ต่อท่อ")]


@pytest.mark.parametrize(
    "line",
    [
        "ที่ประชุมอภิปรายอย่างกว้างขวาง",
        "ประธานกล่าวขอบคุณและปิดการประชุม",
        "ไม่มีผู้ใดเสนอเรื่อง",
        "เลขานุการเสนอรายงานการประชุมครั้งที่แล้วให้ที่ประชุมรับรอง",
        "(หมายเหตุ: เอกสารแจกในห้องประชุม)",
        "นัดประชุมครั้งต่อไป วันที่ 5 พฤษภาคม 2568",
        "ชะอวด          6,120          4              812",
    ],
)
def test_narration_is_nobodys_words(line: str) -> None:
    assert said(line) == []
    assert said(f"ประธานแจ้งว่า น้ำหมดแล้ว\n{line}")[0] == (CHAIR, "น้ำหมดแล้ว")


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    words = "น้ำในสระเหลือเพียงครึ่งเดียวของความจุ ต้องปันกันใช้วันเว้นวันจนกว่าฝนจะมา " * 6
    lines = [f"ประธานแจ้งว่า {words}".strip()]
    while len(lines[-1]) > 72:
        cut = lines[-1].rfind(" ", 0, 72)
        lines[-1:] = [lines[-1][:cut], lines[-1][cut + 1 :]]
    (turn,) = turns("\n".join(lines))
    assert turn.speaker == CHAIR
    assert turn.text.replace("\n", " ") == words.strip()


@pytest.mark.parametrize(
    ("mention", "speaker"),
    [
        ("ท่านประธาน", CHAIR),
        ("ท่านนายอำเภอ", CHAIR),
        ("ประธานหัวเราะแล้ว", CHAIR),
        ("กำนันบุญมีลุกขึ้น", KAMNAN),
        ("กำนันบุญมี (นั่งแถวหลัง ไม่ได้ลงชื่อ) ", KAMNAN),
    ],
)
def test_honorifics_gestures_and_brackets_hide_no_speaker(mention: str, speaker: str) -> None:
    assert said(f"น้ำแห้งมาสองเดือน {mention}บอกว่า ขอรถน้ำก่อน") == [(speaker, "ขอรถน้ำก่อน")]


@pytest.mark.parametrize(
    "introduced", ["พี่ตู่ นางมาลี ใจงาม", "พี่ตู่ = นางมาลี ใจงาม", "นางมาลี ใจงาม (พี่ตู่)"]
)
def test_nicknames_mean_whose_they_are(introduced: str) -> None:
    body = f"คนมา {introduced} ปลัดอำเภอ\n\nพี่ตู่บอกว่า อย่าเพิ่งแจกของ"
    assert said(body, before="สรุปวงคุย\n")[-1] == ("นางมาลี ใจงาม", "อย่าเพิ่งแจกของ")


@pytest.mark.parametrize(
    "aside", ["ทุกคนเห็นด้วย", "กรรมการทุกคนไม่มีข้อคัดค้าน", "ทั้งห้องเงียบ", "จึงมีมติเห็นชอบตามเสนอ"]
)
def test_what_the_others_do_ends_a_turn(aside: str) -> None:
    assert said(f"ประธานเสนอว่า ขอรถน้ำก่อน {aside}") == [(CHAIR, "ขอรถน้ำก่อน")]


def test_a_speech_behind_a_label_is_not_cut_where_it_reports() -> None:
    body = "ประธาน: วันนี้ครบองค์ประชุม และขอแจ้งว่าครั้งหน้าเป็นวันพุธ"
    assert said(body) == [(CHAIR, "วันนี้ครบองค์ประชุม และขอแจ้งว่าครั้งหน้าเป็นวันพุธ")]


def test_the_label_of_a_list_of_people_is_nobody() -> None:
    assert said("ผู้เข้าร่วม: นายวิชา คงทน ปลัดอำเภอ\n\nสรุปงาน", before="บันทึก\n") == []
