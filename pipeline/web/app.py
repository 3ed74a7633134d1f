"""The application: its routers, one line each, and what stands around them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route

from pipeline.errors import WaraError
from pipeline.settings import Settings
from pipeline.web import health, home
from pipeline.web.access.keys import secret_key
from pipeline.web.access.permissions import PERMISSIONS
from pipeline.web.accounts import account, audit, login, people
from pipeline.web.api import routes as api
from pipeline.web.dashboard import pages as dashboard
from pipeline.web.documents import deciding, deleting
from pipeline.web.documents import pages as document
from pipeline.web.frame.forgery import form_checked
from pipeline.web.frame.guards import Guard
from pipeline.web.frame.problems import answer, problem_of
from pipeline.web.frame.rendering import STATIC
from pipeline.web.frame.state import Link, Serving, Web
from pipeline.web.minutes import pages as minutes
from pipeline.web.models import pages as models
from pipeline.web.review import pages as review
from pipeline.web.search import pages as search
from pipeline.web.uploads import pages as upload
from pipeline.workspace import Workspace

BODY_LIMIT = 1 << 20
"""Bytes of a request's body; a route that takes more says so: `@router.post(max_body_size=…)`."""

schema = APIRouter(include_in_schema=False)


@schema.get("/api/openapi.json", name="api.openapi")
def openapi(request: Request) -> dict[str, Any]:
    """What the API takes and gives."""
    app: FastAPI = request.app
    return app.openapi()


ROUTERS: tuple[APIRouter, ...] = (
    schema,
    health.router,
    home.router,
    login.router,
    account.router,
    people.router,
    audit.router,
    review.router,
    document.router,
    deciding.router,
    deleting.router,
    search.router,
    minutes.router,
    dashboard.router,
    upload.router,
    models.router,
    *api.ROUTERS,
)


def together(routers: Iterable[APIRouter]) -> APIRouter:
    """All routers as one, behind what holds for every route."""
    whole = APIRouter(dependencies=[Depends(form_checked)], max_body_size=BODY_LIMIT)
    for router in routers:
        whole.include_router(router)
    return whole


# Included in each app, its routes would be worked out anew for each: a tenth of a second.
WHOLE = together(ROUTERS)


def create_app(settings: Settings, serving: Serving | None = None) -> FastAPI:
    """The workplace on a workspace, which is opened, and made if need be.

    Raises StoreError and OutputError where the workspace cannot be used.
    """
    key, workspace = secret_key(settings), Workspace.open(settings)
    static = Mount("/static", StaticFiles(directory=STATIC), name="static")
    routes: list[BaseRoute] = [static, *_routes()]
    app = FastAPI(
        title=api.TITLE,
        description=api.DESCRIPTION,
        openapi_tags=api.TAGS,
        openapi_url=None,  # `api.openapi` serves it, to those who are logged in
        docs_url=None,
        redoc_url=None,
        middleware=[Middleware(Guard, routes=routes)],
        exception_handlers=dict.fromkeys((WaraError, HTTPException, RequestValidationError), _told),
        lifespan=_open,
        max_body_size=BODY_LIMIT,
    )
    app.state.web = Web(workspace, key, serving or Serving(), Link())
    app.state.route_names = checked_names(routes)
    app.state.paths = {
        route.name: route.path_format for route in routes if isinstance(route, Route)
    }
    app.router.routes += [static, *WHOLE.routes]
    return app


def checked_names(routes: Iterable[BaseRoute]) -> frozenset[str]:
    """The names of all routes. Raises ValueError for one that has no line in `PERMISSIONS`."""
    names = [str(getattr(route, "name", "")) for route in routes]
    missing = sorted(set(names) - set(PERMISSIONS))
    if missing:
        raise ValueError(f"routes without a line in permissions.PERMISSIONS: {missing}")
    return frozenset(names)


def _routes() -> list[BaseRoute]:
    return [route for router in ROUTERS for route in router.routes]


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncIterator[None]:
    # Its routes alone are the app's: what a router does as long as the server runs is begun here.
    async with WHOLE.lifespan_context(app):
        yield
    app.state.web.workspace.close()


async def _told(request: Request, error: Exception) -> Response:
    """Tell of an error as `problems` says; for those that a route raises on purpose."""
    return answer(request, problem_of(error))
