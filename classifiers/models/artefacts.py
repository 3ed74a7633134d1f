"""Keeping a model: a skops file that cannot run code, and a card that says what it is.

A directory holds `model.skops` and `card.json`. Loading trusts a few types of scikit-learn only and
compares the digest in the card with the model's content; what does not fit is refused with a
reason, and the files are left as they are.
"""

from __future__ import annotations

import json
import platform
import zipfile
from copy import copy
from dataclasses import asdict, fields
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from classifiers.calibration import Calibration
from classifiers.models.cards import CARD_FILE, FORMAT, LIBRARIES, MODEL_FILE, TASK, read_card
from classifiers.models.digests import digest
from classifiers.models.skops_files import TRUSTED_TYPES, skops_io, stamped
from classifiers.models.vocabularies import put_back, set_aside
from classifiers.models.writing import replace_file, unwritable
from classifiers.parts.fitted import Fitted
from classifiers.parts.labels import Labels
from classifiers.tagger import ProposalTagger
from pipeline.errors import ModelError

REMEDY = (
    "ให้คืนจากสำเนา ถอยด้วย wara models rollback หรือเทรนใหม่ด้วย wara train",
    "put it back from a copy, go back with wara models rollback, or train anew with wara train",
)


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
        "machine": f"{platform.system()} {platform.machine()}",
        "libraries": {name: version(name) for name in LIBRARIES},
        **card,
    }
    text = json.dumps(complete, ensure_ascii=False, indent=2)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        packed = skops_io().dumps(state, compression=zipfile.ZIP_DEFLATED)
        replace_file(directory / MODEL_FILE, packed)
        replace_file(directory / CARD_FILE, text.encode())
    except OSError as error:
        raise unwritable(directory, error) from error
    return directory


def load(directory: Path) -> tuple[ProposalTagger, dict[str, Any]]:
    """The tagger and its card. Raises ModelError, naming what is wrong, and changes nothing.

    A file that has not changed since it was opened last is not read again.
    """
    card = read_card(directory)
    try:
        found, tagger = _opened(*stamped(directory / MODEL_FILE))
    except Exception as error:  # whatever a damaged or hostile file makes skops raise
        raise ModelError(
            f"เปิดไฟล์โมเดล {directory / MODEL_FILE} ไม่ได้ {REMEDY[0]}",
            f"the model file {directory / MODEL_FILE} cannot be opened: {REMEDY[1]}",
        ) from error
    labels = [list(tagger.labels_.agendas), list(tagger.labels_.modes)]
    if found != card["digest"] or labels != [card.get("agendas"), card.get("modes")]:
        raise ModelError(
            f"โมเดลใน {directory} ไม่ตรงกับ card.json (อาจถูกแก้ไขหรือคัดลอกไม่ครบ) {REMEDY[0]}",
            f"the model in {directory} is not the one of its card (changed or half copied): "
            f"{REMEDY[1]}",
        )
    return copy(tagger), card


@lru_cache(maxsize=1)
def _opened(file: Path, _stamp: tuple[int, ...]) -> tuple[str, ProposalTagger]:
    """The digest of a model file and the tagger in it."""
    state = skops_io().load(file, trusted=TRUSTED_TYPES)
    return digest(state), _restore(state)


def _state(tagger: ProposalTagger) -> dict[str, Any]:
    fitted = {f.name: getattr(tagger.fitted_, f.name) for f in fields(Fitted)}
    parts, vocabularies = set_aside(fitted)
    calibration = json.loads(json.dumps(asdict(tagger.calibration_)))
    return {
        "parts": parts,
        "vocabularies": vocabularies,
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
    tagger.fitted_ = Fitted(**put_back(state["parts"], state["vocabularies"]))
    return tagger
