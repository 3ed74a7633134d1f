"""The decisions of a day are found without reading all others."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the indexes: by their time, and those that take others back."""
    op.create_index("ix_decisions_at", "decisions", ["at"])
    op.create_index("ix_decisions_undoes", "decisions", ["undoes"])
