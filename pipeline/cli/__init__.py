"""The command `wara`: thin; every command calls one or two functions and prints what they give."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import batches, documents, models, store, training, usage, users, web, workspace
from pipeline.cli.classify import classify
from pipeline.cli.deleting import documents as kept_documents
from pipeline.cli.ingest import ingest
from pipeline.errors import WaraError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help=(
        "[bold]wara (วาระ)[/bold] อ่านข้อเสนอและรายงานการประชุมของจังหวัด จัดประเภทประเด็นและรูปแบบการพัฒนา "
        "พร้อมหลักฐานในข้อความ และแยกฉบับที่ควรให้คนตรวจ\n\n"
        "Reads provincial proposals and minutes (PDF, DOCX, HTML, text), tags agenda and "
        "development mode with evidence, and says which documents a person should look at.\n\n"
        "เริ่มที่นี่ · start here:  [bold]wara classify โฟลเดอร์ -o results.xlsx[/bold]"
    ),
    epilog=(
        "รหัสออก · exit codes: 0 สำเร็จ done · 2 ใช้คำสั่งผิด usage · 3 อ่านไม่ได้เลย nothing read · "
        "4 บางไฟล์อ่านไม่ได้ some files failed · 5 โมเดลใช้ไม่ได้ model · 6 เขียนผลไม่ได้ output · "
        "7 โฟลเดอร์งานใช้ไม่ได้ workspace · 8 คลัสเตอร์ใช้ไม่ได้ cluster"
    ),
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"wara {version('wara')}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--workspace",
            help="โฟลเดอร์งาน (ไม่ระบุ = WARA_WORKSPACE หรือ ./wara-data) · where wara keeps its data.",
        ),
    ] = None,
    _version_asked: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="รุ่น · version.")
    ] = False,
) -> None:
    """Options of every command; the help text is the application's."""
    from pipeline.settings import Settings

    context.obj = Settings.of(folder)


for command in (
    classify,
    batches.retry,
    documents.read,
    documents.proposal,
    documents.minutes,
    ingest,
    workspace.search,
    workspace.reindex,
    store.export,
    web.serve,
    training.train,
    training.evaluate,
):
    app.command()(command)
app.command("import")(store.import_labels)
app.add_typer(kept_documents, name="documents")
app.add_typer(store.rounds, name="round")
app.add_typer(models.models, name="models")
app.add_typer(users.users, name="users")


def main() -> None:
    """Run the command; the one place where errors become messages and exit codes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Thai must print under any locale, pipes included
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app(standalone_mode=False)
    except usage.ClickError as error:
        sys.exit(usage.tell(error))
    except typer.Abort:  # a question was answered with no
        from pipeline import terminal

        terminal.say("ยกเลิกแล้ว ไม่มีอะไรเปลี่ยน · cancelled, nothing was changed")
        sys.exit(1)
    except WaraError as error:
        from pipeline import terminal

        terminal.complain(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of a pipe has gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)
