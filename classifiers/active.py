"""What to label next: texts that the model is unsure of and that are unlike each other.

`suggest` picks them from a pool of unlabelled texts; `simulate` measures on labelled ones how many
labels that saves against picking by chance, `labels_needed` sums it up.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted

from classifiers.active_bench import pick
from classifiers.active_simulation import STRATEGIES, labels_needed, simulate
from classifiers.evaluation import texts_of
from classifiers.parts import Floats, Inputs, transform
from classifiers.tagger import ProposalTagger
from pipeline.errors import UsageError

__all__ = ["STRATEGIES", "labels_needed", "simulate", "suggest"]

WIDEST = 5000  # of the unsurest texts so many are looked at for how alike they are


def suggest(
    pool: pd.DataFrame | Iterable[str],
    n: int = 20,
    *,
    tagger: ProposalTagger,
    labelled: pd.DataFrame | Iterable[str] = (),
) -> pd.DataFrame:
    """The `n` texts of `pool` to label next, the most useful first.

    `pool` is a table with `title` and `text`, or texts. Its rows come back (of texts a table with
    the column `text`) with `rank` from 1, `uncertainty` and `novelty` (0 to 1), and what the tagger
    says: `said_agenda`, `said_mode`. Each text is the one of the highest product of uncertainty
    (chance that agenda or mode is wrong) and novelty (how unlike it is to those picked before it,
    and to those of `labelled`). The index is that of `pool`.
    """
    if n < 1:
        raise UsageError(
            f"ขอ {n} ฉบับไม่ได้ ต้องขออย่างน้อย 1", f"{n} texts cannot be picked: ask for 1 or more"
        )
    check_is_fitted(tagger)
    frame = pool if isinstance(pool, pd.DataFrame) else pd.DataFrame({"text": list(pool)})
    texts = _texts(frame)
    agenda, mode = tagger.predict_proba(texts)
    uncertainty = 1 - agenda.max(axis=1, initial=0) * mode.max(axis=1, initial=0)
    unsure = np.argsort(-uncertainty, kind="stable")[:WIDEST]
    vectors = _unit(tagger, [texts[row] for row in unsure])
    known = _unit(tagger, _texts(labelled))
    nearest = (vectors @ known.T).max(axis=1).toarray().ravel() if known.shape[0] else None
    order, novelty = pick(uncertainty[unsure], lambda row: _column(vectors, row), n, nearest)
    rows = unsure[order]
    return frame.iloc[rows].assign(
        rank=np.arange(1, len(rows) + 1),
        uncertainty=uncertainty[rows],
        novelty=novelty,
        said_agenda=[tagger.labels_.agendas[k] for k in agenda[rows].argmax(axis=1)],
        said_mode=[tagger.labels_.modes[k] for k in mode[rows].argmax(axis=1)],
    )


def _texts(texts: pd.DataFrame | Iterable[str]) -> list[str]:
    if not isinstance(texts, pd.DataFrame):
        return list(texts)
    return texts_of(texts) if "title" in texts else list(texts["text"])


def _unit(tagger: ProposalTagger, texts: list[str]) -> csr_matrix:
    """(n, features) rows of length 1, in the words of the tagger."""
    joined = Inputs.of(texts).joined
    return normalize(transform(tagger.fitted_.features, joined)) if texts else csr_matrix((0, 1))


def _column(vectors: csr_matrix, row: int) -> Floats:
    return np.asarray((vectors @ vectors[row].T).toarray().ravel(), dtype=np.float64)
