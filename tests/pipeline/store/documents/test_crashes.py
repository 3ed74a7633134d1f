"""Exceptions, processes killed in the middle, several writers at once: all of a file or nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.settings import Settings
from pipeline.store import Store, documents
from pipeline.store.documents import clusters
from pipeline.store.labels import history_of
from tests.pipeline.store.submissions import TEXT, submission

ROOT = Path(__file__).parents[4]
ADDING = """
import os, signal, sys
from pathlib import Path
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.labels import deciding
from pipeline.store.documents import clusters
from tests.pipeline.store.submissions import TEXT, submission
mode, name = sys.argv[3], sys.argv[4]
if mode == "die":  # after document and passages were written, before the commit
    clusters.place_new = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
with Store.open(Settings(Path(sys.argv[1])), url=sys.argv[2]) as store:
    for number in range(10_000 if mode == "endless" else 25):
        added = store.add(submission(f"{name} {number} {TEXT}"))
        with store.begin() as session:
            deciding.decide(session, [added.sha256], kind="accept", by=name)
        print(added.sha256, flush=True)
"""


def adding(settings: Settings, url: str, mode: str, name: str = "w") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ADDING, str(settings.workspace), url, mode, name]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def whole(store: Store) -> dict[str, int]:
    """The documents with the number of decisions on each; every one of them is complete."""
    with store.read() as session:
        found = [document.sha256 for document in documents.list_documents(session)]
        arrived = documents.arrivals_of(session, found)
        said = documents.current_predictions(session, found)
        assert [c.sha256 for c in documents.changes_since(session, 0, limit=10_000)] == found
        for sha256 in found:
            assert len(documents.passages_of(session, sha256)) == 2
            assert len(arrived[sha256]) == 1
            assert said[sha256].model == "m1"
            assert store.file_of(sha256).read_bytes()
        made = history_of(session, found)
    return {sha256: len(made[sha256]) for sha256 in found}


def test_an_exception_in_the_middle_leaves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = store.add(submission()).sha256

    def fails(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(clusters, "place_new", fails)
    with pytest.raises(MemoryError):
        store.add(submission(TEXT + "อีกฉบับ"))
    assert list(whole(store)) == [kept]


def test_a_process_killed_in_the_middle_leaves_nothing(
    store: Store, settings: Settings, url: str
) -> None:
    child = adding(settings, url, "die")
    assert child.communicate(timeout=300)[0] == ""
    assert child.returncode == -9
    assert whole(store) == {}
    assert store.add(submission(f"w 0 {TEXT}")).new  # and nobody holds a lock


@pytest.mark.slow
@pytest.mark.parametrize("moment", [0.05, 0.2, 0.5])
def test_what_was_answered_is_there_after_a_kill(
    store: Store, settings: Settings, url: str, moment: float
) -> None:
    child = adding(settings, url, "endless")
    assert child.stdout is not None
    answered = [child.stdout.readline().strip()]
    time.sleep(moment)
    child.kill()
    answered += child.stdout.read().split()
    found = whole(store)
    assert len(found) - len(answered) in (0, 1)  # at most the one that was not answered yet
    assert all(found[sha256] == 1 for sha256 in answered)


@pytest.mark.slow
def test_several_writers_at_once_lose_nothing(store: Store, settings: Settings, url: str) -> None:
    children = [adding(settings, url, "some", f"writer {n}") for n in range(4)]
    answered = [sha for child in children for sha in child.communicate(timeout=300)[0].split()]
    assert [child.returncode for child in children] == [0] * 4
    assert len(answered) == 100
    assert whole(store) == dict.fromkeys(answered, 1)


@pytest.mark.slow
def test_the_same_file_from_several_writers_is_one_document(
    store: Store, settings: Settings, url: str
) -> None:
    children = [adding(settings, url, "some", "the same") for _ in range(3)]
    for child in children:
        child.communicate(timeout=300)
        assert child.returncode == 0
    with store.read() as session:
        found = [document.sha256 for document in documents.list_documents(session)]
        assert len(found) == 25
        assert [len(a) for a in documents.arrivals_of(session, found).values()] == [3] * 25
        assert [len(made) for made in history_of(session, found).values()] == [3] * 25
