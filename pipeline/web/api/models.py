"""Models for programs: their cards, training, promotion and going back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path

from pipeline.web.api import values as v
from pipeline.web.api.router import Limit, Offset, api_router
from pipeline.web.frame.state import Signed, Working
from pipeline.web.models import cards as model_cards

router = api_router("models")
Name = Annotated[str, Path(min_length=1, max_length=200)]


@router.get(
    "/models", name="api.models", summary="โมเดลทั้งหมด · models", response_model=v.Page[v.ModelValue]
)
def list_models(workspace: Working, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """โมเดลที่ใช้อยู่ก่อน · the one in use first."""
    found = [_model(model) for model in model_cards.shown_models(workspace.settings)]
    shown = found[offset : offset + limit]
    return {"total": len(found), "limit": limit, "offset": offset, "items": shown}


@router.get(
    "/models/{name}", name="api.model", summary="โมเดลหนึ่งตัว · a model", response_model=v.ModelValue
)
def get_model(workspace: Working, name: Name) -> Any:
    """บัตรของโมเดล: ทำจากอะไร ดีแค่ไหน · its card: what it was made from, how good it is."""
    return _model(model_cards.shown_model(workspace.settings, name))


@router.post(
    "/models/train", name="api.train", summary="เทรนใหม่ · retrain",
    response_model=v.JobValue, status_code=202,
)  # fmt: skip
def train(workspace: Working, person: Signed) -> Any:
    """เทรนเบื้องหลัง ใช้จริงถ้าดีกว่า · in the background; put into use if it is better."""
    with workspace.store.begin() as session:
        return model_cards.start_training(session, person)


@router.post(
    "/models/rollback", name="api.rollback", summary="ถอยกลับ · roll back",
    response_model=v.RolledBack,
)  # fmt: skip
def roll_back(workspace: Working, person: Signed) -> dict[str, str]:
    """กลับไปใช้โมเดลก่อนหน้า · go back to the model used before."""
    with workspace.store.begin() as session:
        name = model_cards.roll_back(session, workspace.settings, person)
    return {"model": name or model_cards.BUILT_IN}


@router.post(
    "/models/{name}/promote", name="api.promote", summary="เทียบแล้วใช้ถ้าดีกว่า · promote if better",
    response_model=v.JobValue, status_code=202,
)  # fmt: skip
def promote(workspace: Working, person: Signed, name: Name) -> Any:
    """เทียบกับโมเดลที่ใช้อยู่เบื้องหลัง · compare with the model in use, in the background."""
    with workspace.store.begin() as session:
        return model_cards.start_promotion(session, workspace.settings, person, name)


def _model(model: model_cards.Shown) -> dict[str, Any]:
    card = model_cards.public_card(model.card)
    return {"name": model.name, "current": model.current, "card": card}
