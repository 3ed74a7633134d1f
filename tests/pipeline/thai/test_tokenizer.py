import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import OutputError
from pipeline.thai import Token, tokenize, words
from pipeline.thai.lexicon import abbreviations, dictionary, dictionary_name, domain_words
from tests.texts import LENGTHS

KINDS = {"thai", "latin", "number", "space", "other"}
ANY = st.text(
    st.one_of(
        st.sampled_from("กขคตมนรสอเแะาำิ่้์ๆฯ๑๕.,:/- \n\taZé1"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=80,
)


def texts(text: str) -> list[str]:
    return [token.text for token in tokenize(text) if token.kind != "space"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("สำนักงาน ก.พ.ร. และ อ.ก.พ.ร.", ["สำนักงาน", "ก.พ.ร.", "และ", "อ.ก.พ.ร."]),
        ("สำนักงานก.พ.ร.ที่", ["สำนักงาน", "ก.พ.ร.", "ที่"]),
        ("ในปี พ.ศ.2565", ["ใน", "ปี", "พ.ศ.", "2565"]),
        ("พ.ศ ๒๕๖๕", ["พ.ศ", "๒๕๖๕"]),
        ("เวลา 14.00 น.", ["เวลา", "14.00", "น."]),
        ("เวลา 14.00น.ณ", ["เวลา", "14.00", "น.", "ณ"]),
        ("รพ.สต.หนองขาม", ["รพ.สต.", "หนอง", "ขาม"]),
        ("รศ.ดร.วิภา", ["รศ.ดร.", "วิภา"]),
        ("๕ ม.ค. ๖๕ ถึง มิ.ย. ๖๖", ["๕", "ม.ค.", "๖๕", "ถึง", "มิ.ย.", "๖๖"]),
        ("อบต.ต.บ้านเป็ด", ["อบต.", "ต.", "บ้าน", "เป็ด"]),
        ("ให้ศจพ.พิจารณา", ["ให้", "ศจพ.", "พิจารณา"]),
        ("ช่วยประชาชน.", ["ช่วย", "ประชาชน", "."]),
        ("เพื่อ คน.", ["เพื่อ", "คน", "."]),
        ("ต่างๆ ฯลฯ", ["ต่าง", "ๆ", "ฯลฯ"]),
        ("กรุงเทพฯ คณะกรรมการฯ", ["กรุงเทพฯ", "คณะกรรมการ", "ฯ"]),
        ("๑,๘๔๒ 10%", ["๑,๘๔๒", "10", "%"]),
        ("PMQA 4.0 e-Service COVID-19", ["PMQA", "4.0", "e-Service", "COVID-19"]),
        ("ใช้TPMAPและ5G", ["ใช้", "TPMAP", "และ", "5G"]),
        ("ดู https://www.opdc.go.th/a?b=1.", ["ดู", "https://www.opdc.go.th/a?b=1", "."]),
        ("ผู้ว่าราชการจังหวัดน่าน", ["ผู้ว่าราชการจังหวัด", "น่าน"]),
        ("ธนาคารน้ำใต้ดิน", ["ธนาคารน้ำใต้ดิน"]),
    ],
)
def test_words_of_official_thai(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_kinds_and_offsets() -> None:
    assert tokenize("งบ 1.5 MB\n(ฯ)") == [
        Token("งบ", 0, 2, "thai"),
        Token(" ", 2, 3, "space"),
        Token("1.5", 3, 6, "number"),
        Token(" ", 6, 7, "space"),
        Token("MB", 7, 9, "latin"),
        Token("\n", 9, 10, "space"),
        Token("(", 10, 11, "other"),
        Token("ฯ", 11, 12, "thai"),
        Token(")", 12, 13, "other"),
    ]


def test_words_have_no_space_or_punctuation() -> None:
    assert words("จ.น่าน (น้ำ) 20 ไร่/TPMAP") == ["จ.", "น่าน", "น้ำ", "20", "ไร่", "TPMAP"]


@given(ANY)
def test_tokens_rebuild_the_text(text: str) -> None:
    tokens = tokenize(text)
    assert "".join(token.text for token in tokens) == text
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(token.text and token.kind in KINDS for token in tokens)
    assert words(text) == [t.text for t in tokens if t.kind in ("thai", "latin", "number")]


@pytest.mark.parametrize(
    "unit",
    ["ก", "ๆ", "่", ".", "1", "a", " ", "ก.", "ฯ", "ตากลม", "1.", "a.", "http://", "กก.พ", "🙂"],
)
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.linear
def test_long_runs_are_cut_to_the_end(unit: str, length: int) -> None:
    text = unit * (length // len(unit))
    tokens = tokenize(text)
    assert "".join(token.text for token in tokens) == text


def test_no_word_begins_with_a_mark_inside_a_thai_run() -> None:
    assert texts("เวียร์ ฟรุ๊งฟริ๊งค์")[0] == "เวียร์"
    assert all(text[0] not in "่้๊๋์ัิีึืุูะาำ" for text in texts("คฺวาา ฟรุ๊งฟริ๊งค์ ซัมธิงก์"))


def test_the_domain_dictionary_is_used() -> None:
    assert domain_words() <= dictionary()
    cut = [word for word in domain_words() if texts(word) != [word]]
    assert cut == []


def test_every_abbreviation_is_one_token() -> None:
    assert [short for short in abbreviations() if texts(f"ที่ {short} 5")[1] != short] == []


def test_importing_the_package_loads_no_engine() -> None:
    code = (
        "import sys, pipeline.thai; print({'nlpo3', 'pythainlp', 'pycrfsuite'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_without_a_temporary_folder_the_error_names_the_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(OutputError, match="TMPDIR"):
        dictionary_name.__wrapped__()
