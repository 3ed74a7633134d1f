"""The command `wara`: thin; every command calls one or two functions and prints what they give."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer

from pipeline.documents import Kind, to_json
from pipeline.errors import EXIT_SOME_FAILED, NothingReadError, WaraError

if TYPE_CHECKING:
    from pipeline.batch import Job
    from pipeline.documents import Document
    from pipeline.records import Record

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
        "4 บางไฟล์อ่านไม่ได้ some files failed · 5 โมเดลใช้ไม่ได้ model · 6 เขียนผลไม่ได้ output"
    ),
)

JsonOption = Annotated[bool, typer.Option("--json", help="พิมพ์เป็น JSON · print JSON.")]
FileArgument = Annotated[str, typer.Argument(help="ไฟล์หรือ URL · file or URL.")]
ModelOption = Annotated[
    Path | None,
    typer.Option(help="โฟลเดอร์โมเดล (ไม่ระบุ = โมเดลมาตรฐาน) · model folder (default: built in)."),
]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"wara {version('wara')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="รุ่น · version.")
    ] = False,
) -> None:
    """Options of every command; the help text is the application's."""


@app.command()
def classify(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="ไฟล์ โฟลเดอร์ (รวมโฟลเดอร์ย่อย) รูปแบบชื่อ หรือ URL · files, folders, globs, URLs.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="ผลลัพธ์ .xlsx .csv .jsonl .parquet หรือโฟลเดอร์ Parquet · output file or folder.",
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
    workers: Annotated[int, typer.Option(min=1, help="จำนวนโปรเซส · processes.")] = 1,
) -> None:
    """จัดประเภทเอกสารทั้งชุด หนึ่งแถวต่อไฟล์ · tag many documents, one row per file."""
    from pipeline import batch, terminal
    from pipeline.export import check_output, write
    from pipeline.inputs import expand
    from pipeline.records import failed
    from pipeline.thai import parse_user_date

    if output is not None:
        check_output(output)
    last_day = parse_user_date(deadline) if deadline is not None else None
    found = expand(inputs, leave_out=output)
    rows = [failed(name, error) for name, error in found.missing]
    if found.files:
        from classifiers import ProposalTagger

        folder = _model_folder(model)
        forced = None if kind == "auto" else cast(Kind, kind)
        job = batch.Job(_model_name(folder), folder, forced, last_day)
        tagger = ProposalTagger.load(folder)
        rows = _rows(found.files, tagger, job, workers) + rows
    if not rows:
        raise NothingReadError(
            f"ไม่มีไฟล์ให้อ่านใน {', '.join(inputs)} ให้ระบุไฟล์หรือโฟลเดอร์ที่มีเอกสาร",
            "no files to read: name files, or a folder that holds some",
        )
    if output is not None:
        write(rows, output)
    terminal.show(rows)
    _close(rows, output)


@app.command()
def read(file: FileArgument, as_json: JsonOption = False) -> None:
    """อ่านไฟล์เดียวเป็นข้อความที่ซ่อมแล้ว · read one file into repaired text."""
    document = _read(file)
    if as_json:
        _print_json(to_json(document))
        return
    sys.stdout.write(document.text + "\n")
    _warn(document)


@app.command()
def proposal(
    file: FileArgument,
    as_json: JsonOption = False,
    deadline: Annotated[
        str | None, typer.Option(help="วันสุดท้ายของการส่ง · last day of submission.")
    ] = None,
) -> None:
    """แยกส่วนของข้อเสนอ: หัวข้อ จังหวัด วันที่ งบ ภาคี · parse one proposal."""
    from pipeline.proposals import parse_proposal
    from pipeline.thai import parse_user_date

    document = _read(file)
    last_day = parse_user_date(deadline) if deadline is not None else None
    parsed = parse_proposal(document, deadline=last_day)
    if as_json:
        _print_json(to_json(parsed))
        return
    from pipeline import terminal

    if document.kind != "proposal":
        terminal.say(f"! ไฟล์นี้อ่านแล้วเป็น {document.kind} ไม่ใช่ข้อเสนอ · this is no proposal")
    terminal.show_proposal(parsed)
    _warn(document)


@app.command()
def train(
    proposals: Annotated[
        Path | None,
        typer.Option(help="ข้อเสนอที่ติดป้ายแล้ว .jsonl หรือโฟลเดอร์ · labelled proposals."),
    ] = None,
    taxonomy: Annotated[Path | None, typer.Option(help="taxonomy.toml ของท่าน · your own.")] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="โฟลเดอร์โมเดล · where the model goes.")
    ] = Path("wara-model"),
) -> None:
    """เทรนโมเดลจากข้อเสนอที่ติดป้ายแล้ว · train a model from labelled proposals."""
    from classifiers.default import train as fit_and_save
    from corpora import load_proposals, load_taxonomy
    from pipeline import terminal

    labels = load_taxonomy(taxonomy)
    examples = load_proposals(proposals, taxonomy=labels)
    with terminal.err.status(f"กำลังเทรนจาก {len(examples)} ฉบับ · training"):
        fit_and_save(examples, labels, output)
    terminal.say(f"บันทึกโมเดลไว้ที่ {output} · model saved. ใช้ด้วย wara classify --model {output}")


@app.command()
def evaluate(
    proposals: Annotated[Path, typer.Option(help="ข้อเสนอที่ติดป้ายแล้ว .jsonl · labelled proposals.")],
    model: ModelOption = None,
    as_json: JsonOption = False,
) -> None:
    """วัดคุณภาพโมเดลบนข้อเสนอที่ติดป้ายแล้ว · measure a model on labelled proposals."""
    from classifiers import ProposalTagger, artefacts
    from classifiers.default import text_digest
    from classifiers.evaluation import evaluate as measure
    from corpora import load_proposals
    from pipeline import terminal

    examples = load_proposals(proposals)
    folder = _model_folder(model)
    seen = set(artefacts.read_card(folder).get("text_digests", ()))
    known = sum(text_digest(text) in seen for text in examples["text"])
    if known:
        terminal.say(
            f"คำเตือน: {known} จาก {len(examples)} ฉบับอยู่ในข้อมูลที่ใช้เทรน ผลจึงดีเกินจริง · "
            f"{known} of these texts were trained on: the figures flatter the model"
        )
    figures = measure(ProposalTagger.load(folder), examples)
    if as_json:
        _print_json(figures)
    else:
        terminal.show_figures(figures)


def _rows(files: Sequence[str], tagger: Any, job: Job, workers: int) -> list[Record]:
    """All rows in the order of the files, with progress shown."""
    from pipeline import batch, terminal

    rows: dict[int, Record] = {}
    found = batch.classify_all(files, tagger, job, workers=workers)
    named = ((files[at], (at, record)) for at, record in found)
    rows.update(terminal.progress(named, total=len(files), label="กำลังอ่าน"))
    return [rows[at] for at in range(len(files))]


def _close(rows: Sequence[Record], output: Path | None) -> None:
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


def _read(file: str) -> Document:
    from pipeline import read as read_file

    return read_file(file)


def _model_folder(model: Path | None) -> Path:
    if model is not None:
        return model
    from classifiers.default import default_model
    from pipeline import terminal

    return default_model(
        on_train=lambda: terminal.say(
            "ใช้ครั้งแรก: กำลังเทรนโมเดลมาตรฐานจากคลังตัวอย่าง (ราว 10 วินาที) · "
            "first use: training the built-in model (about ten seconds)"
        )
    )


def _model_name(folder: Path) -> str:
    from classifiers import artefacts

    return f"{folder.name}@{artefacts.read_card(folder)['digest'][:12]}"


def _warn(document: Document) -> None:
    from pipeline import terminal

    for warning in document.warnings:
        terminal.say(f"! {warning}")


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def main() -> None:
    """Run the command; the one place where errors become messages and exit codes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Thai must print under any locale, pipes included
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except WaraError as error:
        from pipeline import terminal

        terminal.complain(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of a pipe has gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
