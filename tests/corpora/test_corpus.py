"""What the datasheet says about the corpus holds."""

import datetime as dt
import re
import unicodedata
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pythainlp.tokenize import word_tokenize
from sklearn.feature_extraction.text import CountVectorizer

import corpora
from classifiers.features import feature_words, space_joined
from corpora import load_minutes, load_proposals, load_taxonomy

DATASHEET = Path(corpora.__file__).with_name("README.md").read_text(encoding="utf-8")
ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
PERSONAL = re.compile(
    r"(?<!\d)\d[- ]?\d{4}[- ]?\d{5}[- ]?\d{2}[- ]?\d(?!\d)"  # national ID number
    r"|(?<!\d)0\d{1,2}[- ]\d{3}[- ]?\d{3,4}(?!\d)|(?<!\d)0[2-9]\d{7,8}(?!\d)"  # telephone
    r"|[\w.]+@\w+\.\w+"
)


@pytest.fixture(scope="module")
def proposals() -> pd.DataFrame:
    return load_proposals()


@pytest.fixture(scope="module")
def minutes() -> pd.DataFrame:
    return load_minutes()


@pytest.fixture(scope="module")
def texts(proposals, minutes) -> dict[str, str]:
    both = pd.concat([proposals, minutes])
    return dict(zip(both["id"], both["text"], strict=True))


def test_ids_are_unique_and_begin_with_their_writer(proposals, texts, minutes):
    assert len(texts) == len(proposals) + len(minutes) == 1364
    assert all(name.startswith(f"{voice}-") for name, voice in proposals[["id", "voice"]].values)


def test_every_writer_wrote_three_or_more_for_each_cell(proposals):
    taxonomy = load_taxonomy()
    counts = proposals.groupby(["voice", "agenda", "mode"]).size()
    cells = len(taxonomy.agendas) * len(taxonomy.modes)
    assert len(counts) == proposals["voice"].nunique() * cells
    assert counts.min() >= 3


@pytest.mark.slow
def test_no_two_texts_are_near_copies(texts):
    words = [word_tokenize(text, keep_whitespace=False) for text in texts.values()]
    grams = [[" ".join(w[at : at + 3]) for at in range(len(w) - 2)] for w in words]
    seen = CountVectorizer(analyzer=list, binary=True).fit_transform(grams)
    shared = (seen @ seen.T).toarray().astype(float)
    size = shared.diagonal().copy()
    jaccard = shared / (size[:, None] + size[None, :] - shared)
    np.fill_diagonal(jaccard, 0)
    assert jaccard.max() < 0.35


@pytest.mark.slow
def test_no_phrase_gives_a_label_away(proposals):
    """None stands in a third of a label's texts, and nine times in ten under that label."""
    joined = [space_joined(feature_words(text)) for text in proposals["text"]]
    counter = CountVectorizer(token_pattern=r"\S+", ngram_range=(1, 3), binary=True, min_df=50)
    holds = counter.fit_transform(joined).tocsc()
    texts = np.asarray(holds.sum(axis=0)).ravel()
    for axis in ("agenda", "mode"):
        for label, rows in proposals.groupby(axis).indices.items():
            mine = np.asarray(holds[rows].sum(axis=0)).ravel()
            telling = (mine > len(rows) / 3) & (mine / texts > 0.9)
            assert not telling.any(), (label, counter.get_feature_names_out()[telling])


def test_provinces_are_real(proposals, minutes):
    names = pytest.importorskip("pipeline.thai.names")
    named = set(proposals["province"].dropna())
    named |= {province for gold in minutes["gold"] for province in gold["provinces"]}
    assert named <= set(names.PROVINCES)


def test_dates_are_of_the_years_that_the_datasheet_names(proposals):
    dates = [dt.date.fromisoformat(day) for day in proposals["submitted_date_iso"].dropna()]
    assert {day.year for day in dates} == set(range(2017, 2027))


def test_texts_hold_no_control_characters_and_are_nfc(texts):
    for name, text in texts.items():
        odd = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs", "Cn"}}
        assert odd <= {"\n", "\t", "\u200d"}, name  # the last joins emoji in posts
        assert unicodedata.is_normalized("NFC", text), name


def test_texts_hold_no_personal_numbers(texts):
    assert PERSONAL.search("โทร ๐๘๑-๒๓๔-๕๖๗๘".translate(ARABIC))
    assert PERSONAL.search("1-1020-30405-06-7")
    for name, text in texts.items():
        assert not PERSONAL.search(text.translate(ARABIC)), name


def test_every_proposal_names_a_partner(proposals):
    assert proposals["networks"].map(len).min() >= 1


def test_gold_turns_and_quotes_stand_in_the_text(minutes):
    for name, text, gold in minutes[["id", "text", "gold"]].values:
        quotes = [deadline["quote"] for deadline in gold["deadlines"]]
        turns = [turn["text"] for item in gold["items"] for turn in item["turns"]]
        headings = [item["heading"] for item in gold["items"] if item["heading"]]
        resolutions = [item["resolution"] for item in gold["items"] if item["resolution"]]
        for surface in quotes + turns + headings + resolutions:
            assert surface in text, (name, surface)


def test_gold_people_are_in_the_text_once(minutes):
    for name, text, gold in minutes[["id", "text", "gold"]].values:
        people = [person["name"] for person in gold["attendees"]]
        assert len(people) == len(set(people)), name
        folded = " ".join(text.split())  # lists set in columns have several blanks inside a name
        assert all(person in folded for person in people), name
        assert {person["group"] for person in gold["attendees"]} <= {
            "present",
            "absent",
            "participant",
        }
        assert gold["chair"] is None or gold["chair"]["name"] in people, name


def test_gold_dates_and_times_are_in_order(minutes):
    for name, gold in minutes[["id", "gold"]].values:
        meeting = dt.date.fromisoformat(gold["date"])
        for deadline in gold["deadlines"]:
            assert dt.date.fromisoformat(deadline["date"]) >= meeting, name
        times = [gold[key] for key in ("start_time", "end_time") if gold[key]]
        assert times == sorted(times, key=dt.time.fromisoformat), name


def test_the_datasheet_counts_each_writer_rightly(proposals):
    rows = re.findall(
        r"^\| (W\d+) \|[^|]*\| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", DATASHEET, re.M
    )
    stated = {voice: tuple(map(int, counts)) for voice, *counts in rows}
    counted = {
        voice: (
            len(frame),
            int(frame["award_scaleup"].sum()),
            int((frame["modes"].map(len) > 1).sum()),
            int((frame["source"] != "invented").sum()),
            int(frame["submitted_date_iso"].notna().sum()),
        )
        for voice, frame in proposals.groupby("voice")
    }
    assert stated == counted
