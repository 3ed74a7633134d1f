"""Documents, their text and passages, their labels, and decisions on them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query

from pipeline.errors import UsageError
from pipeline.store import ConflictError, documents, labels, standings
from pipeline.store.documents import clusters
from pipeline.store.labels import deciding, undoing
from pipeline.store.standings import listing
from pipeline.web.api import values as v
from pipeline.web.api.dates import Day
from pipeline.web.api.labels import checked_after
from pipeline.web.api.router import Limit, Number, Offset, Sha, api_router
from pipeline.web.frame.state import Signed, Working

router = api_router("documents")
Word = Annotated[str | None, Query(min_length=1, max_length=200)]


@router.get(
    "/documents", name="api.documents", summary="รายการเอกสาร · list documents",
    response_model=v.Page[v.Listed],
)  # fmt: skip
def list_documents(
    workspace: Working,
    kind: v.Kind | None = None,
    province: Word = None,
    agenda: Word = None,
    mode: Word = None,
    status: Annotated[str | None, Query(pattern="^(decided|waiting|none)$")] = None,
    late: bool | None = None,
    damaged: bool | None = None,
    fiscal_year: Annotated[int | None, Query(ge=2400, le=2700)] = None,
    round: Word = None,
    since: Day = None,
    until: Day = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> dict[str, Any]:
    """เรียงตามลำดับที่เข้ามา กรองด้วยป้ายปัจจุบัน · in the order they came, by labels as they stand."""
    wanted = listing.Criteria(
        kind, province, agenda, mode, status, late, damaged, fiscal_year, round, since, until
    )
    standings.follow(workspace.store)
    with workspace.store.read() as session:
        items, total = listing.matching(session, wanted, limit=limit, offset=offset)
    return {"total": total, "limit": limit, "offset": offset, "items": items}


@router.get(
    "/documents/{sha256}", name="api.document", summary="เอกสารหนึ่งฉบับ · one document",
    response_model=v.Details,
)  # fmt: skip
def get_document(workspace: Working, sha256: Sha) -> dict[str, Any]:
    """ข้อมูล ครั้งที่ได้รับ และแถวผลของโมเดล · what is known, its arrivals, and the model's row."""
    with workspace.store.read() as session:
        found = documents.get_document(session, sha256)
        arrivals = documents.arrivals_of(session, [sha256]).get(sha256, [])
        said = documents.predictions_of(session, sha256)
        same = clusters.members(session, sha256) if found.cluster is not None else ()
    names = v.Details.model_fields.keys() - {"arrivals", "record", "duplicates"}
    return {name: getattr(found, name) for name in names} | {
        "arrivals": arrivals,
        "record": said[-1].record if said else None,
        "duplicates": [other for other in same if other != sha256],
    }


@router.get(
    "/documents/{sha256}/text", name="api.text", summary="ข้อความ · the text", response_model=v.Text
)
def get_text(workspace: Working, sha256: Sha) -> dict[str, Any]:
    """ข้อความที่ซ่อมแล้วทั้งฉบับและรายหน้า · the repaired text, whole and by pages."""
    with workspace.store.read() as session:
        document = documents.get_content(session, sha256)
    pages, start = [], 0
    for page in document.pages:
        pages.append(
            {"number": page.number, "text": page.text, "start": start, "method": page.method}
        )
        start += len(page.text) + 1
    return {"sha256": sha256, "text": document.text, "pages": pages}


@router.get(
    "/documents/{sha256}/passages", name="api.passages", summary="ตอนของเอกสาร · passages",
    response_model=v.Page[v.Part],
)  # fmt: skip
def get_passages(
    workspace: Working, sha256: Sha, limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """ตอนที่ค้นหาได้ ตามลำดับ · the stretches that are searched, in order."""
    with workspace.store.read() as session:
        found = labels.as_decided(session, documents.passages_of(session, sha256))
    return _page(found, limit, offset)


@router.get(
    "/documents/{sha256}/labels", name="api.labels", summary="ป้ายปัจจุบัน · labels as they stand",
    response_model=v.Labels,
)  # fmt: skip
def get_labels(workspace: Working, sha256: Sha) -> Any:
    """ส่ง last กลับเป็น expected เมื่อตัดสิน · send `last` back as `expected` with a decision."""
    with workspace.store.read() as session:
        return labels.labels_of(session, [sha256])[sha256]


@router.get(
    "/documents/{sha256}/decisions", name="api.decisions", summary="ประวัติการตัดสิน · decisions",
    response_model=v.Page[v.Made],
)  # fmt: skip
def get_decisions(
    workspace: Working, sha256: Sha, limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """ทุกการตัดสิน เก่าสุดก่อน · every decision, the oldest first."""
    with workspace.store.read() as session:
        documents.get_document(session, sha256)
        made = labels.history_of(session, [sha256])[sha256]
    return _page(made, limit, offset)


@router.post(
    "/documents/{sha256}/decisions", name="api.decide", summary="ตัดสิน · decide",
    response_model=v.Made, status_code=201,
)  # fmt: skip
def decide(workspace: Working, person: Signed, sha256: Sha, body: v.Deciding) -> Any:
    """409 ถ้ามีคนตัดสินไปก่อน ไม่มีอะไรเปลี่ยน · 409 where somebody decided since."""
    after = checked_after(body.kind, body.after.model_dump(exclude_unset=True), body.note)
    with workspace.store.begin() as session:
        standing = labels.labels_of(session, [sha256])[sha256]
        if body.expected and not standing.last:
            raise ConflictError(
                f"เอกสารนี้ยังไม่มีการตัดสิน {body.expected} อ่านป้ายใหม่แล้วตัดสินอีกครั้ง",
                f"there was no decision {body.expected} on this document: read its labels again",
            )
        if body.kind == "accept":
            _check_acceptable({**standing.values, **after})
        [made] = deciding.decide(
            session,
            [sha256],
            after,
            by=person.name,
            kind=body.kind,
            note=body.note,
            seconds=body.seconds,
            expected={sha256: body.expected},
        )
    return made


@router.post(
    "/decisions/{decision}/undo", name="api.undo", summary="เลิกทำ · undo",
    response_model=v.Made, status_code=201,
)  # fmt: skip
def undo(workspace: Working, person: Signed, decision: Number) -> Any:
    """เลิกทำการตัดสินหนึ่งครั้งด้วยการตัดสินใหม่ · take back one decision by another one."""
    with workspace.store.begin() as session:
        return undoing.undo(session, decision, by=person.name)


def _check_acceptable(values: Any) -> None:
    if not values["agenda"] or not values["modes"]:
        raise UsageError(
            "เอกสารนี้ยังไม่มีป้ายให้ยืนยัน ให้ตั้งป้ายด้วย kind label",
            "there are no labels to accept: set some with the kind label",
        )


def _page(items: Any, limit: int, offset: int) -> dict[str, Any]:
    shown = items[offset : offset + limit]
    return {"total": len(items), "limit": limit, "offset": offset, "items": shown}
