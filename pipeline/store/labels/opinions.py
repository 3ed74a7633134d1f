"""By which decision the labels hold, and where a second opinion differs from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.store.labels.values import Decision, Labelling

TO_DECIDE = ("agenda", "modes")
"""What has to be decided of a proposal; of all else it is the kind."""


def first_decision(labels: Labelling) -> Decision | None:
    """The decision by which the labels hold; None where agenda and modes, or kind, are undecided.

    A document that is no proposal is decided on by its kind.
    """
    decided = labels.decided
    by = [decided[name] for name in TO_DECIDE if name in decided]
    if len(by) < len(TO_DECIDE):
        by = [decided["kind"]] if "kind" in decided and labels.values["kind"] != "proposal" else []
    return max(by, key=lambda decision: decision.id, default=None)


def disagreements(labels: Labelling) -> tuple[str, ...]:
    """The axes on which a second opinion, unless it was settled, differs from what holds.

    As for `agreement`, it is the primary mode that counts.
    """
    second, first = labels.second, first_decision(labels)
    if second is None or first is None or (first.kind == "adjudicate" and first.id > second.id):
        return ()
    said, holds = compared(second.after), compared(labels.values)
    return tuple(axis for axis in said if axis in holds and said[axis] != holds[axis])


def compared(values: Mapping[str, Any]) -> dict[str, Any]:
    """The labels on the axes on which opinions are compared; `mode` is the primary one."""
    found = {name: values[name] for name in ("agenda", "award_scaleup") if name in values}
    return found | ({"mode": values["modes"][0]} if values.get("modes") else {})
