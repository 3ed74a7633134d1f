"""How documents stand, for lists of many, and the triggers that say whose standing has changed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables and triggers; every document there is becomes due."""
    _standings()
    _due()
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in POSTGRES_TRIGGERS if postgres else SQLITE_TRIGGERS:
        op.execute(statement)
    op.execute("INSERT INTO standings_due (document_id) SELECT id FROM documents")


def _column(name: str, kind: sa.types.TypeEngine[Any], null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null)


def _standings() -> None:
    texts = ("title", "province", "agenda", "mode", "machine_agenda", "machine_mode")
    op.create_table(
        "standings",
        sa.Column("document_id", NUMBER, autoincrement=False, nullable=False),
        _column("sha256", sa.String(64)),
        _column("kind", sa.String(16)),
        *(_column(name, sa.Text(), null=True) for name in (*texts, "first_by", "second_by")),
        _column("further_modes", sa.JSON(none_as_null=True)),
        *(
            _column(name, sa.Double(), null=True)
            for name in ("agenda_confidence", "mode_confidence")
        ),
        _column("uncertainty", sa.Double()),
        _column("status", sa.String(16)),
        *(_column(name, sa.Boolean()) for name in ("asked", "disagreed", "flagged", "damaged")),
        _column("late", sa.Boolean(), null=True),
        _column("decided_at", MOMENT, null=True),
        _column("last", NUMBER),
        sa.PrimaryKeyConstraint("document_id", name="pk_standings"),
        sa.UniqueConstraint("sha256", name="uq_standings_sha256"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_standings_document_id"),
    )
    order = ["status", "uncertainty", "document_id"]
    op.create_index(f"ix_standings_{'_'.join(order)}", "standings", order)


def _due() -> None:
    op.create_table(
        "standings_due",
        sa.Column("id", NUMBER, nullable=False),
        _column("document_id", NUMBER),
        sa.PrimaryKeyConstraint("id", name="pk_standings_due"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_standings_due_document_id"
        ),
    )
    op.create_index("ix_standings_due_document_id", "standings_due", ["document_id"])


OF_ROW = "INSERT INTO standings_due (document_id) VALUES (NEW.document_id);"
OF_DOCUMENT = "INSERT INTO standings_due (document_id) VALUES (NEW.id);"
OF_ROUND = """INSERT INTO standings_due (document_id)
              SELECT DISTINCT document_id FROM arrivals WHERE round_id = NEW.round_id;"""
WHEN = (
    ("decisions_due", "AFTER INSERT ON decisions", OF_ROW),
    ("predictions_due", "AFTER INSERT ON predictions", OF_ROW),
    ("arrivals_due", "AFTER INSERT ON arrivals", OF_ROW),
    ("round_terms_due", "AFTER INSERT ON round_terms", OF_ROUND),
    ("documents_due_new", "AFTER INSERT ON documents", OF_DOCUMENT),
    ("documents_due_changed", "AFTER UPDATE OF change ON documents", OF_DOCUMENT),
)
SQLITE_TRIGGERS = [f"CREATE TRIGGER {name} {when} BEGIN {do} END" for name, when, do in WHEN]
POSTGRES_TRIGGERS = [
    statement
    for name, when, do in WHEN
    for statement in (
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN {do} RETURN NULL; END $$""",
        f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )
]
