"""One file to one row: what is done with it, and what becomes of whatever goes wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.documents import Document, Kind
from pipeline.errors import ReadError, WaraError
from pipeline.readers import MAX_BYTES, read
from pipeline.records import Analysis, Record, Tagger, analyse, failed, shown

READ_AHEAD = 2
"""Documents that are read while another is tagged."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to do with each file: the model (and where it lies, for workers) and the options.

    `keep` also hands over the document and its analysis, which a row alone does not need.
    """

    model: str
    model_folder: Path
    kind: Kind | None = None
    deadline: dt.date | None = None
    ocr: bool = True
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: its row and, where the job keeps them, document and analysis."""

    record: Record
    document: Document | None = None
    analysis: Analysis | None = None


def classify(file: str, tagger: Tagger, job: Job) -> Record:
    """Read, parse and tag one file. Whatever goes wrong becomes the row's error."""
    return process(file, tagger, job).record


def process(file: str, tagger: Tagger, job: Job) -> Outcome:
    """Read, parse and tag one file; as `classify`."""
    return _outcome(file, partial(read, file, ocr=job.ocr), tagger, job)


def in_turn(
    files: Iterable[str], tagger: Tagger, job: Job, *, on_read: Callable[[], None] = lambda: None
) -> Iterator[Outcome]:
    """Outcomes in order; the reader process reads the next files while this one tags.

    `on_read` is called, in the reading thread, whenever another file was read.
    """

    def read_one(file: str) -> Document:
        try:
            return read(file, ocr=job.ocr)
        finally:
            on_read()

    waiting: deque[tuple[str, Future[Document]]] = deque()
    with ThreadPoolExecutor(1) as reader:
        try:
            for file in files:
                waiting.append((file, reader.submit(read_one, file)))
                if len(waiting) > READ_AHEAD:
                    name, document = waiting.popleft()
                    yield _outcome(name, document.result, tagger, job)
            while waiting:
                name, document = waiting.popleft()
                yield _outcome(name, document.result, tagger, job)
        finally:
            reader.shutdown(wait=False, cancel_futures=True)


def named(outcome: Outcome, place: str, file: str) -> Outcome:
    """The outcome of what was read at `place`, under the name that the user gave it."""
    if place == file:
        return outcome
    record, document, analysis = outcome.record, outcome.document, outcome.analysis
    error = record.error and record.error.replace(place, file)
    record = replace(record, file=shown(file), error=error)
    return Outcome(
        record,
        document and replace(document, file=file),
        analysis and replace(analysis, record=record),
    )


def lost(file: str, error: WaraError) -> Outcome:
    """The outcome of a file that nothing could be had of."""
    return Outcome(replace(failed(file, error), sha256=digest(file)))


def digest(file: str) -> str | None:
    """SHA-256 of a file that could not be read as a document; None where there are no bytes."""
    path = Path(file)
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def _outcome(file: str, document_of: Callable[[], Document], tagger: Tagger, job: Job) -> Outcome:
    try:
        document = document_of()
        if job.kind is not None:
            document = replace(document, kind=job.kind)
        analysis = analyse(document, tagger, model=job.model, deadline=job.deadline)
    except WaraError as error:
        return lost(file, error)
    except MemoryError:
        return lost(file, _too_much())
    except Exception as error:  # the edge of the batch: a defect costs this row only
        return lost(file, _defect(error))
    if job.keep:
        return Outcome(analysis.record, document, analysis)
    return Outcome(analysis.record)


def _too_much() -> ReadError:
    return ReadError(
        "ต้องใช้หน่วยความจำเกินกำหนดเพื่อวิเคราะห์ไฟล์นี้ แบ่งไฟล์ หรือเพิ่ม WARA_WORKER_MEMORY_MB",
        "needs more memory than a worker may have: split the file, or raise WARA_WORKER_MEMORY_MB",
    )


def _defect(error: Exception) -> WaraError:
    return WaraError(
        f"ข้อผิดพลาดภายในของ wara ({type(error).__name__}: {error}) โปรดแจ้งผู้พัฒนาพร้อมไฟล์นี้",
        "a defect of wara: please report it together with this file",
    )
