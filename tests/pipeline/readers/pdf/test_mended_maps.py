"""Character maps as Ghostscript leaves them, and what can be told of them."""

from __future__ import annotations

from pipeline.readers.pdf.mended_maps import mended
from pipeline.readers.pdf.unicode_maps import to_unicode
from pipeline.readers.pdf.values import UNKNOWN

# A font in the order of Unicode: code 1 is ก.
CODES = {n: chr(0x0E00 + n) for n in (*range(1, 0x3B), *range(0x40, 0x5A))}


def spoiled(*letters: str) -> dict[int, str]:
    """The map of a font that has these letters; runs of them lost the high byte of the first."""
    codes = sorted(ord(letter) - 0x0E00 for text in letters for letter in text)
    told: dict[int, str] = {}
    for code in codes:
        before = told.get(code - 1)
        if before is not None and ord(before) < 0x80:
            told[code] = chr(ord(before) + 1)
        elif code + 1 in codes and code - 1 not in codes:
            told[code] = chr(code | 0x0E)
        else:
            told[code] = CODES[code]
    return told


def test_runs_between_letters_that_stayed_whole_are_told() -> None:
    letters = "กขคงจฉชญดตถทธนผพมยรลวสหอะัาิุเแไ่้์๐๑๒"
    told = spoiled(letters)
    assert (told[1], told[0x32]) == ("\x0f", "@")
    found = mended(told, {})
    assert {code: found[code] for code in told if found[code] != UNKNOWN} == {
        code: CODES[code] for code in told if found[code] != UNKNOWN
    }
    assert sum(found[code] == UNKNOWN for code in told) < 0.2 * len(told)


def test_runs_that_may_be_several_letters_are_unknown() -> None:
    assert set(mended({7: "\x0f", 8: "\x10", 40: " ", 41: "!"}, {}).values()) <= {UNKNOWN, " ", "!"}


def test_figures_and_words_of_a_sound_font_stay() -> None:
    sound = {12: "/", 13: "0", 14: "1", 81: "n", 82: "o", **{100 + n: t for n, t in CODES.items()}}
    assert mended(sound, {}) == sound


def test_sara_am_behind_a_tone_mark_has_its_high_byte_back() -> None:
    assert mended({1: "้䤳", 2: "่䠳", 3: "้ำ", 4: "䤳"}, {}) == {1: "้ำ", 2: "่ำ", 3: "้ำ", 4: "䤳"}


def test_the_only_code_without_a_letter_is_aa() -> None:
    letters = "กขคงจชดตทนบปพมรลวสหอ"
    texts = dict(enumerate(letters, 1))
    widths = dict.fromkeys(range(1, len(letters) + 2), 500.0)
    assert mended(texts, widths)[len(letters) + 1] == "า"
    assert mended(texts, widths | {99: 500.0}) == texts
    assert mended({1: "ก"}, {1: 500.0, 2: 500.0}) == {1: "ก"}


def test_range_that_seems_to_run_over_a_whole_byte_is_one_code() -> None:
    data = b"1 beginbfrange <00ff><01ff><0e0d> endbfrange"
    assert to_unicode(data) == {0xFF: "ญ"}
