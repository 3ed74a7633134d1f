"""Labelled corpora as spaCy Docs: `doc.cats` for a text classifier, entities beside them.

```python
save_docbin(proposals, "train.spacy")           # python -m spacy train ... --paths.train
proposals = load_docbin("train.spacy")
```
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from spacy.tokens import Doc, DocBin

from corpora import Taxonomy, load_taxonomy
from corpora.interchange.rows import (
    META,
    known_tags,
    meta_of,
    rows_of,
    tagged,
    tags_of,
    write_bytes,
)
from corpora.lines import Line, fault_at, unique
from corpora.loaders import proposals_of
from pipeline.entities.language import ThaiLanguage

YES = 0.5  # the score from which a category counts as said


def to_docs(
    proposals: pd.DataFrame, *, taxonomy: Taxonomy | None = None, entities: bool = False
) -> list[Doc]:
    """A Doc for each row of a table of `load_proposals`.

    `doc.cats` has 1.0 or 0.0 for every label: `agenda:poverty`, `mode:open` (the primary mode),
    `also:digital` (a further one), `flag:award_scaleup`; `doc.user_data` has all else. With
    `entities` the Docs carry those of `pipeline.entities.language()` (slower).
    """
    from pipeline.entities import language

    nlp = language() if entities else ThaiLanguage()
    cats = dict.fromkeys(known_tags(taxonomy if taxonomy is not None else load_taxonomy()), 0.0)
    docs = []
    for row in rows_of(proposals):
        doc = nlp(row["text"])
        doc.cats = cats | dict.fromkeys(tags_of(row), 1.0)
        # As text: a DocBin keeps user data by msgpack, which gives back tuples for lists.
        doc.user_data[META] = json.dumps(meta_of(row), ensure_ascii=False)
        docs.append(doc)
    return docs


def from_docs(docs: Iterable[Doc], *, taxonomy: Taxonomy | None = None) -> pd.DataFrame:
    """The table of `load_proposals`; Docs without one positive category are left out.

    Labels are those of `doc.cats`, whoever set them. Raises ModelError for what does not fit.
    """
    labels = taxonomy if taxonomy is not None else load_taxonomy()
    lines = []
    for number, doc in enumerate(docs, start=1):
        tags = [tag for tag, score in doc.cats.items() if score >= YES]
        line = Line(f"Doc {number}", {})
        known = json.loads(doc.user_data.get(META, "null")) or {"id": f"doc-{number}"}
        if tags:
            lines.append(Line(line.place, tagged(line, known, tags, labels) | {"text": doc.text}))
    if not lines:
        raise fault_at(
            "DocBin",
            "ไม่มีข้อความที่มี doc.cats ติดป้ายก่อนแล้วบันทึกใหม่",
            "no Doc has a category. Set doc.cats, then save again.",
        )
    return proposals_of(unique(lines), labels)


def save_docbin(
    proposals: pd.DataFrame, path: str | Path, *, taxonomy: Taxonomy | None = None
) -> Path:
    """Write a .spacy file that `spacy train` reads. Raises OutputError."""
    docs = to_docs(proposals, taxonomy=taxonomy)
    write_bytes(Path(path), DocBin(docs=docs, store_user_data=True).to_bytes())
    return Path(path)


def load_docbin(path: str | Path, *, taxonomy: Taxonomy | None = None) -> pd.DataFrame:
    """Read a .spacy file with categories, as `from_docs`. Raises ModelError."""
    try:
        docs = list(DocBin().from_bytes(Path(path).read_bytes()).get_docs(ThaiLanguage().vocab))
    except Exception as error:  # the edge: a damaged file breaks zlib, msgpack or spaCy
        raise fault_at(
            str(path),
            f"อ่าน DocBin ไม่ได้ ({error}) บันทึกใหม่ด้วย save_docbin",
            f"this DocBin cannot be read ({error}). Save it again with save_docbin.",
        ) from error
    return from_docs(docs, taxonomy=taxonomy)
