import json

import pandas as pd
import pytest

from corpora import corpus_digest, load_minutes, load_proposals, text_digest
from pipeline.errors import ModelError, UsageError

COLUMNS = [
    "id",
    "title",
    "text",
    "agenda",
    "mode",
    "modes",
    "award_scaleup",
    "province",
    "submitted_date_iso",
    "networks",
    "source",
    "register",
    "voice",
    "agenda_ok",
    "mode_ok",
    "label_source",
    "label_model",
]
LINE = {"id": "a", "text": "คลองสะอาดขึ้น", "agenda": "environment", "modes": ["open", "digital"]}


def write(folder, *lines, name="p.jsonl"):
    file = folder / name
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    file.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return file


def test_columns_and_types_are_the_documented_ones():
    frame = load_proposals()
    assert list(frame.columns) == COLUMNS
    assert frame.dtypes["award_scaleup"] == "bool"
    assert (frame.drop(columns="award_scaleup").dtypes == "object").all()
    assert set(frame["label_source"]) == {"import"}
    assert frame["mode"].tolist() == [modes[0] for modes in frame["modes"]]
    for column in ("modes", "networks", "agenda_ok", "mode_ok"):
        assert frame[column].map(type).eq(tuple).all()
    for column in ("province", "submitted_date_iso"):
        assert set(frame[column].map(type)) == {str, type(None)}


def test_a_short_line_gets_the_defaults(tmp_path):
    row = load_proposals(write(tmp_path, LINE)).iloc[0].to_dict()
    assert row == {
        **LINE,
        "title": "",
        "mode": "open",
        "modes": ("open", "digital"),
        "award_scaleup": False,
        "province": None,
        "submitted_date_iso": None,
        "networks": (),
        "source": "",
        "register": "",
        "voice": "",
        "agenda_ok": ("environment",),
        "mode_ok": ("open",),
        "label_source": "import",
        "label_model": None,
    }


def test_further_accepted_labels_and_unlisted_keys(tmp_path):
    line = LINE | {"agenda_ok": ["environment", "service"], "mode_ok": [], "note": "x"}
    row = load_proposals(write(tmp_path, line)).iloc[0]
    assert row["agenda_ok"] == ("environment", "service")
    assert row["mode_ok"] == ("open",)
    assert "note" not in row


def test_a_folder_is_read_in_the_order_of_names(tmp_path):
    write(tmp_path, LINE | {"id": "2"}, name="b.jsonl")
    write(tmp_path, LINE | {"id": "1"}, name="a.jsonl")
    (tmp_path / "notes.txt").write_text("ไม่ใช่ตัวอย่าง", encoding="utf-8")
    assert load_proposals(tmp_path)["id"].tolist() == ["1", "2"]
    assert load_proposals(str(tmp_path / "b.jsonl"))["id"].tolist() == ["2"]


def test_byte_order_mark_blank_lines_crlf_and_line_separators_inside_a_text(tmp_path):
    text = "บรรทัดหนึ่ง\u2028บรรทัดสอง\u0085สาม"
    file = tmp_path / "p.jsonl"
    line = json.dumps(LINE | {"text": text}, ensure_ascii=False)
    file.write_bytes(f"\ufeff\r\n{line}\r\n\r\n".encode())
    assert load_proposals(file)["text"].tolist() == [text]


def test_voices_select_writers():
    frame = load_proposals(voices=["W2", "W5"])
    assert set(frame["voice"]) == {"W2", "W5"}
    assert frame.index.tolist() == list(range(len(frame)))
    with pytest.raises(UsageError, match="W1, W10"):
        load_proposals(voices=["W99"])


def test_parts_are_told_by_the_text_alone(tmp_path):
    [kept] = load_proposals(part="promotion").head(1).to_dict("records")
    spaced = LINE | {"text": kept["text"].replace(" ", "  ")}
    own = write(tmp_path, spaced, LINE | {"id": "b"})
    assert load_proposals(own, part="promotion")["id"].tolist() == ["a"]
    assert load_proposals(own, part="train")["id"].tolist() == ["b"]
    with pytest.raises(UsageError, match="promotion"):
        load_proposals(own, part="dev")


def test_labels_of_a_text_that_has_changed_are_refused(tmp_path):
    digest = text_digest(LINE["text"])
    same = write(tmp_path, LINE | {"text_digest": digest, "label_source": "human"})
    assert load_proposals(same)["label_source"].tolist() == ["human"]
    changed = write(tmp_path, LINE | {"text": "คลองสกปรกขึ้น", "text_digest": digest})
    with pytest.raises(ModelError, match="text_digest"):
        load_proposals(changed)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"agenda": "health"}, "agenda"),
        ({"agenda": None}, "agenda"),
        ({"agenda": ["service"]}, "agenda"),
        ({"modes": []}, "modes"),
        ({"modes": "open"}, "modes"),
        ({"modes": ["open", "open"]}, "modes"),
        ({"modes": ["Open"]}, "modes"),
        ({"agenda_ok": ["x"]}, "agenda_ok"),
        ({"mode_ok": [{}]}, "mode_ok"),
        ({"label_source": "robot"}, "label_source"),
        ({"label_model": 3}, "label_model"),
        ({"networks": ["ราชการ", "ทหาร"]}, "networks"),
        ({"text": " \n"}, "text"),
        ({"text": 7}, "text"),
        ({"id": ""}, "id"),
        ({"id": 3}, "id"),
        ({"title": ["x"]}, "title"),
        ({"award_scaleup": "yes"}, "award_scaleup"),
        ({"submitted_date_iso": "2565-01-14"}, "submitted_date_iso"),
        ({"submitted_date_iso": "2022-02-30"}, "submitted_date_iso"),
        ({"submitted_date_iso": "20220214"}, "submitted_date_iso"),
    ],
)
def test_a_bad_line_is_named_with_file_line_and_key(tmp_path, change, key):
    file = write(tmp_path, LINE, LINE | {"id": "b"} | change)
    with pytest.raises(ModelError) as caught:
        load_proposals(file)
    assert caught.value.thai.startswith(f"{file}:2, {key}: ")
    assert caught.value.english.startswith(f"{file}:2, {key}: ")


@pytest.mark.parametrize("raw", ["{", "[1]", "null", "[" * 200_000, "ก" * 200_000])
def test_a_line_that_is_no_object_is_named(tmp_path, raw):
    file = write(tmp_path, LINE, raw)
    with pytest.raises(ModelError) as caught:
        load_proposals(file)
    assert caught.value.english.startswith(f"{file}:2: ")
    assert len(str(caught.value)) < 2000


def test_an_id_stands_once_in_all_files(tmp_path):
    first = write(tmp_path, LINE, name="a.jsonl")
    second = write(tmp_path, LINE | {"id": "b"}, LINE, name="b.jsonl")
    with pytest.raises(ModelError) as caught:
        load_proposals(tmp_path)
    assert f"{second}:2, id" in caught.value.english
    assert f"{first}:1" in caught.value.english


def test_nothing_to_load_is_an_error(tmp_path):
    with pytest.raises(ModelError, match=r"no \.jsonl"):
        load_proposals(tmp_path)
    with pytest.raises(ModelError, match="not one line"):
        load_proposals(write(tmp_path, "", "  "))
    with pytest.raises(ModelError, match="cannot be read"):
        load_proposals(tmp_path / "none.jsonl")
    with pytest.raises(ModelError, match="cannot be read"):
        load_proposals("a\0b")


def test_the_digest_follows_content_only():
    frame = load_proposals(voices=["W1"])
    digest = corpus_digest(frame)
    assert corpus_digest(frame.sample(frac=1, random_state=7)) == digest
    assert corpus_digest(frame[frame.columns[::-1]]) == digest
    changed = frame.copy()
    changed.loc[0, "text"] += " "
    assert corpus_digest(changed) != digest
    assert corpus_digest(frame.iloc[1:]) != digest


def test_the_digest_takes_an_absent_value_in_any_of_its_forms():
    forms = [
        pd.DataFrame({"a": pd.Series([None, "x"], dtype="object"), "n": [1, 2]}),
        pd.DataFrame({"a": pd.Series([float("nan"), "x"], dtype="object"), "n": [1, 2]}),
        pd.DataFrame({"a": pd.Series([None, "x"], dtype="string"), "n": [1, 2]}),
        pd.DataFrame({"a": [None, "x"], "n": [1, 2]}),
    ]
    assert len({corpus_digest(frame) for frame in forms}) == 1


def test_minutes_have_text_and_gold():
    frame = load_minutes()
    assert list(frame.columns) == ["id", "form", "text", "gold"]
    assert (frame.dtypes == "object").all()
    assert len(corpus_digest(frame)) == 64


def test_minutes_without_gold_are_refused(tmp_path):
    file = write(tmp_path, {"id": "m", "text": "ประชุม", "gold": None})
    with pytest.raises(ModelError) as caught:
        load_minutes(file)
    assert caught.value.english.startswith(f"{file}:1, gold: ")
