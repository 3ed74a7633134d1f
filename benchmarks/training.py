"""What training and tagging cost: seconds, peak memory and texts a second.

    python -m benchmarks.training

Each line is a process of its own that reads a .jsonl file, as `wara train` does. The larger set is
drawn with replacement from the training part, each copy with one word in ten replaced by a word
of another text, so that the vocabulary grows.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from classifiers import ProposalTagger
from classifiers.evaluation import texts_of
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


def train_and_tag(path: Path) -> None:
    """Train on a file and print what it took."""
    proposals = load_proposals(path)
    texts = texts_of(proposals)
    before = _peak()
    start = time.perf_counter()
    tagger = ProposalTagger().fit(texts, proposals)
    seconds, peak = time.perf_counter() - start, _peak()
    rates = []
    for tag in (tagger.tag, tagger.predict):
        start = time.perf_counter()
        tag(texts[:TAGGED])
        rates.append(min(TAGGED, len(texts)) / (time.perf_counter() - start))
    print(
        f"{len(texts):6} texts: {seconds:.1f} s, peak memory {peak:.0f} MiB ({before:.0f} before),"
        f" {rates[0]:.0f} texts/s tagged with evidence, {rates[1]:.0f} labels only",
        flush=True,
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print one line for each size."""
    if len(sys.argv) > 1:
        train_and_tag(Path(sys.argv[1]))
        return
    proposals = load_proposals(part="train")
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder, f"{size}.jsonl")
            write_copies(proposals, size, path)
            command = [sys.executable, "-m", "benchmarks.training", str(path)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
