"""The tagger among scikit-learn's own tools."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.model_selection import (
    GridSearchCV,
    GroupKFold,
    cross_val_predict,
    cross_val_score,
    cross_validate,
)
from sklearn.model_selection import learning_curve as sklearn_learning_curve
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

from classifiers import ProposalTagger, macro_f1
from classifiers.evaluation import texts_of

SMALL = {"letter_ngrams": (3, 3), "word_ngrams": (1, 1)}


@pytest.fixture(scope="module")
def few(proposals: pd.DataFrame) -> pd.DataFrame:
    """With an index of its own: positions and labels must not be mixed up."""
    return proposals.iloc[::2].set_axis(range(1000, 1090))


def without_dates(texts: list[str]) -> list[str]:
    return [text.replace("2565", "") for text in texts]


@pytest.mark.slow
@pytest.mark.parametrize("form", [list, np.array, pd.Series])
def test_cross_validate_leaves_writers_out(few: pd.DataFrame, form: type) -> None:
    found = cross_validate(
        ProposalTagger(**SMALL),
        form(texts_of(few)),
        few,
        groups=few["voice"],
        cv=GroupKFold(3),
        scoring=macro_f1,
        return_train_score=True,
    )
    assert {"test_agenda", "test_mode", "test_score"} <= found.keys()
    assert (found["test_score"] > 0.3).all()  # chance 0.2
    assert (found["train_score"] > found["test_score"]).all()


@pytest.mark.slow
def test_a_grid_search_chooses_refits_and_predicts(few: pd.DataFrame) -> None:
    texts = texts_of(few)
    grid = {"alpha": [0.3, 1000.0], "letter_ngrams": [(3, 3)], "word_ngrams": [(1, 1)]}
    search = GridSearchCV(ProposalTagger(), grid, cv=3, scoring=macro_f1, refit="score")
    search.fit(texts, few)
    assert search.best_params_["alpha"] == 0.3
    assert search.predict(texts[:5]).shape == (5, 2)
    assert len(search.best_estimator_.tag(texts[:1])) == 1
    assert len(search.classes_) == 2


@pytest.mark.slow
def test_a_pipeline_passes_texts_on_and_is_tuned_by_name(few: pd.DataFrame) -> None:
    texts = texts_of(few)
    steps = [("text", FunctionTransformer(without_dates)), ("tagger", ProposalTagger(**SMALL))]
    whole = Pipeline(steps).set_params(tagger__alpha=2.0).fit(texts, few)
    assert whole["tagger"].alpha == 2
    assert whole.score(texts, few) > 0.8
    agenda, mode = whole.predict_proba(texts[:3])
    assert (agenda.shape[0], mode.shape[0]) == (3, 3)
    assert cross_val_score(whole, texts, few, cv=2).min() > 0.2


@pytest.mark.slow
def test_predictions_of_folds_come_in_the_order_of_the_rows(few: pd.DataFrame) -> None:
    texts = texts_of(few)
    said = cross_val_predict(ProposalTagger(**SMALL), texts, few, cv=3)
    assert said.shape == (len(few), 2)
    assert (said[:, 0] == few["agenda"]).mean() > 0.4


@pytest.mark.slow
def test_a_learning_curve_can_be_drawn(few: pd.DataFrame) -> None:
    shuffled = few.sample(frac=1, random_state=0)
    sizes, _, scores = sklearn_learning_curve(
        ProposalTagger(**SMALL), texts_of(shuffled), shuffled, cv=2, train_sizes=[0.5, 1.0]
    )
    assert list(sizes) == [22, 45]
    assert scores.shape == (2, 2)


def test_a_clone_has_the_parameters_and_nothing_learned(tagger: ProposalTagger) -> None:
    copy = clone(tagger.set_params(**tagger.get_params()))
    assert copy.get_params() == tagger.get_params()
    assert not hasattr(copy, "fitted_")
    assert "alpha" in repr(ProposalTagger(alpha=7.0))


def test_fitting_leaves_the_labels_as_they_were(few: pd.DataFrame) -> None:
    before = few.copy(deep=True)
    ProposalTagger(**SMALL).fit(texts_of(few), few)
    pd.testing.assert_frame_equal(few, before)


def test_a_fitted_tagger_goes_to_another_process(tagger: ProposalTagger) -> None:
    there = pickle.loads(pickle.dumps(tagger))
    assert there.tag(["น้ำท่วมตลาดทุกปี"]) == tagger.tag(["น้ำท่วมตลาดทุกปี"])


@pytest.mark.slow
def test_another_seed_draws_other_folds_and_is_kept(few: pd.DataFrame) -> None:
    anonymous, texts = few.drop(columns="voice"), texts_of(few)
    one, other, again = (
        ProposalTagger(**SMALL, random_state=seed).fit(texts, anonymous) for seed in (0, 1, 0)
    )
    assert one.calibration_ == again.calibration_
    assert one.calibration_ != other.calibration_
