"""Measures of ranking where one passage is right: from the rank of that passage."""

from __future__ import annotations

import math
from collections.abc import Sequence

MEASURES = ("MRR@10", "R@1", "R@5", "R@20", "nDCG@10")


def measures(ranks: Sequence[int | None]) -> dict[str, float]:
    """Means over the questions; a rank is 1-based, None where the passage was not found."""
    found = [rank for rank in ranks if rank is not None]
    return {
        "MRR@10": sum(1 / rank for rank in found if rank <= 10) / len(ranks),
        "R@1": sum(rank <= 1 for rank in found) / len(ranks),
        "R@5": sum(rank <= 5 for rank in found) / len(ranks),
        "R@20": sum(rank <= 20 for rank in found) / len(ranks),
        "nDCG@10": sum(1 / math.log2(rank + 1) for rank in found if rank <= 10) / len(ranks),
    }
