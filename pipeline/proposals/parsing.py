"""Put a proposal together from what its text says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pipeline.documents import Document, Proposal, Section
from pipeline.proposals.budget import find_budget
from pipeline.proposals.document_date import find_document_date
from pipeline.proposals.headings import SECTIONS
from pipeline.proposals.networks import find_networks
from pipeline.proposals.province import find_province
from pipeline.proposals.round_year import find_fiscal_year
from pipeline.proposals.sections import filled, find_headings, find_sections
from pipeline.proposals.title import find_title


def parse_proposal(document: Document, *, deadline: dt.date | None = None) -> Proposal:
    """Read title, province, date, sections, partners and budget of a proposal.

    Spans index `document.text`, the title is a stretch of it. `on_time` compares the document's
    date with `deadline` (the day itself is in time) and is None when either is missing.
    """
    text = document.text
    headings = find_headings(text)
    form = find_sections(text, headings)
    sections = filled(text, form)
    title = find_title(text, headings)
    date = find_document_date(text, headings)
    networks = find_networks(text, sections)
    budget = find_budget(text, form)
    found = {"title": title is not None, "networks": bool(networks), "budget": budget is not None}
    return Proposal(
        text=text,
        title=title.of(text) if title else None,
        province=find_province(text, headings, title),
        document_date=date,
        fiscal_year=find_fiscal_year(text, date, sections),
        sections=sections,
        missing_sections=_missing(text, form, found),
        networks=networks,
        budget_baht=budget,
        on_time=date <= deadline if date and deadline else None,
    )


def _missing(text: str, form: Mapping[str, Section], found: Mapping[str, bool]) -> tuple[str, ...]:
    """Expected sections without an answer.

    A value `found` elsewhere makes up for a heading that is absent or has nothing below it, not
    for one that the form answers with leader dots, a dash or ไม่มี.
    """
    answered = filled(text, form)
    left_open = {
        code for code in form if code not in answered and form[code].start < form[code].end
    }
    return tuple(
        code
        for code, rule in SECTIONS.items()
        if rule.expected
        and code not in answered
        and (code in left_open or not found.get(code, False))
    )
