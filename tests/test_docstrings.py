"""The examples in docstrings are true, and every function of the language has one."""

from __future__ import annotations

import doctest
import importlib
import inspect
from pathlib import Path

import pytest

from pipeline import thai
from tests.test_imports import MODULES, module_name

WITH_EXAMPLES = [path for path in MODULES if ">>> " in path.read_text(encoding="utf-8")]
STUDIED = {"align", "diagnose", "study"}
"""Functions for whole documents, which the README's gallery and the tests of repair show."""


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=module_name)
def test_the_examples_are_true(path: Path) -> None:
    result = doctest.testmod(importlib.import_module(module_name(path)))
    assert result.attempted > 0
    assert result.failed == 0


def test_every_function_of_the_language_has_an_example() -> None:
    functions = {n for n in thai.__all__ if inspect.isfunction(getattr(thai, n))}
    shown = {n for n in functions if ">>> " in (inspect.getdoc(getattr(thai, n)) or "")}
    assert functions - shown == STUDIED
