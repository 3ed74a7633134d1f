"""Search results in the terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from pipeline.terminal import buddhist, out

SHOWN = 400  # characters of a passage
KINDS = {"resolution": "มติ", "turn": "", "order": "ข้อสั่งการ", "item": "", "section": "", "text": ""}
FACET_NAMES = {"topic": "หัวข้อ", "fiscal_year": "ปีงบ", "province": "จังหวัด", "speaker": "ผู้พูด"}
FACET_VALUES = 5


def show_hits(answer: Mapping[str, Any]) -> None:
    """The hits with their words marked, who said it, when, and where it stands."""
    if answer["suggestion"]:
        out.print(Text(f"หรือหมายถึง · did you mean: {answer['suggestion']}", style="yellow"))
    if not answer["hits"]:
        out.print("ไม่พบ ลองใช้คำอื่นหรือเอาตัวกรองออก · nothing found: try other words or fewer filters")
        return
    for number, hit in enumerate(answer["hits"], 1):
        _show_hit(number, hit)
    _show_facets(answer["facets"])
    out.print(
        Text(f"พบ {answer['total']:,} ตอน · {answer['took_ms']:.1f} ms", style="dim"),
        soft_wrap=True,
    )


def _show_hit(number: int, hit: Mapping[str, Any]) -> None:
    date = buddhist(dt.date.fromisoformat(hit["date"])) if hit["date"] else ""
    head = Text(f"{number}. ", style="bold").append(hit["title"] or hit["file"], style="bold cyan")
    out.print(head.append(f"  {date}", style="dim"), soft_wrap=True)
    who = " ".join(filter(None, (hit["speaker"], hit["position"])))
    line = " · ".join(filter(None, (hit["heading"], KINDS.get(hit["kind"], ""), who)))
    if line:
        out.print(Text(f"   {line}", style="green"), soft_wrap=True)
    out.print(Text("   ").append_text(_excerpt(hit["text"], hit["highlights"])), soft_wrap=True)
    place = f"   {hit['file']} หน้า {hit['page']} ตัวอักษร {hit['start']}-{hit['end']}"
    out.print(Text(place, style="dim"), soft_wrap=True)


def _excerpt(text: str, highlights: Sequence[Sequence[int]]) -> Text:
    """The passage on one line around its first marked word, the words marked."""
    first = highlights[0][0] if highlights else 0
    start = max(0, first - SHOWN // 4) if len(text) > SHOWN else 0
    end = min(len(text), start + SHOWN)
    marked = Text(text[start:end].replace("\n", " "))
    for left, right in highlights:
        if left < end and right > start:
            marked.stylize("bold yellow", max(left, start) - start, min(right, end) - start)
    return Text("…" if start else "").append_text(marked).append("…" if end < len(text) else "")


def _show_facets(facets: Mapping[str, Mapping[str, int]]) -> None:
    for field, name in FACET_NAMES.items():
        if counts := facets.get(field):
            names = _topic_names() if field == "topic" else {}
            shown = list(counts.items())[:FACET_VALUES]
            values = [f"{names.get(value, value)} {count}" for value, count in shown]
            out.print(Text(f"{name}: ", style="bold").append(" · ".join(values), style="not bold"))


def _topic_names() -> Mapping[str, str]:
    """The short Thai name of every topic, by its code."""
    from corpora import load_taxonomy  # loads pandas

    return {label.code: label.short_th for label in load_taxonomy().passage_topics}
