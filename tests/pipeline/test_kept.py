"""What was read is kept whole: packing and unpacking gives an equal outcome."""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import ProposalTagger
from pipeline import batch, kept
from pipeline.batch import Outcome
from pipeline.documents import Document, Item, Minutes, Proposal, Section, Span, Tagging
from pipeline.errors import ReadError
from pipeline.records import COLUMNS, Analysis, Record

SAMPLES = sorted((Path(__file__).parents[2] / "corpora" / "samples").iterdir())
any_text = st.text(st.characters(codec=None), max_size=30)  # half surrogate pairs too
times = st.times().map(lambda time: time.replace(second=0, microsecond=0, fold=0))
probabilities = st.dictionaries(any_text, st.floats(0, 1))
spans = st.dictionaries(any_text, st.builds(Span), max_size=2)
items = st.lists(st.builds(Item, spans=spans), max_size=2).map(tuple)
taggings = st.builds(Tagging, agenda_probs=probabilities, mode_probs=probabilities)
parsed = st.one_of(
    st.builds(Proposal, sections=st.dictionaries(any_text, st.builds(Section))),
    st.builds(Minutes, start_time=times, end_time=times, items=items, spans=spans),
)
records = st.builds(Record, file=any_text, document_date=st.none() | st.dates())
analyses = st.builds(Analysis, records, parsed, st.none() | taggings)
outcomes = st.builds(
    Outcome, records, st.none() | st.builds(Document, file=any_text), st.none() | analyses
)


@pytest.fixture(scope="module")
def read(tagger: ProposalTagger, model_folder: Path) -> list[Outcome]:
    job = batch.Job("half", model_folder, ocr=False, keep=True)
    return [batch.process(str(file), tagger, job) for file in SAMPLES]


def test_real_documents_come_back_whole(read: list[Outcome]) -> None:
    assert any(isinstance(one.analysis and one.analysis.parsed, Minutes) for one in read)
    assert any(one.document and one.document.tables for one in read)
    for outcome in read:
        again = kept.unpack(kept.pack(outcome))
        assert again == outcome
        assert again.document is not None
        assert outcome.document is not None
        assert again.document.text == outcome.document.text


def test_what_is_kept_is_smaller_than_the_text(read: list[Outcome]) -> None:
    sizes = [(len(kept.pack(one)), len(one.document.text.encode())) for one in read if one.document]
    assert sum(packed for packed, _ in sizes) < sum(text for _, text in sizes)


@settings(deadline=None)
@given(outcomes)
def test_any_outcome_comes_back(outcome: Outcome) -> None:
    """Told by their `repr`: there is one of NaN, and 1 is not 1.0."""
    assert repr(kept.unpack(kept.pack(outcome))) == repr(outcome)


def test_two_halves_of_a_pair_do_not_become_one_letter() -> None:
    outcome = Outcome(Record("\ud83d\ude00"))
    assert kept.unpack(kept.pack(outcome)).record.file == "\ud83d\ude00"


def test_a_row_of_another_name_keeps_both(read: list[Outcome]) -> None:
    renamed = replace(read[0], record=replace(read[0].record, file="อื่น"))
    again = kept.unpack(kept.pack(renamed))
    assert (again.record.file, again.analysis) == ("อื่น", read[0].analysis)


def test_dates_and_lists_are_no_texts() -> None:
    row = Record("a", document_date=dt.date(2025, 3, 28), reasons=("ก", "ข"))
    again = kept.unpack(kept.pack(Outcome(row))).record
    assert (again.document_date, again.reasons) == (dt.date(2025, 3, 28), ("ก", "ข"))
    assert [type(getattr(again, name)) for name in COLUMNS] == [
        type(getattr(row, name)) for name in COLUMNS
    ]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{}", '{"version":1}', '{"version":1,"record":{"fil":""}}', "[" * 100_000,
     '{"version":1,"record":{"file":"a"},"document":{"pages":3}}',
     '{"version":1,"record":{"file":"a"},"analysis":{}}'],
)  # fmt: skip
def test_what_was_not_packed_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="--keep"):
        kept.unpack(zlib.compress(text.encode()))


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ReadError):
        kept.unpack(data)


@settings(deadline=None)
@given(st.data())
def test_what_was_cut_off_is_refused(data: st.DataObject) -> None:
    packed = kept.pack(Outcome(Record("ก" * 50)))
    with pytest.raises(ReadError):
        kept.unpack(packed[: data.draw(st.integers(0, len(packed) - 1))])


def test_another_version_is_named() -> None:
    with pytest.raises(ReadError, match="version 2"):
        kept.unpack(zlib.compress(b'{"version":2}'))
