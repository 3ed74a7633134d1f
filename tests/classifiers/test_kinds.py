from __future__ import annotations

import pytest

from classifiers.kinds import as_json, fit_weights, training_texts
from pipeline.kinds import WEIGHTS


@pytest.mark.slow
def test_the_weights_that_ship_are_those_the_corpus_gives() -> None:
    """After a change of corpus or tokenizer: `python -m classifiers.kinds`."""
    assert WEIGHTS.read_text(encoding="utf-8") == as_json(fit_weights(*training_texts()))
