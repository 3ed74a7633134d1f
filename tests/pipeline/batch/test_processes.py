"""Worker processes of this machine: what a file can do to one, and what it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.batch import Job, Order, process_all
from pipeline.batch.answers import Answer
from pipeline.batch.local import LocalEngine
from pipeline.batch.units import Unit
from pipeline.errors import ModelError
from pipeline.inputs import located
from tests.pipeline.batch import faults


@pytest.fixture
def job(model_folder: Path) -> Job:
    return Job(model="half", model_folder=model_folder)


def answers(job: Job, units: list[list[Path]], workers: int = 1) -> list[Answer]:
    order = Order(job, packed=True, load=faults.load)
    cut = [Unit(str(n), tuple(located(str(p)) for p in paths)) for n, paths in enumerate(units)]
    with LocalEngine(order, workers) as engine:
        return sorted(engine.run(cut), key=lambda answer: answer.unit.name)


@pytest.mark.slow
def test_workers_give_the_rows_of_this_process(tmp_path: Path, job: Job, tagger: object) -> None:
    files = [str(path) for path in faults.write(tmp_path, "", "", "")] + [str(tmp_path / "none")]
    here = dict(process_all(files, tagger, job))  # type: ignore[arg-type]
    assert dict(process_all(files, None, job, workers=2)) == here
    assert [outcome.record.error is None for _, outcome in sorted(here.items())] == [1, 1, 1, 0]


@pytest.mark.slow
def test_a_worker_that_dies_costs_one_row_after_two_tries(tmp_path: Path, job: Job) -> None:
    paths = faults.write(tmp_path, "", faults.DIE, "", faults.DIE, "")
    [answer] = answers(job, [paths])
    states = [found.state for found in answer.results]
    assert states == ["done", "quarantined", "done", "quarantined", "done"]
    assert [found.tries for found in answer.results] == [1, 2, 1, 2, 1]
    lost = answer.results[1].outcome.record
    assert "died" in (lost.error or "")
    assert lost.file == str(paths[1])
    assert lost.sha256


@pytest.mark.slow
def test_whatever_a_file_does_to_its_reader_costs_one_row(
    tmp_path: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARA_READ_SECONDS", "4")
    monkeypatch.setenv("WARA_READ_MEMORY_MB", "1024")
    words = ("", faults.CRASH, "", faults.HANG, "", faults.EAT, "")
    [answer] = answers(job, [faults.write(tmp_path, *words)])
    states = ["failed" if word else "done" for word in words]
    assert [found.state for found in answer.results] == states
    errors = [found.outcome.record.error or "" for found in answer.results]
    assert "stopped on this file" in errors[1]
    assert "seconds" in errors[3]
    assert "memory" in errors[5]
    assert all(found.tries == 1 for found in answer.results)  # the worker outlived them all


@pytest.mark.slow
def test_whatever_a_file_does_to_its_worker_costs_one_row(
    tmp_path: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARA_ROW_SECONDS", "10")
    monkeypatch.setenv("WARA_WORKER_MEMORY_MB", "3000")
    words = ("", faults.STALL, "", faults.GROW, "")
    [answer] = answers(job, [faults.write(tmp_path, *words)])
    states = [found.state for found in answer.results]
    assert states == ["done", "quarantined", "done", "failed", "done"]
    assert "WARA_ROW_SECONDS" in (answer.results[1].outcome.record.error or "")
    assert "WARA_WORKER_MEMORY_MB" in (answer.results[3].outcome.record.error or "")


@pytest.mark.slow
def test_no_more_units_are_taken_than_workers_need(tmp_path: Path, job: Job) -> None:
    taken: list[int] = []
    paths = faults.write(tmp_path, *[""] * 12)

    def units() -> object:
        for number, path in enumerate(paths):
            taken.append(number)
            yield Unit(str(number), (located(str(path)),))

    with LocalEngine(Order(job), 1) as engine:
        for done, _ in enumerate(engine.run(units())):  # type: ignore[arg-type]
            assert len(taken) <= done + 3


def test_a_model_that_cannot_be_loaded_ends_the_run(tmp_path: Path) -> None:
    job = Job("none", tmp_path / "none")
    with (
        LocalEngine(Order(job), 1) as engine,
        pytest.raises(ModelError, match="wara train"),
    ):
        list(engine.run([Unit("a", (located(str(tmp_path / "a.txt")),))]))
