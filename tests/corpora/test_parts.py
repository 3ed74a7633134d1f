from __future__ import annotations

import pandas as pd
import pytest

from corpora import load_proposals, part_of, text_digest
from corpora.choosing import PROMOTION_PER_CELL, TEST_PER_CELL, TEST_VOICES, choose
from corpora.parts import kept_apart


@pytest.fixture(scope="module")
def proposals() -> pd.DataFrame:
    frame = load_proposals()
    return frame.assign(part=part_of(frame))


def test_every_kept_text_is_in_the_corpus_and_in_one_part(proposals: pd.DataFrame) -> None:
    promotion, test = kept_apart()["promotion"], kept_apart()["test"]
    assert not promotion & test
    assert promotion | test <= set(map(text_digest, proposals["text"]))


def test_a_whole_writer_and_a_slice_of_every_cell_are_frozen(proposals: pd.DataFrame) -> None:
    assert set(proposals.loc[proposals["voice"].isin(TEST_VOICES), "part"]) == {"test"}
    others = proposals[~proposals["voice"].isin(TEST_VOICES)]
    cells = others.groupby(["part", "agenda", "mode"]).size()
    assert cells["test"].min() >= TEST_PER_CELL
    assert cells["promotion"].min() >= PROMOTION_PER_CELL
    assert len(cells["test"]) == len(cells["promotion"]) == 20


def test_no_fact_is_in_two_parts(proposals: pd.DataFrame) -> None:
    real = proposals[proposals["source"] != "invented"]
    assert (real.groupby("source")["part"].nunique() == 1).all()


def test_the_parts_are_those_that_were_drawn(proposals: pd.DataFrame) -> None:
    """W15 and later were written after the draw, and all train."""
    drawn_from = proposals[proposals["voice"].str.slice(1).astype(int) <= 14]
    chosen = choose(drawn_from.reset_index(drop=True))
    assert {part: frozenset(digests) for part, digests in chosen.items()} == kept_apart()


def test_order_and_spacing_do_not_matter(proposals: pd.DataFrame) -> None:
    shuffled = proposals.sample(frac=1, random_state=3)
    assert part_of(shuffled).to_dict() == proposals["part"].to_dict()
    spaced = proposals.assign(text=proposals["text"].str.replace(" ", "\n "))
    assert part_of(spaced).tolist() == proposals["part"].tolist()
