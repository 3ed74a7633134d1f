"""One parsed document in the terminal."""

from __future__ import annotations

import datetime as dt

from rich.table import Table
from rich.text import Text

from pipeline.documents import Item, Minutes, Person, Proposal
from pipeline.terminal import buddhist, out

FIRST_WORDS = 120  # characters of a section or turn that are shown
GROUP_NAMES = {"present": "ผู้มาประชุม", "absent": "ผู้ไม่มาประชุม", "participant": "ผู้เข้าร่วมประชุม"}


def show_proposal(proposal: Proposal) -> None:
    """A parsed proposal, one field a line, the sections found with their first words."""
    budget = proposal.budget_baht
    rows = {
        "ชื่อเรื่อง (title)": proposal.title or "–",
        "จังหวัด (province)": proposal.province or "–",
        "วันที่ (date)": buddhist(proposal.document_date) or "–",
        "ปีงบประมาณ (fiscal year)": str(proposal.fiscal_year or "–"),
        "ทันกำหนด (on time)": {True: "ทัน", False: "ไม่ทัน", None: "–"}[proposal.on_time],
        "งบประมาณ (budget)": f"{budget:,.0f} บาท" if budget is not None else "–",
        "ภาคีเครือข่าย (networks)": " · ".join(proposal.networks) or "–",
        "หัวข้อที่ขาด (missing)": " · ".join(proposal.missing_sections) or "–",
    }
    table = _fields(rows)
    for code, section in proposal.sections.items():
        body = _short(proposal.text[section.start : section.end])
        table.add_row(Text(code, style="cyan"), Text(body))
    out.print(table)


def show_minutes(minutes: Minutes) -> None:
    """Parsed minutes: the header, who was there, and the items with what was said and resolved."""
    out.print(
        _fields(
            {
                "การประชุม (title)": minutes.title or "–",
                "ครั้งที่ (number)": minutes.meeting_no or "–",
                "วันที่ (date)": buddhist(minutes.date) or "–",
                "เวลา (time)": _times(minutes.start_time, minutes.end_time),
                "สถานที่ (place)": minutes.place_or_medium or "–",
                "ประธาน (chair)": _person(minutes.chair) if minutes.chair else "–",
                "จังหวัด (provinces)": " · ".join(minutes.provinces) or "–",
                **_groups(minutes),
            }
        )
    )
    for item in minutes.items:
        _show_item(item)
    if minutes.deadlines:
        out.print(Text("กำหนดเวลา (deadlines)", style="bold"))
    for deadline in minutes.deadlines:
        out.print(Text(f"  {buddhist(deadline.date)}  {_short(deadline.what)}"))


def _show_item(item: Item) -> None:
    heading = " ".join(filter(None, (item.no, item.heading))) or "–"
    out.print(Text(heading, style="bold cyan"))
    for turn in item.turns:
        said = Text(f"  {turn.speaker or '–'}: ", style="bold")
        out.print(said.append(_short(turn.text), style="not bold"))
    if item.resolution:
        out.print(Text("  มติ (resolved): ", style="green").append(_short(item.resolution)))


def _fields(rows: dict[str, str]) -> Table:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name, value in rows.items():
        table.add_row(Text(name, style="bold"), Text(value))
    return table


def _groups(minutes: Minutes) -> dict[str, str]:
    names = {
        group: [a.name for a in minutes.attendees if a.group == group] for group in GROUP_NAMES
    }
    return {f"{GROUP_NAMES[g]} ({g})": " · ".join(people) for g, people in names.items() if people}


def _person(person: Person) -> str:
    return " ".join(filter(None, (person.name, person.position)))


def _times(start: dt.time | None, end: dt.time | None) -> str:
    shown = [f"{time:%H.%M}" if time else "–" for time in (start, end)]
    return f"{' ถึง '.join(shown)} น." if start or end else "–"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= FIRST_WORDS else line[: FIRST_WORDS - 1] + "…"
