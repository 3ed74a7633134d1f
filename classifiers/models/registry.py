"""The models of a workspace, and which one is in use.

Each model is a folder of its own (`artefacts`). `history.jsonl` beside them gets one line for
every promotion and every step back; nothing in it is ever changed, and no model is ever deleted.
The model in use is what the history says.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifiers.models import artefacts
from classifiers.models.cards import CARD_FILE, MODEL_FILE, REPORT_FILE, read_card
from classifiers.models.writing import unwritable
from pipeline.errors import ModelError, OutputError

HISTORY_FILE = "history.jsonl"
FILES = (MODEL_FILE, REPORT_FILE, CARD_FILE)


@dataclass(frozen=True)
class Entry:
    """A model of the workspace: its name, its card, and whether it is in use."""

    name: str
    folder: Path
    card: dict[str, Any]
    current: bool


@dataclass(frozen=True)
class Registry:
    """The models in `folder` (`Settings.models`). A folder that does not exist holds none."""

    folder: Path

    def entries(self) -> list[Entry]:
        """All models, the oldest first. A folder without a readable card is left out."""
        current = self.current_name()
        found = []
        for folder in sorted(self.folder.glob("[!.]*")) if self.folder.is_dir() else []:
            try:
                card = read_card(folder)
            except ModelError:
                continue
            found.append(Entry(folder.name, folder, card, folder.name == current))
        return sorted(found, key=lambda entry: (str(entry.card.get("created")), entry.name))

    def add(self, model: Path) -> str:
        """Take a saved model into the workspace by copying it; its name there.

        The name is made of the day and the digest, so that the same model gets the same name.
        """
        card = artefacts.load(model)[1]
        name = f"{str(card.get('created', ''))[:10].replace('-', '')}-{card['digest'][:8]}"
        place = self.folder / name
        if place.exists() and _sound(place):
            return name
        part = self.folder / f".{name}.{os.getpid()}.part"
        try:
            part.mkdir(parents=True)
            for file in FILES:  # the card last: without it there is no model
                if (model / file).exists():
                    shutil.copyfile(model / file, part / file)
            shutil.rmtree(place, ignore_errors=True)  # a damaged one, if any
            part.rename(place)
        except OSError as error:
            raise unwritable(self.folder, error) from error
        finally:
            shutil.rmtree(part, ignore_errors=True)
        return name

    def path(self, name: str) -> Path:
        """The folder of a model. Raises ModelError, naming those there are, for an unknown one."""
        names = [entry.name for entry in self.entries()]
        if name not in names:
            raise ModelError(
                f"ไม่มีโมเดล {name!r} ใน {self.folder} มี: {', '.join(names) or 'ยังไม่มี'} "
                "(เทรนด้วย wara train)",
                f"no model {name!r} in the workspace; there are: {', '.join(names) or 'none'}",
            )
        return self.folder / name

    def current_name(self) -> str | None:
        """The name of the model in use; None before the first promotion or after the last undo."""
        stack = self._stack()
        return stack[-1] if stack else None

    def current(self) -> Path | None:
        """The folder of the model in use. Raises ModelError when it has gone from the workspace."""
        name = self.current_name()
        if name is None:
            return None
        folder = self.folder / name
        if not (folder / CARD_FILE).exists():
            raise ModelError(
                f"โมเดลที่ใช้อยู่ ({name}) หายไปจาก {self.folder} "
                "ให้คืนโฟลเดอร์นั้น หรือถอยด้วย wara models rollback",
                f"the model in use ({name}) is gone from the workspace: "
                "put it back, or go back with wara models rollback",
            )
        return folder

    def promote(self, name: str, *, why: dict[str, Any]) -> None:
        """Make a model the one in use; `why` is kept in the history.

        Raises ModelError for a model that is not there or cannot be loaded.
        """
        artefacts.load(self.path(name))
        if name != self.current_name():
            self._append({"event": "promote", "model": name, **why})

    def rollback(self) -> str | None:
        """Go back to the model used before; its name, None for the built-in model.

        One that has gone from the workspace is passed over.
        Raises ModelError when no promotion is left to undo.
        """
        stack = self._stack()
        if not stack:
            raise ModelError(
                "ยังไม่มีโมเดลที่นำขึ้นใช้ จึงไม่มีอะไรให้ถอย ดูด้วย wara models list",
                "no model was promoted, so there is nothing to go back from: see wara models list",
            )
        while stack:
            self._append({"event": "rollback", "model": stack.pop()})
            if stack and (self.folder / stack[-1] / CARD_FILE).exists():
                return stack[-1]
        return None

    def history(self) -> list[dict[str, Any]]:
        """Every promotion and step back, the oldest first."""
        return list(self._events())

    def _stack(self) -> list[str]:
        """The models promoted and not taken back, the one in use last."""
        stack: list[str] = []
        for event in self._events():
            if event.get("event") == "promote":
                stack.append(str(event["model"]))
            elif event.get("event") == "rollback" and stack:
                stack.pop()
        return stack

    def _events(self) -> Iterator[dict[str, Any]]:
        file = self.folder / HISTORY_FILE
        try:
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return
        except OSError as error:
            raise ModelError(
                f"อ่าน {file} ไม่ได้ ({error.strerror}) ตรวจว่า --workspace เป็นโฟลเดอร์ที่เปิดอ่านได้",
                f"{file} cannot be read ({error.strerror}): check that --workspace is a folder "
                "that you may read",
            ) from error
        for line in lines:
            try:
                event = json.loads(line)
            except ValueError:
                continue  # blank, or cut off when the machine stopped
            name = event.get("model") if isinstance(event, dict) else None
            if isinstance(name, str) and name == Path(name).name:
                yield event

    def _append(self, event: dict[str, Any]) -> None:
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        line = json.dumps({"at": now, **event})
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / HISTORY_FILE).open("a", encoding="utf-8") as file:
                file.write(f"\n{line}\n")  # a line cut off before must not swallow this one
        except OSError as error:
            raise OutputError(
                f"เขียน {self.folder / HISTORY_FILE} ไม่ได้ ({error.strerror}) ให้ตรวจสิทธิ์ของโฟลเดอร์",
                f"{self.folder / HISTORY_FILE} cannot be written: check the folder's permissions",
            ) from error


def _sound(folder: Path) -> bool:
    try:
        artefacts.load(folder)
    except ModelError:
        return False
    return True
