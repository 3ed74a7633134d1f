"""A TOML file read strictly: every fault names file, line and key, and what to do about it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora.lines import fault_at
from pipeline.errors import ModelError


@dataclass(frozen=True, slots=True)
class Entry:
    """Table number `index` (from 0) of `[[where]]`, with what is needed to name a fault."""

    file: Path
    toml: str
    where: str
    index: int
    values: dict[str, Any]

    def fault(self, key: str, thai: str, english: str) -> ModelError:
        """An error that names the line and the key."""
        return fault_at(f"{self.file}:{self.line(key)}, {self.where}.{key}", thai, english)

    def line(self, key: str) -> int:
        """The 1-based line of `key` in this table, else of the table's header, else 1."""
        header = re.compile(rf"\s*\[\[\s*{re.escape(self.where)}\s*\]\]")
        entry = re.compile(rf"\s*{re.escape(key)}\s*=")
        lines = self.toml.split("\n")
        headers = [at for at, line in enumerate(lines) if header.match(line)]
        if self.index >= len(headers):
            return 1
        start = headers[self.index]
        for at in range(start + 1, len(lines)):
            if lines[at].lstrip().startswith("[["):
                break
            if entry.match(lines[at]):
                return at + 1
        return start + 1

    def text(self, key: str) -> str:
        """The text at `key`; it must be there and not be blank."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(
                key,
                "ต้องเป็นข้อความที่ไม่ว่าง เติมข้อความในช่องนี้",
                "this must be a text and not empty. Fill it in.",
            )
        return value.strip()

    def cues(self) -> tuple[str, ...]:
        """The words listed at `cues`; () when absent."""
        cues = self.values.get("cues", [])
        if not isinstance(cues, list) or not all(isinstance(c, str) and c.strip() for c in cues):
            raise self.fault(
                "cues",
                'ต้องเป็นรายการคำ เขียนเช่น ["ขยะ", "น้ำเสีย"]',
                'this must be a list of words. Write it like ["ขยะ", "น้ำเสีย"].',
            )
        return tuple(cue.strip() for cue in cues)

    def year(self) -> int:
        """The Buddhist Era year at `fiscal_year`."""
        year = self.values.get("fiscal_year")
        if type(year) is not int or not 2500 <= year <= 2700:
            raise self.fault(
                "fiscal_year",
                "ต้องเป็นปีงบประมาณ พ.ศ. เขียนเช่น 2565",
                "this must be a fiscal year of the Buddhist Era. Write it like 2565.",
            )
        return year


def read_text(file: Path) -> str:
    """The text of a UTF-8 file."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise fault_at(
            str(file),
            f"อ่านไฟล์ป้ายไม่ได้ ({error}) ตรวจชื่อไฟล์และบันทึกเป็น UTF-8",
            f"this taxonomy cannot be read ({error}). Check the path and save it as UTF-8.",
        ) from error


def parse_toml(file: Path, text: str) -> dict[str, Any]:
    """The tables of a TOML text."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:  # deeply nested arrays recurse
        raise fault_at(
            str(file),
            f"ไม่ใช่ TOML ที่ถูกต้อง ({error}) แก้บรรทัดที่บอกไว้",
            f"this is not valid TOML ({error}). Correct the line it names.",
        ) from error


def entries_of(file: Path, toml: str, where: str, tables: object) -> list[Entry]:
    """The tables that stand under `[[where]]`."""
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise fault_at(
            f"{file}, {where}",
            f"ต้องเขียนเป็นตาราง [[{where}]]",
            f"this must be tables. Write each one under [[{where}]].",
        )
    return [Entry(file, toml, where, index, table) for index, table in enumerate(tables)]


def check_unique(entries: list[Entry], key: str) -> None:
    """Raise `ModelError` when two tables have the same value at `key`."""
    seen: set[str] = set()
    for entry in entries:
        value = entry.values[key].strip()
        if value in seen:
            raise entry.fault(
                key,
                f"{value} ซ้ำกับรายการก่อนหน้า เปลี่ยนหรือลบรายการหนึ่ง",
                f"{value} stands here a second time. Rename or remove one.",
            )
        seen.add(value)
