"""Submissions built by hand: the smallest that show what a test is about."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from pipeline.documents import Document, Page, Passage, Proposal, Tagging
from pipeline.records import Record
from pipeline.store import Submission

TEXT = "เรื่อง จองคิวทำบัตรประชาชน\nจังหวัดตรัง\nลดเวลารอคอยของผู้รับบริการจากสามชั่วโมงเหลือสามสิบนาที"
TAGGING = Tagging(
    "service", {"service": 0.9, "poverty": 0.1}, "digital", ("digital", "open"),
    {"digital": 0.8, "open": 0.2}, False, 0.1, False, (), (),
)  # fmt: skip


def submission(
    text: str = TEXT,
    *,
    file: str = "ตรัง.txt",
    province: str | None = "ตรัง",
    passages: int = 2,
    kind: Any = "proposal",
    data: bytes | None = None,
    model: str = "m1",
    **more: Any,
) -> Submission:
    """A proposal as one page of `text`, tagged service and digital, cut into `passages`."""
    data = text.encode("utf-8", "surrogatepass") if data is None else data
    sha256 = hashlib.sha256(data).hexdigest()
    document = Document(file, sha256, "text/plain", kind, (Page(1, text, text, "text"),))
    proposal = Proposal(
        text, "จองคิวทำบัตร", province, dt.date(2021, 12, 3), 2565, {}, (), ("ราชการ",), 9e4, None
    )
    step = max(1, len(text) // passages)
    cuts = [(n * step, (n + 1) * step) for n in range(passages)]
    cut = [
        Passage(f"{sha256}:{start}", text[start:end], document=sha256, start=start, end=end)
        for start, end in cuts
    ]
    record = Record(
        file, sha256, kind, "จองคิวทำบัตร", province, dt.date(2021, 12, 3), 2565, None,
        "service", 0.9, "digital", 0.8, ("open",), False, networks=("ราชการ",), model=model,
    )  # fmt: skip
    return Submission(document, data, proposal, tuple(cut), record, TAGGING, **more)
