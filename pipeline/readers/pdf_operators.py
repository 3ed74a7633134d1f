"""A content stream's bytes to its operations.

pdfminer.six's own parser takes two thirds of the time of reading a page here; this one scans with
one pattern and knows only what content streams hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pdfminer.psparser import LIT, literal_name

# One token after blanks and comments, by group: number, operator, name, string without inner
# brackets, hexadecimal string, bracket or brace.
_TOKEN = re.compile(
    rb"(?:[\x00\t\n\f\r ]+|%[^\r\n]*)*+(?:"
    rb"([+-]?(?:[0-9]+\.?[0-9]*+|\.[0-9]+))"
    rb"|([A-Za-z'\"][A-Za-z0-9*'\"]*+)"
    rb"|/([^\x00\t\n\f\r ()<>\[\]{}/%]*+)"
    rb"|\(([^()\\]*+(?:\\.[^()\\]*+)*+)\)"
    rb"|<([0-9A-Fa-f\x00\t\n\f\r ]*+)>"
    # A stray byte, or the end: the pattern always matches, else blanks would be read over and over.
    rb"|(<<|>>|[\[\](])|(.)|\Z)",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_LINE_ENDS = {b"\n": b"", b"\r": b"", b"\r\n": b""}
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_INLINE_IMAGE_END = re.compile(rb"[\x00\t\n\f\r ]EI(?=[\x00\t\n\f\r ]|\Z)")
_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
_CONSTANTS = {b"true": True, b"false": False, b"null": None}

_STRAY = 7

# An operand list of real pages has at most a few dozen entries outside arrays.
_MAX_OPERANDS = 1000


def operations(data: bytes) -> Iterator[tuple[bytes, list[Any]]]:
    """The operations of a content stream in order: operator and operands.

    Operands are numbers, `bytes` (strings), `PSLiteral` (names), lists and dicts with `str` keys.
    Bytes that are no token are passed over, as viewers do.
    """
    operands: list[Any] = []
    # Enclosing operand lists of the arrays and dicts open at this point.
    outer: list[list[Any]] = []
    at, end, match_token = 0, len(data), _TOKEN.match
    while at < end:
        token = match_token(data, at)
        if token is None:
            return
        at, kind = token.end(), token.lastindex
        if kind is None or kind == _STRAY:
            continue
        value = token[kind]
        if kind == 1:
            operands.append(float(value) if b"." in value else int(value[:20]))
        elif kind == 2:
            if value in _CONSTANTS:
                operands.append(_CONSTANTS[value])
            elif not outer:
                if value == b"ID":
                    at = _after_inline_image(data, at)
                else:
                    yield value, operands
                operands = []
        elif kind == 3:
            operands.append(_name(value))
        elif kind == 4:
            operands.append(_unescaped(value))
        elif kind == 5:
            operands.append(_from_hex(value))
        elif value in (b"[", b"<<"):
            outer.append(operands)
            operands = []
        elif value == b"(":
            text, at = _bracketed(data, at)
            operands.append(_unescaped(text))
        elif outer:
            closed: Any = operands if value == b"]" else _dict(operands)
            operands = outer.pop()
            operands.append(closed)
        if len(operands) > _MAX_OPERANDS and not outer:
            operands = []


def _name(value: bytes) -> Any:
    if b"#" in value:
        value = _NAME_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), value)
    try:
        return LIT(value.decode("utf-8"))
    except UnicodeDecodeError:
        return LIT(value)


def _unescaped(value: bytes) -> bytes:
    return _ESCAPE.sub(_escape, value) if b"\\" in value else value


def _escape(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8) & 0xFF])
    return _ESCAPED.get(found[2], _LINE_ENDS.get(found[2], found[2]))


def _from_hex(value: bytes) -> bytes:
    digits = value.translate(None, b"\x00\t\n\f\r ")
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _bracketed(data: bytes, at: int) -> tuple[bytes, int]:
    """A string with brackets in it: its raw bytes and the place after its closing bracket."""
    depth = 1
    for found in _BRACKET.finditer(data, at):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 0:
            return data[at : found.start()], found.end()
    return data[at:], len(data)


def _dict(operands: list[Any]) -> dict[str, Any]:
    return {
        str(literal_name(key)): value
        for key, value in zip(operands[::2], operands[1::2], strict=False)
    }


def _after_inline_image(data: bytes, at: int) -> int:
    found = _INLINE_IMAGE_END.search(data, at)
    return found.end() if found else len(data)
