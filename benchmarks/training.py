"""What training and tagging cost: seconds, peak memory and texts a second.

    python -m benchmarks.training [TEXTS ...] [--workers N] [--fit-only]

`--fit-only` leaves out calibration, whose five fits take less memory each than the one of all
texts. Each line is a process of its own that reads a .jsonl file, as `wara train` does. The larger
sets are drawn with replacement from the training part, each copy with one word in ten replaced by
a word of another text, so that the vocabulary grows.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import joblib
import pandas as pd

from classifiers import ProposalTagger
from classifiers.evaluation import texts_of
from classifiers.parallel import alone
from classifiers.parts.inputs import Inputs
from classifiers.parts.labels import Labels, label_frame
from corpora import load_proposals
from pipeline.thai import words

SIZES = (600, 10_000)
TAGGED = 500


def write_copies(proposals: pd.DataFrame, size: int, path: Path) -> None:
    """`size` changed copies of the rows given, as JSON lines."""
    rng = random.Random(0)
    cut = [words(text) for text in proposals["text"]]
    pool = [word for row in cut for word in row]
    with path.open("w", encoding="utf-8") as file:
        for number in range(size):
            at = rng.randrange(len(cut))
            text = "".join(rng.choice(pool) if rng.random() < 0.1 else w for w in cut[at])
            labels = proposals.iloc[at][["agenda", "modes", "award_scaleup", "source", "voice"]]
            line = {"id": str(number), "text": text, **labels.to_dict()}
            line["award_scaleup"] = bool(line["award_scaleup"])
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def train_and_tag(path: Path, workers: int, fit_only: bool) -> None:
    """Train on a file and print what it took."""
    proposals = load_proposals(path)
    texts, before = texts_of(proposals), _peak()
    start = time.perf_counter()
    with joblib.parallel_config("loky", n_jobs=workers):
        tagger = fit_once(texts, proposals) if fit_only else ProposalTagger().fit(texts, proposals)
    seconds, peak = time.perf_counter() - start, _peak()
    rates = [] if fit_only else [f"{rate(tagger.tag, texts):.0f} texts/s tagged with evidence"]
    rates += [] if fit_only else [f"{rate(tagger.predict, texts):.0f} labels only"]
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{len(texts):6} texts, {workers} workers{', fit only' * fit_only}: {seconds:.1f} s, "
        f"peak memory {peak:.0f} MiB ({before:.0f} before)"
        + f", {largest:.0f} of the largest worker"
        * (workers > 1),
        *rates,
        sep=", ",
        flush=True,
    )


def fit_once(texts: Sequence[str], proposals: pd.DataFrame) -> ProposalTagger:
    """The last and largest step of training by itself: cut all texts and fit all parts on them."""
    tagger, frame, inputs = ProposalTagger(), label_frame(proposals), Inputs.of(texts)
    tagger.fitted_ = alone(tagger.recipe.fit, inputs, frame, Labels.of(frame))
    return tagger


def rate(tag: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """Texts a second."""
    start = time.perf_counter()
    tag(texts[:TAGGED])
    return min(TAGGED, len(texts)) / (time.perf_counter() - start)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--fit-only", action="store_true")
    parser.add_argument("--file", type=Path)
    given = parser.parse_args(arguments)
    if given.file is not None:
        train_and_tag(given.file, given.workers, given.fit_only)
        return
    proposals = load_proposals(part="train")
    with tempfile.TemporaryDirectory() as folder:
        for size in given.texts:
            path = Path(folder, f"{size}.jsonl")
            write_copies(proposals, size, path)
            command = [sys.executable, "-m", "benchmarks.training", "--file", str(path)]
            command += ["--workers", str(given.workers), *["--fit-only"] * given.fit_only]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
