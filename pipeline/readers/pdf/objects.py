"""A PDF's objects as pdfminer.six gives them, where they are written as the standard says.

pdfminer.six reads letter by letter and bears every mistake; an object without one is read here
by one pattern a token, ten times as fast. Whatever else is met is left to pdfminer.six.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pdfminer.pdftypes import PDFObjRef
from pdfminer.psparser import LIT, PSLiteral

# What ends a number or a word. More digits than these are left to pdfminer.six, too.
_ENDS = rb"(?=[/\[\]()<>{}\s])"
_NUMBER = rb"[-+]?+(?:\d{1,15}+(?:\.\d{0,15}+)?+|\.\d{1,15}+)"
_TOKEN = re.compile(
    rb"\s*+(?:/([^#/%\[\]()<>{}\s]*+)(?!#)"
    rb"|(\d{1,15}+)\s++\d{1,15}+\s++R" + _ENDS + rb"|(" + _NUMBER + rb")" + _ENDS + rb"|(<<)|(>>)"
    rb"|\[((?:\s*+" + _NUMBER + rb"(?=[\s\]]))*+)\s*+\]"
    rb"|(\[)|(\])"
    rb"|<((?:[0-9A-Fa-f]{2})*+)>"
    rb"|\(([^()\\]*+)\)"
    rb"|(true|false|null)" + _ENDS + rb")"
)
_NAME, _REFERENCE, _SINGLE, _DICT, _DICT_END, _NUMBERS, _LIST, _LIST_END, _HEX, _STRING, _WORD = (
    range(1, 12)
)
_WORDS = {b"true": True, b"false": False}

_HEAD = re.compile(rb"\s*+(\d{1,15}+)\s++\d{1,15}+\s++obj" + _ENDS)
_END = re.compile(rb"\s*+endobj(?![^/%\[\]()<>{}\s])")
_STREAM = re.compile(rb"\s*+stream\r?\n")
_STREAM_END = re.compile(rb"\s*+endstream\s++endobj(?![^/%\[\]()<>{}\s])")
_BLANK = re.compile(rb"\s*+\Z")

# The table of a file's objects: how it begins, its sections, and the 20 bytes of each entry.
_TABLE = re.compile(rb"\s*+xref[ \t]*+\r?\n")
_SECTION = re.compile(rb"(\d{1,9}+) (\d{1,9}+) ?+\r?\n")
_ENTRIES = re.compile(rb"(?:\d{10} \d{5} [fn](?: \r| \n|\r\n))*+")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([fn])")
_TRAILER = re.compile(rb"\s*+trailer(?=[\s<])")
_TRAILER_END = re.compile(rb"\s*+startxref\s")

Refer = Callable[[int], PDFObjRef]
Places = dict[int, tuple[None, int, int]]


class OddError(Exception):
    """Something that is not written as the standard says; pdfminer.six may make sense of it."""


def object_at(data: bytes, at: int, number: int, refer: Refer) -> tuple[Any, int | None]:
    """The object of a number at an offset, and where its stream begins, if it has one.

    `refer` makes a reference to a number. Raises `OddError`.
    """
    head = _HEAD.match(data, at)
    if head is None or int(head[1]) != number:
        raise OddError
    value, end = _value(data, head.end(), refer, None)
    if _END.match(data, end):
        return value, None
    stream = _STREAM.match(data, end)
    if stream is None or not isinstance(value, dict):
        raise OddError
    return value, stream.end()


def stream_at(data: bytes, start: int, length: Any) -> bytes:
    """The packed bytes of a stream. Raises `OddError` where it does not end after its length."""
    if type(length) is not int or length < 0 or not _STREAM_END.match(data, start + length):
        raise OddError
    return data[start : start + length]


def values_in(data: bytes, refer: Refer, null: Any) -> list[Any]:
    """The values that stand one after the other in `data`. Raises `OddError`."""
    found: list[Any] = []
    at = 0
    while not _BLANK.match(data, at):
        value, at = _value(data, at, refer, null)
        if isinstance(value, PDFObjRef):
            raise OddError
        found.append(value)
    return found


def table_at(data: bytes, at: int, refer: Refer) -> tuple[Places, dict[str, Any]]:
    """The table of objects at an offset, by number place and generation, and its trailer.

    Raises `OddError`.
    """
    start = _TABLE.match(data, at)
    if start is None:
        raise OddError
    at = start.end()
    places: Places = {}
    while section := _SECTION.match(data, at):
        at, first, size = section.end(), int(section[1]), 20 * int(section[2])
        entries = _ENTRIES.match(data, at, at + size)
        if entries is None or entries.end() != at + size:
            raise OddError
        for number, (place, generation, use) in enumerate(_ENTRY.findall(entries[0]), first):
            if use == b"n":
                places[number] = (None, int(place), int(generation))
        at += size
    trailer = _TRAILER.match(data, at)
    if trailer is None:
        raise OddError
    value, end = _value(data, trailer.end(), refer, None)
    if not isinstance(value, dict) or not _TRAILER_END.match(data, end):
        raise OddError
    return places, value


def _value(data: bytes, at: int, refer: Refer, null: Any) -> tuple[Any, int]:
    """The value at an offset, and where it ends."""
    items: list[Any] = []
    around: list[list[Any]] = []
    match = _TOKEN.match
    while True:
        token = match(data, at)
        if token is None:
            raise OddError
        at, kind = token.end(), token.lastindex or 0
        if kind == _NAME:
            items.append(_literal(token[1]))
        elif kind == _REFERENCE:
            items.append(refer(int(token[2])))
        elif kind in (_DICT, _LIST):
            items.append(kind)
            around.append(items)
            items = []
            continue
        elif kind in (_DICT_END, _LIST_END):
            if not around or around[-1][-1] != kind - 1:
                raise OddError
            value = _dictionary(items) if kind == _DICT_END else items
            items = around.pop()
            items[-1] = value
        elif kind == _WORD:
            items.append(_WORDS.get(token[_WORD], null))
        else:
            items.append(_SIMPLE[kind](token[kind]))
        if not around:
            return items[0], at


def _literal(name: bytes) -> PSLiteral:
    try:
        return LIT(name.decode())
    except UnicodeDecodeError:
        return LIT(name)


def _dictionary(items: list[Any]) -> dict[str, Any]:
    keys, values = items[::2], items[1::2]
    if len(keys) != len(values) or not all(type(key) is PSLiteral for key in keys):
        raise OddError
    found = zip(keys, values, strict=True)
    return {key.name: value for key, value in found if value is not None}


def _number(digits: bytes) -> float:
    return float(digits) if b"." in digits else int(digits)


_SIMPLE: dict[int, Callable[[bytes], Any]] = {
    _SINGLE: _number,
    _NUMBERS: lambda numbers: list(map(_number, numbers.split())),
    _HEX: lambda digits: bytes.fromhex(digits.decode("ascii")),
    _STRING: bytes,
}
