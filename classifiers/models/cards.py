"""The card beside a model: what it says of itself, and whether it can be used here."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError

MODEL_FILE, CARD_FILE, REPORT_FILE = "model.skops", "card.json", "report.html"
TASK = "wara-proposal-tagger"
FORMAT = 4
LIBRARIES = ("scikit-learn", "numpy", "scipy", "skops", "pythainlp", "nlpo3")


def read_card(directory: Path) -> dict[str, Any]:
    """The card of a model that can be loaded here; raises ModelError for any other."""
    card = any_card(directory)
    made_with = str(card["libraries"].get("scikit-learn"))
    if made_with.split(".")[:2] != version("scikit-learn").split(".")[:2]:
        raise ModelError(
            f"โมเดลใน {directory} สร้างด้วย scikit-learn {made_with} แต่ที่นี่มี {version('scikit-learn')} "
            f"ให้เทรนใหม่ด้วย wara train -o {directory}",
            f"the model in {directory} was made with scikit-learn {made_with}, here is "
            f"{version('scikit-learn')}: train it again with wara train -o {directory}",
        )
    return card


def any_card(directory: Path) -> dict[str, Any]:
    """The card of a folder, or the file itself, of whichever versions of the libraries.

    Raises ModelError when it is missing, unreadable or of another task.
    """
    file = directory if directory.is_file() else directory / CARD_FILE
    try:
        card = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"ไม่พบโมเดลใน {directory} (ต้องมี {MODEL_FILE} และ {CARD_FILE}) "
            f"ให้เทรนด้วย wara train -o {directory}",
            f"no model in {directory}: train one with wara train -o {directory}",
        ) from error
    if not isinstance(card, dict) or not _is_ours(card):
        raise ModelError(
            f"โมเดลใน {directory} ไม่ใช่ของ wara รุ่นนี้ ให้เทรนใหม่ด้วย wara train -o {directory}",
            f"the model in {directory} was not made by this version of wara: train it again",
        )
    return card


def _is_ours(card: dict[str, Any]) -> bool:
    return (
        card.get("task") == TASK
        and card.get("format") == FORMAT
        and isinstance(card.get("digest"), str)
        and isinstance(card.get("libraries"), dict)
    )
