"""The query language: words, "exact phrases", -exclusions and field:value filters.

Thai and English names of fields stand for the same filter; dates are BE or CE. Any string is
either understood or refused with a message that says how to write it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from pipeline.search.closed_sets import CLOSED
from pipeline.search.errors import QueryError
from pipeline.search.periods import checked, fiscal_year_of, period
from pipeline.search.values import Clause, Filters, ParsedQuery
from pipeline.thai import normalize

FIELDS = {
    "topic": ("หัวข้อ", "ประเด็น", "topic"),
    "province": ("จังหวัด", "province"),
    "speaker": ("ผู้พูด", "speaker"),
    "meeting": ("การประชุม", "ครั้งที่", "meeting"),
    "item": ("วาระ", "item", "agenda"),
    "title": ("ชื่อเรื่อง", "title"),
    "heading": ("หัวเรื่อง", "heading"),
    "kind": ("ชนิด", "kind"),
    "document_kind": ("ประเภท", "document_kind"),
    "document": ("เอกสาร", "document"),
    "fiscal_year": ("ปีงบ", "ปีงบประมาณ", "fiscal_year", "fy"),
    "year": ("ปี", "year"),
    "date": ("วันที่", "date"),
    "since": ("ตั้งแต่", "since"),
    "until": ("ถึง", "until"),
}
_BY_NAME = {name: own for own, names in FIELDS.items() for name in names}

_PART = re.compile(
    r"(?P<minus>(?<!\S)-)?"
    r"(?:(?P<field>[^\W\d][\wัิ-ฺ็-๎]*)[:：](?=\S))?"
    r"(?:[\"“”«](?P<phrase>[^\"“”»]*)[\"“”»]|(?P<word>[^\s\"“”«»]+)|(?P<stray>[\"“”«»]))"
)


@dataclass
class _Reading:
    words: list[str] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    filters: dict[str, list[Any]] = field(default_factory=dict)
    periods: list[str] = field(default_factory=list)


def parse(text: str) -> ParsedQuery:
    """Read a query. Raises QueryError with a bilingual message where it cannot be understood."""
    clean = normalize(text)
    reading = _Reading()
    for part in _PART.finditer(clean):
        _read(part, reading)
    return ParsedQuery(
        text=text,
        words=" ".join(reading.words),
        clauses=tuple(reading.clauses),
        filters=_filters(reading),
    )


def _read(part: re.Match[str], reading: _Reading) -> None:
    if part["stray"]:
        raise QueryError(
            'คำค้นเปิดเครื่องหมายคำพูดแล้วไม่ปิด โปรดเขียน "วลีที่ต้องการ" ให้ครบทั้งคู่ หรือลบเครื่องหมายคำพูดออก',
            'a quotation mark is not closed. Write "the phrase" with both, or remove the mark',
        )
    value = part["phrase"] if part["phrase"] is not None else part["word"]
    name = part["field"]
    if part["word"] and not name and value[-1] in ":：":
        _refuse_bare(value[:-1])
    own = _BY_NAME.get(name.lower()) if name else None
    if own and part["minus"]:
        raise QueryError(
            f'ยกเว้นด้วยตัวกรองไม่ได้: -{name}:{value} โปรดใส่ - หน้าคำหรือหน้า "วลี" เท่านั้น',
            f'a filter cannot be excluded: -{name}:{value}. Put - before a word or a "phrase" only',
        )
    if own:
        reading.filters.setdefault(own, []).extend(_values(own, name, value))
        reading.periods += [f"{name}:{value}"] if own in _PERIODS else []
        return
    if name:
        _refuse_slip(name, value)
        value = f"{name}:{value}"
    if part["minus"] or part["phrase"] is not None:
        reading.clauses.append(Clause(value, not part["minus"], part["phrase"] is not None))
    else:
        reading.words.append(value)


def _refuse_bare(name: str) -> None:
    """A field with a blank behind its colon would filter nothing."""
    if own := _BY_NAME.get(name.lower()):
        example = _EXAMPLES.get(own, f'{name}:"คำ อีกคำ"')
        raise QueryError(
            f"ตัวกรอง {name}: ไม่มีค่า โปรดเขียนค่าติดเครื่องหมาย : ไม่เว้นวรรค ค่าที่มีวรรคใส่ในเครื่องหมายคำพูด"
            f" เช่น {example}",
            f"{name}: has no value. Write it with no space behind the colon, a value with spaces in"
            f" quotation marks, as in {example}",
        )


def _refuse_slip(name: str, value: str) -> None:
    """A name that is nearly a field's is a slip; any other word before a colon is a word."""
    close = get_close_matches(name.lower(), _BY_NAME, n=1, cutoff=0.8)
    if close and len(name) > 3:
        raise QueryError(
            f"ไม่มีตัวกรองชื่อ {name}: โปรดใช้ {close[0]}:{value} ตัวกรองที่มี: {_names(0)}",
            f"there is no filter {name}: use {close[0]}:{value}. The filters are {_names(-1)}",
        )


def _names(place: int) -> str:
    return " ".join(f"{names[place]}:" for names in FIELDS.values())


def _values(own: str, name: str, value: str) -> Iterator[Any]:
    if not value.strip():
        raise QueryError(
            f"ตัวกรอง {name}: ไม่มีค่า โปรดเขียนค่าต่อท้าย เช่น {_EXAMPLES.get(own, name + ':คำ')}",
            f"{name}: has no value. Write one, as in {_EXAMPLES.get(own, name + ':word')}",
        )
    if own in CLOSED:
        yield CLOSED[own](value)
    else:
        reader = _READERS.get(own)
        yield reader(name, value) if reader else value


_READERS: dict[str, Callable[[str, str], Any]] = {
    "fiscal_year": fiscal_year_of,
    "year": period,
    "date": period,
    "since": period,
    "until": period,
}
_EXAMPLES = {
    "province": "จังหวัด:น่าน",
    "fiscal_year": "ปีงบ:2568",
    "since": "ตั้งแต่:2565-01-01",
    "speaker": 'ผู้พูด:"สมชาย ใจดี"',
}
_PERIODS = ("year", "date", "since", "until")


def _filters(reading: _Reading) -> Filters:
    found = reading.filters
    exact: dict[str, Any] = {
        name: tuple(values) for name, values in found.items() if name not in _PERIODS
    }
    starts = [start for name in ("year", "date", "since") for start, _ in found.get(name, ())]
    ends = [end for name in ("year", "date", "until") for _, end in found.get(name, ())]
    return checked(
        replace(
            Filters(**exact),
            since=max((start for start in starts if start), default=None),
            until=min((end for end in ends if end), default=None),
        ),
        typed=" ".join(reading.periods),
    )
