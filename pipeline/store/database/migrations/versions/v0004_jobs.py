"""Work in the background: jobs, and the files of uploads, kept so that a restart loses nothing."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _jobs()
    _files()


def _column(name: str, kind: sa.types.TypeEngine[Any], null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null)


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", NUMBER, nullable=False),
        _column("kind", sa.String(16)),
        _column("state", sa.String(16)),
        _column("by", sa.Text()),
        _column("round", sa.Text(), null=True),
        *(_column(name, sa.Text()) for name in ("stage", "error")),
        *(_column(name, sa.Integer()) for name in ("done", "steps", "attempts")),
        _column("details", sa.JSON(none_as_null=True)),
        _column("made_at", MOMENT),
        *(_column(name, MOMENT, null=True) for name in ("begun_at", "ended_at")),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_jobs_state", "jobs", ["state"])


def _files() -> None:
    op.create_table(
        "job_files",
        sa.Column("id", NUMBER, nullable=False),
        _column("job_id", NUMBER),
        _column("ordinal", sa.Integer()),
        *(_column(name, sa.Text()) for name in ("name", "place")),
        _column("size", NUMBER),
        _column("state", sa.String(16)),
        _column("attempts", sa.Integer()),
        _column("received_at", MOMENT),
        _column("sha256", sa.String(64), null=True),
        *(_column(name, sa.Text(), null=True) for name in ("kind", "title", "error")),
        sa.PrimaryKeyConstraint("id", name="pk_job_files"),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name="fk_job_files_job_id"),
    )
    op.create_index("ix_job_files_job_id_ordinal", "job_files", ["job_id", "ordinal"])
    op.create_index("ix_job_files_state", "job_files", ["state"])
