from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
import vl_convert

from classifiers import ProposalTagger, compare, plots, simulate
from classifiers.evaluation import evaluate
from corpora import load_taxonomy

PASSAGES = pd.DataFrame(
    {"topics": [("poverty", "budget"), (), ("poverty",)], "kind": ["turn", "turn", "resolution"]}
)


@pytest.fixture(scope="module")
def charts(tagger: ProposalTagger, proposals: pd.DataFrame, unseen: pd.DataFrame) -> dict[str, Any]:
    report = evaluate(tagger, unseen.head(80))
    points = [{"examples": n, "agenda": n / 200, "mode": n / 300} for n in (50, 100)]
    curve = simulate(proposals, seeds=range(2), batch=60)
    return {
        "class_balance": plots.class_balance(proposals),
        "grid": plots.grid(proposals),
        "confusion": plots.confusion(report),
        "calibration": plots.calibration(report),
        "coverage": plots.coverage(report),
        "learning_curve": plots.learning_curve(points),
        "active_learning": plots.active_learning(curve),
        "comparison": plots.comparison(compare(tagger, tagger, unseen.head(40))),
        "lengths": plots.lengths(proposals.assign(words=proposals["text"].str.len())),
        "passage_topics": plots.passage_topics(PASSAGES),
    }


NAMES = (
    *("class_balance", "grid", "confusion", "calibration"),
    *("coverage", "learning_curve", "active_learning", "comparison"),
    *("lengths", "passage_topics"),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_says_what_it_shows_and_whence(charts: dict[str, Any], name: str) -> None:
    spec = charts[name].to_dict()
    assert any("฀" <= letter <= "๿" for letter in spec["title"]["text"])
    assert spec["title"]["subtitle"][0]
    assert "Noto Sans Thai" in spec["config"]["font"]


@pytest.mark.parametrize("name", NAMES)
def test_every_axis_has_a_title_in_both_languages(charts: dict[str, Any], name: str) -> None:
    def titles(node: Any) -> list[Any]:
        if isinstance(node, list):
            return [title for one in node for title in titles(one)]
        if not isinstance(node, dict):
            return []
        own = [
            node["encoding"][a]["title"]
            for a in "xy"
            if "title" in node.get("encoding", {}).get(a, {})
        ]
        return own + [t for key, one in node.items() if key != "datasets" for t in titles(one)]

    found = [title for title in titles(charts[name].to_dict()) if title]
    assert found
    assert all("(" in title or title == "macro-F1" for title in found)


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_is_drawn_with_thai_left_whole(charts: dict[str, Any], name: str) -> None:
    svg = vl_convert.vegalite_to_svg(charts[name].to_json())
    assert charts[name].to_dict()["title"]["text"] in svg


def test_a_picture_gives_sara_am_its_place() -> None:
    drawn = plots.drawable("<text>น้ำ คำ บ้าน</text>")
    assert drawn == "<text>น\u0e4d\u0e49\u0e32 ค\u0e4d\u0e32 บ้าน</text>"


def test_a_chart_becomes_a_picture(charts: dict[str, Any]) -> None:
    svg = vl_convert.vegalite_to_svg(charts["grid"].to_json())
    assert plots.png(svg).startswith(b"\x89PNG")


def test_labels_are_named_in_thai_from_the_taxonomy(charts: dict[str, Any]) -> None:
    svg = vl_convert.vegalite_to_svg(charts["grid"].to_json())
    labels = load_taxonomy()
    assert all(label.short_th in svg for label in (*labels.agendas, *labels.modes))


def test_counts_are_those_of_the_table(charts: dict[str, Any], proposals: pd.DataFrame) -> None:
    datasets = json.loads(charts["grid"].to_json())["datasets"].values()
    assert sum(cell["n"] for data in datasets for cell in data) == len(proposals)


def test_the_source_can_be_said(proposals: pd.DataFrame) -> None:
    make: Callable[..., Any] = plots.grid
    assert make(proposals, source="ที่มา: ทดสอบ").to_dict()["title"]["subtitle"] == ["ที่มา: ทดสอบ"]


def test_a_passage_counts_under_each_of_its_topics(charts: dict[str, Any]) -> None:
    [cells] = json.loads(charts["passage_topics"].to_json())["datasets"].values()
    poverty = next(
        label.short_th for label in load_taxonomy().passage_topics if label.code == "poverty"
    )
    assert sum(cell["n"] for cell in cells) == 3
    assert {c["kind"]: c["n"] for c in cells if c["topic"] == poverty} == {
        "turn": 1,
        "resolution": 1,
    }
