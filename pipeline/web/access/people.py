"""Users of the workplace and their roles. Every function works inside a session of the store."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from pipeline.errors import UsageError
from pipeline.store.errors import ConflictError, StoreError
from pipeline.store.tables import LoginRow, UserRow
from pipeline.web.access import passwords
from pipeline.web.access.permissions import ROLES, Role

LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class User:
    """A user; `disabled_at` is null for one who may enter."""

    id: int
    name: str
    role: Role
    added_at: dt.datetime
    added_by: str
    disabled_at: dt.datetime | None


def any_users(session: Session) -> bool:
    """Whether there is any user, also a disabled one."""
    return bool(session.scalar(select(exists().where(UserRow.id.is_not(None)))))


def list_users(session: Session) -> list[User]:
    """All users, by name."""
    return [_user(row) for row in session.scalars(select(UserRow).order_by(UserRow.key))]


def get_user(session: Session, name: str) -> User:
    """The user of that name. Raises StoreError where there is none."""
    return _user(_row(session, name))


def add_user(session: Session, name: str, role: str, password: str, *, by: str) -> User:
    """Add a user; the first one has to be an admin.

    Raises UsageError for a name, role or password that is none, ConflictError for a taken name.
    """
    name, role = checked_name(name), checked_role(role)
    if role != "admin" and not any_users(session):
        raise UsageError(
            "ผู้ใช้คนแรกต้องเป็นผู้ดูแล (admin)", "the first user has to be an administrator: --role admin"
        )
    if session.scalar(select(UserRow.id).where(UserRow.key == key_of(name))) is not None:
        raise ConflictError(
            f"มีผู้ใช้ชื่อ {name} แล้ว เลือกชื่ออื่น", f"there is a user {name} already: choose another name"
        )
    row = UserRow(
        name=name,
        key=key_of(name),
        role=role,
        password=passwords.hashed(passwords.checked(password, name)),
        added_at=dt.datetime.now(dt.UTC),
        added_by=by,
        disabled_at=None,
    )
    session.add(row)
    session.flush()
    return _user(row)


def set_role(session: Session, name: str, role: str) -> User:
    """Give a user another role, at once. Raises UsageError where no admin would be left."""
    row, wanted = _row(session, name), checked_role(role)
    if wanted != "admin":
        _leave_an_admin(session, row)
    row.role = wanted
    return _user(row)


def set_password(session: Session, name: str, password: str, *, keep: str | None = None) -> User:
    """Give a user another password and end their logins, all but the one of key `keep`."""
    row = _row(session, name)
    row.password = passwords.hashed(passwords.checked(password, row.name))
    _end_logins(session, row, keep=keep)
    return _user(row)


def disable(session: Session, name: str) -> User:
    """Let a user no longer in, at once. Raises UsageError where no admin would be left."""
    row = _row(session, name)
    _leave_an_admin(session, row)
    row.disabled_at = row.disabled_at or dt.datetime.now(dt.UTC)
    _end_logins(session, row)
    return _user(row)


def enable(session: Session, name: str) -> User:
    """Let a user in again."""
    row = _row(session, name)
    row.disabled_at = None
    return _user(row)


def kept_password(session: Session, name: str) -> str | None:
    """The hash to compare with; None for one who is unknown or disabled."""
    query = select(UserRow.password).where(
        UserRow.key == key_of(name), UserRow.disabled_at.is_(None)
    )
    return session.scalar(query)


def key_of(name: str) -> str:
    """A name as it is compared: however it was typed, in capitals or not."""
    return unicodedata.normalize("NFKC", name).strip().casefold()[: LONGEST_NAME * 4]


def checked_name(name: str) -> str:
    """The name in its normal form. Raises UsageError for one that is none."""
    plain = unicodedata.normalize("NFC", name).strip()
    printable = all(letter == " " or letter.isprintable() for letter in plain)
    if 0 < len(plain) <= LONGEST_NAME and printable and "/" not in plain:
        return plain
    raise UsageError(
        f"ชื่อผู้ใช้ต้องมี 1-{LONGEST_NAME} ตัวอักษร ไม่มีเครื่องหมาย / เช่น somchai",
        f"a user's name has 1 to {LONGEST_NAME} characters and no slash, such as somchai",
    )


def checked_role(role: str) -> Role:
    """The role. Raises UsageError that names the roles there are."""
    for known in ROLES:
        if role == known:
            return known
    raise UsageError(
        f"ไม่มีบทบาท {role[:40]} เลือกจาก {', '.join(ROLES)}",
        f"there is no role {role[:40]}: choose one of {', '.join(ROLES)}",
    )


def _row(session: Session, name: str) -> UserRow:
    row = session.scalars(select(UserRow).where(UserRow.key == key_of(name))).one_or_none()
    if row is None:
        raise StoreError(
            f"ไม่มีผู้ใช้ชื่อ {name[:LONGEST_NAME]} ดูชื่อด้วย wara users list",
            f"there is no user {name[:LONGEST_NAME]}: see wara users list",
        )
    return row


def _leave_an_admin(session: Session, row: UserRow) -> None:
    admins = select(func.count()).where(
        UserRow.role == "admin", UserRow.disabled_at.is_(None), UserRow.id != row.id
    )
    if row.role == "admin" and not session.scalar(admins):
        raise UsageError(
            f"{row.name} เป็นผู้ดูแลคนสุดท้าย เพิ่มผู้ดูแลอีกคนก่อน",
            f"{row.name} is the last administrator: add another one first",
        )


def _end_logins(session: Session, row: UserRow, keep: str | None = None) -> None:
    ended = delete(LoginRow).where(LoginRow.user_id == row.id)
    session.execute(ended if keep is None else ended.where(LoginRow.key != keep))


def _user(row: UserRow) -> User:
    role = checked_role(row.role)
    return User(row.id, row.name, role, row.added_at, row.added_by, row.disabled_at)
