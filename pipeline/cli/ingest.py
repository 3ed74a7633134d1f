"""The command that fills the workspace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from pipeline.cli.options import (
    ModelOption,
    OcrOption,
    current_user,
    model_folder,
    model_name,
)
from pipeline.documents import Kind
from pipeline.errors import EXIT_SOME_FAILED, NothingReadError, UsageError, WaraError

if TYPE_CHECKING:
    from pipeline.batch import Job, Outcome
    from pipeline.bulk import Loaded
    from pipeline.workspace import Arrival, TopicTagger, Workspace

INDEX_EVERY = 1000  # documents stored before the index takes them in
MOST_SHOWN = 100  # failures that are listed


def ingest(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="ไฟล์ โฟลเดอร์ รูปแบบชื่อ URL หรือผลของ wara classify --keep -o โฟลเดอร์/ · "
            "files, folders, globs, URLs, or a folder that classify --keep filled.",
        ),
    ],
    kind: Annotated[
        Literal["auto", "proposal", "minutes"],
        typer.Option(help="ประเภทเอกสาร (auto = ให้ดูเอง) · kind of all inputs."),
    ] = "auto",
    model: ModelOption = None,
    round_name: Annotated[
        str | None, typer.Option("--round", help="รอบการส่งที่ไฟล์เหล่านี้เป็นของ · their round.")
    ] = None,
    received: Annotated[
        str | None,
        typer.Option(help="วันที่รับไฟล์ (ไม่ระบุ = เดี๋ยวนี้) · day they came in (default: now)."),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="จำนวนโปรเซส · processes.")] = 1,
    ocr: OcrOption = True,
) -> None:
    """นำเอกสารเข้าโฟลเดอร์งาน: อ่าน ติดป้าย เก็บ ทำดัชนี · store, tag and index documents."""
    from classifiers.topics import default_topics
    from pipeline import bulk, terminal
    from pipeline.inputs import check_not_empty
    from pipeline.workspace import Arrival, Workspace

    check_not_empty(inputs)
    outputs = [name for name in inputs if bulk.is_output(name)]
    if outputs and (kind != "auto" or model is not None):
        raise UsageError(
            f"{outputs[0]} เป็นผลของ wara classify ซึ่งติดป้ายแล้ว ไม่ต้องใส่ --kind และ --model",
            f"{outputs[0]} was filled by wara classify, tags and all: leave out --kind and --model",
        )
    arrival, loaded = Arrival(current_user(), round_name, _noon(received)), bulk.Loaded()
    with Workspace.open(context.obj) as workspace:
        deadline = bulk.deadline_of(workspace, round_name)
        topics = default_topics(on_train=_say_training)
        if files := [name for name in inputs if name not in outputs]:
            make = _job_maker(context, model, None if kind == "auto" else kind, deadline, ocr)
            _ingest_files(workspace, files, make, (topics, arrival), workers, loaded)
        for name in outputs:
            with terminal.steps(f"กำลังนำเข้า {name}") as on_step:
                loaded += bulk.load_output(workspace, name, topics, arrival, on_step=on_step)
        with terminal.steps("ทำดัชนี") as on_step:
            workspace.catch_up(on_step, workers=workers)
    _close(loaded)


def _say_training() -> None:
    from pipeline import terminal

    terminal.say(
        "ใช้ครั้งแรก: กำลังเทรนตัวติดหัวข้อ (ไม่กี่วินาที) · first use: training the topic tagger (some seconds)"
    )


def _job_maker(
    context: typer.Context,
    model: Path | None,
    kind: str | None,
    deadline: dt.date | None,
    ocr: bool,
) -> Callable[[], Job]:
    """What makes the job once it is known that there is something to do: it may train a model."""
    from pipeline.batch import Job

    def make() -> Job:
        folder = model_folder(model, context.obj)
        forced = cast("Kind | None", kind)
        return Job(model_name(folder), folder, forced, deadline, ocr, keep=True)

    return make


def _ingest_files(
    workspace: Workspace,
    names: list[str],
    make: Callable[[], Job],
    to_add: tuple[TopicTagger, Arrival],
    workers: int,
    loaded: Loaded,
) -> None:
    """Read and store files one by one; the index takes them in every now and then."""
    from classifiers import ProposalTagger
    from pipeline import batch, terminal
    from pipeline.inputs import expand

    found = expand(names)
    loaded.failed += [(name, str(error)) for name, error in found.missing]
    if not found.files:
        return
    job = make()
    outcomes = batch.process_all(
        found.files, ProposalTagger.load(job.model_folder), job, workers=workers
    )
    named = ((found.files[at], outcome) for at, outcome in outcomes)
    shown = terminal.progress(named, total=len(found.files), label="กำลังนำเข้า")
    for number, outcome in enumerate(shown, start=1):
        _store(workspace, outcome, to_add, loaded)
        if number % INDEX_EVERY == 0:
            workspace.catch_up()


def _store(
    workspace: Workspace, outcome: Outcome, to_add: tuple[TopicTagger, Arrival], loaded: Loaded
) -> None:
    """Store one file; one that cannot be stored is its own failed row."""
    record = outcome.record
    if record.error is not None:
        loaded.failed.append((record.file, record.error))
        return
    try:
        loaded.count(workspace.add(outcome, *to_add))
    except WaraError as error:
        loaded.failed.append((record.file, str(error).replace(f"{record.file}: ", "")))


def _noon(day: str | None) -> dt.datetime | None:
    """Noon in Thailand of a day the user names."""
    from pipeline.store.rounds import THAILAND
    from pipeline.thai import parse_user_date

    if day is None:
        return None
    return dt.datetime.combine(parse_user_date(day), dt.time(12), THAILAND)


def _close(loaded: Loaded) -> None:
    """Say what came of it, and leave with the exit code that fits."""
    from pipeline import terminal

    for file, error in loaded.failed[:MOST_SHOWN]:
        terminal.say(f"! {Path(file).name}: {error}")
    if len(loaded.failed) > MOST_SHOWN:
        terminal.say(f"… อีก {len(loaded.failed) - MOST_SHOWN:,} ({MOST_SHOWN} shown)")
    failed, there = len(loaded.failed), loaded.known
    terminal.say(
        f"นำเข้า {loaded.stored:,} ไฟล์ (มีอยู่แล้ว {there:,}) · ไม่สำเร็จ {failed:,}"
        f"  ({loaded.stored:,} stored, {there:,} of them were there, {failed:,} failed)"
    )
    if not loaded.stored:
        raise typer.Exit(NothingReadError.exit_code)
    if failed:
        raise typer.Exit(EXIT_SOME_FAILED)
