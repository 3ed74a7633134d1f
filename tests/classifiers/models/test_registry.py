from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from classifiers.models import artefacts
from classifiers.models.cards import MODEL_FILE
from classifiers.models.registry import HISTORY_FILE, Registry
from pipeline.errors import ModelError


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path / "workspace" / "models")


def put(registry: Registry, model: Path, name: str) -> str:
    shutil.copytree(model, registry.folder / name)
    return name


def test_an_empty_workspace_has_no_model_and_makes_no_folder(registry: Registry) -> None:
    assert registry.entries() == []
    assert registry.current() is None
    assert registry.history() == []
    assert not registry.folder.exists()


def test_the_same_model_is_kept_once(registry: Registry, model_folder: Path) -> None:
    names = {registry.add(model_folder) for _ in range(2)}
    assert len(names) == 1
    [entry] = registry.entries()
    assert entry.name in names
    assert not entry.current
    assert artefacts.load(entry.folder)[1] == artefacts.load(model_folder)[1]


def test_a_damaged_copy_is_replaced(registry: Registry, model_folder: Path) -> None:
    name = registry.add(model_folder)
    (registry.folder / name / MODEL_FILE).write_bytes(b"half")
    assert registry.add(model_folder) == name
    artefacts.load(registry.path(name))


def test_promote_and_roll_back_as_often_as_one_likes(
    registry: Registry, model_folder: Path
) -> None:
    first, second, third = (put(registry, model_folder, name) for name in "abc")
    for name in (first, second, third):
        registry.promote(name, why={"because": "test"})
    assert registry.current_name() == third
    assert registry.rollback() == second
    assert registry.rollback() == first
    registry.promote(third, why={"because": "again"})
    assert registry.rollback() == first
    assert registry.rollback() is None
    with pytest.raises(ModelError, match="nothing to go back"):
        registry.rollback()
    events = [event["event"] for event in registry.history()]
    assert events == ["promote"] * 3 + ["rollback"] * 2 + ["promote"] + ["rollback"] * 2
    assert [entry.name for entry in registry.entries()] == [first, second, third]


def test_promoting_the_model_in_use_changes_nothing(registry: Registry, model_folder: Path) -> None:
    name = put(registry, model_folder, "a")
    for _ in range(2):
        registry.promote(name, why={})
    assert len(registry.history()) == 1


@pytest.mark.parametrize("name", ["nothing", "../a", "", "."])
def test_an_unknown_name_is_refused_with_those_there_are(
    registry: Registry, model_folder: Path, name: str
) -> None:
    put(registry, model_folder, "known")
    with pytest.raises(ModelError, match="known"):
        registry.promote(name, why={})


def test_a_model_that_has_gone_is_missed(registry: Registry, model_folder: Path) -> None:
    name = put(registry, model_folder, "a")
    registry.promote(name, why={})
    shutil.rmtree(registry.folder / name)
    with pytest.raises(ModelError, match="rollback"):
        registry.current()


def test_a_line_cut_off_swallows_no_other(registry: Registry, model_folder: Path) -> None:
    for name in "ab":
        put(registry, model_folder, name)
    registry.promote("a", why={})
    history = registry.folder / HISTORY_FILE
    history.write_text(history.read_text(encoding="utf-8") + '{"event": "promo', encoding="utf-8")
    registry.promote("b", why={})
    assert registry.current_name() == "b"
    assert [event["model"] for event in registry.history()] == ["a", "b"]
    lines = [line for line in history.read_text(encoding="utf-8").splitlines() if line]
    assert json.loads(lines[0])["at"].endswith("+00:00")


def test_an_unfinished_copy_is_no_model(registry: Registry, model_folder: Path) -> None:
    name = registry.add(model_folder)
    shutil.copytree(registry.folder / name, registry.folder / f".{name}.1.part")
    assert [entry.name for entry in registry.entries()] == [name]


def test_what_else_lies_in_a_model_folder_stays_there(
    registry: Registry, model_folder: Path, tmp_path: Path
) -> None:
    messy = Path(shutil.copytree(model_folder, tmp_path / "messy"))
    (messy / "notes").mkdir()
    kept = registry.path(registry.add(messy))
    assert {path.name for path in kept.iterdir()} == {"model.skops", "card.json"}


def test_a_damaged_model_is_not_promoted(registry: Registry, model_folder: Path) -> None:
    name = registry.add(model_folder)
    (registry.folder / name / MODEL_FILE).write_bytes(b"half")
    with pytest.raises(ModelError, match="cannot be opened"):
        registry.promote(name, why={})
    assert registry.current_name() is None


def test_going_back_skips_a_model_that_has_gone(registry: Registry, model_folder: Path) -> None:
    for name in "abc":
        put(registry, model_folder, name)
        registry.promote(name, why={})
    shutil.rmtree(registry.folder / "b")
    assert registry.rollback() == "a"


def test_the_history_leads_nowhere_outside(registry: Registry, model_folder: Path) -> None:
    put(registry, model_folder, "a")
    registry.promote("a", why={})
    with (registry.folder / HISTORY_FILE).open("a", encoding="utf-8") as history:
        history.write('{"event": "promote", "model": "../../elsewhere"}\n')
    assert registry.current_name() == "a"
