"""How well proposals, minutes and other texts are told apart.

    python -m benchmarks.kinds [SHARED]

By cross-validation over the corpus: a writer of proposals and a sixth of the genres of other texts
are left out at a time. SHARED is a folder with public texts that are neither (`data/`); without
it that part is skipped, and says so.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from unittest.mock import patch

from classifiers.kinds import fit_weights, training_minutes, training_proposals, training_texts
from corpora import load_other
from pipeline.kinds import detect_kind, detection
from pipeline.kinds.detection import Weights
from pipeline.thai import normalize, repair

FOLDS = 6
SAMPLE = 400


def folds() -> list[int]:
    """The fold of each training text, in the order of `training_texts`."""
    proposals, minutes, other = training_proposals(), training_minutes(), load_other()
    voices = sorted(set(proposals["voice"]))
    genres = sorted(set(other["genre"]))
    random.Random(0).shuffle(genres)
    return [
        *(voices.index(voice) % FOLDS for voice in proposals["voice"]),
        *(number % FOLDS for number in range(len(minutes))),
        *(genres.index(genre) % FOLDS for genre in other["genre"]),
    ]


def detect(texts: Iterable[str], weights: Weights) -> list[str]:
    """The kinds that wara would find with these weights."""
    with patch.object(detection, "_weights", lambda: weights):
        return [detect_kind(normalize(repair(text))) for text in texts]


def cross_validated() -> None:
    """Print the confusion of held-out texts, whole and cut to their first 300 characters."""
    texts, work = training_texts()
    of_fold = folds()
    truth = ["proposal"] * len(training_proposals()) + ["minutes"] * len(training_minutes())
    truth += ["other"] * (len(texts) - len(truth))
    for title, cut in (("whole texts", None), ("first 300 characters", 300)):
        confusion: Counter[tuple[str, str]] = Counter()
        for fold in range(FOLDS):
            train = [i for i, f in enumerate(of_fold) if f != fold]
            test = [i for i, f in enumerate(of_fold) if f == fold]
            fitted = fit_weights([texts[i] for i in train], [work[i] for i in train])
            found = detect((texts[i][:cut] for i in test), Weights(**fitted))
            confusion.update(zip((truth[i] for i in test), found, strict=True))
        print(f"Held out, {title}")
        for kind in ("proposal", "minutes", "other"):
            row = {k: confusion[kind, k] for k in ("proposal", "minutes", "other")}
            print(f"  {kind:9} read as {row}")


def outside(shared: Path) -> None:
    """Print how public texts that are neither are read."""
    for name in ("iapp-passages.jsonl.gz", "wisesight/test.jsonl.gz"):
        path = shared / name
        if not path.exists():
            print(f"skipped: {path} is not here")
            continue
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        random.Random(1).shuffle(rows)
        texts = (normalize(row.get("text") or row["texts"]) for row in rows[:SAMPLE])
        found = Counter(map(detect_kind, texts))
        print(f"{name}: {dict(found)}")


def main() -> None:
    """Print all."""
    cross_validated()
    outside(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("data"))


if __name__ == "__main__":
    main()
