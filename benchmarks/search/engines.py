"""The engines side by side: each indexes passages and answers with ids, the best first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import tantivy
from tantivy import Occur, Query

from pipeline.search import Index, Passage
from pipeline.search.matching import DEFAULT_WEIGHTS, Weights
from pipeline.thai import normalize, words


class Engine(Protocol):
    """What is measured."""

    name: str

    def search(self, question: str, limit: int) -> list[str]:
        """The ids of the best passages."""


class Wara:
    """The public API. `weights` other than the default ones are for choosing them."""

    def __init__(
        self,
        passages: Sequence[Passage],
        folder: Path,
        name: str = "wara",
        weights: Weights = DEFAULT_WEIGHTS,
    ):
        self.name = name
        index = Index.create(folder)
        index.add(passages)
        self.index = Index.open(folder, weights=weights)

    def search(self, question: str, limit: int) -> list[str]:
        """Questions are taken as words: quotation marks of the data are no phrases."""
        return [hit.passage.id for hit in self.index.search(plain(question), limit)]


class Words:
    """BM25 over our words alone, titles before the text: tantivy with nothing of ours on top."""

    name = "BM25, words only"

    def __init__(self, passages: Sequence[Passage]):
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("words", tokenizer_name="cut", index_option="freq")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("cut", analyser)
        writer = self._index.writer(64_000_000, 1)
        for passage in passages:
            text = cut(f"{passage.title} {passage.text}")
            writer.add_document(tantivy.Document(id=passage.id, words=text))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, question: str, limit: int) -> list[str]:
        """Any of the words."""
        terms = [
            (Occur.Should, Query.term_query(self._schema, "words", word, "freq"))
            for word in cut(question).split()
        ]
        searcher = self._index.searcher()
        found = searcher.search(Query.boolean_query(terms), limit=limit, count=False)
        return [searcher.doc(at)["id"][0] for _, at in found.hits]


class Fts5:
    """SQLite FTS5 with its BM25."""

    def __init__(
        self,
        passages: Iterable[Passage],
        name: str,
        tokenizer: str,
        *,
        is_cut: bool,
        path: Path | str = ":memory:",
    ):
        self.name = name
        self._trigram = tokenizer.startswith("trigram")
        self._is_cut = is_cut
        self.database = sqlite3.connect(path)
        self.database.execute(f"create virtual table p using fts5(t, tokenize={tokenizer!r})")
        self._ids: list[str] = []
        rows = (self._row(passage) for passage in passages)
        with self.database:
            self.database.executemany("insert into p(rowid, t) values (?, ?)", rows)

    def _row(self, passage: Passage) -> tuple[int, str]:
        self._ids.append(passage.id)
        return len(self._ids) - 1, self._text(passage)

    def _text(self, passage: Passage) -> str:
        text = f"{passage.title} {passage.text}".lower()
        return cut(text) if self._is_cut else text

    def search(self, question: str, limit: int) -> list[str]:
        """Any of the words, or of the trigrams."""
        terms = cut(question.lower()).split() if self._is_cut else question.lower().split()
        if self._trigram:
            terms = [question[i : i + 3].lower() for i in range(len(question) - 2)]
        query = " OR ".join('"' + term.replace('"', '""') + '"' for term in dict.fromkeys(terms))
        if not query:
            return []
        rows = self.database.execute(
            "select rowid from p where p match ? order by rank limit ?", (query, limit)
        )
        return [self._ids[number] for (number,) in rows]


THAI_SAFE = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"


def cut(text: str) -> str:
    """Our words with blanks between, in lower case."""
    return " ".join(words(normalize(text))).lower()


def plain(question: str) -> str:
    """The question without marks that the query language would read."""
    return question.translate(str.maketrans('"“”«»:：', " " * 7)).replace(" -", " ")
