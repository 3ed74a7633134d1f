"""Public Thai retrieval data: passages, questions, and which passage answers which question."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.search import Passage


@dataclass(frozen=True, slots=True)
class Collection:
    """`questions` are pairs of a question and the id of the one passage that answers it."""

    name: str
    passages: Sequence[Passage]
    questions: Sequence[tuple[str, str]]


def xquad(folder: Path) -> Collection:
    """XQuAD-th: 240 paragraphs without titles, 1,190 questions."""
    passages: list[Passage] = []
    questions: list[tuple[str, str]] = []
    for article in json.loads((folder / "xquad.th.json").read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            key = f"xquad-{len(passages)}"
            passages.append(Passage(key, paragraph["context"]))
            questions += [(answer["question"], key) for answer in paragraph["qas"]]
    return Collection("XQuAD-th", passages, questions)


def iapp(folder: Path, split: str) -> Collection:
    """iapp: 1,712 articles with titles; the questions of one split, `train` or `valid`."""
    passages = [
        Passage(row["id"], row["text"], title=row["title"])
        for row in _rows(folder / "iapp-passages.jsonl.gz")
    ]
    rows = _rows(folder / "iapp-questions.jsonl.gz")
    questions = [(row["question"], row["relevant"]) for row in rows if row["split"] == split]
    return Collection(f"iapp {split}", passages, questions)


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
