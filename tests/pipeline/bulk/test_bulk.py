"""What `wara classify --keep` wrote is loaded as if it were read again, and only once."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from classifiers.topics import TopicTagger
from pipeline import bulk
from pipeline.cli.options import current_user
from pipeline.errors import OutputError, UsageError
from pipeline.settings import Settings
from pipeline.store import documents, rounds
from pipeline.store.tables import StandingDueRow, StandingRow
from pipeline.workspace import Arrival, Workspace
from tests.conftest import SAMPLES
from tests.pipeline.command import Wara, wara
from tests.texts import MINUTES

__all__ = ["wara"]

PROPOSAL = SAMPLES / "14-form-with-typos-udonthani.txt"
COUNT = 6


@pytest.fixture(scope="module")
def classified(tmp_path_factory: pytest.TempPathFactory, model_folder: Path) -> tuple[Path, Path]:
    """A folder of six files, of which one is empty and cannot be read, and what became of it."""
    folder = tmp_path_factory.mktemp("archive")
    papers, out = folder / "papers", folder / "out"
    papers.mkdir()
    for number in range(COUNT - 2):
        text = MINUTES.replace("ผักตบชวา", f"ผักตบชวา {number} กอ " * (1 + 40 * number))
        (papers / f"{number}.txt").write_text(text, encoding="utf-8")
    shutil.copy(PROPOSAL, papers)
    (papers / "empty.txt").touch()
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "classify"]
    given = [str(papers), "-o", f"{out}/", "--keep", "--model", str(model_folder)]
    done = subprocess.run([*command, *given], check=False, capture_output=True, text=True)
    assert done.returncode == 4, done.stderr
    return papers, out


@pytest.fixture
def archive(classified: tuple[Path, Path]) -> Path:
    return classified[1]


def counts(loaded: bulk.Loaded) -> tuple[int, int, int, int]:
    return loaded.new, loaded.again, loaded.known, len(loaded.failed)


def state(workspace: Workspace) -> dict[str, object]:
    """All that is stored of every document but when."""
    with workspace.store.read() as session:
        found = documents.list_documents(session)
        arrivals = documents.arrivals_of(session, [one.sha256 for one in found])
        return {
            one.sha256: (
                (one.kind, one.title, one.province, one.document_date, one.fiscal_year),
                documents.get_content(session, one.sha256),
                documents.get_parsed(session, one.sha256),
                documents.passages_of(session, one.sha256),
                [
                    (said.model, said.record, said.tagging)
                    for said in documents.predictions_of(session, one.sha256)
                ],
                [(came.file, came.received_by) for came in arrivals[one.sha256]],
                workspace.store.file_of(one.sha256).read_bytes(),
            )
            for one in found
        }


def clusters(workspace: Workspace) -> set[frozenset[str]]:
    with workspace.store.read() as session:
        found = documents.list_documents(session)
    numbers = {one.cluster for one in found if one.cluster is not None}
    return {frozenset(o.sha256 for o in found if o.cluster == number) for number in numbers}


def test_every_row_is_counted_once(
    workspace: Workspace, archive: Path, topics: TopicTagger
) -> None:
    told: list[tuple[int, int]] = []
    loaded = bulk.load_output(
        workspace, str(archive), topics, on_step=lambda *step: told.append(step)
    )
    assert counts(loaded) == (COUNT - 1, 0, 0, 1)
    assert "empty.txt" in loaded.failed[0][0]
    assert told[-1] == (COUNT - 1, COUNT - 1)


def test_what_is_stored_is_what_ingest_stores(
    workspace: Workspace, classified: tuple[Path, Path], topics: TopicTagger, tmp_path: Path,
    wara: Wara, model_folder: Path,
) -> None:  # fmt: skip
    papers, out = classified
    bulk.load_output(workspace, str(out), topics, Arrival(current_user()))
    other = Settings(tmp_path / "other")
    assert wara("--workspace", other.workspace, "ingest", papers, "--model", model_folder).code == 4
    with Workspace.open(other) as read:
        assert state(workspace) == state(read)
        assert clusters(workspace) == clusters(read) != set()
        query = "ขุดลอกคลองปากกว๊าน"
        hits = [{hit.passage for hit in one.find(query, 100).hits} for one in (workspace, read)]
        assert hits[0] == hits[1] != set()


def test_the_same_folder_again_changes_nothing(
    workspace: Workspace, archive: Path, topics: TopicTagger
) -> None:
    bulk.load_output(workspace, str(archive), topics)
    before = state(workspace)
    assert counts(bulk.load_output(workspace, str(archive), topics)) == (0, 0, COUNT - 1, 1)
    assert state(workspace) == before


def test_what_came_for_no_round_comes_for_a_round(
    workspace: Workspace, archive: Path, topics: TopicTagger
) -> None:
    bulk.load_output(workspace, str(archive), topics)
    with workspace.store.begin() as session:
        rounds.set_round(session, "r1", deadline=dt.date(2000, 1, 1), expected=(), by="ก")
    arrival = Arrival(round_name="r1")
    assert counts(bulk.load_output(workspace, str(archive), topics, arrival))[1] == COUNT - 1
    assert counts(bulk.load_output(workspace, str(archive), topics, arrival))[2] == COUNT - 1
    with workspace.store.read() as session:
        names = [one.sha256 for one in documents.list_documents(session)]
        for arrivals in documents.arrivals_of(session, names).values():
            assert [one.round for one in arrivals] == [None, "r1"]


def test_a_file_that_is_gone_or_changed_is_its_own_failure(
    workspace: Workspace, classified: tuple[Path, Path], topics: TopicTagger, tmp_path: Path
) -> None:
    papers, out = classified
    moved = tmp_path / "moved"
    shutil.copytree(papers, moved)
    try:
        (papers / "0.txt").unlink()
        (papers / "1.txt").write_text("อื่น", encoding="utf-8")
        loaded = bulk.load_output(workspace, str(out), topics)
    finally:
        shutil.copytree(moved, papers, dirs_exist_ok=True)
    assert counts(loaded) == (COUNT - 3, 0, 0, 3)
    said = {Path(file).name: why for file, why in loaded.failed}
    assert "not found" in said["0.txt"]
    assert "changed" in said["1.txt"]
    assert counts(bulk.load_output(workspace, str(out), topics)) == (2, 0, COUNT - 3, 1)


def test_standings_and_index_are_ready_when_the_command_ends(
    workspace: Workspace, archive: Path, wara: Wara
) -> None:
    done = wara("--workspace", workspace.settings.workspace, "ingest", archive)
    assert done.code == 4
    assert f"{COUNT - 1} stored" in done.err
    with workspace.store.read() as session:
        assert session.query(StandingDueRow).count() == 0
        assert session.query(StandingRow).count() == COUNT - 1
    again = wara("--workspace", workspace.settings.workspace, "ingest", archive)
    assert f"{COUNT - 1} of them were there" in again.err
    answer = wara("--workspace", workspace.settings.workspace, "search", "ขุดลอกคลอง", "--json")
    assert json.loads(answer.out)["total"] > 0


def test_what_was_tagged_is_not_tagged_otherwise(archive: Path, wara: Wara, tmp_path: Path) -> None:
    done = wara("--workspace", tmp_path / "ws", "ingest", archive, "--kind", "minutes")
    assert done.code == 2
    assert "--kind" in done.err


def test_rows_alone_cannot_be_loaded(
    workspace: Workspace, archive: Path, topics: TopicTagger, tmp_path: Path
) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(archive, bare)
    listed = json.loads((bare / "manifest.json").read_text())
    listed["asked"]["keep"] = False
    (bare / "manifest.json").write_text(json.dumps(listed))
    with pytest.raises(UsageError, match="--keep"):
        bulk.load_output(workspace, str(bare), topics)


def test_a_damaged_part_says_so(
    workspace: Workspace, archive: Path, topics: TopicTagger, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(archive, broken)
    part = next((broken / "documents").iterdir())
    part.write_bytes(part.read_bytes()[:-50])
    with pytest.raises(OutputError):
        bulk.load_output(workspace, str(broken), topics)


def test_other_folders_are_folders_of_files(tmp_path: Path, archive: Path) -> None:
    assert bulk.is_output(str(archive))
    (tmp_path / "manifest.json").write_text('{"name": "a web page"}')
    assert not bulk.is_output(str(tmp_path))
    assert not bulk.is_output(str(tmp_path / "nothing"))
    assert not bulk.is_output("https://example.invalid/file.pdf")
    assert not bulk.is_output("")
    assert not bulk.is_output("ก\0ข")
    assert not bulk.is_output("ก" * 5000)


@pytest.mark.slow
def test_a_load_that_was_killed_is_gone_on_with(
    workspace: Workspace, archive: Path, topics: TopicTagger
) -> None:
    """Killed in the second batch: the first is there whole, of the second nothing."""
    code = textwrap.dedent("""
        import os, signal, sys
        from pathlib import Path
        from classifiers.topics import default_topics
        from pipeline import bulk
        from pipeline.settings import Settings
        from pipeline.store.documents import clusters
        from pipeline.workspace import Workspace
        bulk.MOST = 2
        place, calls = clusters.place_new, []
        def dying(*given):
            calls.append(given)
            if len(calls) == 2:
                os.kill(os.getpid(), signal.SIGKILL)
            place(*given)
        clusters.place_new = dying
        with Workspace.open(Settings(Path(sys.argv[1]))) as workspace:
            bulk.load_output(workspace, sys.argv[2], default_topics())
    """)
    given = [str(workspace.settings.workspace), str(archive)]
    done = subprocess.run([sys.executable, "-c", code, *given], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(state(workspace)) == 2
    assert counts(bulk.load_output(workspace, str(archive), topics)) == (COUNT - 3, 0, 2, 1)
    with workspace.store.read() as session:
        names = [one.sha256 for one in documents.list_documents(session)]
        assert all(len(a) == 1 for a in documents.arrivals_of(session, names).values())
