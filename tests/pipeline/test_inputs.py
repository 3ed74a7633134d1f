from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest

from pipeline.inputs import Item, expand, follow, located


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.pdf", "a.txt", "sub/c.docx", ".hidden", "~$a.docx", "Thumbs.db", ".git/x.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return tmp_path / "in"


def names(inputs: tuple[str, ...], folder: Path) -> list[str]:
    return [str(Path(name).relative_to(folder)) for name in inputs]


def test_a_folder_stands_for_the_files_below_it(folder: Path) -> None:
    assert names(expand([str(folder)]).files, folder) == ["a.txt", "b.pdf", "sub/c.docx"]


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    path = str(folder / "b.pdf")
    assert expand([path, path, str(folder / "*.pdf")]).files == (path,)


def test_patterns_and_their_recursion(folder: Path) -> None:
    assert names(expand([f"{folder}/**/*.docx"]).files, folder) == ["sub/c.docx"]


def test_an_existing_name_with_brackets_is_a_name_not_a_pattern(tmp_path: Path) -> None:
    path = tmp_path / "ข้อเสนอ [แก้ไข].txt"
    path.write_text("x")
    assert expand([str(path)]).files == (str(path),)


def test_the_output_of_the_run_is_not_an_input(folder: Path) -> None:
    output = folder / "results.xlsx"
    output.write_text("x")
    assert str(output) not in expand([str(folder)], leave_out=output).files


@pytest.mark.parametrize("name", ["ไม่มี.pdf", "*.nothing", "a\x00b", "x" * 5000, ""])
def test_what_leads_nowhere_is_reported_and_the_rest_goes_on(folder: Path, name: str) -> None:
    found = expand([str(folder / name) if name else "", str(folder / "a.txt")])
    assert names(found.files, folder) == ["a.txt"]
    [(missing, error)] = found.missing
    assert missing.endswith(name)
    assert "no such file" in error.english


def test_an_empty_folder_is_reported(folder: Path) -> None:
    (folder / "empty").mkdir()
    found = expand([str(folder / "empty"), str(folder / "a.txt")])
    assert names(found.files, folder) == ["a.txt"]
    [(_, error)] = found.missing
    assert "holds no files" in error.english


def test_urls_of_file_systems() -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe({"/round/a.txt": b"x", "/round/deep/b.txt": b"y"})
    try:
        assert expand(["memory://round"]).files == (
            "memory:///round/a.txt",
            "memory:///round/deep/b.txt",
        )
        assert expand(["memory://round/*.txt"]).files == ("memory:///round/a.txt",)
        assert len(expand(["memory://round/c.txt", "nosuch://x/y"]).missing) == 2
    finally:
        memory.rm("/round", recursive=True)


def test_one_file_by_several_names_is_read_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert expand(["b.pdf", "./b.pdf", str(folder / "b.pdf")]).files == ("b.pdf",)


def packed(path: Path, *names: str) -> str:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return str(path)


def test_an_archive_is_a_folder(folder: Path) -> None:
    packed(folder / "ชุด.zip", "ก.pdf", "ย่อย/ข.docx", "__MACOSX/._ก.pdf")
    found = expand([str(folder)])
    assert names(found.files, folder) == [
        *("a.txt", "b.pdf", "ชุด.zip/ก.pdf", "ชุด.zip/ย่อย/ข.docx", "sub/c.docx")
    ]
    assert expand([str(folder / "ชุด.zip")]).files == found.files[2:4]


def test_a_member_is_named_like_a_file_below_the_archive(folder: Path) -> None:
    packed(folder / "ชุด.zip", "ก.pdf")
    member = str(folder / "ชุด.zip" / "ก.pdf")
    assert expand([member]).files == (member,)
    assert expand([member, str(folder / "ชุด.zip")]).files == (member,)
    [(name, error)] = expand([str(folder / "ชุด.zip" / "ไม่มี.pdf")]).missing
    assert name.endswith("ไม่มี.pdf")
    assert "no such file" in error.english


def test_a_bad_archive_costs_one_row(folder: Path) -> None:
    packed(folder / "empty.zip")
    packed(folder / "broken.zip", "ก.pdf")
    (folder / "broken.zip").write_bytes((folder / "broken.zip").read_bytes()[:-10])
    (folder / "word.zip").write_bytes(b"not a zip at all")
    found = expand([str(folder)])
    assert "broken.zip" in names(found.files, folder)
    assert "word.zip" in names(found.files, folder)
    [(name, error)] = found.missing
    assert name.endswith("empty.zip")
    assert "holds no files" in error.english


def test_archives_of_file_systems() -> None:
    memory = fsspec.filesystem("memory")
    with memory.open("/round/ชุด.zip", "wb") as out, zipfile.ZipFile(out, "w") as archive:
        archive.writestr("ก.txt", "x")
    try:
        assert expand(["memory://round"]).files == ("memory:///round/ชุด.zip/ก.txt",)
        assert expand(["memory://round/ชุด.zip/ก.txt"]).files == ("memory://round/ชุด.zip/ก.txt",)
    finally:
        memory.rm("/round", recursive=True)


def test_what_lies_below_the_output_is_no_input(folder: Path) -> None:
    output = folder / "out"
    (output / "rows").mkdir(parents=True)
    (output / "rows" / "part-1.parquet").write_text("x")
    assert names(expand([str(folder)], leave_out=output).files, folder) == [
        *("a.txt", "b.pdf", "sub/c.docx")
    ]


def test_the_stamp_changes_with_the_file_and_not_with_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    path = folder / "a.txt"
    before = located(str(path))
    assert (before.size, before.place) == (1, str(path))
    [same] = follow(["a.txt"])
    assert same == replace(before, file="a.txt")
    path.write_text("xy")
    assert located(str(path)).stamp != before.stamp
    assert located("a\x00b").stamp == ""


def test_files_of_file_systems_have_sizes_and_stamps() -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe("/round/a.txt", b"xyz")
    try:
        [found] = follow(["memory://round"])
        assert isinstance(found, Item)
        assert found.size == 3
        assert found.stamp.startswith("3-")
    finally:
        memory.rm("/round", recursive=True)
