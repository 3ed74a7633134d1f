"""PostgreSQL beside the others, in a private cluster of a temporary folder, where it is installed.

As root its tools run as user `postgres`, as they insist on.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.search.engines import cut
from pipeline.search import Passage


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    onpath = shutil.which("initdb")
    return found[-1].parent if found else Path(onpath).parent if onpath else None


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """A running server; gives its connection string."""
    tools = binaries()
    assert tools, "no PostgreSQL here"
    with tempfile.TemporaryDirectory(prefix="wara-postgres-") as name, socket.socket() as probe:
        folder = Path(name)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        _run(tools / "initdb", "-D", data, "-U", "wara", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-h 127.0.0.1 -p {port} -k {folder} -F"
        _run(tools / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
        try:
            yield f"host=127.0.0.1 port={port} user=wara dbname=postgres"
        finally:
            _run(tools / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _run(*command: object) -> None:
    user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    subprocess.run(
        [str(part) for part in command],
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **user,  # type: ignore[call-overload]
    )


class Postgres:
    """Full text with the `simple` configuration over our words, or trigram similarity."""

    def __init__(self, passages: Sequence[Passage], connection: str, *, trigram: bool):
        import psycopg

        self.name = "PostgreSQL trigram, raw text" if trigram else "PostgreSQL simple over words"
        self._trigram = trigram
        self._database = psycopg.connect(connection, autocommit=True)
        execute = self._database.execute
        if trigram:
            execute("create extension if not exists pg_trgm")
        execute("drop table if exists p")
        execute("create table p (id text, t text, v tsvector)")
        with self._database.cursor().copy("copy p (id, t) from stdin") as copy:
            for p in passages:
                text = f"{p.title} {p.text}".replace("\0", "")
                copy.write_row((p.id, text if trigram else cut(text)))
        execute("update p set v = to_tsvector('simple', t)")
        execute("create index on p using gin (v)")
        execute("analyze p")

    def search(self, question: str, limit: int) -> list[str]:
        """By ts_rank with length normalisation 1, the best one there; or by word similarity."""
        if self._trigram:
            statement = "select id from p order by word_similarity(%s, t) desc limit %s"
            return [row[0] for row in self._database.execute(statement, (question, limit))]
        query = " | ".join(
            "'" + word.replace("'", "''").replace("\\", "") + "'" for word in cut(question).split()
        )
        statement = (
            "select id from p, to_tsquery('simple', %s) q where v @@ q"
            " order by ts_rank(v, q, 1) desc limit %s"
        )
        return [row[0] for row in self._database.execute(statement, (query, limit))]
