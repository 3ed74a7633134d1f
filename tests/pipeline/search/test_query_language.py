import contextlib
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.search import Hit, Index, QueryError
from pipeline.search.query_language import FIELDS, parse
from pipeline.search.values import Clause


def test_the_parts_of_a_query() -> None:
    parsed = parse('ท่องเที่ยว "แผน จังหวัด" -งบ -"ปี ก่อน" ผู้พูด:"สมชาย ใจดี" เวลา10:30 ปีงบ:2568')
    assert parsed.words == "ท่องเที่ยว เวลา10:30"
    assert parsed.clauses == (
        Clause("แผน จังหวัด", wanted=True, exact=True),
        Clause("งบ", wanted=False, exact=False),
        Clause("ปี ก่อน", wanted=False, exact=True),
    )
    assert parsed.filters.speaker == ("สมชาย ใจดี",)
    assert parsed.filters.fiscal_year == (2568,)


@pytest.mark.parametrize(
    ("query", "since", "until"),
    [
        ("ปี:2565", (2022, 1, 1), (2022, 12, 31)),
        ("date:2565-02", (2022, 2, 1), (2022, 2, 28)),
        ("วันที่:17/3/2565", (2022, 3, 17), (2022, 3, 17)),
        ("since:2022-03-17 until:2565", (2022, 3, 17), (2022, 12, 31)),
        ("วันที่:2564..2565", (2021, 1, 1), (2022, 12, 31)),
        ("วันที่:..2565-03", None, (2022, 3, 31)),
        ("ปี:2565 วันที่:12/2565", (2022, 12, 1), (2022, 12, 31)),
    ],
)
def test_dates_in_both_eras(
    query: str, since: tuple[int, ...] | None, until: tuple[int, ...]
) -> None:
    filters = parse(query).filters
    assert filters.since == (dt.date(*since) if since else None)
    assert filters.until == dt.date(*until)


@pytest.mark.parametrize(
    ("query", "remedy"),
    [
        ('"ไม่ปิด', "remove the mark"),
        ("ผู้พูก:สมชาย", "use ผู้พูด:สมชาย"),
        ("provnce:น่าน", "use province:น่าน"),
        ("since:เมื่อวาน", "Write since:2022-03-17"),
        ("date:2565-13", "Write date:"),
        ("ปีงบ:5", "ปีงบ:2568"),
        ("-จังหวัด:น่าน", "Put - before a word"),
        ("ชนิด:นิทาน", "Use one of"),
        ("since:2566 until:2565", "Swap the dates"),
        ('ผู้พูด:" "', "ผู้พูด:"),
        ("จังหวัด:น่านน", "there is no province น่านน: did you mean น่าน?"),
        ("จังหวัด:ขอนแกน", "did you mean ขอนแก่น?"),
        ("จังหวัด:สมุทร", "did you mean สมุทรปราการ or สมุทรสงคราม or สมุทรสาคร?"),
        ("จังหวัด:ดาวอังคาร", "Use a full name, as in ขอนแก่น"),
        ("จังหวัด: น่าน", "no space behind the colon"),
        ("ผู้พูด: สมชาย", 'as in ผู้พูด:"สมชาย ใจดี"'),
        ("งบประมาณ meeting:", 'as in meeting:"คำ อีกคำ"'),
        ("ชนิด:คำพูก", "did you mean คำพูด?"),
        ("ประเภท:พงศาวดาร", "Use one of proposal minutes other"),
    ],
)
def test_a_wrong_query_says_how_to_write_it(query: str, remedy: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert remedy in caught.value.english
    assert caught.value.thai


@pytest.mark.parametrize(
    ("query", "typed"),
    [
        ("since:2566 until:2565", "since:2566 until:2565"),
        ("ตั้งแต่:1/10/2567 น้ำ ถึง:30/9/2567", "ตั้งแต่:1/10/2567 ถึง:30/9/2567"),
        ("ปี:2565 วันที่:2566-01", "ปี:2565 วันที่:2566-01"),
    ],
)
def test_an_empty_period_is_repeated_as_it_was_typed(query: str, typed: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert f"ช่วงวันที่ว่าง: {typed} โปรดสลับวันที่" in caught.value.thai
    assert typed in caught.value.english


def test_colons_of_ordinary_text_are_no_filters() -> None:
    for text in (
        "https://www.opdc.go.th/a?b=c",
        "เวลา 09:30 น.",
        "หมายเหตุ:ไม่มี",
        "เรื่อง: แจ้ง",
        ":",
        "::",
    ):
        assert parse(text).words == text


_PARTS = st.sampled_from(
    [name + ":" for names in FIELDS.values() for name in names]
    + ['"', "-", " ", "..", "ก", "ำ", "2565"]
)
_QUERIES = st.lists(st.one_of(_PARTS, st.text(max_size=5)), max_size=12).map("".join)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Index:
    from tests.pipeline.search.conftest import PASSAGES

    index = Index.create(tmp_path_factory.mktemp("small") / "index")
    index.add(PASSAGES)
    return index


def hits_unless_refused(index: Index, query: str) -> tuple[Hit, ...]:
    with contextlib.suppress(QueryError):
        return index.find(query).hits
    return ()


@given(query=_QUERIES)
@settings(
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_string_is_answered_or_refused_in_words(small: Index, query: str) -> None:
    for hit in hits_unless_refused(small, query):
        assert all(0 <= s.start < s.end <= len(hit.passage.text) for s in hit.highlights)


@pytest.mark.parametrize(
    "piece", ["ก", "กำ", '"', "a:", "-", "ำ", "1", "จังหวัด:", "ๆ", "'\\(", "1..", "่"]
)
def test_long_queries_take_linear_time(small: Index, piece: str) -> None:
    hits_unless_refused(small, piece * (20_000 // len(piece)))


def test_an_index_answers_after_any_query(small: Index, tmp_path: Path) -> None:
    assert small.search("ข้าว", limit=0) == []
    assert small.search("ข้าว", offset=5) == []
    assert Index.create(tmp_path / "empty").search("ข้าว") == []
