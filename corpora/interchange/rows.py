"""A labelled row as every form carries it, and what becomes of it when another tool relabels it.

Tools that know nothing of axes get each label as one tag: `agenda:poverty`, `mode:open` (the
primary mode), `also:digital` (a further one), `flag:award_scaleup`.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from corpora.lines import Line
from corpora.loaders import plain
from corpora.parts import text_digest
from corpora.taxonomy import Taxonomy
from pipeline.errors import OutputError

Row = dict[str, Any]
META = "wara"  # where another tool's file keeps what that tool has no place for


def rows_of(proposals: pd.DataFrame) -> list[Row]:
    """One JSON-able dict per row. `mode` is left out: it is the first of `modes`."""
    columns = [str(name) for name in proposals.columns if name != "mode"]
    return [
        {name: plain(value) for name, value in zip(columns, values, strict=True)}
        for values in proposals[columns].itertuples(index=False, name=None)
    ]


def meta_of(row: Row) -> Row:
    """All but the text, and the digest by which a changed text is noticed."""
    rest = {name: value for name, value in row.items() if name != "text"}
    return rest | {"text_digest": text_digest(row["text"])}


def tags_of(row: Row) -> list[str]:
    """The labels of a row as tags."""
    first, *rest = row["modes"]
    flags = [name for name, value in row.items() if value is True]
    return [
        f"agenda:{row['agenda']}",
        f"mode:{first}",
        *(f"also:{mode}" for mode in rest),
        *(f"flag:{flag}" for flag in flags),
    ]


def known_tags(taxonomy: Taxonomy) -> list[str]:
    """Every tag that a text may get."""
    axes = {
        "agenda": taxonomy.agenda_codes,
        "mode": taxonomy.mode_codes,
        "also": taxonomy.mode_codes,
        "flag": taxonomy.flag_codes,
    }
    return [f"{axis}:{code}" for axis, codes in axes.items() for code in codes]


def tagged(line: Line, known: Mapping[str, Any], tags: Iterable[Any], taxonomy: Taxonomy) -> Row:
    """The row `known` with the labels of `tags`.

    Raises ModelError for an unknown tag, and unless there is one agenda and one primary mode.
    """
    said: dict[str, list[str]] = {axis: [] for axis in ("agenda", "mode", "also", "flag")}
    allowed = tuple(known_tags(taxonomy))
    for tag in dict.fromkeys(map(str, tags)):
        axis, _, code = line.choice("label", tag, allowed).partition(":")
        said[axis].append(code)
    for axis in ("agenda", "mode"):
        if len(said[axis]) != 1:
            raise line.fault(
                "label",
                f"มีป้าย {axis} {len(said[axis])} ป้าย ต้องมีหนึ่ง แก้ในเครื่องมือที่ติดป้ายแล้วส่งออกใหม่",
                f"{len(said[axis])} labels of {axis}, one is needed. Correct and export again.",
            )
    modes = list(dict.fromkeys([*said["mode"], *said["also"]]))
    flags = {code: code in said["flag"] for code in taxonomy.flag_codes}
    return _relabelled(known, said["agenda"][0], modes, flags)


def _relabelled(
    known: Mapping[str, Any], agenda: str, modes: list[str], flags: Mapping[str, bool]
) -> Row:
    """The row with these labels; `label_source` is `import` where one of them is new.

    The order of the further modes is kept where they are the same. A list of defensible labels
    that lacks the new one is left out: it was made for the old one.
    """
    before = list(known.get("modes") or ())
    if before[:1] == modes[:1] and set(before) == set(modes):
        modes = before
    labels: Row = {"agenda": agenda, "modes": modes, **flags}
    new = dict(known) | labels
    if any(known.get(name) != value for name, value in labels.items()):
        new["label_source"] = "import"
    for axis, label in (("agenda_ok", agenda), ("mode_ok", modes[0])):
        if label not in _collection(new.get(axis)):
            new.pop(axis, None)
    return new


def _collection(value: object) -> Collection[Any]:
    return value if isinstance(value, (list, tuple)) else ()


def write_text(path: Path, text: str, *, encoding: str = "utf-8") -> None:
    """Write beside and rename. Raises OutputError."""
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError as error:
        raise OutputError(
            f"{path}: มีอักขระที่เขียนเป็น UTF-8 ไม่ได้ ล้างข้อความด้วย pipeline.thai.normalize ก่อน",
            f"{path}: a text holds half a character (surrogate): clean it with "
            "pipeline.thai.normalize first",
        ) from error
    write_bytes(path, data)


def write_bytes(path: Path, data: bytes) -> None:
    """Write beside and rename. Raises OutputError."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise OutputError(
            f"เขียน {path} ไม่ได้ ({error.strerror}) เลือกชื่อหรือโฟลเดอร์อื่น",
            f"{path} cannot be written ({error.strerror}): choose another name or folder",
        ) from error
