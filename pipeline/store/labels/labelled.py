"""What people labelled, as training examples in the shape of `corpora.load_proposals`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from pipeline.store.documents.predictions import current_predictions
from pipeline.store.documents.reading import get_content, list_documents
from pipeline.store.documents.values import Prediction, Stored
from pipeline.store.labels.fields import LABELS
from pipeline.store.labels.folding import labels_of
from pipeline.store.labels.values import Labelling

if TYPE_CHECKING:
    import pandas as pd

    from corpora import Taxonomy


def load_labelled(session: Session, taxonomy: Taxonomy) -> pd.DataFrame:
    """The documents of which people decided every label, one row each, the oldest first.

    The columns are those of `load_proposals`; `id` is the digest, `label_source` `human` or
    `import`, `label_model` the model whose labels they saw. Near-duplicates share a `source`, so
    that they are never on both sides of a split. Minutes, and labels that `taxonomy` does not
    have, are left out.
    """
    documents = {document.sha256: document for document in list_documents(session)}
    standing = labels_of(session, list(documents))
    labelled = [labels for labels in standing.values() if _is_labelled(labels, taxonomy)]
    said = current_predictions(session, [labels.sha256 for labels in labelled])
    rows = [
        _row(
            documents[labels.sha256],
            get_content(session, labels.sha256).text,
            labels,
            said.get(labels.sha256),
            taxonomy,
        )
        for labels in labelled
    ]
    return _frame(rows, taxonomy)


def _is_labelled(labels: Labelling, taxonomy: Taxonomy) -> bool:
    values = labels.values
    return (
        set(LABELS) <= set(labels.decided)
        and values["kind"] != "minutes"
        and values["agenda"] in taxonomy.agenda_codes
        and set(values["modes"]) <= set(taxonomy.mode_codes)
    )


def _row(
    document: Stored,
    text: str,
    labels: Labelling,
    prediction: Prediction | None,
    taxonomy: Taxonomy,
) -> dict[str, Any]:
    values = labels.values
    date = document.document_date
    record: Mapping[str, Any] = prediction.record if prediction else {}
    return {
        "id": document.sha256,
        "title": values["title"] or "",
        "text": text,
        "agenda": values["agenda"],
        "mode": values["modes"][0],
        "modes": values["modes"],
        **{code: bool(values.get(code)) for code in taxonomy.flag_codes},
        "province": values["province"],
        "submitted_date_iso": date.isoformat() if date else None,
        "networks": tuple(record.get("networks") or ()),
        "source": "" if document.cluster is None else f"cluster-{document.cluster}",
        "register": "",
        "voice": "",
        "agenda_ok": (values["agenda"],),
        "mode_ok": (values["modes"][0],),
        "label_source": labels.source,
        "label_model": labels.model,
    }


def _frame(rows: list[dict[str, Any]], taxonomy: Taxonomy) -> pd.DataFrame:
    import pandas as pd

    names = (
        *("id", "title", "text", "agenda", "mode", "modes", *taxonomy.flag_codes, "province"),
        *("submitted_date_iso", "networks", "source", "register", "voice"),
        *("agenda_ok", "mode_ok", "label_source", "label_model"),
    )
    return pd.DataFrame(
        {
            name: pd.Series(
                [row[name] for row in rows],
                dtype="bool" if name in taxonomy.flag_codes else "object",
            )
            for name in names
        }
    )
