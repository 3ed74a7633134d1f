"""A content stream's bytes to its tokens.

Tokens stay bytes until an operator wants them: most belong to colours and clips that nobody
reads here. pdfminer.six's own parser takes ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_BLANK = rb"\x00\t\n\f\r "


def _string(inner: bytes) -> bytes:
    # Possessive, and closed by the end of the stream too: a string never fails to match, else an
    # open bracket would be searched for its end again and again.
    return rb"\((?:[^()\\]++|\\.?" + inner + rb")*+(?:\)|\Z)"


# Brackets nest three deep here; deeper down an opening one is a letter.
_INNERMOST = rb"\((?:[^)\\]++|\\.?)*+(?:\)|\Z)"
_STRING = _string(rb"|" + _string(rb"|" + _INNERMOST))
# What most producers write: strings in hexadecimal digits with a step behind each.
_KERNED = rb"\[(?:<(?:[0-9A-Fa-f]{2})*+>\s*+(?:-?+[0-9]++(?:\.[0-9]++)?+\s*+)?+)++\]"
_TOKEN = re.compile(
    rb"[-+.0-9]++"
    rb"|<[0-9A-Fa-f" + _BLANK + rb"]*+>"
    rb"|ID[" + _BLANK + rb"].*?(?:[" + _BLANK + rb"]EI(?=[" + _BLANK + rb"]|\Z)|\Z)"
    rb"|[A-Za-z'\"][A-Za-z0-9*'\"]*+"
    rb"|" + _STRING + rb"|/[^()<>\[\]{}/%" + _BLANK + rb"]*+"
    rb"|" + _KERNED + rb"|<<|>>|[\[\]]|%[^\r\n]*+",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_LINE_ENDS = {b"\n": b"", b"\r": b"", b"\r\n": b""}
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")

# A list of all tokens is read fastest, but takes twenty times the bytes of the stream.
_AT_ONCE = 2_000_000


def tokens(data: bytes) -> Iterable[bytes]:
    """The tokens of a content stream in order, comments left out.

    An inline image's data is one token that begins with "ID", an array of strings in hexadecimal
    digits is one that begins with "[<"; bytes that are no token are passed over, as viewers do.
    """
    found: Iterable[bytes]
    if len(data) <= _AT_ONCE:
        found = _TOKEN.findall(data)
    else:
        found = (match[0] for match in _TOKEN.finditer(data))
    return found if b"%" not in data else (token for token in found if token[:1] != b"%")


def string_of(token: bytes) -> bytes:
    """The bytes of a string token, in round or in angle brackets."""
    if token[:1] == b"<":
        digits = token[1:-1].decode("ascii")
        if len(digits) % 2 or not digits.isalnum():
            digits = "".join(digits.replace("\0", " ").split())
            digits += "0" * (len(digits) % 2)
        return bytes.fromhex(digits)
    value = token[1:-1] if token.endswith(b")") else token[1:]
    return _ESCAPE.sub(_escape, value) if b"\\" in value else value


def text_of(value: bytes) -> str:
    """The text that a string of the document says, as against one that is painted."""
    if value[:2] == b"\xfe\xff":
        return value[2:].decode("utf-16-be", "replace")
    if value[:2] == b"\xff\xfe":
        return value[2:].decode("utf-16-le", "replace")
    if value[:3] == b"\xef\xbb\xbf":
        return value[3:].decode("utf-8", "replace")
    return value.decode("latin-1")


def name_of(token: bytes) -> str:
    """The name that a token `/Name` gives."""
    value = token[1:]
    if b"#" in value:
        value = _NAME_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), value)
    return value.decode("utf-8", "replace")


def _escape(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8) & 0xFF])
    return _ESCAPED.get(found[2], _LINE_ENDS.get(found[2], found[2]))
