"""Labelled corpora as spaCy Docs and back."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from spacy.tokens import DocBin
from spacy.training import Example

from corpora import load_proposals, load_taxonomy
from pipeline.entities import language
from pipeline.entities.labelled import from_docs, load_docbin, save_docbin, to_docs
from pipeline.entities.language import ThaiLanguage
from pipeline.errors import ModelError


@pytest.fixture(scope="module")
def few() -> pd.DataFrame:
    frame = load_proposals(voices=["W1", "W14"]).iloc[40:64].reset_index(drop=True)
    frame.loc[0, "text"] = " ก\n\nข  ค\r\n ๑ " + frame.loc[0, "text"]
    return frame


def test_a_docbin_loses_nothing(few: pd.DataFrame, tmp_path: Path) -> None:
    path = save_docbin(few, tmp_path / "labels.spacy")
    pd.testing.assert_frame_equal(load_docbin(path), few)


def test_every_label_is_a_category_of_every_doc(few: pd.DataFrame) -> None:
    labels = load_taxonomy()
    doc = to_docs(few.head(1))[0]
    expected = len(labels.agendas) + 2 * len(labels.modes) + len(labels.flags)
    assert len(doc.cats) == expected
    assert doc.text == few["text"][0]
    assert {tag for tag, score in doc.cats.items() if score == 1} == {
        f"agenda:{few['agenda'][0]}",
        f"mode:{few['modes'][0][0]}",
        *(f"also:{mode}" for mode in few["modes"][0][1:]),
        *(["flag:award_scaleup"] if few["award_scaleup"][0] else []),
    }


def test_words_are_those_of_our_pipeline_and_entities_come_on_request(few: pd.DataFrame) -> None:
    ours = language()(few["text"][1])
    plain, full = (to_docs(few.iloc[[1]], entities=wanted)[0] for wanted in (False, True))
    assert [token.text for token in plain] == [token.text for token in ours]
    assert not plain.ents
    assert [span.text for span in full.ents] == [span.text for span in ours.ents]


def test_categories_that_somebody_changed_are_imported(few: pd.DataFrame, tmp_path: Path) -> None:
    docs = to_docs(few.assign(label_source="human").head(2))
    docs[0].cats |= {f"agenda:{few['agenda'][0]}": 0.1, "agenda:service": 0.8}
    path = tmp_path / "changed.spacy"
    DocBin(docs=docs, store_user_data=True).to_disk(path)
    found = load_docbin(path)
    assert found["agenda"][0] == "service"
    assert found["label_source"].tolist() == ["import", "human"]


@pytest.mark.slow
def test_spacy_learns_from_the_docs(few: pd.DataFrame) -> None:
    nlp = ThaiLanguage()
    nlp.add_pipe("textcat_multilabel")
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in to_docs(few)]
    nlp.initialize(lambda: examples)
    losses = [nlp.update(examples)["textcat_multilabel"] for _ in range(30)]
    assert losses[-1] < losses[0] / 2
    assert set(nlp("ซ่อมถนน").cats) == set(examples[0].reference.cats)


@pytest.mark.parametrize("data", [b"", b"x", b"\x78\x9c\x00"])
def test_a_damaged_file_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.spacy").write_bytes(data)
    with pytest.raises(ModelError, match="save_docbin"):
        load_docbin(tmp_path / "a.spacy")


def test_docs_without_categories_are_refused() -> None:
    with pytest.raises(ModelError, match="category"):
        from_docs([language()("ข้อความ")])
