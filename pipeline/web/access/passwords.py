"""Passwords: what is accepted, and how they are kept (argon2id)."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pipeline.errors import UsageError

SHORTEST, LONGEST = 12, 256  # characters
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_GROUPS, _GROUP = 4, 5  # 20 letters of 31: 99 bits

HASHER = PasswordHasher()
"""At the cost that argon2-cffi recommends (RFC 9106, 64 MiB): some 0.2 s of a core a guess."""

_AT_ONCE = BoundedSemaphore(4)
"""Each takes 64 MiB: a crowd at the login form must not take all memory."""


def checked(password: str, name: str) -> str:
    """The password in its normal form. Raises UsageError for one that is too easy."""
    plain = unicodedata.normalize("NFC", password)
    if not SHORTEST <= len(plain) <= LONGEST:
        raise UsageError(
            f"รหัสผ่านต้องยาว {SHORTEST}-{LONGEST} ตัวอักษร ใช้หลายคำต่อกันก็ได้",
            f"a password has {SHORTEST} to {LONGEST} characters: several words in a row will do",
        )
    if len(set(plain)) < 5 or plain.casefold() == name.casefold():
        raise UsageError(
            "รหัสผ่านนี้เดาง่ายเกินไป ใช้หลายคำที่ไม่ใช่ชื่อผู้ใช้",
            "this password is too easy to guess: use several words, not the user's name",
        )
    return plain


def generated() -> str:
    """A password of four groups of letters and digits."""
    return "-".join(
        "".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)
    )


def hashed(password: str) -> str:
    """What the database keeps."""
    with _AT_ONCE:
        return HASHER.hash(unicodedata.normalize("NFC", password))


def matches(kept: str | None, password: str) -> bool:
    """Whether it is the password; takes as long where there is none to compare with."""
    plain = unicodedata.normalize("NFC", password[: LONGEST + 1])
    with _AT_ONCE:
        try:
            return HASHER.verify(kept or _decoy(), plain) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _decoy() -> str:
    return HASHER.hash(secrets.token_hex())
