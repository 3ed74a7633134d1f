"""Run by Alembic: migrates over the connection it is given, inside that one's transaction."""

from __future__ import annotations

from alembic import context

from pipeline.store.tables import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
