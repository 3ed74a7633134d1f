"""What stands around a passage says of it: the item's other passages, its neighbours, the document.

A short turn ("อย่าเก็บค่าแผงสามเดือนแรก") often names nothing; the item it belongs to does. One model,
shared by all topics, weighs a passage's own values against those around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from classifiers.topic_cues import PROCEDURE, Floats
from classifiers.topic_model import Inputs
from pipeline.documents import Passage

STRENGTH = 0.3  # inverse regularization
CHUNK = 2000  # passages looked at together, if their documents allow
LONG = 3.0  # log of the words from which on a text speaks for itself
Groups = NDArray[np.intp]


def chunks(passages: Sequence[Passage]) -> Iterator[Sequence[Passage]]:
    """Cut between documents, at the latest after twice `CHUNK` passages: memory does not grow."""
    start = 0
    for at in range(1, len(passages)):
        size, here = at - start, passages[at].document
        if size >= 2 * CHUNK or (size >= CHUNK and here != passages[at - 1].document):
            yield passages[start:at]
            start = at
    if len(passages) > start:
        yield passages[start:]


def surroundings(passages: Sequence[Passage], said: Floats, topics: Sequence[str]) -> Floats:
    """(n, topics, 5): what `said` (n, topics) holds for the passages around each.

    The mean of the item's others, the passage before and the one after in the item, the mean of the
    document's others, and whether most of the document has the topic. Procedure hardly counts.
    A passage without a document stands alone.
    """
    documents = _numbered([one.document or f"\0{row}" for row, one in enumerate(passages)])
    items = _numbered(
        [f"{number}\0{one.heading}" for number, one in zip(documents, passages, strict=True)]
    )
    weights = np.ones(len(said))
    if PROCEDURE in topics:
        weights = 1.001 - said[:, list(topics).index(PROCEDURE)]
    of_item, _ = _means(said, weights, items)
    of_document, theme = _means(said, weights, documents)
    before, after = np.zeros_like(said), np.zeros_like(said)
    follows = np.flatnonzero(items[1:] == items[:-1]) + 1
    before[follows], after[follows - 1] = said[follows - 1], said[follows]
    return np.stack([of_item, before, after, of_document, theme > 0.5], axis=2)


def features(
    inputs: Inputs, decisions: Floats, said: Floats, around: Floats, topics: Sequence[str]
) -> Floats:
    """(n * topics, features): own values, those around, and those around by the text's length."""
    n, k = said.shape
    procedure = np.array([topic == PROCEDURE for topic in topics], dtype=float)
    formal = np.broadcast_to((said @ procedure)[:, None, None], (n, k, 1))
    length = np.clip(1 - inputs.shapes[:, 4] / LONG, -1, 1)[:, None, None]
    own = np.stack([decisions, said, said.sum(axis=1, keepdims=True) - said], axis=2)
    shapes = np.broadcast_to(inputs.shapes[:, None, :], (n, k, inputs.shapes.shape[1]))
    parts = [own, around, around * length, around * formal, formal, inputs.cues, shapes]
    plain = np.concatenate(parts, axis=2)
    flag = np.broadcast_to(procedure[None, :, None], (n, k, 1))
    return np.concatenate([plain, plain * flag, flag], axis=2).reshape(n * k, -1)


def fit(rows: Floats, truth: NDArray[np.bool_]) -> LogisticRegression:
    """The shared model from rows of `features` and the (n, topics) labels."""
    return LogisticRegression(C=STRENGTH, max_iter=2000).fit(rows, truth.ravel())


def probabilities(model: LogisticRegression, rows: Floats, topics: int) -> Floats:
    """(n, topics) from rows of `features`."""
    return np.asarray(model.predict_proba(rows)[:, 1], dtype=np.float64).reshape(-1, topics)


def _numbered(names: Sequence[str]) -> Groups:
    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names], dtype=np.intp)


def _means(said: Floats, weights: Floats, groups: Groups) -> tuple[Floats, Floats]:
    """Weighted means of each row's group, without the row itself and with it."""
    totals = np.zeros((int(groups.max(initial=-1)) + 1, said.shape[1] + 1))
    weighted = np.column_stack([said * weights[:, None], weights])
    np.add.at(totals, groups, weighted)
    whole = totals[groups]
    others = whole - weighted
    alone = np.bincount(groups)[groups] == 1
    others[alone] = 0
    rest = others[:, :-1] / np.maximum(others[:, -1:], 1e-3)
    return np.clip(rest, 0, 1), np.clip(whole[:, :-1] / np.maximum(whole[:, -1:], 1e-3), 0, 1)
