"""Which digit is it: a small neural network over glyph cells, evaluated with numpy alone.

Tesseract's Thai models do not know ๔ ๖ ๗ ๘ ๙ ฿ at all. The network was trained by
`digits_train.py`; its weights lie in `digits.npz` beside this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.readers.ocr.glyphs import FEATURES, Floats

WEIGHTS = Path(__file__).with_name("digits.npz")

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
ARABIC_DIGITS = "0123456789"
SEPARATORS = ".,-/():"
TOUCHING = "+"  # more than one character in a cell, at least one of them a digit
OTHER = "x"  # letters, letters with marks, fragments
CLASSES = THAI_DIGITS + ARABIC_DIGITS + "฿" + SEPARATORS + TOUCHING + OTHER


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer of rectified units; `mean` and `scale` standardize the features."""

    mean: Floats
    scale: Floats
    hidden: tuple[Floats, Floats]
    output: tuple[Floats, Floats]

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Network:
        """Read the weights. Raises ValueError where they do not fit the features."""
        with np.load(path) as arrays:
            a = {name: np.asarray(arrays[name], dtype=np.float32) for name in arrays.files}
        if len(a["mean"]) != FEATURES or a["w2"].shape[1] != len(CLASSES):
            raise ValueError(f"{path.name} does not fit this version: run digits_train.py again")
        return cls(a["mean"], a["scale"], (a["w1"], a["b1"]), (a["w2"], a["b2"]))

    def log_probabilities(self, rows: Floats) -> Floats:
        """Natural logarithms, a row a cell, a column for each of `CLASSES`."""
        x = (rows - self.mean) / self.scale
        for index, (weights, bias) in enumerate((self.hidden, self.output)):
            x = x @ weights + bias
            if index == 0:
                x = np.maximum(x, 0.0)
        x -= x.max(axis=1, keepdims=True, initial=-np.inf)
        result: NDArray[np.float32] = x - np.log(np.exp(x).sum(axis=1, keepdims=True))
        return result


@cache
def network() -> Network:
    """The network of this package, read once."""
    return Network.load()
