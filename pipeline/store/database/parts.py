"""Many keys, cut into as many as one query takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

AT_ONCE = 500  # keys in one query; databases limit how many they take


def in_parts(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Cut many keys into as many as one query takes."""
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
