from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from corpora import load_taxonomy
from pipeline.documents import KINDS
from pipeline.errors import OutputError, UsageError
from pipeline.export import write
from pipeline.proposals.headings import SECTIONS
from pipeline.records import COLUMNS, Record
from pipeline.tables import check_output
from pipeline.tables.arrow import ROWS_PER_PART
from pipeline.tables.styled import BUDDHIST_DATE
from pipeline.tables.workbook import EXPLANATIONS_SHEET

RECORD = Record(
    file="=cmd|' /C calc'!A1.pdf",
    sha256="ab" * 32,
    kind="proposal",
    title="น้ำใส ใจเรา",
    province="น่าน",
    document_date=dt.date(2021, 12, 17),
    fiscal_year=2565,
    on_time=True,
    agenda="environment",
    agenda_confidence=0.93,
    mode="open",
    mode_confidence=0.61,
    other_modes=("digital",),
    award_scaleup=False,
    needs_review=True,
    reasons=("รูปแบบไม่ชัด", "ข้อความสั้น"),
    evidence=("-5 วัน", "น้ำใส"),
    networks=("ราชการ", "ประชาชน"),
    budget_baht=1_500_000.0,
    model="default@abc",
)
FAILED = Record(file="ว่าง.txt", needs_review=True, reasons=("อ่านไฟล์ไม่ได้",), error="ไฟล์ว่าง")


def test_the_columns_are_those_of_the_contract() -> None:
    assert COLUMNS == (
        "file", "sha256", "kind", "title", "province", "document_date", "fiscal_year", "on_time",
        "agenda", "agenda_confidence", "mode", "mode_confidence", "other_modes", "award_scaleup",
        "needs_review", "reasons", "evidence", "networks", "budget_baht", "missing_sections",
        "warnings", "error", "model",
    )  # fmt: skip


def test_csv_opens_in_excel_and_runs_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write([RECORD, FAILED], path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        first, second = csv.DictReader(file)
    assert first["file"] == "'=cmd|' /C calc'!A1.pdf"
    assert first["evidence"] == "'-5 วัน | น้ำใส"
    assert first["document_date"] == "2021-12-17"
    assert first["on_time"] == "true"
    assert first["budget_baht"] == "1500000.0"
    assert second["agenda"] == second["on_time"] == ""
    assert second["error"] == "ไฟล์ว่าง"


def test_excel_has_thai_headings_a_frozen_header_and_true_dates(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write([RECORD, FAILED], path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    heads = [cell.value for cell in sheet[1]]
    assert heads[0] == "ไฟล์ (file)"
    assert all(f"({code})" in str(head) for code, head in zip(COLUMNS, heads, strict=True))
    assert sheet.freeze_panes == "B2"
    row = dict(zip(COLUMNS, sheet[2], strict=True))
    assert row["file"].data_type == "s"
    assert row["file"].value == RECORD.file
    assert row["file"].quotePrefix
    assert row["document_date"].value == dt.datetime(2021, 12, 17)
    assert row["document_date"].number_format == BUDDHIST_DATE
    assert row["budget_baht"].value == 1_500_000
    assert row["networks"].value == "ราชการ | ประชาชน"


def test_excel_takes_what_excel_forbids(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write([Record(file="a\x0bb", title="ย" * 40_000)], path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert sheet["A2"].value == "ab"
    assert len(str(sheet["D2"].value)) == 32_767


def test_jsonl_keeps_lists_and_nulls(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    write([RECORD, FAILED], path)
    first, second = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert tuple(first) == COLUMNS
    assert first["networks"] == ["ราชการ", "ประชาชน"]
    assert first["document_date"] == "2021-12-17"
    assert second["agenda"] is None
    assert second["networks"] == []


def test_parquet_keeps_types_also_when_a_column_is_empty(tmp_path: Path) -> None:
    write([FAILED], tmp_path / "out.parquet")
    write([RECORD], tmp_path / "one.parquet")
    frames = [pd.read_parquet(tmp_path / name) for name in ("out.parquet", "one.parquet")]
    assert list(frames[0].columns) == list(COLUMNS)
    assert frames[1].loc[0, "document_date"] == dt.date(2021, 12, 17)
    assert list(frames[1].loc[0, "reasons"]) == ["รูปแบบไม่ชัด", "ข้อความสั้น"]
    assert len(pd.concat(frames)) == 2


def test_a_name_without_suffix_is_a_folder_of_parts(tmp_path: Path) -> None:
    rows = [Record(file=str(n)) for n in range(ROWS_PER_PART + 1)]
    write(rows, tmp_path / "parts")
    assert sorted(p.name for p in (tmp_path / "parts").iterdir()) == [
        "part-00000.parquet", "part-00001.parquet",
    ]  # fmt: skip
    assert len(pd.read_parquet(tmp_path / "parts")) == len(rows)
    write(rows[:3], tmp_path / "parts")  # again, over the old result
    assert len(pd.read_parquet(tmp_path / "parts")) == 3


def test_a_folder_with_other_files_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("x")
    with pytest.raises(OutputError, match="other files"):
        write([RECORD], tmp_path)
    assert (tmp_path / "thesis.docx").exists()


def test_an_unknown_suffix_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"\.xlsx, \.csv, \.jsonl, \.parquet"):
        check_output(Path("out.doc"))


def test_a_failed_write_leaves_the_old_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.csv"
    write([RECORD], path)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("csv.writer", full)
    with pytest.raises(OutputError, match="No space left"):
        write([RECORD, FAILED], path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


def test_missing_parents_of_the_output_are_made(tmp_path: Path) -> None:
    write([RECORD], tmp_path / "2565" / "รอบแรก" / "out.csv")
    assert (tmp_path / "2565" / "รอบแรก" / "out.csv").exists()


def told(path: Path) -> list[tuple[str, ...]]:
    """The explanations of a workbook below their header."""
    book = openpyxl.load_workbook(path)
    rows = book[EXPLANATIONS_SHEET].iter_rows(min_row=2, values_only=True)
    assert book.worksheets[1].title == EXPLANATIONS_SHEET
    return [tuple(str(value or "") for value in row) for row in rows]


def test_excel_explains_every_column_and_code_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write([RECORD], path)
    lines = told(path)
    assert [line[0].split("(")[-1].rstrip(")") for line in lines if line[0]] == list(COLUMNS)
    assert all(thai and english for _, _, thai, english in lines)
    values = {value for _, value, _, _ in lines}
    taxonomy = load_taxonomy()
    expected = {code for code, rule in SECTIONS.items() if rule.expected}
    assert values >= {*KINDS, *taxonomy.agenda_codes, *taxonomy.mode_codes, *expected}
    assert values >= {network.name for network in taxonomy.networks}


def test_labels_of_a_model_of_ones_own_are_not_explained_by_ours(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write([replace(RECORD, agenda="health")], path)
    values = {value: english for _, value, _, english in told(path)}
    assert "own taxonomy" in values["health"]
    assert "poverty" not in values
    assert "digital" in values


def test_excel_shows_confidences_with_a_decimal(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write([RECORD], path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cell = sheet.cell(2, 1 + COLUMNS.index("agenda_confidence"))
    assert (cell.value, cell.number_format) == (0.93, "0.0%")
