"""Who is at the keyboard."""

from __future__ import annotations

import getpass


def current_user() -> str:
    """The name under which this machine knows the user; `unknown` where it knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return "unknown"
