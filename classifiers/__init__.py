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

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from classifiers.tagger import ProposalTagger

__all__ = ["ProposalTagger"]


def __getattr__(name: str) -> object:
    # scikit-learn takes a second to import: only those who ask for the tagger pay for it.
    if name == "ProposalTagger":
        from classifiers.tagger import ProposalTagger

        return ProposalTagger
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
