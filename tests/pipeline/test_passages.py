"""Every word of a document stands in exactly one passage, with what is known of it."""

import datetime as dt
import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents import (
    Document,
    Item,
    Minutes,
    Order,
    Page,
    Passage,
    Proposal,
    Section,
    Span,
    Turn,
)
from pipeline.passages import WORDS, passages
from pipeline.thai import words

TEXT = """ประชุมคณะทำงานน้ำ
๔ เรื่องเพื่อพิจารณา
๔.๑ คลองตื้นเขิน
นายสมชายกล่าวว่า ต้องขุดลอก
มติ เห็นชอบ
๔.๒ ประตูน้ำ
เลิกประชุม"""


def document(text: str) -> Document:
    return Document("a.txt", "ab" * 32, "text/plain", "minutes", (Page(1, text, text, "text"),))


def span(surface: str) -> Span:
    start = TEXT.index(surface)
    return Span(start, start + len(surface))


def turn(speaker: str, position: str, said: str) -> Turn:
    return Turn(speaker, position, said, span(said).start, span(said).end)


def item(no: str, heading: str, last: str, *turns: Turn, **spans: Span) -> Item:
    start, end = TEXT.index(heading) - len(no) - 1, span(last).end
    return Item(no, heading, None, turns, (), start, end, {"heading": span(heading), **spans})


MINUTES = Minutes(
    text=TEXT,
    title="ประชุมคณะทำงานน้ำ",
    meeting_no="3/2568",
    date=dt.date(2025, 3, 28),
    start_time=None,
    end_time=None,
    place_or_medium=None,
    chair=None,
    attendees=(),
    provinces=("น่าน",),
    items=(
        item("4", "เรื่องเพื่อพิจารณา", "เรื่องเพื่อพิจารณา"),
        item(
            "4.1",
            "คลองตื้นเขิน",
            "เห็นชอบ",
            Turn(
                "นายสมชาย ใจดี", "ปลัด", *(lambda s: (s.of(TEXT), s.start, s.end))(span("ต้องขุดลอก"))
            ),
            resolution=span("เห็นชอบ"),
        ),
        item("4.2", "ประตูน้ำ", "ประตูน้ำ"),
    ),
    deadlines=(),
    spans={},
)


def kinds(found: list[Passage]) -> list[tuple[str, str]]:
    return [(passage.kind, passage.text) for passage in found]


def test_turns_and_resolutions_are_passages_with_the_words_that_lead_to_them() -> None:
    found = passages(document(TEXT), MINUTES)
    assert kinds(found) == [
        ("text", "ประชุมคณะทำงานน้ำ"),
        ("item", "๔ เรื่องเพื่อพิจารณา"),
        ("item", "๔.๑ คลองตื้นเขิน"),
        ("turn", "นายสมชายกล่าวว่า ต้องขุดลอก"),
        ("resolution", "มติ เห็นชอบ"),
        ("item", "๔.๒ ประตูน้ำ"),
        ("text", "เลิกประชุม"),
    ]


def test_a_passage_knows_its_meeting_and_the_headings_above_it() -> None:
    said = next(p for p in passages(document(TEXT), MINUTES) if p.kind == "turn")
    assert said.heading == "4 เรื่องเพื่อพิจารณา › 4.1 คลองตื้นเขิน"
    assert (said.speaker, said.position, said.item) == ("นายสมชาย ใจดี", "ปลัด", "4.1")
    assert (said.meeting, said.date, said.provinces) == ("3/2568", dt.date(2025, 3, 28), ("น่าน",))
    assert TEXT[said.start : said.end] == said.text


def test_an_order_inside_a_turn_is_not_found_twice() -> None:
    inside = span("ขุดลอก")
    order = Order("นายสมชาย ใจดี", None, "ขุดลอก", inside.start, inside.end)
    items = tuple(replace(i, orders=(order,)) if i.no == "4.1" else i for i in MINUTES.items)
    assert kinds(passages(document(TEXT), replace(MINUTES, items=items))) == kinds(
        passages(document(TEXT), MINUTES)
    )


def test_the_sections_of_a_proposal() -> None:
    text = "ชื่อโครงการ ฝาย\nวัตถุประสงค์\nเพื่อเก็บน้ำ"
    start = text.index("เพื่อ")
    sections = {"aims": Section("วัตถุประสงค์", start, len(text))}
    parsed = Proposal(text, "ฝาย", "แพร่", None, 2568, sections, (), (), None, None)
    first, last = passages(document(text), parsed)
    assert (first.kind, last.kind, last.heading) == ("text", "section", "วัตถุประสงค์")
    assert (last.title, last.provinces) == ("ฝาย", ("แพร่",))


def test_long_passages_are_cut_at_sentences() -> None:
    sentence = "ที่ประชุมรับทราบแผนการขุดลอกคลองสายหลักของจังหวัด\n"
    found = passages(document(sentence * 60), None)
    assert len(found) > 1
    assert all(len(words(passage.text)) <= WORDS for passage in found)
    assert all(passage.text.endswith("จังหวัด") for passage in found)


@given(st.text(alphabet="กาี่้ ๆ\n.๑4aน", max_size=4000))
def test_nothing_is_lost_and_nothing_stands_twice(text: str) -> None:
    found = passages(document(text), None)
    assert "".join("".join(p.text.split()) for p in found) == "".join(text.split())
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert len({passage.id for passage in found}) == len(found)
