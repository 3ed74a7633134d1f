"""Where the pages of a document end, so that a place in it has a page without reading it all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column; documents that were stored before have none until they come again."""
    op.add_column("documents", sa.Column("page_ends", sa.JSON(none_as_null=True), nullable=True))
