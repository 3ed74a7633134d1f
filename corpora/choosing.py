"""How the parts that are kept out of training were drawn: by hash, all texts on a fact together.

python -m corpora.choosing      draws them anew: only for a corpus that is new altogether
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping

import pandas as pd

from corpora.loaders import load_proposals
from corpora.parts import FILE, PARTS, text_digest

TEST_VOICES = ("W14",)  # a whole writer of whom no model has read anything
TEST_PER_CELL, PROMOTION_PER_CELL = 2, 4  # least of the other writers, for each agenda x mode


def choose(proposals: pd.DataFrame) -> dict[str, list[str]]:
    """Text digests for `promotion` and `test`, drawn by hash: no order and no chance plays a part.

    Rows of `TEST_VOICES`, and all texts that share a fact with them, are test; then facts (a text
    on an invented project is a fact of its own) follow in the order of their hashes, as long as
    one of their cells wants texts.
    """
    fact = proposals["source"].where(~proposals["source"].isin(["invented", ""]), proposals["id"])
    cell = proposals["agenda"] + " " + proposals["mode"]
    part = pd.Series("train", index=proposals.index, dtype=object)
    part[fact.isin(set(fact[proposals["voice"].isin(TEST_VOICES)]))] = "test"
    for name, least in (("test", TEST_PER_CELL), ("promotion", PROMOTION_PER_CELL)):
        free = part == "train"
        wanted = Counter(dict.fromkeys(sorted(set(cell)), least))
        for one in sorted(set(fact[free]), key=_hash):
            rows = free & (fact == one)
            if any(wanted[c] > 0 for c in cell[rows]):
                part[rows] = name
                wanted.subtract(cell[rows])
    digests = proposals["text"].map(text_digest)
    return {name: sorted(digests[part == name]) for name in PARTS[1:]}


def _hash(fact: str) -> str:
    return hashlib.sha256(fact.encode()).hexdigest()


def write(parts: Mapping[str, Collection[str]]) -> None:
    """Keep the choice; the minutes that are held back stay as they are."""
    lines = json.dumps(json.loads(FILE.read_text(encoding="utf-8")) | parts, indent=1)
    FILE.write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(choose(load_proposals()))
