"""The report of a model: one HTML page with charts, readable offline and on paper.

Charts are drawn by Altair and put into the page as SVG, whose Thai the browser shapes. What is
shown comes from the card alone, so that a report can be made again at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from classifiers.artefacts import replace_file, unwritable
from corpora import Taxonomy

REPORT_FILE = "report.html"
FONT = "Sarabun, Noto Sans Thai, Leelawadee UI, Thonburi, sans-serif"
AXES = {"agenda": "ประเด็น (agenda)", "mode": "รูปแบบการพัฒนา (mode)"}
BLUE, ORANGE = "#2166ac", "#d6604d"  # told apart by people with colour blindness
STYLE = f"""
body {{ font-family: {FONT}; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222 }}
table {{ border-collapse: collapse; margin: 1rem 0 }}
td, th {{ padding: .25rem .75rem; border-bottom: 1px solid #ddd; text-align: right }}
td:first-child, th:first-child {{ text-align: left }}
figure {{ margin: 1.5rem 0 }} figcaption {{ color: #555 }}
svg {{ max-width: 100%; height: auto }}
"""


def write_report(card: Mapping[str, Any], taxonomy: Taxonomy, directory: Path) -> Path:
    """Write `report.html` beside a model; `card` is the one of the saved model."""
    path = directory / REPORT_FILE
    try:
        replace_file(path, html(card, taxonomy).encode())
    except OSError as error:
        raise unwritable(directory, error) from error
    return path


def html(card: Mapping[str, Any], taxonomy: Taxonomy) -> str:
    """The whole page."""
    names = {label.code: label.short_th for label in (*taxonomy.agendas, *taxonomy.modes)}
    held_out = card["scores"]["held_out"]
    figures = [
        ("สับสนระหว่างป้ายใด · confusion", _confusions(held_out, names)),
        ("ความมั่นใจตรงกับความจริงเพียงใด · reliability", _reliability(held_out)),
        ("ยิ่งส่งให้คนตรวจน้อย ยิ่งผิดมาก · coverage and accuracy", _coverage(held_out)),
    ]
    if len(card.get("learning_curve", ())) > 1:
        figures.append(("ตัวอย่างเพิ่มช่วยได้อีกหรือไม่ · learning curve", _learning(card)))
    charts = "\n".join(
        f"<figure><figcaption>{escape(title)}</figcaption>{_svg(chart)}</figure>"
        for title, chart in figures
    )
    return (
        f"<!doctype html><html lang='th'><meta charset='utf-8'><title>รายงานโมเดล wara</title>"
        f"<style>{STYLE}</style><h1>รายงานโมเดล · model report</h1>"
        f"<p>เทรนเมื่อ {escape(str(card['created'])[:10])} จากตัวอย่าง {card['examples']} ฉบับ · "
        f"wara {escape(card['wara'])} · <code>{card['digest'][:12]}</code></p>"
        "<p>ตัวเลข “ไม่เคยอ่าน” มาจากตัวอย่างที่ใช้เทรนเอง แต่ละฉบับติดป้ายโดยโมเดลที่ไม่เคยอ่านฉบับนั้น "
        "(และผู้เขียนหรือโครงการนั้น ถ้าตัวอย่างระบุ voice และ source). ค่าในวงเล็บคือช่วงความเชื่อมั่น 95 %</p>"
        f"{_scores(card)}{_labels(held_out, names)}{charts}</html>"
    )


def _scores(card: Mapping[str, Any]) -> str:
    heads = "".join(f"<th>{name}</th>" for name in ("n", *AXES.values(), "ผ่านโดยไม่ต้องตรวจ", "ถูก"))
    named = {"held_out": "ไม่เคยอ่าน (held out)", "test": "ชุดทดสอบของคลัง (frozen test)"}
    rows = []
    for part, scores in card["scores"].items():
        cells = [str(scores["n"])]
        for axis in AXES:
            low, high = scores["intervals"][axis]
            cells.append(f"{scores[axis]['macro_f1']:.3f} [{low:.3f}, {high:.3f}]")
        passed = scores["without_review"]
        accuracy = passed["accuracy"]
        cells += [f"{passed['coverage']:.0%}", "–" if accuracy is None else f"{accuracy:.1%}"]
        rows.append(_row(named.get(part, part), cells))
    return f"<table><tr><th>macro-F1</th>{heads}</tr>{''.join(rows)}</table>"


def _labels(scores: Mapping[str, Any], names: Mapping[str, str]) -> str:
    heads = "".join(f"<th>{name}</th>" for name in ("precision", "recall", "F1", "n"))
    rows = [
        _row(
            f"{names.get(label, label)} ({label})",
            [f"{of[score]:.2f}" for score in ("precision", "recall", "f1")] + [str(of["n"])],
        )
        for axis in AXES
        for label, of in scores[axis]["per_label"].items()
    ]
    return f"<table><tr><th>ป้าย · label</th>{heads}</tr>{''.join(rows)}</table>"


def _row(head: str, cells: list[str]) -> str:
    return (
        f"<tr><td>{escape(head)}</td>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    )


def _svg(chart: Any) -> str:
    import vl_convert

    spec = chart.configure(font=FONT, background="white").to_json()
    return str(vl_convert.vegalite_to_svg(spec))


def _confusions(scores: Mapping[str, Any], names: Mapping[str, str]) -> Any:
    import altair as alt

    charts = []
    for axis, title in AXES.items():
        labels, matrix = scores[axis]["confusion"]["labels"], scores[axis]["confusion"]["matrix"]
        order = [names.get(label, label) for label in labels]
        cells = [
            {"true": order[i], "said": order[j], "n": matrix[i][j]}
            for i in range(len(labels))
            for j in range(len(labels))
        ]
        base = alt.Chart(pd.DataFrame(cells)).encode(
            x=alt.X("said:N", sort=order, title="โมเดลบอก (said)", axis=alt.Axis(labelAngle=-35)),
            y=alt.Y("true:N", sort=order, title="ป้ายจริง (true)"),
        )
        most = max(map(max, matrix))
        charts.append(
            (
                base.mark_rect().encode(
                    color=alt.Color("n:Q", scale=alt.Scale(scheme="blues"), legend=None)
                )
                + base.mark_text().encode(
                    text="n:Q",
                    color=alt.condition(
                        f"datum.n > {most / 2}", alt.value("white"), alt.value("black")
                    ),
                )
            ).properties(title=title, width=240, height=220)
        )
    return alt.hconcat(*charts).resolve_scale(color="independent")


def _reliability(scores: Mapping[str, Any]) -> Any:
    import altair as alt

    charts = []
    for axis, title in AXES.items():
        percent = alt.Axis(format="%")
        x = alt.X("confidence:Q", title="ความมั่นใจ (confidence)", axis=percent).scale(domain=[0, 1])
        y = alt.Y("accuracy:Q", title="ถูกจริง (accuracy)", axis=percent).scale(domain=[0, 1])
        points = alt.Chart(pd.DataFrame(scores["reliability"][axis])).encode(x=x, y=y)
        even = alt.Chart(pd.DataFrame({"confidence": [0, 1], "accuracy": [0, 1]}))
        error = scores["calibration_error"][axis]
        charts.append(
            (
                even.mark_line(strokeDash=[4, 4], color="grey").encode(x=x, y=y)
                + points.mark_line(color=BLUE)
                + points.mark_circle(color=BLUE).encode(size=alt.Size("n:Q", title="ฉบับ (n)"))
            ).properties(title=f"{title}: ECE {error:.3f}", width=260, height=240)
        )
    return alt.hconcat(*charts)


def _coverage(scores: Mapping[str, Any]) -> Any:
    import altair as alt

    percent = alt.Axis(format="%")
    line = alt.Chart(pd.DataFrame(scores["curve"])).encode(
        x=alt.X("coverage:Q", title="ส่วนที่ผ่านโดยไม่ต้องตรวจ (share not reviewed)", axis=percent),
        y=alt.Y("accuracy:Q", title="ถูกทั้งสองแกน (both right)", axis=percent).scale(zero=False),
    )
    passed = scores["without_review"]
    charts = line.mark_line(color=BLUE)
    if passed["accuracy"] is not None:
        now = alt.Chart(pd.DataFrame([passed])).mark_point(color=ORANGE, filled=True, size=90)
        charts = charts + now.encode(x="coverage:Q", y="accuracy:Q")
    title = (
        "ไม่มีฉบับใดผ่านโดยไม่ต้องตรวจ (nothing passes)"
        if passed["accuracy"] is None
        else "จุดสีส้ม: เกณฑ์ที่ใช้ (threshold in use)"
    )
    return charts.properties(title=title, width=560, height=260)


def _learning(card: Mapping[str, Any]) -> Any:
    import altair as alt

    rows = [
        {"examples": point["examples"], "score": point[axis], "axis": title}
        for point in card["learning_curve"]
        for axis, title in AXES.items()
    ]
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("examples:Q", title="จำนวนตัวอย่างที่เทรน (training texts)"),
            y=alt.Y("score:Q", title="macro-F1").scale(zero=False),
            color=alt.Color("axis:N", title="แกน (axis)", scale=alt.Scale(range=[BLUE, ORANGE])),
            strokeDash=alt.StrokeDash("axis:N", title="แกน (axis)"),
        )
        .properties(width=560, height=260)
    )
