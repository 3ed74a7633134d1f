"""What goes into the store and what comes out of it. Times are UTC; documents go by SHA-256."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.documents import Document, Minutes, Passage, Proposal, Tagging
from pipeline.records import Record

Source = Literal["human", "import", "machine"]
DecisionKind = Literal["label", "accept", "adjudicate", "second", "ask", "note", "undo"]


@dataclass(frozen=True, slots=True)
class Submission:
    """One file as it arrived, and everything that was made of it. It is stored whole or not at all.

    `data` are the file's bytes, `document.file` the name it came under. `received_at` is now if
    None; `round` is the name of a round that was set before.
    """

    document: Document
    data: bytes
    parsed: Proposal | Minutes | None = None
    passages: Sequence[Passage] = ()
    record: Record | None = None
    tagging: Tagging | None = None
    received_at: dt.datetime | None = None
    received_by: str = ""
    round: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding a file.

    `new` is False where the same bytes were there before, `changed` says whether anything was
    written that is searched. `cluster` are the near-duplicates, the document itself included, the
    oldest first; empty without any.
    """

    sha256: str
    new: bool
    changed: bool
    cluster: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """A document without its text. `title` to `fiscal_year` are what was read from the file.

    `cluster` is the same number for near-duplicates, None without any.
    """

    sha256: str
    kind: str
    media_type: str
    title: str | None
    province: str | None
    document_date: dt.date | None
    fiscal_year: int | None
    warnings: tuple[str, ...]
    cluster: int | None
    change: int
    added_at: dt.datetime
    withdrawn_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file came in under this name; `round` is None outside any round."""

    file: str
    received_at: dt.datetime
    received_by: str
    round: str | None


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a model said: the row of `wara classify` and the tagging, both as JSON holds them."""

    model: str | None
    predicted_at: dt.datetime
    record: Mapping[str, Any]
    tagging: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Change:
    """The passages of a document as they stand since change `number`; empty once withdrawn."""

    number: int
    sha256: str
    passages: tuple[Passage, ...]


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


@dataclass(frozen=True, slots=True)
class Round:
    """A round of submissions; `expected` are full Thai names of provinces without จังหวัด."""

    name: str
    deadline: dt.date
    expected: tuple[str, ...]
    set_by: str
    set_at: dt.datetime
