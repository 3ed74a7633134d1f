"""Models: how good the one in use is, training another one, promoting it, and going back."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Form, Path, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from classifiers.models.cards import REPORT_FILE
from pipeline.store import jobs
from pipeline.store.errors import StoreError
from pipeline.web.frame.labels import label_names
from pipeline.web.frame.problems import without_paths
from pipeline.web.frame.rendering import Message, redirect, render, url
from pipeline.web.frame.state import Signed, Working
from pipeline.web.jobs.own import own_job
from pipeline.web.models import cards as model_cards
from pipeline.web.models import curves


@asynccontextmanager
async def _warm(_app: FastAPI) -> AsyncIterator[None]:
    """The first page with models is as quick as the others."""
    model_cards.warm_up()
    yield


router = APIRouter(include_in_schema=False, lifespan=_warm)
PARTS = {
    "held_out": ("ไม่เคยอ่าน", "held out"),
    "test": ("ชุดทดสอบของคลัง", "frozen test"),
}
AXES = {"agenda": ("ประเด็น", "agenda"), "mode": ("รูปแบบ", "mode")}
Name = Annotated[str, Path(max_length=200)]


@router.get("/models", name="models.page")
def page(request: Request, workspace: Working) -> Response:
    """The model in use, how it fares, and all others."""
    models = model_cards.shown_models(workspace.settings)
    return _page(request, workspace, models, models[0])


@router.get("/models/{name}", name="models.card")
def card(request: Request, workspace: Working, name: Name) -> Response:
    """Another model, shown the same way."""
    models = model_cards.shown_models(workspace.settings)
    return _page(request, workspace, models, model_cards.shown_model(workspace.settings, name))


@router.get("/models/{name}/report", name="models.report")
def report(workspace: Working, name: Name) -> Response:
    """The report that was written when the model was trained, to keep. Raises StoreError."""
    model = model_cards.shown_model(workspace.settings, name)
    file = model.folder / REPORT_FILE if model.folder else None
    if file is None or not file.is_file():
        raise StoreError(
            "โมเดลนี้ไม่มีรายงาน เทรนใหม่เพื่อให้มีรายงาน", "this model has no report: train anew to get one"
        )
    return FileResponse(file, media_type="text/html", filename=f"wara-model-{name}.html")


@router.post("/models/train", name="models.train")
def train(request: Request, workspace: Working, person: Signed) -> Response:
    """Train a model on the corpus and what people decided, and promote it if it wins."""
    with workspace.store.begin() as session:
        model_cards.start_training(session, person)
    told = Message("เริ่มเทรนแล้ว ออกจากหน้านี้ได้", "training has begun: you may leave this page")
    return redirect(request, url(request, "models.page"), told)


@router.post("/models/promote", name="models.promote")
def promote(
    request: Request,
    workspace: Working,
    person: Signed,
    name: Annotated[str, Form(max_length=200)],
) -> Response:
    """Compare a model with the one in use, and promote it if it wins."""
    with workspace.store.begin() as session:
        model_cards.start_promotion(session, workspace.settings, person, name)
    told = Message(f"กำลังเทียบ {name} กับโมเดลที่ใช้อยู่", f"{name} is compared with the model in use")
    return redirect(request, url(request, "models.page"), told)


@router.post("/models/rollback", name="models.rollback")
def rollback(request: Request, workspace: Working, person: Signed) -> Response:
    """Go back to the model used before."""
    with workspace.store.begin() as session:
        name = model_cards.roll_back(session, workspace.settings, person)
    shown = name or "โมเดลมาตรฐาน"
    told = Message(f"กลับไปใช้ {shown} แล้ว", f"back to {name or 'the built-in model'}")
    return redirect(request, url(request, "models.page"), told)


@router.get("/models/jobs/{job}/state", name="models.state")
def state(
    workspace: Working, person: Signed, job: Annotated[int, Path(ge=1, le=2**53)]
) -> Response:
    """How far a training is, for the script of the page."""
    with workspace.store.read() as session:
        found = own_job(session, person, job, *model_cards.KINDS)
    return JSONResponse(
        {"state": found.state, "stage": found.stage, "done": found.done, "steps": found.steps}
    )


def _page(
    request: Request,
    workspace: Working,
    models: list[model_cards.Shown],
    model: model_cards.Shown,
) -> Response:
    with workspace.store.read() as session:
        latest, _ = jobs.list_jobs(session, kinds=model_cards.KINDS, limit=10)
    scores: Mapping[str, Any] = model.card.get("scores", {})
    held_out = scores.get("held_out", {})
    curve = held_out.get("curve", ())
    report_file = model.folder / REPORT_FILE if model.folder else None
    return render(
        request,
        "models.html",
        models=models,
        model=model,
        scores=_scores(scores),
        labels=_labels(held_out),
        chart=curves.coverage_chart(curve, held_out.get("without_review", {})),
        rows=curves.coverage_rows(curve),
        passed=held_out.get("without_review"),
        has_report=report_file is not None and report_file.is_file(),
        jobs=[_job(job) for job in latest],
        under_way=next((job for job in latest if job.state in jobs.OPEN), None),
        built_in=model_cards.BUILT_IN,
    )


def _scores(scores: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row for each set of texts: macro-F1 of both axes with intervals, and what passes."""
    return [
        {
            "name": PARTS.get(part, (part, "")),
            "n": of["n"],
            "axes": [(of[axis]["macro_f1"], *of["intervals"][axis]) for axis in AXES],
            "passed": of["without_review"],
        }
        for part, of in scores.items()
    ]


def _labels(scores: Mapping[str, Any]) -> list[dict[str, Any]]:
    names = label_names()
    return [
        {
            "axis": both,
            "code": code,
            "name": names.get(code, code),
            **{key: _finite(of[key]) for key in ("precision", "recall", "f1", "n")},
        }
        for axis, both in AXES.items()
        if axis in scores
        for code, of in scores[axis]["per_label"].items()
    ]


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _job(job: jobs.Job) -> dict[str, Any]:
    """A training as the page lists it."""
    details = job.details
    return {
        "job": job,
        "error": without_paths(job.error),
        "model": details.get("model", ""),
        "examples": details.get("examples"),
        "promoted": details.get("promoted"),
        "comparison": details.get("comparison"),
    }
