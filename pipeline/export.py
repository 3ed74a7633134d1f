"""The rows of `wara classify` as a table; `pipeline.tables` writes it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.glossary import MEANINGS, terms
from pipeline.records import COLUMNS, Record
from pipeline.tables import Column, Layout, Type, check_output, write_table

# Column -> (Thai heading, width in Excel). The code stands beside it for formulas and scripts.
HEADINGS: dict[str, tuple[str, int]] = {
    "file": ("ไฟล์", 36),
    "sha256": ("ลายนิ้วมือไฟล์", 14),
    "kind": ("ประเภทเอกสาร", 12),
    "title": ("ชื่อเรื่อง", 48),
    "province": ("จังหวัด", 18),
    "document_date": ("วันที่เอกสาร", 16),
    "fiscal_year": ("ปีงบประมาณ", 12),
    "on_time": ("ทันกำหนด", 10),
    "agenda": ("ประเด็น", 14),
    "agenda_confidence": ("ความมั่นใจประเด็น", 12),
    "mode": ("รูปแบบการพัฒนา", 14),
    "mode_confidence": ("ความมั่นใจรูปแบบ", 12),
    "other_modes": ("รูปแบบอื่น", 16),
    "award_scaleup": ("ขยายผลจากรางวัล", 12),
    "needs_review": ("ต้องให้คนตรวจ", 12),
    "reasons": ("เหตุที่ต้องตรวจ", 44),
    "evidence": ("ข้อความหลักฐาน", 70),
    "networks": ("ภาคีเครือข่าย", 30),
    "budget_baht": ("งบประมาณ (บาท)", 16),
    "missing_sections": ("หัวข้อที่ขาด", 24),
    "warnings": ("ข้อสังเกตจากการอ่าน", 36),
    "error": ("ข้อผิดพลาด", 50),
    "model": ("โมเดล", 16),
}
TYPES: dict[str, Type] = {
    "document_date": "date",
    "fiscal_year": "whole",
    "on_time": "flag",
    "agenda_confidence": "share",
    "mode_confidence": "share",
    "other_modes": "list",
    "award_scaleup": "flag",
    "needs_review": "flag",
    "reasons": "list",
    "evidence": "list",
    "networks": "list",
    "budget_baht": "money",
    "missing_sections": "list",
    "warnings": "list",
}
"""What the cells of a column hold where it is not text."""

UNWRAPPED = ("sha256", "model")
LAYOUT = Layout(
    tuple(
        Column(
            code,
            *HEADINGS[code],
            TYPES.get(code, "text"),
            wrapped=code not in UNWRAPPED,
            meaning=MEANINGS[code],
        )
        for code in COLUMNS
    )
)


def write(records: Sequence[Record], path: Path) -> None:
    """Write the rows in the form that the suffix of `path` names. Raises OutputError."""
    write_table(records, _explained(records) if path.suffix.lower() == ".xlsx" else LAYOUT, path)


def _explained(records: Sequence[Record]) -> Layout:
    """The layout with what the codes mean, for people."""
    from corpora import load_taxonomy  # brings pandas, which the other forms do without

    return replace(LAYOUT, terms=terms(load_taxonomy(), records))


def check_anywhere(output: str) -> None:
    """Raise UsageError or OutputError now if a path or URL cannot be written."""
    if "://" not in output:
        check_output(Path(output))
        return
    with tempfile.TemporaryDirectory() as folder:
        check_output(Path(folder, output.rsplit("/", 1)[-1]))


def write_anywhere(records: Sequence[Record], output: str) -> None:
    """As `write`, to a path or to an fsspec URL such as `s3://bucket/rows.csv`."""
    if "://" not in output:
        write(records, Path(output))
        return
    import fsspec

    with tempfile.TemporaryDirectory() as folder:
        local = Path(folder, output.rsplit("/", 1)[-1])
        write(records, local)
        try:
            system, path = fsspec.core.url_to_fs(output)
            system.put_file(str(local), path)
        except Exception as error:  # each file system raises its own
            raise OutputError(
                f"เขียน {output} ไม่ได้ ({error}) ให้ตรวจ URL และสิทธิ์ หรือเลือกที่อื่นด้วย -o",
                f"{output} cannot be written: check the URL and your access, or choose another "
                "place with -o",
            ) from error
