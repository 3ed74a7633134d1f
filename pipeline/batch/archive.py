"""A folder of rows that grows part by part, and can be gone on with whenever it stopped.

    OUT/manifest.json            what was asked for, how far it is, every part (`manifest`)
    OUT/rows/part-*.parquet      rows; a part stands for the inputs in its footer (`parts`)
    OUT/documents/part-*.parquet with `Job.keep`: the packed documents of the part of that name

The parts are the truth. One comes into being by one rename, its documents before its rows:
documents without rows are of a run that was killed in between, and are removed. Whatever else is
killed half way leaves a file that is not listed as a part, and inputs that wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from pipeline.batch import manifest
from pipeline.batch.answers import Answer, Order, result
from pipeline.batch.filling import Filling, Watch
from pipeline.batch.folder import check, hold, tidy
from pipeline.batch.inventory import Inventory
from pipeline.batch.manifest import Asked, Counts, Manifest
from pipeline.batch.parts import ROWS, items_to_retry, part_name
from pipeline.batch.places import Place
from pipeline.batch.running import engine
from pipeline.batch.units import FILE_COST, Unit, cut, target
from pipeline.batch.work import Outcome
from pipeline.errors import UsageError
from pipeline.inputs import Item, Missing, follow, located
from pipeline.records import failed

MISSING = part_name("missing")
"""The part of names that lead nowhere; it is made anew each time they are looked for."""


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
    with hold(out) as place:
        started = check(place, asked, resume)
        running = engine(Order(asked.job, packed=True), workers=workers, cluster=cluster)
        filling = Filling(place, Manifest(place, asked, started))
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
    with hold(out) as place:
        if not manifest.is_there(place):
            raise _nothing_to_retry(out)
        asked, started, _ = manifest.read(place)
        asked = replace(asked, job=replace(asked.job, model_folder=_model_of(asked, model)))
        filling = Filling(place, Manifest(place, asked, started))
        tidy(place)
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


def _take_stock(filling: Filling, inventory: Inventory, inputs: Iterable[str]) -> list[Missing]:
    """Take in what the user named and what the folder holds already; what leads nowhere."""
    place = filling.place
    tidy(place)
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


def _model_of(asked: Asked, model: Path | None) -> Path:
    """The folder of the model that the rows were made with. Raises UsageError for another one."""
    from classifiers.models.cards import read_card

    folder = model or asked.job.model_folder
    digest = read_card(folder)["digest"][:12]
    if not asked.job.model.endswith(f"@{digest}"):
        raise UsageError(
            f"โมเดลใน {folder} ({digest}) ไม่ใช่ {asked.job.model} ที่ใช้กับโฟลเดอร์นี้ "
            "ระบุโมเดลเดิมด้วย --model",
            f"the model in {folder} ({digest}) is not {asked.job.model}, which the folder was made "
            "with: name that one with --model",
        )
    return folder


def _nothing_to_retry(out: str) -> UsageError:
    return UsageError(
        f"{out} ไม่ใช่โฟลเดอร์ผลของ wara classify -o โฟลเดอร์/",
        f"{out} is no folder of results: name one that was made by wara classify -o FOLDER/",
    )
