"""skops, which keeps scikit-learn's objects in files that cannot run code, and what it may open."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from threading import Lock
from typing import Any

import sklearn.utils

# The one allow-list of both kinds of models: everything else in a model file is refused.
TRUSTED_TYPES: list[str] = [
    "sklearn.feature_extraction.text.TfidfTransformer",
    "sklearn.feature_extraction.text.TfidfVectorizer",
    "sklearn.linear_model._logistic.LogisticRegression",
    "sklearn.linear_model._ridge.RidgeClassifier",
    "sklearn.pipeline.FeatureUnion",
    "sklearn.preprocessing._label.LabelBinarizer",
]
_IMPORTING = Lock()


def skops_io() -> Any:
    """The module `skops.io`.

    When it is imported it asks scikit-learn for all of its estimators, to trust them: some hundred
    modules, half a second of processor time or, beside dask, one. Here it is told that there are
    none; what a model holds is in `TRUSTED_TYPES`.
    """
    with _IMPORTING:
        if "skops.io" not in sys.modules:
            listed = sklearn.utils.all_estimators
            sklearn.utils.all_estimators = _no_estimators
            try:
                importlib.import_module("skops.io")
            finally:
                sklearn.utils.all_estimators = listed
    return sys.modules["skops.io"]


def stamped(file: Path) -> tuple[Path, tuple[int, ...]]:
    """Where a file lies, and what changes with it: what was opened under both may be kept."""
    file = file.resolve()
    was = file.stat()
    return file, (was.st_mtime_ns, was.st_ctime_ns, was.st_size, was.st_ino)


def _no_estimators(*_: Any, **__: Any) -> list[Any]:
    return []
