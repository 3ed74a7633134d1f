from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from classifiers import training
from classifiers.models.cards import REPORT_FILE, read_card
from corpora import Taxonomy, load_proposals, load_taxonomy, part_of, text_digest
from pipeline.errors import ModelError


@pytest.fixture(scope="module")
def trained(proposals: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    training.train(proposals.head(80), load_taxonomy(), folder, full_report=True)
    return folder


@pytest.mark.slow
def test_the_card_knows_what_was_trained_on(trained: Path, proposals: pd.DataFrame) -> None:
    card = read_card(trained)
    assert card["examples"] == 80
    assert card["taxonomy_digest"] == load_taxonomy().digest
    assert card["label_sources"] == {"import": 80}
    assert text_digest(proposals["text"].iloc[3]) in card["text_digests"]
    assert text_digest("อื่น") not in card["text_digests"]


@pytest.mark.slow
def test_the_card_holds_scores_on_texts_that_were_not_read(trained: Path) -> None:
    scores = read_card(trained)["scores"]
    assert scores["held_out"]["n"] == 80
    assert scores["test"]["n"] == len(load_proposals(part="test"))
    for part in scores.values():
        low, high = part["intervals"]["agenda"]
        assert low <= part["agenda"]["macro_f1"] <= high
        assert [point["target"] for point in part["coverage"]] == [0.9, 0.95, 0.98, 0.99]


@pytest.mark.slow
def test_more_texts_make_a_longer_learning_curve(trained: Path) -> None:
    curve = read_card(trained)["learning_curve"]
    sizes = [point["examples"] for point in curve]
    assert sizes == sorted(sizes)
    assert len(sizes) >= 3
    assert curve[-1]["mode"] > curve[0]["mode"]


@pytest.mark.slow
def test_the_report_shows_every_chart_and_label(trained: Path, taxonomy: Taxonomy) -> None:
    page = (trained / REPORT_FILE).read_text(encoding="utf-8")
    assert page.count("<svg") == 4
    assert all(label.short_th in page for label in (*taxonomy.agendas, *taxonomy.modes))
    assert "http" not in page.replace("http://www.w3.org/", "")  # nothing is fetched


@pytest.fixture
def taxonomy() -> Taxonomy:
    return load_taxonomy()


def test_machine_labels_and_kept_texts_teach_nothing(proposals: pd.DataFrame) -> None:
    mixed = pd.concat([load_proposals(part="test").head(5), proposals.head(10)])
    mixed = mixed.assign(label_source=["human"] * 7 + ["machine"] * 4 + ["import"] * 4)
    kept = training.trainable(mixed)
    assert set(kept["label_source"]) <= {"human", "import"}
    assert set(kept["id"]) <= set(proposals["id"])
    with pytest.raises(ModelError, match="confirmed by a person"):
        training.trainable(mixed.assign(label_source="machine"))


def test_a_fifth_is_kept_back_and_always_the_same(proposals: pd.DataFrame) -> None:
    rest, kept = training.keep_back(proposals)
    assert len(rest) + len(kept) == len(proposals)
    assert 0.1 < len(kept) / len(proposals) < 0.3
    shuffled = training.keep_back(proposals.sample(frac=1, random_state=1))[1]
    assert set(shuffled["id"]) == set(kept["id"])


def test_models_are_compared_on_texts_that_neither_has_read(proposals: pd.DataFrame) -> None:
    own = proposals[part_of(proposals) != "test"].head(30)
    cards = [
        {"text_digests": list(map(text_digest, own["text"].iloc[start:end]))}
        for start, end in ((0, 4), (3, 9))
    ]
    texts = training.comparison_texts(own, load_taxonomy(), *cards)
    assert set(own["id"].iloc[9:]) <= set(texts["id"])
    assert not set(own["id"].iloc[:9]) & set(texts["id"])
    assert set(load_proposals(part="promotion")["id"]) - set(own["id"]) <= set(texts["id"])


def test_the_frozen_test_decides_nothing_in_whichever_file_it_stands() -> None:
    whole = load_proposals()
    texts = training.comparison_texts(whole, load_taxonomy())
    assert not set(texts["id"]) & set(load_proposals(part="test")["id"])


def test_a_project_is_kept_back_with_all_its_texts(proposals: pd.DataFrame) -> None:
    rest, kept = training.keep_back(proposals)
    assert not (set(rest["source"]) & set(kept["source"])) - {"invented"}


def test_another_taxonomy_is_not_compared_on_our_texts(
    proposals: pd.DataFrame, tmp_path: Path
) -> None:
    import corpora

    source = Path(corpora.__file__).with_name("taxonomy.toml")
    path = Path(shutil.copy(source, tmp_path / "own.toml"))
    path.write_text(path.read_text(encoding="utf-8").replace("2565", "2570"), encoding="utf-8")
    other = load_taxonomy(path)
    assert training.comparison_texts(None, other).empty
    assert set(training.comparison_texts(proposals.head(3), other)["id"]) <= set(proposals["id"])


@pytest.mark.slow
def test_progress_is_told_to_the_end(proposals: pd.DataFrame, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    tell: Callable[[int, int], None] = lambda done, steps: told.append((done, steps))  # noqa: E731
    training.train(proposals.head(60), load_taxonomy(), tmp_path, on_step=tell)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1]
