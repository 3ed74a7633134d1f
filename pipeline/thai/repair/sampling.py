"""Which stretches of a document are looked at first, and which stand for the whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.thai.repair.screen import damaged_groups, unbalanced

SAMPLE = 2500  # characters
_GLANCE = 240
_PIECES = re.compile(r"[^\n]{20,60}(?= |$)|[^\n]{1,60}", re.MULTILINE)
_PAGES, _PAGE = 20, 4000  # as many pages and characters of each are searched for a first glance


def glance(pages: Sequence[str]) -> str:
    """What is looked at first: the lines that seem most damaged, or some from all over."""
    if unbalanced("".join(pages)):  # what is missing makes no group of letters strange
        return "\n".join(_PIECES.findall(sample("\n".join(pages))[: 3 * _GLANCE]))
    pieces: list[tuple[int, str]] = []
    for page in pages[:_PAGES]:
        spans = [match.span() for match in _PIECES.finditer(page, 0, _PAGE)]
        strange = damaged_groups(page[:_PAGE], spans)
        pieces += [(n, page[a:b]) for n, (a, b) in zip(strange, spans, strict=True)]
    pieces.sort(key=lambda piece: piece[0], reverse=True)
    chosen, size = [], 0
    for _, piece in pieces:
        chosen.append(piece)
        size += len(piece)
        if size >= _GLANCE:
            break
    return "\n".join(chosen)


def sample(text: str) -> str:
    """Lines from all over `text`, about `SAMPLE` characters."""
    if len(text) <= SAMPLE:
        return text
    lines = text.split("\n")
    step = round(len(text) / SAMPLE)
    chosen = "\n".join(lines[step // 2 :: step])
    if len(chosen) >= SAMPLE // 3:
        return chosen[: 2 * SAMPLE]
    return text[:SAMPLE]
