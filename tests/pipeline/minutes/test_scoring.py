from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpora import corpus_digest, load_minutes
from pipeline.documents import Attendee, Deadline, Item, Minutes, Person, Turn
from pipeline.minutes import scoring
from pipeline.minutes.scoring import score, score_text
from pipeline.minutes.scoring.__main__ import main
from pipeline.minutes.scoring.counts import Count, Miss, total

FLOORS = json.loads(Path(scoring.__file__).with_name("floors.json").read_text("utf-8"))

TEXT = "ประธานแจ้งว่า น้ำเต็มเขื่อนแล้ว ให้ส่งแผนภายใน ๗ วัน และให้รายงานภายใน ๗ วัน"
WATER = Turn("นายชาติ ใจดี", "นายอำเภอ", "น้ำเต็มเขื่อนแล้ว", 14, 31)
PLAN = Deadline(dt.date(2025, 3, 8), "ส่งแผน", None, "ให้ส่งแผนภายใน ๗ วัน", 32, 52)
MINUTES = Minutes(
    text=TEXT,
    title="รายงานการประชุม  ครั้งที่ ๑",
    meeting_no="1/2568",
    date=dt.date(2025, 3, 1),
    start_time=dt.time(9, 30),
    end_time=None,
    place_or_medium=None,
    chair=Person("นายชาติ ใจดี", "นายอำเภอ"),
    attendees=(Attendee("นายชาติ ใจดี", "นายอำเภอ", "present", 0, 0),),
    provinces=("แพร่", "น่าน"),
    items=(Item("1", "เรื่องแจ้ง", "รับทราบ", (WATER,), (), 0, 31, {}),),
    deadlines=(PLAN,),
    spans={},
)
GOLD: dict[str, Any] = {
    "title": "รายงานการประชุม ครั้งที่ 1",
    "meeting_no": "๑ / ๒๕๖๘",
    "date": "2025-03-01",
    "start_time": "09:30",
    "end_time": None,
    "place_or_medium": None,
    "chair": {"name": "นายชาติ ใจดี", "position": "นายอำเภอ"},
    "attendees": [{"name": "นายชาติ ใจดี", "position": "นายอำเภอ", "group": "present"}],
    "provinces": ["น่าน", "แพร่"],
    "items": [
        {
            "no": "1",
            "heading": "เรื่องแจ้ง",
            "resolution": "รับทราบ",
            "turns": [{"speaker": "นายชาติ ใจดี", "position": None, "text": "น้ำเต็มเขื่อนแล้ว"}],
        }
    ],
    "deadlines": [{"date": "2025-03-08", "what": "", "quote": "ส่งแผนภายใน ๗ วัน"}],
}


def wrong(minutes: Minutes) -> dict[str, Count]:
    """The counts of the fields that are not all right."""
    counts = score(minutes, GOLD).counts
    return {field: count for field, count in counts.items() if count.f1 < 1}


def test_the_same_structure_is_right_in_spite_of_spaces_digits_and_order() -> None:
    assert wrong(MINUTES) == {}
    assert score(MINUTES, GOLD).misses == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", None),
        ("meeting_no", "1/2567"),
        ("date", None),
        ("start_time", dt.time(9)),
        ("end_time", dt.time(9)),
        ("place_or_medium", "ห้องประชุม"),
        ("provinces", ("แพร่",)),
    ],
)
def test_a_field_of_the_header_is_right_or_wrong(field: str, value: object) -> None:
    assert wrong(replace(MINUTES, **{field: value})) == {field: Count(0, 1, 1)}  # type: ignore[arg-type]


def test_name_and_position_of_the_chair_count_apart() -> None:
    changed = replace(MINUTES, chair=Person("นายชาติ ใจดี", "ปลัดอำเภอ"))
    assert list(wrong(changed)) == ["chair_position"]
    assert list(wrong(replace(MINUTES, chair=None))) == ["chair_name", "chair_position"]


def test_an_attendee_is_name_and_group_and_the_position_counts_among_those_found() -> None:
    (attendee,) = MINUTES.attendees
    absent = replace(MINUTES, attendees=(replace(attendee, group="absent"),))
    assert wrong(absent) == {"attendees": Count(0, 1, 1)}
    twice = replace(MINUTES, attendees=(replace(attendee, position=None), attendee))
    assert wrong(twice) == {"attendees": Count(1, 1, 2), "attendee_positions": Count(0, 1, 1)}


def test_a_resolution_belongs_to_its_item() -> None:
    (item,) = MINUTES.items
    moved = replace(MINUTES, items=(replace(item, no="2"),))
    assert list(wrong(moved)) == ["items", "resolutions", "resolutions_lenient"]
    longer = replace(MINUTES, items=(replace(item, resolution="รับทราบ.."),))
    assert list(wrong(longer)) == ["resolutions"]


def test_a_turn_is_its_speaker_and_four_fifths_of_its_text() -> None:
    def said(*turns: Turn) -> Minutes:
        return replace(MINUTES, items=(replace(MINUTES.items[0], turns=turns),))

    assert wrong(said(replace(WATER, text="น้ำเต็มเขื่อน"))) == {}
    assert list(wrong(said(replace(WATER, text="น้ำเต็ม")))) == ["turns", "turns_without_speaker"]
    other = replace(WATER, speaker="ประธาน")
    assert wrong(said(other)) == {"turns": Count(0, 1, 1)}
    assert wrong(said(other, WATER))["turns"] == Count(1, 1, 2)


def test_every_letter_of_a_long_turn_counts() -> None:
    # difflib leaves out the letters that are frequent in a text of 200, unless it is told not to.
    turn = replace(WATER, text=WATER.text * 30)
    (item,) = MINUTES.items
    gold = {**GOLD["items"][0], "turns": [{"speaker": turn.speaker, "text": "ครับ" + turn.text}]}
    found = score(replace(MINUTES, items=(replace(item, turns=(turn,)),)), GOLD | {"items": [gold]})
    assert found.counts["turns"] == Count(1, 1, 1)


def test_a_deadline_is_its_date_and_a_quote_that_overlaps() -> None:
    apart = replace(MINUTES, deadlines=(replace(PLAN, start=53, end=75),))
    assert wrong(apart) == {"deadlines": Count(0, 1, 1)}
    later = replace(MINUTES, deadlines=(replace(PLAN, date=dt.date(2025, 3, 9)),))
    assert list(wrong(later)) == ["deadlines", "deadlines_by_date"]


def test_a_total_weighs_every_value_the_same() -> None:
    none = score(replace(MINUTES, attendees=()), GOLD)
    both = total([none, score(MINUTES, GOLD)])
    assert both.counts["attendees"] == Count(1, 2, 1)
    assert both.counts["attendees"].f1 == pytest.approx(2 / 3)
    assert both.misses == (Miss("attendees", "('นายชาติ ใจดี', 'present', 'นายอำเภอ')", ""),)


def test_nothing_wanted_and_nothing_read_is_right() -> None:
    assert Count().f1 == Count().precision == Count().recall == 1


def test_the_command_prints_table_and_misses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "one.jsonl"
    line = {"id": "A1", "text": "รายงานการประชุมทีมน้ำ", "gold": {"title": "รายงานการประชุมทีมดิน"}}
    file.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    main([str(file), "--misses"])
    shown = capsys.readouterr().out
    assert "A1 title\n  wanted: รายงานการประชุมทีมดิน\n  got:    รายงานการประชุมทีมน้ำ" in shown
    assert "deadlines" in shown


def test_the_floors_are_those_of_this_corpus() -> None:
    assert corpus_digest(load_minutes()) == FLOORS["digest"]


@pytest.mark.parametrize("part", ["train", "test"])
def test_no_field_is_below_its_floor(part: str) -> None:
    rows = load_minutes(part=part).to_dict("records")
    counts = total(score_text(row["text"], row["gold"]) for row in rows).counts
    assert counts.keys() == FLOORS[part].keys()
    measured = {field: (round(count.f1, 4), FLOORS[part][field]) for field, count in counts.items()}
    assert {field: pair for field, pair in measured.items() if pair[0] < pair[1]} == {}
