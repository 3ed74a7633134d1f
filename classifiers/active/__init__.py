"""What to label next: texts that the model is unsure of and that are unlike each other.

`suggest` picks them from a pool of unlabelled texts; `simulate` measures on labelled ones how many
labels that saves against picking by chance, `labels_needed` sums it up.
"""

from classifiers.active.picking import suggest
from classifiers.active.simulation import STRATEGIES, labels_needed, simulate

__all__ = ["STRATEGIES", "labels_needed", "simulate", "suggest"]
