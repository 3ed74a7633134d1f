"""The model used when none is named: trained from the corpus that ships, once, and kept."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from classifiers.models import artefacts
from classifiers.models.cards import LIBRARIES, read_card
from corpora import load_proposals, load_taxonomy
from pipeline.cache import cache_folder
from pipeline.errors import ModelError

# The code whose change makes a kept model another one.
CODE = (
    "classifiers/*.py",
    "classifiers/calibration/*.py",
    "classifiers/models/*.py",
    "classifiers/parts/*.py",
    "pipeline/choices.py",
    "pipeline/thai/*.py",
    "pipeline/thai/data/*",
)
CORPUS = (
    "corpora/proposals/*.jsonl",
    "corpora/parts.json",
)  # their bytes: reading them takes a second
APART = ("comparison.py", "rebuilding.py")  # they only look at models, or make them again


def default_card() -> dict[str, Any] | None:
    """The card of the default model; None before its first use, which trains it."""
    try:
        return read_card(_folder())
    except ModelError:
        return None


def _folder() -> Path:
    return cache_folder() / "models" / f"default-{_key()}"


def default_model(
    *,
    on_train: Callable[[], object] = lambda: None,
    on_step: Callable[[int, int], object] = lambda _done, _steps: None,
) -> Path:
    """The folder of the default model; trained first if it is not there yet (some seconds).

    `on_train` is called when training begins, so that the user can be told why it takes a while;
    `on_step` is told how far it is.
    """
    folder = _folder()
    try:
        artefacts.load(folder)
        return folder
    except ModelError:
        on_train()
    from classifiers.training import train

    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=folder.parent, prefix="new-"))
    try:
        train(load_proposals(part="train"), load_taxonomy(), new, on_step=on_step)
        _put(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return folder


def _put(new: Path, folder: Path) -> None:
    """Move a finished model into its place, unless another process has put a good one there."""
    try:
        new.rename(folder)
    except OSError:
        try:
            artefacts.load(folder)
        except ModelError:  # a damaged one from before
            shutil.rmtree(folder, ignore_errors=True)
            new.rename(folder)


def _key() -> str:
    root = Path(__file__).parents[2]
    hasher = hashlib.sha256(load_taxonomy().digest.encode())
    for pattern in (*CORPUS, *CODE):
        for file in sorted(root.glob(pattern)):
            if file.name not in APART:
                hasher.update(file.read_bytes())
    hasher.update(" ".join(version(name) for name in LIBRARIES).encode())
    return hasher.hexdigest()[:16]
