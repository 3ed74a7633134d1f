"""Entities in Thai official texts: people, positions, agencies, provinces, awards, dates, money.

spaCy does the matching: `language()` is a pipeline whose Docs carry the entities, `to_spacy` makes
the Doc of a Document for one's own work with spaCy, and `find_entities` gives plain values.
"""

from __future__ import annotations

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.documents import Document
from pipeline.entities.gazetteers import SPANS_KEY, add_gazetteer
from pipeline.entities.language import ThaiLanguage
from pipeline.entities.mentions import apart, mentions
from pipeline.entities.values import LABELS, AwardStatus, Entity, Label
from pipeline.thai import sentences

__all__ = [
    "LABELS",
    "AwardStatus",
    "Entity",
    "Label",
    "find_entities",
    "language",
    "to_spacy",
]

Span.set_extension("status", default=None, force=True)


@Language.component("wara_entities")  # type: ignore[untyped-decorator]
def _annotate(doc: Doc) -> Doc:
    text = doc.text
    starts = {sentence.start for sentence in sentences(text)}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    found = mentions(doc, text)
    doc.spans["all"] = [_span(doc, entity) for entity in found]
    free = [True] * len(doc)
    chosen = []
    for span in (_span(doc, entity) for entity in apart(found, len(text))):
        if all(free[span.start : span.end]):
            free[span.start : span.end] = [False] * len(span)
            chosen.append(span)
    doc.set_ents(chosen)
    del doc.spans[SPANS_KEY]
    return doc


def _span(doc: Doc, entity: Entity) -> Span:
    """The tokens that `entity` touches, with its value as the span's id."""
    span = doc.char_span(
        entity.start,
        entity.end,
        label=entity.label,
        span_id=entity.value,
        alignment_mode="expand",
    )
    if entity.status is not None:
        span._.status = entity.status
    return span


@cache
def language() -> Language:
    """The pipeline: our tokenizer, the gazetteer, and the entities; made once.

    Its Docs hold the entities without overlaps in `doc.ents` and all of them, such as the province
    inside an agency's name, in `doc.spans["all"]`. A span's `id_` is its canonical value and, for
    AWARD, `span._.status` its status. A span covers whole tokens.
    """
    nlp = ThaiLanguage()
    add_gazetteer(nlp)
    nlp.add_pipe("wara_entities")
    nlp.max_length = 10**9
    return nlp


def find_entities(text: str) -> list[Entity]:
    """The entities of `text`, in order and without overlaps: the longest ones.

    Expects normalized text (`Document.text`), accepts any string; takes linear time.
    """
    nlp = language()
    doc = nlp.get_pipe(SPANS_KEY)(nlp.make_doc(text))
    return apart(mentions(doc, text), len(text))


def to_spacy(document: Document) -> Doc:
    """The Doc of `document.text` with entities and `user_data` {file, sha256, kind}.

    Offsets (`token.idx`, `span.start_char`) are those of `document.text`. Keep Docs with
    `DocBin(store_user_data=True)`, read them with `language().vocab`.
    """
    doc = language()(document.text)
    doc.user_data |= {"file": document.file, "sha256": document.sha256, "kind": document.kind}
    return doc
