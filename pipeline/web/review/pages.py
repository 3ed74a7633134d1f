"""The review queue: filters, accepting many at once, undoing, and how far reviewers agree."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from pipeline.errors import UsageError
from pipeline.store import ConflictError, documents, standings
from pipeline.store.exchange import label_rows, layout
from pipeline.store.labels import agreement, deciding, undoing
from pipeline.store.labels.fields import KIND_NAMES
from pipeline.thai import PROVINCES
from pipeline.web.access import audit
from pipeline.web.frame.dates import today
from pipeline.web.frame.downloads import TableForm, table_file
from pipeline.web.frame.labels import label_names, taxonomy
from pipeline.web.frame.rendering import Message, redirect, render, url
from pipeline.web.frame.state import Signed, Working
from pipeline.web.review import opinions
from pipeline.web.review.counting import Counts, counts_of
from pipeline.web.review.filters import Filter, filter_of, parse
from pipeline.web.review.pace import pace_of
from pipeline.web.review.queue import PAGE, Queue, Row

router = APIRouter(include_in_schema=False)
LEAST, USUAL = 50, 90
"""Percent: the lowest threshold that may be asked for, and the one that is proposed."""
SHOWN = 10  # documents that a preview names
Percent = Annotated[int, Query(ge=LEAST, le=100)]
Text = Annotated[str, Form(max_length=4000)]


@router.get("/review", name="review.queue")
def page(
    request: Request,
    workspace: Working,
    person: Signed,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """The documents of a filter, the most uncertain first."""
    wanted = filter_of(request.query_params)
    standings.follow(workspace.store)
    with workspace.store.read() as session:
        line = Queue(session, person.name)
        rows = line.page(wanted, number)
        own = opinions.last_of(session, person)
        pace = pace_of(session, person.name, today())
    counts = counts_of(workspace.store, person.name, wanted, USUAL / 100)
    total = counts.total
    return render(
        request, "review.html", rows=rows, total=total, counts=counts, filter=wanted, page=number,
        pages=max(1, -(-total // PAGE)), first=(number - 1) * PAGE + 1,
        taxonomy=taxonomy(), kinds=KIND_NAMES, options=_options(counts), sure=counts.sure, own=own,
        names=label_names(), pace=pace,
    )  # fmt: skip


@router.get("/review/bulk", name="review.bulk")
def preview(
    request: Request, workspace: Working, person: Signed, least: Percent = USUAL
) -> Response:
    """What would be accepted at once: everything that is this sure and needs no person."""
    wanted = filter_of(request.query_params)
    standings.follow(workspace.store)
    with workspace.store.read() as session:
        line = Queue(session, person.name)
        found = line.sure(wanted, least / 100)
        steps = {step: line.number_sure(wanted, step / 100) for step in (70, 80, 90, 95, 99)}
        total = line.total(wanted)
        shown = line.named([sha256 for sha256, _ in found[:SHOWN]])
    return render(
        request, "review_bulk.html", filter=wanted, least=least, found=len(found), total=total,
        steps=steps, shown=shown, seen=_digest(found), lowest=LEAST, hidden=parse_qsl(wanted.query),
        names=label_names(),
    )  # fmt: skip


@router.post("/review/bulk", name="review.accept")
def accept(
    request: Request,
    workspace: Working,
    person: Signed,
    least: Annotated[int, Form(ge=LEAST, le=100)],
    seen: Text,
    back: Text = "",
) -> Response:
    """Accept exactly what the preview counted, in one step that is undone as one."""
    wanted = parse(back)
    standings.follow(workspace.store)
    with workspace.store.begin() as session:
        found = Queue(session, person.name).sure(wanted, least / 100)
        if not found or _digest(found) != seen:
            raise UsageError(
                "รายการเปลี่ยนไปหลังจากที่ท่านดูตัวอย่าง ยังไม่ได้ยืนยันอะไร เปิดหน้ายืนยันหลายฉบับใหม่แล้วดูจำนวนอีกครั้ง",
                "the list has changed since the preview and nothing was accepted: open the "
                "preview again and look at the number",
            )
        deciding.decide(
            session, [sha256 for sha256, _ in found], by=person.name, kind="accept",
            expected=dict(found),
        )  # fmt: skip
        details = {"documents": len(found), "least": least, "filter": wanted.query}
        audit.did(session, person, "review.accept", details=details)
    standings.follow(workspace.store)
    number = len(found)
    return redirect(
        request, f"{url(request, 'review.queue')}?{wanted.query}",
        Message(f"ยืนยันแล้ว {number:,} ฉบับในครั้งเดียว กด u เพื่อเลิกทำทั้งหมด",
                f"{number:,} documents were accepted in one step. Press u to undo them all."),
    )  # fmt: skip


@router.post("/review/undo", name="review.undo")
def undo(request: Request, workspace: Working, person: Signed, back: Text = "") -> Response:
    """Take back the last decision of this person, a group as one."""
    wanted = parse(back)
    here = f"{url(request, 'review.queue')}?{wanted.query}"
    with workspace.store.begin() as session:
        last = opinions.last_of(session, person)
        if last is None:
            nothing = Message("ไม่มีการตัดสินของท่านให้เลิกทำ", "You have decided nothing yet.", "problem")
            return redirect(request, here, nothing)
        if last.group is None:
            undoing.undo(session, last.id, by=person.name)
            target, told = last.sha256, Message("เลิกทำแล้ว", "Your last decision was taken back.")
        else:
            undone = undoing.undo_group(session, last.group, by=person.name)
            target, told = last.group, _told(len(undone.decisions), len(undone.kept))
        audit.did(session, person, "review.undo", target)
    if last.group is None:
        here = f"{url(request, 'document.page', sha256=last.sha256)}?{wanted.query}"
    return redirect(request, here, told)


def _told(undone: int, kept: int) -> Message:
    if not undone:
        raise ConflictError(
            "เลิกทำกลุ่มนี้ไม่ได้ เพราะมีผู้ตัดสินใหม่แล้วทุกฉบับ เปิดเอกสารแต่ละฉบับแล้วตัดสินอีกครั้ง",
            "this group cannot be undone, for all of it was decided anew: open the documents",
        )
    thai, english = f"เลิกทำแล้ว {undone:,} ฉบับ", f"{undone:,} documents were taken back"
    if kept:
        thai += f" อีก {kept:,} ฉบับมีผู้ตัดสินใหม่แล้วจึงคงไว้"
        english += f"; {kept:,} were decided anew since and stay"
    return Message(thai, f"{english}.")


@router.get("/review/export/{form}", name="review.export")
def export(request: Request, workspace: Working, person: Signed, form: TableForm) -> Response:
    """The documents of a filter with their labels, as `wara export` writes them.

    What a person owes a second opinion on is left out: the sheet would show them the first.
    """
    wanted = filter_of(request.query_params)
    standings.follow(workspace.store)
    with workspace.store.read() as session:
        rows = label_rows(session, among=Queue(session, person.name).shown(wanted))
    with workspace.store.begin() as session:
        details = {"documents": len(rows), "filter": wanted.query}
        audit.did(session, person, "review.export", form, details)
    return table_file(rows, layout(taxonomy()), form, name="ผลการตรวจ", plain_name="review")


@router.get("/review/agreement", name="review.agreement")
def agreed(request: Request, workspace: Working, person: Signed) -> Response:
    """Cohen's kappa for each axis, and what reviewers disagree on."""
    standings.follow(workspace.store)
    with workspace.store.read() as session:
        found = agreement.agreement(agreement.pairs(session))
        disputed = list(dict.fromkeys(pair.sha256 for axis in found for pair in axis.disagreed))
        stored = {sha256: documents.get_document(session, sha256) for sha256 in disputed}
        line = Queue(session, person.name)
        open_ones = {row.sha256 for row in _all(line, Filter(status="disagreed"))}
        asked = line.total(Filter(status="asked"))
    return render(
        request, "review_agreement.html", found=found, stored=stored, open=open_ones, asked=asked,
        names=label_names(),
        axes={"agenda": ("ประเด็น", "Agenda"), "mode": ("รูปแบบหลัก", "Primary mode"),
              "award_scaleup": ("ต่อยอดรางวัล", "Award scale-up")},
        disputed=Filter(status="disagreed"), asking=Filter(status="asked"),
    )  # fmt: skip


def _options(counts: Counts) -> dict[str, list[tuple[str, str]]]:
    """The values that each choice of the filter offers, with their names."""
    agendas, modes = taxonomy().agendas, taxonomy().modes
    return {
        "kind": list(KIND_NAMES.items()),
        "agenda": [(label.code, label.short_th) for label in agendas],
        "mode": [(label.code, label.short_th) for label in modes],
        "province": [(name, name) for name in PROVINCES],
        "round": [(name, name) for name in sorted(counts.round)],
    }


def _all(line: Queue, wanted: Filter) -> list[Row]:
    pages = -(-line.total(wanted) // PAGE)
    return [row for number in range(1, pages + 1) for row in line.page(wanted, number)]


def _digest(found: Sequence[tuple[str, int]]) -> str:
    """What a preview showed, so that the step does the same or nothing."""
    return hashlib.sha256(repr(sorted(found)).encode()).hexdigest()
