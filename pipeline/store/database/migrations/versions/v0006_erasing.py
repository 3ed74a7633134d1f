"""Documents can be deleted for good: the decisions on them go too, all others stay as made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column, and let decisions go where their document is marked as deleted."""
    op.add_column("documents", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in POSTGRES_TRIGGERS if postgres else SQLITE_TRIGGERS:
        op.execute(statement)


SQLITE_TRIGGERS = (
    "DROP TRIGGER decisions_no_delete",
    """CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions
       WHEN NOT EXISTS (SELECT 1 FROM documents
                        WHERE id = OLD.document_id AND erased_at IS NOT NULL)
       BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END""",
)
POSTGRES_TRIGGERS = (
    # Nested: a statement's trigger (TRUNCATE) has no OLD, and may not even name it.
    """CREATE OR REPLACE FUNCTION decisions_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
         IF TG_OP = 'DELETE' THEN
           IF EXISTS (SELECT 1 FROM documents
                      WHERE id = OLD.document_id AND erased_at IS NOT NULL) THEN
             RETURN OLD;
           END IF;
         END IF;
         RAISE EXCEPTION 'decisions are append-only';
       END $$""",
)
