"""The direction of imports: each layer knows only those below it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# From the bottom up; a module may import from its own layer and from those above it in this list.
LAYERS = (
    (
        "pipeline.documents",
        "pipeline.errors",
        "pipeline.cache",
        "pipeline.settings",
        "pipeline.locking",
    ),
    ("pipeline.thai",),
    ("corpora", "pipeline.kinds"),
    ("pipeline.readers", "pipeline.entities", "pipeline.choices"),
    ("pipeline",),
    ("pipeline.proposals", "pipeline.minutes", "pipeline.passages"),
    ("classifiers",),
    ("pipeline.search",),
    ("pipeline.records",),
    ("pipeline.tables",),
    ("pipeline.glossary",),
    ("pipeline.export", "pipeline.inputs"),
    ("pipeline.store",),
    ("pipeline.following",),
    (
        "pipeline.batch",
        "pipeline.bulk",
        "pipeline.hits",
        "pipeline.kept",
        "pipeline.workspace",
        "pipeline.display",
    ),
    ("pipeline.terminal",),
    ("pipeline.web",),
    ("pipeline.cli",),
)
MODULES = sorted(
    path
    for package in ("pipeline", "classifiers", "corpora")
    for path in (ROOT / package).rglob("*.py")
)


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer(name: str) -> int:
    """The layer of the longest listed prefix of a module's name."""
    found = [
        (len(prefix), height)
        for height, prefixes in enumerate(LAYERS)
        for prefix in prefixes
        if name == prefix or (name.startswith(prefix + ".") and prefix != "pipeline")
    ]
    assert found, f"{name} stands in no layer: add it to LAYERS"
    return max(found)[1]


def imports(path: Path) -> set[str]:
    """The modules of ours that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by full name"
            found.add(node.module or "")
            if node.module in ("pipeline", "classifiers", "corpora"):
                names = {f"{node.module}.{alias.name}" for alias in node.names}
                found.update(
                    name
                    for name in names
                    if (ROOT / name.replace(".", "/")).exists()
                    or (ROOT / (name.replace(".", "/") + ".py")).exists()
                )
    return {name for name in found if name.split(".")[0] in ("pipeline", "classifiers", "corpora")}


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_imports_point_down(path: Path) -> None:
    name = module_name(path)
    upward = {other for other in imports(path) if layer(other) > layer(name)}
    assert not upward, f"{name} imports {upward}"


def test_the_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['wara', '--help']\n"
        "from pipeline.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'sklearn', 'spacy', 'pdfminer', 'pythainlp', 'trafilatura'}\n"
        "sys.stderr.write(' '.join(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
