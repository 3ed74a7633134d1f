"""Streams of a PDF unpacked within limits: a megabyte may unpack to a gigabyte.

pdfminer.six unpacks whole and keeps the result. `BoundedParser` hands out streams that stop at a
limit, also those that hold the file's own tables, and that keep nothing.
"""

from __future__ import annotations

import io
import zlib
from contextlib import suppress
from typing import Any

from pdfminer.lzw import LZWDecoder
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT, PSKeyword, literal_name

# The page of a large map unpacks to 30 MB, a page of text to 0.05 MB.
MAX_UNPACKED = 64_000_000
# All streams of one file together: 2,000 pages of dense text unpack to 200 MB.
MAX_UNPACKED_ALL = 1_000_000_000


class TooMuchError(Exception):
    """A file would unpack, paint or repeat more than any real document does."""


class BoundedParser(PDFParser):  # type: ignore[misc]
    """pdfminer.six's parser; its streams unpack within `MAX_UNPACKED` and `MAX_UNPACKED_ALL`."""

    def __init__(self, file: Any) -> None:
        super().__init__(file)
        self.unpacked = 0

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """Parse on; a stream that this ends becomes a bounded one."""
        super().do_keyword(pos, token)
        if token is self.KEYWORD_STREAM and self.curstack:
            stream = self.curstack[-1][1]
            if type(stream) is PDFStream:
                stream.__class__ = _BoundedStream
                stream.parser = self

    def bounded(self, attrs: dict[str, Any], packed: bytes) -> PDFStream:
        """A stream that has been read, to be unpacked within the limits."""
        stream = _BoundedStream(attrs, packed, self.doc.decipher)
        stream.parser = self
        return stream


class _BoundedStream(PDFStream):  # type: ignore[misc]
    parser: BoundedParser

    def get_data(self) -> bytes:
        """The unpacked bytes, unpacked anew each time. Raises `TooMuchError`."""
        filters = self.get_filters()
        flate = len(filters) == 1 and literal_name(filters[0][0]) in ("FlateDecode", "Fl")
        if flate and not (filters[0][1] or {}).get("Predictor"):
            data = _inflated(self._raw())
        else:
            data = self._by_pdfminer(filters)
        self.parser.unpacked += len(data)
        if self.parser.unpacked > MAX_UNPACKED_ALL:
            raise TooMuchError
        return data

    def _raw(self) -> bytes:
        if self.decipher:
            return bytes(self.decipher(self.objid, self.genno, bytes(self.rawdata), self.attrs))
        return bytes(self.rawdata)

    def _by_pdfminer(self, filters: list[Any]) -> bytes:
        """Every other filter; what is packed several times over is unpacked step by step."""
        data = self._raw()
        for name, parameters in filters:
            attrs = {"Filter": name, "DecodeParms": parameters}
            if len(data) > _MAX_PACKED.get(literal_name(name), MAX_UNPACKED):
                raise TooMuchError
            if unpack := _UNPACKERS.get(literal_name(name)):
                data = unpack(data)
                attrs["Filter"] = LIT("FlateDecode") if parameters else []
                data = zlib.compress(data, 0) if parameters else data
            step = PDFStream(attrs, data)
            step.decode()
            data = step.data or b""
            if len(data) > MAX_UNPACKED:
                raise TooMuchError
        return data


# What these filters take at most: pdfminer.six unpacks them code by code.
_MAX_PACKED = {"LZWDecode": 2_000_000, "LZW": 2_000_000, "RunLengthDecode": 1_000_000}


def _inflated(data: bytes) -> bytes:
    """Inflate as far as the data is whole. Raises `TooMuchError` above `MAX_UNPACKED` bytes."""
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(data, MAX_UNPACKED)
    except zlib.error:
        return _inflated_in_part(data)
    if unpacker.unconsumed_tail:
        raise TooMuchError
    return unpacked


def _inflated_in_part(data: bytes) -> bytes:
    """The bytes before the first damaged one; a header that is wrong is passed over."""
    for bits, start in ((15, 0), (-15, 2)):
        unpacker, parts, size = zlib.decompressobj(bits), [], 0
        try:
            for at in range(start, len(data), 256):
                parts.append(unpacker.decompress(data[at : at + 256], MAX_UNPACKED))
                size += len(parts[-1])
                if size > MAX_UNPACKED:
                    raise TooMuchError
        except zlib.error:
            pass
        if size:
            return b"".join(parts)
    return b""


def _unpacked_lzw(data: bytes) -> bytes:
    """Unpack LZW as far as the data is whole. Raises `TooMuchError` above `MAX_UNPACKED` bytes."""
    parts, size = [], 0
    with suppress(TypeError, IndexError):  # what a damaged code ends in
        for part in LZWDecoder(io.BytesIO(data)).run():
            parts.append(part)
            size += len(part)
            if size > MAX_UNPACKED:
                raise TooMuchError
    return b"".join(parts)


_UNPACKERS = {
    "FlateDecode": _inflated,
    "Fl": _inflated,
    "LZWDecode": _unpacked_lzw,
    "LZW": _unpacked_lzw,
}
