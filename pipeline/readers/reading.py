"""What a reader hands back, before repair and normalization."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.documents import Table

MAX_PAGES = 2000


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as its reader got it.

    `pages` are raw texts in page order, `method` is how they were got (see `Page.method`),
    `tables` hold raw cell texts, `warnings` are Thai sentences.
    """

    pages: tuple[str, ...]
    method: str
    tables: tuple[Table, ...] = ()
    warnings: tuple[str, ...] = ()


Reader = Callable[[bytes], Reading]
