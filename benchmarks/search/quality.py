"""Ranking: questions of XQuAD-th and iapp through every engine, one table each."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.search.collections import Collection, iapp, xquad
from benchmarks.search.engines import THAI_SAFE, Engine, Fts5, Wara, Words
from benchmarks.search.metrics import MEASURES, measures
from benchmarks.search.postgres import Postgres, binaries, cluster
from pipeline.search import Passage

_DEEPEST = 20


def ranks(engine: Engine, questions: Sequence[tuple[str, str]]) -> list[int | None]:
    """The rank of the right passage for each question, None beyond the twentieth."""
    answers = ((engine.search(question, _DEEPEST), right) for question, right in questions)
    return [found.index(right) + 1 if right in found else None for found, right in answers]


Maker = Callable[[Sequence[Passage]], Engine]


@contextlib.contextmanager
def makers(folder: Path) -> Iterator[tuple[list[Maker], list[Maker]]]:
    """How each engine is made, and the slow ones apart; the index of wara lies in `folder`."""
    made: list[Maker] = [
        lambda passages: Wara(passages, folder / "wara"),
        Words,
        lambda passages: Fts5(passages, "FTS5 default, raw text", "unicode61", is_cut=False),
        lambda passages: Fts5(passages, "FTS5 default over words", "unicode61", is_cut=True),
        lambda passages: Fts5(passages, "FTS5 Thai-safe over words", THAI_SAFE, is_cut=True),
        lambda passages: Fts5(passages, "FTS5 trigram, raw text", "trigram", is_cut=False),
    ]
    if not binaries():
        yield made, []
        return
    with cluster() as server:
        made.append(lambda passages: Postgres(passages, server, trigram=False))
        yield made, [lambda passages: Postgres(passages, server, trigram=True)]


def compared(collection: Collection, made: Sequence[Maker]) -> Table:
    """One row per engine."""
    sizes = f"{len(collection.passages)} passages, {len(collection.questions)} questions"
    table = Table("engine", *MEASURES, title=f"{collection.name}: {sizes}")
    for make in made:
        engine = make(collection.passages)
        found = measures(ranks(engine, collection.questions))
        table.add_row(engine.name, *(f"{found[name]:.4f}" for name in MEASURES))
    return table


def main(shared: Path) -> None:
    """Measure and print. PostgreSQL's trigrams take seconds a question on the larger collection."""
    with tempfile.TemporaryDirectory() as folder, makers(Path(folder)) as (made, slow):
        Console().print(compared(xquad(shared), [*made, *slow]))
        Console().print(compared(iapp(shared, "valid"), made))
