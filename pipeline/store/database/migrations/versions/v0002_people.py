"""People of the workplace: users, logins, tokens, and the audit log that is only added to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and the triggers that keep the audit log as it was written."""
    _users()
    _entering()
    _audit()
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in POSTGRES_TRIGGERS if postgres else SQLITE_TRIGGERS:
        op.execute(statement)


def _column(name: str, kind: sa.types.TypeEngine[Any], null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null)


def _key(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _of_user(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=f"fk_{table}_user_id")


def _index(table: str, column: str) -> None:
    op.create_index(f"ix_{table}_{column}", table, [column])


def _users() -> None:
    op.create_table(
        "users",
        *_key("users"),
        *(_column(name, sa.Text()) for name in ("name", "key")),
        _column("role", sa.String(16)),
        _column("password", sa.Text()),
        _column("added_at", MOMENT),
        _column("added_by", sa.Text()),
        _column("disabled_at", MOMENT, null=True),
        sa.UniqueConstraint("key", name="uq_users_key"),
    )
    op.create_table(
        "tokens",
        *_key("tokens"),
        _column("key", sa.String(64)),
        _column("user_id", NUMBER),
        _column("label", sa.Text()),
        _column("made_at", MOMENT),
        _column("ends_at", MOMENT),
        _column("revoked_at", MOMENT, null=True),
        sa.UniqueConstraint("key", name="uq_tokens_key"),
        _of_user("tokens"),
    )
    _index("tokens", "user_id")


def _entering() -> None:
    op.create_table(
        "logins",
        _column("key", sa.String(64)),
        _column("user_id", NUMBER, null=True),
        *(_column(name, MOMENT) for name in ("begun_at", "seen_at", "ends_at")),
        _column("address", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="pk_logins"),
        _of_user("logins"),
    )
    _index("logins", "user_id")
    _index("logins", "ends_at")
    op.create_table(
        "login_attempts",
        *_key("login_attempts"),
        *(_column(name, sa.Text()) for name in ("name", "address")),
        _column("at", MOMENT),
    )
    _index("login_attempts", "at")


def _audit() -> None:
    op.create_table(
        "audit",
        *_key("audit"),
        _column("at", MOMENT),
        _column("by", sa.Text()),
        _column("action", sa.String(48)),
        _column("target", sa.Text()),
        _column("details", sa.JSON(none_as_null=True)),
        _column("address", sa.Text()),
        sqlite_autoincrement=True,
    )
    _index("audit", "by")
    _index("audit", "action")


SQLITE_TRIGGERS = (
    """CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
       BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    """CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
       BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above where recursive_triggers is off.
    """CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
       WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
)
POSTGRES_TRIGGERS = (
    """CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$""",
    """CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit
       FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
    """CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
       FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
)
