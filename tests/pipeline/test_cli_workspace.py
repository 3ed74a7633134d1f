"""From files to answers on the command line: minutes, ingest, search, round, reindex."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from corpora import load_taxonomy
from tests.pipeline.command import Wara, wara
from tests.texts import MINUTES

__all__ = ["wara"]

POST = """เมื่อวันที่ 5 พฤศจิกายน 2567 จังหวัดตรังประชุมเรื่องท่องเที่ยวชุมชน โดยมีนางสาวอรทัย แก้วใส เป็นประธาน
นายดำรง ทองคง กล่าวว่า เกาะลิบงรับนักท่องเที่ยวได้วันละ 300 คน
"""


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two meetings; the workspace is beside it."""
    monkeypatch.setenv("WARA_WORKSPACE", str(tmp_path / "ws"))
    monkeypatch.delenv("WARA_DATABASE_URL", raising=False)
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "minutes.txt").write_text(MINUTES, encoding="utf-8")
    (folder / "post.txt").write_text(POST, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where they are ingested once, by the first test that asks for it."""
    return tmp_path_factory.mktemp("first")


@pytest.fixture
def ingested(papers: Path, first: Path, wara: Wara, model_folder: Path) -> Path:
    """The folder of the meetings that stand in the workspace, which is a copy of the first."""
    given = first / "papers"
    if not given.exists():
        shutil.copytree(papers, given)
        done = wara("--workspace", first / "ws", "ingest", given, "--model", model_folder)
        assert done.code == 0
    shutil.copytree(first / "ws", papers.parent / "ws")
    return given


def test_minutes_as_json(papers: Path, wara: Wara) -> None:
    answer = json.loads(wara("minutes", papers / "minutes.txt", "--json").out)
    assert answer["meeting_no"] == "2/2568"
    assert (answer["start_time"], answer["end_time"]) == ("09:30", "11:00")
    assert answer["chair"] == {"name": "นายสมหมาย ใจกว้าง", "position": "รองผู้ว่าราชการจังหวัด"}
    [_, second] = answer["items"]
    [turn] = second["turns"]
    assert turn["speaker"] == "นางพิมพ์ใจ คำแสน"
    assert answer["text"][turn["start"] : turn["end"]] == turn["text"]
    [deadline] = answer["deadlines"]
    assert deadline["date"] == "2025-04-30"


def test_minutes_for_people(papers: Path, wara: Wara) -> None:
    shown = wara("minutes", papers / "minutes.txt").out
    assert "28/3/2568" in shown
    assert "นายสมหมาย ใจกว้าง" in shown


READING = [
    ("search", "กว๊าน"),
    ("export", "-o", "out.csv"),
    ("reindex",),
    ("round", "show"),
    ("models",),
    ("models", "rollback"),
    ("users", "list"),
    ("users", "disable", "สมชาย"),
]


@pytest.mark.parametrize("command", READING)
def test_a_workspace_that_is_not_there_is_refused_and_not_made(
    wara: Wara, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    if command[0] == "users":
        pytest.importorskip("argon2")
    monkeypatch.delenv("WARA_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    refused = wara("--workspace", "wrok", *command)
    assert refused.code == 7
    assert f"no workspace at {tmp_path / 'wrok'}: begin one with wara ingest" in refused.err
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_that_cannot_be_is_refused_by_all(
    wara: Wara, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WARA_DATABASE_URL", raising=False)
    too_long = tmp_path / ("ก" * 300)
    for command in (("search", "กว๊าน"), ("round", "set", "r", "--deadline", "17/12/2567")):
        refused = wara("--workspace", too_long, *command)
        assert (refused.code, "--workspace" in refused.err) == (7, True)


def test_a_database_elsewhere_is_read_from_a_new_machine(
    ingested: Path, wara: Wara, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "ws" / "wara.db"
    monkeypatch.setenv("WARA_DATABASE_URL", f"sqlite:///{database}")
    found = json.loads(wara("--workspace", tmp_path / "new", "search", "เกาะลิบง", "--json").out)
    assert found["hits"][0]["file"] == str(ingested / "post.txt")


def test_an_empty_workspace_has_no_documents_yet(wara: Wara, papers: Path) -> None:
    (papers.parent / "ws").mkdir()
    asked = wara("search", "กว๊าน")
    assert (asked.code, asked.out) == (0, "")
    assert "there are no documents yet" in asked.err
    assert json.loads(wara("search", "กว๊าน", "--json").out)["total"] == 0


def test_a_new_workspace_is_its_owners_and_an_old_one_stays_as_it_is(
    wara: Wara, papers: Path
) -> None:
    new, old = papers.parent / "ws", papers.parent / "old"
    old.mkdir(mode=0o755)
    for place in (new, old):
        given = ("--workspace", place, "round", "set", "ปี 2568", "--deadline", "17/12/2567")
        assert wara(*given).code == 0
    assert [place.stat().st_mode & 0o777 for place in (new, old)] == [0o700, 0o755]


def test_what_was_ingested_is_found(ingested: Path, wara: Wara) -> None:
    answer = json.loads(wara("search", "เกาะลิบงรับได้วันละกี่คน", "--json").out)
    best = answer["hits"][0]
    assert best["speaker"] == "นายดำรง ทองคง"
    assert best["date"] == "2024-11-05"
    assert best["file"] == str(ingested / "post.txt")


@pytest.mark.parametrize(
    ("filters", "files"),
    [
        (("--province", "พะเยา"), {"minutes.txt"}),
        (("--since", "1/1/2568"), {"minutes.txt"}),
        (("--until", "2024-12-31"), {"post.txt"}),
        (("--speaker", "ดำรง"), {"post.txt"}),
        (("--resolution",), {"minutes.txt"}),
        ((), {"minutes.txt", "post.txt"}),
    ],
)
@pytest.mark.usefixtures("ingested")
def test_filters(wara: Wara, filters: tuple[str, ...], files: set[str]) -> None:
    query = "ขุดลอก นักท่องเที่ยว กว๊าน"
    answer = json.loads(wara("search", query, "-k", "50", "--json", *filters).out)
    assert {Path(hit["file"]).name for hit in answer["hits"]} == files


@pytest.mark.usefixtures("ingested")
def test_a_query_that_cannot_be_read_is_explained(wara: Wara) -> None:
    result = wara("search", '"วลีที่ไม่ปิด')
    assert result.code == 2
    assert "Traceback" not in result.err


@pytest.mark.usefixtures("ingested")
def test_topics_go_by_code_or_name(wara: Wara) -> None:
    facets = json.loads(wara("search", "กว๊าน เกาะ", "--json").out)["facets"]["topic"]
    names = {label.code: label.short_th for label in load_taxonomy().passage_topics}
    for code, count in facets.items():
        for name in (code, names[code]):
            found = json.loads(wara("search", "กว๊าน เกาะ", "--topic", name, "--json").out)
            assert found["total"] == count
    assert facets
    refused = wara("search", "กว๊าน", "--topic", "สิ่งแวดล้อ")
    assert refused.code == 2
    assert "environment" in refused.err


@pytest.mark.usefixtures("ingested")
def test_nothing_found_says_what_to_try(wara: Wara) -> None:
    assert "ลองใช้คำอื่น" in wara("search", "ฟุตบอลโลก").out


@pytest.mark.usefixtures("ingested")
def test_reindex_counts_the_passages(wara: Wara) -> None:
    before = json.loads(wara("search", "กว๊าน", "--json").out)["total"]
    assert "passages" in wara("reindex").err
    assert json.loads(wara("search", "กว๊าน", "--json").out)["total"] == before


def test_a_broken_file_costs_its_own_row(papers: Path, wara: Wara, model_folder: Path) -> None:
    (papers / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    result = wara("ingest", papers, "--model", model_folder)
    assert result.code == 4
    assert "broken.pdf" in result.err
    assert json.loads(wara("search", "กว๊าน", "--json").out)["total"] > 0


def test_a_round_knows_who_was_late(papers: Path, wara: Wara, model_folder: Path) -> None:
    (papers / "a.txt").write_text(
        "ข้อเสนอจังหวัดน่าน\nวัตถุประสงค์ เพื่อจัดการขยะ\nงบประมาณ 500,000 บาท", encoding="utf-8"
    )
    assert wara("round", "set", "ปี 2568", "--deadline", "17/12/2567").code == 0
    given = ("--model", model_folder, "--kind", "proposal", "--round", "ปี 2568")
    assert wara("ingest", papers / "a.txt", *given, "--received", "20/12/2567").code == 0
    status = json.loads(wara("round", "show", "ปี 2568", "--json").out)
    stands = {entry["province"]: entry["status"] for entry in status["provinces"]}
    assert stands["น่าน"] == "late"
    assert len(stands) == 76


def test_a_document_is_deleted_once_confirmed(ingested: Path, wara: Wara) -> None:
    assert json.loads(wara("search", "เกาะลิบง", "--json").out)["hits"]
    asked = wara("documents", "delete", "post.txt")
    assert asked.code == 2
    assert "--yes" in asked.err
    assert json.loads(wara("search", "เกาะลิบง", "--json").out)["hits"]
    done = wara("documents", "delete", "post.txt", "--yes", "--note", "ขอให้ลบ", "--json")
    assert done.code == 0
    [gone] = json.loads(done.out)
    assert gone["files"] == [str(ingested / "post.txt")]
    assert not json.loads(wara("search", "เกาะลิบง", "--json").out)["hits"]
    again = wara("documents", "delete", "post.txt", "--yes")
    assert again.code == 7
    assert "wara export" in again.err


def test_who_answers_with_no_is_told_that_nothing_was_deleted(
    ingested: Path, wara: Wara, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    answered = wara("documents", "delete", "post.txt")
    assert answered.code == 1
    assert str(ingested / "post.txt")[-60:] in answered.err
    assert "nothing was changed" in answered.err
    assert json.loads(wara("search", "เกาะลิบง", "--json").out)["hits"]


def test_a_name_that_is_none_deletes_nothing(ingested: Path, wara: Wara) -> None:
    assert wara("documents", "delete", "post.txt", "no.txt", "--yes").code == 7
    assert ingested.exists()
    assert json.loads(wara("search", "เกาะลิบง", "--json").out)["hits"]
