"""What a person sees of the store: what an import did, how a round stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from pipeline.documents import to_json
from pipeline.terminal import buddhist, out, say

if TYPE_CHECKING:
    from pipeline.store import Round
    from pipeline.store.exchange import ImportReport
    from pipeline.store.standings import Received, RoundStatus

LONGEST_LIST = 50
_STATUS = {"on_time": "ทัน (on time)", "late": "ช้า (late)", "missing": "ยังไม่ส่ง (missing)"}


def show_import(report: ImportReport, *, dry_run: bool) -> None:
    """One line of counts, then every row that could not be applied."""
    confirmed = sum(want.kind == "accept" for _, want in report.wanted)
    changed = len(report.wanted) - confirmed
    done = "จะ" if dry_run else ""
    say(
        f"{done}เปลี่ยน {changed} แถว · ยืนยัน {confirmed} · ไม่เปลี่ยน {report.unchanged} · "
        f"ใช้ไม่ได้ {len(report.problems)}  ({'would change' if dry_run else 'changed'} {changed}, "
        f"confirmed {confirmed}, unchanged {report.unchanged}, not applied {len(report.problems)})"
    )
    for problem in report.problems:
        say(f"  แถว {problem.row} {problem.file}: {problem.thai} ({problem.english})")


def import_json(report: ImportReport) -> dict[str, Any]:
    """The same for programs."""
    return {
        "applied": [{"row": row, **to_json(want)} for row, want in report.wanted],
        "unchanged": report.unchanged,
        "problems": to_json(report.problems),
        "group": report.group,
    }


def round_line(found: Round) -> str:
    """A round in one line."""
    return (
        f"รอบ {found.name} ส่งภายใน {buddhist(found.deadline)} จาก {len(found.expected)} จังหวัด "
        f"(round {found.name}, due {found.deadline.isoformat()}, {len(found.expected)} provinces)"
    )


def show_round(status: RoundStatus) -> None:
    """Counts, then the provinces by status, and what belongs to none."""
    say(round_line(status.round))
    table = Table()
    for heading in ("สถานะ\nstatus", "จังหวัด\nn", "ชื่อ\nprovinces"):
        table.add_column(heading, overflow="fold")
    for code, name in _STATUS.items():
        found = [place.province for place in status.provinces if place.status == code]
        table.add_row(name, str(len(found)), " ".join(found))
    out.print(table)
    others = [item for place in status.others for item in place.submissions]
    _list("ไม่อยู่ในรายชื่อที่ต้องส่ง (not expected)", others)
    _list("ไม่รู้จังหวัด ให้คนตรวจ (province unknown)", status.unplaced)


def _list(heading: str, submissions: Sequence[Received]) -> None:
    if submissions:
        out.print(Text(heading, style="bold"))
    for item in submissions[:LONGEST_LIST]:
        out.print(Text(f"  {item.file}"), soft_wrap=True)
    if len(submissions) > LONGEST_LIST:
        more = len(submissions) - LONGEST_LIST
        out.print(f"  … อีก {more} ({more} more)")
