"""Brings a database to the tables of this version, also when several processes open it at once."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine import Connection

from pipeline.store.database.engine import writing
from pipeline.store.database.migrations import HEAD
from pipeline.store.errors import StoreError

SCRIPTS = Path(__file__).with_name("migrations")
LOCK = 0x77617261  # "wara": the advisory lock of PostgreSQL under which one process migrates


def migrate(engine: Engine) -> None:
    """Apply the migrations that are missing, all or none. Quick when there are none.

    Raises StoreError for a database that a newer wara made.
    """
    with engine.connect() as connection:
        if revision(connection) == HEAD:
            return
    with writing(engine).begin() as connection:  # SQLite: the write lock is held from here on
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        if revision(connection) != HEAD:
            _upgrade(connection)


def revision(connection: Connection) -> str | None:
    """The last migration that was applied; None in an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(
            "ฐานข้อมูลนี้สร้างด้วย wara รุ่นใหม่กว่า ให้อัปเดต wara ก่อน (pip install -U wara)",
            "this database was made by a newer wara: update wara first (pip install -U wara)",
        ) from error
