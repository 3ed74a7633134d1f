"""Labels go to other tools and come back: nothing is lost, what people changed is seen."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import label_studio_config, load_proposals, load_taxonomy, read_labels, write_labels
from corpora.interchange import FORMATS, sheets
from pipeline.errors import ModelError, OutputError, UsageError

FILES = {
    "csv": "labels.csv",
    "xlsx": "labels.xlsx",
    "jsonl": "labels.jsonl",
    "doccano": "doccano.jsonl",
    "label-studio": "tasks.json",
}
Kept = Callable[[pd.DataFrame, str], Path]


@pytest.fixture(scope="module")
def labelled() -> pd.DataFrame:
    """Every kind of value: lists, flags, nothing, a machine's labels, further modes."""
    frame = load_proposals(voices=["W1", "W14"]).head(80)
    machine = frame.index == 3
    frame.loc[machine, ["label_source", "label_model"]] = ["machine", "default@12ab"]
    frame.loc[5, "province"] = None
    return frame


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return lambda frame, form: write_labels(frame, tmp_path / FILES[form], format=form)


def test_every_form_is_tried() -> None:
    assert FILES.keys() == FORMATS.keys()


@pytest.mark.parametrize("form", FILES)
def test_a_round_trip_loses_nothing(labelled: pd.DataFrame, kept: Kept, form: str) -> None:
    pd.testing.assert_frame_equal(read_labels(kept(labelled, form), format=form), labelled)


def test_the_suffix_says_the_form(labelled: pd.DataFrame, tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx", "a.jsonl", "a.json"):
        write_labels(labelled, tmp_path / name)
        assert len(read_labels(tmp_path / name)) == len(labelled)
    assert load_proposals(tmp_path / "a.jsonl")["id"].tolist() == labelled["id"].tolist()
    with pytest.raises(UsageError, match="label-studio"):
        write_labels(labelled, tmp_path / "a.docx")


def test_a_folder_is_read_file_by_file(labelled: pd.DataFrame, tmp_path: Path) -> None:
    for name, rows in (("a.csv", slice(30)), ("b.xlsx", slice(30, 50)), ("c.jsonl", slice(50, 80))):
        write_labels(labelled.iloc[rows], tmp_path / name)
    for name in ("~$b.xlsx", ".a.csv", "card.json", "notes.txt"):
        (tmp_path / name).write_bytes(b"\x00")
    pd.testing.assert_frame_equal(read_labels(tmp_path), labelled)
    write_labels(labelled.head(1), tmp_path / "d.csv")
    with pytest.raises(ModelError, match=r"d\.csv, row 2, id.*stands at .*a\.csv, row 2"):
        read_labels(tmp_path)


def test_a_folder_without_labels_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=f"{tmp_path.name}.*no labelled row"):
        read_labels(tmp_path)


def test_json_lines_of_doccano_are_known_by_their_shape(labelled: pd.DataFrame, kept: Kept) -> None:
    pd.testing.assert_frame_equal(read_labels(kept(labelled, "doccano")), labelled)


TWO = load_proposals(voices=["W1"]).head(2)
ODD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@pytest.mark.parametrize("form", FILES)
@given(text=ODD, title=st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back(form: str, text: str, title: str) -> None:
    frame = TWO.copy()
    frame.loc[1, ["text", "title"]] = [text, title]
    with tempfile.TemporaryDirectory() as folder:
        path = write_labels(frame, Path(folder) / FILES[form], format=form)
        pd.testing.assert_frame_equal(read_labels(path, format=form), frame)


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "'=1",
        "-๕ ข้อ",
        "a\r\nb\rc\x0b\x00",
        "_x000D_",
        "ก" * 100_000,
        '";,\t|',
        "\ufeffก",
        " ก ",
    ],
    ids=range(9),
)
def test_texts_that_spreadsheets_spoil_come_back(kept: Kept, form: str, text: str) -> None:
    frame = TWO.head(1).assign(text=text, title=text[:50])
    assert read_labels(kept(frame, form), format=form)["text"][0] == text


def test_a_sheet_runs_no_formula(kept: Kept) -> None:
    frame = TWO.head(1).assign(text='=HYPERLINK("http://x")')
    sheet = openpyxl.load_workbook(kept(frame, "xlsx")).worksheets[0]
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "inlineStr", "n"}  # n: empty
    assert ",=" not in kept(frame, "csv").read_text("utf-8-sig")


def test_half_a_character_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    frame = TWO.head(1).copy()
    frame["text"] = pd.Series(["ก\ud800"], dtype=object)
    with pytest.raises(OutputError, match="normalize"):
        write_labels(frame, tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []


def edit_jsonl(path: Path, **values: Any) -> None:
    first, *rest = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([json.dumps(json.loads(first) | values), *rest]), encoding="utf-8")


def test_doccano_gives_back_its_own_number_and_sorted_labels(
    labelled: pd.DataFrame, kept: Kept
) -> None:
    path = kept(labelled, "doccano")
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    exported = [
        {"id": 900 + n, "text": line["text"], "wara": line["wara"], "label": sorted(line["label"])}
        for n, line in enumerate(lines)
    ]
    path.write_text("\n".join(map(json.dumps, exported)), encoding="utf-8")
    pd.testing.assert_frame_equal(read_labels(path), labelled)


def test_a_label_changed_in_doccano_is_imported(labelled: pd.DataFrame, kept: Kept) -> None:
    path = kept(labelled.assign(label_source="human"), "doccano")
    edit_jsonl(path, label=["mode:open", "agenda:tourism", "also:digital"])
    found = read_labels(path)
    assert found.loc[0, ["agenda", "mode", "modes"]].tolist() == [
        *("tourism", "open", ("open", "digital"))
    ]
    assert found["label_source"].tolist()[:2] == ["import", "human"]
    assert "tourism" in found["agenda_ok"][0]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        (["agenda:poverty"], "0 labels of mode"),
        (["agenda:poverty", "agenda:tourism", "mode:open"], "2 labels of agenda"),
        (["agenda:nothing", "mode:open"], "unknown label"),
        ("agenda:poverty", "must be a list"),
    ],
)
def test_labels_that_do_not_do_are_named(
    labelled: pd.DataFrame, kept: Kept, label: Any, said: str
) -> None:
    path = kept(labelled, "doccano")
    edit_jsonl(path, label=label)
    with pytest.raises(ModelError, match=f"doccano.jsonl:1, label.*{said}"):
        read_labels(path)


def test_a_text_changed_on_the_way_is_noticed(labelled: pd.DataFrame, kept: Kept) -> None:
    path = kept(labelled, "doccano")
    edit_jsonl(path, text="อีกข้อความหนึ่ง")
    with pytest.raises(ModelError, match="text has changed"):
        read_labels(path)


def test_lines_that_nobody_labelled_are_left_out(labelled: pd.DataFrame, kept: Kept) -> None:
    path = kept(labelled, "doccano")
    edit_jsonl(path, label=[])
    assert len(read_labels(path, format="doccano")) == len(labelled) - 1
    path.write_text('{"text": "ก", "label": []}', encoding="utf-8")
    with pytest.raises(ModelError, match="no labelled row"):
        read_labels(path, format="doccano")


def test_texts_that_never_were_in_wara_can_come_in(tmp_path: Path) -> None:
    line = {"id": 7, "text": "ซ่อมถนน", "label": ["agenda:service", "mode:open"]}
    (tmp_path / "d.jsonl").write_text(json.dumps(line), encoding="utf-8")
    row = read_labels(tmp_path / "d.jsonl").iloc[0]
    assert (row["id"], row["agenda"], row["label_source"]) == ("doccano-7", "service", "import")


def test_a_machines_labels_go_to_label_studio_as_predictions(
    labelled: pd.DataFrame, kept: Kept
) -> None:
    tasks = json.loads(kept(labelled, "label-studio").read_text("utf-8"))
    kinds = ["predictions" if "predictions" in task else "annotations" for task in tasks]
    assert kinds == ["annotations"] * 3 + ["predictions"] + ["annotations"] * (len(tasks) - 4)
    assert tasks[3]["predictions"][0]["model_version"] == "default@12ab"


def test_a_prediction_that_somebody_saved_is_a_persons_label(
    labelled: pd.DataFrame, kept: Kept
) -> None:
    path = kept(labelled, "label-studio")
    tasks = json.loads(path.read_text("utf-8"))
    result = tasks[3]["predictions"][0]["result"]
    tasks[3]["annotations"] = [
        {"result": [], "was_cancelled": True, "updated_at": "2026-03-01"},
        {"result": result, "updated_at": "2026-02-01"},
    ]
    path.write_text(json.dumps(tasks), encoding="utf-8")
    found = read_labels(path)
    assert found.loc[3, "label_source"] == "import"
    assert found.loc[3, "agenda"] == labelled.loc[3, "agenda"]


def test_of_several_annotations_the_last_counts(labelled: pd.DataFrame, kept: Kept) -> None:
    path = kept(labelled, "label-studio")
    tasks = json.loads(path.read_text("utf-8"))
    old = tasks[0]["annotations"][0]
    new = json.loads(json.dumps(old))
    new["result"][0]["value"]["choices"] = ["environment"]
    times = {"updated_at": "2026-01-02"}, {"updated_at": "2026-01-01"}
    tasks[0]["annotations"] = [new | times[0], old | times[1]]
    path.write_text(json.dumps(tasks), encoding="utf-8")
    assert read_labels(path).loc[0, "agenda"] == "environment"


def test_the_interface_of_label_studio_has_every_label() -> None:
    labels = load_taxonomy()
    view = ElementTree.fromstring(label_studio_config(labels))
    aliases = [
        [choice.get("alias") for choice in axis.iter("Choice")] for axis in view.iter("Choices")
    ]
    assert aliases == [
        *map(list, (labels.agenda_codes, labels.mode_codes, labels.mode_codes, labels.flag_codes))
    ]
    assert labels.agendas[0].short_th in {choice.get("value") for choice in view.iter("Choice")}


def test_a_sheet_saved_by_excel_in_thailand_is_read(tmp_path: Path) -> None:
    rows = "id;text;agenda;modes;award_scaleup\r\n1;ซ่อมถนน;service;open | digital;ใช่\r\n"
    (tmp_path / "a.csv").write_bytes(rows.encode("utf-8-sig"))
    row = read_labels(tmp_path / "a.csv").iloc[0]
    assert (row["modes"], bool(row["award_scaleup"])) == (("open", "digital"), True)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("1,ก,nothing,open,\n", "row 2, agenda.*unknown label"),
        ("1,ก,service,open,maybe\n", "row 2, award_scaleup.*true or false"),
        ("1,ก,service,open,\n1,ข,service,open,\n", "row 3, id.*stands at"),
        ("1,,service,open,\n", "row 2, text"),
        ("", "no labelled row"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(tmp_path: Path, cells: str, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text,agenda,modes,award_scaleup\n" + cells, encoding="utf-8")
    with pytest.raises(ModelError, match=said):
        read_labels(path)


@pytest.mark.parametrize("name", FILES.values())
@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"[[[[", b"{}", b"PK\x03\x04x", b'[{"data": 1}]']
)
def test_a_broken_file_is_refused_with_a_remedy(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ModelError) as caught:
        read_labels(tmp_path / name)
    assert name in caught.value.english


def test_a_workbook_that_unpacks_to_much_is_refused(
    labelled: pd.DataFrame, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = kept(labelled, "xlsx")
    monkeypatch.setattr(sheets, "LARGEST_SHEET", 10_000)
    with pytest.raises(ModelError, match="too large"):
        read_labels(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    for name in FILES.values():
        with pytest.raises(ModelError, match="nowhere"):
            read_labels(tmp_path / "nowhere" / name)


def test_columns_that_are_not_there_are_named(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("text,agenda,mode\nข้อเสนอ,tourism,open\n", encoding="utf-8")
    with pytest.raises(ModelError, match="there is no column id, modes"):
        read_labels(file)
