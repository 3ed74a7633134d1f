"""The labelled passages: shape, parts, and the rules of the guideline that can be checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpora import load_passages, load_taxonomy, load_topic_cues
from corpora.passages_loader import cue_key
from pipeline.errors import ModelError, UsageError
from pipeline.thai import tokenize

LINE = {
    "id": "A-1",
    "document": "A",
    "kind": "turn",
    "text": "ถนนขาด",
    "topics": ["infrastructure"],
}


def write(path: Path, *lines: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return path


def test_every_topic_has_passages_to_learn_from() -> None:
    frame = load_passages(part="train")
    seen = {topic for topics in frame["topics"] for topic in topics}
    assert seen == {label.code for label in load_taxonomy().passage_topics}
    assert frame["id"].is_unique


def test_labels_keep_the_guideline() -> None:
    for topics in load_passages()["topics"]:
        assert topics == ("procedure",) or "procedure" not in topics
        assert "poverty" in topics or "tpmap" not in topics
        assert "open" in topics or "open_data" not in topics


def test_held_back_files_are_the_test_part(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", LINE)
    write(tmp_path / "heldback1.jsonl", LINE | {"id": "B-1", "document": "B"})
    assert list(load_passages(tmp_path, part="train")["id"]) == ["A-1"]
    assert list(load_passages(tmp_path, part="test")["id"]) == ["B-1"]
    assert len(load_passages(tmp_path)) == 2


def test_no_document_is_on_both_sides() -> None:
    train, test = (set(load_passages(part=part)["document"]) for part in ("train", "test"))
    assert not train & test


def test_what_does_not_fit_is_named(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", LINE | {"topics": ["weather"]})
    with pytest.raises(ModelError, match=r"a\.jsonl:1.*weather|weather"):
        load_passages(file)
    with pytest.raises(UsageError, match="promotion"):
        load_passages(part="promotion")


def test_cues_of_the_taxonomy_are_strong_for_a_topic_that_the_file_does_not_list(
    tmp_path: Path,
) -> None:
    file = tmp_path / "cues.toml"
    file.write_text('[pmqa]\nstrong = ["ลักษณะสำคัญ ขององค์การ"]\n', "utf-8")
    cues = load_topic_cues(path=file)
    assert dict(cues["ลักษณะสำคัญขององค์การ"])["pmqa"] is True
    assert dict(cues["pmqa"])["pmqa"] is False  # the file lists pmqa, not this cue
    assert dict(cues["เลิศรัฐ"])["state_awards"] is True


def test_a_cue_file_that_does_not_fit_is_named(tmp_path: Path) -> None:
    file = tmp_path / "cues.toml"
    file.write_text("[pmqa]\nstrong = [1]\n", "utf-8")
    with pytest.raises(ModelError, match=r"pmqa\.strong"):
        load_topic_cues(path=file)


def test_cues_compare_without_blanks_case_and_thai_digits() -> None:
    assert cue_key("จังหวัด ๔.๐") == cue_key("จังหวัด 4.0")
    assert cue_key("Open Data") == "opendata"
    assert all(tokenize(cue) for cue in load_topic_cues())
