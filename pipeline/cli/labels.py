"""Labelled proposals that a command is given."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from corpora import Taxonomy


def labelled(path: Path | None, labels: Taxonomy) -> pd.DataFrame:
    """Labelled proposals in any form that `read_labels` knows; without a path the corpus."""
    from corpora import load_proposals, read_labels

    if path is None:
        return load_proposals(taxonomy=labels)
    plain = not path.suffix and not path.is_dir()  # a pipe has no suffix
    return read_labels(path, taxonomy=labels, format="jsonl" if plain else None)
