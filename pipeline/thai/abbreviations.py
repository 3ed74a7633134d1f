"""Where the abbreviations with dots stand: 'ก.พ.ร.', 'รพ.สต.', '14.00 น.', 'พ.ศ' before a year.

Thai hardly uses the full stop otherwise, so a dot behind one to four consonants is looked at, with
the list of `lexicon.abbreviations` where the letters alone do not settle it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.documents import Span
from pipeline.thai.lexicon import RUN, abbreviations, dictionary

_DOT = re.compile(rf"\.(?<=[{RUN}]\.)")
_REST = re.compile(rf"((?:[ก-ฮ]{{1,4}}\.){{0,8}})([ก-ฮ]{{1,4}}(?![{RUN}.]))?")
_HEAD = re.compile(rf"[{RUN}]*\Z")
_CONSONANTS = re.compile("[ก-ฮ]{1,4}")
_HEAD_LENGTH = 8  # the longest first group of the list, and one more to see what it hangs on


def abbreviation_spans(text: str) -> Iterator[Span]:
    """Spans of the abbreviations in `text`, dots included, in order and apart.

    Listed ones are found also behind Thai letters ('สำนักงานก.พ.ร.'), if they have two dots or three
    letters; a listed one may lack its last dot ('พ.ศ 2565'). Unlisted ones stand free and are not
    words of the dictionary ('คน.' ends a sentence).
    """
    done = 0
    for dot in _DOT.finditer(text):
        if dot.start() >= done and (span := _around(text, dot.end(), done)):
            done = span.end
            yield span


def _around(text: str, dot_end: int, floor: int) -> Span | None:
    window = text[max(floor, dot_end - 1 - _HEAD_LENGTH) : dot_end - 1]
    head = _head(window)
    rest = _REST.match(text, dot_end)
    chain, open_group = (rest[1], rest[2] or "") if rest else ("", "")
    for skipped in range(len(head)):
        form = _listed(head[skipped:] + ".", chain, open_group)
        if form and (skipped == 0 or form.count(".") > 1 or len(form) > 3):
            start = dot_end - 1 - len(head) + skipped
            return Span(start, start + len(form))
    letters = _unlisted(head, chain)
    if not letters:
        return None
    return Span(dot_end - 1 - letters, dot_end + len(chain))


def _head(window: str) -> str:
    found = _HEAD.search(window)
    return found[0] if found else ""


def _listed(first: str, chain: str, open_group: str) -> str:
    """The longest listed abbreviation that begins `first + chain + open_group`, or ''."""
    known = abbreviations()
    if open_group and (whole := first + chain + open_group) + "." in known:
        return whole
    form = first + chain
    while form and form not in known:
        form = form[: form.rfind(".", 0, -1) + 1]
    return form


def _unlisted(head: str, chain: str) -> int:
    """How many letters before the dot belong to an abbreviation that is not listed; 0 for none."""
    if not _CONSONANTS.fullmatch(head):
        return 1 if re.fullmatch(r"(?:[ก-ฮ]\.){2,}", chain) and _CONSONANTS.match(head[-1:]) else 0
    if len(head) == 1 or chain or head not in dictionary():
        return len(head)
    return 0
