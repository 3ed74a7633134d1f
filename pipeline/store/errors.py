"""What goes wrong with a store."""

from __future__ import annotations

from pipeline.errors import WorkspaceError


class StoreError(WorkspaceError):
    """The store cannot be opened or used, or holds nothing under that name."""


class ConflictError(StoreError):
    """Somebody else decided in the meantime; nothing was changed."""
