"""The pages of a document's text as HTML, with what speaks for a label marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corpora import Taxonomy
from pipeline.documents import Document, Evidence
from pipeline.web.frame.marking import Mark, marked


@dataclass(frozen=True, slots=True)
class Quote:
    """What of the text spoke for a label; `anchor` leads to it on its page (from 1)."""

    label: str
    kind: str
    text: str
    anchor: str
    page: int


@dataclass(frozen=True, slots=True)
class PageText:
    """A page of the document, its evidence marked."""

    number: int
    html: Markup
    method: str
    damage: float
    empty: bool


def page_texts(
    document: Document,
    evidence: Sequence[Evidence],
    taxonomy: Taxonomy,
    place: tuple[int, int] | None,
) -> Iterator[PageText]:
    """The pages with their evidence marked, and `place`, the hit that led here."""
    marks = list(_marks(evidence, taxonomy))
    if place is not None:
        marks.append(Mark(*place, "hit", "", "place"))
    offset = 0
    for page in document.pages:
        end = offset + len(page.text)
        here = [mark for mark in marks if mark.start < end and mark.end > offset]
        html = marked(page.text, here, offset=offset)
        yield PageText(page.number, html, page.method, page.damage, not page.text.strip())
        offset = end + 1


def quotes(
    document: Document, evidence: Sequence[Evidence], taxonomy: Taxonomy
) -> tuple[Quote, ...]:
    """The evidence in the order of the model, as it stands in the text, spaces made one."""
    return tuple(
        Quote(
            mark.label,
            mark.kind,
            " ".join(document.text[mark.start : mark.end].split()),
            mark.anchor,
            page_at(document, mark.start),
        )
        for mark in _marks(evidence, taxonomy)
    )


def page_at(document: Document, offset: int) -> int:
    """The number of the page (1-based) on which an offset of the text stands."""
    end = 0
    for at, page in enumerate(document.pages, 1):
        end += len(page.text) + 1
        if offset < end:
            return at
    return len(document.pages)


def _marks(evidence: Sequence[Evidence], taxonomy: Taxonomy) -> Iterator[Mark]:
    """What speaks for a label; what speaks against one would only confuse."""
    names = {
        label.code: label.short_th
        for label in (*taxonomy.agendas, *taxonomy.modes, *taxonomy.flags)
    }
    for number, one in enumerate(evidence, 1):
        if one.weight > 0:
            kind = (
                "agenda" if one.label in taxonomy.agenda_codes
                else "mode" if one.label in taxonomy.mode_codes
                else "evidence"
            )  # fmt: skip
            label = names.get(one.label, one.label)
            yield Mark(one.start, one.end, kind, label, f"evidence-{number}")
