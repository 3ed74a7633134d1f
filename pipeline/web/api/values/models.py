"""Models."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

from pipeline.web.api.values.shared import Value


class ModelValue(Value):
    """A model; `card` says what it was made from and how good it is, empty if not yet trained."""

    model_config = ConfigDict(from_attributes=True, title="Model")

    name: str
    current: bool
    card: dict[str, Any]


class RolledBack(Value):
    """The model that is in use now."""

    model: str
