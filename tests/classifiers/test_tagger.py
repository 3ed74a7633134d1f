from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import cross_validate

from classifiers import ProposalTagger
from classifiers.evaluation import texts_of
from classifiers.models.artefacts import _state
from classifiers.models.digests import digest
from pipeline.errors import ModelError

TEXT = (
    "จังหวัดนำร่องระบบแจ้งเหตุน้ำท่วมผ่านโทรศัพท์ ติดตั้งเซนเซอร์วัดระดับน้ำ ๔๐ จุด "
    "เชื่อมข้อมูลกับศูนย์บัญชาการ เพื่อลดพื้นที่น้ำท่วมขังในลุ่มน้ำยมและแจ้งเตือนล่วงหน้าหกชั่วโมง"
)


def test_tags_have_the_promised_shape(tagger: ProposalTagger) -> None:
    [tags] = tagger.tag([TEXT])
    assert tags.agenda in tagger.labels_.agendas
    assert tags.mode == tags.modes[0]
    assert len(set(tags.modes)) == len(tags.modes)
    assert sum(tags.agenda_probs.values()) == pytest.approx(1)
    assert sum(tags.mode_probs.values()) == pytest.approx(1)
    assert tags.agenda == max(tags.agenda_probs, key=tags.agenda_probs.__getitem__)
    assert 0 <= tags.award_prob <= 1
    assert tags.needs_review == bool(tags.reasons)


def test_tag_predict_and_predict_proba_agree(tagger: ProposalTagger, unseen: pd.DataFrame) -> None:
    texts = texts_of(unseen)[:20]
    tags, predicted = tagger.tag(texts), tagger.predict(texts)
    agenda, mode = tagger.predict_proba(texts)
    assert [(t.agenda, t.mode) for t in tags] == [tuple(row) for row in predicted]
    assert np.allclose([max(t.agenda_probs.values()) for t in tags], agenda.max(axis=1))
    assert np.allclose([max(t.mode_probs.values()) for t in tags], mode.max(axis=1))


def test_unseen_writers_are_tagged_well_above_chance(
    tagger: ProposalTagger, unseen: pd.DataFrame
) -> None:
    predicted = tagger.predict(texts_of(unseen))
    assert (predicted[:, 0] == unseen["agenda"]).mean() > 0.8  # chance 0.2
    assert (predicted[:, 1] == unseen["mode"]).mean() > 0.8  # chance 0.25
    assert tagger.score(texts_of(unseen), unseen) > 0.65


def test_what_passes_without_review_is_right_more_often(
    tagger: ProposalTagger, unseen: pd.DataFrame
) -> None:
    tags = tagger.tag(texts_of(unseen))
    right = np.array(
        [
            t.agenda == a and t.mode == m
            for t, a, m in zip(tags, unseen["agenda"], unseen["mode"], strict=True)
        ]
    )
    review = np.array([t.needs_review for t in tags])
    assert 0 < review.sum() < len(review)
    assert right[~review].mean() > right[review].mean()


@pytest.mark.parametrize("text", ["", " ", "๑๒๓", "????", "\x00", "Lorem ipsum dolor sit amet"])
def test_text_that_says_nothing_is_sent_to_review(tagger: ProposalTagger, text: str) -> None:
    [tags] = tagger.tag([text])
    assert tags.needs_review
    assert not tags.award_scaleup


def test_no_texts_give_no_tags(tagger: ProposalTagger) -> None:
    assert tagger.tag([]) == []
    assert tagger.predict([]).shape == (0, 2)


def test_any_series_of_texts_will_do(tagger: ProposalTagger) -> None:
    expected = tagger.tag([TEXT])
    assert tagger.tag(pd.Series([TEXT])) == expected
    assert tagger.tag(np.array([TEXT], dtype=object)) == expected
    assert tagger.tag(text for text in [TEXT]) == expected


@pytest.mark.parametrize("texts", [TEXT, [None], [TEXT, float("nan")], [3]])
def test_what_is_no_list_of_texts_is_refused(tagger: ProposalTagger, texts: Any) -> None:
    with pytest.raises(ModelError, match="list of texts"):
        tagger.tag(texts)


@pytest.mark.parametrize("method", ["tag", "predict", "predict_proba", "explain", "save"])
def test_an_unfitted_tagger_says_so(method: str) -> None:
    with pytest.raises(NotFittedError):
        getattr(ProposalTagger(), method)("model" if method == "save" else [TEXT])


def test_a_row_without_modes_is_named(proposals: pd.DataFrame) -> None:
    few = proposals.head(3).assign(modes=[("open",), (), ("open",)])
    with pytest.raises(ModelError, match="row 2"):
        ProposalTagger().fit(texts_of(few), few)


@pytest.mark.slow
def test_training_twice_gives_the_same_model(proposals: pd.DataFrame) -> None:
    few = proposals.head(80)
    models = [ProposalTagger(letter_ngrams=(3, 3)).fit(texts_of(few), few) for _ in range(2)]
    assert digest(_state(models[0])) == digest(_state(models[1]))


@pytest.mark.slow
def test_scikit_learn_can_clone_and_cross_validate(proposals: pd.DataFrame) -> None:
    small = ProposalTagger(letter_ngrams=(3, 3), alpha=2.0)
    assert clone(small).get_params() == small.get_params()
    scores = cross_validate(small, np.array(texts_of(proposals), dtype=object), proposals, cv=3)
    assert (scores["test_score"] > 0.3).all()  # chance 0.05


def test_labels_come_from_the_data_not_from_code() -> None:
    words = {"ถนน": "road", "ยา": "health"}
    rows = [
        (f"งาน{word}ที่ {n} {how}", label, (mode,))
        for word, label in words.items()
        for how, mode in (("ประกาศ", "publish"), ("ซ่อม", "repair"))
        for n in range(6)
    ]
    y = pd.DataFrame(rows, columns=["text", "agenda", "modes"]).assign(award_scaleup=False)
    own = ProposalTagger(min_df=1).fit(y["text"], y)
    assert own.predict(["งานซ่อมถนน"]).tolist() == [["road", "repair"]]


def test_missing_label_columns_are_named(proposals: pd.DataFrame) -> None:
    with pytest.raises(ModelError, match="award_scaleup"):
        ProposalTagger().fit(["ก"], proposals[["agenda", "modes"]].head(1))


def test_texts_and_labels_must_be_as_many(proposals: pd.DataFrame) -> None:
    with pytest.raises(ModelError, match="must match"):
        ProposalTagger().fit(["ก"], proposals)


@pytest.mark.parametrize("axis", ["agenda", "modes"])
def test_an_axis_with_one_label_is_refused(proposals: pd.DataFrame, axis: str) -> None:
    same = proposals.assign(**{axis: [proposals[axis].iloc[0]] * len(proposals)})
    with pytest.raises(ModelError, match="at least two"):
        ProposalTagger().fit(texts_of(same), same)
