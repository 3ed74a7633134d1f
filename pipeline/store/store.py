"""The store: one database and the folder of the original files."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pipeline.settings import Settings
from pipeline.store.database.engine import (
    database_url,
    forget,
    make_engine,
    parse_url,
    reading,
    writing,
)
from pipeline.store.database.migrate import migrate
from pipeline.store.database.parts import in_parts
from pipeline.store.documents.adding import write
from pipeline.store.documents.erasing import Holding, erase, remove_files
from pipeline.store.documents.files import keep_all, place_of, suffix_of
from pipeline.store.documents.preparing import prepare
from pipeline.store.documents.values import Added, Submission
from pipeline.store.errors import StoreError
from pipeline.store.tables import DocumentRow

PRIMARY_CODE = 0xFF
"""SQLite's extended codes have the primary one in their last byte."""

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@dataclass(frozen=True)
class Store:
    """Documents, what was made of them, and what people decided.

    Many threads and processes may use it at once; a forked process opens its own.
    """

    engine: Engine
    files: Path

    @classmethod
    def open(cls, settings: Settings, *, url: str | None = None) -> Self:
        """Open the store of a workspace, made or brought up to date if need be.

        The database is `url`, else `WARA_DATABASE_URL`, else the workspace's SQLite file; the
        original files are in the workspace. Raises WorkspaceError and UsageError.
        """
        engine = make_engine(parse_url(url) if url is not None else database_url(settings))
        with _explained(engine):
            migrate(engine)
        return cls(engine, settings.workspace / "files")

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A transaction that writes: committed at the end, taken back on any exception."""
        with _explained(self.engine), Session(writing(self.engine)) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that reads: everything in it sees the same moment."""
        with _explained(self.engine), Session(reading(self.engine)) as session, session.begin():
            yield session

    def add(self, submission: Submission) -> Added:
        """Store one file whole; see `add_all`."""
        [added] = self.add_all([submission])
        return added

    def add_all(self, submissions: Sequence[Submission]) -> list[Added]:
        """Store files whole, all in one transaction; the same file again is only its arrival.

        A file whose reading came out differently replaces what was read before.
        Raises StoreError, and OutputError where an original cannot be kept; none is stored then.
        """
        prepared = [prepare(submission) for submission in submissions]
        places = self._places([one.document.sha256 for one in submissions])
        files = [
            (
                places.get(one.document.sha256)
                or place_of(self.files, one.document.sha256, suffix_of(one.document.file)),
                one.data,
            )
            for one in submissions
        ]
        keep_all(files)  # first: a document is never without its file
        with self.begin() as session:
            added = write(session, prepared, dt.datetime.now(dt.UTC))
            # Who deleted one of these meanwhile took its file too; nobody can before the end.
            keep_all((path, data) for path, data in files if not path.exists())
            return added

    def erase(
        self, documents: Sequence[str], *, by: str, note: str = "", address: str = ""
    ) -> list[Holding]:
        """Delete documents for good, all or none, with their files; what there was of each.

        There is no way back. Raises StoreError for an unknown or deleted one, and OutputError
        where a file cannot be removed.
        """
        with self.begin() as session:
            gone = [erase(session, one, by=by, note=note, address=address) for one in documents]
            remove_files(session, self.files, documents)
        forget(self.engine)
        return gone

    def file_of(self, sha256: str) -> Path:
        """Where the original file lies. Raises StoreError for an unknown or lost one."""
        place = self._places([sha256]).get(sha256)
        if place is None or not place.exists():
            raise StoreError(
                f"ไม่มีไฟล์ต้นฉบับ {sha256[:12]} ในโฟลเดอร์งาน นำเข้าใหม่ด้วย wara ingest ไฟล์",
                f"the original file {sha256[:12]} is not in the workspace: wara ingest it again",
            )
        return place

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _places(self, documents: Sequence[str]) -> dict[str, Path]:
        """Where the originals of those that are known lie."""
        found = {}
        with self.read() as session:
            for part in in_parts(documents):
                query = select(DocumentRow.sha256, DocumentRow.suffix)
                for sha256, suffix in session.execute(query.where(DocumentRow.sha256.in_(part))):
                    found[sha256] = place_of(self.files, sha256, suffix)
        return found


@contextmanager
def _explained(engine: Engine) -> Iterator[None]:
    """Turn what the database says into an error with a remedy."""
    try:
        yield
    except DBAPIError as error:
        where = engine.url.render_as_string(hide_password=True)
        cause = " ".join(str(error.orig).split())[:200]
        if getattr(error.orig, "sqlite_errorcode", 0) & PRIMARY_CODE in DAMAGED:
            raise _damaged(where, cause) from error
        raise StoreError(
            f"ใช้ฐานข้อมูล {where} ไม่ได้ ({cause}) ตรวจว่าฐานข้อมูลเปิดอยู่ เขียนได้ และมีเนื้อที่พอ",
            f"the database cannot be used ({cause}): check that it runs, can be written and has "
            "space",
        ) from error


def _damaged(where: str, cause: str) -> StoreError:
    return StoreError(
        f"ฐานข้อมูล {where} เสียหาย ({cause}) เก็บไฟล์นี้ไว้ แล้วคืนโฟลเดอร์งานจากสำเนาสำรอง",
        f"the database is damaged ({cause}): keep the file, and restore the workspace from its "
        "backup",
    )
