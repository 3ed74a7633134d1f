"""What stands between two lines of one paragraph when they become one."""

from __future__ import annotations

import re

from pipeline.readers.pdf.lines import Line

_LONGEST_AMOUNT = 20
_DIGITS = "0123456789๐๑๒๓๔๕๖๗๘๙,"
# An address cut at the end of a line goes on without a space.
_OPEN_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/?&=_-]\Z")
THAI = re.compile("[ก-ฮะ-ฺเ-ๅ็-๎\uf700-\uf71f]")
# An amount, or what a cell too narrow for it holds of it: '๑๗' above '๕,๒๐๐'.
_AMOUNT = re.compile(r"[0-9๐-๙]{1,3}(?:,[0-9๐-๙]{3})*,[0-9๐-๙]{0,3}(?:\.[0-9๐-๙]*)?")


def join_lines(run: list[Line]) -> str:
    """A wrapped paragraph as one line: Thai joins Thai directly, anything else with a space."""
    text = run[0].text
    for line in run[1:]:
        text += joint(text, line.text) + line.text
    return text.strip(" ")


def joint(before: str, after: str) -> str:
    """What stands between two wrapped lines: a space, but not in Thai, an amount, behind '/'."""
    if not before or not after or before[-1] in " /" or after[0] == " ":
        return ""
    if (
        before[-1] in _DIGITS
        and len(before) < _LONGEST_AMOUNT
        and _AMOUNT.fullmatch(before + after)
    ):
        return ""
    if (THAI.match(before[-1]) and THAI.match(after[0])) or _OPEN_ADDRESS.search(before[-300:]):
        return ""
    return " "
