"""Keeping a topic tagger: a skops file with a card, and the default one trained once and cached."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from copy import copy
from dataclasses import fields
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from classifiers.models.cards import CARD_FILE, LIBRARIES, MODEL_FILE
from classifiers.models.digests import digest
from classifiers.models.skops_files import TRUSTED_TYPES, skops_io, stamped
from classifiers.models.vocabularies import put_back, set_aside
from classifiers.models.writing import replace_file, unwritable
from classifiers.topics.model import Fitted
from classifiers.topics.subjects import SubjectFinder, load_subjects
from classifiers.topics.tagger import TopicTagger, as_passages
from corpora import corpus_digest, load_passages, load_taxonomy, load_topic_cues
from pipeline.cache import cache_folder
from pipeline.errors import ModelError

TASK, FORMAT = "wara-topic-tagger", 2
# The code whose change makes a kept model another one.
CODE = (
    "classifiers/topics/*.py",
    "classifiers/features.py",
    "pipeline/thai/*.py",
    "pipeline/thai/data/*",
)


def save(tagger: TopicTagger, directory: Path) -> Path:
    """Write model and card; the card last, so that a folder without one holds no finished model."""
    state = _state(tagger)
    card = {
        "task": TASK,
        "format": FORMAT,
        "digest": digest(state),
        "topics": list(tagger.topics_),
        "thresholds": dict(zip(tagger.topics_, tagger.thresholds_.round(4).tolist(), strict=True)),
        "parameters": tagger.get_params(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }
    try:
        directory.mkdir(parents=True, exist_ok=True)
        packed = skops_io().dumps(state, compression=zipfile.ZIP_DEFLATED)
        replace_file(directory / MODEL_FILE, packed)
        replace_file(directory / CARD_FILE, json.dumps(card, ensure_ascii=False, indent=2).encode())
    except OSError as error:
        raise unwritable(directory, error) from error
    return directory


def load(directory: Path) -> TopicTagger:
    """The tagger kept in `directory`. Raises ModelError, naming the folder, and changes nothing.

    A file that has not changed since it was opened last is not read again.
    """
    try:
        card = json.loads((directory / CARD_FILE).read_text(encoding="utf-8"))
        if (card["task"], card["format"]) != (TASK, FORMAT):
            raise ValueError(card["task"])
        if card["libraries"]["scikit-learn"] != version("scikit-learn"):
            raise ValueError("scikit-learn")
        found, tagger = _opened(*stamped(directory / MODEL_FILE))
        if found != card["digest"]:
            raise ValueError("digest")
        return copy(tagger)
    except Exception as error:  # whatever a damaged or hostile file makes skops or json raise
        raise ModelError(
            f"เปิดโมเดลหัวข้อใน {directory} ไม่ได้ ({type(error).__name__}) "
            "ลบโฟลเดอร์นี้แล้ว wara จะเทรนใหม่",
            f"the topic model in {directory} cannot be opened ({type(error).__name__}): "
            "delete the folder, and wara trains it anew",
        ) from error


def default_topics(*, on_train: Callable[[], object] = lambda: None) -> TopicTagger:
    """The tagger trained from the labelled passages that ship, once, and kept by digest.

    `on_train` is called when training (some seconds) begins.
    """
    folder = cache_folder() / "models" / f"topics-{_key()}"
    try:
        return load(folder)
    except ModelError:
        on_train()
    frame = load_passages(part="train")
    tagger = TopicTagger().fit(as_passages(frame), frame["topics"])
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=folder.parent, prefix="new-"))
    try:
        save(tagger, new)
        shutil.rmtree(folder, ignore_errors=True)  # a damaged one
        new.rename(folder)
    except OSError:  # another process was quicker, or the cache is full: this one is good as it is
        pass
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return tagger


@lru_cache(maxsize=1)
def _opened(file: Path, _stamp: tuple[int, ...]) -> tuple[str, TopicTagger]:
    """The digest of a model file and the tagger in it."""
    state = skops_io().load(file, trusted=TRUSTED_TYPES)
    return digest(state), _restore(state)


def _state(tagger: TopicTagger) -> dict[str, Any]:
    cues = {
        cue: {topic: bool(strong) for topic, strong in topics}
        for cue, topics in tagger.finder_.cues.items()
    }
    fitted = {field.name: getattr(tagger.fitted_, field.name) for field in fields(Fitted)}
    parts, vocabularies = set_aside(fitted)
    return {
        "fitted": parts,
        "vocabularies": vocabularies,
        "cues": cues,
        "subjects": tagger.subjects_.lists(),
        "topics": list(tagger.topics_),
        "sigmoid": list(tagger.sigmoid_),
        "thresholds": tagger.thresholds_,
        "parameters": tagger.get_params(),
    }


def _restore(state: dict[str, Any]) -> TopicTagger:
    tagger = TopicTagger(**state["parameters"])
    cues = {cue: tuple(topics.items()) for cue, topics in state["cues"].items()}
    tagger.set_vocabulary(tuple(state["topics"]), cues, SubjectFinder(**state["subjects"]))
    tagger.sigmoid_ = (float(state["sigmoid"][0]), float(state["sigmoid"][1]))
    tagger.thresholds_ = state["thresholds"]
    tagger.fitted_ = Fitted(**put_back(state["fitted"], state["vocabularies"]))
    return tagger


def _key() -> str:
    taxonomy = load_taxonomy()
    topics = [label.code for label in taxonomy.passage_topics]
    hasher = hashlib.sha256(corpus_digest(load_passages(part="train")).encode())
    words = [topics, load_topic_cues(taxonomy), load_subjects(taxonomy).lists()]
    hasher.update(json.dumps(words, ensure_ascii=False).encode())
    root = Path(__file__).parents[2]
    for pattern in CODE:
        for file in sorted(root.glob(pattern)):
            hasher.update(file.read_bytes())
    hasher.update(" ".join(version(name) for name in LIBRARIES).encode())
    return hasher.hexdigest()[:16]
