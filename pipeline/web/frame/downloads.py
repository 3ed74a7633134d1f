"""Tables as files to keep."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from fastapi.responses import Response

from pipeline.tables import Layout, write_table

TableForm = Literal["csv", "xlsx"]
MEDIA: dict[TableForm, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_file(
    rows: Sequence[object], layout: Layout, form: TableForm, *, name: str, plain_name: str
) -> Response:
    """The rows as a file of that form; `plain_name` is for browsers that know no Thai names."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"table.{form}")
        write_table(rows, layout, path)
        content = path.read_bytes()
    shown = f"filename=\"{plain_name}.{form}\"; filename*=UTF-8''{quote(f'{name}.{form}')}"
    return Response(
        content, media_type=MEDIA[form], headers={"Content-Disposition": f"attachment; {shown}"}
    )
