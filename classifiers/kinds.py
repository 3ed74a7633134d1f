"""Learns the word weights of `pipeline.kinds` from the corpus.

    python -m classifiers.kinds        # writes pipeline/data/kinds.json anew

Proposals and minutes stand against the texts that are neither. A text is the set of its words,
scaled to length one; the classifier is a logistic regression, so that a text's score is a sum.
It learns from whole texts and from pieces of them: the other texts are shorter than the
proposals, and length must not tell them apart.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from classifiers.features import join_title
from corpora import load_minutes, load_other, load_proposals, part_of
from pipeline.kinds import LONGEST_READ, WEIGHTS, kind_words
from pipeline.thai import normalize, repair

FEWEST_TEXTS = 5  # a word of fewer texts is left out
PIECE = 300  # code points
STRENGTH = 10.0  # inverse of the regularization


def fit_weights(texts: Sequence[str], public_work: Sequence[bool]) -> dict[str, Any]:
    """`bias` and `words` (word -> weight), positive for public work, rounded to four digits."""
    vectorizer = TfidfVectorizer(
        token_pattern=r"\S+", lowercase=False, binary=True, use_idf=False, min_df=FEWEST_TEXTS
    )
    pieces = [_pieces(normalize(repair(text)).lstrip()[:LONGEST_READ]) for text in texts]
    matrix = vectorizer.fit_transform(_joined(piece) for of_text in pieces for piece in of_text)
    truth = np.repeat(np.asarray(public_work), [len(of_text) for of_text in pieces])
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=5000)
    model.fit(matrix, truth)
    weights = np.round(model.coef_[0], 4).tolist()
    names = vectorizer.get_feature_names_out().tolist()
    return {
        "bias": round(float(model.intercept_[0]), 4),
        "words": dict(zip(names, weights, strict=True)),
    }


def training_proposals() -> pd.DataFrame:
    """The proposals that are no part of the frozen test."""
    proposals = load_proposals()
    return proposals[part_of(proposals) != "test"]


def training_minutes() -> pd.DataFrame:
    """The minutes of the first two writers: the others are unseen papers for measuring."""
    minutes = load_minutes()
    return minutes[minutes["id"].str.match("M[12]-")]


def training_texts() -> tuple[list[str], list[bool]]:
    """The corpus but for its frozen test, and which of its texts are public work."""
    proposals, minutes, other = training_proposals(), training_minutes(), load_other()
    work = [*map(join_title, proposals["title"], proposals["text"]), *minutes["text"]]
    rest = list(map(join_title, other["title"], other["text"]))
    return [*work, *rest], [True] * len(work) + [False] * len(rest)


def as_json(weights: dict[str, Any]) -> str:
    """The file's content: one word a line, so that a change can be read."""
    return json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def _pieces(text: str) -> list[str]:
    """The whole text and, of a longer one, the pieces it falls into."""
    cut = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
    return [text, *(piece for piece in cut if PIECE // 2 < len(piece) < len(text))]


def _joined(text: str) -> str:
    return " ".join(sorted("_".join(word.split()) for word in kind_words(text)))


def main() -> None:
    """Write the weights."""
    WEIGHTS.write_text(as_json(fit_weights(*training_texts())), encoding="utf-8")


if __name__ == "__main__":
    main()
