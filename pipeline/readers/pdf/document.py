"""A PDF's objects and pages by pdfminer.six, without its endless loops on hostile files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjectNotFound, PDFObjRef, dict_value, list_value, resolve1

from pipeline.readers.pdf.streams import BoundedParser

# A reference leads to an object, with some producers to a reference to it.
_MAX_REFERENCES = 8
# Objects looked at for pages that the page tree has lost; 2,000 pages of dense text have 20,000.
_MAX_TRIED = 100_000
_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")


class Document(PDFDocument):  # type: ignore[misc]
    """pdfminer.six's document, its streams bounded and its references resolved to their end.

    `is_mended` tells whether its page tree has no page, so that `pages` looked for them.
    """

    def __init__(self, data: bytes) -> None:
        self._size = len(data)
        self.is_mended = False
        super().__init__(BoundedParser(io.BytesIO(data)))

    def getobj(self, objid: int) -> object:
        """The object of a number. Raises `PDFObjectNotFound` also for references in a ring."""
        found = super().getobj(objid)
        for _ in range(_MAX_REFERENCES):
            if not isinstance(found, PDFObjRef):
                return found
            found = super().getobj(found.objid)
        raise PDFObjectNotFound(objid)

    def pages(self) -> Iterator[PDFPage]:
        """Its pages in order; by the numbers of their objects where the page tree has none."""
        self.is_mended = True
        for page in self._in_tree():
            self.is_mended = False
            yield page
        if self.is_mended:
            yield from self._strays()

    def _in_tree(self) -> Iterator[PDFPage]:
        seen: set[int] = set()
        waiting: list[tuple[Any, dict[str, Any]]] = [(self.catalog.get("Pages"), self.catalog)]
        while waiting:
            node, above = waiting.pop()
            key = getattr(node, "objid", None) or id(node)
            if key in seen:
                continue
            seen.add(key)
            spec = {name: above[name] for name in _INHERITED if name in above} | dict_value(node)
            kind = _kind(spec)
            if kind == "Pages":
                waiting += [(kid, spec) for kid in reversed(list_value(spec.get("Kids")))]
            elif kind == "Page":
                yield PDFPage(self, key, spec, None)

    def _strays(self) -> Iterator[PDFPage]:
        # Tables of a few bytes can claim a billion objects, but each object takes a byte or more.
        numbers = chain.from_iterable(table.get_objids() for table in self.xrefs)
        for number in dict.fromkeys(islice(numbers, min(self._size, _MAX_TRIED))):
            try:
                spec = self.getobj(number)
            except PDFObjectNotFound:
                continue
            if isinstance(spec, dict) and _kind(spec) == "Page":
                yield PDFPage(self, number, spec, None)


def _kind(spec: dict[str, Any]) -> str:
    return str(getattr(resolve1(spec.get("Type", spec.get("type"))), "name", ""))
