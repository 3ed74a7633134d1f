from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from classifiers import ProposalTagger
from pipeline import batch
from pipeline.batch import Job, classify, classify_all
from pipeline.documents import Tagging


@pytest.fixture
def job(model_folder: Path) -> Job:
    return Job(model="half", model_folder=model_folder)


class Defective:
    """A tagger with a bug."""

    def tag(self, texts: object) -> list[Tagging]:
        raise ZeroDivisionError(texts)


def test_a_defect_costs_one_row(tmp_path: Path, job: Job) -> None:
    path = tmp_path / "a.txt"
    path.write_text("โครงการจัดการขยะจังหวัดน่าน", encoding="utf-8")
    record = classify(str(path), Defective(), job)
    assert record.error is not None
    assert "ZeroDivisionError" in record.error
    assert record.needs_review


def die(file: str) -> object:
    """Work that kills its process, as a native parser can."""
    if "poison" in file:
        os.kill(os.getpid(), signal.SIGKILL)
    return batch.process(file, *batch._worker)


def test_a_worker_that_dies_costs_one_row(
    tmp_path: Path, job: Job, tagger: ProposalTagger, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = []
    for name in ("a.txt", "poison.txt", "b.txt", "c.txt"):
        path = tmp_path / name
        path.write_text(f"โครงการจัดการขยะจังหวัดน่าน {name}", encoding="utf-8")
        files.append(str(path))
    monkeypatch.setattr(batch, "_work", die)
    rows = dict(classify_all(files, tagger, job, workers=2))
    assert sorted(rows) == [0, 1, 2, 3]
    assert [rows[at].error is None for at in range(4)] == [True, False, True, True]
    assert "died" in (rows[1].error or "")
