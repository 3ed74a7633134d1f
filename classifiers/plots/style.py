"""How charts look: colours, fonts, titles, and the names of labels on their axes."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from corpora import Taxonomy, load_taxonomy

FONT = "Sarabun, Noto Sans Thai, Leelawadee UI, Thonburi, sans-serif"
AXES = {"agenda": "ประเด็น (agenda)", "mode": "รูปแบบการพัฒนา (mode)"}
BLUE, ORANGE, GREY = "#2166ac", "#d6604d", "#999999"  # told apart by people with colour blindness
SERIES = (GREY, BLUE, ORANGE, "#762a83")
PERCENT = alt.Axis(format="%")
Chart = alt.TopLevelMixin  # what every kind of chart is: it shows itself, `save` keeps it


def label_names(taxonomy: Taxonomy | None = None) -> dict[str, str]:
    """Short Thai names of agendas, modes and flags by code."""
    known = taxonomy if taxonomy is not None else load_taxonomy()
    return {label.code: label.short_th for label in (*known.agendas, *known.modes, *known.flags)}


def titled(chart: Any, title: str, *sources: str) -> Chart:
    """The chart with its title, below it what it was made from, in fonts that have Thai."""
    said = [line for line in sources if line]
    heading = alt.TitleParams(title, subtitle=said, anchor="start", subtitleColor="#555")
    whole: Chart = chart.properties(title=heading).configure(
        font=FONT,
        background="white",
        padding={"left": 5, "top": 5, "right": 20, "bottom": 5},  # fonts differ in width
    )
    return whole


def matrix(cells: pd.DataFrame, x: str, y: str, title_x: str, title_y: str, *, sort: Any) -> Any:
    """A heat map with its numbers: `cells` has the columns `x`, `y` and `n`."""
    limit = alt.Axis(labelLimit=260)
    base = alt.Chart(cells).encode(
        x=alt.X(f"{x}:N", sort=sort, title=title_x, axis=alt.Axis(labelAngle=-35, labelLimit=260)),
        y=alt.Y(f"{y}:N", sort=sort, title=title_y, axis=limit),
    )
    most = int(cells["n"].max())
    colour = alt.Color("n:Q", scale=alt.Scale(scheme="blues", domain=[0, most]), legend=None)
    dark = f"datum.n > {most / 2}"
    ink = alt.condition(dark, alt.value("white"), alt.value("black"))
    squares, numbers = base.mark_rect().encode(color=colour), base.mark_text()
    return alt.layer(squares, numbers.encode(text="n:Q", color=ink))
