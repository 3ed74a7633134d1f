"""Two models side by side, and scores of one for scikit-learn, each in one line of a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from classifiers.evaluation import accepted_truth, texts_of
from classifiers.measures import bootstrap_rows, label_f1
from classifiers.models import artefacts, promotion
from classifiers.tagger import ProposalTagger
from corpora import text_digest

Model = ProposalTagger | str | Path
COLUMNS = ("axis", "label", "n", "champion", "challenger", "difference", "low", "high", "verdict")


def compare(champion: Model, challenger: Model, data: pd.DataFrame) -> pd.DataFrame:
    """Both models on the same labelled texts: a row per label, and one of the whole (`score`).

    Columns: `axis`, `label`, `n` (texts with the label), F1 of `champion` and `challenger`, their
    `difference`, its 95 % interval `low` to `high` (paired bootstrap over the texts), `verdict`
    (`better`, `worse`, `open` where the interval holds 0). The row `score` is the mean of both
    axes' macro-F1, by which `wara models promote` decides. A prediction that the labels call
    defensible counts as right.

    A model is a tagger or the folder of a saved one; texts that the card of a saved one names as
    read are left out (`attrs["left_out"]` counts them). Raises ModelError where fewer than 20 are
    left or the models do not know the same labels.
    """
    old, read_by_old = _opened(champion)
    new, read_by_new = _opened(challenger)
    read = data["text"].map(text_digest).isin(read_by_old | read_by_new)
    texts = data[~read].reset_index(drop=True)
    found = promotion.contest(old, new, texts)
    truth = {"agenda": texts["agenda"], "mode": texts["mode"]}
    rows = [_row("both", "score", found.n, found)]
    for change in found.labels:
        own = truth.get(change.axis)
        n = texts[promotion.AWARD].sum() if own is None else (own == change.label).sum()
        rows.append(_row(change.axis, change.label, int(n), change))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table.attrs = {"n": found.n, "left_out": len(data) - len(texts), "wins": found.wins}
    return table


def macro_f1(tagger: Any, X: Any, y: pd.DataFrame) -> dict[str, float]:  # noqa: N803
    """Scores for scikit-learn's `scoring=`: macro-F1 of `agenda`, of `mode`, and their mean.

    `score` is the mean (what `refit=` wants). Works for a tagger and for a Pipeline that ends in
    one; a prediction that `y` calls defensible counts as right.
    """
    said = tagger.predict(X)
    scores = {
        axis: _macro(accepted_truth(y, axis, said[:, k]), [str(word) for word in said[:, k]])
        for k, axis in enumerate(("agenda", "mode"))
    }
    return scores | {"score": (scores["agenda"] + scores["mode"]) / 2}


def score_interval(tagger: Any, data: pd.DataFrame) -> pd.DataFrame:
    """One model on labelled texts: macro-F1 of each axis with its 95 % bootstrap interval.

    Columns `axis`, `n`, `macro_f1`, `low`, `high`.
    """
    said = tagger.predict(texts_of(data))
    rows = []
    for k, axis in enumerate(("agenda", "mode")):
        words = [str(word) for word in said[:, k]]
        truth = accepted_truth(data, axis, words)
        samples = pd.DataFrame(
            label_f1(truth, words, sorted({*truth, *words}), bootstrap_rows(len(data)))
        ).mean(axis=1)
        low, high = samples.quantile([0.025, 0.975])
        rows.append((axis, len(data), _macro(truth, words), low, high))
    return pd.DataFrame(rows, columns=["axis", "n", "macro_f1", "low", "high"])


def _opened(model: Model) -> tuple[ProposalTagger, frozenset[str]]:
    """The tagger, and the digests of the texts that its card says it has read."""
    if isinstance(model, (str, Path)):
        tagger, card = artefacts.load(Path(model))
        return tagger, frozenset(card.get("text_digests") or ())
    return model, frozenset()


def _row(
    axis: str, label: str, n: int, found: promotion.Comparison | promotion.LabelChange
) -> tuple[Any, ...]:
    low, high = found.low, found.high
    verdict = "better" if low > 0 else "worse" if high < 0 else "open"
    difference = found.challenger - found.champion
    return axis, label, n, found.champion, found.challenger, difference, low, high, verdict


def _macro(truth: list[str], said: list[str]) -> float:
    from sklearn.metrics import f1_score

    return float(f1_score(truth, said, average="macro", zero_division=0.0))
