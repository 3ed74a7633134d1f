"""Keeping a model: a skops file that cannot run code, and a card that says what it is.

A directory holds `model.skops` and `card.json`. Loading trusts scikit-learn's own types only and
compares the digest in the card with the model's content; what does not fit is refused with a
reason, and the files are left as they are.
"""

from __future__ import annotations

import hashlib
import json
import platform
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import numpy as np
import skops.io
from scipy import sparse

from classifiers.calibration import Calibration
from classifiers.parts import Fitted, Labels
from classifiers.tagger import ProposalTagger
from pipeline.errors import ModelError, OutputError

MODEL_FILE, CARD_FILE = "model.skops", "card.json"
TASK = "wara-proposal-tagger"
FORMAT = 2
# The one allow-list: everything else in a model file is refused. skops trusts scikit-learn's
# public estimators by itself; nothing beyond them is needed.
TRUSTED_TYPES: list[str] = []
LIBRARIES = ("scikit-learn", "numpy", "scipy", "skops", "pythainlp", "nlpo3")


def save(tagger: ProposalTagger, directory: Path, *, card: dict[str, Any]) -> Path:
    """Write model and card; the card gets task, labels, parameters, versions and digest added.

    The card is written last, by rename: a directory without a card holds no finished model.
    """
    state = _state(tagger)
    complete = {
        "task": TASK,
        "format": FORMAT,
        "digest": digest(state),
        "agendas": list(tagger.labels_.agendas),
        "modes": list(tagger.labels_.modes),
        "parameters": tagger.get_params(),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        **card,
    }
    text = json.dumps(complete, ensure_ascii=False, indent=2)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        _replace(directory / MODEL_FILE, skops.io.dumps(state, compression=zipfile.ZIP_DEFLATED))
        _replace(directory / CARD_FILE, text.encode())
    except OSError as error:
        raise OutputError(
            f"บันทึกโมเดลที่ {directory} ไม่ได้ ({error.strerror}) ให้เลือกโฟลเดอร์อื่นด้วย -o",
            f"the model cannot be saved in {directory}: choose another folder with -o",
        ) from error
    return directory


def load(directory: Path) -> tuple[ProposalTagger, dict[str, Any]]:
    """The tagger and its card. Raises ModelError, naming what is wrong, and changes nothing."""
    card = read_card(directory)
    try:
        state = skops.io.load(directory / MODEL_FILE, trusted=TRUSTED_TYPES)
        found = digest(state)
    except Exception as error:  # whatever a damaged or hostile file makes skops raise
        raise ModelError(
            f"เปิดไฟล์โมเดล {directory / MODEL_FILE} ไม่ได้ ให้เทรนใหม่ด้วย wara train -o {directory}",
            f"the model file cannot be opened: train it again with wara train -o {directory}",
        ) from error
    if found != card.get("digest"):
        raise ModelError(
            f"โมเดลใน {directory} ไม่ตรงกับ card.json (อาจถูกแก้ไขหรือคัดลอกไม่ครบ) ให้เทรนใหม่",
            f"the model in {directory} is not the one of its card (changed or half copied): "
            f"train it again with wara train -o {directory}",
        )
    return _restore(state), card


def read_card(directory: Path) -> dict[str, Any]:
    """The card alone; raises ModelError when it is missing, unreadable or of another task."""
    try:
        card = json.loads((directory / CARD_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"ไม่พบโมเดลใน {directory} (ต้องมี {MODEL_FILE} และ {CARD_FILE}) "
            f"ให้เทรนด้วย wara train -o {directory}",
            f"no model in {directory}: train one with wara train -o {directory}",
        ) from error
    if not isinstance(card, dict) or card.get("task") != TASK or card.get("format") != FORMAT:
        raise ModelError(
            f"โมเดลใน {directory} ไม่ใช่ของ wara รุ่นนี้ ให้เทรนใหม่ด้วย wara train -o {directory}",
            f"the model in {directory} was not made by this version of wara: train it again",
        )
    return card


def digest(state: dict[str, Any]) -> str:
    """SHA-256 over a canonical form (parameters, arrays, vocabularies), not over file bytes.

    The bytes of a saved file differ from run to run; the content of the same training does not.
    """
    hasher = hashlib.sha256()
    for part in _canonical(state):
        hasher.update(part)
        hasher.update(b"\x00")
    return hasher.hexdigest()


def _canonical(value: Any) -> Iterator[bytes]:
    if isinstance(value, np.ndarray):
        yield f"{value.dtype.kind}{value.shape}".encode()
        yield str(value.tolist()).encode() if value.dtype.kind in "OUS" else value.tobytes()
    elif sparse.issparse(value):
        yield from _canonical([value.shape, value.data, value.indices, value.indptr])
    elif isinstance(value, dict):
        for key in sorted(value, key=str):
            yield str(key).encode()
            yield from _canonical(value[key])
    elif isinstance(value, (list, tuple)):
        yield str(len(value)).encode()
        for item in value:
            yield from _canonical(item)
    elif hasattr(value, "get_params"):
        yield type(value).__name__.encode()
        yield from _canonical(vars(value))
    elif isinstance(value, np.generic):
        yield repr(value.item()).encode()
    elif isinstance(value, type) or hasattr(value, "__dict__"):
        yield getattr(value, "__qualname__", type(value).__qualname__).encode()
        yield from _canonical({} if isinstance(value, type) else vars(value))
    else:
        yield repr(value).encode()


def _state(tagger: ProposalTagger) -> dict[str, Any]:
    parts = {f.name: getattr(tagger.fitted_, f.name) for f in fields(Fitted)}
    calibration = json.loads(json.dumps(asdict(tagger.calibration_)))
    return {
        "parts": parts,
        "calibration": calibration,
        "parameters": json.loads(json.dumps(tagger.get_params())),
        "agendas": list(tagger.labels_.agendas),
        "modes": list(tagger.labels_.modes),
    }


def _restore(state: dict[str, Any]) -> ProposalTagger:
    tagger = ProposalTagger()
    tagger.set_params(
        **{k: tuple(v) if isinstance(v, list) else v for k, v in state["parameters"].items()}
    )
    tagger.labels_ = Labels(tuple(state["agendas"]), tuple(state["modes"]))
    calibration = dict(state["calibration"])
    for name, value in calibration.items():
        calibration[name] = tuple(value) if isinstance(value, list) else value
    calibration["modes_sigmoid"] = tuple(map(tuple, calibration["modes_sigmoid"]))
    tagger.calibration_ = Calibration(**calibration)
    tagger.fitted_ = Fitted(**cast(dict[str, Any], state["parts"]))
    return tagger


def _replace(path: Path, content: bytes) -> None:
    """Write beside and rename: a reader sees the old file or the new one, never half of one."""
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(content)
    temporary.replace(path)
