"""Finding words: every dictionary word that occurs in XQuAD-th on word boundaries.

A word of 2 to 14 letters stands in a passage where it begins and ends at boundaries that newmm of
PyThaiNLP sees with its own dictionary. The answer is all that `Index.search` finds for the word. A
word is looked for in every passage, so what is found too much counts as well.
"""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from pythainlp.corpus import thai_words
from pythainlp.tokenize import newmm
from rich.console import Console
from rich.table import Table

from benchmarks.search.collections import Collection, xquad
from benchmarks.search.engines import Wara
from pipeline.thai import normalize

_THAI = re.compile("[ก-๎]+")
LONGEST = 14
Cut = Callable[[str], list[str]]


def occurrences(texts: Mapping[str, str], cut: Cut) -> dict[str, set[str]]:
    """Word -> ids of the passages in which it stands on boundaries of `cut`."""
    known = {word for word in thai_words() if 2 <= len(word) <= LONGEST and _THAI.fullmatch(word)}
    found: dict[str, set[str]] = defaultdict(set)
    for key, text in texts.items():
        for run in _THAI.findall(text):
            ends = [0, *accumulate(map(len, cut(run)))]
            for at, start in enumerate(ends):
                for end in ends[at + 1 :]:
                    if end - start > LONGEST:
                        break
                    if run[start:end] in known:
                        found[run[start:end]].add(key)
    return found


def compared(collection: Collection, boundaries: Mapping[str, Cut], folder: Path) -> Table:
    """Recall, precision and the share of words that find nothing right."""
    engine = Wara(collection.passages, folder)
    texts = {passage.id: normalize(passage.text) for passage in collection.passages}
    title = f"every word of 2 to {LONGEST} letters in {collection.name}"
    table = Table("boundaries", "words", "recall", "precision", "nothing right", title=title)
    for name, cut in boundaries.items():
        right = occurrences(texts, cut)
        answers = {word: set(engine.search(word, len(texts))) for word in right}
        table.add_row(name, str(len(right)), *_scores(right, answers))
    return table


def _scores(right: Mapping[str, set[str]], answers: Mapping[str, set[str]]) -> Sequence[str]:
    """Means over the words."""
    both = [
        (len(right[word] & found), len(right[word]), len(found)) for word, found in answers.items()
    ]
    recall = sum(hit / wanted for hit, wanted, _ in both) / len(both)
    precision = sum(hit / found if found else 0.0 for hit, _, found in both) / len(both)
    nothing = sum(hit == 0 for hit, _, _ in both) / len(both)
    return f"{recall:.4f}", f"{precision:.4f}", f"{nothing:.2%}"


def main(shared: Path) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        Console().print(compared(xquad(shared), {"newmm": newmm.segment}, Path(folder)))
