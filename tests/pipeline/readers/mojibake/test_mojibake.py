"""Thai that went through a wrong encoding on its way, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.readers import read_bytes
from pipeline.readers.mojibake import Recovered, recover, unescape

THAI = "รายงานการประชุมคณะกรรมการน้ำแห่งจังหวัด ครั้งที่ ๓/๒๕๖๘\nผู้ว่าฯ กล่าวว่า “ต้องเร่งซ่อมปั๊ม” ภายใน 15 วัน"


def misread(data: bytes, page: str) -> str:
    """Bytes as a program that believes in `page` shows them."""
    return "".join(bytes([b]).decode(page, "replace").replace("\ufffd", chr(b)) for b in data)


ACCIDENTS = {
    f"{source} read as {page}": (source, page)
    for source, pages in {
        "utf-8": ("cp874", "cp1252", "latin-1", "mac_roman", "cp437"),
        "cp874": ("cp1252", "latin-1", "mac_roman"),
    }.items()
    for page in pages
}


@pytest.mark.parametrize("accident", ACCIDENTS)
def test_mojibake_is_undone_and_reported(accident: str) -> None:
    source, page = ACCIDENTS[accident]
    document = read_bytes(misread(THAI.encode(source), page).encode(), file="a.txt")
    assert document.pages[0].text == THAI
    assert any("ที่ถูกอ่านเป็น" in warning for warning in document.warnings)


@pytest.mark.parametrize("accident", ACCIDENTS)
@pytest.mark.parametrize("beside", [THAI, "Le café fermé à l'été; Müller & Söhne, Zürich."])
def test_mojibake_in_parts_of_a_text_is_undone_and_the_rest_stays(
    accident: str, beside: str
) -> None:
    source, page = ACCIDENTS[accident]
    damaged = f"{beside}\n{misread(THAI.encode(source), page)}\n{beside}"
    assert recover(damaged).text == f"{beside}\n{THAI}\n{beside}"


def test_mojibake_twice_over() -> None:
    once = misread(THAI.encode(), "cp1252")
    assert recover(misread(once.encode(), "cp1252")).text == THAI
    thai_page = misread(THAI.encode("cp874"), "latin-1")
    assert recover(misread(thai_page.encode(), "latin-1")).text == THAI


def test_letters_that_were_thrown_away_are_marked_one_by_one() -> None:
    lossy = THAI.encode().decode("cp874", "ignore")
    text = recover(lossy).text
    assert len(text) == len(THAI)
    assert all(a in (b, "\ufffd") for a, b in zip(text, THAI, strict=True))


WESTERN = st.text(
    st.sampled_from("abcdefghij ABC éèêëàâäçîïôöùûüßÄÖÜñáíóúåæø°«»“”’–€½×.,;0123456789\n"),
    max_size=300,
)


@settings(deadline=None)  # the dictionary is loaded on first use
@given(WESTERN)
def test_text_with_accents_is_left_alone(text: str) -> None:
    assert recover(text) == Recovered(text)


@settings(deadline=None)
@given(st.text(st.sampled_from([chr(c) for c in range(0x0E01, 0x0E5C)] + list(" .\n1a“”…€"))))
def test_thai_is_left_alone(text: str) -> None:
    assert recover(text) == Recovered(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(THAI.split()), min_size=3), st.sampled_from(sorted(ACCIDENTS)))
@example(["วัน"] * 6, "cp874 read as cp1252")  # words too short to tell by themselves
def test_any_thai_words_come_back(words: list[str], accident: str) -> None:
    text = "ประชุมคณะกรรมการ " + " ".join(words)
    source, page = ACCIDENTS[accident]
    assert recover(misread(text.encode(source), page)).text == text


@pytest.mark.parametrize(
    "text",
    [
        "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚ",
        "àâäçéèêëîïôöùûü ÿ œ",
        "¡Qué día! ¿Cuántos años?",
        "À l'été: ÉÉÉ, ÊÊÊÊ, ÇÇÇÇÇÇ",
        "Вода и хлеб",
        "──────────\n░░▒▒▓▓████",
        "เธอนะเนื้อเนยเนตร เธียร เนียน",
        "25°C ½×¾ ±5 µm © ® §",
    ],
)
def test_odd_text_is_left_alone(text: str) -> None:
    assert recover(text) == Recovered(text)


@pytest.mark.parametrize("form", ["&#{};", "&#x{:x};", "&amp;#{};", "&amp;amp;#{};", "\\u{:04x}"])
def test_letters_written_as_numbers(form: str) -> None:
    text = "".join(form.format(ord(c)) if c >= "ก" else c for c in "ครั้งที่ 3 & <b>")
    assert unescape(text) == ("ครั้งที่ 3 & <b>", 8)
    assert read_bytes(text.encode(), file="a.txt").text == "ครั้งที่ 3 & <b>"


@pytest.mark.parametrize("text", ["A &#60;b&#62; &#169;", "&#3585;", "ก &#8211; ข", "\\u0041"])
def test_other_numbers_stay(text: str) -> None:
    assert unescape(text) == (text, 0)
