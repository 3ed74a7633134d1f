"""How well unseen proposals are tagged: one writer left out at a time, beside two baselines.

    python -m benchmarks.classifiers

Every proposal is tagged by a model that has read nothing by its writer. Three tables: with the
texts about the same real projects removed from training as well; the same number of texts removed
at random, which tells what is lost by less training alone; and nothing else removed.
Intervals are 95 % bootstrap over proposals.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd
from sklearn.metrics import f1_score

from classifiers import ProposalTagger
from classifiers.evaluation import held_out, report, texts_of
from classifiers.splits import Split, leave_one_voice_out
from corpora import Label, load_proposals, load_taxonomy

ROUNDS = 1000
Pairs = list[tuple[str, str]]


def same_size(proposals: pd.DataFrame) -> Iterator[Split]:
    """Facts stay shared, but training is cut at random to the size it has with facts apart."""
    random = np.random.default_rng(0)
    apart = leave_one_voice_out(proposals)
    for (few, _), (train, test) in zip(
        apart, leave_one_voice_out(proposals, facts_apart=False), strict=True
    ):
        yield random.choice(train, len(few), replace=False), test


SPLITS: dict[str, Callable[[pd.DataFrame], Iterator[Split]]] = {
    "facts apart": leave_one_voice_out,
    "facts shared, training cut to the same size": same_size,
    "facts shared": lambda proposals: leave_one_voice_out(proposals, facts_apart=False),
}


def majority(proposals: pd.DataFrame, splits: Sequence[Split]) -> Pairs:
    """The commonest agenda and mode of the training texts, for every test text."""
    said: dict[int, tuple[str, str]] = {}
    for train, test in splits:
        rest = proposals.iloc[train]
        pair = (str(rest["agenda"].mode()[0]), str(rest["mode"].mode()[0]))
        said.update(dict.fromkeys(test.tolist(), pair))
    return [said[row] for row in range(len(proposals))]


def keyword_rules(proposals: pd.DataFrame, _splits: Sequence[Split]) -> Pairs:
    """The label whose taxonomy cues occur most often in the text; needs no training."""
    taxonomy = load_taxonomy()

    def most(text: str, labels: Sequence[Label]) -> str:
        return max(labels, key=lambda label: sum(map(text.count, label.cues))).code

    return [(most(t, taxonomy.agendas), most(t, taxonomy.modes)) for t in texts_of(proposals)]


def wara(proposals: pd.DataFrame, splits: Sequence[Split]) -> Pairs:
    """The tagger as `wara train` makes it."""
    tags = held_out(ProposalTagger(), proposals, splits)
    figures = report(tags, proposals)
    passed = figures["without_review"]
    print(
        f"  modes micro-F1 {figures['modes']['micro_f1']:.3f},"
        f" award_scaleup F1 {figures['award_scaleup']['f1']:.3f},"
        f" not sent to review {passed['coverage']:.0%}, right there {passed['accuracy']:.1%}"
    )
    errors = figures["calibration_error"]
    print(f"  calibration error agenda {errors['agenda']:.3f}, mode {errors['mode']:.3f}")
    for point in figures["coverage"]:
        print(f"  at accuracy {point['target']:.0%} the surest {point['coverage']:.0%} pass")
    return [(t.agenda, t.mode) for t in tags]


SYSTEMS: dict[str, Callable[[pd.DataFrame, Sequence[Split]], Pairs]] = {
    "majority": majority,
    "keyword rules": keyword_rules,
    "wara": wara,
}


def interval(truth: np.ndarray, said: np.ndarray) -> str:
    """Macro-F1 with its bootstrap interval."""
    random = np.random.default_rng(0)
    rows = (random.integers(0, len(truth), len(truth)) for _ in range(ROUNDS))
    low, high = np.percentile([_macro(truth[r], said[r]) for r in rows], [2.5, 97.5])
    return f"{_macro(truth, said):.3f} [{low:.3f}, {high:.3f}]"


def by_writer(truth: np.ndarray, said: np.ndarray, voice: np.ndarray) -> str:
    """Macro-F1 for each left-out writer."""
    return " ".join(f"{_macro(truth[voice == v], said[voice == v]):.2f}" for v in np.unique(voice))


def _macro(truth: np.ndarray, said: np.ndarray) -> float:
    return float(f1_score(truth, said, average="macro", zero_division=0.0))


def main() -> None:
    """Print the tables."""
    proposals = load_proposals()
    voice = proposals["voice"].to_numpy(dtype=str)
    for title, split in SPLITS.items():
        splits = list(split(proposals))
        sizes = [len(train) for train, _ in splits]
        print(f"\nOne writer left out, {title} (trained on {min(sizes)} to {max(sizes)} texts)")
        for name, system in SYSTEMS.items():
            start = time.perf_counter()
            said = np.array(system(proposals, splits), dtype=str)
            seconds = time.perf_counter() - start
            for axis, column in (("agenda", 0), ("mode", 1)):
                truth = proposals[axis].to_numpy(dtype=str)
                print(
                    f"{name:14} {axis:7} macro-F1 {interval(truth, said[:, column])}  "
                    f"by writer {by_writer(truth, said[:, column], voice)}  {seconds:.0f} s"
                )


if __name__ == "__main__":
    main()
