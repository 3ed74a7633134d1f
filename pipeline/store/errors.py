"""What goes wrong with a store."""

from __future__ import annotations

from pipeline.errors import WaraError


class StoreError(WaraError):
    """The store cannot be opened or used, or holds nothing under that name."""

    exit_code = 7


class ConflictError(StoreError):
    """Somebody else decided in the meantime; nothing was changed."""
