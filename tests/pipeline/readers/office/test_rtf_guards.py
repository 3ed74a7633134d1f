"""RTF on which LibreOffice would spend its whole minute is refused before it starts."""

from __future__ import annotations

import pytest

from pipeline.errors import ReadError
from pipeline.readers.office.rtf_guards import refuse_abnormal

HEAD = b"{\\rtf1\\ansi\\ansicpg874 "
LINE = b"\\u3585?" * 300 + b"\\par "


@pytest.mark.parametrize(
    ("body", "english"),
    [
        (b"{" * 2_000 + b"x" + b"}" * 2_000, "deep"),
        (b"\\u3585?" * 20_000, "long paragraph"),
        (b"\\'a1" * 20_000, "long paragraph"),
        (b"{\\pict\\bin2147483647 xx}", "incomplete"),
    ],
    ids=["groups", "letters by number", "letters by code", "binary part"],
)
def test_what_no_program_writes(body: bytes, english: str) -> None:
    with pytest.raises(ReadError, match=english):
        refuse_abnormal(HEAD + body + b"}")


@pytest.mark.parametrize(
    "body",
    [
        LINE * 500,
        b"{\\pict " + b"89504e47" * 500_000 + b"}",
        b"{\\pict\\bin5000 " + b"{" * 5_000 + b"}\\par ",
        b"\\{" * 5_000,
    ],
    ids=["long text", "picture", "binary part", "braces that are text"],
)
def test_what_programs_write(body: bytes) -> None:
    refuse_abnormal(HEAD + body + b"}")
