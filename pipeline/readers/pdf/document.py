"""A PDF's objects and pages by pdfminer.six, without its endless loops on hostile files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from pdfminer.pdfdocument import PDFBaseXRef, PDFDocument, PDFXRef
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import (
    PDFObjectNotFound,
    PDFObjRef,
    PDFStream,
    dict_value,
    int_value,
    list_value,
    resolve1,
)
from pdfminer.psparser import KWD

from pipeline.readers.pdf.objects import OddError, object_at, stream_at, table_at, values_in
from pipeline.readers.pdf.streams import BoundedParser

# A reference leads to an object, with some producers to a reference to it.
_MAX_REFERENCES = 8
# Objects looked at for pages that the page tree has lost; 2,000 pages of dense text have 20,000.
_MAX_TRIED = 100_000
_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
# pdfminer.six takes it for a word among packed objects.
_NULL = KWD(b"null")


class Document(PDFDocument):  # type: ignore[misc]
    """pdfminer.six's document, its streams bounded and its references resolved to their end.

    `is_mended` tells whether its page tree has no page, so that `pages` looked for them.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
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

    def _getobj_parse(self, pos: int, objid: int) -> object:
        if self._parser.fallback:  # it finds the ends of streams by itself then
            return super()._getobj_parse(pos, objid)
        try:
            found, start = object_at(self._data, pos, objid, self._reference)
            if start is None:
                return found
            length = resolve1(found.get("Length"))
            return self._parser.bounded(found, stream_at(self._data, start, length))
        except OddError:
            return super()._getobj_parse(pos, objid)

    def _get_objects(self, stream: PDFStream) -> tuple[list[object], int]:
        try:
            return values_in(stream.get_data(), self._reference, _NULL), stream.get("N", 0)
        except OddError:
            found: tuple[list[object], int] = super()._get_objects(stream)
            return found

    def read_xref_from(self, parser: PDFParser, start: int, xrefs: list[PDFBaseXRef]) -> None:
        """Read a table of objects and those it comes after."""
        table = PDFXRef()
        try:
            table.offsets, table.trailer = table_at(self._data, start, self._reference)
        except OddError:
            super().read_xref_from(parser, start, xrefs)
            return
        xrefs.append(table)
        for name in ("XRefStm", "Prev"):
            if name in table.trailer:
                self.read_xref_from(parser, int_value(table.trailer[name]), xrefs)

    def _reference(self, number: int) -> PDFObjRef:
        return PDFObjRef(self, number)

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
        for number in dict.fromkeys(islice(numbers, min(len(self._data), _MAX_TRIED))):
            try:
                spec = self.getobj(number)
            except PDFObjectNotFound:
                continue
            if isinstance(spec, dict) and _kind(spec) == "Page":
                yield PDFPage(self, number, spec, None)


def _kind(spec: dict[str, Any]) -> str:
    return str(getattr(resolve1(spec.get("Type", spec.get("type"))), "name", ""))
