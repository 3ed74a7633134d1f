from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.displacy import render
from spacy.tokens import Doc, DocBin

from pipeline.documents import Document, Page
from pipeline.entities import LABELS, Entity, find_entities, language, to_spacy
from pipeline.entities.language import ThaiLanguage
from tests.texts import LENGTHS

PAGE = """\
รายงานการประชุมคณะทำงานลดฝุ่น จังหวัดพะเยา ครั้งที่ ๓/๒๕๖๘
เมื่อวันจันทร์ที่ ๑๒ พฤษภาคม ๒๕๖๘ เวลา ๐๙.๓๐ - ๑๒.๐๐ น. ณ ศาลากลางจังหวัดพะเยา
๑. นายธนวัฒน์ แก้วประเสริฐ  รองผู้ว่าราชการจังหวัดพะเยา  ประธานกรรมการ
๒. นางสาวพิมพ์ชนก ใจดี  หัวหน้าสำนักงานจังหวัดพะเยา  กรรมการและเลขานุการ
๓. ว่าที่ ร.ต.สมชาย คงมั่น  นายก อบต.บ้านเหล่า

รองเลขาธิการ ก.พ.ร. แจ้งว่า ปีที่ผ่านมาจังหวัดได้รับรางวัลเลิศรัฐ สาขาบริการภาครัฐ ระดับดี ประจำปี พ.ศ. 2566
และขอให้ พมจ.พะเยา กับเทศบาลตำบลบ้านใหม่จัดทำแผน วงเงิน 1.5 ล้านบาท ร่วมกับภาควิชาการ เอกชน และประชาสังคม
"""


def labelled(text: str, label: str) -> list[tuple[str, str]]:
    return [(e.text, e.value) for e in find_entities(text) if e.label == label]


def document(text: str) -> Document:
    return Document("a.pdf", "0" * 64, "application/pdf", "minutes", (Page(1, text, text, "text"),))


# label, text, (surface, canonical value) of the one entity of that label
FOUND = [
    ("PERSON", "มอบให้นางสาวกัลยา ศรีสุขใส ติดตาม", "นางสาวกัลยา ศรีสุขใส", "กัลยา ศรีสุขใส"),
    ("PERSON", "๑) ผศ.ดร.วีระ ทองคำแท้ ที่ปรึกษา", "ผศ.ดร.วีระ ทองคำแท้", "วีระ ทองคำแท้"),
    ("PROVINCE", "เวทีของจังหวัดน่านจบแล้ว", "น่าน", "น่าน"),
    ("PROVINCE", "ไปดูงานที่โคราชสองวัน", "โคราช", "นครราชสีมา"),
    ("PROVINCE", "คณะจาก จ.สุราษฎร์ฯ มาถึง", "สุราษฎร์ฯ", "สุราษฎร์ธานี"),
    ("AGENCY", "หนังสือถึงกรมส่งเสริมการปกครองท้องถิ่นแล้ว", "กรมส่งเสริมการปกครองท้องถิ่น", ""),
    ("AGENCY", "ส่งให้ สถ. พิจารณา", "สถ.", "กรมส่งเสริมการปกครองท้องถิ่น"),
    ("AGENCY", "ขอข้อมูลจาก ธ.ก.ส. แล้ว", "ธ.ก.ส.", "ธนาคารเพื่อการเกษตรและสหกรณ์การเกษตร"),
    ("AGENCY", "เสนอสำนักงาน ก.พ.ร.", "สำนักงาน ก.พ.ร.", "สำนักงานคณะกรรมการพัฒนาระบบราชการ"),
    ("AGENCY", "ให้ พมจ.น่าน รับเรื่อง", "พมจ.น่าน", "สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัดน่าน"),
    ("AGENCY", "ทสจ.เลยตรวจน้ำ", "ทสจ.เลย", "สำนักงานทรัพยากรธรรมชาติและสิ่งแวดล้อมจังหวัดเลย"),
    ("AGENCY", "สำนักงานเกษตรจังหวัดตากแจ้งผล", "สำนักงานเกษตรจังหวัดตาก", ""),
    ("AGENCY", "ส่ง สนง.พาณิชย์จังหวัดแพร่", "สนง.พาณิชย์จังหวัดแพร่", "สำนักงานพาณิชย์จังหวัดแพร่"),
    ("AGENCY", "โดยสำนักงานปศุสัตว์จังหวัด ตามเดิม", "สำนักงานปศุสัตว์จังหวัด", ""),
    ("AGENCY", "เข้าพบสำนักงานหม่อนไหมจังหวัดแพร่", "สำนักงานหม่อนไหมจังหวัดแพร่", ""),
    ("AGENCY", "อบจ.สงขลาออกค่ารถ", "อบจ.สงขลา", "องค์การบริหารส่วนจังหวัดสงขลา"),
    ("AGENCY", "เทศบาลตำบลบ้านใหม่จัดอบรม", "เทศบาลตำบลบ้านใหม่", ""),
    ("AGENCY", "อบต.หนองบัวและชาวบ้าน", "อบต.หนองบัว", "องค์การบริหารส่วนตำบลหนองบัว"),
    ("AGENCY", "ร่วมกับมหาวิทยาลัยราชภัฏอุตรดิตถ์", "มหาวิทยาลัยราชภัฏอุตรดิตถ์", ""),
    ("AGENCY", "อาจารย์จาก มข. สองคน", "มข.", "มหาวิทยาลัยขอนแก่น"),
    ("AGENCY", "รพ.สต.บ้านโป่งเปิดบ่าย", "รพ.สต.บ้านโป่ง", "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านโป่ง"),
    ("AGENCY", "แจ้ง สพป.น่าน เขต 1 แล้ว", "สพป.น่าน เขต 1", "สำนักงานเขตพื้นที่การศึกษาน่าน เขต 1"),
    ("AGENCY", "อบก. (องค์การมหาชน) รับรอง", "อบก. (องค์การมหาชน)", "องค์การบริหารจัดการก๊าซเรือนกระจก"),
    ("POSITION", "เรียน ผู้ว่าราชการจังหวัดตรัง", "ผู้ว่าราชการจังหวัดตรัง", ""),
    ("POSITION", "รอง ผวจ.น่านเห็นด้วย", "รอง ผวจ.น่าน", "รองผู้ว่าราชการจังหวัดน่าน"),
    ("POSITION", "โดยผู้ว่าราชการกรุงเทพมหานคร", "ผู้ว่าราชการกรุงเทพมหานคร", ""),
    (
        "POSITION",
        "รองเลขาธิการ ก.พ.ร. ชี้แจง",
        "รองเลขาธิการ ก.พ.ร.",
        "รองเลขาธิการคณะกรรมการพัฒนาระบบราชการ",
    ),
    ("POSITION", "นายอำเภอเมืองน่านชี้แจง", "นายอำเภอเมืองน่าน", ""),
    ("POSITION", "ให้นายอำเภอสั่งการต่อ", "นายอำเภอ", ""),
    ("POSITION", "เรียน ปลัดกระทรวงมหาดไทย", "ปลัดกระทรวงมหาดไทย", ""),
    ("POSITION", "รมว.มท. ลงพื้นที่", "รมว.มท.", "รัฐมนตรีว่าการกระทรวงมหาดไทย"),
    ("POSITION", "อธิบดีกรมการปกครองเห็นชอบ", "อธิบดีกรมการปกครอง", ""),
    ("POSITION", "นายก อบต.ปิงหลวง เสนอ", "นายก อบต.ปิงหลวง", "นายกองค์การบริหารส่วนตำบลปิงหลวง"),
    (
        "POSITION",
        "ผอ.สำนักงานเกษตรและสหกรณ์จังหวัดเลย",
        "ผอ.สำนักงานเกษตรและสหกรณ์จังหวัดเลย",
        "ผู้อำนวยการสำนักงานเกษตรและสหกรณ์จังหวัดเลย",
    ),
    ("POSITION", "ผู้อำนวยการกองคลังและพัสดุแจ้งว่า", "ผู้อำนวยการกองคลังและพัสดุ", ""),
    ("POSITION", "เชิญผู้อำนวยการกองแผนงานและคณะ", "ผู้อำนวยการกองแผนงาน", ""),
    ("POSITION", "กัลยา นักจัดการงานทั่วไปชำนาญการ", "นักจัดการงานทั่วไปชำนาญการ", ""),
    ("POSITION", "ผู้ใหญ่บ้าน หมู่ที่ ๓ รับทราบ", "ผู้ใหญ่บ้าน หมู่ที่ ๓", "ผู้ใหญ่บ้านหมู่ที่ ๓"),
    ("AWARD", "ได้รับรางวัลพระปกเกล้า แล้ว", "รางวัลพระปกเกล้า", ""),
    ("AWARD", "ได้เลิศรัฐ ระดับดี ปี ๒๕๖๓ มา", "เลิศรัฐ ระดับดี ปี ๒๕๖๓", "รางวัลเลิศรัฐ"),
    ("AWARD", "ชนะ UNPSA 2018 มาก่อน", "UNPSA 2018", "United Nations Public Service Awards"),
    ("AWARD", "Asia Smart City Awards เชิญไป", "Asia Smart City Awards", ""),
    ("MONEY", "วงเงิน ๑.๕ ล้านบาท", "๑.๕ ล้านบาท", "1500000"),
    ("MONEY", "จ่าย 1,250.50 บาท", "1,250.50 บาท", "1250.5"),
    ("DATE", "ส่งภายในวันที่ ๑๗ ธันวาคม ๒๕๖๔ นี้", "๑๗ ธันวาคม ๒๕๖๔", "2021-12-17"),
    ("DATE", "อบรม 15-17 ธันวาคม 2564", "15-17 ธันวาคม 2564", "2021-12-15/2021-12-17"),
    ("TIME", "เริ่มเวลา ๐๙.๓๐ น.", "๐๙.๓๐ น.", "09:30"),
    ("TIME", "เวลา 09.00 - 12.00 น.", "09.00 - 12.00 น.", "09:00/12:00"),
    ("NETWORK", "เชิญภาคประชาสังคมเข้าร่วม", "ภาคประชาสังคม", "ประชาสังคม"),
    ("NETWORK", "มีภาคธุรกิจเป็นเจ้าภาพ", "ภาคธุรกิจ", "เอกชน"),
]


@pytest.mark.parametrize(("label", "text", "surface", "value"), FOUND)
def test_finds(label: str, text: str, surface: str, value: str) -> None:
    assert labelled(text, label) == [(surface, value or surface)]


# label, a text that names none of it
NOT_FOUND = [
    ("PERSON", "นายอำเภอและนายทะเบียนมาแล้ว"),
    ("PROVINCE", "ทั้งสองฝ่ายเลยตกลงกัน น่าจะแพร่ข่าว"),
    ("PROVINCE", "เดินบนถนนเชียงใหม่ไปธนาคารกรุงเทพ"),
    ("AGENCY", "โรงเรียนในพื้นที่และโรงพยาบาลทุกแห่ง"),
    ("AGENCY", "เทศบาลและ อบต. เลิกขอสำเนา"),
    ("AGENCY", "อบต. ๑๘ แห่ง รพ.สต. กำนัน และวัด"),
    ("AGENCY", "กลับไปโรงเรียนรู้เรื่องน้ำ ความจริงอีกข้อ"),
    ("AGENCY", "ห้อง 40 ตร.ม. ผ่านเกณฑ์ มอก. และ ปวช."),
    ("AGENCY", "น้ำมีตะกั่ว 0.3 มก. ต่อลิตร หนัก 5 กก."),
    ("POSITION", "กองอำนวยการป้องกันและบรรเทาสาธารณภัยจังหวัดตรัง"),
    ("AGENCY", "ทุกคนอยู่ในโรงเรียนร้อยละ 97"),
    ("POSITION", "สนง.พาณิชย์จังหวัดแพร่"),
    ("POSITION", "หัวหน้าครอบครัวและตัวแทนบ้าน"),
    ("AWARD", "รางวัลไม่ได้ทำให้น้ำใสขึ้น"),
    ("MONEY", "ปลูก 1.5 ล้านต้น ใน ๒๐๐ หมู่บ้าน"),
    ("DATE", "ตามข้อ 31/2 และรุ่น 99 ธันวาคม 2565"),
    ("TIME", "หนัก 9.30 กก. ตามข้อ ๙.๓๐"),
    ("NETWORK", "รางวัลคุณภาพการบริหารจัดการภาครัฐ"),
    ("NETWORK", "บัตรประชาชนของข้าราชการ โรงพยาบาลเอกชน"),
]


@pytest.mark.parametrize(("label", "text"), NOT_FOUND)
def test_finds_none(label: str, text: str) -> None:
    assert labelled(text, label) == []


def test_no_place_name_from_the_verb_behind_the_head() -> None:
    assert labelled("นายกเทศมนตรีจึงมอบ", "POSITION") == [("นายกเทศมนตรี", "นายกเทศมนตรี")]


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("ภาครัฐและเอกชนร่วมกัน", ["ราชการ", "เอกชน"]),
        ("ภาครัฐ เอกชน ประชาสังคม และสื่อมวลชน", ["ราชการ", "เอกชน", "ประชาสังคม", "สื่อมวลชน"]),
        ("จากราชการ วิชาการ ศาสนา", ["ราชการ", "วิชาการ", "ศาสนา"]),
        ("ถามราชการ แล้วรอ ประชาชน", []),
        ("เอกชนและประชาชน", []),
    ],
)
def test_a_list_of_sectors_names_each(text: str, sectors: list[str]) -> None:
    assert [value for _, value in labelled(text, "NETWORK")] == sectors


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("งานนี้ได้รับรางวัลเลิศรัฐ ปี 2563", "received"),
        ("เคยคว้ารางวัลพระปกเกล้ามาแล้ว", "received"),
        ("เราสมัครและได้รับรางวัลเลิศรัฐ", "received"),
        ("ต่อยอดผลงานที่ได้รับรางวัลเลิศรัฐ", "received"),
        ("ไม่เคยได้รับรางวัลเลิศรัฐ", "negated"),
        ("ยังไม่ได้รางวัลพระปกเกล้า", "negated"),
        ("งานนี้ไม่ใช่ผลงานที่ได้รับรางวัลเลิศรัฐ", "negated"),
        ("รางวัลเลิศรัฐก็ไม่เคยได้", "negated"),
        ("จะสมัครรางวัลเลิศรัฐปีหน้า", "aspirational"),
        ("คาดว่าจะได้รับรางวัลเลิศรัฐ", "aspirational"),
        ("เตรียมส่งผลงานเข้าประกวดรางวัลเลิศรัฐ", "aspirational"),
        ("รางวัลเลิศรัฐรอบหน้า", "aspirational"),
        ("คณะผู้ตรวจประเมินรางวัลเลิศรัฐมาเยี่ยม", "mentioned"),
        ("น้ำไม่ท่วม แต่ได้รับรางวัลเลิศรัฐ", "received"),
    ],
)
def test_award_status(text: str, status: str) -> None:
    (award,) = [e for e in find_entities(text) if e.label == "AWARD"]
    assert award.status == status
    (span,) = [span for span in language()(text).ents if span.label_ == "AWARD"]
    assert span._.status == status


def test_each_award_has_its_own_status() -> None:
    text = "ได้รับรางวัลเลิศรัฐ ปี 2563 ไม่เคยได้รับรางวัลพระปกเกล้า และจะสมัคร UNPSA ปีหน้า"
    statuses = [e.status for e in find_entities(text)]
    assert statuses == ["received", "negated", "aspirational"]


def test_a_page_of_minutes() -> None:
    found = [(e.label, e.value) for e in find_entities(PAGE)]
    assert found == [
        ("PROVINCE", "พะเยา"),
        ("DATE", "2025-05-12"),
        ("TIME", "09:30/12:00"),
        ("AGENCY", "ศาลากลางจังหวัดพะเยา"),
        ("PERSON", "ธนวัฒน์ แก้วประเสริฐ"),
        ("POSITION", "รองผู้ว่าราชการจังหวัดพะเยา"),
        ("POSITION", "ประธานกรรมการ"),
        ("PERSON", "พิมพ์ชนก ใจดี"),
        ("POSITION", "หัวหน้าสำนักงานจังหวัดพะเยา"),
        ("POSITION", "กรรมการและเลขานุการ"),
        ("PERSON", "สมชาย คงมั่น"),
        ("POSITION", "นายกองค์การบริหารส่วนตำบลบ้านเหล่า"),
        ("POSITION", "รองเลขาธิการคณะกรรมการพัฒนาระบบราชการ"),
        ("AWARD", "รางวัลเลิศรัฐ"),
        ("AGENCY", "สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัดพะเยา"),
        ("AGENCY", "เทศบาลตำบลบ้านใหม่"),
        ("MONEY", "1500000"),
        ("NETWORK", "วิชาการ"),
        ("NETWORK", "เอกชน"),
        ("NETWORK", "ประชาสังคม"),
    ]


def test_the_doc_holds_the_same_entities() -> None:
    doc = language()(PAGE)
    spans = [(s.start_char, s.end_char, s.label_, s.id_) for s in doc.ents]
    assert spans == [(e.start, e.end, e.label, e.value) for e in find_entities(PAGE)]


def test_overlapping_spans_stay_in_the_group() -> None:
    doc = language()("เรียน ผู้อำนวยการสำนักงานคลังจังหวัดน่าน")
    assert [span.label_ for span in doc.ents] == ["POSITION"]
    assert {span.label_ for span in doc.spans["all"]} == {"POSITION", "AGENCY", "PROVINCE"}


SPACINGS = [
    "",
    " ",
    "  ",
    "\n",
    " ก",
    "ก ",
    "ก  ข",
    "ก\n ข",
    "\n\n  ก\tข \t",
    "ก \n",
    "\x00",
    "น. \u0301",
]


@pytest.mark.parametrize("text", SPACINGS)
def test_the_doc_keeps_the_text(text: str) -> None:
    assert language()(text).text == text


def test_a_blank_belongs_to_the_word_before_it() -> None:
    doc = language()(" ไป  มา\nแล้ว")
    assert [(t.text, t.whitespace_) for t in doc] == [
        (" ", ""),
        ("ไป", " "),
        (" ", ""),
        ("มา", ""),
        ("\n", ""),
        ("แล้ว", ""),
    ]
    assert [t.is_space for t in doc] == [True, False, True, False, True, False]


PIECES = st.sampled_from(
    [
        *(text for _, text, *_ in FOUND),
        *(text for _, text in NOT_FOUND),
        " ",
        "  ",
        "\n",
        "ฯ",
        "่",
        "\u200b",
        "(",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=8).map("".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    doc = language()(text)
    assert doc.text == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    entities = find_entities(text)
    for entity in entities:
        assert entity.text == text[entity.start : entity.end] != ""
        assert entity.label in LABELS
        assert (entity.status is not None) == (entity.label == "AWARD")
    for before, after in pairwise(entities):
        assert before.end <= after.start
    covered = {span.label_ for span in doc.spans["all"]}
    assert {span.label_ for span in doc.ents} <= covered


def test_a_lone_surrogate_keeps_the_offsets() -> None:
    (entity,) = find_entities("\ud800 กรมประมง")
    assert (entity.start, entity.text) == (2, "กรมประมง")
    assert language()("\ud800 กรมประมง").text == "\ufffd กรมประมง"


HOSTILE = [
    "ก",
    "a",
    " ",
    "\n",
    "1",
    "่",
    "นาย ",
    "ผู้อำนวยการกอง",
    "รางวัลเลิศรัฐสาขา",
    "ไม่ได้รับ",
    "อบต.น่าน",
    "A Award ",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.linear
def test_long_texts_take_linear_time(piece: str, length: int) -> None:
    text = (piece * length)[:length]
    assert all(text[entity.start : entity.end] == entity.text for entity in find_entities(text))


def test_to_spacy_carries_the_file() -> None:
    doc = to_spacy(document(PAGE))
    assert doc.text == PAGE
    assert doc.user_data["file"] == "a.pdf"
    assert doc.user_data["sha256"] == "0" * 64
    assert doc.user_data["kind"] == "minutes"


def test_docbin_round_trip() -> None:
    doc = to_spacy(document(PAGE))
    stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (back,) = DocBin().from_bytes(stored).get_docs(language().vocab)

    def facts(one: Doc) -> Iterator[tuple[object, ...]]:
        for span in (*one.ents, *one.spans["all"]):
            yield span.start_char, span.end_char, span.label_, span.id_, span._.status

    assert back.text == doc.text
    assert list(facts(back)) == list(facts(doc))
    assert back.user_data["file"] == "a.pdf"


def test_displacy_renders_the_text() -> None:
    html = render(to_spacy(document("เรียน ผู้ว่าราชการจังหวัดตรัง & คณะ")), style="ent", page=False)
    assert "ผู้ว่าราชการจังหวัดตรัง" in html
    assert "POSITION" in html


def test_the_language_is_thai_without_newmm() -> None:
    assert language().lang == "th"
    assert type(language().tokenizer) is not type(spacy.blank("th").tokenizer)
    assert ThaiLanguage()("อ.ก.พ.ร. เห็นชอบ")[0].text == "อ.ก.พ.ร."


def test_entities_compare_and_hash() -> None:
    entity = Entity(0, 4, "น่าน", "PROVINCE", "น่าน")
    assert {entity} == {Entity(0, 4, "น่าน", "PROVINCE", "น่าน")}


def test_nothing_else_of_ours_imports_spacy() -> None:
    code = (
        "import sys, pipeline.thai, pipeline.cli, classifiers, corpora;"
        "sys.exit('spacy' in sys.modules or 'pipeline.entities' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_doc_has_sentences() -> None:
    doc = to_spacy(document("จังหวัดตรังเปิดศูนย์\nประชาชนใช้บริการได้ทุกวัน"))
    assert [sent.text.strip() for sent in doc.sents] == [
        "จังหวัดตรังเปิดศูนย์",
        "ประชาชนใช้บริการได้ทุกวัน",
    ]
