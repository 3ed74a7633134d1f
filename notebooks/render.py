"""Run the notebooks; of what they print only the figures are kept, as small PNG.

`python notebooks/render.py [NOTEBOOK...]` where `wara[notebooks]` is installed and a Thai font is
at hand. A figure is the chart of a cell with the tag `figure`: readers on the web see it.
"""

from __future__ import annotations

import base64
import io
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from PIL import Image

from classifiers.plots import png

FOLDER = Path(__file__).parent
COLOURS = 64
SECONDS_A_CELL = 600
TITLE = re.compile(r"<text[^>]*>([^<]*·[^<]*)</text>")  # of a chart: Thai · English


def render(file: Path) -> None:
    """Run one notebook and write it back with its figures."""
    notebook = nbformat.read(file, as_version=4)
    place = {"metadata": {"path": str(file.parent)}}
    NotebookClient(notebook, timeout=SECONDS_A_CELL, resources=place, record_timing=False).execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.update(outputs=figures(cell), execution_count=None)
    notebook.metadata.language_info = {"name": "python"}  # running adds the version of Python
    nbformat.write(notebook, file)


def figures(cell: NotebookNode) -> list[NotebookNode]:
    """The pictures of the charts that a cell has drawn, if it has the tag `figure`."""
    if "figure" not in cell.metadata.get("tags", []):
        return []
    drawn = [output.get("data", {}).get("image/svg+xml") for output in cell.outputs]
    return [
        nbformat.v4.new_output(
            "display_data",
            data={"image/png": base64.b64encode(small(png(svg))).decode()},
            metadata={"image/png": {"alt": title(svg)}},
        )
        for svg in drawn
        if svg
    ]


def small(picture: bytes) -> bytes:
    """The picture in few colours: charts have no more."""
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    packed = io.BytesIO()
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
    return packed.getvalue()


def title(svg: str) -> str:
    """What the picture says to those who cannot see it."""
    found = TITLE.search(svg)
    return found[1] if found else ""


if __name__ == "__main__":
    for path in list(map(Path, sys.argv[1:])) or sorted(FOLDER.glob("*.ipynb")):
        render(path)
