"""Charts of how good models are; a report is that of `evaluation.report`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from classifiers.plots.style import (
    AXES,
    BLUE,
    GREY,
    ORANGE,
    PERCENT,
    SERIES,
    Chart,
    label_names,
    matrix,
    titled,
)
from corpora import Taxonomy

Report = Mapping[str, Any]  # of `evaluation.report`


def confusion(report: Report, *, taxonomy: Taxonomy | None = None, source: str = "") -> Chart:
    """True labels against those said, of both axes; numbers count texts."""
    names = label_names(taxonomy)
    charts = []
    for axis, title in AXES.items():
        found = report[axis]["confusion"]
        order = [names.get(label, label) for label in found["labels"]]
        cells = [
            {"true": true, "said": said, "n": n}
            for true, row in zip(order, found["matrix"], strict=True)
            for said, n in zip(order, row, strict=True)
        ]
        chart = matrix(
            pd.DataFrame(cells), "said", "true", "โมเดลบอก (said)", "ป้ายจริง (true)", sort=order
        )
        charts.append(chart.properties(title=title, width=240, height=220))
    both = alt.hconcat(*charts).resolve_scale(color="independent")
    return titled(both, "สับสนระหว่างป้ายใด · confusion", source or _n(report))


def calibration(report: Report, *, source: str = "") -> Chart:
    """Confidence against accuracy; on the dashed line they are equal. ECE: the mean distance."""
    charts = []
    for axis, title in AXES.items():
        x = alt.X("confidence:Q", title="ความมั่นใจ (confidence)", axis=PERCENT)
        y = alt.Y("accuracy:Q", title="ถูกจริง (accuracy)", axis=PERCENT)
        x, y = x.scale(domain=[0, 1]), y.scale(domain=[0, 1])
        points = alt.Chart(pd.DataFrame(report["reliability"][axis])).encode(x=x, y=y)
        even = alt.Chart(pd.DataFrame({"confidence": [0, 1], "accuracy": [0, 1]}))
        error = report["calibration_error"][axis]
        charts.append(
            (
                even.mark_line(strokeDash=[4, 4], color=GREY).encode(x=x, y=y)
                + points.mark_line(color=BLUE)
                + points.mark_circle(color=BLUE).encode(size=alt.Size("n:Q", title="ฉบับ (texts)"))
            ).properties(title=f"{title}: ECE {error:.3f}", width=260, height=240)
        )
    title = "ความมั่นใจตรงกับความจริงเพียงใด · calibration"
    return titled(alt.hconcat(*charts), title, source or _n(report))


def coverage(report: Report, *, source: str = "") -> Chart:
    """Accuracy of the surest texts by how many pass unreviewed; the point is the threshold."""
    x = alt.X("coverage:Q", title="ส่วนที่ผ่านโดยไม่ต้องตรวจ (share not reviewed)", axis=PERCENT)
    y = alt.Y("accuracy:Q", title="ถูกทั้งสองแกน (both right)", axis=PERCENT).scale(zero=False)
    line = alt.Chart(pd.DataFrame(report["curve"])).mark_line(color=BLUE).encode(x=x, y=y)
    chart = alt.layer(line)
    passed = report["without_review"]
    now = "ไม่มีฉบับใดผ่านโดยไม่ต้องตรวจ (nothing passes)"
    if passed["accuracy"] is not None:
        point = alt.Chart(pd.DataFrame([passed])).mark_point(color=ORANGE, filled=True, size=90)
        chart = chart + point.encode(x=x, y=y)
        now = "จุดสีส้ม: เกณฑ์ที่ใช้ (orange: the threshold in use)"
    title = "ยิ่งส่งให้คนตรวจน้อย ยิ่งผิดมาก · coverage and accuracy"
    return titled(chart.properties(width=560, height=260), title, source or _n(report), now)


def learning_curve(points: Sequence[Mapping[str, float]], *, source: str = "") -> Chart:
    """Macro-F1 of both axes by the number of training texts; points as of a model's card."""
    rows = [
        {"examples": point["examples"], "score": point[axis], "axis": title}
        for point in points
        for axis, title in AXES.items()
    ]
    chart = alt.Chart(pd.DataFrame(rows)).mark_line(point=True)
    chart = chart.encode(
        x=alt.X("examples:Q", title="จำนวนตัวอย่างที่เทรน (training texts)"),
        y=alt.Y("score:Q", title="macro-F1").scale(zero=False),
        color=alt.Color("axis:N", title="แกน (axis)", scale=alt.Scale(range=[BLUE, ORANGE])),
        strokeDash=alt.StrokeDash("axis:N", title="แกน (axis)"),
    )
    title = "ตัวอย่างเพิ่มช่วยได้อีกหรือไม่ · learning curve"
    said = source or "วัดกับฉบับที่ไม่เคยอ่าน (on texts not read)"
    return titled(chart.properties(width=560, height=260), title, said)


def active_learning(curve: pd.DataFrame, *, target: float = 0.95, source: str = "") -> Chart:
    """Share of the full score by labels, of each strategy; a band is all but the outer tenths.

    `curve` is that of `active.simulate`; the dashed line is `target`.
    """
    groups = curve.groupby(["strategy", "labels"])["share"]
    frame = groups.agg(
        mean="mean", low=lambda v: v.quantile(0.1), high=lambda v: v.quantile(0.9)
    ).reset_index()
    order = list(dict.fromkeys(curve["strategy"]))
    legend = alt.Legend(title="วิธีเลือก (picked by)", symbolOpacity=1, symbolType="stroke")
    colour = alt.Color("strategy:N", sort=order, legend=legend)
    base = alt.Chart(frame).encode(
        x=alt.X("labels:Q", title="จำนวนฉบับที่ติดป้าย (labelled texts)"),
        color=colour.scale(range=list(SERIES)),
    )
    y = alt.Y("mean:Q", title="คะแนนเทียบกับใช้ทั้งคลัง (share of full score)", axis=PERCENT)
    bands = base.mark_area(opacity=0.15).encode(y=y.scale(zero=False), y2="high:Q")
    bands = bands.encode(y=alt.Y("low:Q").scale(zero=False))
    dash = alt.StrokeDash("strategy:N", sort=order, legend=None)
    lines = base.mark_line().encode(y=y, strokeDash=dash)
    goal = alt.Chart(pd.DataFrame({"mean": [target]})).mark_rule(strokeDash=[4, 4], color=GREY)
    chart = (bands + lines + goal.encode(y=y)).properties(width=560, height=300)
    seeds = curve["seed"].nunique()
    said = (
        source
        or f"จำลอง {seeds} รอบ แถบคือร้อยละ 10–90 ({seeds} seeds, band: 10th to 90th percentile)"
    )
    return titled(chart, f"ติดป้ายกี่ฉบับจึงถึง {target:.0%} · labels needed", said)


def comparison(table: pd.DataFrame, *, taxonomy: Taxonomy | None = None, source: str = "") -> Chart:
    """Differences of two models with 95 % intervals, a row per label; of `comparison.compare`."""
    names = label_names(taxonomy) | {"score": "รวม (score)"}
    frame = table.assign(name=[names.get(label, label) for label in table["label"]])
    domain, colours = ["better", "open", "worse"], [BLUE, GREY, ORANGE]
    base = alt.Chart(frame).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=260)),
        color=alt.Color(
            "verdict:N", title="ผล (verdict)", scale=alt.Scale(domain=domain, range=colours)
        ),
    )
    title_x = "ผลต่าง F1: ใหม่ − เดิม (challenger − champion)"
    bars = base.mark_rule(strokeWidth=3).encode(x=alt.X("low:Q", title=title_x), x2="high:Q")
    points = base.mark_point(filled=True, size=70).encode(x=alt.X("difference:Q", title=title_x))
    zero = alt.Chart(pd.DataFrame({"low": [0.0]})).mark_rule(strokeDash=[4, 4], color=GREY)
    chart = (zero.encode(x="low:Q") + bars + points).properties(width=460, height=alt.Step(24))
    said = source or f"{table.attrs.get('n', '')} ฉบับเดียวกัน ช่วง 95 % (same texts, 95 % intervals)"
    return titled(chart, "โมเดลใหม่ดีกว่าตรงไหน · champion and challenger", said)


def _n(report: Report) -> str:
    return f"ที่มา: {report['n']:,} ฉบับที่โมเดลไม่ได้เทรน (source: texts the model was not trained on)"
