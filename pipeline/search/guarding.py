"""Every failure of the index files as one error that says how to go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.search.errors import IndexUnusableError, QueryError


def unusable(folder: Path, thai: str, english: str) -> IndexUnusableError:
    """The error for an index that has to be built anew, and why."""
    return IndexUnusableError(
        f"ใช้ดัชนีค้นหา {folder} ไม่ได้: {thai} โปรดสร้างใหม่ด้วย wara reindex",
        f"cannot use the search index {folder}: {english}. Build it anew with wara reindex",
    )


@contextmanager
def guarded(folder: Path) -> Iterator[None]:
    """Whatever tantivy stumbles over in damaged files is one error."""
    try:
        yield
    except (IndexUnusableError, QueryError):
        raise
    except (ValueError, OSError, KeyError) as error:
        raise unusable(
            folder, f"เสียหายหรืออ่านไม่ได้ ({error})", f"damaged or unreadable ({error})"
        ) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic of tantivy's is no Exception
            raise
        raise unusable(folder, "เสียหาย", "damaged") from error
