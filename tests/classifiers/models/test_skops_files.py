from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from classifiers.models.cards import MODEL_FILE

_OPEN = """
import sys
from pathlib import Path
from classifiers.models.skops_files import TRUSTED_TYPES, skops_io
assert "skops.io" not in sys.modules
found = skops_io().get_untrusted_types(file=Path(sys.argv[1]))
assert set(found) <= set(TRUSTED_TYPES), found
assert "sklearn.calibration" not in sys.modules
from sklearn.utils import all_estimators
assert len(all_estimators()) > 100
"""


@pytest.mark.slow
def test_a_model_opens_without_all_of_scikit_learn(model_folder: Path) -> None:
    file = model_folder / MODEL_FILE
    done = subprocess.run(
        [sys.executable, "-c", _OPEN, str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
