from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import RidgeClassifier

from classifiers import ProposalTagger
from classifiers.active.bench import Bench
from classifiers.evaluation import texts_of
from classifiers.parts.fitted import transform
from classifiers.parts.inputs import Inputs


def test_the_bench_decides_as_a_ridge_classifier_does(proposals: pd.DataFrame) -> None:
    proposals = proposals.iloc[::3]
    bench = Bench.of(proposals, ProposalTagger())
    known, asked = np.arange(0, 40), np.arange(40, 60)
    inputs = Inputs.of(texts_of(proposals))
    matrix = transform(ProposalTagger().recipe.features(inputs.joined), inputs.joined)
    model = RidgeClassifier(alpha=0.3, solver="lsqr", tol=1e-10, max_iter=10_000)
    model.fit(matrix[known].astype(np.float64), proposals["agenda"].to_numpy()[known])
    first = len(bench.labels[0])
    assert tuple(model.classes_) == bench.labels[0]
    expected = model.decision_function(matrix[asked].astype(np.float64))
    assert bench.decide(known, asked)[:, :first] == pytest.approx(expected, abs=1e-3)
