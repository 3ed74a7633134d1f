"""Charts of what texts hold, before a model is made."""

from __future__ import annotations

import altair as alt
import pandas as pd

from classifiers.plots.style import AXES, BLUE, SERIES, Chart, label_names, matrix, titled
from corpora import Taxonomy, load_taxonomy


def class_balance(
    proposals: pd.DataFrame, *, taxonomy: Taxonomy | None = None, source: str = ""
) -> Chart:
    """Texts of each agenda and of each primary mode."""
    names = label_names(taxonomy)
    charts = []
    for axis, title in AXES.items():
        counts = (
            _mode_of(proposals)[axis].value_counts().rename("n").rename_axis("label").reset_index()
        )
        counts["label"] = [names.get(label, label) for label in counts["label"]]
        base = alt.Chart(counts, title=title).encode(
            x=alt.X("n:Q", title="จำนวนฉบับ (texts)"),
            y=alt.Y("label:N", sort="-x", title=None, axis=alt.Axis(labelLimit=260)),
        )
        bars = base.mark_bar(color=BLUE)
        numbers = base.mark_text(align="left", dx=3).encode(text="n:Q")
        charts.append((bars + numbers).properties(width=240, height=alt.Step(26)))
    title = "ตัวอย่างของแต่ละป้าย · class balance"
    return titled(alt.hconcat(*charts), title, source or _from(proposals))


def grid(proposals: pd.DataFrame, *, taxonomy: Taxonomy | None = None, source: str = "") -> Chart:
    """Texts of every agenda with every primary mode; an empty cell is one the model never saw."""
    names = label_names(taxonomy)
    frame = _mode_of(proposals)
    table = pd.crosstab(frame["agenda"], frame["mode"])
    counts = table.reset_index().melt(id_vars="agenda", var_name="mode", value_name="n")
    for axis in AXES:
        counts[axis] = [names.get(label, label) for label in counts[axis]]
    title = "ประเด็น × รูปแบบ · agenda × mode"
    chart = matrix(counts, "mode", "agenda", AXES["mode"], AXES["agenda"], sort=None)
    return titled(chart.properties(width=320, height=220), title, source or _from(proposals))


def lengths(proposals: pd.DataFrame, *, source: str = "") -> Chart:
    """Words of each text by its writer; `proposals` has the columns `voice` and `words` (counts).

    Box: the middle half, line: median, whiskers: the farthest text within 1.5 boxes.
    """
    order = sorted(set(proposals["voice"]), key=lambda voice: (len(voice), voice))  # W9, W10
    boxes = alt.Chart(proposals[["voice", "words"]]).mark_boxplot(color=BLUE, size=12)
    chart = boxes.encode(
        x=alt.X("words:Q", title="จำนวนคำ (words)"),
        y=alt.Y("voice:N", sort=order, title="ผู้เขียน (writer)"),
    ).properties(width=480, height=alt.Step(18))
    said = (
        source or f"ที่มา: {len(proposals):,} ฉบับ (source: texts) · กล่อง: ครึ่งกลาง (box: middle half)"
    )
    return titled(chart, "ความยาวของข้อเสนอตามผู้เขียน · length by writer", said)


def passage_topics(
    passages: pd.DataFrame, *, taxonomy: Taxonomy | None = None, source: str = ""
) -> Chart:
    """Passages with each topic, by kind; a passage counts under every one of its topics.

    `passages` is a table of `display.to_frame`: columns `topics` (tuples of codes) and `kind`.
    """
    known = taxonomy if taxonomy is not None else load_taxonomy()
    names = {label.code: label.short_th for label in known.passage_topics}
    rows = passages[["topics", "kind"]].explode("topics").dropna(subset="topics")
    rows = rows.assign(topic=[names.get(code, code) for code in rows["topics"]])
    counts = rows.groupby(["topic", "kind"]).size().rename("n").reset_index()
    bars = (
        alt.Chart(counts)
        .mark_bar()
        .encode(
            x=alt.X("n:Q", title="จำนวนตอน (passages)"),
            y=alt.Y("topic:N", sort="-x", title=None, axis=alt.Axis(labelLimit=260)),
            color=alt.Color("kind:N", title="ชนิด (kind)", scale=alt.Scale(range=list(SERIES))),
        )
    )
    chart = bars.properties(width=480, height=alt.Step(18))
    said = source or f"ที่มา: {len(passages):,} ตอน (source: passages)"
    return titled(chart, "หัวข้อของตอน · topics of passages", said)


def _from(proposals: pd.DataFrame) -> str:
    return f"ที่มา: ข้อเสนอที่ติดป้ายแล้ว {len(proposals):,} ฉบับ (source: labelled proposals)"


def _mode_of(proposals: pd.DataFrame) -> pd.DataFrame:
    return proposals.assign(mode=[modes[0] for modes in proposals["modes"]])
