"""What a form corrects of what the machine read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.errors import UsageError
from pipeline.thai import PROVINCES

LONGEST_TITLE = 500  # characters


def corrections(now: Mapping[str, Any], title: str, province: str) -> dict[str, str | None]:
    """The fields of which the form says something else than `now`, the labels as they stand.

    Minutes keep their several provinces, which no list offers. Raises UsageError for a province
    that is none.
    """
    after: dict[str, str | None] = {}
    if _one_line(title) != _one_line(now["title"] or ""):
        after["title"] = _one_line(title) or None
    if province != (now["province"] or ""):
        if province and province not in PROVINCES:
            raise UsageError(
                "ไม่รู้จักจังหวัดนี้ เลือกจากรายการ", "there is no such province: choose from the list"
            )
        after["province"] = province or None
    return after


def _one_line(title: str) -> str:
    return " ".join(title.split())[:LONGEST_TITLE]
