"""The inputs of a run, on disk: any number of them in a few megabytes of memory.

A database of SQLite in a temporary folder, made anew for each run from what the user named and
what the parts account for; nothing depends on it once the run is over.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

from pipeline.batch.parts import Entry
from pipeline.inputs import Item

_TABLES = """
CREATE TABLE input (
    position INTEGER PRIMARY KEY, place BLOB UNIQUE NOT NULL, file BLOB NOT NULL,
    size INTEGER NOT NULL, stamp TEXT NOT NULL, part TEXT, state TEXT
);
"""
_AT_ONCE = 2000


class Inventory:
    """Every input once, what it weighs, and where its row stands if it has one."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="wara-inputs-")
        self._db = sqlite3.connect(Path(self._folder.name) / "inputs.sqlite", isolation_level=None)
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
        self._db.execute("BEGIN")

    def __enter__(self) -> Inventory:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._db.close()
        self._folder.cleanup()

    def add(self, items: Iterable[Item]) -> None:
        """Take in what was found, each place once."""
        self._db.executemany(
            "INSERT OR IGNORE INTO input (place, file, size, stamp) VALUES (?, ?, ?, ?)",
            ((_bytes(i.place), _bytes(i.file), i.size, i.stamp) for i in items),
        )

    def account(self, part: str, found: Iterable[Entry]) -> None:
        """Take in what a part holds rows of. An input that has changed since waits again."""
        for entry in found:
            place = _bytes(entry.place)
            self._db.execute(
                "INSERT INTO input (place, file, size, stamp, part, state) "
                "VALUES (?1, ?1, 0, ?2, ?3, ?4) ON CONFLICT (place) DO UPDATE SET "
                "part = ?3, state = CASE WHEN stamp = ?2 THEN ?4 END",
                (place, entry.stamp, part, entry.state),
            )

    def total(self) -> int:
        """How many inputs there are."""
        [(total,)] = self._db.execute("SELECT count(*) FROM input")
        return int(total)

    def parts(self) -> dict[str, dict[str, int]]:
        """The parts with the inputs of each state in them, those that wait again left out."""
        found: dict[str, dict[str, int]] = {}
        rows = self._db.execute("SELECT part, state, count(*) FROM input GROUP BY 1, 2")
        for part, state, number in rows:
            if part is not None:
                held = found.setdefault(part, {"done": 0, "failed": 0, "quarantined": 0})
                held |= {state: number} if state else {}
        return found

    def weight(self, each: int) -> int:
        """The bytes of what waits, and `each` for every file."""
        [(total,)] = self._db.execute(
            "SELECT coalesce(sum(size + ?), 0) FROM input WHERE state IS NULL", (each,)
        )
        return int(total)

    def waiting(self) -> Iterator[Item]:
        """The inputs without a row, the largest first."""
        return self._items("part IS NULL", ())

    def changed_parts(self) -> list[str]:
        """The parts with a row of an input that has changed since."""
        rows = self._db.execute(
            "SELECT DISTINCT part FROM input WHERE state IS NULL AND part <> ''"
        )
        return [part for (part,) in rows]

    def changed(self, part: str) -> Iterator[Item]:
        """The inputs of a part that have changed since."""
        return self._items("part = ?", (part,))

    def _items(self, which: str, values: tuple[str, ...]) -> Iterator[Item]:
        rows = self._db.execute(
            "SELECT file, place, size, stamp, position FROM input "
            f"WHERE state IS NULL AND {which} ORDER BY size DESC, position",
            values,
        )
        while some := rows.fetchmany(_AT_ONCE):
            for file, place, *rest in some:
                yield Item(os.fsdecode(file), os.fsdecode(place), *rest)


def _bytes(text: str) -> bytes:
    return os.fsencode(text)
