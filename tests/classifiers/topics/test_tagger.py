"""Topics of passages: what the model learns, and what is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

from classifiers.topics import TopicTagger, as_passages
from corpora import load_passages
from pipeline.documents import Passage
from pipeline.errors import ModelError

ITEM = Passage("1", "รับทราบ", kind="resolution", heading="3 เรื่องเพื่อทราบ › 3.2 สถานการณ์ไฟป่า")


def test_a_bare_resolution_has_the_topic_of_its_heading(tagger: TopicTagger) -> None:
    tags = tagger.tag([ITEM, replace(ITEM, heading="5 เรื่องอื่น ๆ")])
    assert "environment" in tags[0]
    assert list(tags[1]) == ["procedure"]


def test_several_topics_most_probable_first(tagger: TopicTagger) -> None:
    text = "ขอจัดสรรงบประมาณ 2 ล้านบาทซ่อมถนนและสะพานที่ถูกน้ำท่วม"
    tags = tagger.tag([Passage("1", text)])[0]
    assert {"budget", "infrastructure", "disaster"} <= set(tags)
    assert list(tags.values()) == sorted(tags.values(), reverse=True)
    assert all(0 < value <= 1 for value in tags.values())


def test_what_follows_from_a_topic_comes_with_it(tagger: TopicTagger) -> None:
    tags = tagger.tag([Passage("1", "ครัวเรือนเป้าหมายในระบบ TPMAP ยังเหลืออีก 40 ครัวเรือน")])[0]
    assert tags["poverty"] >= tags["tpmap"]


def test_any_text_is_tagged(tagger: TopicTagger) -> None:
    texts = ["", " ", "ก" * 20_000, "่่่", "12345 " * 500, "\x00", "Hello world"]
    assert len(tagger.tag([Passage(str(n), text) for n, text in enumerate(texts)])) == len(texts)
    assert tagger.tag([]) == []


@pytest.mark.slow
def test_a_topic_without_examples_is_known_by_its_cues() -> None:
    frame = load_passages(part="train")
    taught = [tuple(set(topics) - {"pmqa"}) for topics in frame["topics"]]
    tagger = TopicTagger(words=False).fit(as_passages(frame), taught)
    text = "ลักษณะสำคัญขององค์การตามเกณฑ์ PMQA หมวด 4 และผลประเมินตนเอง"
    assert "pmqa" in tagger.tag([Passage("1", text)])[0]


def test_a_kept_tagger_says_the_same(tagger: TopicTagger, tmp_path: Path) -> None:
    passages = as_passages(load_passages(part="train").head(50))
    loaded = TopicTagger.load(tagger.save(tmp_path / "model"))
    assert loaded.tag(passages) == tagger.tag(passages)


@pytest.mark.parametrize("file", ["card.json", "model.skops"])
def test_a_changed_file_is_refused(tagger: TopicTagger, tmp_path: Path, file: str) -> None:
    folder = tagger.save(tmp_path)
    if file == "card.json":
        card = json.loads((folder / file).read_text("utf-8")) | {"digest": "0"}
        (folder / file).write_text(json.dumps(card), "utf-8")
    else:
        (folder / file).write_bytes(b"no model")
    with pytest.raises(ModelError, match="topic model"):
        TopicTagger.load(folder)


@pytest.mark.slow
def test_training_twice_gives_the_same() -> None:
    frame = load_passages(part="train").iloc[::4]
    passages, topics = as_passages(frame), list(frame["topics"])
    first, second = (clone(TopicTagger()).fit(passages, topics) for _ in range(2))
    assert np.array_equal(first.predict_proba(passages), second.predict_proba(passages))


def test_what_cannot_be_learned_from_is_refused() -> None:
    passage = Passage("1", "ถนนขาด", document="a")
    with pytest.raises(ModelError, match="unknown topics weather"):
        TopicTagger().fit([passage], [("weather",)])
    with pytest.raises(ModelError, match="two documents"):
        TopicTagger().fit([passage], [("infrastructure",)])
    with pytest.raises(ModelError, match="rows of topics"):
        TopicTagger().fit([passage], [])


@pytest.mark.slow
def test_documents_left_out_are_tagged_well() -> None:
    frame = load_passages(part="train")
    passages, topics = as_passages(frame), list(frame["topics"])
    groups = frame["document"].to_numpy(dtype=str)
    truth, found = [], []
    for train, test in GroupKFold(4).split(passages, groups=groups):
        tagger = TopicTagger().fit([passages[at] for at in train], [topics[at] for at in train])
        found.append(tagger.predict([passages[at] for at in test]))
        truth.append([[topic in topics[at] for topic in tagger.topics_] for at in test])
    assert f1_score(np.vstack(truth), np.vstack(found), average="micro") >= 0.81


@pytest.mark.slow
def test_the_number_of_threads_does_not_change_the_model() -> None:
    frame = load_passages(part="train").head(300)
    weights = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            weights.append(TopicTagger().fit(as_passages(frame), frame["topics"]).fitted_.weights)
    assert np.array_equal(*weights)
