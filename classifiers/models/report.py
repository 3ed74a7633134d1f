"""The report of a model: one HTML page with charts, readable offline and on paper.

Charts are drawn by Altair and put into the page as SVG, whose Thai the browser shapes. What is
shown comes from the card alone, so that a report can be made again at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from classifiers import plots
from classifiers.models.cards import REPORT_FILE
from classifiers.models.writing import replace_file, unwritable
from corpora import Taxonomy

STYLE = f"""
body {{ font-family: {plots.FONT}; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
body {{ color: #222 }}
table {{ border-collapse: collapse; margin: 1rem 0 }}
td, th {{ padding: .25rem .75rem; border-bottom: 1px solid #ddd; text-align: right }}
td:first-child, th:first-child {{ text-align: left }}
figure {{ margin: 1.5rem 0 }}
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
    names = plots.label_names(taxonomy)
    held_out = card["scores"]["held_out"]
    figures = [
        plots.confusion(held_out, taxonomy=taxonomy),
        plots.calibration(held_out),
        plots.coverage(held_out),
    ]
    if len(card.get("learning_curve", ())) > 1:
        figures.append(plots.learning_curve(card["learning_curve"]))
    charts = "\n".join(f"<figure>{_svg(chart)}</figure>" for chart in figures)
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
    heads = "".join(
        f"<th>{name}</th>" for name in ("n", *plots.AXES.values(), "ผ่านโดยไม่ต้องตรวจ", "ถูก")
    )
    named = {"held_out": "ไม่เคยอ่าน (held out)", "test": "ชุดทดสอบของคลัง (frozen test)"}
    rows = []
    for part, scores in card["scores"].items():
        cells = [str(scores["n"])]
        for axis in plots.AXES:
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
        for axis in plots.AXES
        for label, of in scores[axis]["per_label"].items()
    ]
    return f"<table><tr><th>ป้าย · label</th>{heads}</tr>{''.join(rows)}</table>"


def _row(head: str, cells: list[str]) -> str:
    return (
        f"<tr><td>{escape(head)}</td>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    )


def _svg(chart: Any) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(chart.to_json()))
