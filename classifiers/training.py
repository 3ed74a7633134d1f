"""Training a model that is kept: which texts it may read, and a card that says how good it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.metrics import f1_score

from classifiers.evaluation import evaluate, report, texts_of
from classifiers.models.cards import REPORT_FILE, read_card
from classifiers.models.provenance import code_digests, row_digests
from classifiers.models.report import write_report
from classifiers.parts.fitted import Floats
from classifiers.parts.inputs import Inputs
from classifiers.parts.labels import label_frame
from classifiers.splits import calibration_splits
from classifiers.tagger import ProposalTagger
from corpora import Taxonomy, corpus_digest, load_proposals, load_taxonomy, part_of, text_digest
from pipeline.errors import ModelError

CONFIRMED = ("human", "import")  # what a machine said of a text teaches nothing
CURVE = (0.25, 0.5, 0.75)
ONE_IN = 5  # of a user's own texts this share is kept for comparing models


def trainable(proposals: pd.DataFrame) -> pd.DataFrame:
    """The rows that a model may learn from.

    Labels confirmed by a person or imported, and texts of the corpus only if they are of its
    training part. Raises ModelError when nothing is left.
    """
    rows = proposals[
        proposals["label_source"].isin(CONFIRMED) & (part_of(proposals) == "train")
    ].reset_index(drop=True)
    if rows.empty:
        raise ModelError(
            "ไม่มีตัวอย่างที่ใช้เทรนได้ ต้องมีป้ายที่คนยืนยันหรือนำเข้า (label_source human หรือ import)",
            "nothing to train on: labels have to be confirmed by a person or imported",
        )
    return rows


def check_taxonomy(tagger: ProposalTagger, taxonomy: Taxonomy) -> None:
    """Raise ModelError if the model says labels that the taxonomy does not have."""
    said = {*tagger.labels_.agendas, *tagger.labels_.modes}
    strange = ", ".join(sorted(said - {*taxonomy.agenda_codes, *taxonomy.mode_codes}))
    if strange:
        raise ModelError(
            f"โมเดลนี้ใช้ป้ายที่ไม่มีใน taxonomy ({strange}) ให้ระบุไฟล์ที่ใช้เทรนด้วย --taxonomy",
            f"the model has labels that the taxonomy lacks ({strange}): name the one it was "
            "trained with by --taxonomy",
        )


def keep_back(proposals: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(to train on, to compare models on): every fifth of a user's own, by digest.

    Drawn by project (`source`) where it is known, else by text: the same project or text is always
    on the same side, whatever stands beside it.
    """
    known = ~proposals["source"].isin(["invented", ""])
    fact = proposals["source"].where(known, proposals["text"])
    kept = fact.map(lambda name: int(text_digest(name), 16) % ONE_IN == 0)
    return proposals[~kept].reset_index(drop=True), proposals[kept].reset_index(drop=True)


def comparison_texts(
    own: pd.DataFrame | None, taxonomy: Taxonomy, *cards: Mapping[str, Any]
) -> pd.DataFrame:
    """Labelled texts that none of the models of `cards` was trained on.

    The corpus's promotion part, where the taxonomy is the corpus's, and the texts kept back of a
    user's own; never those of the frozen test, in whichever file they stand.
    """
    parts = [] if own is None else [own[own["label_source"].isin(CONFIRMED)]]
    parts = [part[part_of(part) != "test"] for part in parts]
    if taxonomy.digest == load_taxonomy().digest:
        parts.append(load_proposals(part="promotion"))
    if not parts:
        return load_proposals(part="promotion").head(0)
    read = {digest for card in cards for digest in card.get("text_digests") or ()}
    rows = pd.concat(parts, ignore_index=True)
    digests = rows["text"].map(text_digest)
    return rows[~digests.isin(read) & ~digests.duplicated()].reset_index(drop=True)


def train(
    proposals: pd.DataFrame,
    taxonomy: Taxonomy,
    directory: Path,
    *,
    full_report: bool = False,
    tagger: ProposalTagger | None = None,
    origin: Mapping[str, str | None] | None = None,
    on_step: Callable[[int, int], object] = lambda _done, _steps: None,
) -> ProposalTagger:
    """Fit a tagger on all rows given and save it with a card; see `trainable` for which to give.

    `tagger` says the parameters, by default the usual ones; `origin` (`proposals`, `taxonomy`:
    paths, None for wara's own) goes into the card, for `rebuilding`.

    The card holds the digests of what the model was made from and its scores: `held_out` on the
    training texts themselves, tagged by models that had not read them; for the corpus's own
    taxonomy also `test`, on the frozen part of the corpus. With `full_report` a learning curve is
    measured too (twice the time) and `report.html` is written.
    """
    tagger = clone(tagger if tagger is not None else ProposalTagger())
    tagger.fit(texts_of(proposals), proposals, on_step=on_step)
    scores = {"held_out": report(tagger.held_out_, proposals)}
    if taxonomy.digest == load_taxonomy().digest:
        scores["test"] = evaluate(tagger, load_proposals(part="test"))
    card = {
        "wara": version("wara"),
        "created": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "taxonomy_digest": taxonomy.digest,
        "corpus_digest": corpus_digest(proposals),
        "examples": len(proposals),
        "label_sources": proposals["label_source"].value_counts().to_dict(),
        "text_digests": list(map(text_digest, proposals["text"])),
        "row_digests": row_digests(proposals),
        "origin": dict(origin or {}),
        "code": code_digests(),
        "scores": scores,
    }
    if full_report:
        card["learning_curve"] = learning_curve(tagger, proposals)
    (directory / REPORT_FILE).unlink(missing_ok=True)  # of a model that stood here before
    tagger.save(directory, card=card)
    if full_report:
        write_report(read_card(directory), taxonomy, directory)
    return tagger


def learning_curve(tagger: ProposalTagger, proposals: pd.DataFrame) -> list[dict[str, float]]:
    """Macro-F1 of both axes with part of the training texts, on the folds of the calibration.

    One point for each share in `CURVE`, `{examples, agenda, mode}`; the last is the tagger's own.
    Shares too small to hold two labels of each axis are left out.
    """
    frame, inputs, labels = label_frame(proposals), Inputs.of(texts_of(proposals)), tagger.labels_
    random = np.random.default_rng(tagger.random_state)
    splits = calibration_splits(frame, random_state=tagger.random_state)
    points = []
    for share in CURVE:
        cut = [
            (random.permutation(train)[: int(share * len(train))], test) for train, test in splits
        ]
        if any(frame.iloc[rows][["agenda", "mode"]].nunique().min() < 2 for rows, _ in cut):
            continue
        said = tagger.recipe.held_out(inputs, frame, labels, cut)
        points.append(
            {
                "examples": int(np.mean([len(rows) for rows, _ in cut])),
                "agenda": _macro_f1(frame["agenda"], _best(said.agenda, labels.agendas)),
                "mode": _macro_f1(frame["mode"], _best(said.mode, labels.modes)),
            }
        )
    whole = {
        "examples": int(np.mean([len(train) for train, _ in splits])),
        "agenda": _macro_f1(frame["agenda"], [tags.agenda for tags in tagger.held_out_]),
        "mode": _macro_f1(frame["mode"], [tags.mode for tags in tagger.held_out_]),
    }
    return [*points, whole]


def _best(decisions: Floats, labels: tuple[str, ...]) -> list[str]:
    return [labels[column] for column in decisions.argmax(axis=1)]


def _macro_f1(truth: pd.Series, said: list[str]) -> float:
    return float(f1_score(truth, said, average="macro", zero_division=0.0))
