"""Topics of passages: precision, recall and F1 on documents that were held back.

python -m benchmarks.topics           # the test part; by cross-validation where there is none
python -m benchmarks.topics --cross   # by cross-validation over the documents that train
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, precision_recall_fscore_support
from sklearn.model_selection import GroupKFold

from classifiers.topics import TopicTagger, as_passages
from classifiers.topics.cues import by_rule
from corpora import load_passages
from pipeline.documents import Passage

FOLDS = 5
Truth = NDArray[np.bool_]


def rules(tagger: TopicTagger, passages: list[Passage]) -> Truth:
    """What the cues alone say."""
    said = [by_rule(passage, tagger.finder_) for passage in passages]
    return np.array([[topic in of for topic in tagger.topics_] for of in said])


def measure(
    train: list[Passage], topics: Sequence[Sequence[str]], test: list[Passage]
) -> dict[str, Truth]:
    """What each system, trained on `train`, says of `test`."""
    both = TopicTagger().fit(train, topics)
    words = TopicTagger(cues=False).fit(train, topics)
    return {
        "rules alone": rules(both, test),
        "model alone": words.predict(test),
        "both": both.predict(test),
    }


def cross_validated(passages: list[Passage], topics: list[Sequence[str]]) -> dict[str, Truth]:
    """What the systems say of documents left out, joined over the folds."""
    documents = np.unique([passage.document for passage in passages], return_inverse=True)[1]
    said: dict[str, Truth] = {}
    for train, test in GroupKFold(FOLDS).split(documents, groups=documents):
        fold = measure(
            [passages[row] for row in train],
            [topics[row] for row in train],
            [passages[row] for row in test],
        )
        for name, truth in fold.items():
            said.setdefault(name, np.zeros((len(passages), truth.shape[1]), bool))[test] = truth
    return said


def report(truth: Truth, said: dict[str, Truth], topics: Sequence[str]) -> str:
    """A line per system, then a line per topic of the last one."""
    lines = [f"{'':18s} micro-F1 macro-F1"]
    present = truth.any(axis=0)
    for name, of in said.items():
        micro = f1_score(truth, of, average="micro")
        macro = f1_score(truth[:, present], of[:, present], average="macro", zero_division=0)
        lines.append(f"{name:18s} {micro:8.3f} {macro:8.3f}")
    scores = precision_recall_fscore_support(truth, list(said.values())[-1], zero_division=0)
    lines += ["", f"{'topic':18s} {'P':>6s} {'R':>6s} {'F1':>6s} {'n':>5s}"]
    for topic, precision, recall, f1, n in zip(topics, *scores, strict=True):
        lines.append(f"{topic:18s} {precision:6.2f} {recall:6.2f} {f1:6.2f} {n:5d}")
    return "\n".join(lines)


def speed(passages: list[Passage], tagger: TopicTagger) -> float:
    """Passages tagged per second; every text is a new one, since texts are remembered."""
    rounds = range(2000 // len(passages) + 1)
    many = [replace(one, text=f"{one.text} {at}") for at in rounds for one in passages][:2000]
    start = time.perf_counter()
    tagger.tag(many)
    return len(many) / (time.perf_counter() - start)


def main() -> None:
    """Print the figures."""
    train, held_back = load_passages(part="train"), load_passages(part="test")
    passages, labels = as_passages(train), list(train["topics"])
    start = time.perf_counter()
    tagger = TopicTagger().fit(passages, labels)
    seconds = time.perf_counter() - start
    if held_back.empty or "--cross" in sys.argv:
        print(
            f"cross-validation over {train['document'].nunique()} documents, {len(train)} passages"
        )
        said, rows = cross_validated(passages, labels), labels
    else:
        print(f"{held_back['document'].nunique()} documents held back, {len(held_back)} passages")
        said, rows = measure(passages, labels, as_passages(held_back)), list(held_back["topics"])
    truth = np.array([[topic in row for topic in tagger.topics_] for row in rows])
    print(report(truth, said, tagger.topics_))
    print(f"\ntraining {seconds:.1f} s, tagging {speed(passages, tagger):,.0f} passages/s")


if __name__ == "__main__":
    main()
