"""Uploaded files, read, tagged and put into the store one by one; the work of a worker process."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import batch
from pipeline.batch import Outcome
from pipeline.errors import ReadError, WaraError
from pipeline.readers.archive import is_archive, member_names
from pipeline.readers.loading import load
from pipeline.records import Tagger
from pipeline.search import IndexBusyError
from pipeline.store import Added, jobs
from pipeline.store.jobs import files as job_files
from pipeline.store.jobs.files import JobFile
from pipeline.store.rounds import get_round
from pipeline.web.uploads.spool import Spool
from pipeline.workspace import Arrival, TopicTagger, Workspace

MAX_FILES = 2_000
"""Files of one upload, those in archives included."""

INDEX_EVERY = 100  # documents stored before the index takes them in
GIVEN_UP = WaraError(
    "โปรแกรมหยุดทำงานระหว่างอ่านไฟล์นี้หลายครั้ง ให้เปิดไฟล์แล้วบันทึกใหม่เป็น PDF หรือ DOCX แล้วส่งใหม่",
    "the program died on this file several times: open it, save it again as PDF or DOCX, and send "
    "that",
)


@dataclass(frozen=True, slots=True)
class Models:
    """What tags: `promoted` is the model in use in the workspace, None for the built-in one."""

    promoted: Path | None
    folder: Path
    name: str
    tagger: Tagger
    topics: TopicTagger


class Receiving:
    """The queue of uploaded files of a workspace. One process at a time works on it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.spool = Spool.of(workspace.settings)
        self._models: Models | None = None
        self._unindexed = 0

    def recover(self) -> None:
        """Go on where a worker that died left off."""
        with self.workspace.store.begin() as session:
            job_files.recover(session, str(GIVEN_UP))
            needed = job_files.places_needed(session)
        self.spool.sweep(needed)
        self._unindexed = 1  # whatever was stored before it died

    def step(self) -> bool:
        """Work on the file whose turn it is; whether there was one."""
        with self.workspace.store.begin() as session:
            file = job_files.claim_file(session)
        if file is None or self._unindexed >= INDEX_EVERY:
            self._index()
        if file is None:
            return False
        try:
            self._take(file)
        except WaraError as error:
            self._fail(file, str(error))
        except Exception as error:  # the edge of the batch: a defect costs this file only
            self._fail(file, str(_defect(error)))
        return True

    def _take(self, file: JobFile) -> None:
        path = str(self.spool.path(file.place))
        data = load(path)
        if self._is_archive(file, data):
            self._open(file, data)
            return
        sha256 = hashlib.sha256(data).hexdigest()
        if file.attempts > 1 and self._was_stored(file, sha256):
            return
        outcome = self._read(file, path)
        if outcome.document is None:
            self._fail(file, (outcome.record.error or "").replace(path, file.name))
            return
        self._store(file, outcome, data)

    def _is_archive(self, file: JobFile, data: bytes) -> bool:
        return "/" not in file.place and file.place.endswith(".zip") and is_archive(data)

    def _open(self, file: JobFile, data: bytes) -> None:
        names = member_names(data)
        if not 0 < len(names) <= MAX_FILES:
            raise ReadError(
                f"ในไฟล์ zip มี {len(names):,} ไฟล์ ส่งได้ครั้งละ 1-{MAX_FILES:,} ไฟล์ แบ่งแล้วส่งใหม่",
                f"the archive holds {len(names):,} files, 1 to {MAX_FILES:,} can be sent at once: "
                "divide it and send it again",
            )
        with self.workspace.store.begin() as session:
            job_files.open_archive(session, file, [(name, 0) for name in names])

    def _was_stored(self, file: JobFile, sha256: str) -> bool:
        """Whether the worker before got it into the store, and only could not say so any more."""
        with self.workspace.store.begin() as session:
            stored = job_files.is_stored(session, file, sha256)
            if stored:
                job_files.end_file(session, file, "stored", sha256=sha256)
        if stored:
            self._forget(file)
        return stored

    def _read(self, file: JobFile, path: str) -> Outcome:
        with self.workspace.store.read() as session:
            name = jobs.get_job(session, file.job).round
            deadline = get_round(session, name).deadline if name else None
        models = self._loaded()
        work = batch.Job(models.name, models.folder, deadline=deadline, keep=True)
        outcome = batch.process(path, models.tagger, work)
        if outcome.document is None:
            return outcome
        return replace(
            outcome,
            document=replace(outcome.document, file=file.name),
            record=replace(outcome.record, file=file.name),
        )

    def _store(self, file: JobFile, outcome: Outcome, data: bytes) -> None:
        added = self._add(file, outcome, data)
        state: job_files.FileState = "stored" if added.new else "known"
        record = outcome.record
        with self.workspace.store.begin() as session:
            job_files.end_file(
                session, file, state, sha256=added.sha256, kind=record.kind, title=record.title
            )
        self._unindexed += 1
        self._forget(file)

    def _add(self, file: JobFile, outcome: Outcome, data: bytes) -> Added:
        """Under the name that the file came in with, as it came in."""
        with self.workspace.store.read() as session:
            job = jobs.get_job(session, file.job)
        arrival = Arrival(job.by, job.round, file.received_at)
        return self.workspace.add(outcome, self._loaded().topics, arrival, data=data)

    def _fail(self, file: JobFile, error: str) -> None:
        with self.workspace.store.begin() as session:
            job_files.end_file(session, file, "failed", error=error)

    def _forget(self, file: JobFile) -> None:
        """Remove the kept file; an archive once none of its members is needed any more."""
        kept = file.place.split("/")[0]
        if kept != file.place:
            with self.workspace.store.read() as session:
                if job_files.is_needed(session, file.job, kept):
                    return
        self.spool.forget(kept)

    def _index(self) -> None:
        """Let search see what was stored; another process that writes the index does it too."""
        if not self._unindexed:
            return
        try:
            self.workspace.catch_up()
        except IndexBusyError:
            return
        self._unindexed = 0

    def _loaded(self) -> Models:
        """The models in use; loaded anew when another one was promoted."""
        from classifiers import ProposalTagger
        from classifiers.models.cards import read_card
        from classifiers.models.default import default_model
        from classifiers.models.registry import Registry
        from classifiers.topics import default_topics

        promoted = Registry(self.workspace.settings.models).current()
        if self._models is None or self._models.promoted != promoted:
            folder = promoted or default_model()
            name = f"{folder.name}@{read_card(folder)['digest'][:12]}"
            tagger = ProposalTagger.load(folder)
            self._models = Models(promoted, folder, name, tagger, default_topics())
        return self._models


def _defect(error: Exception) -> WaraError:
    return WaraError(
        f"ข้อผิดพลาดภายในของ wara ({type(error).__name__}) โปรดแจ้งผู้ดูแลพร้อมไฟล์นี้",
        "a defect of wara: please tell the administrator, together with this file",
    )
