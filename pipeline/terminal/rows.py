"""The table of rows as a person sees it: as many columns as fit, what to review, what failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from pipeline.records import Record
from pipeline.terminal import Screen, buddhist, out

LONGEST_TABLE, LONGEST_LIST = 50, 20
TO_REVIEW, FAILED = "●", "✗"
KIND_NAMES = {"proposal": "ข้อเสนอ", "minutes": "รายงานประชุม", "other": "อื่น ๆ"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: how its cell is got, and how it yields when the terminal is narrow.

    `wraps` columns give way first; one with `from_width` is left out of narrower terminals.
    """

    heading: str
    cell: Callable[[Record], str]
    wraps: bool = False
    from_width: int = 0


COLUMNS = (
    Column("ไฟล์\nfile", lambda r: r.file.rsplit("/", 1)[-1], wraps=True),
    Column("ประเภท\nkind", lambda r: KIND_NAMES.get(r.kind or "", "อ่านไม่ได้"), from_width=100),
    Column("ชื่อเรื่อง\ntitle", lambda r: _line(r.title), wraps=True, from_width=120),
    Column("จังหวัด\nprovince", lambda r: (r.province or "").replace(" | ", " "), wraps=True),
    Column("วันที่\ndate", lambda r: buddhist(r.document_date), from_width=80),
    Column("ประเด็น\nagenda", lambda r: _sure(r.agenda, r.agenda_confidence)),
    Column("รูปแบบ\nmode", lambda r: _sure(r.mode, r.mode_confidence)),
    Column("ตรวจ\nreview", lambda r: FAILED if r.error else TO_REVIEW if r.needs_review else ""),
)
PIPE_WIDTH = 150  # characters a line of the table has when it goes into a file or a pipe


def show(records: Sequence[Record]) -> None:
    """The rows as a table; the first fifty of many. A narrow terminal gets fewer columns."""
    screen = out if out.is_terminal else Screen(width=PIPE_WIDTH)
    columns = [column for column in COLUMNS if column.from_width <= screen.width]
    table = Table()
    for column in columns:
        table.add_column(column.heading, overflow="fold", no_wrap=not column.wraps)
    for record in records[:LONGEST_TABLE]:
        style = "red" if record.error else ""
        table.add_row(*(Text(column.cell(record)) for column in columns), style=style)
    screen.print(table)
    if len(records) > LONGEST_TABLE:
        more = len(records) - LONGEST_TABLE
        screen.print(f"… อีก {more} แถว ใช้ -o results.xlsx เพื่อดูทั้งหมด ({more} more rows: use -o)")
    review = [r for r in records if r.needs_review and r.error is None]
    _list(screen, f"{TO_REVIEW} ควรให้คนตรวจ (to review)", review, lambda r: " · ".join(r.reasons))
    failed = [r for r in records if r.error is not None]
    _list(screen, f"{FAILED} อ่านไม่ได้ (failed)", failed, lambda r: r.error or "")


def _list(
    screen: Screen, heading: str, records: Sequence[Record], why: Callable[[Record], str]
) -> None:
    if records:
        screen.print(Text(heading, style="bold"))
    for record in records[:LONGEST_LIST]:
        name = Text(f"  {record.file.rsplit('/', 1)[-1]}: ")
        screen.print(name.append(why(record), style="dim"), soft_wrap=True)
    if len(records) > LONGEST_LIST:
        screen.print(f"  … อีก {len(records) - LONGEST_LIST} ({len(records) - LONGEST_LIST} more)")


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _sure(label: str | None, confidence: float | None) -> str:
    if not label or confidence is None:
        return ""
    return f"{label} >99%" if confidence > 0.99 else f"{label} {confidence:.0%}"
