"""The secret of a workspace's web server: made on the first start, readable by its owner only."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.settings import Settings

KEY_FILE = "web.key"
LENGTH = 32  # bytes


def secret_key(settings: Settings) -> bytes:
    """The key of the workspace. One that others could read is replaced by a new one.

    Raises OutputError where the folder cannot be written.
    """
    path = settings.workspace / KEY_FILE
    try:
        return _stored(path) or _made(path)
    except OSError as error:
        raise OutputError(
            f"สร้างกุญแจของเว็บในโฟลเดอร์งานไม่ได้ ({error.strerror}) "
            "ตรวจสิทธิ์เขียน หรือเลือกที่อื่นด้วย --workspace",
            "the key of the web server cannot be written into the workspace: check its "
            "permissions, or choose another with --workspace",
        ) from error


def signature(key: bytes, purpose: str, value: str) -> str:
    """A keyed digest of `value` in hex; one made for a purpose says nothing for another."""
    return hmac.new(key, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def digest(token: str) -> str:
    """What the database keeps of a random token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _stored(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            private = not os.fstat(file.fileno()).st_mode & 0o077
            key = file.read(LENGTH + 1)
    except FileNotFoundError:
        return None
    if private and len(key) == LENGTH:
        return key
    path.unlink()
    return None


def _made(path: Path) -> bytes:
    """Write a new key; of several processes that do so at once, the first one's holds."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="web-key-")  # made with 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
    return path.read_bytes()
