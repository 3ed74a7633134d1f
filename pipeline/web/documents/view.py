"""What the page of one document shows, gathered in one reading of the store."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from corpora import Label, Taxonomy
from pipeline.documents import Document, Evidence
from pipeline.proposals import SECTIONS
from pipeline.store import documents
from pipeline.store.documents import Arrival, Stored
from pipeline.store.labels import (
    Decision,
    Labelling,
    disagreements,
    first_decision,
    history_of,
    labels_of,
)
from pipeline.store.labels.history import active
from pipeline.store.rounds import get_round, is_on_time
from pipeline.web.access.logins import Person
from pipeline.web.documents.copies import Near, near_duplicates, undecided_copies
from pipeline.web.documents.text import PageText, Quote, page_at, page_texts, quotes
from pipeline.web.review.opinions import Choice, Stance, shown_choice, stance

PAGES = 40  # pages of text that stand on one page of ours
_CODE = re.compile(r"[a-z_]+")


@dataclass(frozen=True, slots=True)
class Bar:
    """A label with its probability."""

    label: Label
    share: float


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
    quotes: tuple[Quote, ...]
    reasons: tuple[str, ...]
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
        shown = max(PAGES, page_at(document, place[0])) if not every_page else None
    evidence = tuple(Evidence(**one) for one in tagging.get("evidence", ()))
    return View(
        stored=stored,
        document=document,
        file=come[-1].file,
        pages=tuple(page_texts(document, evidence, taxonomy, place))[:shown],
        quotes=quotes(document, evidence, taxonomy),
        reasons=tuple(in_thai(reason, taxonomy) for reason in record.get("reasons", ())),
        parsed=documents.get_parsed(session, sha256) or {},
        record=record,
        labels=labels,
        choice=shown_choice(labels, person),
        stance=now,
        first=None if unseen else first_decision(labels),
        disagreed=() if unseen else disagreements(labels),
        agendas=_bars(taxonomy.agendas, tagging.get("agenda_probs", {})),
        modes=_bars(taxonomy.modes, tagging.get("mode_probs", {})),
        award_share=tagging.get("award_prob"),
        missing=tuple((code, section_name(code)) for code in record.get("missing_sections", ())),
        near=near_duplicates(session, sha256),
        cluster=undecided_copies(session, sha256) if stored.cluster is not None else (),
        arrivals=tuple(_come(session, one) for one in come),
        history=() if unseen else tuple(reversed(made)),
        standing=frozenset(one.id for one in active(made)),
        last=labels.last,
    )


def in_thai(reason: str, taxonomy: Taxonomy) -> str:
    """A reason for review with the Thai names of labels in the place of their codes."""
    names = {label.code: label.short_th for label in (*taxonomy.agendas, *taxonomy.modes)}
    return _CODE.sub(lambda word: names.get(word[0], word[0]), reason)


def section_name(code: str) -> str:
    """The usual Thai heading of a section of a proposal."""
    rule = SECTIONS.get(code)
    return rule.long[0] if rule else code


def _bars(labels: Sequence[Label], probs: Mapping[str, float]) -> tuple[Bar, ...]:
    return tuple(Bar(label, float(probs.get(label.code, 0.0))) for label in labels)


def _come(session: Session, arrival: Arrival) -> Come:
    if arrival.round is None:
        return Come(arrival, None)
    return Come(
        arrival, not is_on_time(arrival.received_at, get_round(session, arrival.round).deadline)
    )
