"""The commands as a user calls them: what is printed, what is written, which exit code."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from corpora import load_proposals
from pipeline.records import COLUMNS
from tests.pipeline.command import Wara, wara

__all__ = ["wara"]

LABELLED = Path(__file__).parents[2] / "corpora" / "proposals" / "w1.jsonl"

PROPOSAL = """แบบเสนอประเด็นนโยบายสำคัญของจังหวัด
ชื่อเรื่อง : คลองใสด้วยมือเรา
จังหวัด : สมุทรสงคราม
วันที่ ๑๕ ธันวาคม ๒๕๖๔
หลักการและเหตุผล
น้ำในคลองแม่กลองเน่าเสียช่วงหน้าแล้ง ค่าออกซิเจนละลายต่ำกว่าเกณฑ์ ๗ จุดจาก ๑๒ จุด
วัตถุประสงค์
เพื่อให้น้ำในคลองกลับมาใสและมีปลาอยู่ได้ โดยคณะกรรมการลุ่มน้ำที่ชาวบ้านเลือกกันเองเป็นผู้ตัดสินใจเปิดปิดประตูน้ำ
ตัวชี้วัด
ค่าออกซิเจนละลายไม่ต่ำกว่า ๔ มิลลิกรัมต่อลิตรทุกจุด ภายใน ๑๒ เดือน
งบประมาณ ๑.๕ ล้านบาท
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(PROPOSAL, encoding="utf-8")
    return folder


def test_one_file_becomes_one_full_row(wara: Wara, folder: Path, model_folder: Path) -> None:
    output = folder.parent / "rows.jsonl"
    result = wara(
        "classify", folder, "-o", output, "--model", model_folder, "--deadline", "17/12/2564"
    )
    assert result.code == 0
    [row] = map(json.loads, output.read_text(encoding="utf-8").splitlines())
    assert tuple(row) == COLUMNS
    assert row["kind"] == "proposal"
    assert row["title"] == "คลองใสด้วยมือเรา"
    assert row["province"] == "สมุทรสงคราม"
    assert row["document_date"] == "2021-12-15"
    assert row["fiscal_year"] == 2565
    assert row["on_time"] is True
    assert row["agenda"] == "environment"
    assert row["mode"] in {"open", "digital", "innovation", "excellence"}
    assert row["budget_baht"] == 1_500_000
    assert row["evidence"]
    flat = " ".join(PROPOSAL.split())
    assert all(quote in flat for quote in row["evidence"])
    assert row["error"] is None
    assert row["model"].startswith("half@")


def test_the_table_is_shown_without_an_output(wara: Wara, folder: Path, model_folder: Path) -> None:
    result = wara("classify", folder, "--model", model_folder)
    assert result.code == 0
    assert "a.txt" in result.out
    assert "environment" in result.out
    assert "1/1" in result.err  # no terminal: a plain line per file


def test_one_bad_file_is_one_row_and_the_batch_goes_on(
    wara: Wara, folder: Path, model_folder: Path
) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "noise.docx").write_bytes(bytes(range(256)) * 40)
    (folder / "text.pdf").write_text(PROPOSAL, encoding="utf-8")
    output = folder.parent / "rows.jsonl"
    missing = folder / "missing.pdf"
    result = wara("classify", folder, missing, "-o", output, "--model", model_folder)
    assert result.code == 4
    rows = list(map(json.loads, output.read_text(encoding="utf-8").splitlines()))
    assert [Path(row["file"]).name for row in rows] == [
        "a.txt", "empty.pdf", "noise.docx", "text.pdf", "missing.pdf",
    ]  # fmt: skip
    assert [row["error"] is None for row in rows] == [True, False, False, True, False]
    assert all(row["needs_review"] for row in rows if row["error"])
    assert any(".pdf" in warning for warning in rows[3]["warnings"])  # read by content


def test_nothing_readable_is_exit_code_3_and_still_a_row_each(
    wara: Wara, tmp_path: Path, model_folder: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.pdf").write_bytes(b"")
    output = tmp_path / "rows.csv"
    result = wara("classify", tmp_path / "in", "-o", output, "--model", model_folder)
    assert result.code == 3
    assert len(pd.read_csv(output)) == 1


@pytest.mark.parametrize("name", ["empty", "nowhere"])
def test_no_files_at_all_is_exit_code_3(
    wara: Wara, tmp_path: Path, model_folder: Path, name: str
) -> None:
    (tmp_path / "empty").mkdir()
    result = wara("classify", tmp_path / name, "--model", model_folder)
    assert result.code == 3


@pytest.mark.parametrize("output", ["rows.csv", "rows/"])
def test_a_folder_without_files_is_told_and_no_row(
    wara: Wara, tmp_path: Path, model_folder: Path, output: str
) -> None:
    (tmp_path / "empty" / "below").mkdir(parents=True)
    (tmp_path / "empty" / ".DS_Store").write_bytes(b"")
    out = f"{tmp_path}/{output}"
    result = wara("classify", tmp_path / "empty", "-o", out, "--model", model_folder)
    assert (result.code, result.out) == (3, "")
    thai, english, *_ = result.err.splitlines()
    assert thai.startswith("ไม่มีไฟล์ให้อ่านใน")
    assert english.startswith("no files to read")
    assert not Path(out).exists()


def test_what_failed_does_not_count_as_to_review(
    wara: Wara, folder: Path, model_folder: Path
) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    shown = wara("classify", folder, "--model", model_folder)
    [row] = [line for line in shown.out.splitlines() if "│ empty" in line]
    assert "✗" in row
    assert "●" not in row


@pytest.mark.parametrize(
    ("arguments", "thai", "english"),
    [
        (["classify"], "ยังไม่ได้ระบุ INPUT", "Missing argument"),
        (["classify", "a.pdf", "--modell", "x"], "ไม่มีตัวเลือก --modell", "No such option"),
        (["classify", "a.pdf", "--kind", "x"], "ค่าของ --kind ใช้ไม่ได้", "Invalid value"),
        (["clasify"], "ใช้คำสั่งผิด", "No such command"),
    ],
)
def test_wrong_usage_is_told_in_thai_first(
    wara: Wara, arguments: list[str], thai: str, english: str
) -> None:
    result = wara(*arguments)
    assert result.code == 2
    first, _, rest = result.err.partition("\n")
    assert first.startswith(thai)
    assert "--help" in first
    assert english in rest


def test_help_without_a_command_is_no_error_message(wara: Wara) -> None:
    result = wara("round")
    assert result.code == 2
    assert result.err == ""
    assert "set" in result.out


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (["-o", "out.doc"], ".xlsx"),
        (["--deadline", "32/13/2564"], "17/12/2564"),
        (["--kind", "poem"], "proposal"),
        (["--workers", "0"], "1"),
        (["--no-such-option"], "--no-such-option"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_says_what_is_right(
    wara: Wara, folder: Path, arguments: list[str], remedy: str
) -> None:
    result = wara("classify", folder, *arguments)
    assert result.code == 2
    assert remedy in result.err


def test_a_missing_model_is_exit_code_5(wara: Wara, folder: Path, tmp_path: Path) -> None:
    result = wara("classify", folder, "--model", tmp_path / "none")
    assert result.code == 5
    assert "wara train" in result.err


def test_kind_overrides_what_wara_sees(wara: Wara, folder: Path, model_folder: Path) -> None:
    output = folder.parent / "rows.jsonl"
    wara("classify", folder, "--kind", "minutes", "-o", output, "--model", model_folder)
    [row] = map(json.loads, output.read_text(encoding="utf-8").splitlines())
    assert row["kind"] == "minutes"
    assert row["agenda"] is None


@pytest.mark.slow
def test_workers_give_the_same_rows(wara: Wara, folder: Path, model_folder: Path) -> None:
    for number in range(3):
        (folder / f"b{number}.txt").write_text(PROPOSAL + f"\nฉบับที่ {number}", encoding="utf-8")
    (folder / "bad.pdf").write_bytes(b"")
    one, two = folder.parent / "one.jsonl", folder.parent / "two.jsonl"
    assert wara("classify", folder, "-o", one, "--model", model_folder).code == 4
    assert wara("classify", folder, "-o", two, "--model", model_folder, "--workers", "2").code == 4
    assert one.read_text(encoding="utf-8") == two.read_text(encoding="utf-8")


def test_read_prints_text_or_json(wara: Wara, folder: Path) -> None:
    assert "คลองใสด้วยมือเรา" in wara("read", folder / "a.txt").out
    answer = json.loads(wara("read", folder / "a.txt", "--json").out)
    assert set(answer) == {
        "file", "sha256", "media_type", "kind", "text", "pages", "tables", "warnings",
    }  # fmt: skip
    assert answer["media_type"] == "text/plain"
    assert set(answer["pages"][0]) == {"number", "text", "raw_text", "method", "damage"}
    assert answer["text"] == "\n".join(page["text"] for page in answer["pages"])


def test_read_of_a_missing_file_is_exit_code_3(wara: Wara, tmp_path: Path) -> None:
    result = wara("read", tmp_path / "ไม่มี.pdf")
    assert result.code == 3
    assert "ไม่มี.pdf" in result.err


def test_proposal_json_has_sections_that_slice(wara: Wara, folder: Path) -> None:
    answer = json.loads(
        wara("proposal", folder / "a.txt", "--json", "--deadline", "2021-12-01").out
    )
    assert {
        "text", "title", "province", "document_date", "fiscal_year", "sections",
        "missing_sections", "networks", "budget_baht", "on_time",
    } <= set(answer)  # fmt: skip
    assert answer["on_time"] is False
    indicators = answer["sections"]["indicators"]
    assert indicators["heading"] in answer["text"]
    assert "ค่าออกซิเจนละลาย" in answer["text"][indicators["start"] : indicators["end"]]
    assert "คลองใสด้วยมือเรา" in wara("proposal", folder / "a.txt").out


@pytest.mark.slow
def test_train_then_evaluate_warns_about_its_own_texts(
    wara: Wara, tmp_path: Path, proposals: pd.DataFrame
) -> None:
    lines = tmp_path / "labelled.jsonl"
    columns = ["id", "title", "text", "agenda", "modes", "award_scaleup", "voice", "source"]
    proposals[columns].to_json(lines, orient="records", lines=True, force_ascii=False)
    model = tmp_path / "model"
    assert wara("train", "--proposals", lines, "-o", model).code == 0
    assert {path.name for path in model.iterdir()} == {"model.skops", "card.json", "report.html"}
    result = wara("evaluate", "--model", model, "--proposals", lines, "--json")
    assert result.code == 0
    trained = len(load_proposals(lines, part="train"))
    assert f"{trained} of these texts were trained on" in result.err
    figures = json.loads(result.out)
    assert figures["n"] == 180
    assert set(figures["agenda"]) == {
        "accuracy", "macro_f1", "defensible", "per_label", "confusion",
    }  # fmt: skip
    assert [point["target"] for point in figures["coverage"]] == [0.9, 0.95, 0.98, 0.99]
    shown = wara("evaluate", "--model", model, "--proposals", lines)
    assert "macro-F1" in shown.out


def test_excel_of_a_batch_opens(wara: Wara, folder: Path, model_folder: Path) -> None:
    output = folder.parent / "results.xlsx"
    assert wara("classify", folder, "-o", output, "--model", model_folder).code == 0
    sheet = openpyxl.load_workbook(output).active
    assert sheet is not None
    assert sheet.max_row == 2


def test_help_names_every_command_and_where_to_start(wara: Wara) -> None:
    result = wara("--help")
    assert result.code == 0
    text = re.sub(r"\s+", " ", result.out)
    for command in ("classify", "read", "proposal", "train", "evaluate", "models"):
        assert command in text
    assert "wara classify" in text


def test_names_of_any_bytes_and_pipes_do_not_stop_the_batch(
    wara: Wara, folder: Path, model_folder: Path
) -> None:
    name = os.fsdecode(b"\xb7\xd5\xe8.txt")  # ที่ in Windows-874
    (folder / name).write_text(PROPOSAL, encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    for suffix in ("jsonl", "csv", "xlsx", "parquet"):
        output = folder.parent / f"rows.{suffix}"
        assert wara("classify", folder, "-o", output, "--model", model_folder).code == 4
    rows = map(json.loads, (folder.parent / "rows.jsonl").read_text("utf-8").splitlines())
    errors = {Path(row["file"]).name: row["error"] for row in rows}
    assert errors["a.txt"] is None
    assert errors["\ufffd\ufffd\ufffd.txt"] is None
    assert "regular file" in str(errors["pipe.txt"])


def test_the_version_is_told(wara: Wara) -> None:
    assert re.fullmatch(r"wara \d+\.\d+\.\d+\n", wara("--version").out)


def test_an_unwritable_output_is_refused_before_anything_is_read(
    wara: Wara, folder: Path, model_folder: Path
) -> None:
    blocked = folder / "a.txt" / "rows.csv"
    result = wara("classify", folder, "-o", blocked, "--model", model_folder)
    assert result.code == 6
    assert "1/1" not in result.err


def test_a_model_that_cannot_be_saved_is_exit_code_6(wara: Wara, folder: Path) -> None:
    result = wara("train", "--proposals", LABELLED, "-o", folder / "a.txt" / "model")
    assert result.code == 6
    assert "another folder" in result.err


def test_an_empty_deadline_is_wrong_usage(wara: Wara, folder: Path) -> None:
    assert wara("classify", folder, "--deadline", "").code == 2


def test_a_file_that_cannot_be_read_keeps_its_digest(
    wara: Wara, folder: Path, model_folder: Path
) -> None:
    (folder / "b.pdf").write_bytes(b"%PDF-1.7 cut off")
    output = folder.parent / "rows.jsonl"
    wara("classify", folder, "-o", output, "--model", model_folder)
    row = json.loads(output.read_text("utf-8").splitlines()[1])
    assert row["error"]
    assert row["sha256"] == hashlib.sha256(b"%PDF-1.7 cut off").hexdigest()


def test_reading_a_proposal_out_of_minutes_says_so(wara: Wara, folder: Path) -> None:
    path = folder / "m.txt"
    path.write_text(
        "รายงานการประชุมคณะกรรมการน้ำ\nครั้งที่ 1/2565\nผู้มาประชุม\nเริ่มประชุมเวลา 09.00 น.",
        encoding="utf-8",
    )
    assert "minutes" in wara("proposal", path).err


@pytest.fixture
def workspace(tmp_path: Path, model_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace; the built-in model is the one trained on half of the corpus."""
    from classifiers.models import default, promotion

    monkeypatch.setattr(default, "default_model", lambda **_told: model_folder)
    monkeypatch.setattr(promotion, "default_model", lambda: model_folder)
    monkeypatch.setenv("WARA_WORKSPACE", str(tmp_path / "by-environment"))
    return tmp_path / "office"


@pytest.mark.slow
def test_a_better_model_goes_live_is_used_and_can_be_taken_back(
    wara: Wara, workspace: Path, folder: Path
) -> None:
    def model_used() -> str:
        output = folder.parent / "rows.jsonl"
        assert wara("--workspace", workspace, "classify", folder, "-o", output).code == 0
        return str(json.loads(output.read_text(encoding="utf-8").splitlines()[0])["model"])

    before = model_used()
    shown = wara("--workspace", workspace, "train", "--promote")
    assert shown.code == 0
    assert "in use now" in shown.err
    [name] = [path.name for path in (workspace / "models").iterdir() if path.is_dir()]
    assert model_used().startswith(name)
    listed = wara("--workspace", workspace, "models")
    assert "●" in listed.out
    assert name in listed.out
    again = wara("--workspace", workspace, "train", "--promote")
    assert "not promoted: its score is not higher" in again.err
    assert wara("--workspace", workspace, "models", "rollback").code == 0
    assert model_used() == before
    assert wara("--workspace", workspace, "models", "promote", name).code == 0
    assert model_used().startswith(name)


@pytest.mark.slow
def test_a_poorer_model_is_kept_but_not_used_unless_forced(
    wara: Wara, workspace: Path, tmp_path: Path, proposals: pd.DataFrame
) -> None:
    lines = tmp_path / "few.jsonl"
    columns = ["id", "title", "text", "agenda", "modes", "award_scaleup"]
    proposals[columns].iloc[::4].to_json(lines, orient="records", lines=True, force_ascii=False)
    shown = wara("--workspace", workspace, "train", "--proposals", lines, "--promote")
    assert shown.code == 0
    assert "not promoted" in shown.err
    [name] = [path.name for path in (workspace / "models").iterdir()]
    assert wara("--workspace", workspace, "models", "rollback").code == 5
    assert wara("--workspace", workspace, "models", "promote", name, "--force").code == 0
    assert "●" in wara("--workspace", workspace, "models", "list").out
    unknown = wara("--workspace", workspace, "models", "promote", "nothing")
    assert unknown.code == 5
    assert name in unknown.err


def test_the_workspace_may_come_from_the_environment(
    wara: Wara, workspace: Path, tmp_path: Path
) -> None:
    refused = wara("models")
    assert (refused.code, str(tmp_path / "by-environment") in refused.err) == (7, True)
    workspace.mkdir()
    assert "no models yet" in wara("--workspace", workspace, "models").err
    assert not (tmp_path / "by-environment").exists()


@pytest.mark.parametrize("option", ["--resume", "--keep"])
def test_what_only_a_folder_can_do_is_refused_for_a_file(
    wara: Wara, folder: Path, option: str
) -> None:
    result = wara("classify", folder, "-o", folder.parent / "rows.csv", option)
    assert result.code == 2
    assert "-o out/" in result.err


@pytest.mark.slow
def test_a_folder_of_results_is_filled_gone_on_with_and_tried_again(
    wara: Wara, folder: Path, model_folder: Path
) -> None:
    (folder / "bad.pdf").write_bytes(b"")
    out = folder / "out"
    call = ("classify", folder, "-o", f"{out}/", "--model", model_folder)
    result = wara(*call)
    assert result.code == 4
    assert "bad.pdf" in result.err
    assert f"wara retry {out}/" in result.err
    assert wara(*call).code == 2
    assert wara(*call, "--resume").code == 4
    (folder / "bad.pdf").write_text(PROPOSAL + "\nอีกฉบับ", encoding="utf-8")
    assert wara("retry", out).code == 0
    assert len(pd.read_parquet(out / "rows")) == 2
    assert wara("retry", out, "--model", out).code == 5


def test_a_table_behind_a_url(wara: Wara, folder: Path, model_folder: Path) -> None:
    import fsspec

    call = ("classify", folder, "--model", model_folder)
    assert wara(*call, "-o", "memory://results/rows.jsonl").code == 0
    with fsspec.open("memory://results/rows.jsonl", encoding="utf-8", mode="rt") as rows:
        assert "คลองใส" in rows.read()
    assert wara(*call, "-o", "nosuch://results/rows.jsonl").code == 6


def test_a_reader_of_the_pipe_that_goes_away_is_no_failure(folder: Path) -> None:
    whole = "for i in range(3000): terminal.out.print('ข้อเสนอของจังหวัด ' * 20)"
    own = f"def app(**_):\n    {whole}\n"
    code = f"from pipeline import cli, terminal\n{own}cli.app = app\ncli.main()\n"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=folder)
    assert process.stdout is not None
    assert process.stdout.read(10)
    process.stdout.close()
    assert process.wait(60) == 0
