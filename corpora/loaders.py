"""Loads labelled proposals, minutes and other texts from JSON lines into pandas tables.

Every text column has the dtype `object` under every pandas version, so that an absent value is
`None` and never NaN, and lists are tuples. A line that breaks the shape raises `ModelError`.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from corpora.lines import Line, jsonl_files, read_lines
from corpora.parts import PARTS, minutes_part_of, part_of, text_digest
from corpora.taxonomy import Taxonomy, load_taxonomy
from pipeline.errors import UsageError

CORPORA = Path(__file__).parent
LABEL_SOURCES = ("import", "human", "machine")


def load_proposals(
    path: str | Path | None = None,
    *,
    voices: Sequence[str] | None = None,
    part: str | None = None,
    taxonomy: Taxonomy | None = None,
) -> pd.DataFrame:
    """Load labelled proposals from a .jsonl file or a folder of them; by default the corpus.

    One row per line, in file and line order, index 0 to n-1. Columns: `id`, `title`, `text`
    (str), `agenda` (code), `mode` (primary code), `modes` (tuple of codes, primary first), one
    bool column per flag of the taxonomy (`award_scaleup`), `province` (str or None),
    `submitted_date_iso` (YYYY-MM-DD of the Common Era, or None), `networks` (tuple),
    `source`, `register`, `voice` (str, "" if absent), `agenda_ok`, `mode_ok` (tuples: every
    label a careful reader would accept; the line's own label if absent), `label_source` (who set
    the labels: `human` in wara, `import` from outside, the default, or `machine`), `label_model`
    (the model that set or proposed them, or None).
    A line that carries the `text_digest` of the text that was labelled must still hold that text.
    A line needs `id`, `text`, `agenda` and `modes`; keys that are not listed are left out.
    `voices` keeps the rows of these writers only, `part` those of `train`, `promotion` or `test`
    (see `corpora.parts`; a text that is in neither of the latter trains).
    Raises `ModelError` for a file, a line or a label that does not fit, `UsageError` for an
    unknown voice or part.
    """
    labels = taxonomy if taxonomy is not None else load_taxonomy()
    files = jsonl_files(Path(path) if path is not None else CORPORA / "proposals")
    frame = proposals_of(read_lines(files), labels)
    if voices is not None:
        frame = _of_voices(frame, voices)
    return frame if part is None else _kept(frame, part_of(frame), part, PARTS)


def proposals_of(lines: Iterable[Line], labels: Taxonomy) -> pd.DataFrame:
    """The table of `load_proposals` from lines that were read already, at least one."""
    return _frame([_proposal(line, labels) for line in lines])


def load_minutes(path: str | Path | None = None, *, part: str | None = None) -> pd.DataFrame:
    """Load minutes with their gold structure; columns `id`, `form`, `text` (str), `gold` (dict).

    `path` is a .jsonl file or a folder, by default the corpus. `part` keeps `train`, or `test`:
    the minutes that no parser was developed on. Raises `ModelError` as above.
    """
    files = jsonl_files(Path(path) if path is not None else CORPORA / "minutes")
    frame = _frame([_minutes(line) for line in read_lines(files)])
    if part is None:
        return frame
    return _kept(frame, minutes_part_of(frame), part, ("train", "test"))


def load_other(path: str | Path | None = None) -> pd.DataFrame:
    """Load texts that are neither proposal nor minutes; columns `id`, `title`, `text`, `genre`.

    `path` is a .jsonl file or a folder, by default the corpus. Raises `ModelError` as above.
    """
    files = jsonl_files(Path(path) if path is not None else CORPORA / "other")
    return _frame([_other(line) for line in read_lines(files)])


def corpus_digest(frame: pd.DataFrame) -> str:
    """SHA-256 (hex) of a table's content; the order of rows and columns does not count."""
    rows = (
        json.dumps(plain(row), ensure_ascii=False, sort_keys=True)
        for row in frame.to_dict("records")
    )
    return hashlib.sha256("\n".join(sorted(rows)).encode("utf-8", "surrogatepass")).hexdigest()


def _proposal(line: Line, labels: Taxonomy) -> dict[str, Any]:
    _check_unchanged(line)
    agenda = line.choice("agenda", line.values.get("agenda"), labels.agenda_codes)
    modes = line.choices("modes", labels.mode_codes)
    if not modes:
        raise line.fault(
            "modes",
            "ต้องมีอย่างน้อยหนึ่งรูปแบบ ใส่รูปแบบหลักเป็นรายการแรก",
            "at least one mode is needed. Put the primary one first.",
        )
    return {
        "id": line.text("id"),
        "title": line.optional_text("title") or "",
        "text": line.text("text"),
        "agenda": agenda,
        "mode": modes[0],
        "modes": modes,
        **{code: line.flag(code) for code in labels.flag_codes},
        "province": line.optional_text("province"),
        "submitted_date_iso": line.date("submitted_date_iso"),
        "networks": line.choices("networks", labels.network_names),
        "source": line.optional_text("source") or "",
        "register": line.optional_text("register") or "",
        "voice": line.optional_text("voice") or "",
        "agenda_ok": line.choices("agenda_ok", labels.agenda_codes) or (agenda,),
        "mode_ok": line.choices("mode_ok", labels.mode_codes) or (modes[0],),
        "label_source": line.choice(
            "label_source", line.values.get("label_source", LABEL_SOURCES[0]), LABEL_SOURCES
        ),
        "label_model": line.optional_text("label_model"),
    }


def _check_unchanged(line: Line) -> None:
    """Labels belong to a text: a text changed since it was labelled is labelled again."""
    digest = line.optional_text("text_digest")
    if digest is not None and digest != text_digest(line.text("text")):
        raise line.fault(
            "text_digest",
            "ข้อความเปลี่ยนไปหลังติดป้าย ตรวจป้ายใหม่แล้วลบช่องนี้",
            "the text has changed since it was labelled. Check the labels, then delete this key.",
        )


def _minutes(line: Line) -> dict[str, Any]:
    gold = line.values.get("gold")
    if not isinstance(gold, dict):
        raise line.fault(
            "gold",
            "ต้องเป็นวัตถุ JSON ของโครงสร้างที่ถูกต้อง เติมช่องนี้",
            "this must be the JSON object of the right structure. Fill it in.",
        )
    return {
        "id": line.text("id"),
        "form": line.optional_text("form") or "",
        "text": line.text("text"),
        "gold": gold,
    }


def _other(line: Line) -> dict[str, Any]:
    return {
        "id": line.text("id"),
        "title": line.optional_text("title") or "",
        "text": line.text("text"),
        "genre": line.optional_text("genre") or "",
    }


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = {key: _column([row[key] for row in rows]) for key in rows[0]}
    return pd.DataFrame(columns)


def _column(values: list[Any]) -> pd.Series[Any]:
    return pd.Series(values, dtype="bool" if isinstance(values[0], bool) else "object")


def _of_voices(frame: pd.DataFrame, voices: Sequence[str]) -> pd.DataFrame:
    known = sorted(set(frame["voice"]))
    for voice in voices:
        if voice not in known:
            names = ", ".join(known)
            raise UsageError(
                f"ไม่มีผู้เขียน {voice!r} เลือกจาก {names}",
                f"there is no voice {voice!r}. Choose from {names}.",
            )
    return frame[frame["voice"].isin(list(voices))].reset_index(drop=True)


def _kept(
    frame: pd.DataFrame, parts: pd.Series[str], part: str, known: Sequence[str]
) -> pd.DataFrame:
    """The rows of one part; `parts` has the part of each row."""
    if part not in known:
        raise UsageError(
            f"ไม่มีส่วน {part!r} เลือกจาก {', '.join(known)}",
            f"there is no part {part!r}. Choose from {', '.join(known)}.",
        )
    return frame[parts == part].reset_index(drop=True)


def plain(value: Any) -> Any:
    """Give a cell as JSON holds it: tuples as lists, NaN as null, numpy scalars as Python's."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and math.isnan(value) else value
