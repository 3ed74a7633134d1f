"""Models: shown as their cards say, trained in the background, promoted only if better."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from classifiers.models.registry import Registry
from classifiers.training import train
from corpora import load_proposals, load_taxonomy
from pipeline.store import jobs
from pipeline.web.models import curves
from pipeline.web.models.retraining import Retraining
from pipeline.workspace import Workspace
from tests.pipeline.web.conftest import Enter, token_of


@pytest.fixture(scope="session")
def proposals_few() -> pd.DataFrame:
    """One writer of the corpus: enough to train on, too few to win."""
    return load_proposals(part="train", voices=["W1"])


@pytest.fixture(scope="session")
def small_model(proposals_few: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "small"
    train(proposals_few, load_taxonomy(), folder, full_report=True)
    return folder


@pytest.fixture
def workspace(app: FastAPI) -> Workspace:
    found: Workspace = app.state.web.workspace
    return found


@pytest.fixture
def kept(workspace: Workspace) -> Registry:
    return Registry(workspace.settings.models)


def post(browser: TestClient, path: str, **form: str):  # type: ignore[no-untyped-def]
    return browser.post(path, data=form | {"csrf": token_of(browser)})


def last_job(workspace: Workspace) -> jobs.Job:
    with workspace.store.read() as session:
        found, _ = jobs.list_jobs(session, kinds=("train", "promote"))
    return found[0]


def test_the_curve_is_drawn_and_told() -> None:
    curve = [{"coverage": k / 100, "accuracy": 1 - k / 1000} for k in range(1, 101)]
    svg = curves.coverage_chart(curve, {"coverage": 0.7, "accuracy": 0.93})
    assert svg.count("<polyline") == 1
    assert "70% ผ่าน" in svg
    assert "93.0%" in svg
    rows = curves.coverage_rows(curve)
    assert (rows[0], rows[-1], len(rows)) == (curve[0], curve[-1], curves.ROWS)


@pytest.mark.slow
def test_the_card_of_the_model_in_use_is_shown(
    enter: Enter, kept: Registry, small_model: Path, proposals_few: pd.DataFrame
) -> None:
    name = kept.add(small_model)
    kept.promote(name, why={"because": "test"})
    analyst = enter("analyst")
    page = analyst.get("/models")
    assert page.status_code == 200
    assert name in page.text
    assert f"{len(proposals_few):,}" in page.text
    assert "<polyline" in page.text
    assert "เทรนใหม่" not in page.text
    report = analyst.get(f"/models/{name}/report")
    assert report.headers["content-disposition"].startswith("attachment")
    assert analyst.get("/models/built-in/report").status_code == 404


@pytest.mark.slow
def test_a_training_that_is_not_better_changes_nothing(
    enter: Enter, workspace: Workspace, kept: Registry, model_folder: Path,
    proposals_few: pd.DataFrame,
) -> None:  # fmt: skip
    champion = kept.add(model_folder)
    kept.promote(champion, why={"because": "test"})
    admin = enter("admin")
    assert post(admin, "/models/train").status_code == 303
    assert "รอเริ่ม" in admin.get("/models").text
    assert post(admin, "/models/train").status_code == 409
    lane = Retraining(workspace, corpus=lambda: proposals_few)
    lane.recover()
    assert lane.step()
    job = last_job(workspace)
    assert (job.state, job.error, job.details["promoted"]) == ("done", "", False)
    assert job.details["comparison"]["n"] >= 20
    assert kept.current_name() == champion
    assert {entry.name for entry in kept.entries()} == {champion, job.details["model"]}
    assert "ไม่ดีกว่า" in admin.get("/models").text


@pytest.mark.slow
def test_the_better_one_is_promoted_and_taken_back(
    enter: Enter, workspace: Workspace, kept: Registry, small_model: Path, tmp_path: Path
) -> None:
    champion = kept.add(small_model)
    kept.promote(champion, why={"because": "test"})
    train(load_proposals(part="train"), load_taxonomy(), tmp_path / "whole")
    better = kept.add(tmp_path / "whole")
    admin = enter("admin")
    assert post(admin, "/models/promote", name="ไม่มี").status_code == 404
    assert post(admin, "/models/promote", name=better).status_code == 303
    assert Retraining(workspace).step()
    assert last_job(workspace).details["promoted"] is True
    assert kept.current_name() == better
    assert post(admin, "/models/rollback").status_code == 303
    assert kept.current_name() == champion
    assert post(admin, "/models/rollback").status_code == 303
    assert post(admin, "/models/rollback").status_code == 409


def test_a_training_that_cannot_be_says_why(enter: Enter, workspace: Workspace) -> None:
    admin = enter("admin")
    post(admin, "/models/train")
    nothing = load_proposals(part="train").head(0)
    assert Retraining(workspace, corpus=lambda: nothing).step()
    job = last_job(workspace)
    assert job.state == "failed"
    assert "ตัวอย่าง" in job.error
    assert job.error.split()[0] in admin.get("/models").text


def test_a_training_that_died_is_begun_again_and_given_up_in_the_end(
    enter: Enter, workspace: Workspace
) -> None:
    post(enter("admin"), "/models/train")
    lane = Retraining(workspace)
    for attempt in range(jobs.ATTEMPTS):
        with workspace.store.begin() as session:
            assert jobs.claim_job(session, lane.kinds) is not None, attempt
        lane.recover()
    assert last_job(workspace).state == "failed"
    assert not lane.step()


def test_only_administrators_train(enter: Enter) -> None:
    reviewer = enter("reviewer")
    assert post(reviewer, "/models/train").status_code == 403
    assert post(reviewer, "/models/rollback").status_code == 403
