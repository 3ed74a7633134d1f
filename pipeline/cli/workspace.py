"""Commands on the workspace: fill it, search it, build its index anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer

from pipeline.cli.options import (
    JsonOption,
    ModelOption,
    OcrOption,
    model_folder,
    model_name,
    print_json,
)
from pipeline.documents import Kind
from pipeline.errors import EXIT_SOME_FAILED, NothingReadError, UsageError, WaraError

if TYPE_CHECKING:
    from pipeline.batch import Outcome
    from pipeline.records import Record
    from pipeline.workspace import Arrival, TopicTagger, Workspace

INDEX_EVERY = 200  # documents stored before the index takes them in


def ingest(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="ไฟล์ โฟลเดอร์ (รวมโฟลเดอร์ย่อย) รูปแบบชื่อ หรือ URL · files, folders, globs, URLs.",
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
    from classifiers import ProposalTagger
    from classifiers.topic_artefacts import default_topics
    from pipeline import batch, terminal
    from pipeline.inputs import expand
    from pipeline.records import failed
    from pipeline.store.people import current_user
    from pipeline.store.rounds import get_round
    from pipeline.workspace import Arrival, Workspace

    arrival = Arrival(current_user(), round_name, _noon(received))
    with Workspace.open(context.obj) as workspace:
        deadline = None
        if round_name is not None:
            with workspace.store.read() as session:
                deadline = get_round(session, round_name).deadline
        found = expand(inputs)
        rows = [failed(name, error) for name, error in found.missing]
        if found.files:
            folder = model_folder(model, context.obj)
            forced = None if kind == "auto" else cast(Kind, kind)
            job = batch.Job(model_name(folder), folder, forced, deadline, ocr, keep=True)
            outcomes = batch.process_all(
                found.files, ProposalTagger.load(folder), job, workers=workers
            )
            topics = default_topics(
                on_train=lambda: terminal.say(
                    "ใช้ครั้งแรก: กำลังเทรนตัวติดหัวข้อ (ไม่กี่วินาที) · "
                    "first use: training the topic tagger (some seconds)"
                )
            )
            named = ((found.files[at], outcome) for at, outcome in outcomes)
            shown = terminal.progress(named, total=len(found.files), label="กำลังนำเข้า")
            with terminal.steps("ทำดัชนี") as on_step:
                rows += _store(workspace, shown, topics, arrival, on_step)
    _close(rows)


def _store(
    workspace: Workspace, outcomes: Any, topics: TopicTagger, arrival: Arrival, on_step: Any
) -> list[Record]:
    """Store what comes; a file that cannot be stored is its own failed row."""
    from pipeline.records import failed

    rows: list[Record] = []
    for outcome in cast("Sequence[Outcome]", outcomes):
        record = outcome.record
        if record.error is None:
            try:
                workspace.add(outcome, topics, arrival)
            except WaraError as error:
                record = failed(record.file, error)
        rows.append(record)
        if len(rows) % INDEX_EVERY == 0:
            workspace.catch_up(on_step)
    workspace.catch_up(on_step)
    return rows


def search(
    context: typer.Context,
    query: Annotated[
        str,
        typer.Argument(
            help='คำค้น "วลี" -ตัดออก ผู้พูด: จังหวัด: วาระ: หัวข้อ: ปีงบ: หรือคำถาม · words or a question.'
        ),
    ],
    topic: Annotated[
        list[str] | None, typer.Option(help="หัวข้อ (ระบุซ้ำได้) · topic, may be repeated.")
    ] = None,
    province: Annotated[str | None, typer.Option(help="จังหวัด · province.")] = None,
    speaker: Annotated[
        str | None, typer.Option(help="ผู้พูดหรือตำแหน่ง · speaker, or position.")
    ] = None,
    resolution: Annotated[
        bool, typer.Option("--resolution", help="เฉพาะมติ · resolutions only.")
    ] = False,
    since: Annotated[
        str | None, typer.Option(help="ตั้งแต่วันที่ 1/10/2567 หรือ 2024-10-01 · from this day.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="ถึงวันที่ · up to this day.")] = None,
    limit: Annotated[int, typer.Option("-k", min=1, max=1000, help="จำนวนผล · hits.")] = 10,
    sort: Annotated[
        Literal["relevance", "date"], typer.Option(help="เรียงตาม · order of the hits.")
    ] = "relevance",
    as_json: JsonOption = False,
) -> None:
    """ค้นรายงานการประชุมและข้อเสนอในโฟลเดอร์งาน · search the workspace."""
    from pipeline import hits, terminal_search
    from pipeline.thai import parse_user_date
    from pipeline.workspace import Workspace

    topics = [_topic_code(name) for name in topic or ()]
    filters: dict[str, Any] = {"topic": topics, "province": province, "speaker": speaker}
    filters |= {
        "since": since and parse_user_date(since),
        "until": until and parse_user_date(until),
    }
    with Workspace.open(context.obj) as workspace:
        found = workspace.find(
            query,
            limit,
            sort=sort,
            resolution=resolution,
            **{name: value for name, value in filters.items() if value},
        )
        answer = hits.answer(workspace.store, found)
    if as_json:
        print_json(answer)
    else:
        terminal_search.show_hits(answer)


def reindex(context: typer.Context) -> None:
    """สร้างดัชนีค้นหาใหม่จากข้อมูลที่เก็บไว้ · build the search index anew from the store."""
    from pipeline import terminal
    from pipeline.workspace import Workspace

    with Workspace.open(context.obj) as workspace, terminal.steps("ทำดัชนี") as on_step:
        count = workspace.reindex(on_step)
    terminal.say(f"ดัชนีมี {count:,} ตอน · {count:,} passages are indexed")


def _topic_code(name: str) -> str:
    """The code of a topic given by its code or its name. Raises UsageError."""
    from corpora import load_taxonomy

    labels = load_taxonomy().passage_topics
    for label in labels:
        if name.strip().casefold() in (label.code, label.short_th.casefold(), label.name_th):
            return label.code
    known = " ".join(f"{label.code} ({label.short_th})" for label in labels)
    raise UsageError(
        f"ไม่รู้จักหัวข้อ {name!r} เลือกจาก {known}",
        f"there is no topic {name!r}. Choose from the list above",
    )


def _noon(day: str | None) -> dt.datetime | None:
    """Noon in Thailand of a day the user names."""
    from pipeline.store.rounds import THAILAND
    from pipeline.thai import parse_user_date

    if day is None:
        return None
    return dt.datetime.combine(parse_user_date(day), dt.time(12), THAILAND)


def _close(rows: Sequence[Record]) -> None:
    """Say what came of it, and leave with the exit code that fits."""
    from pipeline import terminal

    bad = [row for row in rows if row.error is not None]
    for row in bad:
        terminal.say(f"! {Path(row.file).name}: {row.error}")
    terminal.say(
        f"นำเข้า {len(rows) - len(bad)} ไฟล์ · ไม่สำเร็จ {len(bad)}"
        f"  ({len(rows) - len(bad)} stored, {len(bad)} failed)"
    )
    if not rows or len(bad) == len(rows):
        raise typer.Exit(NothingReadError.exit_code)
    if bad:
        raise typer.Exit(EXIT_SOME_FAILED)
