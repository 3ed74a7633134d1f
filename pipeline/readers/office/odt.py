"""ODT: paragraphs and tables in reading order, straight from the package's XML.

The text form is that of DOCX: a paragraph is a line, a table row its filled cells joined by a TAB,
tick boxes are ☑ and ☐, headers come before the body and footers after it, notes follow the body,
a text box follows its paragraph; what change tracking deleted and comments are left out.
"""

from __future__ import annotations

from typing import Any

from pipeline.errors import ReadError
from pipeline.readers.office.odf_lines import OPEN, PAGE, TICKED, Context, lines_of
from pipeline.readers.office.odf_package import FO, FORM, OFFICE, STYLE, XML_ID, open_parts
from pipeline.readers.office.packages import look_over
from pipeline.readers.reading import MAX_PAGES, Reading


def read_odt(data: bytes) -> Reading:
    """Read an ODT or OTT. Raises `ReadError` for a zip bomb and for a locked file."""
    look_over(data, "ODT")
    content, styles = open_parts(data)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise ReadError(
            "ไฟล์ ODT ไม่มีเนื้อเอกสาร เปิดใน LibreOffice แล้วบันทึกใหม่",
            "The ODT has no document in it. Open it in LibreOffice and save it again",
        )
    context = Context(_breaking_styles(content), _controls(content))
    lines = "\n".join(lines_of(body, context)).lstrip(f"{PAGE}\n").split("\n")
    text = "\n".join(
        [*_margins(styles, "header"), *lines, *context.notes, *_margins(styles, "footer")]
    )
    pages = [page.strip("\n") for page in text.split(PAGE, MAX_PAGES - 1)]
    filled = [page.replace(PAGE, "\n") for page in pages if page.strip()] or [""]
    return Reading.of(filled, "odt", tables=context.tables)


def _breaking_styles(content: Any) -> frozenset[str]:
    """The names of the paragraph and table styles that start a new page."""
    found = []
    for style in content.iter(f"{STYLE}style"):
        properties = (child for child in style if child.tag.endswith("-properties"))
        master = style.get(f"{STYLE}master-page-name")
        if master or any(p.get(f"{FO}break-before") == "page" for p in properties):
            found.append(style.get(f"{STYLE}name", ""))
    return frozenset(found)


def _controls(content: Any) -> dict[str, str]:
    """Tick boxes of forms by their id, as a sign with the label beside it."""
    found = {}
    for box in content.iter(f"{FORM}checkbox", f"{FORM}radio"):
        state = box.get(f"{FORM}current-state", box.get(f"{FORM}current-selected", ""))
        sign = TICKED if state in ("checked", "true") else OPEN
        label = box.get(f"{FORM}label", "")
        for name in (box.get(f"{FORM}id"), box.get(XML_ID)):
            if name:
                found[name] = f"{sign} {label}".strip()
    return found


def _margins(styles: Any, kind: str) -> list[str]:
    """The lines of all headers or footers worth keeping: with a letter, each once."""
    if styles is None:
        return []
    tags = (f"{STYLE}{kind}", f"{STYLE}{kind}-first", f"{STYLE}{kind}-left")
    texts = (
        line.replace(PAGE, "")
        for element in styles.iter(*tags)
        if element.get(f"{STYLE}display", "true") != "false"
        for line in lines_of(element, Context())
    )
    return list(dict.fromkeys(t for t in texts if any(char.isalpha() for char in t)))
