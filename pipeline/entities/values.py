"""What an entity is, and which kinds there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Label = Literal[
    "PERSON", "POSITION", "AGENCY", "PROVINCE", "AWARD", "DATE", "TIME", "MONEY", "NETWORK"
]
AwardStatus = Literal["received", "negated", "aspirational", "mentioned"]

# Of two overlapping entities of the same length the label named first stays.
LABELS: tuple[Label, ...] = (
    "PERSON",
    "POSITION",
    "AGENCY",
    "PROVINCE",
    "AWARD",
    "DATE",
    "TIME",
    "MONEY",
    "NETWORK",
)


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing in the text: `text == source[start:end]`, code points, `end` exclusive.

    `value` is the canonical form:

    - DATE an ISO date (CE), TIME 'HH:MM'; a range is two of them with '/' between
    - MONEY baht as a decimal number without separators
    - PROVINCE the full Thai name without จังหวัด
    - AGENCY, POSITION, AWARD the full name where a short form is written, else the surface
    - PERSON the name without title; NETWORK the partner sector's name ('ราชการ')

    `status` is set for AWARD alone: `received`, `negated` ("ไม่เคยได้รับ..."), `aspirational`
    ("จะสมัคร...") or just `mentioned`.
    """

    start: int
    end: int
    text: str
    label: Label
    value: str
    status: AwardStatus | None = None
