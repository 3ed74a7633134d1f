import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.proposals.headings import SECTIONS
from pipeline.proposals.sections import find_headings, find_sections


def section(text: str, code: str) -> str:
    found = find_sections(text, find_headings(text))[code]
    return text[found.start : found.end]


@pytest.mark.parametrize(
    "line",
    [
        "หลักการและเหตุผล",
        "1. หลักการและเหตุผล",
        "๑. หลักการและเหตุผล",
        "๑) หลักการและเหตุผล",
        "(1) หลักการและเหตุผล",
        "ข้อ ๑ หลักการและเหตุผล",
        "1.1 หลักการและเหตุผล",
        "ก. หลักการและเหตุผล",
        "## หลักการและเหตุผล",
        "**หลักการและเหตุผล**",
        "[หลักการและเหตุผล]",
        "• หลักการและเหตุผล :",
        "   หลักการและเหตุผล -",
        "หลักการและเหตผล",
        "หลักการและเหตุผลล",
        "หลักการและเหตุผลของโครงการ",
        "สภาพปัญหา",
        "Background",
        "PROBLEM STATEMENT",
        "Q3 ปัญหา:",
    ],
)
def test_heading_forms_open_the_rationale(line: str) -> None:
    assert section(f"{line}\nน้ำท่วมทุกปี\nงบประมาณ 5,000 บาท", "rationale") == "น้ำท่วมทุกปี"


@pytest.mark.parametrize("gap", [" : ", ":", "\t", " | ", "  ", " - ", " — ", "="])
def test_body_may_stand_on_the_line_of_its_heading(gap: str) -> None:
    assert section(f"วัตถุประสงค์{gap}เพื่อลดขยะ\nหมายเหตุ อื่น ๆ", "objectives") == "เพื่อลดขยะ"


@pytest.mark.parametrize(
    "line",
    [
        "เป้าหมายคือสัญญาที่มีผู้เสนอราคาสามราย",
        "เงินเดือนออกช้า",
        "ผลไม้เสียเดือนละตัน",
        "ปัญหาแต่ละหมู่บ้านไม่เหมือนกัน",
        "ที่มาของน้ำไม่แน่นอน",
    ],
)
def test_a_sentence_that_begins_with_a_short_heading_word_is_none(line: str) -> None:
    assert find_headings(line) == []


def test_each_section_ends_where_the_next_heading_stands() -> None:
    text = "๑. ชื่อเรื่อง ก้าวเดิน\n๒. วัตถุประสงค์\nเพื่อเดิน\nเพื่อวิ่ง\n๓. ตัวชี้วัด ก้าวละวัน\nจึงเรียนมาเพื่อทราบ"
    assert section(text, "title") == "ก้าวเดิน"
    assert section(text, "objectives").splitlines()[:2] == ["เพื่อเดิน", "เพื่อวิ่ง"]
    assert section(text, "indicators") == "ก้าวละวัน"


@pytest.mark.parametrize(
    "line",
    [
        "๔. การขยายเครือข่ายไปต่างอำเภอ",
        "จึงเรียนมาเพื่อโปรดพิจารณา และสั่งการต่อไป",
        "เสนอ ณ วันที่ ๓ เมษายน ๒๕๖๘",
        "ยื่นข้อเสนอเมื่อวันที่ ๓ เมษายน ๒๕๖๘",
        "ข้อพิจารณา",
        "การติดตามประเมินผล",
    ],
)
def test_the_next_number_or_a_closing_line_ends_a_section(line: str) -> None:
    text = f"๓. งบประมาณ ๙,๐๐๐ บาท\n๓.๑ ค่าไม้\n๓.๒ ค่าผ้า\n{line}\nข้อความต่อ"
    assert section(text, "budget") == "๙,๐๐๐ บาท\n๓.๑ ค่าไม้\n๓.๒ ค่าผ้า"


@pytest.mark.parametrize(
    "items", ["๑. ก่อ\n๒. ฉาบ\n๓. ทา", "1) ก่อ\n2) ฉาบ\n3) ทา", "- ก่อ\n- ฉาบ\n๒) ทา"]
)
def test_a_list_below_a_heading_does_not_end_its_section(items: str) -> None:
    assert section(f"๑. กิจกรรม\n{items}", "activities") == items


def test_a_cover_line_is_no_heading_but_one_after_a_section_is() -> None:
    assert find_headings("ข้อเสนอ\nเตาไร้ควัน") == []
    assert section("ปัญหา: ควัน\nข้อเสนอ\nเปลี่ยนเตา", "activities") == "เปลี่ยนเตา"


def test_an_empty_section_gives_way_to_a_later_one_with_a_body() -> None:
    assert section("งบประมาณ\nตัวชี้วัด ก\nงบประมาณ 3,000 บาท", "budget") == "3,000 บาท"


def test_a_section_left_open_gives_way_to_a_later_answer() -> None:
    assert section("ตัวชี้วัด ........\nงบประมาณ -\nตัวชี้วัด ควันลด", "indicators") == "ควันลด"


def test_every_name_is_the_heading_of_its_own_section() -> None:
    for code, rule in SECTIONS.items():
        for name in rule.long + rule.short:
            found = find_sections(f"{name}: ก", find_headings(f"{name}: ก"))
            assert list(found) == [code], name
            assert found[code].heading == name


@given(st.text(alphabet="กเ้ำ๑1. ()|:-\t\nชื่อเรื่องงบประมาณ", max_size=300))
def test_spans_are_exact_and_in_order(text: str) -> None:
    headings = find_headings(text)
    assert all(0 <= h.start < h.end <= h.body <= len(text) for h in headings)
    assert [h.start for h in headings] == sorted(h.start for h in headings)
    for code, found in find_sections(text, headings).items():
        assert code in SECTIONS
        assert found.heading in text
        body = text[found.start : found.end]
        assert body == body.strip()
