"""The command that tags many documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from pipeline.cli import batches
from pipeline.cli.options import ModelOption, OcrOption, model_folder, model_name
from pipeline.documents import Kind
from pipeline.errors import EXIT_SOME_FAILED, NothingReadError

if TYPE_CHECKING:
    from pipeline.batch import Job
    from pipeline.records import Record
    from pipeline.settings import Settings


def classify(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="ไฟล์ โฟลเดอร์ (รวมโฟลเดอร์ย่อย) รูปแบบชื่อ หรือ URL · files, folders, globs, URLs.",
        ),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="ผลลัพธ์ .xlsx .csv .jsonl .parquet หรือโฟลเดอร์/ Parquet · output file or folder/.",
        ),
    ] = None,
    kind: Annotated[
        Literal["auto", "proposal", "minutes"],
        typer.Option(help="ประเภทเอกสาร (auto = ให้ดูเอง) · kind of all inputs."),
    ] = "auto",
    model: ModelOption = None,
    deadline: Annotated[
        str | None,
        typer.Option(
            help="วันสุดท้ายของการส่ง เช่น 17/12/2564 หรือ 2021-12-17 · last day of submission."
        ),
    ] = None,
    round_name: Annotated[
        str | None, typer.Option("--round", help="ใช้วันสุดท้ายของรอบนี้ · the round's last day.")
    ] = None,
    workers: batches.WorkersOption = 1,
    cluster: batches.ClusterOption = "",
    resume: Annotated[
        bool, typer.Option("--resume", help="ทำต่อในโฟลเดอร์ผลที่ค้างไว้ · go on in a folder.")
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep", help="เก็บเนื้อหาไว้ในโฟลเดอร์ผลให้ wara ingest ด้วย · keep the documents too."
        ),
    ] = False,
    ocr: OcrOption = True,
) -> None:
    """จัดประเภทเอกสารทั้งชุด หนึ่งแถวต่อไฟล์ · tag many documents, one row per file."""
    from pipeline.export import check_anywhere
    from pipeline.inputs import check_not_empty
    from pipeline.thai import parse_user_date

    batches.check_options(output, resume=resume, keep=keep)
    check_not_empty(inputs)
    last_day = parse_user_date(deadline) if deadline is not None else None
    if round_name is not None and last_day is None:
        last_day = _deadline_of(round_name, context.obj)
    folder_of_results = output is not None and batches.is_folder(output)
    if output is not None and not folder_of_results:
        check_anywhere(output)
    forced = None if kind == "auto" else cast(Kind, kind)

    def job() -> Job:
        from pipeline.batch import Job

        folder = model_folder(model, context.obj)
        return Job(model_name(folder), folder, forced, last_day, ocr, keep)

    if output is not None and folder_of_results:
        from pipeline.batch.manifest import Asked

        asked = Asked(tuple(inputs), job())
        batches.fill(output, asked, workers=workers, cluster=cluster, resume=resume)
    else:
        _one_table(inputs, output, job, workers, cluster)


def _one_table(
    inputs: Sequence[str], output: str | None, job: Callable[[], Job], workers: int, cluster: str
) -> None:
    """All rows in one table: in a file, or in the terminal."""
    from pipeline.export import write_anywhere
    from pipeline.inputs import expand
    from pipeline.records import failed
    from pipeline.terminal.rows import show

    local = Path(output) if output is not None and "://" not in output else None
    found = expand(inputs, leave_out=local)
    rows = [failed(name, error) for name, error in found.missing]
    if found.files:
        if workers == 1 and not cluster:
            _start_reader()
        rows = _rows(found.files, job(), workers, cluster) + rows
    if not rows:  # a pattern that matches nothing but folders without files
        raise NothingReadError(
            f"ไม่มีไฟล์ให้อ่านใน {', '.join(inputs)} ให้ระบุไฟล์หรือโฟลเดอร์ที่มีเอกสาร",
            "no files to read: name files, or a folder that holds some",
        )
    if output is not None:
        write_anywhere(rows, output)
    show(rows)
    _close(rows, output)


def _deadline_of(round_name: str, settings: Settings) -> dt.date:
    from pipeline.store import Store
    from pipeline.store.rounds import get_round

    with Store.open(settings.begun()) as store, store.read() as session:
        return get_round(session, round_name).deadline


def _start_reader() -> None:
    """Let the reader process start while the model is loaded; each takes about a second."""
    from concurrent.futures import ThreadPoolExecutor

    from pipeline.readers.sandbox import sandbox

    pool = ThreadPoolExecutor(1)
    pool.submit(sandbox().confinement)
    pool.shutdown(wait=False)


def _rows(files: Sequence[str], job: Job, workers: int, cluster: str) -> list[Record]:
    """All rows in the order of the files, with progress shown."""
    from pipeline import batch, terminal
    from pipeline.batch.answers import load_tagger

    tagger = load_tagger(job.model_folder) if workers == 1 and not cluster else None
    rows: dict[int, Record] = {}
    found = batch.classify_all(files, tagger, job, workers=workers, cluster=cluster)
    named = ((files[at], (at, record)) for at, record in found)
    rows.update(terminal.progress(named, total=len(files), label="กำลังอ่าน"))
    return [rows[at] for at in range(len(files))]


def _close(rows: Sequence[Record], output: str | None) -> None:
    """Say what came of it, and leave with the exit code that fits."""
    from pipeline import terminal

    bad = sum(row.error is not None for row in rows)
    review = sum(row.needs_review for row in rows if row.error is None)
    terminal.say(
        f"อ่านได้ {len(rows) - bad} ไฟล์ · ต้องให้คนตรวจ {review} · อ่านไม่ได้ {bad}"
        f"  ({len(rows) - bad} read, {review} to review, {bad} failed)"
        + (f"  → {output}" if output else "")
    )
    if bad:
        raise typer.Exit(NothingReadError.exit_code if bad == len(rows) else EXIT_SOME_FAILED)
