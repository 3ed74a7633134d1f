"""Dates in the addresses of the API, read as the command line reads them, in both eras."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import Query
from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from pipeline.errors import UsageError
from pipeline.thai import parse_user_date

FORMAT = "date-th"


def _read(value: object) -> dt.date:
    try:
        return parse_user_date(str(value))
    except UsageError as error:
        told = {"thai": error.thai, "english": error.english}
        raise PydanticCustomError("date", "{thai} ({english})", told) from error


Day = Annotated[
    dt.date | None,
    BeforeValidator(_read),
    WithJsonSchema(
        {"type": "string", "format": FORMAT, "examples": ["2024-10-01", "2567-10-01", "1/10/2567"]}
    ),
    Query(description="วันที่ พ.ศ. หรือ ค.ศ. · a day, BE or CE: 2024-10-01, 2567-10-01, 1/10/2567"),
]
"""A day as somebody wrote it; what cannot be read is told in Thai and English."""
