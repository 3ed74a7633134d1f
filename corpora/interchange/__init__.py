"""Labels to and from other tools: spreadsheets, doccano, Label Studio.

```python
write_labels(proposals, "labels.xlsx")
proposals = read_labels("labels.xlsx")
```

What was written is read back the same, text, labels and all else. A tool that changed a label
makes that row one of `label_source` `import`. DocBin files of spaCy: `pipeline.entities.labelled`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from corpora.interchange import doccano, label_studio, sheets
from corpora.interchange.label_studio import label_studio_config
from corpora.interchange.rows import Row, rows_of, write_text
from corpora.lines import Line, fault_at, read_lines, unique
from corpora.loaders import proposals_of
from corpora.taxonomy import Taxonomy, load_taxonomy
from pipeline.errors import UsageError

__all__ = ["FORMATS", "label_studio_config", "read_labels", "write_labels"]


@dataclass(frozen=True, slots=True)
class Format:
    """How a form is written, and read as lines of the shape that `load_proposals` takes."""

    write: Callable[[list[Row], Path], None]
    read: Callable[[Path, Taxonomy], Iterable[Line]]


def _write_jsonl(rows: list[Row], path: Path) -> None:
    write_text(path, "".join(map(doccano.json_line, rows)))


def _read_jsonl(path: Path, taxonomy: Taxonomy) -> Iterator[Line]:
    """Lines of wara's own shape, or of doccano, told apart by the first one."""
    lines = read_lines([path], ids=False)
    first = next(lines)
    lines = itertools.chain([first], lines)
    if "label" in first.values and "agenda" not in first.values:
        lines = doccano.lines_of(lines, taxonomy)
    return lines


FORMATS: dict[str, Format] = {
    "csv": Format(sheets.write_csv, sheets.read_csv),
    "xlsx": Format(sheets.write_xlsx, sheets.read_xlsx),
    "jsonl": Format(_write_jsonl, _read_jsonl),
    "doccano": Format(doccano.write, doccano.read),
    "label-studio": Format(label_studio.write, label_studio.read),
}
TABLES = ("csv", "xlsx", "jsonl")  # what is read of a folder: other .json may lie there too
_SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "label-studio",
}


def write_labels(proposals: pd.DataFrame, path: str | Path, *, format: str | None = None) -> Path:
    """Write a table of `load_proposals` in one of `FORMATS`, by default what the suffix says.

    Raises UsageError for an unknown form, OutputError where the file cannot be written. An existing
    file is replaced only once the new one is whole.
    """
    target = Path(path)
    _form(target, format).write(rows_of(proposals), target)
    return target


def read_labels(
    path: str | Path,
    *,
    format: str | None = None,
    taxonomy: Taxonomy | None = None,
) -> pd.DataFrame:
    """Read labels as the table of `load_proposals`, by default in the form that the suffix says.

    Of a folder every .jsonl, .csv, .tsv and .xlsx is read, by name; an id may stand once in all.
    Raises UsageError for an unknown form, ModelError, naming file and line, for what does not fit.
    Rows without any label (tasks that nobody has done) are left out.
    """
    given, labels = Path(path), taxonomy if taxonomy is not None else load_taxonomy()
    forms = [(file, _form(file, format)) for file in _files(given)]
    lines = list(unique(line for file, form in forms for line in form.read(file, labels)))
    if not lines:
        raise fault_at(
            str(given),
            "ไม่มีตัวอย่างที่ติดป้ายแล้ว ติดป้ายก่อนแล้วส่งออกใหม่",
            "there is no labelled row. Label some, then export again.",
        )
    return proposals_of(lines, labels)


def _files(path: Path) -> list[Path]:
    """The file itself, or the tables of a folder; not what Excel keeps of one that is open."""
    if not path.exists():
        raise fault_at(
            str(path),
            "ไม่มีไฟล์หรือโฟลเดอร์นี้ ตรวจชื่อและที่อยู่",
            "there is no such file or folder. Check its name and place.",
        )
    if not path.is_dir():
        return [path]
    return sorted(
        file
        for file in path.iterdir()
        if _SUFFIXES.get(file.suffix.lower()) in TABLES and not file.name.startswith(("~$", "."))
    )


def _form(path: Path, name: str | None) -> Format:
    found = FORMATS.get(name or _SUFFIXES.get(path.suffix.lower(), ""))
    if found is None:
        known = ", ".join(FORMATS)
        raise UsageError(
            f"ไม่รู้จักรูปแบบของ {name or path.name} เลือก format จาก {known} "
            "(ไฟล์ .spacy ใช้ pipeline.entities.labelled)",
            f"unknown form of {name or path.name}: choose format from {known} "
            "(.spacy files: pipeline.entities.labelled)",
        )
    return found
