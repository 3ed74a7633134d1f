"""JSON lines for doccano (text classification, several labels a text).

A line is `{text, label: [tag, ...], wara: {...}}`. doccano keeps `wara` as metadata of the text
and gives it back beside its own number of the text, so the round trip loses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpora.interchange.rows import META, Row, meta_of, tagged, tags_of, write_text
from corpora.lines import Line, read_lines
from corpora.taxonomy import Taxonomy


def json_line(row: Row) -> str:
    """One line of JSON with its line end."""
    return json.dumps(row, ensure_ascii=False) + "\n"


def write(rows: list[Row], path: Path) -> None:
    """Write the file to import into a doccano project."""
    lines = ({"text": row["text"], "label": tags_of(row), META: meta_of(row)} for row in rows)
    write_text(path, "".join(map(json_line, lines)))


def read(path: Path, taxonomy: Taxonomy) -> Iterator[Line]:
    """Read what doccano exported."""
    return lines_of(read_lines([path], ids=False), taxonomy)


def lines_of(lines: Iterable[Line], taxonomy: Taxonomy) -> Iterator[Line]:
    """Lines of doccano as lines of ours; those without labels are left out."""
    for line in lines:
        tags = line.values.get("label")
        if tags:
            yield replace(line, values=_row(line, tags, taxonomy))


def _row(line: Line, tags: Any, taxonomy: Taxonomy) -> Row:
    if not isinstance(tags, list):
        raise line.fault(
            "label",
            "ต้องเป็นรายการ [...] ส่งออกจาก doccano เป็น JSONL",
            "this must be a list [...]. Export JSONL from doccano.",
        )
    values, known = line.values, line.values.get(META)
    if not isinstance(known, dict):  # a text that did not come from wara
        known = {"id": f"doccano-{values.get('id', line.place)}", "label_source": "import"}
    text = values["text"] if "text" in values else values.get("data")  # by doccano's version
    return tagged(line, known, tags, taxonomy) | {"text": text}
