"""Many files to outcomes in memory: in this process, in worker processes, or on a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.batch.answers import Engine, Order
from pipeline.batch.units import cut, target, weight
from pipeline.batch.work import Job, Outcome, in_turn
from pipeline.inputs import located
from pipeline.records import Record, Tagger

LARGEST_HERE = 2 << 20
"""Bytes of a unit whose outcomes are passed on one by one."""


def classify_all(
    files: Sequence[str], tagger: Tagger | None, job: Job, *, workers: int = 1, cluster: str = ""
) -> Iterator[tuple[int, Record]]:
    """Rows as they get ready, each with the position of its file in `files`; see `process_all`."""
    found = process_all(files, tagger, job, workers=workers, cluster=cluster)
    return ((at, done.record) for at, done in found)


def process_all(
    files: Sequence[str], tagger: Tagger | None, job: Job, *, workers: int = 1, cluster: str = ""
) -> Iterator[tuple[int, Outcome]]:
    """Outcomes as they get ready, each with the position of its file in `files`.

    With one worker and no cluster the work is done in this process, by `tagger`, in the order of
    the files; else by worker processes here, or by those of the Dask scheduler at the address
    `cluster`, the largest files first. These load the model of the job; `tagger` is not asked.
    """
    if workers <= 1 and not cluster:
        if tagger is None:
            raise ValueError("work in this process needs a tagger")
        yield from enumerate(in_turn(files, tagger, job))
        return
    if not files:
        return
    items = [located(file, position) for position, file in enumerate(files)]
    items.sort(key=lambda item: (-item.size, item.position))
    size = target(sum(map(weight, items)), workers, LARGEST_HERE)
    with engine(Order(job), workers=min(workers, len(items)), cluster=cluster) as running:
        for answer in running.run(cut(items, job, size)):
            for item, found in zip(answer.unit.items, answer.results, strict=True):
                yield item.position, found.outcome


def engine(order: Order, *, workers: int = 1, cluster: str = "") -> Engine:
    """Worker processes here or, with an address, of a cluster. Raises ClusterError."""
    if cluster:
        from pipeline.batch.cluster import ClusterEngine

        return ClusterEngine(order, cluster)
    from pipeline.batch.local import LocalEngine

    return LocalEngine(order, workers)
