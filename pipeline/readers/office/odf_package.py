"""The package of OpenDocument files: its names, its XML parts, and whether it is locked."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from pipeline.errors import ReadError

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, OFFICE, DRAW, STYLE, FORM, _MANIFEST = (
    f"{{{_NAMES}{name}:1.0}}"
    for name in ("text", "table", "office", "drawing", "style", "form", "manifest")
)
SVG = f"{{{_NAMES}svg"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"


def open_parts(data: bytes) -> tuple[Any, Any]:
    """The parsed content and styles (None where there are none) of an OpenDocument package.

    Raises `ReadError` for a locked file.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        if "META-INF/manifest.xml" in names:
            manifest = parse(package.read("META-INF/manifest.xml"))
            if next(manifest.iter(f"{_MANIFEST}encryption-data"), None) is not None:
                raise ReadError(
                    "ไฟล์ถูกล็อกด้วยรหัสผ่าน เปิดใน LibreOffice แล้วบันทึกใหม่โดยไม่ใส่รหัสผ่าน",
                    "The file is locked with a password. Open it in LibreOffice and save it without"
                    " one",
                )
        styles = parse(package.read("styles.xml")) if "styles.xml" in names else None
        return parse(package.read("content.xml")), styles


def parse(xml: bytes) -> Any:
    """The root of an XML part; entities are not followed and nothing is fetched."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    return etree.fromstring(xml, parser)
