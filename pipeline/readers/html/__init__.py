"""HTML: the main content by trafilatura, headed by the page's title; nothing is fetched.

Text form: a block is a line; a table row is its filled cells joined by a TAB, as in DOCX.
"""

from __future__ import annotations

import copy
import itertools
import re
from typing import Any

from pipeline.documents import Table
from pipeline.readers.encodings import decode
from pipeline.readers.html.guards import refuse_abnormal, refuse_large
from pipeline.readers.html.walk import walk
from pipeline.readers.reading import Reading

# trafilatura compares every block with the others; above this many elements (20,000 in nested
# tables take it 9 s) and this size in bytes the whole page is the content.
_MAX_ELEMENTS = 10_000
_MAX_MAIN_CONTENT = 2_000_000
_SPANS = ("colspan", "rowspan")

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_FURNITURE = "//nav | //header | //footer | //aside | //form | //select | //button"
_TITLES = ("//h1", "//meta[@property='og:title']/@content", "//title")
_WORD = re.compile(r"\w")
# "ชื่อข่าว - ชื่อเว็บไซต์": the site's name behind the page's.
_SITE = re.compile(r"\s+[-–—|·:»]+\s+[^-–—|·»]{1,80}\Z")
# Main content extractors drop the line that says when the page was published.
_PUBLISHED = re.compile(
    r"(?:เผยแพร่|โพสต์|ประกาศ|วันที่(?:เผยแพร่|ลงข่าว|ประกาศ|โพสต์))[^\n]{0,120}[0-9๐-๙]{2}[^\n]{0,60}\Z"
)


def read_html(data: bytes) -> Reading:
    """Read one HTML page as one `Page`. Raises `ReadError` for a page of abnormal size."""
    refuse_large(data)
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, declared=declared.group(1).decode() if declared else None)
    refuse_abnormal(decoded.text)
    tree = _parse(decoded.text)
    if tree is None:
        return Reading.of([""], "html", warnings=decoded.warnings)
    title = _title(tree)
    main = _main_content(tree) if len(data) <= _MAX_MAIN_CONTENT and _is_small(tree) else None
    lines, tables = walk(_body(tree))
    published = next(filter(_PUBLISHED.match, lines), "")
    if main is not None:
        main_lines, _ = walk(main)
        if 2 * _weight(main_lines) >= _weight(lines):
            # trafilatura's tables have lost their spans and nesting; the page's own are better.
            lines, tables = _blocks(main_lines, lines), _tables_in(main_lines, tables)
    top = _squeezed("".join(lines[:10]))
    if title and _squeezed(_SITE.sub("", title)) not in top:
        lines.insert(0, title)
    if published and _squeezed(published) not in _squeezed("".join(lines)):
        lines.insert(1, published)
    return Reading.of(["\n".join(lines)], "html", tables=tables, warnings=decoded.warnings)


def _parse(text: str) -> Any:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    source = _XML_DECLARATION.sub("", text).replace("\0", "")
    try:
        return html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # markup without a single element
        return None


def _title(tree: Any) -> str:
    for path in _TITLES:
        for found in tree.xpath(path)[:1]:
            text = found if isinstance(found, str) else found.text_content()
            if text := " ".join(text.split())[:500]:
                return text
    return ""


def _is_small(tree: Any) -> bool:
    return next(itertools.islice(tree.iter(), _MAX_ELEMENTS, None), None) is None


def _main_content(tree: Any) -> Any:
    """The content element that trafilatura finds, in its own vocabulary, or None."""
    from trafilatura import bare_extraction

    own = copy.deepcopy(tree)
    # It fills in what a cell spans, cell by cell; tables are taken from the page itself.
    for cell in own.iter("td", "th"):
        for name in _SPANS:
            cell.attrib.pop(name, None)
    found = bare_extraction(own, favor_recall=True, include_tables=True, include_comments=False)
    return None if found is None else found.body


def _body(tree: Any) -> Any:
    """The page without its furniture, unless nothing else is there."""
    body = copy.deepcopy(tree)
    for element in body.xpath(_FURNITURE):
        if element.getparent() is not None:
            element.drop_tree()
    return body if _WORD.search(body.text_content()) else tree


def _blocks(main: list[str], page: list[str]) -> list[str]:
    """The main content in the page's own blocks: on short pages trafilatura joins them in one."""
    text = _squeezed("".join(main))
    own = [line for line in page if _squeezed(line) in text]
    return own if len(own) > len(main) and _weight(own) == _weight(main) else main


def _tables_in(lines: list[str], tables: list[Table]) -> list[Table]:
    text = _squeezed("".join(lines))
    return [t for t in tables if _squeezed("".join(cell for row in t.rows for cell in row)) in text]


def _weight(lines: list[str]) -> int:
    return sum(len(_squeezed(line)) for line in lines)


def _squeezed(text: str) -> str:
    return "".join(text.split())
