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
    from pipeline.store.documents import Holding
    from pipeline.store.exchange import ImportReport, RowChange
    from pipeline.store.standings import Received, RoundStatus

LONGEST_LIST = 50
LONGEST_VALUE = 60  # characters of a title or note
_FIELDS = {
    "agenda": "ประเด็น",
    "modes": "รูปแบบการพัฒนา",
    "award_scaleup": "ขยายผลจากรางวัล",
    "kind": "ประเภทเอกสาร",
    "title": "ชื่อเรื่อง",
    "province": "จังหวัด",
    "note": "หมายเหตุ",
}
_STATUS = {"on_time": "ทัน (on time)", "late": "ช้า (late)", "missing": "ยังไม่ส่ง (missing)"}


def show_import(report: ImportReport, *, dry_run: bool) -> None:
    """One line of counts, on a dry run what would change, then all rows that cannot be applied."""
    confirmed = sum(want.kind == "accept" for _, want in report.wanted)
    changed = len(report.wanted) - confirmed
    done = "จะ" if dry_run else ""
    say(
        f"{done}เปลี่ยน {changed} แถว · ยืนยัน {confirmed} · ไม่เปลี่ยน {report.unchanged} · "
        f"ใช้ไม่ได้ {len(report.problems)}  ({'would change' if dry_run else 'changed'} {changed}, "
        f"confirmed {confirmed}, unchanged {report.unchanged}, not applied {len(report.problems)})"
    )
    if dry_run:
        _show_changes([change for change in report.changes if change.fields])
    for problem in report.problems:
        say(f"  แถว {problem.row} {problem.file}: {problem.thai} ({problem.english})")


def _show_changes(changes: Sequence[RowChange]) -> None:
    for change in changes[:LONGEST_LIST]:
        told = " · ".join(
            f"{_FIELDS[name]} {_value(change.before[name])} → {_value(change.after[name])}"
            for name in change.fields
        )
        say(f"  แถว {change.row} {_file(change.file)}: {told}")
    if len(changes) > LONGEST_LIST:
        more = len(changes) - LONGEST_LIST
        say(f"  … อีก {more} แถว ({more} more rows)")


def _value(value: Any) -> str:
    """A label on one line, short enough for a list."""
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่"
    line = _line(", ".join(value) if isinstance(value, tuple) else value or "")
    return (line[:LONGEST_VALUE] + "…" if len(line) > LONGEST_VALUE else line) or "–"


def _file(name: str) -> str:
    """The end of a file's name, which tells it from others."""
    line = _line(name)
    return "…" + line[-LONGEST_VALUE:] if len(line) > LONGEST_VALUE else line


def _line(text: str) -> str:
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def import_json(report: ImportReport) -> dict[str, Any]:
    """The same for programs."""
    return {
        "applied": [
            {"row": row, **to_json(want), "file": change.file, "before": to_json(change.before)}
            for (row, want), change in zip(report.wanted, report.changes, strict=True)
        ],
        "unchanged": report.unchanged,
        "problems": to_json(report.problems),
        "group": report.group,
    }


def show_holdings(found: Sequence[Holding]) -> None:
    """What goes when documents are deleted, one after the other."""
    for one in found[:LONGEST_LIST]:
        names = ", ".join(map(_file, one.files[:3]))
        say(f"{one.sha256[:12]}  {_value(one.title)}  ({names})")
        say(
            f"  ไฟล์ต้นฉบับ · {one.passages:,} ตอนในดัชนี · {one.predictions:,} ผลของโมเดล · "
            f"{one.decisions:,} การตัดสิน · ได้รับ {one.arrivals:,} ครั้ง  (file, passages, "
            "predictions, decisions, arrivals)"
        )
    if len(found) > LONGEST_LIST:
        more = len(found) - LONGEST_LIST
        say(f"  … อีก {more} ฉบับ ({more} more)")


def round_line(found: Round) -> str:
    """A round in one line."""
    return (
        f"รอบ {found.name} ส่งภายใน {buddhist(found.deadline)} จาก {len(found.expected)} จังหวัด "
        f"(round {found.name}, due {found.deadline.isoformat()}, {len(found.expected)} provinces)"
    )


def show_round(status: RoundStatus) -> None:
    """Counts, then the provinces by status, what belongs to none, and what does not count."""
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
    if other := len(status.uncounted):
        _list(f"ไม่นับ {other} ฉบับที่ไม่ใช่ข้อเสนอ · {other} not counted: not proposals", status.uncounted)


def _list(heading: str, submissions: Sequence[Received]) -> None:
    if submissions:
        out.print(Text(heading, style="bold"))
    for item in submissions[:LONGEST_LIST]:
        out.print(Text(f"  {item.file}"), soft_wrap=True)
    if len(submissions) > LONGEST_LIST:
        more = len(submissions) - LONGEST_LIST
        out.print(f"  … อีก {more} ({more} more)")
