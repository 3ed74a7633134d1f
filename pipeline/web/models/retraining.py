"""Training a new model in the background, and putting it into use if it is the better one."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpora import Taxonomy, load_taxonomy
from pipeline.errors import WaraError
from pipeline.store import jobs
from pipeline.store.labels import load_labelled
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

    from classifiers.models.promotion import Comparison
    from classifiers.models.registry import Registry

TRAINING, COMPARING = "training", "comparing"
TELL_EVERY = 1.0  # seconds between two notes of the progress
GIVEN_UP = WaraError(
    "โปรแกรมหยุดทำงานระหว่างงานนี้หลายครั้ง ตรวจหน่วยความจำของเครื่อง แล้วสั่งใหม่",
    "the program died several times over this: check the memory of the machine, then start again",
)
log = logging.getLogger("pipeline.web")


class Retraining:
    """The queue of trainings and promotions of a workspace. One process at a time works on it."""

    kinds = jobs.LANES["models"]

    def __init__(
        self, workspace: Workspace, corpus: Callable[[], pd.DataFrame] | None = None
    ) -> None:
        self.workspace = workspace
        self.corpus = corpus or _corpus

    def recover(self) -> None:
        """Let what was running when a worker died run again."""
        with self.workspace.store.begin() as session:
            jobs.recover(session, self.kinds, str(GIVEN_UP))

    def step(self) -> bool:
        """Do the job whose turn it is; whether there was one."""
        with self.workspace.store.begin() as session:
            job = jobs.claim_job(session, self.kinds)
        if job is None:
            return False
        error = ""
        try:
            self._do(job)
        except WaraError as problem:
            error = str(problem)
        except Exception as problem:  # the edge: a defect costs this job only
            log.exception("job %s", job.id)
            error = (
                f"ข้อผิดพลาดภายในของ wara ({type(problem).__name__}) โปรดแจ้งผู้ดูแล (a defect of wara)"
            )
        with self.workspace.store.begin() as session:
            jobs.end_job(session, job.id, error=error)
        return True

    def _do(self, job: jobs.Job) -> None:
        from classifiers.models.promotion import challenge
        from classifiers.models.registry import Registry

        registry, taxonomy = Registry(self.workspace.settings.models), load_taxonomy()
        examples, own = self._examples(taxonomy)
        name = job.details.get("model")  # a training that died later need not train again
        if name is None:
            name = self._train(job, registry, examples, taxonomy)
        if registry.current_name() == name:
            self._remember(job, promoted=True)
            return
        self._tell(job, COMPARING, 0, 0)
        found = challenge(registry, name, taxonomy, own=own)
        self._remember(job, promoted=found is None or found.wins, comparison=_plain(found))

    def _examples(self, taxonomy: Taxonomy) -> tuple[pd.DataFrame, pd.DataFrame | None]:
        """(to train on, the people's own kept back to compare on): the corpus and their labels."""
        import pandas as pd

        from classifiers.training import keep_back, trainable

        with self.workspace.store.read() as session:
            own = load_labelled(session, taxonomy)
        if own.empty:
            return trainable(self.corpus()), None
        learned, kept = keep_back(own)
        rows = pd.concat([self.corpus(), learned], ignore_index=True)
        return trainable(rows), kept

    def _train(
        self, job: jobs.Job, registry: Registry, examples: pd.DataFrame, taxonomy: Taxonomy
    ) -> str:
        from classifiers.models.writing import check_writable
        from classifiers.training import train

        check_writable(registry.folder)
        with tempfile.TemporaryDirectory() as temporary:
            train(
                examples,
                taxonomy,
                Path(temporary),
                full_report=True,
                on_step=_seldom(lambda done, steps: self._tell(job, TRAINING, done, steps)),
            )
            name = registry.add(Path(temporary))
        self._remember(job, model=name, examples=len(examples))
        return name

    def _tell(self, job: jobs.Job, stage: str, done: int, steps: int) -> None:
        with self.workspace.store.begin() as session:
            jobs.tell_progress(session, job.id, stage, done, steps)

    def _remember(self, job: jobs.Job, **details: Any) -> None:
        with self.workspace.store.begin() as session:
            jobs.remember(session, job.id, **details)


def _corpus() -> pd.DataFrame:
    from corpora import load_proposals

    return load_proposals(part="train")


def _plain(found: Comparison | None) -> dict[str, Any] | None:
    """A comparison as JSON holds it; `worse` are the labels that speak against the new model."""
    if found is None:
        return None
    return asdict(found) | {"wins": found.wins, "worse": list(found.worse)}


def _seldom(tell: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Pass on the first and the last step, and one a second between them."""
    last = 0.0

    def step(done: int, steps: int) -> None:
        nonlocal last
        if done in (0, steps) or time.monotonic() - last > TELL_EVERY:
            last = time.monotonic()
            tell(done, steps)

    return step
