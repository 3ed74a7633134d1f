"""The workplace under load: milliseconds a page at 10,000 documents, with 1, 8 and 32 clients.

    python -m benchmarks.web [DOCUMENTS] [--keep FOLDER]

One server process on SQLite, then on a copy in PostgreSQL where it is installed. Clients are
threads of this process, each asks for the next page as soon as it has the last one. CPU is the
server's time a page, which does not depend on what else the machine does. `--keep` leaves the
workspace of SQLite in FOLDER and uses it again.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import itertools
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from benchmarks import web_documents
from benchmarks.search.postgres import binaries, cluster
from pipeline.settings import Settings
from pipeline.store import Store, standings
from pipeline.store.tables import DocumentRow, PassageRow
from pipeline.thai import words
from pipeline.web.access import people
from pipeline.workspace import Workspace

CLIENTS = (1, 8, 32)
PER_CLIENT, LEAST = 6, 40  # pages asked for
NAME, PASSWORD = "วัดความเร็ว", "ยาวพอ-และเดายาก-42"
SERVE = """
import sys
from pathlib import Path
import uvicorn
from pipeline.settings import Settings
from pipeline.web.app import create_app
uvicorn.run(create_app(Settings(Path(sys.argv[1]))), port=int(sys.argv[2]), log_level="warning")
"""


@dataclass(frozen=True, slots=True)
class Served:
    """A server: its port, its process, and the cookie of somebody who is logged in."""

    port: int
    process: int
    cookie: str

    def cpu(self) -> float:
        """Seconds of processor time that the server took."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(served: Served, paths: Sequence[str], clients: int, *, inside: bool) -> list[str]:
    """A row of the table: p50, p95, pages a second, and the server's CPU a page."""
    number = max(LEAST, PER_CLIENT * clients)
    asked = list(itertools.islice(itertools.cycle(paths), number))
    head = {"Cookie": served.cookie} if inside else {}

    def ask(mine: Sequence[str]) -> list[float]:
        connection, taken = http.client.HTTPConnection("127.0.0.1", served.port, timeout=120), []
        for path in mine:
            start = time.perf_counter()
            connection.request("GET", path, headers=head)
            answer = connection.getresponse()
            answer.read()
            taken.append((time.perf_counter() - start) * 1000)
            assert answer.status == 200, (path, answer.status)
        connection.close()
        return taken

    cpu, start = served.cpu(), time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        shares = [asked[at::clients] for at in range(clients)]
        taken = [one for some in pool.map(ask, shares) for one in some]
    seconds, cpu = time.perf_counter() - start, served.cpu() - cpu
    cuts = statistics.quantiles(taken, n=100)
    spent = f"{cpu / number * 1000:.0f}"
    return [f"{cuts[49]:.0f}", f"{cuts[94]:.0f}", f"{number / seconds:.1f}", spent]


def pages(store: Store) -> dict[str, list[str]]:
    """What is asked for, the same on every run: the addresses of each kind of page."""
    chance = random.Random("pages")
    with store.read() as session:
        digests = list(session.scalars(select(DocumentRow.sha256).order_by(DocumentRow.id)))
        some = select(PassageRow.text).where(PassageRow.ordinal == 1).limit(400)
        texts = list(session.scalars(some))
    filters = ("", "?page=2", "?agenda=tourism", "?status=decided", "?province=" + quote("น่าน"))
    return {
        "first page, not logged in": ["/login"],
        "queue": [f"/review{one}" for one in filters],
        "document": [f"/documents/{one}" for one in chance.sample(digests, 60)],
        "search": ["/search?" + urlencode({"q": _query(chance, texts)}) for _ in range(60)],
        "dashboard": ["/dashboard"],
    }


def _query(chance: random.Random, texts: Sequence[str]) -> str:
    """Two to four neighbouring words of a passage."""
    while True:
        found = [word for word in words(chance.choice(texts)) if word.isalpha() or len(word) > 2]
        if len(found) >= 4:
            start = chance.randrange(len(found) - 3)
            return " ".join(found[start : start + chance.choice((2, 3, 4))])


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Served]:
    """A server on the workspace, until it is no longer needed."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(folder), str(port)])
    try:
        yield Served(port, process.pid, _logged_in(port))
    finally:
        process.terminate()
        process.wait()


def _logged_in(port: int) -> str:
    import httpx2

    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as browser:
        for _ in range(300):
            with contextlib.suppress(httpx2.TransportError):
                page = browser.get("/login").text
                break
            time.sleep(0.2)
        token = re.search(r'name="csrf" content="([0-9a-f]+)"', page)
        assert token
        form = {"name": NAME, "password": PASSWORD, "csrf": token[1]}
        browser.post("/login", data=form)
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


def filled(folder: Path, number: int, show: Console) -> None:
    """Put the documents into the workspace, unless they are there."""
    with Workspace.open(Settings(folder)) as workspace:
        with workspace.store.read() as session:
            there = session.scalar(select(func.count()).select_from(DocumentRow)) or 0
        if there:
            return
        start = time.perf_counter()
        web_documents.fill(workspace.store, number, web_documents.read_texts())
        with workspace.store.begin() as session:
            people.add_user(session, NAME, "admin", PASSWORD, by=NAME)
        standings.follow(workspace.store)
        found = workspace.find("น้ำ")
        spent = time.perf_counter() - start
        show.print(f"{number} documents stored and indexed in {spent:.0f} s, {found.total} hits")


def measure(folder: Path, number: int, database: str, show: Console) -> None:
    """Serve the workspace, and print a table."""
    with Store.open(Settings(folder)) as store:
        asked = pages(store)
    columns = ("page", "clients", "p50 ms", "p95 ms", "pages/s", "CPU ms")
    table = Table(*columns, title=f"{database}, {number} documents, load {os.getloadavg()[0]:.1f}")
    with served(folder) as server:
        for name, paths in asked.items():
            inside = paths != ["/login"]
            measured(server, paths[:20], 1, inside=inside)  # warm
            for clients in CLIENTS:
                row = measured(server, paths, clients, inside=inside)
                table.add_row(name, str(clients), *row)
    show.print(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("documents", nargs="?", type=int, default=10_000)
    parser.add_argument("--keep", type=Path)
    given, show = parser.parse_args(), Console()
    os.environ.pop("WARA_DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as name:
        folder = given.keep or Path(name)
        filled(folder, given.documents, show)
        measure(folder, given.documents, "SQLite", show)
        if binaries() is None:
            show.print("PostgreSQL is not installed here: left out")
            return
        with cluster() as connection, Store.open(Settings(folder)) as source:
            place = dict(part.split("=") for part in connection.split())
            address = f"{place['user']}@{place['host']}:{place['port']}/{place['dbname']}"
            os.environ["WARA_DATABASE_URL"] = f"postgresql://{address}"
            with Store.open(Settings(folder)) as target:
                web_documents.copy(source, target)
            measure(folder, given.documents, "PostgreSQL", show)
            del os.environ["WARA_DATABASE_URL"]


if __name__ == "__main__":
    main()
