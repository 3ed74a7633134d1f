"""Labels: what the machine said, what people decided, and what holds.

A decision is never changed: `deciding` adds one, `undoing` adds one that takes another back,
`folding` says what all of them add up to.
"""

from pipeline.store.labels.deciding import Wanted, decide, decide_each
from pipeline.store.labels.folding import labels_of
from pipeline.store.labels.history import history_of
from pipeline.store.labels.labelled import load_labelled
from pipeline.store.labels.opinions import disagreements, first_decision
from pipeline.store.labels.shown import as_decided
from pipeline.store.labels.undoing import Undone, undo, undo_group
from pipeline.store.labels.values import Decision, DecisionKind, Labelling, Source

__all__ = [
    "Decision",
    "DecisionKind",
    "Labelling",
    "Source",
    "Undone",
    "Wanted",
    "as_decided",
    "decide",
    "decide_each",
    "disagreements",
    "first_decision",
    "history_of",
    "labels_of",
    "load_labelled",
    "undo",
    "undo_group",
]
