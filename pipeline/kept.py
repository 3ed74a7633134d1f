"""One outcome of a batch as bytes, so that what was read once need not be read again.

A zlib stream of one JSON object: `version`, `record`, and where the job kept them `document` (the
pages hold its text) and `analysis` (`minutes` or `proposal`, `tagging`). What is derived is left
out: a text that is the document's, a row that is the outcome's own.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import types
import typing
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pipeline.batch import Outcome
from pipeline.documents import Document, Minutes, Proposal, Tagging, to_json
from pipeline.errors import ReadError
from pipeline.records import Analysis, Record

VERSION = 1
LARGEST = 1 << 30  # bytes of JSON; a longer one was not written by `pack`
_LEVEL = 6
_PARSED: dict[str, Any] = {"minutes": Minutes, "proposal": Proposal}


def pack(outcome: Outcome) -> bytes:
    """The outcome as bytes; `unpack` gives an equal one. Times of day are kept to the minute."""
    value: dict[str, Any] = {"version": VERSION, "record": to_json(outcome.record)}
    if outcome.document is not None:
        value["document"] = _without(to_json(outcome.document), "text")
    if outcome.analysis is not None:
        value["analysis"] = _packed_analysis(outcome.analysis, outcome)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Half a surrogate pair, as in a file's name, passes as it is; escaped, two could become one.
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def unpack(data: bytes) -> Outcome:
    """The outcome that `pack` turned into bytes. Raises ReadError for any other bytes."""
    try:
        value = json.loads(_inflated(data).decode("utf-8", "surrogatepass"))
        version = value["version"]
        outcome = _outcome(value) if version == VERSION else None
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _unusable("เสียหาย", "damaged") from error
    if outcome is None:
        raise _unusable(f"เป็นรุ่น {version}", f"of version {version}")
    return outcome


def _packed_analysis(analysis: Analysis, outcome: Outcome) -> dict[str, Any]:
    parsed, document = analysis.parsed, outcome.document
    name = "minutes" if isinstance(parsed, Minutes) else "proposal"
    value = {name: to_json(parsed), "tagging": to_json(analysis.tagging)}
    if document is not None and parsed.text == document.text:
        value[name] = _without(value[name], "text")
    if analysis.record != outcome.record:
        value["record"] = to_json(analysis.record)
    return value


def _without(value: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: item for key, item in value.items() if key != name}


def _outcome(value: Mapping[str, Any]) -> Outcome:
    record = _reader(Record)(value["record"])
    document = Document.from_json(value["document"]) if "document" in value else None
    if "analysis" not in value:
        return Outcome(record, document)
    made = value["analysis"]
    [name] = made.keys() & _PARSED.keys()
    text = {} if document is None else {"text": document.text}
    analysis = Analysis(
        record=_reader(Record)(made["record"]) if "record" in made else record,
        parsed=_reader(_PARSED[name])(text | made[name]),
        tagging=_reader(Tagging)(made["tagging"]) if made["tagging"] is not None else None,
    )
    return Outcome(record, document, analysis)


def _inflated(data: bytes) -> bytes:
    stream = zlib.decompressobj()
    text = stream.decompress(data, LARGEST)
    if not stream.eof:
        raise ValueError("cut off, or too long")
    return text


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What turns the JSON of a value of type `kind` into that value."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind):
        return _dataclass_reader(kind)
    if origin in (typing.Union, types.UnionType):  # X | None is all there is
        [one] = [option for option in inner if option is not type(None)]
        read = _reader(one)
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        item = _reader(inner[0])
        return lambda value: tuple(map(item, value))
    if origin is Mapping:
        item = _reader(inner[1])
        return lambda value: {key: item(one) for key, one in value.items()}
    if kind in (dt.date, dt.time):
        return typing.cast("Callable[[Any], Any]", kind.fromisoformat)
    return lambda value: value


def _dataclass_reader(kind: Any) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}
    return lambda value: kind(**{name: readers[name](item) for name, item in value.items()})


def _unusable(thai: str, english: str) -> ReadError:
    return ReadError(
        f"ผลที่เก็บไว้ใช้ไม่ได้ ({thai}) อ่านใหม่ด้วย wara classify ... --keep",
        f"what was kept cannot be used: it is {english}. Read the files again with "
        "wara classify ... --keep",
    )
