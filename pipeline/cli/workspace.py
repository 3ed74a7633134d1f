"""Commands on the workspace: search it, build its index anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipeline.cli.options import JsonOption, print_json

if TYPE_CHECKING:
    from pipeline.store import Store


def search(
    context: typer.Context,
    query: Annotated[
        list[str],
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
    from pipeline import hits, terminal
    from pipeline.terminal.search import show_hits
    from pipeline.thai import parse_user_date
    from pipeline.workspace import Workspace

    filters: dict[str, Any] = {"topic": topic, "province": province, "speaker": speaker}
    filters |= {
        "since": since and parse_user_date(since),
        "until": until and parse_user_date(until),
    }
    with Workspace.open(context.obj.begun()) as workspace:
        found = workspace.find(
            " ".join(query),
            limit,
            sort=sort,
            resolution=resolution,
            **{name: value for name, value in filters.items() if value},
        )
        answer = hits.answer(workspace.store, found)
        empty = not answer["hits"] and _is_empty(workspace.store)
    if empty:
        terminal.say(
            "ยังไม่มีเอกสารในโฟลเดอร์งาน นำเข้าด้วย wara ingest · "
            "there are no documents yet: wara ingest some"
        )
    if as_json:
        print_json(answer)
    elif not empty:
        show_hits(answer)


def _is_empty(store: Store) -> bool:
    from pipeline.store.documents import counts_by_kind

    with store.read() as session:
        return not counts_by_kind(session)


def reindex(
    context: typer.Context,
    workers: Annotated[int, typer.Option(min=1, help="จำนวนโปรเซส · processes.")] = 1,
) -> None:
    """สร้างดัชนีค้นหาใหม่จากข้อมูลที่เก็บไว้ · build the search index anew from the store."""
    from pipeline import terminal
    from pipeline.workspace import Workspace

    with Workspace.open(context.obj.begun()) as workspace, terminal.steps("ทำดัชนี") as on_step:
        count = workspace.reindex(on_step, workers=workers)
    terminal.say(f"ดัชนีมี {count:,} ตอน · {count:,} passages are indexed")
