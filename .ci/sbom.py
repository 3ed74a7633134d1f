"""Writes the bill of materials of an environment in which the wheel is installed (`make sbom`).

    python .ci/sbom.py PYTHON FOLDER

PYTHON is that environment's. FOLDER/wara-VERSION.cdx.json names wara and every package beside it
with version and licence, as CycloneDX 1.6. A licence that a package's metadata do not say stands in
`licences.json`, read from the file in the package; one that stands nowhere ends this with exit 1.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

TOOL = "cyclonedx-bom==7.5.0"
CI = Path(__file__).parent
READ = json.loads((CI / "licences.json").read_text(encoding="utf-8"))
SAYS_NOTHING = ("License :: OSI Approved", "UNKNOWN")


def main(python: str, folder: str) -> None:
    """Write the bill and print where it is."""
    bill = bill_of(python)
    without = [part["name"] for part in bill["components"] if not said(part)]
    if without:
        names = ", ".join(without)
        sys.exit(
            f"no licence is known of {names}. Read it in the package, add it to .ci/licences.json."
        )
    root = bill["metadata"]["component"]
    out = Path(folder) / f"{root['name']}-{root['version']}.cdx.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(bill, indent=2) + "\n", encoding="utf-8")
    print(f"{out}: {len(bill['components'])} packages")


def bill_of(python: str) -> dict[str, Any]:
    """What cyclonedx-py, from an environment of its own, finds in that of `python`."""
    with tempfile.TemporaryDirectory() as scratch:
        venv.create(scratch, with_pip=False)
        own, found = Path(scratch, "bin"), Path(scratch, "bill.json")
        pip = (sys.executable, "-m", "pip", "--python", own / "python", "install", "--quiet")
        subprocess.run([*pip, TOOL], check=True)
        options = (
            "--pyproject",
            CI.parent / "pyproject.toml",
            "--output-reproducible",
            "-o",
            found,
        )
        subprocess.run([own / "cyclonedx-py", "environment", *options, python], check=True)
        bill: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
    for part in bill["components"]:
        if not said(part) and part["name"] in READ:
            part["licenses"] = [{"expression": READ[part["name"]], "acknowledgement": "concluded"}]
    return bill


def said(part: dict[str, Any]) -> list[str]:
    """The licences that a component names: SPDX expressions, identifiers or names."""
    given = (entry.get("license", entry) for entry in part.get("licenses", ()))
    named = (one.get("expression") or one.get("id") or one.get("name", "") for one in given)
    return [name for name in named if name and name not in SAYS_NOTHING]


if __name__ == "__main__":
    main(*sys.argv[1:])
