"""Commands on the store: labels out and in, and rounds of submissions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import JsonOption, TaxonomyOption, current_user, print_json
from pipeline.errors import EXIT_SOME_FAILED

rounds = typer.Typer(
    no_args_is_help=True, help="รอบการส่งข้อเสนอ: ตั้ง ดูสถานะ · rounds: set one, see how it stands."
)
RoundOption = Annotated[
    str | None, typer.Option("--round", help="เฉพาะเอกสารของรอบนี้ · of this round only.")
]


def export(
    context: typer.Context,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", help="ผลลัพธ์ .xlsx .csv .jsonl .parquet หรือโฟลเดอร์ Parquet · output."
        ),
    ],
    round_name: RoundOption = None,
    taxonomy: TaxonomyOption = None,
) -> None:
    """ส่งออกทุกเอกสารพร้อมป้ายและที่มา แก้ใน Excel แล้วนำกลับด้วย wara import · export the labels."""
    from corpora import load_taxonomy
    from pipeline import terminal
    from pipeline.store import Store
    from pipeline.store.exchange import label_rows, layout
    from pipeline.tables import check_output, write_table

    check_output(output)
    columns = layout(load_taxonomy(taxonomy))
    with Store.open(context.obj.begun()) as store, store.read() as session:
        rows = label_rows(session, round_name=round_name)
    write_table(rows, columns, output)
    reviewed = sum(row.label_source != "machine" for row in rows)
    terminal.say(
        f"ส่งออก {len(rows)} เอกสาร คนตรวจแล้ว {reviewed}  → {output} · "
        f"{len(rows)} documents, {reviewed} reviewed. แก้ป้ายแล้วนำกลับด้วย wara import {output}"
    )


def import_labels(
    context: typer.Context,
    labels: Annotated[
        Path, typer.Argument(help="ไฟล์จาก wara export ที่แก้ป้ายแล้ว .xlsx .csv .jsonl · edited labels.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="ดูรายงานเท่านั้น ไม่บันทึก · report only.")
    ] = False,
    by: Annotated[
        str | None, typer.Option(help="ชื่อผู้ตัดสิน (ไม่ระบุ = ผู้ใช้เครื่อง) · who decided.")
    ] = None,
    taxonomy: TaxonomyOption = None,
    as_json: JsonOption = False,
) -> None:
    """นำป้ายที่แก้แล้วกลับเข้าคลัง พร้อมรายงานแถวที่ใช้ไม่ได้ · bring edited labels back in."""
    from corpora import load_taxonomy
    from pipeline.store import Store
    from pipeline.store.exchange import import_labels as apply
    from pipeline.terminal import store as screen

    known = load_taxonomy(taxonomy)
    with Store.open(context.obj) as store, store.begin() as session:
        report = apply(session, labels, known, by=by or current_user(), dry_run=dry_run)
    if as_json:
        print_json(screen.import_json(report))
    screen.show_import(report, dry_run=dry_run)
    if report.problems:
        raise typer.Exit(EXIT_SOME_FAILED)


@rounds.command("set")
def set_round(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="ชื่อรอบ เช่น 2565 · the round's name.")],
    deadline: Annotated[
        str,
        typer.Option(
            help="วันสุดท้ายของการส่ง เช่น 17/12/2564 หรือ 2021-12-17 · last day of submission."
        ),
    ],
    expected: Annotated[
        str,
        typer.Option(
            help="จังหวัดที่ต้องส่ง: provinces = ทั้ง 76 หรือไฟล์ที่มีชื่อจังหวัดบรรทัดละชื่อ · who has to submit."
        ),
    ] = "provinces",
) -> None:
    """ตั้งรอบ หรือเปลี่ยนกำหนดของรอบ · make a round, or set other terms for it."""
    from pipeline import terminal
    from pipeline.store import Store
    from pipeline.store.rounds import read_expected
    from pipeline.store.rounds import set_round as set_terms
    from pipeline.terminal import store as screen
    from pipeline.thai import parse_user_date

    last_day, provinces = parse_user_date(deadline), read_expected(expected)
    with Store.open(context.obj) as store, store.begin() as session:
        found = set_terms(session, name, last_day, expected=provinces, by=current_user())
    terminal.say(screen.round_line(found))


@rounds.command("show")
def show_round(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="ชื่อรอบ (ไม่ระบุ = รอบล่าสุด) · default: the last one.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """จังหวัดใดส่งทัน ส่งช้า หรือยังไม่ส่ง · which provinces are on time, late or missing."""
    from pipeline.documents import to_json
    from pipeline.store import Store
    from pipeline.store.rounds import last_round
    from pipeline.store.standings import round_status
    from pipeline.terminal import store as screen

    with Store.open(context.obj.begun()) as store:
        if name is None:
            with store.read() as session:
                name = last_round(session).name
        status = round_status(store, name)
    if as_json:
        print_json(to_json(status))
    else:
        screen.show_round(status)
