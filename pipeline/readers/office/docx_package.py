"""The parts of a DOCX: the document, its headers, footers and notes, each as an XML tree.

What a part refers to may be missing from a file that some program wrote badly; only the document
itself may not. Read with zlib and lxml: python-docx gives up on a missing part. Only the parts that
are asked for are unpacked.
"""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Iterator
from typing import Any

from pipeline.errors import ReadError
from pipeline.readers.office.packages import damaged, members, unpacked

MAX_XML = 40_000_000
MAX_RATIO = 100
MAX_PARTS = 1_000
"""Headers, or other parts of one kind, of one document: three for each of its sections."""
MAX_TAGS = 4_000_000
"""Tags of one part, twice its elements: three thousand pages of text as Word writes it."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_DOCUMENT = "word/document.xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Word's "Strict Open XML" has the same elements under other names.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


class Package:
    """An open DOCX. Raises `ReadError` for a zip bomb or a file without a document in it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        listed = members(data, "DOCX", largest=MAX_XML, ratio=MAX_RATIO)
        self._members = {member.filename.lower(): member for member in listed}
        self._relations: dict[str, list[Any]] = {}
        self._main = next(self._related("", "officeDocument"), _DOCUMENT)
        if self._main.lower() not in self._members:
            self._main = _DOCUMENT

    def document(self) -> Any:
        """The root element of the document."""
        if self._main.lower() not in self._members:
            raise damaged("DOCX")
        return self._root(self._main)

    def related(self, kind: str) -> Iterator[Any]:
        """The root elements of the document's parts of one kind, such as `header`, each once."""
        named = dict.fromkeys(name.lower() for name in self._related(self._main, kind))
        for name in itertools.islice(filter(self._members.__contains__, named), MAX_PARTS):
            yield self._root(name)

    def _related(self, source: str, kind: str) -> Iterator[str]:
        """The names of the parts to which `source` has relations of one kind, in their order."""
        folder, name = posixpath.split(source)
        if source not in self._relations:
            relations = posixpath.join(folder, "_rels", f"{name}.rels")
            known = relations.lower() in self._members
            self._relations[source] = [*self._root(relations).iter(_RELATION)] if known else []
        for relation in self._relations[source]:
            own = str(relation.get("Type", "")).rsplit("/", 1)[-1] == kind
            if own and relation.get("TargetMode") != "External":
                target = posixpath.join("/", folder, str(relation.get("Target", "")))
                yield posixpath.normpath(target).lstrip("/")

    def _root(self, name: str) -> Any:
        from lxml import etree

        member = self._members[name.lower()]
        if member.file_size > MAX_XML:  # also of what is named like a picture
            raise _too_large()
        blob = unpacked(self._data, member, "DOCX")
        if blob.count(b"<") > MAX_TAGS:
            raise _too_large()
        for strict, usual in _STRICT:
            blob = blob.replace(strict, usual)
        # No entity is expanded, nothing is fetched, and nesting ends at 256 elements.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        try:
            root = etree.fromstring(blob, parser)
        except etree.XMLSyntaxError as error:
            raise _nested_too_deep() if "depth" in str(error) else damaged("DOCX") from error
        return root


def _too_large() -> ReadError:
    return ReadError(
        "เอกสาร DOCX ยาวผิดปกติ แบ่งเป็นหลายไฟล์แล้วลองอีกครั้ง",
        "The DOCX is abnormally long. Split it into several files and try again",
    )


def _nested_too_deep() -> ReadError:
    return ReadError(
        "ไฟล์ DOCX มีตารางหรือกล่องซ้อนกันลึกผิดปกติ อาจเป็นไฟล์อันตราย ขอไฟล์ใหม่จากผู้ส่งเป็น PDF",
        "The DOCX nests tables or boxes abnormally deep and may be malicious. Ask the sender for"
        " a PDF",
    )
