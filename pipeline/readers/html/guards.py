"""What a web page may hold, told from its source: parsers take abnormal tags in quadratic time."""

from __future__ import annotations

import re

from pipeline.errors import ReadError

MAX_BYTES = 20_000_000
MAX_TAGS = 300_000
MAX_ATTRIBUTES = 1_000
"""Attributes of one tag: a parser compares each with all before it."""

# A value in quotation marks may hold any ">"; unclosed ones end with the page, as for a browser.
_ATTRIBUTES = r"""(?:[^>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?)?+)*+"""
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"']++)""")
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(?P<raw>script|style|textarea|title)\b(?P<own>{_ATTRIBUTES}).*?(?:</(?P=raw)\b|\Z)"
    rf"|<[a-z](?P<attributes>{_ATTRIBUTES})",
    re.S | re.I,
)


def refuse_large(data: bytes) -> None:
    """Raise `ReadError` for a page of more than `MAX_BYTES`."""
    if len(data) > MAX_BYTES:
        raise _abnormal("ใหญ่เกินไป", "too large")


def refuse_abnormal(source: str) -> None:
    """Raise `ReadError` for too many tags, or attributes of one tag. Takes linear time."""
    for tags, found in enumerate(_TOKEN.finditer(source), 1):
        attributes = found["attributes"] or found["own"] or ""
        if len(attributes) > 2 * MAX_ATTRIBUTES and _count(attributes) > MAX_ATTRIBUTES:
            raise _abnormal("มีแท็กยาวผิดปกติ", "has an abnormally long tag")
        if tags > MAX_TAGS:
            raise _abnormal(f"มีแท็กเกิน {MAX_TAGS:,} แท็ก", f"has more than {MAX_TAGS:,} tags")


def _count(attributes: str) -> int:
    return len(_VALUE.sub(" ", attributes).split())


def _abnormal(thai: str, english: str) -> ReadError:
    return ReadError(
        f"หน้าเว็บ{thai} แบ่งเป็นหลายไฟล์ หรือบันทึกเป็น PDF แล้วลองอีกครั้ง",
        f"The page {english}. Split it into several files, or save it as PDF and try again",
    )
