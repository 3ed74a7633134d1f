"""What a model was made from, in digests: the code that makes it and the rows that taught it."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import pandas as pd

from corpora.loaders import plain

ROOT = Path(__file__).parents[2]
# The code by which the same rows become the same model; how it is measured does not count.
MODEL_CODE = (
    *(
        f"classifiers/{name}.py"
        for name in ("awards", "counting", "features", "parallel", "splits", "tagger")
    ),
    "classifiers/calibration/*.py",
    "classifiers/parts/*.py",
    "pipeline/choices.py",
    "pipeline/thai/*.py",
    "pipeline/thai/data/*",
)
HEX = 12  # digits of a digest that tell apart what one card names


@cache
def code_digests() -> dict[str, str]:
    """The files that make a model, each with the SHA-256 of its content (first 12 digits)."""
    files = sorted(file for pattern in MODEL_CODE for file in ROOT.glob(pattern))
    return {file.relative_to(ROOT).as_posix(): _short(file.read_bytes()) for file in files}


def row_digests(proposals: pd.DataFrame) -> list[str]:
    """For each row of a table of `load_proposals` the SHA-256 (12 digits) of all its values."""
    return [
        _short(
            json.dumps(plain(row), ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
        )
        for row in proposals.to_dict("records")
    ]


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:HEX]
