"""JSON lines read strictly: every fault names file, line and key, and what to do about it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError

LATEST_CE_YEAR = 2400  # a later year in a date is one of the Buddhist Era


@dataclass(frozen=True, slots=True)
class Line:
    """One parsed line and where it stands (`file:number`, from 1)."""

    place: str
    values: Mapping[str, Any]

    def fault(self, key: str, thai: str, english: str) -> ModelError:
        """An error that names this line and `key`."""
        return fault_at(f"{self.place}, {key}", thai, english)

    def text(self, key: str) -> str:
        """The text at `key`; it must be there and not be blank."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(
                key,
                "ต้องเป็นข้อความที่ไม่ว่าง เติมข้อความหรือลบบรรทัดนี้",
                "this must be a text and not empty. Fill it in or delete the line.",
            )
        return value

    def optional_text(self, key: str) -> str | None:
        """The text at `key`, None when absent."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, str):
            raise self.fault(
                key, "ต้องเป็นข้อความหรือ null แก้ช่องนี้", "this must be a text or null. Correct it."
            )
        return value

    def choice(self, key: str, value: object, allowed: tuple[str, ...]) -> str:
        """Give `value` back if it is one of `allowed`."""
        if isinstance(value, str) and value in allowed:
            return value
        names = ", ".join(allowed)
        raise self.fault(
            key,
            f"ไม่รู้จัก {value!r} ใช้ {names} หรือเพิ่มป้ายใหม่ใน taxonomy.toml",
            f"unknown label {value!r}. Use one of {names}, or add it to taxonomy.toml.",
        )

    def choices(self, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        """The different values listed at `key`, each one of `allowed`; () when absent."""
        values = self.values.get(key)
        if values is None:
            return ()
        if not isinstance(values, list):
            raise self.fault(
                key, "ต้องเป็นรายการ [...] แก้ช่องนี้", "this must be a list [...]. Correct it."
            )
        chosen = tuple(self.choice(key, value, allowed) for value in values)
        if len(set(chosen)) < len(chosen):
            raise self.fault(
                key, "มีค่าซ้ำ ลบค่าที่ซ้ำออก", "a value stands here twice. Remove the second."
            )
        return chosen

    def flag(self, key: str) -> bool:
        """The true or false at `key`, false when absent."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.fault(
                key, "ต้องเป็น true หรือ false แก้ช่องนี้", "this must be true or false. Correct it."
            )
        return value

    def date(self, key: str) -> str | None:
        """The ISO date (YYYY-MM-DD, Common Era) at `key`, None when absent."""
        value = self.optional_text(key)
        if value is None:
            return None
        try:
            date = dt.date.fromisoformat(value)
            if date.year > LATEST_CE_YEAR or date.isoformat() != value:  # it takes 2021-W50-5 too
                raise ValueError("a year of the Buddhist Era or another ISO form")
        except ValueError as error:
            raise self.fault(
                key,
                f"{value!r} ไม่ใช่วันที่ ค.ศ. เขียนเช่น 2021-12-17 หรือใส่ null",
                f"{value!r} is no date of the Common Era. Write it like 2021-12-17, or null.",
            ) from error
        return value


def fault_at(place: str, thai: str, english: str) -> ModelError:
    """An error that begins with the place, in both languages."""
    return ModelError(f"{place}: {thai}", f"{place}: {english}")


def jsonl_files(path: Path) -> list[Path]:
    """Give the file itself, or the .jsonl files of a folder by name."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise fault_at(
            str(path),
            "ไม่มีไฟล์ .jsonl ในโฟลเดอร์นี้ ระบุโฟลเดอร์หรือไฟล์ที่มีตัวอย่างติดป้าย",
            "this folder holds no .jsonl file. Name a folder or a file of labelled lines.",
        )
    return files


def read_lines(files: list[Path], *, ids: bool = True) -> Iterator[Line]:
    """Yield the lines that are not blank, at least one.

    With `ids`, every line has an id, which may stand once in all the files.
    """
    lines = _lines(files)
    return unique(lines) if ids else lines


def _lines(files: list[Path]) -> Iterator[Line]:
    empty = True
    for file in files:
        # not splitlines(): U+2028 and U+0085 may stand inside a JSON string
        for number, raw in enumerate(_read(file).split("\n"), start=1):
            if raw.strip():
                empty = False
                yield Line(f"{file}:{number}", _object(f"{file}:{number}", raw))
    if empty:
        raise fault_at(
            ", ".join(map(str, files)),
            "ไม่มีตัวอย่างแม้แต่บรรทัดเดียว เพิ่มบรรทัด JSON",
            "there is not one line. Add JSON lines.",
        )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise fault_at(
            str(file),
            f"อ่านไฟล์ไม่ได้ ({error}) ตรวจชื่อไฟล์และบันทึกเป็น UTF-8",
            f"this file cannot be read ({error}). Check the path and save it as UTF-8.",
        ) from error


def _object(place: str, raw: str) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:  # deeply nested brackets recurse
        raise fault_at(
            place,
            f"ไม่ใช่ JSON ({error}) แก้หรือลบบรรทัดนี้",
            f"this is not JSON ({error}). Correct or delete the line.",
        ) from error
    if not isinstance(value, dict):
        raise fault_at(
            place,
            "ต้องเป็นวัตถุ JSON {...} แก้หรือลบบรรทัดนี้",
            "this must be a JSON object {...}. Correct or delete the line.",
        )
    return value


def unique(lines: Iterable[Line]) -> Iterator[Line]:
    """Pass the lines on. Raises ModelError where an id is missing or stands a second time."""
    seen: dict[str, str] = {}
    for line in lines:
        identifier = line.text("id")
        if identifier in seen:
            raise line.fault(
                "id",
                f"{identifier} ซ้ำกับ {seen[identifier]} เปลี่ยนรหัสหรือลบบรรทัดหนึ่ง",
                f"{identifier} stands at {seen[identifier]} too. Rename it or delete one line.",
            )
        seen[identifier] = line.place
        yield line
