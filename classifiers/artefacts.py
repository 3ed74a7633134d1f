"""Keeping a model: a skops file that cannot run code, and a card that says what it is.

A directory holds `model.skops` and `card.json`. Loading trusts a few types of scikit-learn only and
compares the digest in the card with the model's content; what does not fit is refused with a
reason, and the files are left as they are.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import tempfile
import zipfile
from collections.abc import Iterator
from copy import copy
from dataclasses import asdict, fields
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from classifiers.calibration import Calibration
from classifiers.parts import Fitted, Labels
from classifiers.skops_files import TRUSTED_TYPES, skops_io
from classifiers.tagger import ProposalTagger
from classifiers.vocabularies import put_back, set_aside
from pipeline.errors import ModelError, OutputError

MODEL_FILE, CARD_FILE, REPORT_FILE = "model.skops", "card.json", "report.html"
REMEDY = (
    "ให้คืนจากสำเนา ถอยด้วย wara models rollback หรือเทรนใหม่ด้วย wara train",
    "put it back from a copy, go back with wara models rollback, or train anew with wara train",
)
TASK = "wara-proposal-tagger"
FORMAT = 4
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
        file = (directory / MODEL_FILE).resolve()
        was = file.stat()
        found, tagger = _opened(file, (was.st_mtime_ns, was.st_ctime_ns, was.st_size, was.st_ino))
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
        # `_stop_words_id` is a memory address: another one in each process.
        yield from _canonical({k: v for k, v in vars(value).items() if k != "_stop_words_id"})
    elif isinstance(value, np.generic):
        yield repr(value.item()).encode()
    elif isinstance(value, type) or hasattr(value, "__dict__"):
        yield getattr(value, "__qualname__", type(value).__qualname__).encode()
        yield from _canonical({} if isinstance(value, type) else vars(value))
    else:
        yield repr(value).encode()


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


def replace_file(path: Path, content: bytes) -> None:
    """Write beside and rename: a reader sees the old file or the new one, never half of one."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def check_writable(directory: Path) -> None:
    """Raise OutputError now if a model could not be saved here after a long training."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            return
    except OSError as error:
        raise unwritable(directory, error) from error


def unwritable(directory: Path, error: OSError) -> OutputError:
    """What to say when a model folder cannot be written."""
    return OutputError(
        f"บันทึกโมเดลที่ {directory} ไม่ได้ ({error.strerror}) ให้เลือกโฟลเดอร์อื่นด้วย -o หรือ --workspace",
        f"the model cannot be saved in {directory}: choose another folder with -o or --workspace",
    )
