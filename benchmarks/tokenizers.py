"""Speed of `pipeline.thai.tokenize` beside PyThaiNLP's newmm, and how far they agree.

    python -m benchmarks.tokenizers [FILE.jsonl ...]

Reads the `text` of every line, by default of corpora/proposals/*.jsonl. The engines take turns on
slices of the corpus, so that a load of the machine falls on all of them; read the ratios. newmm
runs with its own dictionary and, for the agreement, with ours.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pythainlp.tokenize import Trie, newmm
from rich.console import Console
from rich.table import Table

from pipeline.thai import normalize, tokenize, words
from pipeline.thai.lexicon import RUN, dictionary

PROPOSALS = Path(__file__).parent.parent / "corpora" / "proposals"
SLICES = 12
Cut = Callable[[str], list[str]]


def texts(paths: list[Path]) -> list[str]:
    """The normalized texts of JSON lines files."""
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [normalize(json.loads(line)["text"]) for line in lines]


def tokenized(text: str) -> list[str]:
    """Our tokens as texts."""
    return [token.text for token in tokenize(text)]


def timed(cut: Cut, slice_: list[str]) -> tuple[float, int]:
    """Seconds and tokens of cutting every text of `slice_`."""
    start = time.perf_counter()
    tokens = sum(len(cut(text)) for text in slice_)
    return time.perf_counter() - start, tokens


def speeds(engines: dict[str, Cut], corpus: list[str]) -> Table:
    """Median speed of each engine over interleaved slices."""
    rates: dict[str, list[tuple[float, float]]] = {name: [] for name in engines}
    for cut in engines.values():
        cut(corpus[0])
    for number in range(SLICES):
        part = corpus[number::SLICES]
        size = sum(len(text.encode()) for text in part) / 1e6
        for name, cut in engines.items():
            seconds, tokens = timed(cut, part)
            rates[name].append((size / seconds, tokens / seconds / 1000))
    table = Table("engine", "MB/s", "1000 tokens/s", "against newmm", title="speed")
    base = statistics.median(rate for rate, _ in rates["newmm"])
    for name, pairs in rates.items():
        rate, tokens = (statistics.median(column) for column in zip(*pairs, strict=True))
        table.add_row(name, f"{rate:.2f}", f"{tokens:.0f}", f"{rate / base:.1f}x")
    return table


def boundaries(pieces: list[str]) -> set[int]:
    """Offsets at which a piece ends."""
    ends, position = set(), 0
    for piece in pieces:
        position += len(piece)
        ends.add(position)
    return ends


def agreement(ours: Cut, reference: Cut, corpus: list[str]) -> float:
    """F1 of our boundaries against those of `reference`, over the whole corpus."""
    both = total = 0
    for text in corpus:
        left, right = boundaries(ours(text)), boundaries(reference(text))
        both, total = both + 2 * len(left & right), total + len(left) + len(right)
    return both / total


def main() -> None:
    """Print both tables."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted(PROPOSALS.glob("*.jsonl"))
    corpus = texts(paths)
    trie = Trie(dictionary())
    same: Cut = partial(newmm.segment, custom_dict=trie)
    console = Console()
    engines: dict[str, Cut] = {
        "newmm": newmm.segment,
        "newmm, our dictionary": same,
        "tokenize": tokenized,
        "words": words,
    }
    console.print(speeds(engines, corpus))
    runs = [run for text in corpus for run in re.findall(f"[{RUN}]+", text)]
    equal = sum(tokenized(run) == same(run) for run in runs) / len(runs)
    console.print(f"Thai runs cut the same as newmm, our dictionary: {equal:.2%} of {len(runs)}")
    console.print(f"boundary F1, Thai runs: {agreement(tokenized, same, runs):.4f}")
    console.print(f"boundary F1, whole texts: {agreement(tokenized, same, corpus):.4f}")
    console.print(
        f"the same, newmm's own dictionary: {agreement(tokenized, newmm.segment, corpus):.4f}"
    )


if __name__ == "__main__":
    main()
