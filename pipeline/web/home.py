"""The first page: what there is, and where to go on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.store.documents import counts_by_kind
from pipeline.store.labels.fields import KIND_NAMES
from pipeline.web.frame.rendering import render
from pipeline.web.frame.state import Working

router = APIRouter(include_in_schema=False)
AREAS = {
    "review.queue": ("ตรวจป้ายที่โมเดลไม่แน่ใจก่อน", "decide on what the model is least sure of"),
    "upload.page": ("ลากไฟล์หรือ ZIP มาวาง", "drop files or a ZIP here"),
    "search.page": ("ค้นในรายงานและข้อเสนอ", "search minutes and proposals"),
    "minutes.list": ("อ่านรายงานตามวาระ", "read minutes by their items"),
    "dashboard.page": ("จังหวัดใดส่งแล้ว ช้า หรือยังไม่ส่ง", "who has submitted, who is late"),
    "models.page": ("คุณภาพของโมเดล และเทรนใหม่", "quality of the model, and retraining"),
    "people.page": ("เพิ่มผู้ใช้ เปลี่ยนบทบาท", "add users, change roles"),
    "audit.page": ("ใครทำอะไร เมื่อไร", "who did what, and when"),
}


@router.get("/", name="home")
def home(request: Request, workspace: Working) -> Response:
    """How many documents there are of each kind, and the areas that one may enter."""
    with workspace.store.read() as session:
        counts = counts_by_kind(session)
    shown = [(KIND_NAMES[kind], kind, counts[kind]) for kind in KIND_NAMES if kind in counts]
    return render(request, "home.html", counts=shown, areas=AREAS)
