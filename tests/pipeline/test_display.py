"""What a notebook shows: everything of a document escaped, evidence where it stands."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from classifiers import ProposalTagger
from corpora import load_taxonomy
from pipeline import read
from pipeline.display import HTML, enable, show, to_frame
from pipeline.display.html import thai_date
from pipeline.documents import Document, Evidence, Minutes, Page, Passage, Span, Tagging
from pipeline.errors import UsageError
from pipeline.minutes import parse_minutes
from pipeline.search import Hit, Results

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
EVIL = '<script>alert("x")</script>'
TEXT = f"น้ำท่วมตลาดทุกปี\nจังหวัดติดเซนเซอร์ ๔๐ จุด {EVIL} แล้วเปิดข้อมูลให้ประชาชน"
PASSAGE = Passage(
    "p1", TEXT, title=EVIL, speaker="นายกอ", date=dt.date(2021, 12, 17), topics=("poverty",)
)
HIT = Hit(PASSAGE, 1.5, (Span(0, 7), Span(17, 24)))


def tagging(*evidence: tuple[int, int, str]) -> Tagging:
    return Tagging(
        agenda="environment",
        agenda_probs={"environment": 0.9, "poverty": 0.1},
        mode="digital",
        modes=("digital", "open"),
        mode_probs={"digital": 0.999, "open": 0.001},
        award_scaleup=False,
        award_prob=0.02,
        needs_review=True,
        reasons=(EVIL,),
        evidence=tuple(Evidence(s, e, TEXT[s:e], label, 1.0) for s, e, label in evidence),
    )


class Markup(HTMLParser):
    """The tags and the letters of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.letters = ""
        self.feed(html)

    def handle_starttag(self, tag: str, _attrs: Any) -> None:  # type: ignore[override]
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.letters += data


@pytest.fixture(scope="module")
def minutes() -> Minutes:
    return parse_minutes(read(SAMPLES / "08-minutes-chachoengsao.pdf"))


DOCUMENT = Document(
    EVIL, "ab", "text/plain", "proposal", (Page(1, TEXT, TEXT, "text"),), (), (EVIL,)
)
RESULTS = Results(EVIL, 1, 0.5, {}, (HIT,), EVIL)


@pytest.mark.parametrize("value", [tagging((0, 7, "environment")), DOCUMENT, HIT, RESULTS])
def test_nothing_of_a_document_becomes_markup(value: Any) -> None:
    page = Markup(show(value).html)
    assert "script" not in page.tags
    assert EVIL in page.letters


def test_the_text_of_a_document_is_whole() -> None:
    assert TEXT in Markup(show(DOCUMENT).html).letters


def test_evidence_is_marked_where_it_stands() -> None:
    html = show(tagging((0, 16, "environment"), (17, 40, "digital")), TEXT).html
    marked = re.findall(r"<mark.*?>(.*?)<span.*?>(.*?)</span>", html, re.DOTALL)
    found = [(unescape(quote).strip(), label.strip()) for quote, label in marked]
    assert found == [(TEXT[0:16], "สิ่งแวดล้อม"), (TEXT[17:40], "ดิจิทัล")]
    assert "script" not in Markup(html).tags


def test_where_quotes_overlap_both_labels_stand() -> None:
    html = show(tagging((0, 16, "environment"), (7, 16, "digital")), TEXT).html
    labels = re.findall(r"<span.*?>(.*?)</span>", html, re.DOTALL)
    assert [label.strip() for label in labels] == ["สิ่งแวดล้อม", "ดิจิทัล + สิ่งแวดล้อม"]


def test_labels_have_the_names_of_the_taxonomy_given() -> None:
    known = load_taxonomy()
    renamed = replace(known, agendas=tuple(replace(a, short_th="น้ำ") for a in known.agendas))
    for text in (None, TEXT):
        html = show(tagging((0, 7, "environment")), text, taxonomy=renamed).html
        assert "<b>น้ำ</b>" in html
        assert "สิ่งแวดล้อม" not in html


def test_evidence_of_another_text_is_refused() -> None:
    with pytest.raises(UsageError, match="the text that was tagged"):
        show(tagging((0, 7, "environment")), "อื่น")


def test_tags_of_a_real_model_are_shown(tagger: ProposalTagger) -> None:
    document = read(SAMPLES / "03-award-poverty-yasothon.docx")
    [tags] = tagger.tag([document.text])
    assert show(tags, document.text).html.count("<mark") >= len({e.start for e in tags.evidence})


def test_no_label_is_said_to_be_certain() -> None:
    letters = Markup(show(tagging()).html).letters
    assert "90 %" in letters
    assert "> 99 %" in letters


def test_minutes_show_their_outline(minutes: Minutes) -> None:
    letters = Markup(show(minutes).html).letters
    at = [letters.index(item.heading) for item in minutes.items if item.heading]
    assert at == sorted(at)
    assert all(item.resolution in letters for item in minutes.items if item.resolution)


def test_the_words_found_are_marked_and_the_day_is_thai() -> None:
    html = show(HIT).html
    assert re.findall(r"<mark>(.*?)</mark>", html) == ["น้ำท่วม", TEXT[17:24]]
    assert "17 ธ.ค. 2564" in html
    assert thai_date(None) == ""


def test_a_table_of_tags_has_a_row_each_and_every_probability() -> None:
    frame = to_frame([tagging((0, 7, "environment")), tagging()])
    assert frame["agenda"].tolist() == ["environment"] * 2
    assert frame["other_modes"].tolist() == [("open",)] * 2
    assert frame["evidence"][0] == ("น้ำท่วม",)
    assert frame["mode:digital"].tolist() == [0.999] * 2


def test_a_table_of_minutes_has_a_row_for_every_item(minutes: Minutes) -> None:
    frame = to_frame(minutes)
    assert frame["heading"].tolist() == [item.heading for item in minutes.items]
    assert frame["turns"].sum() == sum(len(item.turns) for item in minutes.items)
    assert len(to_frame([minutes, minutes])) == 2 * len(frame)


def test_tables_of_documents_and_hits() -> None:
    assert to_frame(DOCUMENT)["letters"].tolist() == [len(TEXT)]
    assert to_frame(RESULTS)["highlights"].tolist() == [("น้ำท่วม", TEXT[17:24])]
    pd.testing.assert_frame_equal(to_frame(RESULTS), to_frame([HIT]))
    assert to_frame([]).empty


def test_a_table_of_nothing_found_has_its_columns(minutes: Minutes) -> None:
    nothing = replace(RESULTS, hits=(), total=0)
    for empty in (nothing, [nothing, nothing]):
        assert to_frame(empty).columns.tolist() == to_frame(RESULTS).columns.tolist()
        assert to_frame(empty).empty
    without = to_frame(replace(minutes, items=()))
    assert (len(without), without.columns.tolist()) == (0, to_frame(minutes).columns.tolist())


@pytest.mark.parametrize("value", [3, "ข้อความ", [3], None])
def test_other_values_are_refused_with_those_that_do(value: Any) -> None:
    with pytest.raises(UsageError, match="Tagging, Document, Minutes"):
        to_frame(value)
    with pytest.raises(UsageError, match="Tagging, Document, Minutes"):
        show(value)


def test_ipython_shows_the_values_once_enabled() -> None:
    shell = pytest.importorskip("IPython.core.interactiveshell").InteractiveShell()
    values = (tagging(), DOCUMENT, HIT, RESULTS)
    plain = [shell.display_formatter.format(value)[0] for value in values]
    assert not any("text/html" in shown for shown in plain)
    shell.run_line_magic("load_ext", "pipeline.display")
    for value in values:
        assert shell.display_formatter.format(value)[0]["text/html"] == HTML[type(value)](value)


def test_without_ipython_enabling_does_nothing() -> None:
    enable()
