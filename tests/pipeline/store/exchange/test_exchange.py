"""Labels go out to a sheet and come back."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from corpora import load_taxonomy
from pipeline.errors import ReadError, UsageError
from pipeline.records import COLUMNS
from pipeline.store import Store
from pipeline.store.exchange import ImportReport, LabelRow, import_labels, label_rows, layout
from pipeline.store.labels import decide, history_of, labels_of, undo_group
from pipeline.store.rounds import set_round
from pipeline.tables import write_table
from pipeline.tables.workbook import CHOICES_SHEET, EXPLANATIONS_SHEET
from tests.pipeline.store.submissions import TEXT, submission

TAXONOMY = load_taxonomy()
Cells = dict[str, str]


def rows_of(store: Store) -> list[LabelRow]:
    with store.read() as session:
        return label_rows(session)


def exported(store: Store, path: Path) -> Path:
    write_table(rows_of(store), layout(TAXONOMY), path)
    return path


def edit(path: Path, change: Callable[[list[Cells]], object]) -> Path:
    """Edit a sheet as a person does: by column and row, in Excel or a text editor."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        codes = [str(cell.value).split("(")[-1].rstrip(")") for cell in sheet[1]]
        rows = [
            {c: "" if v is None else str(v) for c, v in zip(codes, row, strict=True)}
            for row in sheet.iter_rows(min_row=2, values_only=True)
        ]
        change(rows)
        for number, row in enumerate(rows, start=2):
            for column, code in enumerate(codes, start=1):
                sheet.cell(number, column).value = row[code] or None
        book.save(path)
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        change(rows)
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    else:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        change(rows)
        path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return path


def brought_in(store: Store, path: Path, *, dry_run: bool = False) -> ImportReport:
    with store.begin() as session:
        return import_labels(session, path, TAXONOMY, by="สมศรี", dry_run=dry_run)


def test_the_columns_of_classify_come_first_then_the_provenance(
    store: Store, shas: list[str]
) -> None:
    columns = [column.code for column in layout(TAXONOMY).columns]
    assert tuple(columns[: len(COLUMNS)]) == COLUMNS
    [first, *_] = rows_of(store)
    assert (first.file, first.sha256, first.agenda, first.other_modes) == (
        "in/0.txt", shas[0], "service", ("open",),
    )  # fmt: skip
    assert (first.label_source, first.reviewed, first.arrivals) == ("machine", None, 1)
    assert first.document_date == dt.date(2021, 12, 3)
    assert first.networks == ("ราชการ",)


def test_a_decided_row_says_by_whom_and_what_it_was(store: Store, shas: list[str]) -> None:
    with store.begin() as session:
        decide(session, shas[:1], {"agenda": "tourism"}, by="สมชาย", note="ดูตัวชี้วัด")
    [first, *_] = rows_of(store)
    assert (first.agenda, first.agenda_confidence, first.machine_agenda) == (
        "tourism", None, "service",
    )  # fmt: skip
    assert (first.mode, first.mode_confidence) == ("digital", 0.8)
    assert (first.label_source, first.decided_by, first.note) == ("human", "สมชาย", "ดูตัวชี้วัด")
    assert first.previous == ("agenda: service",)


def test_rows_of_a_round_say_how_they_came_in(store: Store, shas: list[str]) -> None:
    with store.begin() as session:
        set_round(session, "2565", dt.date(2021, 12, 17), by="lead")
    late = dt.datetime(2021, 12, 18, tzinfo=dt.UTC)
    given = submission(f"0 {TEXT}", file="again.txt", round="2565", received_at=late)
    assert store.add(given).sha256 == shas[0]
    with store.read() as session:
        [row] = label_rows(session, round_name="2565")
    assert (row.sha256, row.file, row.arrivals) == (shas[0], "again.txt", 2)
    assert (row.round, row.round_status, row.received_at) == ("2565", "late", late)


def test_only_a_proposal_has_a_status_in_its_round(store: Store) -> None:
    with store.begin() as session:
        set_round(session, "2565", dt.date(2021, 12, 17), by="lead")
    kinds = ("proposal", "minutes", "other", "proposal")
    at = dt.datetime(2021, 12, 1, tzinfo=dt.UTC)
    for number, kind in enumerate(kinds):
        text = f"{number} {TEXT * (number + 1)}"
        last = store.add(submission(text, kind=kind, round="2565", received_at=at)).sha256
    with store.begin() as session:
        decide(session, [last], {"kind": "other"}, by="สมชาย")
    rows = rows_of(store)
    assert [row.round_status for row in rows] == ["on_time", None, None, None]
    assert {row.round for row in rows} == {"2565"}
    assert {row.received_at for row in rows} == {at}


def test_excel_offers_the_labels_and_keeps_the_header_in_sight(
    store: Store, shas: list[str], tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(exported(store, tmp_path / "out.xlsx"))
    sheet, explained, choices = book.worksheets
    assert explained.title == EXPLANATIONS_SHEET
    told = {row[1]: row[2:] for row in explained.iter_rows(values_only=True)}
    assert all(all(told[code]) for code in (*TAXONOMY.agenda_codes, "machine", "late"))
    assert (sheet.freeze_panes, sheet.max_row, choices.title) == (
        "B2",
        1 + len(shas),
        CHOICES_SHEET,
    )
    heads = {str(cell.value).split("(")[-1].rstrip(")"): cell.column_letter for cell in sheet[1]}
    offered = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    source = offered[f"{heads['agenda']}2:{heads['agenda']}4"]
    found = [cell.value for [cell] in choices[source.split("!")[1].replace("$", "")]]
    assert found == list(TAXONOMY.agenda_codes)
    assert f"{heads['mode']}2:{heads['mode']}4" in offered
    assert sheet.column_dimensions[heads["exported"]].hidden


def test_parquet_and_jsonl_hold_every_column(store: Store, shas: list[str], tmp_path: Path) -> None:
    frame = pd.read_parquet(exported(store, tmp_path / "out.parquet"))
    lines = exported(store, tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    columns = [column.code for column in layout(TAXONOMY).columns]
    assert list(frame.columns) == list(json.loads(lines[0])) == columns
    assert list(frame["sha256"]) == shas
    assert str(frame["received_at"].dt.tz) == "UTC"


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".jsonl"])
def test_what_was_not_edited_changes_nothing(
    store: Store, shas: list[str], tmp_path: Path, suffix: str
) -> None:
    report = brought_in(store, exported(store, tmp_path / f"out{suffix}"))
    assert report == ImportReport(unchanged=len(shas))


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".jsonl"])
def test_edited_labels_become_decisions_in_any_language(
    store: Store, shas: list[str], tmp_path: Path, suffix: str
) -> None:
    def change(rows: list[Cells]) -> None:
        rows[0] |= {"agenda": "ท่องเที่ยวโดยชุมชน", "note": "ดูเป้าหมาย"}
        rows[1] |= {"mode": " Open  government ", "other_modes": "ดิจิทัล | innovation"}
        rows[2] |= {"award_scaleup": "ใช่", "province": "จ.พังงา"}

    report = brought_in(store, edit(exported(store, tmp_path / f"out{suffix}"), change))
    assert report.problems == ()
    with store.read() as session:
        found = labels_of(session, shas)
        [made] = history_of(session, shas)[shas[0]]
    assert [found[sha].source for sha in shas] == ["import"] * 3
    assert found[shas[0]].values["agenda"] == "tourism"
    assert found[shas[1]].values["modes"] == ("open", "digital", "innovation")
    assert found[shas[2]].values["award_scaleup"] is True
    assert found[shas[2]].values["province"] == "พังงา"
    assert (made.by, made.note, made.source) == ("สมศรี", "ดูเป้าหมาย", "import")
    again = brought_in(store, tmp_path / f"out{suffix}")
    assert (again.wanted, again.unchanged, again.problems) == ((), 3, ())
    with store.begin() as session:  # the whole import is undone as one
        undo_group(session, report.group or "", by="สมศรี")
        assert {found.source for found in labels_of(session, shas).values()} == {"machine"}


def test_a_reviewed_row_is_confirmed(store: Store, shas: list[str], tmp_path: Path) -> None:
    path = edit(exported(store, tmp_path / "out.csv"), lambda rows: rows[1].update(reviewed="ใช่"))
    [(number, want)] = brought_in(store, path).wanted
    assert (number, want.sha256, want.kind) == (3, shas[1], "accept")
    with store.read() as session:
        assert labels_of(session, shas)[shas[1]].source == "import"


def test_a_dry_run_only_reports(store: Store, shas: list[str], tmp_path: Path) -> None:
    path = edit(
        exported(store, tmp_path / "out.csv"), lambda rows: rows[0].update(agenda="tourism")
    )
    report = brought_in(store, path, dry_run=True)
    assert [number for number, _ in report.wanted] == [2]
    with store.read() as session:
        assert history_of(session, shas)[shas[0]] == []
    assert brought_in(store, path).wanted == report.wanted


def test_what_is_confirmed_already_is_unchanged(
    store: Store, shas: list[str], tmp_path: Path
) -> None:
    def change(rows: list[Cells]) -> None:
        rows[0] |= {"agenda": "tourism", "reviewed": "yes"}
        rows[1]["reviewed"] = "✓"

    path = edit(exported(store, tmp_path / "out.csv"), change)
    with store.begin() as session:  # a title is no label: the labels are not confirmed by it
        decide(session, shas[1:2], {"title": "ชื่อใหม่"}, by="สมชาย")
        decide(session, shas[1:2], {"title": "จองคิวทำบัตร"}, by="สมชาย")
    first, again = brought_in(store, path), brought_in(store, path)
    assert [want.kind for _, want in first.wanted] == ["label", "accept"]
    assert (again.wanted, again.unchanged, again.problems) == ((), 3, ())


def test_to_confirm_what_somebody_changed_since_the_export_is_a_conflict(
    store: Store, shas: list[str], tmp_path: Path
) -> None:
    path = edit(exported(store, tmp_path / "out.csv"), lambda rows: rows[0].update(reviewed="ใช่"))
    with store.begin() as session:
        decide(session, shas[:1], {"agenda": "poverty", "modes": ["digital"]}, by="สมชาย")
    report = brought_in(store, path)
    assert (report.wanted, [problem.row for problem in report.problems]) == ((), [2])


@pytest.mark.usefixtures("shas")
@pytest.mark.parametrize("word", ["x", "อาจจะ", "2"])
def test_reviewed_is_yes_or_no_and_nothing_else(store: Store, tmp_path: Path, word: str) -> None:
    def change(rows: list[Cells]) -> None:
        rows[0] |= {"agenda": "tourism", "reviewed": word}
        rows[1]["reviewed"] = "ไม่"

    report = brought_in(store, edit(exported(store, tmp_path / "out.csv"), change))
    [problem] = report.problems
    assert (report.wanted, report.unchanged, problem.row) == ((), 2, 2)
    for told in (problem.thai, problem.english):
        assert {"reviewed", f"“{word}”"} <= {part.rstrip(":") for part in told.split()}
        assert all(accepted in told for accepted in ("ใช่", "yes", "✓", "ไม่", "no"))


@pytest.mark.usefixtures("shas")
def test_the_report_tells_each_change_before_and_after(store: Store, tmp_path: Path) -> None:
    def change(rows: list[Cells]) -> None:
        rows[0] |= {"agenda": "tourism", "note": "ดูเป้าหมาย"}
        rows[1]["reviewed"] = "ใช่"

    path = edit(exported(store, tmp_path / "out.csv"), change)
    edited, confirmed = brought_in(store, path, dry_run=True).changes
    assert (edited.row, edited.file, edited.fields) == (2, "0.txt", ("agenda", "note"))
    assert [side["agenda"] for side in (edited.before, edited.after)] == ["service", "tourism"]
    assert [side["note"] for side in (edited.before, edited.after)] == [None, "ดูเป้าหมาย"]
    assert (confirmed.row, confirmed.fields) == (3, ())


def test_every_row_that_cannot_be_applied_is_reported_and_the_rest_goes_on(
    store: Store, shas: list[str], tmp_path: Path
) -> None:
    def change(rows: list[Cells]) -> None:
        rows[0]["agenda"] = "ท่องเที่ยวอวกาศ"
        rows[1] |= {"sha256": "0" * 64, "file": "other.pdf"}
        rows[2]["agenda"] = "tourism"
        rows += [rows[2] | {"agenda": "poverty"}, rows[0] | {"agenda": ""}]

    report = brought_in(store, edit(exported(store, tmp_path / "out.csv"), change))
    assert [(p.row, p.english.split(":")[0]) for p in report.problems] == [
        (2, "unknown agenda “ท่องเที่ยวอวกาศ”"),
        (3, "this document is not in the store"),
        (5, "row 4 labels this document otherwise"),
        (6, "agenda is empty"),
    ]
    assert "poverty" in report.problems[0].thai  # the choices
    assert [want.sha256 for _, want in report.wanted] == [shas[2]]


def test_what_somebody_decided_since_the_export_is_a_conflict(
    store: Store, shas: list[str], tmp_path: Path
) -> None:
    path = exported(store, tmp_path / "out.csv")
    with store.begin() as session:
        decide(session, shas[:1], {"agenda": "poverty"}, by="สมชาย")
        decide(session, shas[1:2], {"modes": ["open"]}, by="สมชาย")
        decide(session, shas[2:], {"agenda": "tourism"}, by="สมชาย")
    report = brought_in(
        store, edit(path, lambda rows: [row.update(agenda="tourism") for row in rows])
    )
    [conflict] = report.problems
    assert conflict.row == 2
    assert "สมชาย" in conflict.english
    assert "export anew" in conflict.english
    with store.read() as session:
        found = labels_of(session, shas)
    assert found[shas[0]].values["agenda"] == "poverty"
    assert found[shas[1]].values["agenda"] == "tourism"  # another field: both hold
    assert found[shas[1]].values["modes"] == ("open",)
    assert len(report.wanted) == 1  # the third says what the store says already


def test_an_old_prediction_in_the_sheet_is_no_edit(
    store: Store, shas: list[str], tmp_path: Path
) -> None:
    path = exported(store, tmp_path / "out.csv")
    from dataclasses import replace

    given = submission(f"0 {TEXT}")
    assert given.record is not None
    store.add(replace(given, record=replace(given.record, agenda="tourism", model="m2")))
    assert brought_in(store, path).unchanged == len(shas)
    with store.read() as session:
        assert labels_of(session, shas)[shas[0]].values["agenda"] == "tourism"


def test_a_hand_made_sheet_goes_by_file_name_and_overwrites_no_person(
    store: Store, shas: list[str], tmp_path: Path
) -> None:
    store.add(submission(f"another {TEXT}", file="elsewhere/2.txt"))
    with store.begin() as session:
        decide(session, shas[1:2], {"agenda": "poverty"}, by="สมชาย")
    path = tmp_path / "mine.csv"
    rows = "ไฟล์;ประเด็น\n0.txt;สิ่งแวดล้อม\n;\n1.txt;tourism\n2.txt;tourism\n"
    path.write_bytes(rows.encode("cp874"))  # as Excel in Thailand saves it
    report = brought_in(store, path)
    assert [(row, want.sha256) for row, want in report.wanted] == [(2, shas[0])]
    assert [(p.row, p.english.split(":")[0]) for p in report.problems] == [
        (4, "agenda was changed to poverty since the export (by สมชาย)"),
        (5, "several documents have this name"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.doc", b"", UsageError),
        ("a.xlsx", b"PK\x03\x04 cut off", ReadError),
        ("a.jsonl", b"[1, 2]\n", ReadError),
        ("a.jsonl", b"[" * 100_000, ReadError),
        ("a.csv", b"colour,size\nred,3\n", ReadError),
        ("a.csv", b"\x00\xff\x00", ReadError),
        ("a.csv", b'"' * 3_000_001, ReadError),
    ],
)
def test_a_file_without_labels_is_an_error_with_a_remedy(
    store: Store, tmp_path: Path, name: str, data: bytes, error: type[Exception]
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(error):
        brought_in(store, tmp_path / name)


def test_formulas_and_odd_cells_come_back_as_they_were(store: Store, tmp_path: Path) -> None:
    odd = submission(file="=cmd|calc.txt")
    assert odd.record is not None
    store.add(odd)
    with store.begin() as session:
        [sha] = [d.sha256 for d in rows_of(store) if d.sha256]
        decide(session, [sha], {"title": "-5 วัน"}, by="a")
    for suffix in (".csv", ".xlsx"):
        assert brought_in(store, exported(store, tmp_path / f"o{suffix}")).unchanged == 1


def test_what_excel_does_to_blanks_is_no_edit(
    store: Store, shas: list[str], tmp_path: Path
) -> None:
    with store.begin() as session:
        decide(session, shas[:1], {"title": " ชื่อ\r\nเรื่อง\x0b "}, by="a", note="ดู\nแล้ว ")
    for suffix in (".csv", ".xlsx"):
        report = brought_in(store, exported(store, tmp_path / f"o{suffix}"))
        assert (report.wanted, report.problems) == ((), ())


def test_columns_that_a_sheet_lacks_keep_what_they_were(
    store: Store, shas: list[str], tmp_path: Path
) -> None:
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"sha256": shas[0], "mode": "innovation"})
        + "\n" + json.dumps({"sha256": shas[1], "other_modes": ["excellence"]}),
        "utf-8",
    )  # fmt: skip
    brought_in(store, tmp_path / "a.jsonl")
    with store.read() as session:
        found = labels_of(session, shas)
    assert found[shas[0]].values["modes"] == ("innovation", "open")
    assert found[shas[1]].values["modes"] == ("digital", "excellence")
    assert found[shas[0]].values["agenda"] == "service"
