from __future__ import annotations

from classifiers.features import feature_words, join_title, space_joined


def test_the_title_goes_in_front_unless_the_text_holds_it() -> None:
    assert join_title("น้ำใส", "โครงการบำบัดน้ำ") == "น้ำใส\nโครงการบำบัดน้ำ"
    assert join_title("น้ำใส", "เรื่อง น้ำใส") == "เรื่อง น้ำใส"
    assert join_title(None, "ข้อความ") == join_title("", "ข้อความ") == "ข้อความ"


def test_words_are_joined_by_single_blanks_without_punctuation() -> None:
    joined = space_joined(feature_words("ระบบ  e-Service (ทดลอง)\nปี ๒๕๖๕!"))
    assert joined == joined.lower()
    assert "e-service" in joined.split(" ")
    assert not set(joined) & set("()!\n")
    assert "  " not in joined


def test_no_word_without_letters_or_digits() -> None:
    assert space_joined(feature_words("… — !!! \n\t")) == ""


def test_options_that_were_not_ticked_do_not_count() -> None:
    text = "รูปแบบ ☐ ดิจิทัล ☑ นวัตกรรม ☐ บริการ\nเป้าหมาย"
    words = [word.text for word in feature_words(text)]
    assert "นวัตกรรม" in words
    assert "เป้าหมาย" in words
    assert not {"ดิจิทัล", "บริการ"} & set(words)
