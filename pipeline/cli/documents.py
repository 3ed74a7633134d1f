"""Commands on one document: read it, parse it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import FileArgument, JsonOption, OcrOption, print_json
from pipeline.documents import to_json

if TYPE_CHECKING:
    from pipeline.documents import Document


def read(file: FileArgument, as_json: JsonOption = False, ocr: OcrOption = True) -> None:
    """อ่านไฟล์เดียวเป็นข้อความที่ซ่อมแล้ว · read one file into repaired text."""
    document = _read(file, ocr=ocr)
    if as_json:
        print_json(to_json(document))
        return
    sys.stdout.write(document.text + "\n")
    _warn(document)


def proposal(
    file: FileArgument,
    as_json: JsonOption = False,
    deadline: Annotated[
        str | None, typer.Option(help="วันสุดท้ายของการส่ง · last day of submission.")
    ] = None,
    ocr: OcrOption = True,
) -> None:
    """แยกส่วนของข้อเสนอ: หัวข้อ จังหวัด วันที่ งบ ภาคี · parse one proposal."""
    from pipeline.proposals import parse_proposal
    from pipeline.thai import parse_user_date

    document = _read(file, ocr=ocr)
    last_day = parse_user_date(deadline) if deadline is not None else None
    parsed = parse_proposal(document, deadline=last_day)
    if as_json:
        print_json(to_json(parsed))
        return
    from pipeline.terminal import say
    from pipeline.terminal.documents import show_proposal

    if document.kind != "proposal":
        say(f"! ไฟล์นี้อ่านแล้วเป็น {document.kind} ไม่ใช่ข้อเสนอ · this is no proposal")
    show_proposal(parsed)
    _warn(document)


def minutes(file: FileArgument, as_json: JsonOption = False, ocr: OcrOption = True) -> None:
    """แยกส่วนของรายงานการประชุม: ผู้มาประชุม วาระ คำพูด มติ กำหนดเวลา · parse minutes."""
    from pipeline.minutes import parse_minutes

    document = _read(file, ocr=ocr)
    parsed = parse_minutes(document)
    if as_json:
        print_json(to_json(parsed))
        return
    from pipeline.terminal import say
    from pipeline.terminal.documents import show_minutes

    if document.kind != "minutes":
        say(f"! ไฟล์นี้อ่านแล้วเป็น {document.kind} ไม่ใช่รายงานการประชุม · these are no minutes")
    show_minutes(parsed)
    _warn(document)


def _read(file: str, *, ocr: bool) -> Document:
    from pipeline import read as read_file
    from pipeline import terminal

    with terminal.steps("กำลังอ่านภาพสแกน") as on_page:
        return read_file(file, ocr=ocr, on_page=on_page)


def _warn(document: Document) -> None:
    from pipeline import terminal

    for warning in document.warnings:
        terminal.say(f"! {warning}")
