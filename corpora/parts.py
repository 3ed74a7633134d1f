"""Which labelled texts train, which decide on a new model, and which are only ever reported.

`parts.json` names the texts of the two parts that are kept out of training by the digest of their
letters, so that they stay where they are when the corpus grows, is sorted or is copied into a
file of one's own. Every other text trains. `choosing` says how the parts were drawn.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import pandas as pd

PARTS = ("train", "promotion", "test")
FILE = Path(__file__).with_name("parts.json")


def text_digest(text: str) -> str:
    """What a text is known by: SHA-256 of its letters without blanks, 16 hex digits."""
    letters = "".join(text.split())
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def part_of(proposals: pd.DataFrame) -> pd.Series:
    """The part (`train`, `promotion` or `test`) of each row, by its `text`; same index."""
    kept = {digest: part for part, digests in kept_apart().items() for digest in digests}
    parts = [kept.get(text_digest(text), "train") for text in proposals["text"]]
    return pd.Series(parts, index=proposals.index, dtype=object, name="part")


def minutes_part_of(minutes: pd.DataFrame) -> pd.Series:
    """`test` for the minutes that no parser was developed on, `train` for the others."""
    kept = frozenset(json.loads(FILE.read_text(encoding="utf-8"))["minutes_test"])
    parts = ["test" if text_digest(text) in kept else "train" for text in minutes["text"]]
    return pd.Series(parts, index=minutes.index, dtype=object, name="part")


@cache
def kept_apart() -> dict[str, frozenset[str]]:
    """The text digests of `promotion` and `test`."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    return {part: frozenset(content[part]) for part in PARTS[1:]}
