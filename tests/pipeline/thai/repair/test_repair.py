import json
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.thai import align, diagnose, normalize, repair, study
from pipeline.thai.repair import CLASSES
from pipeline.thai.repair.build import make_arrays
from pipeline.thai.repair.damaging import FORMS
from pipeline.thai.repair.model import FILE, model

MESSY = st.text(
    st.one_of(
        st.sampled_from("กขนทอเแะาำัิีุู็่้์ํฯ ๑\n\t\uf701\uf70a\uf70e\uf711\uf718\u200b\u0300\u0327a"),
        st.characters(),
    ),
    max_size=60,
)
WORDS = [
    "การประชุม",
    "ที่",
    "ได้รับ",
    "จังหวัด",
    "ดำเนินการ",
    "แล้ว",
    "ผู้ว่าราชการ",
    "น้ำ",
    "เมื่อ",
    "สุรีย์",
    "ก.พ.",
    "๒๕๖๗",
]
SHAKEN = st.builds(
    lambda words, form, text: FORMS[form](" ".join(words)) + text,
    st.lists(st.sampled_from(WORDS), max_size=25),
    st.sampled_from(sorted(FORMS)),
    MESSY,
)
CORPUS = Path(__file__).parents[4] / "corpora"
CLEAN = """บันทึกข้อความ
ส่วนราชการ  สำนักงานจังหวัด กลุ่มงานยุทธศาสตร์   โทร. ๐ ๔๒๕๑ ๑๒๓๔
เรื่อง  รายงานผลการแก้ไขปัญหาน้ำท่วมขังซ้ำซาก

ด้วยคณะทำงานได้ลงพื้นที่ ต.ท่าฉาง ระหว่างวันที่ ๓ - ๕ มิ.ย. ๖๕ แล้ว ปรากฏว่าท่อระบายน้ำอุดตัน ๑๗ จุด
\tท่อ\t๑๗ จุด
จึงเรียนมาเพื่อโปรดทราบ ทั้งนี้ ยังต้องเฝ้าระวังต่อไปอีก ๒ เดือน ๆ ละ ๑ ครั้ง ฯลฯ"""


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("สำาหรับจำานวน", "สำหรับจำนวน"),
        ("การจัดท\u0e4d\u0e32แผน", "การจัดทำแผน"),
        ("ส ำนักงาน", "สำนักงาน"),
        ("อารีย\uf70eพันธ\uf70e", "อารีย์พันธ์"),
        ("ป\uf701น", "ปิน"),
        ("เร\u0e48\u0e37องท\u0e48\u0e35", "เรื่องที่"),
        ("ถ ึง ต ้องการ", "ถึง ต้องการ"),
        ("กรณ ีที่", "กรณีที่"),
        ("เมื\n\n่อวันที\n\n่ 23", "เมื่อวันที่ 23"),
        ("หน่่วยงาน", "หน่วยงาน"),
    ],
)
def test_repairs_characters(damaged: str, whole: str) -> None:
    assert repair(damaged) == whole


@pytest.mark.parametrize(
    ("damaged", "whole", "code"),
    [
        ("การจดั เตรยี มระเบียบวาระการประชุม", "การจัดเตรียมระเบียบวาระการประชุม", "moved"),
        ("การเข ยนรายงานการประช ม ค อ การบ นท ก", "การเขียนรายงานการประชุม คือ การบันทึก", "spaced"),
        ("ลมได เปลี่ยนเปน ลมตะวันตกเฉียงใต แลว ตอเนื่อง", None, "dropped"),
        ("กำรจัดกำรประชุม และกำรเขียนรำยงำน", "การจัดการประชุม และการเขียนรายงาน", "extra_sara_am"),
        ("คานาและจานวนของสานักงานจังหวัดลาปาง", "คำนำและจำนวนของสำนักงานจังหวัดลำปาง", "lost_sara_am"),
        ("ส านักงานก าหนด ด าเนินการจ านวนมาก", "สำนักงานกำหนด ดำเนินการจำนวนมาก", "lost_sara_am"),
        ("เมื\x00อวันที\x00ประชุมได\x00รับทราบแล\x00ว", "เมื่อวันที่ประชุมได้รับทราบแล้ว", "unread"),
        ("สĠานักงานกĠาหนดจĠานวน", "สำนักงานกำหนดจำนวน", "unread"),
        ("ก า ร ป ร ะ ชุ ม ค ณ ะ ก ร ร ม ก า ร จั ง ห วั ด", "การประชุมคณะกรรมการจังหวัด", "split_word"),
    ],
)  # fmt: skip
def test_reads_damaged_words(damaged: str, whole: str | None, code: str) -> None:
    found = diagnose(damaged)
    if whole:
        assert found.text == whole
    assert found.classes[code] > 0
    assert 0 < found.damage <= 1


def test_every_class_has_its_names() -> None:
    codes = {code for form in FORMS.values() for code in diagnose(form(CLEAN)).classes}
    assert codes <= CLASSES.keys()
    assert CLASSES["moved"].thai == "วรรณยุกต์เลื่อนตำแหน่ง"


@pytest.mark.parametrize(
    ("damaged", "whole", "code"),
    [
        ("เห็นชอบให้ ด าเนินการ ต่อไป", "เห็นชอบให้ ดำเนินการ ต่อไป", "lost_sara_am"),
        ("ส านักงาน", "สำนักงาน", "lost_sara_am"),
        ("ค าน า", "คำนำ", "lost_sara_am"),
        ("ส\u0e4d านักงาน", "สำนักงาน", "gap"),
        ("ประจ\u0e4d ปีงบประมาณ", "ประจำ ปีงบประมาณ", "dropped"),
        ("ทั งนี้ ให้รายงาน", "ทั้งนี้ ให้รายงาน", "spaced"),
        ("ต้อง เ ป็นไปตามแผน", "ต้อง เป็นไปตามแผน", "split_word"),
        ("รับทราบแล ะเห็นชอบ", "รับทราบและเห็นชอบ", "split_word"),
        ("ในวันที่ 3 เมื\ufffdอเวลา", "ในวันที่ 3 เมื่อเวลา", "unread"),
        ("คณะกรรมการได้ประ\ufffdุมแล้ว", "คณะกรรมการได้ประชุมแล้ว", "unread"),
    ],
)
@pytest.mark.parametrize("around", ["", CLEAN])
def test_repairs_a_single_place(damaged: str, whole: str, code: str, around: str) -> None:
    found = diagnose(f"{around}\n{damaged}\n{around}")
    assert found.text == f"{around}\n{whole}\n{around}"
    assert found.classes == {code: damaged.count(" า") if damaged == "ค าน า" else 1}


@pytest.mark.parametrize(
    "text",
    ["ตัวอักษร า และสระ เ แ โ", "ข้อ า", "แนวทาง\ufffdพัฒนา", "บ้านโคก\ufffdว่าง", "ที่ สฏ oo๑๗/ ,, ๔๔"],
)
def test_a_place_with_several_readings_stays(text: str) -> None:
    assert repair(text) == text


def test_words_that_differ_by_a_mark_are_told_by_their_neighbours() -> None:
    page = FORMS["sara am to aa"](CLEAN * 3)
    found = study([page]).repair("เกษตรกรทานาข้าว และจัดทาแผน ให้นาเสนอที่ประชุม")
    assert found.text == "เกษตรกรทำนาข้าว และจัดทำแผน ให้นำเสนอที่ประชุม"


SCAN = "ตามมติครั้งที ๓\nเกษตรกรได้ใช้น้าจากลุ่มน้า เมือวันที ๑๖ กันยายน"


def test_scanned_pages_get_the_marks_that_ocr_loses() -> None:
    found = study([SCAN], scanned=True).repair(SCAN)
    assert found.text == "ตามมติครั้งที่ ๓\nเกษตรกรได้ใช้น้ำจากลุ่มน้ำ เมื่อวันที่ ๑๖ กันยายน"
    assert study([CLEAN], scanned=True).repair(CLEAN).text == CLEAN


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "ิ", "่ ้", "\ufffd", "\ufffd\ufffd ่", "ํ\ufffdำ", " ะ"]
)
def test_text_without_letters(text: str) -> None:
    learned = study([FORMS["marks to spaces"](CLEAN * 3)])
    for known in (study([text]), learned, study([text], scanned=True)):
        assert len(known.repair(text).text) <= len(text)


@pytest.mark.parametrize("text", [CLEAN, "วรรณยุกต์ '่' กับ (้)", "ก่ ้", "ชื่อ\t่", "\n่ก", "นำ\nอา"])
def test_clean_text_is_unchanged(text: str) -> None:
    found = diagnose(text)
    assert (found.text, found.damage, found.classes) == (text, 0, {})


@pytest.mark.parametrize(
    "text",
    [
        "พุทฺธํ สรณํ คจฺฉามิ ธมฺมํ สรณํ คจฺฉามิ สงฺฆํ สรณํ คจฺฉามิ",
        "อยากได้ม๊ากมาก น่าร๊ากกก ขอบคุนคร๊าบ ไม่เปนไรคับ",
        "ก็เปนดังนี้แล ท่านทั้งปวงจงรู้เถิด",
        "น.ส.กัญญ์ณภัทร ศิริวัฒนาพงศ์ นายณัฏฐ์ชนน เอี่ยมสำอางค์ อ.ก.พ.ร. รพ.สต.บ้านนา ก.พ. พ.ศ. ๒๕๖๕",
        "The meeting of 5 May 2022 was chaired by Mr. Jones; naïve café “quotes” – dashes.",
        "会议记录 Протокол заседания",
        "เมืองปักกิ่ง北 เซี่ยงไฮ้上 กวางโจว广 เฉิงตู成 ฉงชิ่ง重 เทียนจิน天 อู่ฮั่น武 ซีอาน西 นานกิง南",
        "ราคา 25 บาท💦💦💦 ใหญ่ 50 บาท💧💧 จ้า👍🏻 มาก ๆ ❤️ นะ❤️ ค่ะ❤️ ครับ❤️ ดี❤️",
    ],
)
def test_unusual_text_is_unchanged(text: str) -> None:
    assert repair(text) == text


STUDIES = {name: study([form(CLEAN * 3)]) for name, form in FORMS.items()}


def corpus() -> list[dict[str, str]]:
    files = sorted(CORPUS.glob("*/*.jsonl"))
    if not files:
        pytest.skip("corpora/ holds no texts yet")
    return [json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()]


@pytest.mark.slow
def test_corpus_is_unchanged() -> None:
    texts = {row["id"]: normalize(row["text"]) for row in corpus()}
    changed = {name for name, text in texts.items() if repair(text) != text}
    # The texts with scan damage: a line or a blank before a mark (วิธ|ีการ) or inside a word
    # (ตันล|ะ, ไม่เ ข้า), a spaced-out line.
    assert changed == {
        "W9-042", "W18-057", "O1-167", "W12-043", "W12-054", "W13-052", "W15-014", "W15-059",
        "W7-038", "M5-006", "M5-006-03",
    }  # fmt: skip


def test_what_stands_in_a_clean_line_stays() -> None:
    heading = "โครงการน้ำประปาดื่มได้บ้านโคกสว่าง ตำบลนาดี"
    body = FORMS["moved"]("คณะกรรมการได้ลงพื้นที่ติดตามผลการดำเนินงานแล้ว และเห็นว่าต้องเร่งแก้ไข")
    whole = "คณะกรรมการได้ลงพื้นที่ติดตามผลการดำเนินงานแล้ว และเห็นว่าต้องเร่งแก้ไข"
    assert repair(f"{heading}\n{body}") == f"{heading}\n{whole}"


def test_a_cell_is_repaired_by_what_its_document_shows() -> None:
    page = FORMS["sara am to aa"](CLEAN * 3)
    assert repair("จานวน") == "จานวน"
    assert study([page]).repair("จานวน").text == "จำนวน"


@settings(deadline=None)
@given(MESSY)
def test_idempotent(text: str) -> None:
    once = repair(text)
    assert repair(once) == once


@settings(deadline=None)
@given(SHAKEN)
def test_idempotent_on_damaged_text(text: str) -> None:
    once = repair(text)
    assert repair(once) == once


@settings(deadline=None)
@given(st.text(st.sampled_from("กนเแะาำัิ่์ํ \n\ufffd"), max_size=30))
def test_any_page_of_a_damaged_document_is_repaired(text: str) -> None:
    for form in ("marks to spaces", "moved", "half the tones lost"):
        found = STUDIES[form].repair(text)
        assert list(found.offsets)[-1] == len(text)
        assert 0 <= found.damage <= 1


@settings(deadline=None)
@given(MESSY)
def test_repaired_text_stays_repaired_when_normalized(text: str) -> None:
    clean = normalize(repair(text))
    assert normalize(repair(clean)) == clean


@settings(deadline=None)
@given(SHAKEN)
def test_offsets_point_into_the_raw_text(text: str) -> None:
    found = diagnose(text)
    offsets = list(found.offsets)
    assert len(offsets) == len(found.text) + 1
    assert offsets == sorted(offsets)
    assert offsets[0] >= 0
    assert offsets[-1] == len(text)


def test_letters_align_with_themselves() -> None:
    raw = FORMS["moved"](CLEAN)
    text = normalize(repair(raw))
    offsets = align(raw, text)
    same = [
        raw[offsets[place]] == letter for place, letter in enumerate(text) if letter in "กคงนรล"
    ]
    assert len(same) > 60
    assert all(same)


@pytest.mark.parametrize(
    "text",
    ["ก ิ", " ำ", pytest.param("ก\n", marks=pytest.mark.slow), "\uf70e", "ำา", "่ิ"],
)
def test_long_runs_end(text: str) -> None:
    once = repair(text * 100_000)
    assert repair(once) == once


@pytest.mark.slow
def test_the_data_file_is_what_the_script_makes() -> None:
    made = make_arrays()
    with np.load(FILE, allow_pickle=False) as kept:
        assert set(kept.files) == made.keys()
        for name, array in made.items():
            assert np.array_equal(kept[name], array), name


def test_bytes_of_a_symbol_font_are_thai_in_runs_only() -> None:
    text = "การพัฒนาจังหวัดน่าน"
    coded = "".join(chr(0xF0A1 + ord(char) - 0x0E01) for char in text)
    assert repair(coded) == text
    assert diagnose(coded).classes["glyph_code"] == len(coded)
    assert repair("\uf0b7 หัวข้อ\n\uf0a7 ข้อสอง") == "\uf0b7 หัวข้อ\n\uf0a7 ข้อสอง"


def doubled(text: str) -> str:
    """Bold by printing twice, as readers that sort letters by place give it."""
    return "".join(letter if letter == " " else letter * 2 for letter in text)


def test_bold_letters_printed_twice_are_written_once() -> None:
    heading = "โครงการแก้ไขปัญหาน้ำท่วม จ.น่าน ปี 2565"
    found = diagnose(f"{doubled(heading)}\n{CLEAN}")
    assert found.text == f"{heading}\n{CLEAN}"
    assert found.classes == {"double_letter": 2}
    offsets = found.offsets
    assert found.raw[offsets[heading.index("ปัญหา")] :].startswith("ปปััญญ")


@pytest.mark.parametrize("text", ["กกกกกกกกกก", "พรรคคอมมิวนิสต์", "ออออ าาาา", "ดีดี มากกกกก ๆๆๆๆ"])
def test_letters_meant_to_be_double_stay(text: str) -> None:
    assert diagnose(text).classes.get("double_letter", 0) == 0


def test_vowels_behind_their_letter_are_put_before_it() -> None:
    page = CLEAN.replace("\t", " ") * 2
    found = diagnose(FORMS["vowels late"](page))
    assert found.text == page
    assert found.classes["late_vowel"] > 20


PAGE = CLEAN.replace("\t", " ") * 2
MARKED = "ัิีึืุู็่้๊๋์ํ"


@pytest.mark.parametrize(
    ("letter", "marks", "code"),
    [("[ก-ฮ]", MARKED, "early_mark"), ("[ก-ฮ][ุู]?", "ัิีึื็่้๊๋์ํ", "early_upper_mark")],
)
def test_marks_before_their_letter_are_put_behind_it(letter: str, marks: str, code: str) -> None:
    page = PAGE.replace("ำ", "ํา")
    found = diagnose(re.sub(f"({letter})([{marks}]+)", r"\2\1", page))
    assert found.text == PAGE
    assert found.classes[code] > 50


def test_glyphs_of_the_private_planes_are_read_as_unreadable_ones() -> None:
    page = CLEAN * 3
    found = repair(page.replace("่", "\U00100000"))
    assert sum(a != b for a, b in zip(found.split(), page.split(), strict=True)) <= 3


def cut(text: str, by: str) -> str:
    """`text` with `by` behind each letter that has a mark, as readers of single glyphs give it."""
    return re.sub(f"(?<=[{MARKED}])(?=[ก-ฮะาเ-ไ])", by, text)


def test_lines_that_end_inside_words_are_joined() -> None:
    text = "".join(re.findall("[ก-๎]+", PAGE))
    found = diagnose(cut(text, "\n"))
    assert found.text.replace("\n", "") == text
    assert found.classes == {"broken_line": found.raw.count("\n") - found.text.count("\n")}
    assert found.classes["broken_line"] > 0.7 * found.raw.count("\n")
    words = [word for line in found.text.split("\n") for word in line.split()]
    assert not {"ทุกจุดปร", "กฏว่", "าท่"} & set(words)


def test_a_list_of_short_lines_stays() -> None:
    text = "\n".join(WORDS * 6)
    assert repair(text) == text


@pytest.mark.parametrize("form", ["sara am to aa", "half the tones lost", "moved, no space"])
@pytest.mark.parametrize("by", ["\n", "\t", "|"])
def test_text_cut_to_pieces_does_not_get_worse(form: str, by: str) -> None:
    damaged = cut(FORMS[form](PAGE), by)

    def errors(text: str) -> int:
        letters = re.sub(f"[\\s{re.escape(by)}]", "", text)
        wanted = re.sub(r"\s", "", PAGE)
        return int((Counter(pairwise(wanted)) - Counter(pairwise(letters))).total())

    assert errors(repair(damaged)) <= errors(damaged)


@pytest.mark.parametrize("sign", ["□", "?", "(cid:{})"])
def test_signs_in_place_of_marks_are_read_as_unreadable_glyphs(sign: str) -> None:
    page = CLEAN * 3
    damaged = "".join(sign.format(ord(c)) if c in "่้๊๋์" else c for c in page)
    found = diagnose(damaged)
    assert sum(a != b for a, b in zip(found.text.split(), page.split(), strict=True)) <= 3
    assert found.classes["unread"] > 50


def test_questions_are_no_unreadable_glyphs() -> None:
    text = "ใครรับผิดชอบ? งบประมาณเท่าไร? ใช่หรือไม่?ตอบภายในวันที่ 5 " * 5
    assert repair(text) == text


def test_a_name_that_stands_undamaged_elsewhere_is_read_everywhere() -> None:
    name = "โดโร้เบซ่า"
    assert name not in model().lexicon.words()
    lost = FORMS["half the tones lost"]
    sound = f"{CLEAN}\nนาง{name} ประธาน\nขอให้ {name} รายงาน\n"
    bare = "".join(letter for letter in name if letter not in "่้")
    damaged = lost(CLEAN * 3) + f"\nมอบหมายให้ {bare} ดำเนินการ"
    studied = study([sound, damaged])
    assert name in studied.repair(damaged).text
    assert name not in replace(studied, language=None).repair(damaged).text
    assert studied.repair(sound).text == sound


def test_hints_of_mac_os_are_dropped() -> None:
    assert repair("ที่\uf875ดี") == "ที่ดี"
