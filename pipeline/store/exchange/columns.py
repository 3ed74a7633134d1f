"""The columns of `wara export`: those of `wara classify`, then where the labels come from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpora import Label, Taxonomy
from pipeline.export import LAYOUT
from pipeline.glossary import terms
from pipeline.records import Record
from pipeline.store.labels.fields import KIND_NAMES
from pipeline.tables import Column, Layout, Term

YES, NO = "ใช่", "ไม่"


@dataclass(frozen=True, slots=True)
class LabelRow(Record):
    """A row of `wara export`: the labels as they stand, then where they come from.

    `label_source` is `human`, `import` or `machine`; `previous` says what the last decision
    changed. `reviewed` is ใช่ where a person decided; written into a sheet it confirms the row.
    `exported` holds the values as they were exported, for `wara import` to compare with.
    """

    label_source: str = "machine"
    reviewed: str | None = None
    note: str | None = None
    decided_by: str | None = None
    decided_at: dt.datetime | None = None
    previous: tuple[str, ...] = ()
    machine_agenda: str | None = None
    machine_modes: tuple[str, ...] = ()
    round: str | None = None
    received_at: dt.datetime | None = None
    round_status: str | None = None
    arrivals: int = 1
    cluster: int | None = None
    exported: str | None = None


def layout(taxonomy: Taxonomy) -> Layout:
    """The columns, with the labels of `taxonomy` to choose from in Excel."""
    choices = {
        "kind": tuple(KIND_NAMES.items()),
        "agenda": _choices(taxonomy.agendas),
        "mode": _choices(taxonomy.modes),
        "award_scaleup": (("TRUE", YES), ("FALSE", NO)),
    }
    read = (replace(c, choices=choices.get(c.code, ())) for c in LAYOUT.columns)
    own = (
        replace(
            c, meaning=_MEANINGS[c.code], choices=((YES, "yes"),) if c.code == "reviewed" else ()
        )
        for c in _PROVENANCE
    )
    return Layout((*read, *own), terms=(*terms(taxonomy), *_TERMS))


_PROVENANCE = (
    Column("label_source", "ที่มาของป้าย", 12),
    Column("reviewed", "ตรวจแล้ว", 10),
    Column("note", "หมายเหตุ", 30),
    Column("decided_by", "ผู้ตัดสิน", 16),
    Column("decided_at", "ตัดสินเมื่อ", 18, "moment"),
    Column("previous", "ป้ายเดิม", 24, "list"),
    Column("machine_agenda", "ประเด็นจากโมเดล", 14),
    Column("machine_modes", "รูปแบบจากโมเดล", 18, "list"),
    Column("round", "รอบ", 12),
    Column("received_at", "ได้รับเมื่อ", 18, "moment"),
    Column("round_status", "สถานะในรอบ", 12),
    Column("arrivals", "จำนวนครั้งที่ได้รับ", 10, "whole"),
    Column("cluster", "กลุ่มฉบับซ้ำ", 10, "whole"),
    Column("exported", "ค่าเมื่อส่งออก", 12, wrapped=False, hidden=True),
)
_MEANINGS = {
    "label_source": ("ป้ายในแถวนี้มาจากใคร", "Where the labels of the row come from."),
    "reviewed": (
        "เขียน ใช่ แล้วนำกลับด้วย wara import เพื่อยืนยันป้ายทั้งแถว",
        "ใช่ where a person decided; written into the sheet, wara import confirms the row.",
    ),
    "note": ("หมายเหตุของผู้ตัดสิน แก้ได้", "The note of who decided; may be edited."),
    "decided_by": ("ผู้ตัดสินครั้งล่าสุด", "Who decided last."),
    "decided_at": ("ตัดสินเมื่อใด เวลาไทย", "When, in Thai time."),
    "previous": ("ค่าที่การตัดสินครั้งล่าสุดเปลี่ยนไป", "What the last decision changed, as it was before."),
    "machine_agenda": ("ประเด็นที่โมเดลให้ไว้", "The agenda as the model has it."),
    "machine_modes": (
        "รูปแบบที่โมเดลให้ไว้ รูปแบบหลักก่อน",
        "The modes as the model has them, primary first.",
    ),
    "round": ("รอบการส่งข้อเสนอ", "The round of submissions."),
    "received_at": ("ได้รับไฟล์เมื่อใด เวลาไทย", "When the file came in, in Thai time."),
    "round_status": ("ส่งทันกำหนดของรอบหรือไม่", "Whether it came by the round's deadline."),
    "arrivals": ("ไฟล์เดียวกันส่งเข้ามากี่ครั้ง", "How often the same file came in."),
    "cluster": (
        "ฉบับที่มีเลขเดียวกันมีเนื้อหาเกือบเหมือนกัน",
        "Documents with the same number are near-duplicates.",
    ),
    "exported": (
        "ค่าเมื่อส่งออก ใช้ตรวจว่าแก้อะไรไป ห้ามแก้",
        "The values as exported, for wara import to compare with: leave it alone.",
    ),
}
_TERMS = (
    Term("label_source", "human", "คนตัดสินในระบบ", "A person decided."),
    Term("label_source", "import", "นำเข้าจากไฟล์ป้าย", "Imported from a sheet of labels."),
    Term("label_source", "machine", "โมเดล ยังไม่มีคนยืนยัน", "The model's; nobody has confirmed it."),
    Term("round_status", "on_time", "ส่งทัน", "On time."),
    Term("round_status", "late", "ส่งช้า", "Late."),
)


def _choices(labels: Sequence[Label]) -> tuple[tuple[str, str], ...]:
    return tuple((label.code, f"{label.short_th} · {label.name_en}") for label in labels)
