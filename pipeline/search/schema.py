"""How passages stand in the tantivy index, and which version of the analysis made them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import tantivy

from pipeline.documents import Passage
from pipeline.search.analysis import Term, analyse, steps, terms_at, units
from pipeline.search.chairs import CHAIR
from pipeline.search.compounds import hidden_words
from pipeline.search.short_forms import data_digest, mentions
from pipeline.thai import fiscal_year
from pipeline.thai.lexicon import dictionary_name

_ANALYSIS = 2  # to be raised with every change of what a text is searched by
_CUT = "cut"  # texts come cut into terms; no length filter: it would count bytes, Thai has three
EXACT = ("topic", "province", "speaker", "position", "meeting", "kind", "document_kind", "document")
MARK = "mark"
NO_DATE = 0
_STEPS = "steps"


@cache
def version() -> str:
    """Names schema, analysis, dictionary and lists: an index of another version is of no use."""
    parts = (str(_ANALYSIS), tantivy.__version__, dictionary_name(), data_digest())
    return "version_" + hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]


@cache
def schema() -> tantivy.Schema:
    """The fields. `version()` is the name of one, so that comparing schemas compares all.

    `words`, `title` and `heading` hold folded words with positions, `hidden` the words that their
    cut hides, `units` and `heading_units` sub-word units, `meanings` the short forms; `passage` is
    the passage itself as JSON.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("passage", stored=True)  # a text field would be indexed as one term
    for name in ("words", "title", "heading"):
        builder.add_text_field(name, tokenizer_name=_CUT, index_option="position")
    for name in ("hidden", "units", "heading_units", "meanings"):
        builder.add_text_field(name, tokenizer_name=_CUT, index_option="freq")
    for name in (*EXACT, "item"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("date", "fiscal_year"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_integer_field(MARK, indexed=True, stored=True, fast=True)
    builder.add_text_field(version(), tokenizer_name="raw", index_option="basic")
    return builder.build()


def register(index: tantivy.Index) -> tantivy.Index:
    """Make the analyser of cut texts known to an opened index."""
    analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_CUT, analyser)
    return index


def document_of(passage: Passage, *, chaired: bool = False) -> tantivy.Document:
    """The passage as tantivy takes it; `chaired` says that its speaker was in the chair."""
    texts = {name: analyse(getattr(passage, name)) for name in ("text", "title", "heading")}
    document = tantivy.Document()
    document.add_text("id", passage.id)
    document.add_bytes("passage", _stored(passage, texts["text"]))
    document.add_text("words", joined(texts["text"]))
    document.add_text("title", joined(texts["title"]))
    document.add_text("heading", joined(texts["heading"]))
    document.add_text("hidden", " ".join(hidden_words(texts["text"])))
    document.add_text("units", " ".join(units(texts["text"])))
    headings = [*units(texts["title"]), *units(texts["heading"])]
    document.add_text("heading_units", " ".join(headings))
    meanings = [mention.meaning for terms in texts.values() for mention in mentions(terms)]
    document.add_text("meanings", " ".join(meanings))
    for name, value in _exact_values(passage):
        document.add_text(name, value)
    if chaired:
        document.add_text("position", CHAIR)
    document.add_integer("date", day_number(passage.date))
    if passage.date:
        document.add_integer("fiscal_year", fiscal_year(passage.date))
    return document


def _stored(passage: Passage, terms: Sequence[Term]) -> bytes:
    value = {field.name: getattr(passage, field.name) for field in dataclasses.fields(passage)}
    value["date"] = passage.date and passage.date.isoformat()
    value[_STEPS] = steps(passage.text, terms)
    return json.dumps(value, ensure_ascii=False).encode()


def joined(terms: list[Term]) -> str:
    """The terms as text for the whitespace analyser."""
    return " ".join(term.text for term in terms)


def _exact_values(passage: Passage) -> list[tuple[str, str]]:
    single = ("speaker", "position", "meeting", "kind", "document_kind", "document", "item")
    values = [(name, getattr(passage, name)) for name in single]
    values += [("topic", topic) for topic in dict.fromkeys(passage.topics)]
    values += [("province", province) for province in dict.fromkeys(passage.provinces)]
    return [(name, value) for name, value in values if value]


def day_number(date: dt.date | None) -> int:
    """2022-01-31 -> 20220131; NO_DATE, which is before every date, for None."""
    return date.year * 10000 + date.month * 100 + date.day if date else NO_DATE


@dataclass(frozen=True, slots=True)
class Stored:
    """A passage as the index keeps it: with the places of its terms."""

    passage: Passage
    steps: list[int]

    def terms(self) -> list[Term]:
        """The terms of the passage's text."""
        return terms_at(self.passage.text, self.steps)


def stored_at(searcher: tantivy.Searcher, at: tantivy.DocAddress) -> Stored:
    """The passage that `document_of` stored."""
    value: dict[str, Any] = json.loads(searcher.doc(at)["passage"][0])
    kept = value.pop(_STEPS)
    value["date"] = dt.date.fromisoformat(value["date"]) if value["date"] else None
    value["provinces"], value["topics"] = tuple(value["provinces"]), tuple(value["topics"])
    return Stored(Passage(**value), kept)
