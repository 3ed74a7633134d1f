"""Tagging proposals with agenda, mode and award flag: train, explain, evaluate, keep.

```python
from classifiers import ProposalTagger
from corpora import load_proposals
from classifiers.features import join_title

proposals = load_proposals()
texts = [join_title(row.title, row.text) for row in proposals.itertuples()]
tagger = ProposalTagger().fit(texts, proposals)
tagger.tag(["..."])[0].agenda
```
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from classifiers.active import labels_needed, simulate, suggest
    from classifiers.comparison import compare, macro_f1
    from classifiers.tagger import ProposalTagger

__all__ = ["ProposalTagger", "compare", "labels_needed", "macro_f1", "simulate", "suggest"]
_MODULES = {
    "ProposalTagger": "tagger",
    "compare": "comparison",
    "labels_needed": "active",
    "macro_f1": "comparison",
    "simulate": "active",
    "suggest": "active",
}


def __getattr__(name: str) -> object:
    # scikit-learn takes a second to import: only those who ask for a name pay for it.
    if name in _MODULES:
        return getattr(importlib.import_module(f"classifiers.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
