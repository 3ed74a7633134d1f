"""The commands on the store, as a user calls them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from pipeline.cli import store as commands
from pipeline.errors import UsageError, WaraError
from pipeline.settings import Settings
from pipeline.store import Store, StoreError
from pipeline.store.labels import labels_of
from tests.pipeline.store.submissions import TEXT, submission

APP = typer.Typer()
APP.command("export")(commands.export)
APP.command("import")(commands.import_labels)
APP.add_typer(commands.rounds, name="round")


def wara(settings: Settings, *arguments: str | Path) -> Result:
    result = CliRunner().invoke(APP, [str(a) for a in arguments], obj=settings)
    if isinstance(result.exception, WaraError):
        raise result.exception
    return result


@pytest.fixture(autouse=True)
def own_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WARA_DATABASE_URL", raising=False)


@pytest.fixture
def sha256(settings: Settings) -> str:
    with Store.open(settings) as store:
        return store.add(submission()).sha256


def test_labels_go_out_are_edited_and_come_back(
    settings: Settings, sha256: str, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    assert wara(settings, "export", "-o", path).exit_code == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["agenda"] = "สิ่งแวดล้อม"
    rows.append(rows[0] | {"sha256": "0" * 64})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    tried = wara(settings, "import", path, "--dry-run")
    assert tried.exit_code == 4
    assert "would change 1" in tried.output
    assert "แถว 2 ตรัง.txt: ประเด็น service → environment\n" in tried.stderr
    done = wara(settings, "import", path, "--by", "สมศรี", "--json")
    assert done.exit_code == 4
    answer = json.loads(done.stdout)
    assert [problem["row"] for problem in answer["problems"]] == [3]
    assert "แถว 3" in done.stderr
    assert "→" not in done.stderr
    [applied] = answer["applied"]
    assert (applied["row"], applied["file"], applied["kind"]) == (2, "ตรัง.txt", "label")
    assert (applied["before"]["agenda"], applied["after"]["agenda"]) == ("service", "environment")
    assert set(applied["before"]) == set(applied["after"])
    with Store.open(settings) as store, store.read() as session:
        labels = labels_of(session, [sha256])[sha256]
    assert (labels.values["agenda"], labels.source) == ("environment", "import")
    assert labels.decision is not None
    assert labels.decision.by == "สมศรี"
    assert wara(settings, "export", "-o", tmp_path / "new.xlsx").exit_code == 0


def test_a_dry_run_lists_what_would_change_fifty_rows_at_most(
    settings: Settings, tmp_path: Path
) -> None:
    lines = []
    with Store.open(settings) as store:
        for number in range(52):
            sha256 = store.add(submission(f"{number} {TEXT}", file=f"{number}.txt")).sha256
            row = {"sha256": sha256, "file": f"{number}.txt", "title": "ก" * 99 + "\x1b[31m"}
            lines.append(json.dumps(row | {"award_scaleup": "ใช่"}))
    (tmp_path / "all.jsonl").write_text("\n".join(lines), "utf-8")
    tried = wara(settings, "import", tmp_path / "all.jsonl", "--dry-run")
    told = [line for line in tried.stderr.splitlines() if "→" in line]
    assert len(told) == 50
    assert told[0] == (f"  แถว 1 0.txt: ขยายผลจากรางวัล ไม่ → ใช่ · ชื่อเรื่อง จองคิวทำบัตร → {'ก' * 60}…")
    assert "อีก 2 แถว (2 more rows)" in tried.stderr


def test_a_round_is_set_and_shown(settings: Settings, tmp_path: Path) -> None:
    expected = tmp_path / "expected.txt"
    expected.write_text("# ภาคใต้\nจังหวัดตรัง\nพังงา  # รอหนังสือ\nRanong\n\n", "utf-8")
    done = wara(
        settings, "round", "set", "2565", "--deadline", "17/12/2564", "--expected", expected
    )
    assert "2021-12-17, 3 provinces" in done.stderr
    with Store.open(settings) as store:
        store.add(submission(round="2565"))
    status = json.loads(wara(settings, "round", "show", "--json").stdout)
    assert [(p["province"], p["status"]) for p in status["provinces"]] == [
        ("ตรัง", "late"), ("พังงา", "missing"), ("ระนอง", "missing"),
    ]  # fmt: skip
    assert "ระนอง" in wara(settings, "round", "show", "2565").stdout


def test_what_is_no_proposal_is_named_and_not_counted(settings: Settings) -> None:
    wara(settings, "round", "set", "2565", "--deadline", "17/12/2564")
    with Store.open(settings) as store:
        notice = submission(file="ประกาศ.txt", kind="other", province="ตรัง", round="2565")
        sha256 = store.add(notice).sha256
    shown = wara(settings, "round", "show").stdout
    assert "ไม่นับ 1 ฉบับที่ไม่ใช่ข้อเสนอ · 1 not counted: not proposals\n  ประกาศ.txt\n" in shown
    status = json.loads(wara(settings, "round", "show", "--json").stdout)
    assert {place["status"] for place in status["provinces"]} == {"missing"}
    assert [one["sha256"] for one in status["uncounted"]] == [sha256]


def test_the_76_provinces_are_the_default(settings: Settings) -> None:
    assert "76 provinces" in wara(settings, "round", "set", "r", "--deadline", "2021-12-17").stderr


@pytest.mark.parametrize("content", ["", "# none\n", "ตรัง\nดาวอังคาร\n"])
def test_a_list_without_provinces_is_refused(
    settings: Settings, tmp_path: Path, content: str
) -> None:
    (tmp_path / "e.txt").write_text(content, "utf-8")
    with pytest.raises(WaraError):
        wara(settings, "round", "set", "r", "--deadline", "2021-12-17", "--expected",
             tmp_path / "e.txt")  # fmt: skip


def test_what_is_not_there_is_an_error_with_a_remedy(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="wara round set"):
        wara(settings, "round", "show")
    with pytest.raises(UsageError, match=r"\.xlsx"):
        wara(settings, "export", "-o", tmp_path / "out.doc")
    with pytest.raises(StoreError, match="no round '2566'"):
        wara(settings, "export", "-o", tmp_path / "out.csv", "--round", "2566")
    with pytest.raises(StoreError, match="wara round set 'ปี 2566' --deadline"):
        wara(settings, "round", "show", "ปี 2566")


def test_many_documents_are_exported(settings: Settings, tmp_path: Path) -> None:
    with Store.open(settings) as store:
        for number in range(3):
            store.add(submission(f"{number} {TEXT * (number + 1)}"))
    wara(settings, "export", "-o", tmp_path / "out.jsonl")
    assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 3
