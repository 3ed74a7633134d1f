"""No file, however broken or hostile, costs more than its own row."""

from __future__ import annotations

import csv
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from classifiers import ProposalTagger
from pipeline.batch import Job, classify_all
from pipeline.documents import Document, Kind, Page
from pipeline.errors import ReadError
from pipeline.inputs import expand
from pipeline.kinds import detect_kind
from pipeline.minutes import parse_minutes
from pipeline.proposals import parse_proposal
from pipeline.readers import read, read_bytes
from pipeline.readers.sandbox import Sandbox
from pipeline.readers.sandbox.limits import Limits
from pipeline.readers.sandbox.process import ReaderProcess
from pipeline.thai.tokenizer import tokenize
from tests.hostile.files import HOSTILE, Hostile, texts
from tests.hostile.pdf_parts import ordinary

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
GOOD = [path for start in ("01", "05", "08", "10", "12") for path in SAMPLES.glob(f"{start}-*")]

# A fraction of what a user grants, so that a file which uses up its limits is soon over.
LIMITS = Limits(seconds=6.0, total_seconds=9.0, processor_seconds=6)
# What a killed child, its successor's start and a busy machine may add.
SLACK = 60.0

# The last sentence of a message says what to do.
REMEDY = re.compile(
    r"ขอ|แบ่ง|บันทึก|แปลง|พิมพ์|ตรวจ|แตกไฟล์|ใช้ไฟล์|ติดตั้ง|ระบุ|ลด|เปิด|ตั้ง|ส่ง|ปลดล็อก|คัดลอก|สแกน|อ่านอีกครั้ง"
)
DO = re.compile(
    r"\b(?i:ask|split|save|open|convert|print|check|unpack|use|install|name|reduce|set|send|supply"
    r"|type|unlock|remove|export|scan|read it)\b"
)
INTERNALS = re.compile(
    r"\b[A-Z]\w*(?:Error|Exception|Warning|EOF)\b|Traceback|site-packages|defect"
)


@pytest.fixture(scope="module", autouse=True)
def tight_limits() -> Iterator[None]:
    """Every read of this module is under `LIMITS`."""
    own = Sandbox(LIMITS)
    with pytest.MonkeyPatch.context() as patch, closing(own):
        patch.setattr("pipeline.readers.sandbox", lambda: own)
        yield


def parameters(files: tuple[Hostile, ...]) -> list[object]:
    marks = {True: [pytest.mark.slow], False: []}
    return [pytest.param(file, id=file.name, marks=marks[file.slow]) for file in files]


def test_there_are_enough() -> None:
    assert len(HOSTILE) >= 200
    assert len({file.name for file in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize("file", parameters(HOSTILE))
def test_is_read_or_refused_within_limits(file: Hostile) -> None:
    data, started = file.make(), time.monotonic()
    outcome = outcome_of(data, file.name, ocr=file.ocr)
    assert time.monotonic() - started < LIMITS.total_seconds + SLACK
    if isinstance(outcome, Document):
        assert file.refused is None
        assert outcome.text.strip()
        assert (file.read or "") in outcome.text
    else:
        assert file.read is None, outcome
        assert re.search(file.refused or "", outcome.thai)
        check_message(outcome, file.name)


def outcome_of(data: bytes, name: str, *, ocr: bool = False) -> Document | ReadError:
    try:
        return read_bytes(data, file=name, ocr=ocr)
    except ReadError as error:
        return error


def check_message(error: ReadError, name: str) -> None:
    """The message of a file's refusal names file, cause and remedy, and nothing of our insides."""
    for message in (error.thai, error.english):
        assert name in message
        assert len(message) < 600 + len(name)
        assert message.isprintable()
        assert not INTERNALS.search(message)
    assert REMEDY.search(error.thai)
    assert DO.search(error.english)


def test_memory_of_a_hostile_file_comes_back() -> None:
    """A file that fills the child's memory leaves ours as it was."""
    bomb = named("flate-1-gb.pdf").make()
    before = resident()
    outcome_of(bomb, "flate-1-gb.pdf")
    assert resident() - before < 50_000_000


def named(name: str) -> Hostile:
    [found] = [file for file in HOSTILE if file.name == name]
    return found


def resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


# The batch around them

NAMES_OF_GOOD = ("0-first", "n-between", "z-last")
A_DOZEN = (
    *("locked-user.pdf", "cut-at-half.pdf", "forms-3000-deep.pdf", "type3-font-of-itself.pdf"),
    *("locked.docx", "entities-ten-to-the-tenth.docx", "bomb-of-text.docx", "entity-of-a-file.odt"),
    *("lists-200k-deep.html", "all-ones.txt", "noise.doc", "200-zips-deep.zip", "zero-by-zero.png"),
)


def write_all(folder: Path, files: list[Hostile]) -> list[Path]:
    """The hostile files, and the good ones before, between and behind them."""
    folder.mkdir()
    for file in files:
        (folder / file.name).write_bytes(file.make())
    for place in NAMES_OF_GOOD:
        for path in GOOD:
            shutil.copyfile(path, folder / f"{place}-{path.name}")
    return sorted(folder.iterdir())


def classified(
    *inputs: str | Path, model: Path, into: Path, temporary: Path, seconds: float
) -> tuple[int, dict[str, list[dict[str, str]]]]:
    """The exit code of `wara classify` and its rows by file."""
    environment = os.environ | {"TMPDIR": str(temporary), "WARA_READ_SECONDS": "8"}
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "classify"]
    command += [*map(str, inputs), "--model", str(model), "-o", str(into), "--no-ocr"]
    run = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=seconds, check=False
    )
    assert into.exists(), run.stderr[-2000:]
    rows: dict[str, list[dict[str, str]]] = {}
    with into.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            rows.setdefault(row["file"], []).append(row)
    return run.returncode, rows


def processes_with(temporary: Path) -> list[str]:
    """Processes whose environment names `temporary`."""
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if str(temporary).encode() in place.read_bytes():
                found.append(place.parent.name)
    return found


def check_batch(tmp_path: Path, model: Path, files: list[Hostile], *, seconds: float) -> None:
    inbox, temporary = tmp_path / "inbox", tmp_path / "tmp"
    temporary.mkdir()
    inputs = write_all(inbox, files)
    into = tmp_path / "out.csv"
    code, rows = classified(inbox, model=model, into=into, temporary=temporary, seconds=seconds)
    assert code == 4
    for file in files:
        check_rows(file, str(inbox / file.name), rows)
    for path in GOOD:
        found = [rows[str(inbox / f"{place}-{path.name}")] for place in NAMES_OF_GOOD]
        [first], *others = [[{**row, "file": ""} for row in own] for own in found]
        assert not first["error"]
        assert others == [[first]] * 2  # as before the first hostile file
    assert not list(temporary.iterdir())
    assert not processes_with(temporary)
    assert sorted(inbox.iterdir()) == inputs
    assert {path.name for path in tmp_path.iterdir()} == {"inbox", "out.csv", "tmp"}


def check_rows(file: Hostile, path: str, rows: dict[str, list[dict[str, str]]]) -> None:
    """One row for the file; an archive or a message may have one for each document in it."""
    own = [row for name in rows if name == path or name.startswith(path) for row in rows[name]]
    assert own, f"no row for {file.name}"
    if not file.name.endswith((".zip", ".eml", ".mht")):
        assert len(own) == 1, file.name
    if file.refused is not None:
        assert all(row["error"] for row in own), file.name
    assert not any("defect" in row["error"] for row in own), file.name


@pytest.mark.slow
def test_a_batch_goes_on(tmp_path: Path, model_folder: Path) -> None:
    check_batch(tmp_path, model_folder, [named(name) for name in A_DOZEN], seconds=600)


@pytest.mark.slow
def test_a_batch_of_many_goes_on(tmp_path: Path, model_folder: Path) -> None:
    check_batch(tmp_path, model_folder, [f for f in HOSTILE if not f.slow][::3], seconds=600)


# Killed


def readers() -> set[int]:
    """The reader processes that this process has started."""
    found = set()
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = (place / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == os.getpid() and b"sandbox.child" in (place / "cmdline").read_bytes():
                found.add(int(place.name))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind",
    [
        signal.SIGKILL,
        signal.SIGSEGV,
        signal.SIGSTOP,
    ],
)
def test_a_reader_killed_over_a_file_costs_one_row(
    tagger: ProposalTagger, model_folder: Path, kind: signal.Signals
) -> None:
    """The reader is held before it gets the file, so that it surely dies while one waits for it."""
    others = readers()
    own = Sandbox(LIMITS)
    files = [str(path) for path in GOOD[:3]]
    with pytest.MonkeyPatch.context() as patch, closing(own):
        patch.setattr("pipeline.readers.sandbox", lambda: own)
        read(files[0])
        [reader] = readers() - others
        os.kill(reader, signal.SIGSTOP)
        asked = (own._idle[-1], reader, kind)
        threading.Thread(target=kill_when_asked, args=asked, daemon=True).start()
        rows = dict(classify_all(files, tagger, Job("half", model_folder)))
    assert "defect" not in (rows[0].error or "defect")
    assert (rows[1].error, rows[2].error) == (None, None)
    assert readers() == others


def kill_when_asked(child: ReaderProcess, reader: int, kind: signal.Signals) -> None:
    """Send the signals once the second file is there to be read: a dead reader would get none."""
    while child.files < 2:
        time.sleep(0.01)
    for sent in (kind, *AFTER[kind]):
        os.kill(reader, sent)


# A held process takes note of a signal other than SIGKILL when it goes on.
AFTER = {signal.SIGKILL: (), signal.SIGSEGV: (signal.SIGCONT,), signal.SIGSTOP: ()}


# Paths


def test_what_is_no_file_is_one_row(
    tmp_path: Path, tagger: ProposalTagger, model_folder: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(str(tmp_path / "socket.pdf"))
        for name, target in (
            ("nowhere.pdf", "/nowhere/at/all.pdf"),
            ("ring.pdf", "ring.pdf"),
            ("zeros.pdf", "/dev/zero"),
            ("terminal.txt", "/dev/tty"),
            ("memory.txt", "/proc/self/mem"),
        ):
            (tmp_path / name).symlink_to(target)
        (tmp_path / "good.txt").write_bytes(GOOD[-1].read_bytes())
        files = expand([str(tmp_path)]).files
        rows = [row for _, row in classify_all(files, tagger, Job("half", model_folder))]
    assert [Path(row.file).name for row in rows if row.error is None] == ["good.txt"]
    assert len(rows) == 8
    assert not any("defect" in (row.error or "") for row in rows)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_rights_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("โครงการ", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(ReadError, match="สิทธิ์"):
        read(path)


def test_files_that_change_after_they_were_listed(
    tmp_path: Path, tagger: ProposalTagger, model_folder: Path
) -> None:
    for name in ("gone.pdf", "shrunk.pdf", "whole.pdf", "now-a-folder.pdf"):
        (tmp_path / name).write_bytes(ordinary())
    files = expand([str(tmp_path)]).files
    (tmp_path / "gone.pdf").unlink()
    (tmp_path / "now-a-folder.pdf").unlink()
    (tmp_path / "now-a-folder.pdf").mkdir()
    os.truncate(tmp_path / "shrunk.pdf", 3000)
    rows = [row for _, row in classify_all(files, tagger, Job("half", model_folder))]
    assert [Path(row.file).name for row in rows if row.error is None] == ["whole.pdf"]
    causes = ("ไม่พบไฟล์", "เป็นโฟลเดอร์", "เสียหาย")
    failed = [row.error for row in rows if row.error]
    assert all(cause in error for cause, error in zip(causes, failed, strict=True)), failed


def test_names_that_no_one_should_give(
    tmp_path: Path, tagger: ProposalTagger, model_folder: Path
) -> None:
    names = [b"a\nb.txt", b"\x1b[2J.txt", b"\xff\xfe.txt", b"=cmd.txt", "ก".encode() * 80 + b".txt"]
    for name in names:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(GOOD[-1].read_bytes())
    files = expand([str(tmp_path)]).files
    rows = [row for _, row in classify_all(files, tagger, Job("half", model_folder))]
    assert [row.error for row in rows] == [None] * len(names)


# What comes after reading


@pytest.mark.slow
@pytest.mark.linear
@pytest.mark.parametrize("name", texts.PATTERNS)
def test_later_stages_take_linear_time(name: str) -> None:
    text = named(name).make().decode("utf-8", "replace")[:40_000]
    document = Document("a", "0", "text/plain", "proposal", (Page(1, text, text, "text"),))
    for stage in (parse_proposal, parse_minutes, lambda d: tokenize(d.text), detect_in):
        stage(document)


def detect_in(document: Document) -> Kind:
    return detect_kind(document.text)
