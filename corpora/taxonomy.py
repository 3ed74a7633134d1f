"""Reads `taxonomy.toml`: the labels are data, so a new one needs no code.

A taxonomy that cannot be used raises `ModelError`, which names the file, the line and the key.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora.entries import Entry, check_unique, entries_of, parse_toml, read_text
from corpora.lines import fault_at

FORMAT = 1
TAXONOMY_FILE = Path(__file__).with_name("taxonomy.toml")

_TABLES = ("agendas", "modes", "flags", "topics", "networks")
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_REQUIRED_FLAG = "award_scaleup"  # `Tagging` has a field for it


@dataclass(frozen=True, slots=True)
class Label:
    """One agenda, mode, flag or topic; `cues` often stand for it, `fiscal_year` is BE."""

    code: str
    name_th: str
    name_en: str
    short_th: str
    definition_th: str
    definition_en: str
    cues: tuple[str, ...]
    source: str
    fiscal_year: int


@dataclass(frozen=True, slots=True)
class Network:
    """One partner sector, known by its Thai name."""

    name: str
    name_en: str
    definition_en: str


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All labels, in the order of the file."""

    agendas: tuple[Label, ...]
    modes: tuple[Label, ...]
    flags: tuple[Label, ...]
    topics: tuple[Label, ...]
    networks: tuple[Network, ...]

    @property
    def passage_topics(self) -> tuple[Label, ...]:
        """What a passage may be about: the agendas, the modes and the topics of their own."""
        return (*self.agendas, *self.modes, *self.topics)

    @property
    def agenda_codes(self) -> tuple[str, ...]:
        """The codes a proposal's `agenda` may have."""
        return tuple(label.code for label in self.agendas)

    @property
    def mode_codes(self) -> tuple[str, ...]:
        """The codes a proposal's `modes` may have."""
        return tuple(label.code for label in self.modes)

    @property
    def flag_codes(self) -> tuple[str, ...]:
        """The codes of the yes-or-no labels."""
        return tuple(label.code for label in self.flags)

    @property
    def network_names(self) -> tuple[str, ...]:
        """The Thai names a proposal's `networks` may hold."""
        return tuple(network.name for network in self.networks)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of what a model of proposals learns: its labels, in whatever layout."""
        learned = dataclasses.replace(self, topics=(), networks=())
        content = json.dumps(dataclasses.asdict(learned), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()


def load_taxonomy(path: str | Path | None = None) -> Taxonomy:
    """Read a taxonomy, by default the one that ships with wara.

    Raises `ModelError` when the file is missing, is no TOML, or breaks a rule: two or more
    agendas and modes, the flag `award_scaleup`, unique codes, every text filled in.
    """
    file = Path(path) if path is not None else TAXONOMY_FILE
    text = read_text(file)
    content = parse_toml(file, text)
    defaults: dict[str, Any] = {
        key: content.pop(key) for key in ("source", "fiscal_year") if key in content
    }
    entries = {key: entries_of(file, text, key, content.pop(key, [])) for key in _TABLES}
    _check_top(file, content)
    taxonomy = Taxonomy(
        agendas=tuple(_label(entry, defaults) for entry in entries["agendas"]),
        modes=tuple(_label(entry, defaults) for entry in entries["modes"]),
        flags=tuple(_label(entry, defaults) for entry in entries["flags"]),
        topics=tuple(_label(entry, defaults) for entry in entries["topics"]),
        networks=tuple(_network(entry) for entry in entries["networks"]),
    )
    check_unique(entries["networks"], "name")
    # One code means one thing: evidence and scores are told apart by code alone.
    check_unique([entry for key in _TABLES[:4] for entry in entries[key]], "code")
    _check_enough(file, taxonomy)
    return taxonomy


def _check_top(file: Path, rest: dict[str, Any]) -> None:
    if rest.pop("format", FORMAT) != FORMAT:
        raise fault_at(
            f"{file}, format",
            f"wara รุ่นนี้อ่านได้เฉพาะ format = {FORMAT} ใช้ wara รุ่นที่ตรงกับไฟล์",
            f"this wara reads format = {FORMAT} only. Use the wara this file was made for.",
        )
    for key in rest:
        allowed = ", ".join(("format", "source", "fiscal_year", *_TABLES))
        raise fault_at(
            f"{file}, {key}",
            f"ไม่รู้จักช่องนี้ ใช้ได้เฉพาะ {allowed}",
            f"unknown key. Use one of {allowed}.",
        )


def _label(entry: Entry, defaults: dict[str, Any]) -> Label:
    entry = dataclasses.replace(entry, values=defaults | entry.values)
    code = entry.text("code")
    if not _CODE.fullmatch(code):
        raise entry.fault(
            "code",
            f"รหัส {code!r} ใช้ได้เฉพาะ a-z 0-9 _ และต้องขึ้นต้นด้วยตัวอักษร",
            f"the code {code!r} does not fit. Use a-z, 0-9 and _, a letter first.",
        )
    return Label(**_texts(entry, Label), cues=entry.cues(), fiscal_year=entry.year())


def _network(entry: Entry) -> Network:
    return Network(**_texts(entry, Network))


def _texts(entry: Entry, kind: type[Label] | type[Network]) -> dict[str, str]:
    keys = [field.name for field in dataclasses.fields(kind)]
    for key in entry.values:
        if key not in keys:
            allowed = ", ".join(keys)
            raise entry.fault(
                key,
                f"ไม่รู้จักช่องนี้ ใช้ได้เฉพาะ {allowed}",
                f"unknown key. Use one of {allowed}.",
            )
    return {key: entry.text(key) for key in keys if key not in ("cues", "fiscal_year")}


def _check_enough(file: Path, taxonomy: Taxonomy) -> None:
    for where, codes in (("agendas", taxonomy.agenda_codes), ("modes", taxonomy.mode_codes)):
        if len(codes) < 2:
            raise fault_at(
                f"{file}, {where}",
                f"มีเพียง {len(codes)} รายการ เพิ่มตาราง [[{where}]] ให้มีอย่างน้อย 2",
                f"{len(codes)} found, two are needed. Add [[{where}]] tables.",
            )
    if _REQUIRED_FLAG not in taxonomy.flag_codes:
        raise fault_at(
            f"{file}, flags",
            f"ไม่มีธง {_REQUIRED_FLAG} เพิ่มตาราง [[flags]] ที่มีรหัสนี้",
            f"the flag {_REQUIRED_FLAG} is missing. Add a [[flags]] table with this code.",
        )
