import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.search.analysis import Term, analyse, steps, terms_at, units
from pipeline.search.compounds import hidden_words, parts
from pipeline.search.short_forms import mentions
from pipeline.thai.lexicon import domain_words

_TEXTS = st.text(st.sampled_from("กขคงตมนรอเแโใไะาำิีืุู่้๊์ํๆฯ.,๑๒12 \nAbÉ\u200b-"), max_size=60)


def folded(text: str) -> list[str]:
    return [term.text for term in analyse(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ก.พ.ร.", ["กพร"]),
        ("จ.น่าน", ["จ.", "น่าน"]),
        ("เด็กๆ", ["เด็ก"]),
        ("๑,๒๓๔ บาท", ["1234", "บาท"]),
        ("e-Service Café", ["e", "service", "cafe"]),
        ("นํ้า", ["น้ำ"]),
        ("ขาว ข้าว ข่าว", ["ขาว", "ข้าว", "ข่าว"]),
        ("東 ฯลฯ !", ["東"]),
    ],
)
def test_folding(text: str, words: list[str]) -> None:
    assert folded(text) == words


@given(_TEXTS)
def test_terms_stand_in_order_in_the_text_as_given(text: str) -> None:
    end = 0
    for term in analyse(text):
        assert term.text
        assert not term.text.isspace()
        assert end <= term.start <= term.end <= len(text)
        end = term.end


@given(_TEXTS)
def test_terms_are_kept_by_their_places(text: str) -> None:
    terms = analyse(text)
    assert terms_at(text, steps(text, terms)) == terms


def test_units_cross_the_borders_of_words_but_no_blanks() -> None:
    assert units(analyse("ตากลม ก")) == ["ตาก", "ากล", "กลม", "ก"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ก.พ.ร.", "คณะกรรมการพัฒนาระบบราชการ"),
        ("ก.พ.ร.", "สำนักงาน ก.พ.ร."),
        ("ศจพ.", "ศูนย์อำนวยการขจัดความยากจน"),
        ("อบต.", "องค์การบริหารส่วนตำบล"),
        ("ผวจ.", "ผู้ว่าราชการจังหวัด"),
        ("กทม.", "กรุงเทพมหานคร"),
        ("5 ก.พ.", "5 กุมภาพันธ์"),
        ("ครม.", "คณะรัฐมนตรี"),
        ("จ.น่าน", "จังหวัดน่าน"),
    ],
)
def test_short_and_full_forms_share_a_meaning(one: str, other: str) -> None:
    first, second = ({m.meaning for m in mentions(analyse(text))} for text in (one, other))
    assert first & second


def test_a_month_is_meant_behind_a_number_only() -> None:
    civil_service = {m.meaning for m in mentions(analyse("สำนักงาน ก.พ."))}
    february = {m.meaning for m in mentions(analyse("วันที่ 5 ก.พ. 2565"))}
    assert civil_service.isdisjoint(february)


def test_words_that_the_cut_hides() -> None:
    assert parts("กิจกรรม") == ()  # a word of the general dictionary stays whole
    terms = [Term("ที่", 0, 3), Term("จะ", 3, 5), Term("ไป", 6, 8)]
    assert list(hidden_words(terms)) == ["ที่จะ"]


@pytest.mark.parametrize("word", sorted(domain_words())[::20])
def test_parts_fill_their_word(word: str) -> None:
    assert "".join(parts(word)) in ("", word)
