"""From files to rows: files, pages and characters a second, and where the time goes.

    python -m benchmarks.end_to_end [FOLDER]

Runs over `corpora/samples` (or FOLDER) several times in one process, the model loaded before.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from classifiers import ProposalTagger
from classifiers.default import default_model
from classifiers.explanation import Explainer
from classifiers.features import feature_words
from pipeline.errors import WaraError
from pipeline.inputs import expand
from pipeline.minutes import parse_minutes
from pipeline.proposals import parse_proposal
from pipeline.readers import read
from pipeline.records import record_of

ROUNDS = 5
SAMPLES = Path(__file__).parent.parent / "corpora" / "samples"
T = TypeVar("T")


def main() -> None:
    """Print the table."""
    folder = sys.argv[1] if len(sys.argv) > 1 else str(SAMPLES)
    start = time.perf_counter()
    tagger = ProposalTagger.load(default_model())
    print(f"model ready in {time.perf_counter() - start:.1f} s")
    seconds: Counter[str] = Counter()

    def timed(name: str, work: Callable[[], T]) -> T:
        began = time.perf_counter()
        try:
            return work()
        finally:
            seconds[name] += time.perf_counter() - began

    files = expand([folder]).files
    rows = pages = letters = 0
    for _ in range(ROUNDS):
        for file in files:
            try:
                document = timed("whole: read", lambda file=file: read(file))
            except WaraError:
                continue
            rows, pages = rows + 1, pages + len(document.pages)
            letters += len(document.text)
            timed("whole: row", lambda d=document: record_of(d, tagger, model=""))
            parse = parse_minutes if document.kind == "minutes" else parse_proposal
            timed("parse", lambda d=document, p=parse: p(d))
            if document.kind == "minutes":
                continue
            words = timed("tokenize", lambda d=document: feature_words(d.text))
            timed("probabilities", lambda d=document: tagger.predict_proba([d.text]))
            explainer = Explainer(tagger.fitted_)
            timed("evidence", lambda d=document, w=words, e=explainer: e.explain(d.text, w))
    whole = seconds["whole: read"] + seconds["whole: row"]
    print(f"{rows} files, {pages} pages, {letters / 1e3:.0f}k characters in {whole:.1f} s")
    print(f"{rows / whole:.1f} files/s, {pages / whole:.1f} pages/s, {letters / whole:.0f} chars/s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    for name, spent in seconds.most_common():
        print(f"  {name:14} {spent / rows * 1000:7.1f} ms a file  {spent / whole:5.0%}")


if __name__ == "__main__":
    main()
