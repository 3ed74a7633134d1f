"""Objects of a PDF read by pattern: the same as pdfminer.six gives, or left to it."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef

from pipeline.readers.pdf.document import Document
from pipeline.readers.pdf.objects import (
    OddError,
    object_at,
    stream_at,
    table_at,
    values_in,
)
from tests.pipeline.readers.raw_pdf import stream, thai_pdf

simple = st.one_of(
    st.integers(-(10**6), 10**6).map(lambda number: b"%d" % number),
    st.sampled_from([b"0.5", b"-.25", b"12.", b"+7", b"true", b"false", b"null", b"7 0 R"]),
    st.binary(max_size=8).map(lambda data: b"<%s>" % data.hex().encode()),
    st.sampled_from([b"/Name", b"/F2+0", b"(text)", b"()", b"(a/b [c])", b"<>"]),
)


def _listed(parts: list[bytes]) -> bytes:
    return b"[%s]" % b" ".join(parts)


def _paired(parts: list[bytes]) -> bytes:
    return b"<<%s>>" % b"".join(b"/K%d %s " % pair for pair in enumerate(parts))


values = st.recursive(
    simple,
    lambda inner: (
        st.lists(inner, max_size=5).map(_listed) | st.lists(inner, max_size=5).map(_paired)
    ),
    max_leaves=20,
)


def refer(number: int) -> PDFObjRef:
    return PDFObjRef(None, number)


def by_pdfminer(data: bytes) -> Any:
    parser = PDFParser(io.BytesIO(data))
    for _ in range(3):
        parser.nexttoken()
    return parser.nextobject()[1]


@given(values)
def test_objects_are_those_of_pdfminer(value: bytes) -> None:
    data = b"7 0 obj\n%s\nendobj\n" % value
    found, start = object_at(data, 0, 7, refer)
    assert repr(found) == repr(by_pdfminer(data))
    assert start is None


@pytest.mark.parametrize(
    "value",
    [
        *(b"(a\\)b)", b"(a(b)c)", b"/A#20B", b"<<1 2>>", b"<</A>>", b"[1 2", b"1 2]", b"<abc>"),
        *(b"% note\n1", b"--5", b"<</A 1]", b"word", b"{1}", b"9" * 20, b""),
    ],
)
def test_what_is_written_otherwise_is_left_to_pdfminer(value: bytes) -> None:
    with pytest.raises(OddError):
        object_at(b"7 0 obj\n%s\nendobj\n" % value, 0, 7, refer)


def test_another_number_is_odd() -> None:
    with pytest.raises(OddError):
        object_at(b"8 0 obj 1 endobj ", 0, 7, refer)


def test_stream_ends_after_its_length() -> None:
    data = b"7 0 obj\n" + stream(b"abcde") + b"\nendobj\n"
    attrs, start = object_at(data, 0, 7, refer)
    assert start is not None
    packed = stream_at(data, start, attrs["Length"])
    assert zlib.decompress(packed) == b"abcde"
    for length in (len(packed) - 1, len(packed) + 2, -1, None, True):
        with pytest.raises(OddError):
            stream_at(data, start, length)


def test_packed_values_end_with_the_data() -> None:
    assert values_in(b"1 0 2 9 <</A[1 2.5]>> null\n", refer, "none") == [
        *(1, 0, 2, 9, {"A": [1, 2.5]}, "none")
    ]
    with pytest.raises(OddError):
        values_in(b"1 0 R ", refer, None)


def test_table_of_objects_is_that_of_pdfminer() -> None:
    data = thai_pdf(b"BT /F 15 Tf 60 700 Td (ACA) Tj ET")
    places, trailer = table_at(data, data.rindex(b"\nxref") + 1, refer)
    document = Document(data)
    assert set(places) == set(document.xrefs[0].get_objids())
    assert all(document.xrefs[0].get_pos(number) == place for number, place in places.items())
    assert isinstance(trailer["Root"], PDFObjRef)


@pytest.mark.parametrize(
    "letters", [b"[" * 200_000, b"<<" * 200_000, b"1 " * 200_000, b"<" * 200_000]
)
def test_one_sign_again_and_again_ends(letters: bytes) -> None:
    with pytest.raises(OddError):
        object_at(b"7 0 obj " + letters, 0, 7, refer)
