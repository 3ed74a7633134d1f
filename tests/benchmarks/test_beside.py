"""Other systems' reading beside wara's: what files hold, and how their reading is scored."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.beside import print_reading
from benchmarks.papers import FORMS, Paper, make, texts

LINES = ("ชื่อโครงการ: ถนนปลอดฝุ่น", "ถนนสายนี้ลาดยางแล้ว")


def test_a_form_holds_heading_and_answer_without_the_colon() -> None:
    form = Paper("0", "form", "Loma", 12, LINES)
    assert form.rows == [("ชื่อโครงการ", "ถนนปลอดฝุ่น"), ("", "ถนนสายนี้ลาดยางแล้ว")]
    assert form.text == "ชื่อโครงการ ถนนปลอดฝุ่น\nถนนสายนี้ลาดยางแล้ว"
    assert Paper("0", "drawn", "Loma", 12, LINES).text == "\n".join(LINES)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    try:
        return make(tmp_path, 3, seed=1)
    except FileNotFoundError as error:
        pytest.skip(str(error))


def test_every_file_has_its_text(files: list[Path]) -> None:
    assert list(texts(3, seed=1)) == [f"{n:05d}-{form}" for n, form in enumerate(FORMS[:3])]
    assert {file.stem for file in files} == set(texts(3, seed=1))


@pytest.mark.slow
def test_words_that_are_not_read_count_as_wrong(
    files: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    words = [file for file in files if file.suffix == ".docx"]
    told = texts(3, seed=1)
    twice = {name: text + "\n" + text for name, text in told.items()}
    print_reading(words, told, {"wara": sys.executable})
    print_reading(words, twice, {"wara": sys.executable})
    right, half = (
        line.split() for line in capsys.readouterr().out.splitlines() if line.startswith("wara ")
    )
    assert float(right[4]) < 0.5
    assert float(half[4]) == pytest.approx(50, abs=1)
    assert right[-2:] == half[-2:] == ["2", "0"]
