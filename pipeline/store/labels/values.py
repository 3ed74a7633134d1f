"""Decisions on a document, and what they add up to. Times are UTC; documents go by SHA-256."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Source = Literal["human", "import", "machine"]

DecisionKind = Literal["label", "accept", "adjudicate", "second", "ask", "note", "undo"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about one document. `before` and `after` hold the fields touched.

    `kind`: `label` sets fields, `accept` confirms the labels as they stand, `adjudicate` settles
    two opinions, `second` is a second reviewer's opinion, `ask` asks for one, `note` only remarks,
    `undo` takes back the decision `undoes`. Decisions made at once share a `group`. `seconds` is
    the time the person spent.
    """

    id: int
    sha256: str
    kind: DecisionKind
    source: Source
    by: str
    at: dt.datetime
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    note: str | None = None
    seconds: float | None = None
    undoes: int | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Labelling:
    """The labels of a document as they stand: the machine's, but for what people decided.

    `values` and `machine` have the fields of `decisions.FIELDS`; `modes` is a tuple, the primary
    one first. `decided` gives the decision that holds for each field that people set, `last` the
    id of the last decision of any kind, 0 before the first: hand it back as `expected`. `second`
    is the second reviewer's opinion, `asked` says that one is wanted; `note` is the last remark.
    """

    sha256: str
    values: Mapping[str, Any]
    machine: Mapping[str, Any]
    decided: Mapping[str, Decision]
    second: Decision | None
    asked: bool
    note: str | None
    last: int
    model: str | None

    @property
    def decision(self) -> Decision | None:
        """The latest of the decisions that hold."""
        return max(self.decided.values(), key=lambda decision: decision.id, default=None)

    @property
    def source(self) -> Source:
        """Who set the labels last: `human`, `import`, or `machine` where nobody did."""
        return self.decision.source if self.decision else "machine"
