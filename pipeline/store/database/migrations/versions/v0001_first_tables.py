"""The first tables, and the triggers that keep decisions as they were made."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Make all tables and triggers, and give the store its identity."""
    _store()
    _documents()
    _rounds()
    _passages()
    _labels()
    _append_only()


def _column(name: str, kind: sa.types.TypeEngine[Any], null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null)


def _key(table: str, name: str = "id") -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return (
        sa.Column(name, NUMBER, nullable=False),
        sa.PrimaryKeyConstraint(name, name=f"pk_{table}"),
    )


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _store() -> None:
    store = op.create_table(
        "store",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        _column("identity", sa.String(32)),
        _column("change", NUMBER),
        sa.PrimaryKeyConstraint("id", name="pk_store"),
        sa.CheckConstraint("id = 1", name="ck_store_one_row"),
    )
    op.bulk_insert(store, [{"id": 1, "identity": uuid.uuid4().hex, "change": 0}])


def _documents() -> None:
    op.create_table(
        "documents",
        *_key("documents"),
        _column("sha256", sa.String(64)),
        _column("suffix", sa.String(16)),
        _column("media_type", sa.Text()),
        _column("kind", sa.String(16)),
        _column("title", sa.Text(), null=True),
        _column("province", sa.Text(), null=True),
        _column("document_date", sa.Date(), null=True),
        _column("fiscal_year", sa.Integer(), null=True),
        _column("warnings", JSON),
        _column("content", JSON),
        _column("parsed", JSON, null=True),
        _column("digest", sa.String(64)),
        _column("signature", sa.LargeBinary(), null=True),
        _column("cluster", NUMBER, null=True),
        _column("change", NUMBER),
        _column("added_at", MOMENT),
        _column("withdrawn_at", MOMENT, null=True),
        sa.UniqueConstraint("sha256", name="uq_documents_sha256"),
        _refers("documents", "cluster", "documents"),
    )
    for column in ("kind", "cluster", "change"):
        _index("documents", column)
    op.create_table(
        "bands",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document_id", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "document_id", name="pk_bands"),
        _refers("bands", "document_id", "documents"),
    )
    _index("bands", "document_id")


def _rounds() -> None:
    op.create_table(
        "rounds",
        *_key("rounds"),
        _column("name", sa.Text()),
        sa.UniqueConstraint("name", name="uq_rounds_name"),
    )
    op.create_table(
        "round_terms",
        *_key("round_terms"),
        _column("round_id", NUMBER),
        _column("deadline", sa.Date()),
        _column("expected", JSON),
        _column("set_by", sa.Text()),
        _column("set_at", MOMENT),
        _refers("round_terms", "round_id", "rounds"),
    )
    _index("round_terms", "round_id")
    op.create_table(
        "arrivals",
        *_key("arrivals"),
        _column("document_id", NUMBER),
        _column("round_id", NUMBER, null=True),
        _column("file", sa.Text()),
        _column("received_at", MOMENT),
        _column("received_by", sa.Text()),
        _refers("arrivals", "document_id", "documents"),
        _refers("arrivals", "round_id", "rounds"),
    )
    _index("arrivals", "document_id")
    _index("arrivals", "round_id")


def _passages() -> None:
    op.create_table(
        "passages",
        sa.Column("document_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        *(_column(name, sa.Text()) for name in ("id", "text", "title", "heading")),
        _column("document_kind", sa.String(16)),
        _column("kind", sa.String(16)),
        _column("speaker", sa.Text()),
        _column("position", sa.Text()),
        _column("date", sa.Date(), null=True),
        _column("provinces", JSON),
        _column("topics", JSON),
        _column("meeting", sa.Text()),
        _column("item", sa.Text()),
        _column("start", sa.Integer()),
        _column("end", sa.Integer()),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name="pk_passages"),
        _refers("passages", "document_id", "documents"),
    )
    _index("passages", "id")


def _labels() -> None:
    op.create_table(
        "predictions",
        *_key("predictions"),
        _column("document_id", NUMBER),
        _column("model", sa.Text(), null=True),
        _column("predicted_at", MOMENT),
        _column("record", JSON),
        _column("tagging", JSON, null=True),
        _refers("predictions", "document_id", "documents"),
    )
    _index("predictions", "document_id", "id")
    op.create_table(
        "decisions",
        *_key("decisions"),
        _column("document_id", NUMBER),
        _column("kind", sa.String(16)),
        _column("source", sa.String(16)),
        _column("by", sa.Text()),
        _column("at", MOMENT),
        _column("before", JSON),
        _column("after", JSON),
        _column("note", sa.Text(), null=True),
        _column("seconds", sa.Double(), null=True),
        _column("undoes", NUMBER, null=True),
        _column("group", sa.String(32), null=True),
        _refers("decisions", "document_id", "documents"),
        _refers("decisions", "undoes", "decisions"),
        sqlite_autoincrement=True,
    )
    _index("decisions", "document_id", "id")
    _index("decisions", "group")


def _append_only() -> None:
    if op.get_bind().dialect.name == "postgresql":
        statements = POSTGRES_TRIGGERS
    else:
        statements = SQLITE_TRIGGERS
    for statement in statements:
        op.execute(statement)


SQLITE_TRIGGERS = (
    """CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions
       BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END""",
    """CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions
       BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above where recursive_triggers is off.
    """CREATE TRIGGER decisions_no_replace BEFORE INSERT ON decisions
       WHEN EXISTS (SELECT 1 FROM decisions WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END""",
)
POSTGRES_TRIGGERS = (
    """CREATE FUNCTION decisions_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'decisions are append-only'; END $$""",
    """CREATE TRIGGER decisions_no_change BEFORE UPDATE OR DELETE ON decisions
       FOR EACH ROW EXECUTE FUNCTION decisions_append_only()""",
    """CREATE TRIGGER decisions_no_truncate BEFORE TRUNCATE ON decisions
       FOR EACH STATEMENT EXECUTE FUNCTION decisions_append_only()""",
)
