"""The folder that a run fills: held for one run at a time, checked, tidied after a killed one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from pipeline.batch import manifest
from pipeline.batch.manifest import Asked
from pipeline.batch.parts import DOCUMENTS, ROWS
from pipeline.batch.places import HALF, Place
from pipeline.errors import OutputError, UsageError
from pipeline.locking import alone

LOCK = ".lock"


def check(place: Place, asked: Asked, resume: bool) -> str | None:
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


def tidy(place: Place) -> None:
    """Remove what a run that was killed left: half written files, documents without rows."""
    rows = parts_in(place, ROWS)
    for folder in ("", ROWS, DOCUMENTS):
        for name in place.names(folder):
            half = name.endswith(HALF)
            if half or (folder == DOCUMENTS and name.startswith("part-") and name not in rows):
                place.remove(f"{folder}/{name}".lstrip("/"))


def parts_in(place: Place, folder: str) -> dict[str, int]:
    """The parts in a subfolder, by name, with their sizes."""
    found = place.names(folder)
    return {n: s for n, s in found.items() if n.startswith("part-") and n.endswith(".parquet")}


@contextmanager
def hold(out: str) -> Iterator[Place]:
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
