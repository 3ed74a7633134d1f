"""What a person sees of models: scores, the list of a workspace, champion and challenger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table

from pipeline.terminal import out, say

if TYPE_CHECKING:
    from classifiers.promotion import Comparison
    from classifiers.registry import Entry


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


def show_models(entries: Sequence[Entry]) -> None:
    """The models of a workspace with their scores; the one in use has a dot."""
    if not entries:
        say(
            "ยังไม่มีโมเดลในโฟลเดอร์งาน ใช้โมเดลมาตรฐานอยู่ เทรนด้วย wara train · "
            "no models yet: the built-in one is in use"
        )
        return
    table = Table()
    for heading in ("ใช้อยู่\nin use", "ชื่อ\nname", "เทรนเมื่อ\ntrained", "ตัวอย่าง\nexamples"):
        table.add_column(heading, no_wrap=True)
    for heading in ("agenda F1", "mode F1", "ผ่านไม่ต้องตรวจ\nnot reviewed"):
        table.add_column(heading, justify="right")
    for entry in entries:
        scores = entry.card.get("scores", {}).get("held_out")
        cells = (
            (
                f"{scores['agenda']['macro_f1']:.3f}",
                f"{scores['mode']['macro_f1']:.3f}",
                f"{scores['without_review']['coverage']:.0%}",
            )
            if scores
            else ("", "", "")
        )
        table.add_row(
            "●" if entry.current else "",
            entry.name,
            str(entry.card.get("created", ""))[:16].replace("T", " "),
            str(entry.card.get("examples", "")),
            *cells,
        )
    out.print(table)
    if not any(entry.current for entry in entries):
        say("ใช้โมเดลมาตรฐานอยู่ · the built-in model is in use")


def show_comparison(name: str, before: str | None, found: Comparison | None) -> None:
    """What came of a challenge, and what the user can do next."""
    champion = before or "โมเดลมาตรฐาน (built in)"
    if found is None:
        say(
            f"ใช้โมเดล {name} แล้ว เป็นโมเดลแรกของโฟลเดอร์งาน · in use now, the first of this workspace"
        )
        return
    table = Table(title=f"เทียบบน {found.n} ฉบับที่ทั้งสองโมเดลไม่เคยอ่าน (compared on unread texts)")
    table.add_column("F1")
    for heading in (champion, name, "ต่างกัน 95 % (difference)"):
        table.add_column(heading, justify="right")
    for change in found.labels:
        table.add_row(
            f"{change.axis} {change.label}",
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
