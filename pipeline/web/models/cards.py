"""What pages and programs are shown of models, and the jobs that train and promote them."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from pipeline.settings import Settings
from pipeline.store import ConflictError, jobs
from pipeline.store.errors import StoreError
from pipeline.web.access import audit
from pipeline.web.access.logins import Person

if TYPE_CHECKING:
    from classifiers.models.registry import Registry

KINDS = jobs.LANES["models"]
SHOWN = ("wara", "created", "digest", "examples", "label_sources", "agendas", "modes", "scores")
BUILT_IN = "built-in"
PLAIN: dict[str, Any] = {"created": None, "examples": None, "wara": "", "scores": {}}
"""What a card lacks that was written without `train`."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A model as it is listed; the one of the name `BUILT_IN` comes with wara.

    `card` is empty where the built-in model was not trained yet: that happens when it is needed.
    """

    name: str
    card: Mapping[str, Any]
    current: bool
    folder: Path | None


def registry_of(settings: Settings) -> Registry:
    """The models of the workspace."""
    from classifiers.models.registry import Registry

    return Registry(settings.models)


def shown_models(settings: Settings) -> list[Shown]:
    """The model in use first, then the others, the newest first, and the built-in one."""
    kept = registry_of(settings)
    own = [Shown(e.name, PLAIN | e.card, e.current, e.folder) for e in kept.entries()[::-1]]
    folder = _built_in()
    card = _card(folder) if folder else {}
    all_of_them = [*own, Shown(BUILT_IN, card, kept.current_name() is None, folder)]
    return sorted(all_of_them, key=lambda model: not model.current)


def shown_model(settings: Settings, name: str) -> Shown:
    """A model by its name. Raises StoreError where there is none."""
    for model in shown_models(settings):
        if model.name == name:
            return model
    raise StoreError(
        f"ไม่มีโมเดล {name[:80]} กลับไปดูรายการโมเดล",
        f"there is no model {name[:80]}: see the list of models",
    )


def start_training(session: Session, person: Person) -> jobs.Job:
    """Put a training into the queue. Raises ConflictError where one is under way."""
    return _start(session, "train", person, {})


def start_promotion(session: Session, settings: Settings, person: Person, name: str) -> jobs.Job:
    """Compare a model with the one in use and put it there if it wins.

    Raises StoreError for an unknown model, ConflictError for the one in use.
    """
    model = shown_model(settings, name)
    if model.current or name == BUILT_IN:
        raise ConflictError(
            f"โมเดล {name} ใช้อยู่แล้ว หรือเป็นโมเดลมาตรฐานซึ่งกลับไปใช้ด้วยปุ่มถอย",
            f"the model {name} is in use, or is the built-in one: go back to that by rolling back",
        )
    return _start(session, "promote", person, {"model": name})


def roll_back(session: Session, settings: Settings, person: Person) -> str | None:
    """Go back to the model used before; its name, None for the built-in one.

    Raises ConflictError where none was promoted.
    """
    kept = registry_of(settings)
    before = kept.current_name()
    if before is None:
        raise ConflictError(
            "ใช้โมเดลมาตรฐานอยู่แล้ว ไม่มีอะไรให้ถอย",
            "the built-in model is in use: there is nothing to go back to",
        )
    audit.did(session, person, "models.rollback", before)
    session.flush()
    return kept.rollback()


def public_card(card: Mapping[str, Any]) -> dict[str, Any]:
    """The card without what only wara itself needs, such as digests of all texts."""
    return {name: card[name] for name in SHOWN if name in card}


def _start(
    session: Session, kind: jobs.JobKind, person: Person, details: dict[str, Any]
) -> jobs.Job:
    if jobs.any_open(session, KINDS):
        raise ConflictError(
            "มีการเทรนหรือเทียบโมเดลอยู่แล้ว รอให้เสร็จก่อน",
            "a model is being trained or compared: wait until that is done",
        )
    job = jobs.add_job(session, kind, by=person.name, details=details)
    audit.did(session, person, f"models.{kind}", details.get("model", ""), {"job": job.id})
    return job


_LOOKING = threading.Lock()


class _NotYetError(Exception):
    """The built-in model would have to be trained first."""


def _built_in() -> Path | None:
    """The folder of the built-in model; None where it was not trained yet."""
    with _LOOKING:
        try:
            return _trained_built_in()
        except _NotYetError:
            return None


def warm_up() -> None:
    """Find the built-in model in the background, so that no page waits for it."""
    threading.Thread(target=_built_in, name="models", daemon=True).start()


@cache  # finding it out takes a second or two; once it is there it stays
def _trained_built_in() -> Path:
    from classifiers.models.default import default_model

    return default_model(on_train=_not_yet)


def _not_yet() -> None:
    raise _NotYetError


def _card(folder: Path) -> dict[str, Any]:
    from classifiers.models.cards import read_card

    return PLAIN | read_card(folder)
