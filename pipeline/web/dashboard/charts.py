"""Charts as SVG, drawn on the server.

Colours come from the style sheet; patterns and letters say the same, so that nobody needs colour,
and `<title>` and `<desc>` say it in words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from pipeline.web.dashboard.svg import svg, tag, text
from pipeline.web.frame.dates import MONTHS, thai_date

WIDTH, HEIGHT = 720, 270
LEFT, RIGHT, TOP, BOTTOM = 36, 16, 54, 40
MOST_BARS = 62  # days; more of them become weeks


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days from `day` on: how many came on time and how many late."""

    day: dt.date
    on_time: int
    late: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole; `kind` is its class, with a pattern of its own."""

    name: str
    kind: str
    count: int


def timeline(bars: Sequence[Bar], deadline: dt.date) -> Markup:
    """Arrivals by day against the deadline: solid on time, hatched late, and the sum as a line."""
    grouped, days = _grouped(bars, deadline)
    highest = max((bar.on_time + bar.late for bar in grouped), default=0) or 1
    start = grouped[0].day
    slots = (grouped[-1].day - start).days // days + 1
    wide = (WIDTH - LEFT - RIGHT) / slots
    drawn: list[Markup] = list(_levels(highest))
    for bar in grouped:
        x = LEFT + (bar.day - start).days // days * wide
        drawn += _stack(bar, x, wide, highest)
    x = LEFT + ((deadline - start).days // days + 1) * wide
    drawn += _deadline(x, deadline)
    drawn += _ticks(start, slots, days, wide)
    on_time, late = sum(bar.on_time for bar in bars), sum(bar.late for bar in bars)
    told = f"กำหนดส่ง {thai_date(deadline)} มาทันกำหนด {on_time} ฉบับ หลังกำหนด {late} ฉบับ"
    return svg("timeline", WIDTH, HEIGHT, "จำนวนที่ส่งเข้ามาตามวัน", told, drawn)


def shares(points: Sequence[tuple[dt.date, int, int]], title: str) -> Markup:
    """A share by week, how many out of how many, as columns with the figures on top."""
    wide = (WIDTH - LEFT - RIGHT) / max(len(points), 6)
    drawn: list[Markup] = list(_levels(100, "%"))
    for number, (week, part, whole) in enumerate(points):
        x, high = LEFT + number * wide, _high(100 * part / whole if whole else 0, 100)
        name = f"สัปดาห์ {thai_date(week)}: {part} จาก {whole}"
        drawn += [
            tag("rect", tag("title", name), class_="share", x=x + wide * 0.2,
                 y=HEIGHT - BOTTOM - high, width=wide * 0.6, height=max(high, 1)),
            text(f"{part}/{whole}", x + wide / 2, HEIGHT - BOTTOM - high - 6, "small middle"),
            text(f"{week.day} {MONTHS[week.month - 1]}", x + wide / 2, HEIGHT - BOTTOM + 18,
                  "small middle"),
        ]  # fmt: skip
    told = " ".join(f"{thai_date(week)} {part} จาก {whole}" for week, part, whole in points)
    return svg("shares", WIDTH, HEIGHT, title, told, drawn)


def stacked(parts: Sequence[Part], title: str) -> Markup:
    """Parts of a whole in one bar."""
    whole = sum(part.count for part in parts) or 1
    drawn = []
    for part, end in zip(parts, accumulate(part.count for part in parts), strict=True):
        wide, name = WIDTH * part.count / whole, tag("title", f"{part.name} {part.count:,}")
        place = {"x": WIDTH * end / whole - wide, "y": 0, "width": wide, "height": 40}
        drawn.append(tag("rect", name, class_=f"part part-{part.kind}", **place))
        if part.kind == "open":
            drawn.append(tag("rect", name, fill="url(#stacked-late)", **place))
    told = " ".join(f"{part.name} {part.count:,}" for part in parts)
    return svg("stacked", WIDTH, 40, title, told, drawn)


def _grouped(bars: Sequence[Bar], deadline: dt.date) -> tuple[list[Bar], int]:
    """The bars with the deadline's day among them; by week where there are too many days."""
    days = sorted([*bars, Bar(deadline, 0, 0)], key=lambda bar: bar.day)
    span = (days[-1].day - days[0].day).days + 1
    size = 1 if span <= MOST_BARS else -(-span // MOST_BARS)
    found: dict[dt.date, Bar] = {}
    first = deadline - dt.timedelta(
        days=-(-(deadline - days[0].day).days // size) * size + size - 1
    )
    for bar in days:  # stretches end with the deadline, so that none is half late
        day = first + dt.timedelta(days=(bar.day - first).days // size * size)
        known = found.get(day, Bar(day, 0, 0))
        found[day] = Bar(day, known.on_time + bar.on_time, known.late + bar.late)
    return [found[day] for day in sorted(found)], size


def _stack(bar: Bar, x: float, wide: float, highest: int) -> list[Markup]:
    on_time, late = _high(bar.on_time, highest), _high(bar.late, highest)
    base, inner = HEIGHT - BOTTOM, max(wide * 0.8, 1)
    name = tag("title", f"{thai_date(bar.day)}: ทัน {bar.on_time} ช้า {bar.late}")
    drawn = []
    for kind, low, high in (("on_time", 0.0, on_time), ("late", on_time, late)):
        if high:
            place = {"x": x + wide * 0.1, "y": base - low - high, "width": inner, "height": high}
            drawn.append(tag("rect", name, class_=f"part part-{kind}", **place))
            if kind == "late":
                drawn.append(tag("rect", name, fill="url(#timeline-late)", **place))
    if bar.on_time + bar.late and wide >= 14:
        count = str(bar.on_time + bar.late)
        drawn.append(text(count, x + wide / 2, base - on_time - late - 5, "small middle"))
    return drawn


def _deadline(x: float, deadline: dt.date) -> list[Markup]:
    side = "end" if x > WIDTH / 2 else "begin"
    offset = -6 if side == "end" else 6
    return [
        tag("line", class_="deadline", x1=x, x2=x, y1=TOP - 34, y2=HEIGHT - BOTTOM),
        text(f"กำหนดส่ง {thai_date(deadline)}", x + offset, TOP - 34, f"deadline-name {side}"),
    ]


def _ticks(start: dt.date, slots: int, days: int, wide: float) -> Iterable[Markup]:
    every = max(1, -(-slots // 7))
    for slot in range(0, slots, every):
        day = start + dt.timedelta(days=slot * days)
        yield text(
            f"{day.day} {MONTHS[day.month - 1]}", LEFT + (slot + 0.5) * wide,
            HEIGHT - BOTTOM + 18, "small middle",
        )  # fmt: skip


def _levels(highest: int, unit: str = "") -> Iterable[Markup]:
    """Lines for nothing, half and all."""
    for level in dict.fromkeys((0, highest // 2, highest)):
        y = HEIGHT - BOTTOM - _high(level, highest)
        yield tag("line", class_="level", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y)
        yield text(f"{level}{unit}", LEFT - 5, y + 4, "small end")


def _high(value: float, highest: float) -> float:
    return (HEIGHT - TOP - BOTTOM) * value / highest
