"""What values of the API have in common: errors, and pages of a list."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["proposal", "minutes", "other"]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$", examples=["0" * 64])]
Id = Annotated[int, Field(ge=1, le=2**53)]
One = TypeVar("One")


class Value(BaseModel):
    """Any value of the API, made of the store's own by their attributes."""

    model_config = ConfigDict(from_attributes=True)


class Problem(Value):
    """What went wrong, and what to do, in Thai and English; `fields` are values that do not fit."""

    status: int
    code: str
    th: str
    en: str
    fields: list[dict[str, str]] | None = None


class Failed(Value):
    """The one shape of every error."""

    error: Problem


class Page(Value, Generic[One]):
    """Some of the items; `total` counts all, `offset` those before the first one here."""

    total: int
    limit: int
    offset: int
    items: list[One]
