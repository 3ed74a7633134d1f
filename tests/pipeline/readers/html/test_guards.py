"""Pages that a parser would take for ever are refused; long but honest ones are not."""

from __future__ import annotations

import pytest

from pipeline.errors import ReadError
from pipeline.readers.html.guards import MAX_ATTRIBUTES, MAX_TAGS, refuse_abnormal

MANY = " ".join(f"a{number}=1" for number in range(MAX_ATTRIBUTES + 1))


@pytest.mark.parametrize(
    "source",
    [
        f"<p {MANY}>ก</p>",
        f'<p title="a > b" {MANY}>ก</p>',
        f"<!-->{MANY}<p {MANY}>",
        f"<script {MANY}></script>",
        f"<p {MANY}",
    ],
    ids=["plain", "quoted", "behind an empty comment", "of a script", "without an end"],
)
def test_a_tag_of_too_many_attributes(source: str) -> None:
    with pytest.raises(ReadError, match="long tag"):
        refuse_abnormal(source)


def test_too_many_tags() -> None:
    with pytest.raises(ReadError, match="tags"):
        refuse_abnormal("<p>ก" * (MAX_TAGS + 1))


@pytest.mark.parametrize(
    "source",
    [
        f'<img src="data:image/png;base64,{"QUJD" * 500_000}">',
        f"<script>if (a<b) {{ {'x = y + z; ' * 5_000} }}</script>",
        f"<!-- <p {MANY}> -->",
        f'<p title="{MANY}">',
        "<p>ก</p>" * 50_000,
    ],
    ids=["embedded picture", "script", "comment", "long value", "long page"],
)
def test_what_honest_pages_have_is_let_through(source: str) -> None:
    refuse_abnormal(source)


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<!--", '<a b="', "<a b='<a b=\"", "<script>", "<a ="]
)
def test_takes_linear_time(piece: str) -> None:
    """A million unclosed ones take a fraction of a second; quadratic time would be hours."""
    try:
        refuse_abnormal(piece * 1_000_000)
    except ReadError:
        return
