"""Who may do what: one table, asked by `frame.guards` before a route sees anything of a request.

A route is known by its name, `area.action`. A route that does not stand here keeps the server from
starting. Navigation, buttons and the tests read the same table.
"""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal["reviewer", "analyst", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_NAMES: dict[Role, tuple[str, str]] = {
    "reviewer": ("ผู้ตรวจ", "reviewer"),
    "analyst": ("นักวิเคราะห์", "analyst"),
    "admin": ("ผู้ดูแล", "administrator"),
}

EVERYONE: frozenset[Role] | None = None  # without logging in
SIGNED_IN = frozenset(ROLES)
ADMIN: frozenset[Role] = frozenset({"admin"})
REVIEWERS: frozenset[Role] = frozenset({"reviewer", "admin"})
ANALYSTS: frozenset[Role] = frozenset({"analyst", "admin"})

PERMISSIONS: dict[str, frozenset[Role] | None] = {
    "static": EVERYONE,
    "health.up": EVERYONE,
    "health.ready": EVERYONE,
    "login.form": EVERYONE,
    "login.enter": EVERYONE,
    "login.link": EVERYONE,
    "login.leave": SIGNED_IN,
    "home": SIGNED_IN,
    "account.page": SIGNED_IN,
    "account.password": SIGNED_IN,
    "account.token": SIGNED_IN,
    "account.revoke": SIGNED_IN,
    "people.page": ADMIN,
    "people.add": ADMIN,
    "people.role": ADMIN,
    "people.disable": ADMIN,
    "people.enable": ADMIN,
    "people.password": ADMIN,
    "audit.page": ADMIN,
    "api.openapi": SIGNED_IN,
    "review.queue": REVIEWERS,
    "review.bulk": REVIEWERS,
    "review.accept": REVIEWERS,
    "review.undo": REVIEWERS,
    "review.agreement": REVIEWERS,
    "review.export": REVIEWERS,
    "document.page": SIGNED_IN,
    "document.image": SIGNED_IN,
    "document.original": SIGNED_IN,
    "document.decide": REVIEWERS,
    "document.ask": REVIEWERS,
    "document.undo": REVIEWERS,
    "document.correct": REVIEWERS,
    "document.entities": SIGNED_IN,
    "document.deletion": ADMIN,
    "document.delete": ADMIN,
    "search.page": SIGNED_IN,
    "search.similar": SIGNED_IN,
    "search.export": ANALYSTS,
    "minutes.list": SIGNED_IN,
    "minutes.page": SIGNED_IN,
    "dashboard.page": ANALYSTS,
    "upload.page": REVIEWERS,
    "upload.send": REVIEWERS,
    "upload.job": REVIEWERS,
    "upload.state": REVIEWERS,
    "upload.retry": REVIEWERS,
    "models.page": SIGNED_IN,
    "models.card": SIGNED_IN,
    "models.report": SIGNED_IN,
    "models.state": SIGNED_IN,
    "models.train": ADMIN,
    "models.promote": ADMIN,
    "models.rollback": ADMIN,
    "api.documents": SIGNED_IN,
    "api.document": SIGNED_IN,
    "api.text": SIGNED_IN,
    "api.passages": SIGNED_IN,
    "api.labels": SIGNED_IN,
    "api.decisions": SIGNED_IN,
    "api.decide": REVIEWERS,
    "api.undo": REVIEWERS,
    "api.search": SIGNED_IN,
    "api.rounds": SIGNED_IN,
    "api.round": SIGNED_IN,
    "api.upload": REVIEWERS,
    "api.jobs": SIGNED_IN,
    "api.job": SIGNED_IN,
    "api.job_files": SIGNED_IN,
    "api.retry": REVIEWERS,
    "api.models": SIGNED_IN,
    "api.model": SIGNED_IN,
    "api.train": ADMIN,
    "api.rollback": ADMIN,
    "api.promote": ADMIN,
}


def allowed(name: str, role: Role | None) -> bool:
    """Whether somebody of that role, None for nobody known, may use the route."""
    roles = PERMISSIONS[name]
    return roles is None or role in roles
