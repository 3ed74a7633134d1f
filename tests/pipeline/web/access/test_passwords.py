"""Passwords: which are accepted, and how they are kept."""

from __future__ import annotations

import pytest
from argon2 import extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from pipeline.errors import WaraError
from pipeline.web.access import passwords


@pytest.fixture(autouse=True)
def quick_passwords() -> None:
    """Not here: these are kept as those of users are."""


@pytest.mark.parametrize("bad", ["short", "a" * 300, "aaaaaaaaaaaaaaaa", "somchai.jaidee"])
def test_an_easy_password_is_refused(bad: str) -> None:
    with pytest.raises(WaraError):
        passwords.checked(bad, "Somchai.Jaidee")


def test_passwords_are_kept_as_argon2id_and_match_in_either_form() -> None:
    kept = passwords.hashed("ผู้อํานวยการ เปิดงาน é")
    assert kept.startswith("$argon2id$")
    assert extract_parameters(kept) == RFC_9106_LOW_MEMORY
    assert passwords.matches(kept, "ผู้อํานวยการ เปิดงาน e\u0301")
    assert not passwords.matches(kept, "ผู้อํานวยการ เปิดงาน e")
    assert not passwords.matches(None, "ผู้อํานวยการ เปิดงาน é")
    assert not passwords.matches("no hash", "no hash")


def test_made_passwords_pass_and_differ() -> None:
    made = {passwords.generated() for _ in range(20)}
    assert len(made) == 20
    assert all(passwords.checked(password, "a") for password in made)
