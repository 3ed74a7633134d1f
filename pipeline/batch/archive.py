"""A folder of rows that grows part by part, and can be gone on with whenever it stopped.

    OUT/manifest.json            what was asked for, how far it is, every part (`manifest`)
    OUT/rows/part-*.parquet      rows; a part stands for the inputs in its footer (`parts`)
    OUT/documents/part-*.parquet with `Job.keep`: the packed documents of the part of that name

The parts are the truth. One comes into being by one rename, its documents before its rows:
documents without rows are of a run that was killed in between, and are removed. Whatever else is
killed half way leaves a file that is not listed as a part, and inputs that wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Protocol

from pipeline.batch import manifest
from pipeline.batch.answers import Answer, Order, result
from pipeline.batch.inventory import Inventory
from pipeline.batch.manifest import Asked, Counts, Manifest
from pipeline.batch.parts import (
    DOCUMENTS,
    ROWS,
    Entry,
    documents_part,
    entries,
    items_to_retry,
    part_name,
    rows_part,
    states,
)
from pipeline.batch.places import HALF, Place
from pipeline.batch.running import engine
from pipeline.batch.units import FILE_COST, Unit, cut, target
from pipeline.batch.work import Outcome
from pipeline.errors import OutputError, UsageError
from pipeline.inputs import Item, Missing, follow, located
from pipeline.locking import alone
from pipeline.records import failed

LOCK = ".lock"
MISSING = part_name("missing")
"""The part of names that lead nowhere; it is made anew each time they are looked for."""


class Watch(Protocol):
    """Whoever looks on."""

    def begin(self, counts: Counts, link: str | None) -> None:
        """The work begins; `counts` says what is there already."""
        ...

    def step(self, counts: Counts, answer: Answer) -> None:
        """A unit was committed."""
        ...


def fill(
    out: str,
    asked: Asked,
    watch: Watch,
    *,
    workers: int = 1,
    cluster: str = "",
    resume: bool = False,
) -> Counts:
    """Make a row of every input in the folder `out`, or those that it lacks if `resume`.

    Raises UsageError and OutputError for a folder that cannot be used, ClusterError, ModelError.
    """
    with _held(out) as place:
        started = _check(place, asked, resume)
        running = engine(Order(asked.job, packed=True), workers=workers, cluster=cluster)
        filling = _Filling(place, Manifest(place, asked, started))
        with Inventory() as inventory, running:
            missing = _take_stock(filling, inventory, asked.inputs)
            filling.parts(inventory.parts(), inventory.total() + len(missing))
            size = target(inventory.weight(FILE_COST), workers)
            units = _units(inventory, asked, size)
            lost = [_lost(missing)] if missing else []
            return filling.run(chain(lost, running.run(units)), running.link, watch)


def retry(
    out: str, watch: Watch, *, model: Path | None = None, workers: int = 1, cluster: str = ""
) -> Counts:
    """Do the inputs that failed or were quarantined again; their rows take the old ones' place.

    `model` is where the model lies now, if it was moved. Raises as `fill`.
    """
    with _held(out) as place:
        if not manifest.is_there(place):
            raise _nothing_to_retry(out)
        asked, started, _ = manifest.read(place)
        asked = replace(asked, job=replace(asked.job, model_folder=_model_of(asked, model)))
        filling = _Filling(place, Manifest(place, asked, started))
        _tidy(place)
        found = dict(filling.found())
        bad = {part: held["failed"] + held["quarantined"] for part, held in found.items()}
        again = [part for part, files in bad.items() if files]
        for part in again:
            found[part] = {"done": found[part]["done"], "failed": 0, "quarantined": 0}
        filling.parts(found, filling.inputs)
        with engine(Order(asked.job, packed=True), workers=workers, cluster=cluster) as running:
            size = target(sum(bad.values()) * FILE_COST, workers)
            units = (unit for part in again for unit in _again(place, part, asked, size))
            return filling.run(running.run(units), running.link, watch)


class _Filling:
    """What is in the folder, and what is added to it."""

    def __init__(self, place: Place, listed: Manifest) -> None:
        self.place, self._manifest = place, listed
        self.inputs = 0
        self._sums = {"done": 0, "failed": 0, "quarantined": 0}

    def found(self) -> Iterator[tuple[str, Mapping[str, int]]]:
        """The parts that are there, and how many inputs of each state they hold."""
        for part, held in self.entries():
            counted = states(held)
            self.inputs += sum(counted.values())
            yield part, counted

    def entries(self) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        """The parts that are there, and their entries."""
        for part in sorted(_parts(self.place, ROWS)):
            with self.place.open(f"{ROWS}/{part}") as stream:
                held = entries(stream, part)
            self._list_quarantined(held)
            yield part, held

    def parts(self, found: Mapping[str, Mapping[str, int]], inputs: int) -> None:
        """Begin with these parts, of `inputs` in all."""
        self.inputs = inputs
        for part, held in found.items():
            self._count(part, held)

    def counts(self) -> Counts:
        """How it stands."""
        return Counts(self.inputs, **self._sums)

    def run(self, answers: Iterable[Answer], link: str | None, watch: Watch) -> Counts:
        """Commit every answer as it comes; `link` shows where they come from."""
        self._manifest.write(self.counts(), "running")
        watch.begin(self.counts(), link)
        try:
            for answer in answers:
                self.commit(answer)
                watch.step(self.counts(), answer)
                self._manifest.write_if_due(self.counts())
        except BaseException:
            with suppress(OutputError):  # the disk may be full: the parts say it all
                self._manifest.write(self.counts(), "stopped")
            raise
        self._manifest.write(self.counts(), "finished")
        return self.counts()

    def commit(self, answer: Answer) -> None:
        """Write a unit's part: its documents, then its rows, which make it count."""
        part = answer.unit.part or part_name(answer.unit.name)
        old = answer.unit.part is not None
        if self._manifest.keeps:
            name = f"{DOCUMENTS}/{part}"
            before = self.place.read(name) if old and part in self._documents() else None
            packed = documents_part(answer, before)
            if packed is not None:
                self.place.write(name, packed)
        name = f"{ROWS}/{part}"
        packed, held = rows_part(answer, self.place.read(name) if old else None)
        self.place.write(name, packed)
        self._count(part, states(held))
        self._list_quarantined(held)

    def _list_quarantined(self, held: Iterable[Entry]) -> None:
        for entry in held:
            if entry.state == "quarantined":
                self._manifest.quarantined[entry.place] = None
            else:
                self._manifest.quarantined.pop(entry.place, None)

    def _documents(self) -> dict[str, int]:
        return _parts(self.place, DOCUMENTS)

    def _count(self, part: str, held: Mapping[str, int]) -> None:
        before = self._manifest.parts.get(part, {})
        for state in self._sums:
            self._sums[state] += held.get(state, 0) - before.get(state, 0)
        self._manifest.parts[part] = held


def _take_stock(filling: _Filling, inventory: Inventory, inputs: Iterable[str]) -> list[Missing]:
    """Take in what the user named and what the folder holds already; what leads nowhere."""
    place = filling.place
    _tidy(place)
    place.remove(f"{ROWS}/{MISSING}")
    missing: dict[str, Missing] = {}
    inventory.add(_found(inputs, place, missing))
    for part, held in filling.entries():
        inventory.account(part, held)
    return list(missing.values())


def _found(inputs: Iterable[str], place: Place, missing: dict[str, Missing]) -> Iterator[Item]:
    for found in follow(inputs, leave_out=place.local):
        if isinstance(found, Item):
            yield found
        else:
            missing[found[0]] = found


def _lost(missing: Iterable[Missing]) -> Answer:
    """The rows of names that lead nowhere."""
    pairs = [(located(name), error) for name, error in missing]
    rows = tuple(result(Outcome(failed(item.file, error))) for item, error in pairs)
    return Answer(Unit("missing", tuple(item for item, _ in pairs)), rows)


def _units(inventory: Inventory, asked: Asked, size: int) -> Iterator[Unit]:
    """Inputs that have changed go to the parts with their old rows, the others to new ones."""
    for part in inventory.changed_parts():
        yield Unit(part.removesuffix(".parquet"), tuple(inventory.changed(part)), part)
    yield from cut(inventory.waiting(), asked.job, size)


def _again(place: Place, part: str, asked: Asked, size: int) -> Iterator[Unit]:
    """The files of a part that have no good row; several workers may do those of one part."""
    with place.open(f"{ROWS}/{part}") as stream:
        items = items_to_retry(stream, part)
    return cut(items, asked.job, size, part)


def _check(place: Place, asked: Asked, resume: bool) -> str | None:
    """When the filling of the folder began, None for a new one; refuse what cannot be used."""
    names = [name for name in place.names() if name != LOCK]
    if manifest.FILE in names:
        if not resume:
            raise _begun(place.address)
        before, started, _ = manifest.read(place)
        manifest.check_same(before, asked)
        return started
    if any(not name.startswith(".") for name in names):
        raise OutputError(
            f"โฟลเดอร์ {place.address} มีไฟล์อื่นอยู่แล้ว ให้เลือกโฟลเดอร์ว่างหรือชื่อใหม่",
            "the output folder holds other files: choose an empty folder or a new name",
        )
    return None


def _tidy(place: Place) -> None:
    """Remove what a run that was killed left: half written files, documents without rows."""
    rows = _parts(place, ROWS)
    for folder in ("", ROWS, DOCUMENTS):
        for name in place.names(folder):
            half = name.endswith(HALF)
            if half or (folder == DOCUMENTS and name.startswith("part-") and name not in rows):
                place.remove(f"{folder}/{name}".lstrip("/"))


def _parts(place: Place, folder: str) -> dict[str, int]:
    found = place.names(folder)
    return {n: s for n, s in found.items() if n.startswith("part-") and n.endswith(".parquet")}


def _model_of(asked: Asked, model: Path | None) -> Path:
    """The folder of the model that the rows were made with. Raises UsageError for another one."""
    from classifiers import artefacts

    folder = model or asked.job.model_folder
    digest = artefacts.read_card(folder)["digest"][:12]
    if not asked.job.model.endswith(f"@{digest}"):
        raise UsageError(
            f"โมเดลใน {folder} ({digest}) ไม่ใช่ {asked.job.model} ที่ใช้กับโฟลเดอร์นี้ "
            "ระบุโมเดลเดิมด้วย --model",
            f"the model in {folder} ({digest}) is not {asked.job.model}, which the folder was made "
            "with: name that one with --model",
        )
    return folder


@contextmanager
def _held(out: str) -> Iterator[Place]:
    """The folder, for one run at a time; a lock of this machine alone holds it."""
    place = Place(out)
    if place.local is None:
        yield place
        return
    with ExitStack() as stack:
        try:
            stack.enter_context(alone(place.local / LOCK, wait=False))
        except BlockingIOError as error:
            raise OutputError(
                f"มี wara อีกตัวกำลังเขียน {out} อยู่ รอให้เสร็จก่อน หรือระบุโฟลเดอร์อื่นด้วย -o",
                f"another wara is writing {out}: wait for it, or name another folder with -o",
            ) from error
        except OSError as error:
            raise OutputError(
                f"สร้างโฟลเดอร์ผลลัพธ์ {out} ไม่ได้ ({error.strerror}) ให้เลือกที่อื่นด้วย -o",
                f"the output folder {out} cannot be made: choose another place with -o",
            ) from error
        yield place


def _begun(out: str) -> UsageError:
    return UsageError(
        f"โฟลเดอร์ {out} มีผลอยู่แล้ว ใส่ --resume เพื่อทำต่อ หรือระบุโฟลเดอร์ใหม่ด้วย -o",
        f"the folder {out} holds results already: add --resume to go on, or name a new folder "
        "with -o",
    )


def _nothing_to_retry(out: str) -> UsageError:
    return UsageError(
        f"{out} ไม่ใช่โฟลเดอร์ผลของ wara classify -o โฟลเดอร์/",
        f"{out} is no folder of results: name one that was made by wara classify -o FOLDER/",
    )
