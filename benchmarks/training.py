"""What training and tagging cost: seconds, peak memory and texts a second.

    python -m benchmarks.training

Each line is a process of its own. Larger sets are drawn with replacement from the training part,
each copy with one word in ten replaced by a word of another text, so that the vocabulary grows.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time

import pandas as pd

from classifiers import ProposalTagger
from classifiers.evaluation import texts_of
from corpora import load_proposals
from pipeline.thai import words

SIZES = (600, 10_000)
TAGGED = 500


def resampled(proposals: pd.DataFrame, size: int) -> pd.DataFrame:
    """`size` rows, changed copies of the rows given."""
    rng = random.Random(0)
    rows = proposals.sample(size, replace=True, random_state=0).reset_index(drop=True)
    pool = [word for text in proposals["text"] for word in words(text)]
    rows["text"] = [
        "".join(rng.choice(pool) if rng.random() < 0.1 else word for word in words(text))
        for text in rows["text"]
    ]
    return rows


def one(size: int) -> None:
    """Train on `size` texts and print what it took."""
    proposals = load_proposals(part="train")
    rows = proposals.head(size) if size <= len(proposals) else resampled(proposals, size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    tagger = ProposalTagger().fit(texts_of(rows), rows)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    some = texts_of(proposals)[:TAGGED]
    start = time.perf_counter()
    tagger.tag(some)
    tagged = len(some) / (time.perf_counter() - start)
    start = time.perf_counter()
    tagger.predict(some)
    predicted = len(some) / (time.perf_counter() - start)
    print(
        f"{len(rows):6} texts: {seconds:.1f} s, peak memory {peak:.0f} MiB ({before:.0f} before),"
        f" {tagged:.0f} texts/s tagged with evidence, {predicted:.0f} without",
        flush=True,
    )


def main() -> None:
    """Print one line for each size."""
    if len(sys.argv) > 1:
        one(int(sys.argv[1]))
        return
    for size in SIZES:
        subprocess.run([sys.executable, "-m", "benchmarks.training", str(size)], check=True)


if __name__ == "__main__":
    main()
