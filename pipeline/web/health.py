"""Whether the server is up, for the programs that watch it: without logging in."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from fastapi import APIRouter

from pipeline.store.documents import last_change
from pipeline.web.frame.state import Working

router = APIRouter(include_in_schema=False)


@router.get("/health", name="health.up")
def health() -> dict[str, str]:
    """The server answers; nothing else is looked at."""
    return {"status": "ok", "version": _version()}


@router.get("/ready", name="health.ready")
def ready(workspace: Working) -> dict[str, str]:
    """The database answers too. Raises StoreError, which is told as 503, where it does not."""
    with workspace.store.read() as session:
        last_change(session)
    return {"status": "ok", "version": _version()}


@cache
def _version() -> str:
    return version("wara")
