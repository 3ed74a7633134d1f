import datetime as dt
import unicodedata
from pathlib import Path

import pytest

from pipeline.search import Index, Passage, QueryError
from tests.pipeline.search.conftest import PASSAGES, found


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("ข้าว", {"rice"}),  # tone marks tell words apart
        ("ขาว", {"white"}),
        ("ข่าว", {"news"}),
        ("นํ้าท่วม", {"rice"}),  # split sara am
        ("น้ำท่วม", {"rice"}),
        ("1234", {"turn"}),
        ("๑๒๓๔", {"turn"}),
        ("1,234", {"turn"}),
        ("pmqa", {"resolution"}),
        ("เด็ก", {"turn"}),
        ("ก.พ.ร.", {"short", "full"}),
        ("กพร", {"short", "full"}),
        ("คณะกรรมการพัฒนาระบบราชการ", {"short", "full"}),
        ("มี.ค.", set()),  # short for the month behind a number only
        ("จังหวัด", {"turn", "resolution", "rice"}),  # also inside ผู้ว่าราชการจังหวัด
        ("ผวจ.", {"rice"}),
        ('"ท่องเที่ยวชุมชน"', {"turn"}),  # cut as การท่องเที่ยว|ชุมชน
        ('"ชุมชนท่องเที่ยว"', set()),
        ("จังหวัด -PMQA", {"turn", "rice"}),
        ("จังหวัด -ผู้ว่าราชการจังหวัด", {"turn", "resolution"}),
    ],
)
def test_what_matches_what(index: Index, query: str, right: set[str]) -> None:
    assert found(index, query) == right


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("ผู้พูด:สมชาย", {"turn"}),
        ("speaker:เลขาธิการ", {"turn"}),
        ("จังหวัด:จังหวัดน่าน", {"resolution"}),
        ("จังหวัด:สุราษฎร์ฯ ชาวนา", set()),
        ("วาระ:3", {"turn", "resolution"}),
        ("วาระ:3.1", {"turn"}),
        ("วาระ:พิจารณา", set()),
        ("วาระ:เรื่องเพื่อพิจารณา", {"turn"}),
        ("หัวข้อ:pmqa", {"turn", "resolution"}),
        ("หัวข้อ:tourism หัวข้อ:pmqa", {"turn", "resolution"}),
        ("ชนิด:มติ", {"resolution"}),
        ("การประชุม:๓/๒๕๖๕", {"turn", "resolution"}),
        ("ปีงบ:2565", {"turn", "resolution", "full"}),
        ("ปีงบ:๖๔", {"short"}),
        ("ปี:2564", {"short", "full"}),
        ("วันที่:2022-03", {"turn", "resolution"}),
        ("ตั้งแต่:1/10/2564", {"turn", "resolution", "full"}),
        ("until:2021-09-30", {"short"}),
        ("วันที่:2564-09-01..2564-10-31 ประเมิน", {"short"}),
    ],
)
def test_filters_in_the_query(index: Index, query: str, right: set[str]) -> None:
    assert found(index, query) == right


def test_filters_as_options(index: Index) -> None:
    assert found(index, "จังหวัด", resolution=True) == {"resolution"}
    assert found(index, "จังหวัด", topic=["tourism"], province="สุราษฎร์ธานี") == {"turn"}
    assert found(index, "", since=dt.date(2022, 1, 1), speaker="สมชาย") == {"turn"}
    assert found(index, "", fiscal_year=2564) == {"short"}
    assert found(index, "จังหวัด หัวข้อ:pmqa", kind="turn") == {"turn"}
    with pytest.raises(TypeError, match="fiscal_year"):
        index.search("จังหวัด", year=2564)


@pytest.mark.parametrize("value", ["pmqa", "PMQA", "พัฒนาคุณภาพการบริหารจัดการภาครัฐ (PMQA)"])
def test_a_topic_goes_by_its_code_and_its_thai_names(index: Index, value: str) -> None:
    assert found(index, "", topic=value) == {"turn", "resolution"}


def test_a_known_topic_without_passages_finds_nothing_not_its_neighbours(index: Index) -> None:
    index.add([Passage("data", "ข้อมูลเปิดภาครัฐ", topics=("open_data", "ของเราเอง"))])
    assert found(index, "", topic="open") == set()
    assert found(index, "", topic="ราชการระบบเปิด") == set()
    assert found(index, "", topic="ของเรา") == {"data"}, "a topic of the index's own"


@pytest.mark.parametrize(
    ("name", "value", "thai", "english"),
    [
        ("province", "ขอนแกน", "ไม่มีจังหวัดชื่อ ขอนแกน หมายถึง ขอนแก่น หรือไม่", "did you mean ขอนแก่น?"),
        ("topic", "ขยะ", "ไม่มีหัวข้อชื่อ ขยะ โปรดใช้ poverty (ขจัดความยากจน)", "Use one of poverty"),
        ("topic", "foo", "environment (สิ่งแวดล้อม)", "there is no topic foo. Use one of"),
        ("topic", "enviroment", "หมายถึง environment (สิ่งแวดล้อม) หรือไม่", "environment (สิ่งแวดล้อม)?"),
        ("topic", "ท่องเที่ยว", "หมายถึง tourism (ท่องเที่ยวโดยชุมชน) หรือไม่", "did you mean tourism"),
        ("kind", "resolutoin", "หมายถึง resolution หรือไม่", "did you mean resolution?"),
        ("document_kind", "minute", "หมายถึง minutes หรือไม่", "did you mean minutes?"),
        ("province", "ก" * 20_000, "ไม่มีจังหวัดชื่อ " + "ก" * 60 + " โปรดใช้", "Use a full name"),
    ],
)
def test_a_filter_that_cannot_match_is_refused_with_the_nearest_choice(
    index: Index, name: str, value: str, thai: str, english: str
) -> None:
    with pytest.raises(QueryError) as caught:
        index.search("จังหวัด", **{name: value})  # type: ignore[arg-type]
    assert thai in caught.value.thai
    assert english in caught.value.english


def test_an_empty_period_of_options_is_told_in_the_era_of_the_reader(index: Index) -> None:
    with pytest.raises(QueryError) as caught:
        index.search("", since="1/10/2567", until="2024-09-30")
    assert "เริ่ม 1/10/2567 หลังสิ้นสุด 30/9/2567" in caught.value.thai
    assert "2024-10-01 is after 2024-09-30" in caught.value.english


def test_the_chair_is_found_as_such_in_every_turn_of_theirs(index: Index) -> None:
    said = {
        "led": ("d9", "นายก กล้า", "นายอำเภอ", "ประธานแจ้งว่า น้ำลดแล้ว"),
        "again": ("d9", "นายก กล้า", "นายอำเภอ", "นายก กล้า กล่าวปิดประชุม"),
        "post": ("d9", "นายข ขยัน", "ประธานหอการค้า", "ประธานหอการค้าเสนอว่า ให้จัดตลาด"),
        "member": ("d9", "นางค คิด", "เกษตรอำเภอ", "เกษตรอำเภอรายงานว่า ข้าวโตดี"),
        "elsewhere": ("d10", "นายก กล้า", "นายอำเภอ", "นายก กล้า ถามเรื่องถนน"),
    }
    index.add(
        Passage(id=i, text=text, document=sha, kind="turn", speaker=who, position=post)
        for i, (sha, who, post, text) in said.items()
    )
    assert found(index, "ผู้พูด:ประธาน") == {"led", "again", "post"}
    assert found(index, "", speaker="ประธานหอการค้า") == {"post"}
    [hit] = index.search("น้ำลด", speaker="ประธาน")
    assert hit.passage.position == "นายอำเภอ", "it is shown as it was"


def test_a_question_in_plain_words(index: Index) -> None:
    hits = index.search("ใครสั่งการเรื่อง PMQA ถึงจังหวัดเมื่อไร")
    assert hits[0].passage == PASSAGES[1]
    marked = [span.of(hits[0].passage.text) for span in hits[0].highlights]
    assert marked == ["จังหวัด", "PMQA"]  # not ถึง, not เรื่อง


def test_function_words_alone_still_find(index: Index) -> None:
    assert found(index, "ของ") == {"news"}


@pytest.mark.parametrize(
    "query", ["ข้าว", "น้ำท่วม", "1234", "ก.พ.ร.", "จังหวัด", "ผวจ.", '"ท่องเที่ยวชุมชน"']
)
def test_highlights_stand_in_the_original_on_whole_letters(index: Index, query: str) -> None:
    for hit in index.search(query):
        text = hit.passage.text
        assert hit.highlights
        ends = [0, *(end for span in hit.highlights for end in (span.start, span.end)), len(text)]
        assert ends == sorted(ends)
        for span in hit.highlights:
            assert span.of(text).strip()
            after = text[span.end : span.end + 1]
            assert not after or unicodedata.category(after) != "Mn"
            assert after != "ำ"


def test_offsets_hold_in_text_that_is_not_normalized(index: Index) -> None:
    text = "ห้องนํ้า\u200b และ ทํางาน ของเเม่"
    index.add([Passage("odd", text)])
    for query, marked in (("ทำงาน", "ทํางาน"), ("แม่", "เเม่")):
        (hit,) = index.search(query)
        assert [span.of(hit.passage.text) for span in hit.highlights] == [marked]


def test_headings_find_a_passage_and_weigh_more(index: Index) -> None:
    index.add([Passage("a", "งบลงทุน", title="ถนน"), Passage("b", "ซ่อมถนนและสะพานในตำบล")])
    assert [hit.passage.id for hit in index.search("ถนน")] == ["a", "b"]


def test_facets_count_all_that_matches(index: Index) -> None:
    results = index.find("จังหวัด", limit=1)
    assert results.total == 3
    assert len(results.hits) == 1
    assert results.facets["topic"] == {"PMQA": 2, "tourism": 1}
    assert results.facets["province"] == {"น่าน": 1, "สุราษฎร์ธานี": 1, "แพร่": 1}
    assert results.facets["fiscal_year"] == {"2565": 2}
    assert results.facets["speaker"] == {"นายสมชาย ใจดี": 1}
    assert results.took_ms > 0


def test_order_by_date(index: Index) -> None:
    hits = index.search("ประเมิน", sort="date")
    assert [hit.passage.id for hit in hits] == ["resolution", "short"]


def test_pages_are_stable_and_apart(index: Index) -> None:
    index.add(Passage(f"p{n:03}", f"โครงการถนนสายที่ {n} ของหมู่บ้าน") for n in range(95))
    whole = [hit.passage.id for hit in index.search("ถนน หมู่บ้าน", limit=200)]
    pages = [
        hit.passage.id
        for offset in range(0, 100, 7)
        for hit in index.search("ถนน หมู่บ้าน", limit=7, offset=offset)
    ]
    assert len(set(whole)) == 95
    assert pages == whole
    assert index.find("ถนน หมู่บ้าน").total == 95


def test_misspelled_words_get_a_suggestion(index: Index) -> None:
    assert index.find("ท้องถิน").suggestion == "ท้องถิ่น"
    assert index.find("ปรเมิน PMQA").suggestion == "ประเมิน PMQA"
    assert index.find("จังหวัด ประเมิน").suggestion is None


def test_similar_passages(index: Index) -> None:
    index.add([Passage("again", "ที่ประชุมมีมติให้จังหวัดประเมินเกณฑ์ PMQA อีกครั้ง")])
    assert index.similar("resolution")[0].passage.id == "again"
    assert index.similar("nothing") == []


def test_words_too_long_for_a_filter_by_bytes_are_found(index: Index) -> None:
    word = "ศูนย์อำนวยการขจัดความยากจนและพัฒนาคนทุกช่วงวัย" * 3
    index.add([Passage("long", f"A{'x' * 200} {word}")])
    assert found(index, "A" + "X" * 200) == {"long"}
    assert found(index, f'"{word}"') == {"long"}


def test_a_compound_that_stands_nowhere_is_found_by_its_words(tmp_path: Path) -> None:
    index = Index.create(tmp_path)
    index.add([Passage("poor", "ครัวเรือนที่ยากจนที่สุด"), Passage("road", "ซ่อมถนนในหมู่บ้าน")])
    assert found(index, "ครัวเรือนยากจน") == {"poor"}
    index.add([Passage("whole", "ครัวเรือนยากจนในอำเภอ")])
    assert found(index, "ครัวเรือนยากจน") == {"whole"}
