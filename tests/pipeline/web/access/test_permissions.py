"""Every route, tried by everybody: nobody known, and each role."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from starlette.routing import Route

from pipeline.web.access.permissions import EVERYONE, PERMISSIONS, ROLES, allowed
from pipeline.web.app import ROUTERS, checked_names
from tests.pipeline.web.conftest import Enter

JSON = {"Accept": "application/json"}
ROUTES = [
    (route.name, method, re.sub(r"\{[^}]*\}", "1", route.path))
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, Route)
    for method in sorted(route.methods or ())
]
CLOSED = [route for route in ROUTES if PERMISSIONS[route[0]] is not EVERYONE]


def code(answer: Response) -> str:
    """What the server says is wrong; empty where it let the request through."""
    if answer.headers.get("content-type") != "application/json" or answer.status_code < 400:
        return ""
    return str(answer.json()["error"]["code"])


def test_the_table_has_every_route_and_no_other(app: FastAPI) -> None:
    assert app.state.route_names == set(PERMISSIONS)
    served = {
        route.name for router in ROUTERS for route in router.routes if isinstance(route, Route)
    }
    assert served | {"static"} == app.state.route_names


def test_a_route_without_a_line_keeps_the_server_from_starting() -> None:
    with pytest.raises(ValueError, match=r"secret\.page"):
        checked_names([Route("/secret", lambda _: None, name="secret.page")])


@pytest.mark.parametrize(("name", "method", "path"), CLOSED)
def test_nobody_known_gets_into_a_closed_route(
    browser: TestClient, name: str, method: str, path: str
) -> None:
    answer = browser.request(method, path, headers=JSON)
    assert (answer.status_code, code(answer)) == (401, "not_signed_in"), name


@pytest.mark.parametrize(("name", "method", "path"), CLOSED)
def test_a_person_is_sent_to_the_login_and_back(
    browser: TestClient, name: str, method: str, path: str
) -> None:
    answer = browser.request(method, path, headers={"Accept": "text/html"})
    if method == "GET" and not path.startswith("/api/"):
        assert answer.status_code == 303, name
        assert answer.headers["location"] == f"/login?next={path}"
    else:
        assert answer.status_code == 401, name


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_where_the_table_says_and_nowhere_else(enter: Enter, role: str) -> None:
    person = enter(role)
    for name, method, path in CLOSED:
        answer = person.request(method, path, headers=JSON)
        if not allowed(name, role):  # type: ignore[arg-type]
            assert (answer.status_code, code(answer)) == (403, "forbidden"), (name, method)
        elif method == "GET":
            assert code(answer) not in ("forbidden", "not_signed_in"), (name, method)
        else:  # let in, but not without the page's token: nothing is done in this test
            assert (answer.status_code, code(answer)) == (403, "csrf"), (name, method)


@pytest.mark.parametrize("role", ROLES)
def test_the_navigation_leads_only_where_one_may_go(enter: Enter, role: str) -> None:
    person = enter(role)
    links = set(re.findall(r'<a href="(/[^"]*)"', person.get("/").text))
    assert links
    for link in links:
        assert person.get(link).status_code == 200, link


def test_a_page_that_does_not_exist_tells_nobody_more(browser: TestClient, enter: Enter) -> None:
    assert browser.get("/no/such/page").status_code == 404
    assert enter("admin").get("/no/such/page").status_code == 404
    assert browser.get("/api/nothing").json()["error"]["code"] == "not_found"
