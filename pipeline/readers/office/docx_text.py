"""The characters of a DOCX paragraph, tick boxes included; without what Word does not show."""

from __future__ import annotations

from typing import Any

from pipeline.readers.office.docx_package import W

PAGE = "\f"
RENDERED = f"{W}lastRenderedPageBreak"
"""Stands in a paragraph's text where the last layout that Word saved began a new page."""

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

_RUN, _TEXT, _BREAK, _SYMBOL = f"{W}r", f"{W}t", f"{W}br", f"{W}sym"
_TEXTS = (_TEXT, "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_CONTROL, _BOX, _FORM_FIELD = f"{W}sdt", f"{W}txbxContent", f"{W}ffData"
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
# Properties, deleted or moved-away text, field codes, and the twin of a drawing for old readers.
SILENT = frozenset(
    {
        *(f"{W}{name}" for name in ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr")),
        *(f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "sdtPr", "rt")),
        f"{_MC}Fallback",
    }
)
_TICKED, _OPEN = "☑", "☐"
# Glyphs of tick boxes by symbol font and code; Word adds F000 to the code in most files.
_SYMBOLS = {
    "wingdings": {0xFE: _TICKED, 0xFD: _TICKED, 0x52: _TICKED, 0xFC: _TICKED}
    | {0xA8: _OPEN, 0x6F: _OPEN, 0xA3: _OPEN},
    "wingdings 2": {0x52: _TICKED, 0x53: _TICKED, 0xA3: _OPEN, 0x2A: _OPEN},
}


def paragraph_text(paragraph: Any, boxes: list[Any]) -> str:
    """The text of a paragraph; `boxes` collects the text boxes anchored in it."""
    parts: list[str] = []
    _collect(paragraph, parts, boxes)
    return "".join(parts)


def _collect(element: Any, parts: list[str], boxes: list[Any]) -> None:
    for child in element:
        tag = child.tag
        if tag in _TEXTS:
            parts.append(child.text or "")
        elif tag == _RUN:
            if not _is_hidden(child):
                _collect(child, parts, boxes)
        elif tag in SILENT:
            continue
        elif tag in _CHARACTERS:
            parts.append(_CHARACTERS[tag])
        elif tag == _BREAK:
            parts.append(PAGE if child.get(f"{W}type") == "page" else "\n")
        elif tag == RENDERED:
            parts.append(RENDERED)
        elif tag == _SYMBOL:
            parts.append(_symbol(child))
        elif tag == _BOX:
            boxes.append(child)
        elif tag == _FORM_FIELD:
            parts.append(_form_field(child))
        elif tag != _CONTROL or not shows_placeholder(child):
            _collect(child, parts, boxes)


def _is_hidden(run: Any) -> bool:
    properties = child_of(run, f"{W}rPr")
    return properties is not None and is_on(child_of(properties, f"{W}vanish"))


def child_of(element: Any, tag: str) -> Any:
    """The first child of that tag, or None: `element.find` takes five times as long."""
    return next(element.iterchildren(tag), None)


def is_on(flag: Any, namespace: str = W) -> bool:
    """The value of a switch; one that is there without a value is on."""
    return flag is not None and flag.get(f"{namespace}val", "1") not in ("0", "false", "off")


def shows_placeholder(control: Any) -> bool:
    """Whether a content control is empty and shows Word's "click to enter text"."""
    return is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")) and _checkbox(control) is None


def _checkbox(control: Any) -> Any:
    return control.find(f"{W}sdtPr/{_W14}checkbox")


def show_ticks(root: Any) -> None:
    """Let each tick box among the content controls of `root` show ☑ or ☐, not its own glyph."""
    for control in root.iter(_CONTROL):
        box, content = _checkbox(control), control.find(f"{W}sdtContent")
        if box is not None and content is not None:
            shown = list(content.iter(_TEXT, _SYMBOL))
            for glyph in shown:
                glyph.tag = _TEXT
                glyph.text = ""
            for glyph in shown[:1]:
                glyph.text = _TICKED if is_on(box.find(f"{_W14}checked"), _W14) else _OPEN


def _form_field(data: Any) -> str:
    """What an old form field shows that is not in the text: its tick box or its chosen entry."""
    box, choices = data.find(f"{W}checkBox"), data.find(f"{W}ddList")
    if box is not None:
        state = box.find(f"{W}checked")
        return _TICKED if is_on(box.find(f"{W}default") if state is None else state) else _OPEN
    if choices is None:
        return ""
    result = choices.find(f"{W}result")
    number = str(result.get(f"{W}val", "0")) if result is not None else "0"
    entries = choices.findall(f"{W}listEntry")
    chosen = int(number) if number.isdecimal() and len(number) < 5 else 0
    return str(entries[chosen].get(f"{W}val", "")) if chosen < len(entries) else ""


def _symbol(symbol: Any) -> str:
    """A character that Word took from a symbol font; empty where it is no tick box."""
    font = str(symbol.get(f"{W}font", "")).lower()
    try:
        code = int(str(symbol.get(f"{W}char", "")), 16)
    except ValueError:
        return ""
    if font in _SYMBOLS:
        return _SYMBOLS[font].get(code & 0xFF, "")
    return chr(code) if 0x2000 <= code < 0xD800 else ""
