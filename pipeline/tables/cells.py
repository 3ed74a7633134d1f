"""A value as one cell takes it."""

from __future__ import annotations

from typing import Any

LIST_SEPARATOR = " | "
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def flat(value: Any) -> Any:
    """A value as one cell takes it: lists joined by ` | `, blanks and line ends in them folded."""
    if isinstance(value, (tuple, list)):
        return LIST_SEPARATOR.join(" ".join(str(item).split()) for item in value)
    return value
