"""What a reader hands back, before repair and normalization."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.documents import Table

MAX_PAGES = 2000


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page's text as a reader got it; `method` says how (see `Page.method`).

    `pictured` tells that a picture fills most of the page: it may hold what the text does not;
    `invisible` that the text is not painted over it but laid under it by another OCR program.
    """

    text: str
    method: str
    pictured: bool = False
    invisible: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as its reader got it.

    `pages` are in page order, `tables` hold raw cell texts, `warnings` are Thai sentences.
    """

    pages: tuple[RawPage, ...]
    tables: tuple[Table, ...] = ()
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        texts: Iterable[str],
        method: str,
        *,
        tables: Iterable[Table] = (),
        warnings: Iterable[str] = (),
    ) -> Reading:
        """A reading whose pages were all got by one method."""
        pages = tuple(RawPage(text, method) for text in texts)
        return cls(pages, tuple(tables), tuple(warnings))


Reader = Callable[[bytes], Reading]
