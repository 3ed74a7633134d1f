"""Where Thai signs can stand: what is wrong in a text that was misread."""

from __future__ import annotations

import re

_MISPLACED = re.compile(
    "(?<![ก-ฮะ-ฺๅ็-๎])[ะ-ฺ็-๎]"  # a vowel sign or tone without a consonant
    "|[เ-ไ](?![ก-ฮเ])"  # a leading vowel that leads nothing
    "|[่-๋][่-๋]|[ิ-ู][ิ-ู]"
)


def misplaced(text: str) -> int:
    """How many Thai vowels and tone marks stand where none can stand."""
    return sum(1 for _ in _MISPLACED.finditer(text))
