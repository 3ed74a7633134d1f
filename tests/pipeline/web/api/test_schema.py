"""The API against its own schema: whatever schemathesis sends, the answer is one promised."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from pipeline.settings import Settings
from pipeline.web.access import logins, people
from pipeline.web.api.dates import FORMAT
from pipeline.web.app import create_app
from pipeline.web.frame.state import Serving
from tests.pipeline.web.conftest import PASSWORD

EXAMPLES = 16  # of each operation, and as many that do not fit

WRITTEN = st.tuples(
    st.dates(dt.date(1950, 1, 1), dt.date(2050, 12, 31)),
    st.sampled_from((0, 543)),
    st.sampled_from(("{2:04}-{1:02}-{0:02}", "{0}/{1}/{2}")),
).map(lambda found: found[2].format(found[0].day, found[0].month, found[0].year + found[1]))
"""Days as people write them, in both eras."""

RULED = {
    "POST /api/documents/{sha256}/decisions": "which fields a kind of decision needs",
    "GET /api/search": "the query language, and since before until",
    "POST /api/uploads": "a file without a name is none",
}
"""Operations with rules that no schema tells: they may answer 422 to what it allows."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """An empty workspace, under any host name: the test client has its own."""
    folder: Path = tmp_path_factory.mktemp("api")
    return create_app(Settings(folder), Serving(hosts=("*",)))


@pytest.fixture(scope="module")
def token(served: FastAPI) -> str:
    with served.state.web.workspace.store.begin() as session:
        user = people.add_user(session, "โปรแกรม", "admin", PASSWORD, by="ทดสอบ")
        return logins.make_token(session, user.id, "schemathesis")


@pytest.mark.slow
def test_every_answer_is_one_that_the_schema_promises(served: FastAPI, token: str) -> None:
    """Values of all kinds, fitting and not, for every operation; none may be a surprise."""
    schemathesis = pytest.importorskip("schemathesis")  # a second of a core: not for all tests
    headers = {"Authorization": f"Bearer {token}"}
    # Who may come in is tested elsewhere: here every request is let in.
    schema = schemathesis.openapi.from_dict(_open(served.openapi()))
    schema.app = served
    schemathesis.checks.load_all_checks()
    schemathesis.openapi.format(FORMAT, WRITTEN)
    failed = []
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in schemathesis.GenerationMode:
            try:
                _try(operation, mode, headers)
            except Unsatisfiable:  # an operation without values has none that do not fit
                assert mode is schemathesis.GenerationMode.NEGATIVE, operation.label
            except schemathesis.errors.SchemathesisError as error:
                failed.append(f"{operation.label}: {error}")
            except BaseExceptionGroup as group:
                failed.append(f"{operation.label}: {group.exceptions!r}")
            except AssertionError as error:
                failed.append(f"{operation.label}: {error}")
    assert not failed, "\n\n".join(failed)


def _open(raw: dict[str, Any]) -> dict[str, Any]:
    schema = copy.deepcopy(raw)
    for methods in schema["paths"].values():
        for operation in methods.values():
            del operation["security"]
    del schema["components"]["securitySchemes"]
    return schema


def _try(operation, mode, headers: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    from schemathesis.checks import CHECKS

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )  # fmt: skip
    @given(operation.as_strategy(generation_mode=mode))
    def answered(case) -> None:  # type: ignore[no-untyped-def]
        left_out = CHECKS.get_by_names(["positive_data_acceptance"])
        excluded = left_out if operation.label in RULED else []
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    answered()
