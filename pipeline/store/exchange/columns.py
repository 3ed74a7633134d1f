"""The columns of `wara export`: those of `wara classify`, then where the labels come from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpora import Label, Taxonomy
from pipeline.export import LAYOUT
from pipeline.records import Record
from pipeline.store.labels.fields import KIND_NAMES
from pipeline.tables import Column, Layout

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
    flags = ((YES, "yes"), (NO, "no"))
    choices = {
        "kind": tuple(KIND_NAMES.items()),
        "agenda": _choices(taxonomy.agendas),
        "mode": _choices(taxonomy.modes),
        "award_scaleup": (("TRUE", YES), ("FALSE", NO)),
    }
    read = (replace(c, choices=choices.get(c.code, ())) for c in LAYOUT.columns)
    return Layout((*read, *_provenance(flags)))


def _provenance(flags: tuple[tuple[str, str], ...]) -> tuple[Column, ...]:
    return (
        Column("label_source", "ที่มาของป้าย", 12),
        Column("reviewed", "ตรวจแล้ว", 10, choices=flags[:1]),
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


def _choices(labels: Sequence[Label]) -> tuple[tuple[str, str], ...]:
    return tuple((label.code, f"{label.short_th} · {label.name_en}") for label in labels)
