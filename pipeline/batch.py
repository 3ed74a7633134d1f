"""Many files to many rows: one bad file is one failed row, and the rest goes on."""

from __future__ import annotations

import datetime as dt
import hashlib
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.documents import Document, Kind
from pipeline.errors import ReadError, WaraError
from pipeline.readers import MAX_BYTES, read
from pipeline.records import Analysis, Record, Tagger, analyse, failed

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


def _outcome(file: str, document_of: Callable[[], Document], tagger: Tagger, job: Job) -> Outcome:
    try:
        document = document_of()
        if job.kind is not None:
            document = replace(document, kind=job.kind)
        analysis = analyse(document, tagger, model=job.model, deadline=job.deadline)
    except WaraError as error:
        return Outcome(replace(failed(file, error), sha256=_digest(file)))
    except Exception as error:  # the edge of the batch: a defect costs this row only
        return Outcome(replace(failed(file, _defect(error)), sha256=_digest(file)))
    if job.keep:
        return Outcome(analysis.record, document, analysis)
    return Outcome(analysis.record)


def _digest(file: str) -> str | None:
    """SHA-256 of a file that could not be read as a document; None where there are no bytes."""
    path = Path(file)
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def classify_all(
    files: Sequence[str], tagger: Tagger, job: Job, *, workers: int = 1
) -> Iterator[tuple[int, Record]]:
    """Rows as they get ready, each with the position of its file in `files`; see `process_all`."""
    return ((at, done.record) for at, done in process_all(files, tagger, job, workers=workers))


def process_all(
    files: Sequence[str], tagger: Tagger, job: Job, *, workers: int = 1
) -> Iterator[tuple[int, Outcome]]:
    """Outcomes as they get ready, each with the position of its file in `files`.

    With more than one worker the files are spread over as many processes; each, like this one,
    has a reader process of its own.
    """
    if workers <= 1:
        yield from enumerate(_in_turn(files, tagger, job))
        return
    done: set[int] = set()
    for at, outcome in _spread(files, range(len(files)), job, workers):
        done.add(at)
        yield at, outcome
    # A process that died took the others' work with it: what is left runs one file at a time.
    for at in sorted(set(range(len(files))) - done):
        outcomes = list(_spread(files, [at], job, 1))
        yield outcomes[0] if outcomes else (at, Outcome(failed(files[at], _died())))


def _in_turn(files: Sequence[str], tagger: Tagger, job: Job) -> Iterator[Outcome]:
    """Outcomes in order; the reader process reads the next files while this one tags."""
    waiting: deque[tuple[str, Future[Document]]] = deque()
    with ThreadPoolExecutor(1) as reader:
        try:
            for file in files:
                waiting.append((file, reader.submit(read, file, ocr=job.ocr)))
                if len(waiting) > READ_AHEAD:
                    name, document = waiting.popleft()
                    yield _outcome(name, document.result, tagger, job)
            for name, document in waiting:
                yield _outcome(name, document.result, tagger, job)
        finally:
            reader.shutdown(wait=False, cancel_futures=True)


def _spread(
    files: Sequence[str], positions: Sequence[int], job: Job, workers: int
) -> Iterator[tuple[int, Outcome]]:
    """Outcomes from worker processes; stops early, without an error, when one of them dies."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, initializer=_start, initargs=(job,)) as pool:
        waiting: dict[Future[Outcome], int] = {}
        try:
            waiting = {pool.submit(_work, files[at]): at for at in positions}
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        except BrokenProcessPool:
            return
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_worker: tuple[Tagger, Job]  # set once per worker process, when it starts


def _start(job: Job) -> None:
    global _worker
    from classifiers import ProposalTagger

    _worker = (ProposalTagger.load(job.model_folder), job)


def _work(file: str) -> Outcome:
    return process(file, *_worker)


def _defect(error: Exception) -> WaraError:
    return WaraError(
        f"ข้อผิดพลาดภายในของ wara ({type(error).__name__}: {error}) โปรดแจ้งผู้พัฒนาพร้อมไฟล์นี้",
        "a defect of wara: please report it together with this file",
    )


def _died() -> ReadError:
    return ReadError(
        "โปรแกรมอ่านหยุดทำงานกลางคันขณะอ่านไฟล์นี้ ให้เปิดไฟล์แล้วบันทึกใหม่เป็น PDF หรือ DOCX",
        "the reader process died on this file: open it and save it again as PDF or DOCX",
    )
