"""What the page of one document shows, gathered in one reading of the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from corpora import Label, Taxonomy
from pipeline.documents import Document, Evidence
from pipeline.proposals import SECTIONS
from pipeline.store import documents, duplicates
from pipeline.store.documents import AT_ONCE
from pipeline.store.labels import active, history_of, labels_of
from pipeline.store.models import StandingRow
from pipeline.store.rounds import get_round, is_on_time
from pipeline.store.standings import disagreements, first_decision
from pipeline.store.values import Arrival, Decision, Labelling, Stored
from pipeline.web.logins import Person
from pipeline.web.marking import Mark, marked
from pipeline.web.opinions import Choice, Stance, shown_choice, stance

PAGES = 40  # pages of text that stand on one page of ours
NEAR = 8  # near-duplicates that are named


@dataclass(frozen=True, slots=True)
class PageText:
    """A page of the document, its evidence marked."""

    number: int
    html: Markup
    method: str
    damage: float
    empty: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A label with its probability, and what of the text speaks for it."""

    label: Label
    share: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A document that says much the same; `similarity` is 0 to 1."""

    sha256: str
    title: str | None
    province: str | None
    file: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Come:
    """One arrival; `late` is None outside a round."""

    arrival: Arrival
    late: bool | None


@dataclass(frozen=True, slots=True)
class View:
    """A document as one person may see it.

    While that person owes a second opinion, `labels` and `history` hold nothing of the first.
    `cluster` are its near-duplicates on which nobody has decided.
    """

    stored: Stored
    document: Document
    file: str
    pages: tuple[PageText, ...]
    parsed: Mapping[str, Any]
    record: Mapping[str, Any]
    labels: Labelling
    choice: Choice
    stance: Stance
    first: Decision | None
    disagreed: tuple[str, ...]
    agendas: tuple[Bar, ...]
    modes: tuple[Bar, ...]
    award_share: float | None
    missing: tuple[tuple[str, str], ...]
    near: tuple[Near, ...]
    cluster: tuple[str, ...]
    arrivals: tuple[Come, ...]
    history: tuple[Decision, ...]
    standing: frozenset[int]
    last: int


def view_of(
    session: Session,
    sha256: str,
    person: Person,
    taxonomy: Taxonomy,
    *,
    every_page: bool = False,
    place: tuple[int, int] | None = None,
) -> View:
    """The document; `place` is a stretch of its text to point at. Raises StoreError."""
    stored, document = (
        documents.get_document(session, sha256),
        documents.get_content(session, sha256),
    )
    labels = labels_of(session, [sha256])[sha256]
    said = documents.current_predictions(session, [sha256]).get(sha256)
    tagging = (said.tagging if said else None) or {}
    now = stance(labels, person)
    unseen = now == "second"
    made = history_of(session, [sha256])[sha256]
    come = documents.arrivals_of(session, [sha256])[sha256]
    record = said.record if said else {}
    shown = None if every_page else PAGES
    if place is not None:
        shown = max(PAGES, _page_at(document, place[0])) if not every_page else None
    evidence = tuple(Evidence(**one) for one in tagging.get("evidence", ()))
    return View(
        stored=stored,
        document=document,
        file=come[-1].file,
        pages=tuple(_pages(document, evidence, taxonomy, place))[:shown],
        parsed=documents.get_parsed(session, sha256) or {},
        record=record,
        labels=labels,
        choice=shown_choice(labels, person),
        stance=now,
        first=None if unseen else first_decision(labels),
        disagreed=() if unseen else disagreements(labels),
        agendas=_bars(taxonomy.agendas, tagging.get("agenda_probs", {}), evidence),
        modes=_bars(taxonomy.modes, tagging.get("mode_probs", {}), evidence),
        award_share=tagging.get("award_prob"),
        missing=tuple((code, section_name(code)) for code in record.get("missing_sections", ())),
        near=_near(session, sha256),
        cluster=undecided_copies(session, sha256) if stored.cluster is not None else (),
        arrivals=tuple(_come(session, one) for one in come),
        history=() if unseen else tuple(reversed(made)),
        standing=frozenset(one.id for one in active(made)),
        last=labels.last,
    )


def section_name(code: str) -> str:
    """The usual Thai heading of a section of a proposal."""
    rule = SECTIONS.get(code)
    return rule.long[0] if rule else code


def _pages(
    document: Document,
    evidence: Sequence[Evidence],
    taxonomy: Taxonomy,
    place: tuple[int, int] | None,
) -> Iterator[PageText]:
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


def _page_at(document: Document, offset: int) -> int:
    end = 0
    for at, page in enumerate(document.pages, 1):
        end += len(page.text) + 1
        if offset < end:
            return at
    return len(document.pages)


def _marks(evidence: Sequence[Evidence], taxonomy: Taxonomy) -> Iterator[Mark]:
    """What speaks for a label; what speaks against one would only confuse."""
    names = {label.code: label.short_th for label in (*taxonomy.agendas, *taxonomy.modes)}
    for one in evidence:
        if one.weight > 0:
            kind = (
                "agenda" if one.label in taxonomy.agenda_codes
                else "mode" if one.label in taxonomy.mode_codes
                else "evidence"
            )  # fmt: skip
            yield Mark(one.start, one.end, kind, names.get(one.label, one.label))


def _bars(
    labels: Sequence[Label], probs: Mapping[str, float], evidence: Sequence[Evidence]
) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            label,
            float(probs.get(label.code, 0.0)),
            tuple(one for one in evidence if one.label == label.code and one.weight > 0)[:3],
        )
        for label in labels
    )


def undecided_copies(session: Session, sha256: str) -> tuple[str, ...]:
    """The near-duplicates of a document that wait for a decision, the oldest first."""
    others = [one for one in duplicates.members(session, sha256) if one != sha256]
    query = select(StandingRow.sha256).where(
        StandingRow.sha256.in_(others[:AT_ONCE]),
        StandingRow.status == "waiting",
        StandingRow.asked.is_(False),
    )
    return tuple(session.scalars(query.order_by(StandingRow.document_id)))


def _near(session: Session, sha256: str) -> tuple[Near, ...]:
    found = duplicates.similar(session, sha256)[:NEAR]
    names = documents.arrivals_of(session, [other for other, _ in found])
    near = []
    for other, similarity in found:
        stored = documents.get_document(session, other)
        if stored.withdrawn_at is None:
            file = names[other][-1].file
            near.append(Near(other, stored.title, stored.province, file, similarity))
    return tuple(near)


def _come(session: Session, arrival: Arrival) -> Come:
    if arrival.round is None:
        return Come(arrival, None)
    return Come(
        arrival, not is_on_time(arrival.received_at, get_round(session, arrival.round).deadline)
    )
