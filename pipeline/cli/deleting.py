"""Commands on the documents that the workspace keeps."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import JsonOption, current_user, print_json
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.store.documents import Holding

documents = typer.Typer(
    no_args_is_help=True, help="เอกสารในโฟลเดอร์งาน: ลบ · documents of the workspace: delete."
)


@documents.command("delete")
def delete(
    context: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="DOCUMENT...",
            help="ชื่อไฟล์ที่นำเข้า หรือ sha256 (8 ตัวแรกขึ้นไป) · file's name as it came in, or sha256.",
        ),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="ลบโดยไม่ถาม · delete without asking.")] = False,
    note: Annotated[str, typer.Option(help="เหตุผลในบันทึกการใช้งาน · why, for the audit log.")] = "",
    as_json: JsonOption = False,
) -> None:
    """ลบเอกสารถาวร: ไฟล์ ข้อความ ดัชนี ป้าย การตัดสิน เรียกคืนไม่ได้ · delete for good, no undo."""
    from pipeline import terminal
    from pipeline.documents import to_json
    from pipeline.store.documents import holding, named
    from pipeline.terminal import store as screen
    from pipeline.workspace import Workspace

    with Workspace.open(context.obj.begun()) as workspace:
        with workspace.store.read() as session:
            chosen = list(dict.fromkeys(named(session, name) for name in names))
            found = [holding(session, sha256) for sha256 in chosen]
        screen.show_holdings(found)
        if not yes:
            _ask(found)
        gone = workspace.erase(chosen, by=f"{current_user()} (terminal)", note=note)
    if as_json:
        print_json(to_json(gone))
    terminal.say(
        f"ลบแล้ว {len(gone)} ฉบับ เรียกคืนไม่ได้ · {len(gone)} deleted for good. "
        "ไฟล์ที่ส่งออกและสำเนาสำรองต้องลบเอง ร่องรอยในไฟล์ดัชนีหมดไปเมื่อ wara reindex · exports and "
        "backups are yours to clean; wara reindex clears the last traces from the index's files"
    )


def _ask(found: Sequence[Holding]) -> None:
    """Let the user confirm. Raises UsageError where nobody can be asked."""
    if not sys.stdin.isatty():
        raise UsageError(
            "การลบเรียกคืนไม่ได้จึงต้องยืนยัน ใส่ --yes ถ้าแน่ใจ",
            "deleting cannot be undone and has to be confirmed: pass --yes if you are sure",
        )
    typer.confirm(
        f"ลบ {len(found)} ฉบับถาวร เรียกคืนไม่ได้ · delete for good, there is no undo?",
        abort=True,
        err=True,
    )
