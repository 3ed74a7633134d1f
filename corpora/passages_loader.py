"""Loads passages of minutes labelled with their topics, and the words that speak for a topic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from corpora.entries import parse_toml, read_text
from corpora.lines import Line, fault_at, jsonl_files, read_lines
from corpora.taxonomy import Taxonomy, load_taxonomy
from pipeline.errors import UsageError
from pipeline.thai import arabic_digits

PASSAGES = Path(__file__).with_name("passages")
TOPIC_CUES = Path(__file__).with_name("topic_cues.toml")
PASSAGE_PARTS = ("train", "test")
_HELD_BACK = "heldback"  # files whose name begins so are the test part
_STRENGTHS = ("strong", "weak")

# cue -> (topic, is it strong) for every topic it speaks for; see `cue_key`.
TopicCues = dict[str, tuple[tuple[str, bool], ...]]


def load_passages(
    path: str | Path | None = None,
    *,
    part: str | None = None,
    taxonomy: Taxonomy | None = None,
) -> pd.DataFrame:
    """Load labelled passages from a .jsonl file or a folder of them; by default the corpus.

    Columns: `id`, `document`, `kind`, `title`, `heading`, `speaker`, `text` (str) and `topics`
    (tuple of codes, possibly empty). `part` keeps `test`, the files named heldback*, or `train`,
    the rest. A part without lines is an empty table. Raises `ModelError` for a line or a label
    that does not fit, `UsageError` for an unknown part.
    """
    if part is not None and part not in PASSAGE_PARTS:
        names = ", ".join(PASSAGE_PARTS)
        raise UsageError(
            f"ไม่มีส่วน {part!r} เลือกจาก {names}", f"there is no part {part!r}. Choose from {names}."
        )
    labels = taxonomy if taxonomy is not None else load_taxonomy()
    codes = tuple(label.code for label in labels.passage_topics)
    files = jsonl_files(Path(path) if path is not None else PASSAGES)
    if part is not None:
        files = [file for file in files if _is_held_back(file) == (part == "test")]
    rows = [_passage(line, codes) for line in read_lines(files)] if files else []
    columns = ("id", "document", "kind", "title", "heading", "speaker", "text", "topics")
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype="object") for name in columns}
    )


def load_topic_cues(taxonomy: Taxonomy | None = None, path: str | Path | None = None) -> TopicCues:
    """The cues of `topic_cues.toml` and of the taxonomy, by `cue_key`.

    The taxonomy's cues are strong for a topic that the file does not list, else weak unless the
    file says otherwise. Raises `ModelError` for a file that does not fit.
    """
    labels = taxonomy if taxonomy is not None else load_taxonomy()
    file = Path(path) if path is not None else TOPIC_CUES
    listed = parse_toml(file, read_text(file))
    cues: dict[str, dict[str, bool]] = {}
    for label in labels.passage_topics:
        own = _strengths(file, label.code, listed.get(label.code, {}))
        fallback = label.code not in listed
        for cue, strong in (dict.fromkeys(map(cue_key, label.cues), fallback) | own).items():
            cues.setdefault(cue, {})[label.code] = strong
    return {cue: tuple(topics.items()) for cue, topics in cues.items()}


def cue_key(cue: str) -> str:
    """How cues are compared: no blanks, lower case, Arabic digits."""
    return "".join(arabic_digits(cue).lower().split())


def _strengths(file: Path, topic: str, entry: Any) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for name in reversed(_STRENGTHS):  # a cue listed as both is strong
        words = entry.get(name, []) if isinstance(entry, dict) else None
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise fault_at(
                f"{file}, {topic}.{name}",
                'ต้องเป็นรายการคำ ["...", "..."] แก้ช่องนี้',
                'this must be a list of words ["...", "..."]. Correct it.',
            )
        found |= dict.fromkeys(map(cue_key, words), name == "strong")
    return found


def _is_held_back(file: Path) -> bool:
    return file.name.startswith(_HELD_BACK)


def _passage(line: Line, codes: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": line.text("id"),
        "document": line.text("document"),
        "kind": line.text("kind"),
        "title": line.optional_text("title") or "",
        "heading": line.optional_text("heading") or "",
        "speaker": line.optional_text("speaker") or "",
        "text": line.text("text"),
        "topics": line.choices("topics", codes),
    }
