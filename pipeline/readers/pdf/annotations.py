"""What lies over a page: form fields with their values, notes typed onto it, stamps.

Viewers show them at their rectangles, but they are no part of the page's content stream.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.utils import mult_matrix

from pipeline.readers.pdf.tokens import text_of
from pipeline.readers.pdf.values import Glyph

Matrix = tuple[float, float, float, float, float, float]
Rect = tuple[float, float, float, float]

CHECKED, UNCHECKED = "☑", "☐"

# A form of several hundred questions has 2,000 fields; a field inherits over three levels.
_MAX_ANNOTATIONS = 5000
_MAX_DEPTH = 16
_MAX_VALUE = 100_000  # letters
_UNSEEN = 2 | 32  # flags: hidden, no view
_PASSWORD, _PUSH_BUTTON, _MULTILINE = 1 << 13, 1 << 16, 1 << 12
_TYPED = ("Widget", "FreeText", "Stamp")
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_FONT_SIZE = re.compile(r"([0-9.]+)\s+Tf")
_LINE_END = re.compile("\r\n|[\r\n\u2028\u2029]")
_THAI = re.compile("[\u0e01-\u0e4e]")
# In ems, and as a share of the rectangle's height for a size that the viewer is to choose.
_LEADING, _LETTER, _PADDING = 1.2, 0.5, 0.15
_AUTOMATIC, _LARGEST = 0.65, 12.0


class Annotation(NamedTuple):
    """One thing shown over the page, at `rect` (points; left, bottom, right, top).

    `appearance` is the form that paints it, moved by `placed`; `value` is what it says, where the
    file tells, and `size` the height of its letters in points. `multiline` values start at the top.
    """

    rect: Rect
    value: str
    appearance: PDFStream | None
    placed: Matrix
    size: float
    multiline: bool

    def glyphs(self, painted: list[Glyph], rotate: int) -> list[Glyph]:
        """Its text: `painted` by its appearance, or its value where that is not legible."""
        shown = "".join(glyph.text for glyph in painted)
        lost = bool(_THAI.search(self.value)) and not _same(shown, self.value)
        return painted if shown.strip() and not lost else list(self._written(rotate))

    def span(self, rotate: int) -> tuple[float, float]:
        """From where to where it goes along the text of a page turned by `rotate` degrees."""
        x0, _, x1, _ = _turned(self.rect, rotate)
        return x0, x1

    def _written(self, rotate: int) -> Iterator[Glyph]:
        """Its value as a viewer would write it into the rectangle."""
        x0, y0, x1, y1 = _turned(self.rect, rotate)
        x0 += _PADDING * self.size
        y = y1 - self.size if self.multiline else (y0 + y1) / 2 - 0.35 * self.size
        for line in _LINE_END.split(self.value):
            if text := line.strip():
                right = min(x1, x0 + _LETTER * self.size * len(text))
                yield Glyph(text, x0, max(x0, right), y, self.size)
            y -= _LEADING * self.size


def annotations_of(page: PDFPage) -> Iterator[Annotation]:
    """What a viewer shows over `page`, in the order of the file."""
    form = _form_of(page)
    stale = bool(resolve1(form.get("NeedAppearances")))
    listed = islice(list_value(page.annots or []), _MAX_ANNOTATIONS)
    for item in {getattr(item, "objid", 0) or id(item): item for item in listed}.values():
        try:
            found = _annotation(dict_value(item), form, stale=stale)
        except Exception:  # one odd annotation must not cost the page its other text
            continue
        if found is not None:
            yield found


def is_dynamic(page: PDFPage) -> bool:
    """Whether the document is an XFA form, which few programs but Adobe's can show."""
    return "XFA" in _form_of(page)


def _form_of(page: PDFPage) -> dict[str, Any]:
    form = resolve1(page.doc.catalog.get("AcroForm"))
    return form if isinstance(form, dict) else {}


def _annotation(spec: dict[str, Any], form: Mapping[str, Any], *, stale: bool) -> Annotation | None:
    kind = _name(spec.get("Subtype"))
    if kind not in _TYPED or int(resolve1(spec.get("F")) or 0) & _UNSEEN:
        return None
    a, b, c, d = (float(resolve1(number)) for number in list_value(spec["Rect"])[:4])
    rect = (min(a, c), min(b, d), max(a, c), max(b, d))
    field = _inherited(spec) if kind == "Widget" else spec
    flags = int(resolve1(field.get("Ff")) or 0) if kind == "Widget" else 0
    if flags & (_PASSWORD | _PUSH_BUTTON):
        return None
    if _name(field.get("FT")) == "Btn":
        size = rect[3] - rect[1]
        return Annotation(rect, _tick(spec), None, _UNIT, min(size, _LARGEST), False)
    value = _value(field) if kind == "Widget" else _string(spec.get("Contents"))
    own = _appearance(spec)
    appearance = None if stale and value and kind == "Widget" else own
    if kind == "Stamp" and own is None:
        return None  # its /Contents is a remark about it
    placed = _placed(appearance, rect) if appearance is not None else _UNIT
    multiline = bool(flags & _MULTILINE) or kind == "FreeText"
    size = _size(field, form, rect, multiline=multiline)
    text = "" if kind == "Stamp" else value[:_MAX_VALUE]
    return Annotation(rect, text, appearance, placed, size, multiline)


def _inherited(spec: dict[str, Any]) -> dict[str, Any]:
    """A field with what it has from the fields above it."""
    field: dict[str, Any] = {}
    above: Any = spec
    for _ in range(_MAX_DEPTH):
        if not isinstance(above, dict):
            break
        field = {key: above[key] for key in ("FT", "V", "Ff", "DA", "Opt") if key in above} | field
        above = resolve1(above.get("Parent"))
    return field


def _value(field: Mapping[str, Any]) -> str:
    """What a text or a choice field says; of a list, each choice on a line."""
    value = resolve1(field.get("V"))
    chosen = [_string(item) for item in (value if isinstance(value, list) else [value])]
    names = {}
    for option in list_value(field["Opt"]) if "Opt" in field else []:
        pair = resolve1(option)
        if isinstance(pair, list) and len(pair) == 2:
            names[_string(pair[0])] = _string(pair[1])
    return "\n".join(names.get(item, item) for item in chosen)


def _tick(spec: Mapping[str, Any]) -> str:
    state = _name(spec.get("AS"))
    return CHECKED if state not in ("", "Off") else UNCHECKED


def _string(value: Any) -> str:
    found = resolve1(value)
    if isinstance(found, PDFStream):
        found = found.get_data()
    return text_of(found) if isinstance(found, bytes) else ""


def _name(value: Any) -> str:
    name = getattr(resolve1(value), "name", "")
    return name if isinstance(name, str) else ""


def _appearance(spec: Mapping[str, Any]) -> PDFStream | None:
    """The form that paints an annotation in its present state."""
    normal = resolve1(dict_value(spec.get("AP", {})).get("N"))
    if isinstance(normal, dict):
        normal = resolve1(normal.get(_name(spec.get("AS"))))
    return normal if isinstance(normal, PDFStream) else None


def _placed(appearance: PDFStream, rect: Rect) -> Matrix:
    """What moves and stretches an appearance's box to its rectangle."""
    matrix = tuple(float(number) for number in resolve1(appearance.get("Matrix")) or _UNIT)
    a, b, c, d = (float(resolve1(number)) for number in list_value(appearance["BBox"])[:4])
    corners = [mult_matrix((1, 0, 0, 1, x, y), matrix)[4:] for x in (a, c) for y in (b, d)]
    x0, y0 = (min(corner[axis] for corner in corners) for axis in (0, 1))
    width, height = (max(corner[axis] for corner in corners) for axis in (0, 1))
    wide = (rect[2] - rect[0]) / (width - x0) if width > x0 else 1.0
    high = (rect[3] - rect[1]) / (height - y0) if height > y0 else 1.0
    return (wide, 0.0, 0.0, high, rect[0] - wide * x0, rect[1] - high * y0)


def _size(
    field: Mapping[str, Any], form: Mapping[str, Any], rect: Rect, *, multiline: bool
) -> float:
    found = _FONT_SIZE.search(_string(field.get("DA")) or _string(form.get("DA")))
    size = float(found[1]) if found else 0.0
    return size or (_LARGEST if multiline else min(_LARGEST, _AUTOMATIC * (rect[3] - rect[1])))


def _turned(rect: Rect, rotate: int) -> Rect:
    """A rectangle along the direction in which text runs on a page turned by `rotate` degrees."""
    x0, y0, x1, y1 = rect
    turned = {90: (y0, -x1, y1, -x0), 180: (-x1, -y1, -x0, -y0), 270: (-y1, x0, -y0, x1)}
    return turned.get(rotate, rect)


def _same(shown: str, value: str) -> bool:
    return sorted("".join(shown.split())) == sorted("".join(value.split()))
