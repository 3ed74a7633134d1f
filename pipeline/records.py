"""The row that `wara classify` gives for every input, also for one that failed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from pipeline.choices import chosen, named
from pipeline.documents import Document, Evidence, Minutes, Proposal, Tagging
from pipeline.errors import WaraError
from pipeline.proposals import parse_proposal
from pipeline.thai import fiscal_year

QUOTES = 3
NOT_A_PROPOSAL = "เอกสารไม่มีลักษณะของข้อเสนอหรือรายงานการประชุม"
UNREADABLE = "อ่านไฟล์ไม่ได้"
DAMAGED_PAGE = 0.05  # share of letters repaired or lost; split sara am alone stays below 0.02


class Tagger(Protocol):
    """Whatever can tag texts: see `classifiers.ProposalTagger`."""

    def tag(self, texts: Sequence[str]) -> list[Tagging]:
        """One tagging per text, in the order of the texts."""
        ...


@dataclass(frozen=True, slots=True)
class Record:
    """One row, its fields in the order of the columns. What is unknown is None or empty.

    `document_date` is the submission or meeting date, `fiscal_year` BE, `on_time` None without a
    deadline or a date. `province` of minutes names all of them, joined by " | ". `evidence` holds
    up to three quotes of the document's own text. Confidences are calibrated probabilities.
    """

    file: str
    sha256: str | None = None
    kind: str | None = None
    title: str | None = None
    province: str | None = None
    document_date: dt.date | None = None
    fiscal_year: int | None = None
    on_time: bool | None = None
    agenda: str | None = None
    agenda_confidence: float | None = None
    mode: str | None = None
    mode_confidence: float | None = None
    other_modes: tuple[str, ...] = ()
    award_scaleup: bool | None = None
    needs_review: bool = False
    reasons: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    budget_baht: float | None = None
    missing_sections: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    error: str | None = None
    model: str | None = None


COLUMNS: tuple[str, ...] = tuple(field.name for field in dataclasses.fields(Record))


def shown(file: str) -> str:
    """A file's name as text: bytes of a name that is no UTF-8 become U+FFFD."""
    return file.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def failed(file: str, error: WaraError) -> Record:
    """The row of an input that could not be read; a person has to see to it."""
    message = str(error).replace(f"{file}: ", "")  # the row names the file already
    return Record(file=shown(file), needs_review=True, reasons=(UNREADABLE,), error=message)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was made of a document: its row, its parts, and the tags where it got some."""

    record: Record
    parsed: Minutes | Proposal
    tagging: Tagging | None = None


def record_of(
    document: Document, tagger: Tagger, *, model: str, deadline: dt.date | None = None
) -> Record:
    """The row of one document."""
    return analyse(document, tagger, model=model, deadline=deadline).record


def analyse(
    document: Document, tagger: Tagger, *, model: str, deadline: dt.date | None = None
) -> Analysis:
    """Parse and tag one document. Minutes get no agenda and no mode."""
    if document.kind == "minutes":
        from pipeline.minutes import parse_minutes  # its patterns take half a second to compile

        minutes = parse_minutes(document)
        return Analysis(_minutes_record(document, minutes), minutes)
    proposal = parse_proposal(document, deadline=deadline)
    [tags] = tagger.tag([document.text])
    return Analysis(_proposal_record(document, proposal, tags, model), proposal, tags)


def _minutes_record(document: Document, minutes: Minutes) -> Record:
    reasons = _damage(document)
    reasons += () if minutes.title else ("ไม่พบชื่อการประชุม",)
    reasons += () if minutes.date else ("ไม่พบวันที่ประชุม",)
    return Record(
        file=shown(document.file),
        sha256=document.sha256,
        kind=document.kind,
        title=minutes.title,
        province=" | ".join(minutes.provinces) or None,
        document_date=minutes.date,
        fiscal_year=fiscal_year(minutes.date) if minutes.date else None,
        needs_review=bool(reasons),
        reasons=reasons,
        warnings=document.warnings,
    )


def _proposal_record(document: Document, proposal: Proposal, tags: Tagging, model: str) -> Record:
    reasons: tuple[str, ...] = (NOT_A_PROPOSAL,) if document.kind == "other" else ()
    reasons += _damage(document) + tags.reasons + _contradictions(proposal, tags)
    return Record(
        file=shown(document.file),
        sha256=document.sha256,
        kind=document.kind,
        title=proposal.title,
        province=proposal.province,
        document_date=proposal.document_date,
        fiscal_year=proposal.fiscal_year,
        on_time=proposal.on_time,
        agenda=tags.agenda,
        agenda_confidence=tags.agenda_probs[tags.agenda],
        mode=tags.mode,
        mode_confidence=tags.mode_probs[tags.mode],
        other_modes=tags.modes[1:],
        award_scaleup=tags.award_scaleup,
        needs_review=bool(reasons),
        reasons=reasons,
        evidence=_quotes(tags),
        networks=proposal.networks,
        budget_baht=proposal.budget_baht,
        missing_sections=proposal.missing_sections,
        warnings=document.warnings,
        model=model,
    )


@cache
def _names() -> dict[str, dict[str, tuple[str, ...]]]:
    """The names of the labels of each axis, by code."""
    from corpora import load_taxonomy  # brings pandas, which reading and searching do without

    taxonomy = load_taxonomy()
    axes = {"ประเด็น": taxonomy.agendas, "รูปแบบ": taxonomy.modes}
    return {
        axis: {label.code: (label.name_th, label.name_en, label.short_th) for label in labels}
        for axis, labels in axes.items()
    }


def _contradictions(proposal: Proposal, tags: Tagging) -> tuple[str, ...]:
    """Where the form's choice and the tags disagree; which of them is right a person has to see.

    The choice is what was ticked, or the one mode that the form's section on the mode names.
    """
    text, section = proposal.text, proposal.sections.get("mode")
    agendas = chosen(text, _names()["ประเด็น"])
    modes = chosen(text, _names()["รูปแบบ"])
    if section and not modes:
        modes = named(text[section.start : section.end], _names()["รูปแบบ"])
    reasons = []
    for axis, choice, said, probs in (
        ("ประเด็น", agendas, tags.agenda, tags.agenda_probs),
        ("รูปแบบ", modes, tags.mode, tags.mode_probs),
    ):
        # A model for another taxonomy knows other labels than the form's: nothing to compare.
        if set(choice) & set(probs) and said not in choice:
            reasons.append(f"แบบเลือก{axis} {' '.join(choice)} แต่เนื้อหาชี้ไปทาง {said}")
    return tuple(reasons)


def _damage(document: Document) -> tuple[str, ...]:
    """What of the pages a person should look at: those not read, and the most damaged one."""
    reasons = []
    if unread := [page.number for page in document.pages if page.method == "unread"]:
        reasons.append(f"ไม่ได้อ่านหน้า {', '.join(map(str, unread[:10]))}")
    worst = max(document.pages, key=lambda page: page.damage)
    if worst.damage > DAMAGED_PAGE:
        reasons.append(f"หน้า {worst.number} ตัวอักษรเสียหายราว {worst.damage:.0%} ส่วนหนึ่งซ่อมแล้ว")
    return tuple(reasons)


def _quotes(tags: Tagging) -> tuple[str, ...]:
    """The strongest quote of each label first, so that both axes are seen; none twice."""
    first: dict[str, Evidence] = {}
    for evidence in tags.evidence:
        first.setdefault(evidence.label, evidence)
    ranked = [*first.values(), *(e for e in tags.evidence if e not in first.values())]
    texts = dict.fromkeys(evidence.text for evidence in ranked)
    return tuple(texts)[:QUOTES]
