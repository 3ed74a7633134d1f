"""Connections: SQLite in the workspace, or any database that `WARA_DATABASE_URL` names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from pipeline.errors import UsageError
from pipeline.settings import Settings, make_private
from pipeline.store.errors import StoreError
from pipeline.store.tables.types import dumps

DATABASE_FILE = "wara.db"
BUSY_MS = 60_000
"""How long a writer waits for another one before it gives up."""

CONNECTIONS = 50
"""As many threads of one process may be at work at once, and some more."""

_POSTGRES = ("postgres", "postgresql", "postgresql+psycopg")


def database_url(settings: Settings) -> URL:
    """`WARA_DATABASE_URL`, else the SQLite file of the workspace. Raises UsageError."""
    named = os.environ.get("WARA_DATABASE_URL")
    if not named:
        return URL.create("sqlite", database=str(settings.workspace / DATABASE_FILE))
    return parse_url(named)


def parse_url(text: str) -> URL:
    """A database URL; PostgreSQL always by psycopg 3. Raises UsageError for any other kind."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise _unusable_url() from error
    if url.drivername in _POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername in ("sqlite", "sqlite+pysqlite") and url.database:
        return url
    raise _unusable_url()


def _unusable_url() -> UsageError:
    return UsageError(
        "WARA_DATABASE_URL ใช้ไม่ได้ เขียนแบบ postgresql://ผู้ใช้:รหัสผ่าน@เครื่อง/ฐานข้อมูล หรือ sqlite:////ที่/wara.db",
        "WARA_DATABASE_URL cannot be used: write postgresql://user:password@host/database or "
        "sqlite:////path/wara.db",
    )


def make_engine(url: URL) -> Engine:
    """An engine for `url`; nothing is opened yet, but the folder of a SQLite file is made."""
    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite(url)
        return create_engine(
            url, json_serializer=dumps, pool_pre_ping=True, max_overflow=CONNECTIONS
        )
    except (ImportError, NoSuchModuleError) as error:
        raise StoreError(
            "ยังไม่มีไดรเวอร์ PostgreSQL ติดตั้งด้วย pip install 'wara[postgres]'",
            "the PostgreSQL driver is missing: pip install 'wara[postgres]'",
        ) from error


def _sqlite(url: URL) -> Engine:
    make_private(Path(url.database or "").parent)
    waiting = {"timeout": BUSY_MS / 1000, "check_same_thread": False}
    engine = create_engine(
        url, json_serializer=dumps, connect_args=waiting, max_overflow=CONNECTIONS
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; `_begin` does
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        "journal_mode = WAL",  # readers and the writer do not wait for each other
        "synchronous = FULL",  # what was committed survives a power cut
        "foreign_keys = ON",
        "recursive_triggers = ON",  # INSERT OR REPLACE must not get around the triggers
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take the write lock at once where writing is meant: a reader cannot become a writer."""
    writes = connection.get_execution_options().get("wara_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def forget(engine: Engine) -> None:
    """Empty SQLite's log, where what was deleted would still stand for a while."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.rollback()  # a checkpoint waits for no transaction, its own included
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def writing(engine: Engine) -> Engine:
    """The same engine for transactions that write."""
    return engine.execution_options(wara_writes=True)


def reading(engine: Engine) -> Engine:
    """The same engine for transactions that only read, each as of one moment."""
    if engine.dialect.name == "sqlite":  # a SQLite transaction does so of itself
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
