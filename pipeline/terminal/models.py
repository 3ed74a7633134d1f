"""What a person sees of models: scores, the list of a workspace, champion and challenger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table

from pipeline.terminal import out, say

if TYPE_CHECKING:
    import pandas as pd

    from classifiers.models.promotion import Comparison
    from classifiers.models.registry import Entry
    from corpora import Taxonomy


BUILT_IN = "โมเดลมาตรฐาน (built in)"


def show_figures(figures: Mapping[str, Any], own: Mapping[str, Any] | None = None) -> None:
    """An evaluation report: one line per label of each axis, then the totals.

    `own` are the figures in the model's card: of its training texts, each tagged by a model that
    had not read it.
    """
    for axis in ("agenda", "mode"):
        part = figures[axis]
        low, high = figures["intervals"][axis]
        interval = f"[{low:.3f}, {high:.3f}]"
        table = Table(
            title=f"{axis}: macro-F1 {part['macro_f1']:.3f} {interval}, n = {figures['n']}"
        )
        for heading in ("ป้าย (label)", "precision", "recall", "F1", "n"):
            table.add_column(heading, justify="left" if heading.startswith("ป") else "right")
        for label, row in part["per_label"].items():
            scores = (f"{row[name]:.3f}" for name in ("precision", "recall", "f1"))
            table.add_row(label, *scores, str(row["n"]))
        out.print(table)
        out.print(f"{axis} ที่รับได้ (defensible) {part['defensible']:.1%}")
    out.print(f"modes micro-F1 {figures['modes']['micro_f1']:.3f}")
    out.print(f"award_scaleup F1 {figures['award_scaleup']['f1']:.3f}")
    passed = figures["without_review"]
    right = "–" if passed["accuracy"] is None else f"{passed['accuracy']:.1%}"
    out.print(f"ผ่านโดยไม่ต้องตรวจ {passed['coverage']:.0%} ถูก {right} (not sent to review, right)")
    table = Table(title="ความครอบคลุมที่ความถูกต้องต่าง ๆ (coverage at accuracy)")
    table.add_column("ความถูกต้อง (accuracy)")
    table.add_column("ชุดนี้ (these texts)", justify="right")
    table.add_column("ตอนเทรน (held out in training)", justify="right")
    before = {point["target"]: point for point in (own or {}).get("coverage", ())}
    for point in figures["coverage"]:
        target = point["target"]
        known = f"{before[target]['coverage']:.0%}" if target in before else ""
        table.add_row(f"{target:.0%}", f"{point['coverage']:.0%}", known)
    out.print(table)


def show_examples(given: pd.DataFrame, used: pd.DataFrame, taxonomy: Taxonomy) -> None:
    """What a training learns from, what it leaves out and why, and which labels have no example."""
    machine = int((given["label_source"] == "machine").sum())
    kept = len(given) - len(used) - machine
    say(
        f"เทรนจาก {len(used)} ฉบับ กันไว้เทียบและทดสอบ {kept} ป้ายที่ยังไม่มีคนยืนยัน {machine} · "
        f"training on {len(used)}; {kept} kept for comparing and testing, {machine} with labels "
        "that nobody confirmed"
    )
    seen = {*used["agenda"], *used["mode"]}
    lacking = [code for code in (*taxonomy.agenda_codes, *taxonomy.mode_codes) if code not in seen]
    if lacking:
        names = ", ".join(lacking)
        say(
            f"คำเตือน: ไม่มีตัวอย่างของ {names} โมเดลจะไม่ตอบป้ายนี้ ให้เพิ่มตัวอย่าง · "
            f"warning: no examples of {names}; the model will never say so"
        )
    if (same := int(used["text"].duplicated().sum())) > 0:
        say(f"คำเตือน: มีข้อความซ้ำ {same} ฉบับ · warning: {same} texts stand here twice")


def show_scores(scores: Mapping[str, Any]) -> None:
    """How good a new model is: its training texts, tagged by models that had not read them."""
    passed = scores["without_review"]
    say(
        "วัดกับฉบับที่โมเดลไม่เคยอ่าน (held out): "
        f"agenda F1 {scores['agenda']['macro_f1']:.2f} · "
        f"mode F1 {scores['mode']['macro_f1']:.2f} · "
        f"ผ่านโดยไม่ต้องตรวจ {passed['coverage']:.0%} (not sent to review)"
    )


def show_models(
    entries: Sequence[Entry], current: str | None, built_in: Mapping[str, Any] | None
) -> None:
    """The built-in model and those of a workspace, with held-out scores; the one in use has a dot.

    `built_in` is the card of the built-in one, None before its first use.
    """
    table = Table()
    for heading in ("ใช้\nuse", "ชื่อ · วันที่เทรน\nname · day"):
        table.add_column(heading, no_wrap=True)
    for heading in ("ฉบับ\nn", "agenda\nF1", "mode\nF1", "ไม่ต้องตรวจ\nno review"):
        table.add_column(heading, justify="right", no_wrap=True)
    card = built_in or {}
    dot = "●" if current is None else ""
    table.add_row(dot, BUILT_IN, str(card.get("examples", "–")), *_figures(card))
    for entry in entries:
        dot = "●" if entry.current else ""
        table.add_row(dot, entry.name, str(entry.card.get("examples", "")), *_figures(entry.card))
    out.print(table)
    if built_in is None:
        say(
            "โมเดลมาตรฐานยังไม่มีตัวเลข จะเทรนเองเมื่อใช้ครั้งแรก · "
            "the built-in model has no figures yet: its first use trains it"
        )
    if current is None:
        none = "" if entries else "ยังไม่มีโมเดลในโฟลเดอร์งาน เทรนด้วย wara train · no models yet. "
        say(f"{none}ใช้โมเดลมาตรฐานอยู่ · the built-in model is in use")
    elif current not in {entry.name for entry in entries}:
        say(
            f"โมเดลที่ใช้อยู่ ({current}) หายไปหรือเสียหาย ให้คืนโฟลเดอร์นั้น หรือถอยด้วย wara models rollback · "
            "the model in use is gone or damaged: put it back, or roll back"
        )


def _figures(card: Mapping[str, Any]) -> tuple[str, str, str]:
    try:
        scores = card["scores"]["held_out"]
        return (
            f"{scores['agenda']['macro_f1']:.3f}",
            f"{scores['mode']['macro_f1']:.3f}",
            f"{scores['without_review']['coverage']:.0%}",
        )
    except (KeyError, TypeError, ValueError):  # made without scores, or changed by hand
        return ("–", "–", "–")


def show_comparison(name: str, before: str | None, found: Comparison | None) -> None:
    """What came of a challenge, and what the user can do next."""
    champion = before or BUILT_IN
    if found is None:
        say(
            f"ใช้โมเดล {name} แล้ว เป็นโมเดลแรกของโฟลเดอร์งาน · in use now, the first of this workspace"
        )
        return
    say(
        f"เทียบบน {found.n} ฉบับที่ทั้งสองโมเดลไม่เคยอ่าน: ของท่านเอง {found.own} จากคลังตัวอย่าง "
        f"{found.n - found.own} · compared on {found.n} texts that neither model has read: "
        f"{found.own} of your own, {found.n - found.own} of the corpus"
    )
    table = Table()
    table.add_column("F1")
    for heading in (champion, name, "ต่างกัน 95 % (difference)"):
        table.add_column(heading, justify="right")
    for change in found.labels:
        table.add_row(
            change.label,
            f"{change.champion:.3f}",
            f"{change.challenger:.3f}",
            f"[{change.low:+.3f}, {change.high:+.3f}]",
            style="red" if change.worse else "",
        )
    table.add_row(
        "macro",
        f"{found.champion:.3f}",
        f"{found.challenger:.3f}",
        f"[{found.low:+.3f}, {found.high:+.3f}]",
        style="bold",
    )
    out.print(table)
    if found.wins:
        say(f"ใช้โมเดล {name} แล้ว ถอยกลับได้ด้วย wara models rollback · in use now")
    elif found.worse:
        say(
            f"ยังใช้ {champion} ต่อ: โมเดลใหม่แย่ลงที่ {', '.join(found.worse)} "
            "ดูรายงาน เพิ่มตัวอย่างของป้ายนั้นแล้วเทรนใหม่ · not promoted: worse on these labels"
        )
    else:
        say(f"ยังใช้ {champion} ต่อ: โมเดลใหม่ไม่ได้คะแนนสูงกว่า · not promoted: its score is not higher")
