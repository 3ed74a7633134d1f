"""Charts of what texts hold before a model is made; see `plots` for those of models."""

from __future__ import annotations

import altair as alt
import pandas as pd

from classifiers.plots import BLUE, SERIES, Chart, titled
from corpora import Taxonomy, load_taxonomy


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
