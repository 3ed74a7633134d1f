"""The workspace: what is ingested is found, and the index follows the store whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from classifiers import ProposalTagger
from classifiers.topics import TopicTagger
from pipeline import batch, following, hits
from pipeline.documents import Passage
from pipeline.errors import ReadError
from pipeline.search import Index, preparing
from pipeline.store import StoreError, labels
from pipeline.store.documents import last_change
from pipeline.workspace import Arrival, Workspace
from tests.pipeline.store.submissions import TEXT, submission
from tests.texts import MINUTES


@pytest.fixture
def outcome(tmp_path: Path, model_folder: Path, tagger: ProposalTagger) -> batch.Outcome:
    file = tmp_path / "minutes.txt"
    file.write_text(MINUTES, encoding="utf-8")
    return batch.process(str(file), tagger, batch.Job("half", model_folder, keep=True))


def test_what_was_said_and_resolved_is_found(
    workspace: Workspace, outcome: batch.Outcome, topics: TopicTagger
) -> None:
    added = workspace.add(outcome, topics, Arrival(by="สมศรี"))
    assert added.new
    answer = hits.answer(workspace.store, workspace.find("ขุดลอกคลอง", resolution=True))
    [hit] = answer["hits"]
    document = outcome.document
    assert document is not None
    assert hit["kind"] == "resolution"
    assert hit["date"] == "2025-03-28"
    assert hit["heading"] == "2 เรื่องเพื่อพิจารณา"
    assert document.text[hit["start"] : hit["end"]] == hit["text"]
    assert any("ขุดลอก" in hit["text"][start:end] for start, end in hit["highlights"])
    assert (hit["file"], hit["page"]) == (document.file, 1)


def test_a_speaker_is_found_by_name(
    workspace: Workspace, outcome: batch.Outcome, topics: TopicTagger
) -> None:
    workspace.add(outcome, topics)
    found = workspace.find("ขุดลอก", speaker="พิมพ์ใจ")
    assert [hit.passage.speaker for hit in found.hits] == ["นางพิมพ์ใจ คำแสน"]


def test_the_same_file_twice_is_one_document(
    workspace: Workspace, outcome: batch.Outcome, topics: TopicTagger
) -> None:
    assert workspace.add(outcome, topics).new
    count = workspace.find("กว๊านพะเยา").total
    assert not workspace.add(outcome, topics).new
    assert workspace.find("กว๊านพะเยา").total == count


def test_a_deleted_document_is_not_found_while_another_process_writes_the_index(
    workspace: Workspace, outcome: batch.Outcome, topics: TopicTagger
) -> None:
    sha256 = workspace.add(outcome, topics).sha256
    [first, *_] = workspace.find("กว๊านพะเยา").hits
    assert workspace.similar(first.passage.id)
    [folder] = indexes(workspace)
    with Index.open(folder).writing():
        workspace.erase([sha256], by="ก")
        found = workspace.find("กว๊านพะเยา", limit=1000)
        assert (found.hits, found.total) == ((), 0)
        assert hits.answer(workspace.store, found)["hits"] == []
        assert workspace.similar(first.passage.id) == []


@pytest.mark.parametrize("damage", ["lost", "garbled", "pointer"])
def test_an_index_that_cannot_be_used_is_made_anew(
    workspace: Workspace, outcome: batch.Outcome, topics: TopicTagger, damage: str
) -> None:
    workspace.add(outcome, topics)
    before = workspace.find("กว๊านพะเยา").total
    [pointer] = workspace.settings.workspace.glob("index/*/current")
    folder = pointer.parent / pointer.read_text(encoding="utf-8")
    if damage == "pointer":
        pointer.write_text("../../elsewhere", encoding="utf-8")
    elif damage == "lost":
        (folder / "meta.json").unlink()
    else:
        for file in folder.iterdir():
            file.write_bytes(b"\xff" * 100)
    with Workspace.open(workspace.settings) as again:
        assert again.find("กว๊านพะเยา").total == before > 0
    assert len(indexes(workspace)) == 1


def test_one_goes_over_to_the_index_another_has_built(
    workspace: Workspace, outcome: batch.Outcome, topics: TopicTagger
) -> None:
    workspace.add(outcome, topics)
    before = workspace.find("กว๊านพะเยา").total
    with Workspace.open(workspace.settings) as other:
        other.reindex()
        built = indexes(workspace)
    assert workspace.find("กว๊านพะเยา").total == before > 0
    assert indexes(workspace) == built, "nothing was built twice"


def test_who_finds_the_index_unusable_at_once_builds_it_once(
    workspace: Workspace, outcome: batch.Outcome, topics: TopicTagger
) -> None:
    """Threads here; the lock is the same between processes."""
    workspace.add(outcome, topics)
    workspace.reindex()
    [damaged] = indexes(workspace)
    (damaged / "meta.json").unlink()
    opened = [Workspace.open(workspace.settings) for _ in range(6)]
    with ThreadPoolExecutor(len(opened)) as threads:
        totals = list(threads.map(lambda one: one.find("กว๊านพะเยา").total, opened))
    for one in opened:
        one.close()
    assert len(set(totals)) == 1
    assert totals[0] > 0
    assert len(indexes(workspace)) == 1


def test_what_a_killed_builder_left_is_cleared_away(
    workspace: Workspace, outcome: batch.Outcome, topics: TopicTagger
) -> None:
    workspace.add(outcome, topics)
    workspace.reindex()
    [current] = indexes(workspace)
    left = current.with_name("index-left")
    left.mkdir()
    workspace.reindex()
    assert left not in indexes(workspace)
    assert len(indexes(workspace)) == 1


@pytest.mark.slow
def test_an_index_prepared_by_several_processes_is_the_same(
    workspace: Workspace, outcome: batch.Outcome, topics: TopicTagger,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """In steps of two passages: the last of a document may come with the next."""
    workspace.add(outcome, topics)
    expected = {hit.passage for hit in workspace.find("กว๊าน", 50).hits}
    monkeypatch.setattr(following, "STEP", 2)
    monkeypatch.setattr(following, "AT_ONCE", 1)
    told: list[tuple[int, int]] = []
    for number in range(3):
        workspace.store.add(submission(f"{number} {TEXT}"))
    assert workspace.reindex(lambda *step: told.append(step), workers=2) > 6
    assert {hit.passage for hit in workspace.find("กว๊าน", 50).hits} == expected
    assert workspace.find("ผู้รับบริการ").total == 3
    assert told == sorted(told)
    assert told[-1] == (4, 4)


def test_what_one_process_prepared_and_died_over_another_prepares(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Processes that cannot even start: every part is prepared here."""
    monkeypatch.setattr(preparing, "ProcessPoolExecutor", Broken)
    parts = [[Passage(str(number), "ข้าว")] for number in range(9)]
    assert list(preparing.prepared(parts, 2)) == list(map(preparing.documents_of, parts))


class Broken(ProcessPoolExecutor):
    """A pool whose processes are all dead."""

    def submit(self, *_: object, **__: object) -> Future[Any]:
        raise BrokenProcessPool


def indexes(workspace: Workspace) -> list[Path]:
    return sorted(workspace.settings.workspace.glob("index/*/index-*"))


def test_a_file_changed_since_it_was_read_is_not_stored(
    workspace: Workspace, outcome: batch.Outcome, topics: TopicTagger
) -> None:
    assert outcome.document is not None
    file = Path(outcome.document.file)
    file.write_text("อื่น", encoding="utf-8")
    with pytest.raises(StoreError, match="changed"):
        workspace.add(outcome, topics)
    file.unlink()
    with pytest.raises(ReadError, match="not found"):
        workspace.add(outcome, topics)
    assert workspace.find("กว๊านพะเยา").total == 0


@pytest.mark.slow
def test_killed_between_store_and_index_nothing_is_lost(
    workspace: Workspace, outcome: batch.Outcome, topics: TopicTagger
) -> None:
    """The child stores a document and dies in the middle of writing the index."""
    workspace.add(outcome, topics)
    code = textwrap.dedent("""
        import os, signal, sys
        from pathlib import Path
        from pipeline.search.writing import Writing
        from pipeline.settings import Settings
        from pipeline.workspace import Workspace
        Writing.commit = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        Workspace.open(Settings(Path(sys.argv[1]))).catch_up()
    """)
    folder = str(workspace.settings.workspace)
    done = subprocess.run([sys.executable, "-c", code, folder], check=False, env=os.environ)
    assert done.returncode == -signal.SIGKILL
    assert workspace.find("กว๊านพะเยา").total > 0


def test_what_a_person_corrects_is_what_a_search_shows(
    workspace: Workspace, outcome: batch.Outcome, topics: TopicTagger
) -> None:
    workspace.add(outcome, topics)
    before = workspace.find("ขุดลอกคลอง").hits[0].passage
    with workspace.store.begin() as session:
        [made] = labels.decide(
            session,
            [before.document],
            {"title": "ประชุมเรื่องคลอง", "province": "น่าน", "kind": "other"},
            by="สมศรี",
        )
    shown = workspace.find("ขุดลอกคลอง", province="น่าน").hits[0].passage
    assert (shown.title, shown.provinces, shown.document_kind) == (
        "ประชุมเรื่องคลอง",
        ("น่าน",),
        "other",
    )
    assert (shown.id, shown.text, shown.speaker) == (before.id, before.text, before.speaker)
    with workspace.store.begin() as session:
        labels.undo(session, made.id, by="สมศรี")
    assert workspace.find("ขุดลอกคลอง", province="น่าน").total == 0
    assert workspace.find("ขุดลอกคลอง").hits[0].passage == before


def test_a_decision_on_labels_alone_leaves_the_index_as_it_is(
    workspace: Workspace, outcome: batch.Outcome, topics: TopicTagger
) -> None:
    workspace.add(outcome, topics)
    document = workspace.find("ขุดลอกคลอง").hits[0].passage.document
    with workspace.store.begin() as session:
        number = last_change(session)
        labels.decide(session, [document], {"agenda": "environment"}, by="สมศรี")
        assert last_change(session) == number
