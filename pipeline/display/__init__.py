"""How values look in a notebook, and as tables: HTML of documents, tags, minutes and search hits.

```python
from pipeline.display import enable, show, to_frame

enable()                   # or %load_ext pipeline.display: values show themselves
show(tagging, text)        # the text with the evidence marked where it stands
to_frame(taggings)         # a pandas table
```
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.display.html import (
    document_html,
    hit_html,
    minutes_html,
    results_html,
    tagging_html,
)
from pipeline.display.rows import COLUMNS, ROWS, Row
from pipeline.documents import Document, Minutes, Tagging
from pipeline.errors import UsageError
from pipeline.search import Hit, Results

if TYPE_CHECKING:
    import pandas as pd

    from corpora import Taxonomy

HTML: dict[type, Callable[[Any], str]] = {
    Tagging: tagging_html,
    Document: document_html,
    Minutes: minutes_html,
    Hit: hit_html,
    Results: results_html,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What `show` returns: a notebook shows it, `html` is the page's part itself."""

    html: str = field(repr=False)

    def _repr_html_(self) -> str:
        return self.html


def show(value: Any, text: str | None = None, *, taxonomy: Taxonomy | None = None) -> Shown:
    """The HTML of a Tagging, Document, Minutes, Hit or Results.

    With the `text` that was tagged, a Tagging shows it with its evidence marked; a `taxonomy` of
    one's own names its labels. Raises UsageError for any other value, or where the evidence does
    not stand in `text`.
    """
    if isinstance(value, Tagging):
        return Shown(tagging_html(value, text, taxonomy))
    return Shown(_of(HTML, value)(value))


def to_frame(values: Any) -> pd.DataFrame:
    """A table of one value or of many of one kind; lists stay tuples.

    A row per Tagging (labels, their probabilities, quotes of the evidence), per Document, per
    agenda item of Minutes, per Hit or Passage found (Results are their hits; without any, the
    columns are there all the same). Raises UsageError for other values.
    """
    import pandas as pd

    known = type(values) in ROWS
    many: list[Any] = [values] if known or not isinstance(values, Iterable) else list(values)
    rows: list[Row] = []
    for value in many:
        rows.extend(_of(ROWS, value)(value))
    names = COLUMNS.get(type(many[0])) if many and not rows else None
    return pd.DataFrame(rows, columns=names)


def enable(shell: Any = None) -> None:
    """Let IPython show these values as HTML from now on; without IPython nothing happens."""
    if shell is None:
        loaded = sys.modules.get("IPython")  # where it runs, it is loaded
        shell = loaded.get_ipython() if loaded is not None else None
    if shell is not None:
        formatter = shell.display_formatter.formatters["text/html"]
        for kind, html in HTML.items():
            formatter.for_type(kind, html)


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext pipeline.display` calls."""
    enable(shell)


def _of(table: dict[type, Callable[..., Any]], value: Any) -> Callable[..., Any]:
    found = table.get(type(value))
    if found is None:
        names = ", ".join(kind.__name__ for kind in table)
        raise UsageError(
            f"แสดง {type(value).__name__} ไม่ได้ ใช้ได้กับ {names}",
            f"{type(value).__name__} cannot be shown: give one of {names}",
        )
    return found
