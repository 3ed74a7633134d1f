"""What a person sees in the terminal: progress, the table of rows, messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from pipeline.documents import Proposal
from pipeline.errors import WaraError
from pipeline.records import Record

LONGEST_TABLE = 50
KIND_NAMES = {"proposal": "ข้อเสนอ", "minutes": "รายงานประชุม", "other": "อื่น ๆ"}

out = Console()
err = Console(stderr=True)

T = TypeVar("T")


def progress(items: Iterable[tuple[str, T]], *, total: int, label: str) -> Iterator[T]:
    """Pass the items on and show how far they are: a bar with name, count and time left.

    `items` are pairs of a name to show and the item. Without a terminal, one plain line each.
    """
    if not err.is_terminal:
        for number, (name, item) in enumerate(items, start=1):
            err.print(f"{number}/{total} {name}", markup=False, highlight=False, soft_wrap=True)
            yield item
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("เหลือ"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(label, total=total, name="")
        for name, item in items:
            bar.update(task, advance=1, name=name[-40:])
            yield item


def say(message: str) -> None:
    """A line for the person, beside the results."""
    err.print(message, markup=False, highlight=False, soft_wrap=True)


def complain(error: WaraError) -> None:
    """Show an error: Thai first, English below."""
    err.print(Text(error.thai, style="bold red"), soft_wrap=True)
    err.print(Text(error.english, style="red"), soft_wrap=True)


def show(records: Sequence[Record]) -> None:
    """The rows as a table; the first fifty of many."""
    table = Table(show_lines=False, expand=out.is_terminal)
    table.add_column("ไฟล์ (file)", overflow="fold", ratio=3)
    table.add_column("ประเภท (kind)", no_wrap=True)
    table.add_column("ชื่อเรื่อง (title)", overflow="ellipsis", no_wrap=True, ratio=4)
    table.add_column("จังหวัด (province)", ratio=2)
    table.add_column("วันที่ (date)", no_wrap=True)
    table.add_column("ประเด็น (agenda)", no_wrap=True)
    table.add_column("รูปแบบ (mode)", no_wrap=True)
    table.add_column("ตรวจ (review)", no_wrap=True, justify="center")
    for record in records[:LONGEST_TABLE]:
        table.add_row(*map(Text, _cells(record)), style="yellow" if record.error else "")
    out.print(table)
    if len(records) > LONGEST_TABLE:
        out.print(f"… อีก {len(records) - LONGEST_TABLE} แถว ใช้ -o ผลลัพธ์.xlsx เพื่อดูทั้งหมด")


def _cells(record: Record) -> tuple[str, ...]:
    if record.error:
        return (_name(record.file), "อ่านไม่ได้", record.error, "", "", "", "", "!")
    date = record.document_date
    return (
        _name(record.file),
        KIND_NAMES.get(record.kind or "", ""),
        " ".join((record.title or "").split()),
        record.province or "",
        f"{date.day}/{date.month}/{date.year + 543}" if date else "",
        _sure(record.agenda, record.agenda_confidence),
        _sure(record.mode, record.mode_confidence),
        "●" if record.needs_review else "",
    )


def _sure(label: str | None, confidence: float | None) -> str:
    return f"{label} {confidence:.0%}" if label and confidence is not None else ""


def _name(file: str) -> str:
    return file.rsplit("/", 1)[-1]


def show_proposal(proposal: Proposal) -> None:
    """A parsed proposal, one field a line, the sections found with their first words."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    date, budget = proposal.document_date, proposal.budget_baht
    rows = {
        "ชื่อเรื่อง (title)": proposal.title or "–",
        "จังหวัด (province)": proposal.province or "–",
        "วันที่ (date)": f"{date.day}/{date.month}/{date.year + 543}" if date else "–",
        "ปีงบประมาณ (fiscal year)": str(proposal.fiscal_year or "–"),
        "ทันกำหนด (on time)": {True: "ทัน", False: "ไม่ทัน", None: "–"}[proposal.on_time],
        "งบประมาณ (budget)": f"{budget:,.0f} บาท" if budget is not None else "–",
        "ภาคีเครือข่าย (networks)": " · ".join(proposal.networks) or "–",
        "หัวข้อที่ขาด (missing)": " · ".join(proposal.missing_sections) or "–",
    }
    for name, value in rows.items():
        table.add_row(Text(name, style="bold"), Text(value))
    for code, section in proposal.sections.items():
        body = " ".join(proposal.text[section.start : section.end].split())
        table.add_row(Text(code, style="cyan"), Text(body[:120]))
    out.print(table)


def show_figures(figures: Mapping[str, Any]) -> None:
    """An evaluation report: one line per label of each axis, then the totals."""
    for axis in ("agenda", "mode"):
        part = figures[axis]
        table = Table(title=f"{axis}: macro-F1 {part['macro_f1']:.3f}, n = {figures['n']}")
        for heading in ("ป้าย (label)", "precision", "recall", "F1", "n"):
            table.add_column(heading, justify="left" if heading.startswith("ป") else "right")
        for label, row in part["per_label"].items():
            scores = (f"{row[name]:.3f}" for name in ("precision", "recall", "f1"))
            table.add_row(label, *scores, str(row["n"]))
        out.print(table)
    out.print(f"modes micro-F1 {figures['modes']['micro_f1']:.3f}")
    out.print(f"award_scaleup F1 {figures['award_scaleup']['f1']:.3f}")
    for point in figures["coverage"]:
        out.print(f"ที่ความถูกต้อง {point['target']:.0%} ครอบคลุม {point['coverage']:.0%} (coverage)")
