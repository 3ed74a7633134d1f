"""Filters with a known set of values: a value that is none of them is refused, never not found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches

from pipeline.search.errors import QueryError
from pipeline.thai import PROVINCES, arabic_digits, normalize
from pipeline.thai.gazetteer import province_of

KINDS = {
    "วาระ": "item",
    "คำพูด": "turn",
    "ข้อสั่งการ": "order",
    "มติ": "resolution",
    "หมวด": "section",
    "ข้อความ": "text",
}
DOCUMENT_KINDS = {"ข้อเสนอ": "proposal", "รายงานการประชุม": "minutes", "อื่น": "other"}
_LONGEST = 60  # code points of a value that are compared and shown
_SHORTEST_PART = 3  # code points: น is a part of too many names
_PARTS = 3  # names that are offered for a part
_NEAR = 0.7  # ขอนแกน for ขอนแก่น, enviroment for environment; not ขยะ for anything


def key(value: str) -> str:
    """How values are compared: without blanks, case and the kind of digits."""
    return "".join(arabic_digits(normalize(value)).casefold().split())


def province(value: str) -> str:
    """The name of a province, from any form of it. Raises QueryError."""
    if value in PROVINCES:
        return value
    found = province_of(value) or province_of(f"จังหวัด{value}")
    if found is None:
        named = {key(name): name for name in PROVINCES}
        full = ("ชื่อเต็ม เช่น ขอนแก่น", "a full name, as in ขอนแก่น")
        raise _unknown("จังหวัด", "province", value, named, *full)
    return found


def topic_code(value: str) -> str | None:
    """The code of a topic of the taxonomy, from its code or Thai names; None for another."""
    return next((code for name, code, _ in _topics() if name == key(value)), None)


def unknown_topic(value: str) -> QueryError:
    """The error for a topic that is in neither the taxonomy nor the index."""
    named = {name: shown for name, _, shown in _topics()}
    listed = " ".join(dict.fromkeys(named.values()))
    return _unknown("หัวข้อ", "topic", value, named, listed, f"one of {listed}")


def _topics() -> list[tuple[str, str, str]]:
    """Key of a name, code, and how the topic is shown, for every name of every topic."""
    from corpora import load_taxonomy  # loads pandas, which a search without topics does not need

    return [
        (key(name), label.code, f"{label.code} ({label.short_th})")
        for label in load_taxonomy().passage_topics
        for name in (label.code, label.short_th, label.name_th)
    ]


def _one_of(thai: str, english: str, table: Mapping[str, str]) -> Callable[[str], str]:
    """Reads a value of the table, by its Thai name or its code. Raises QueryError."""
    codes = {key(name): code for pair in table.items() for name in pair for code in pair[1:]}
    named = {key(name): name for pair in table.items() for name in pair}
    codes_listed = f"one of {' '.join(table.values())}"

    def read(value: str) -> str:
        if key(value) not in codes:
            raise _unknown(thai, english, value, named, " ".join(table), codes_listed)
        return codes[key(value)]

    return read


kind = _one_of("ชนิด", "kind", KINDS)
document_kind = _one_of("ประเภท", "kind of document", DOCUMENT_KINDS)
CLOSED: Mapping[str, Callable[[str], str]] = {
    "province": province,
    "kind": kind,
    "document_kind": document_kind,
}


def _unknown(
    thai: str, english: str, value: str, named: Mapping[str, str], listed: str, english_list: str
) -> QueryError:
    """`named` maps the keys of names to what is shown for them."""
    shown = value[:_LONGEST]
    near = [named[name] for name in _near(key(shown), named)]
    if near := list(dict.fromkeys(near)):
        return QueryError(
            f"ไม่มี{thai}ชื่อ {shown} หมายถึง {' หรือ '.join(near)} หรือไม่",
            f"there is no {english} {shown}: did you mean {' or '.join(near)}?",
        )
    return QueryError(
        f"ไม่มี{thai}ชื่อ {shown} โปรดใช้ {listed}",
        f"there is no {english} {shown}. Use {english_list}",
    )


def _near(wanted: str, names: Iterable[str]) -> list[str]:
    names = list(names)
    parts = [name for name in names if len(wanted) >= _SHORTEST_PART and wanted in name]
    return parts[:_PARTS] or get_close_matches(wanted, names, n=1, cutoff=_NEAR)
