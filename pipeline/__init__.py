"""wara: a Thai-language document pipeline. `from pipeline import read` is the way in.

`read` is loaded on first use, so that the language modules can be used without the readers.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.readers import read

__all__ = ["read"]


def __getattr__(name: str) -> Any:
    if name == "read":
        from pipeline.readers import read

        return read
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
