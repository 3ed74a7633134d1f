"""What is installed with wara may be used from an Apache-2.0 program."""

from __future__ import annotations

import json
import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

EXTRAS = frozenset({"cluster", "notebooks", "ocr", "postgres", "web"})
ALLOWED = re.compile(
    r"MIT|BSD|Apache|ISC|Python Software Foundation|PSF|MPL|Mozilla|LGPL|Unlicense|Zlib|0BSD"
)
READ = json.loads((Path(__file__).parent.parent / ".ci" / "licences.json").read_text("utf-8"))


def required(name: str, extras: frozenset[str] = frozenset()) -> dict[str, Distribution]:
    """The distributions that a package needs here, itself included, by name."""
    found: dict[str, Distribution] = {}
    waiting, seen = [(name, extras)], set()
    while waiting:
        seen.add(one := waiting.pop())
        try:
            known = distribution(one[0])
        except PackageNotFoundError:  # of an extra or a platform that is not installed
            continue
        found[known.metadata["Name"]] = known
        needed = {
            (requirement.name, frozenset(requirement.extras))
            for requirement in map(Requirement, known.requires or ())
            if applies(requirement, one[1])
        }
        waiting += needed - seen
    return found


def applies(requirement: Requirement, extras: frozenset[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras | {""})


def licence(known: Distribution) -> str:
    told = known.metadata.get_all("Classifier") or []
    if (read := READ.get(known.metadata["Name"])) is not None:
        return str(read)
    return " ".join(
        [
            known.metadata.get("License-Expression") or known.metadata.get("License") or "",
            *(line for line in told if line.startswith("License")),
        ]
    )


def test_every_licence_is_compatible() -> None:
    installed = required("wara", EXTRAS)
    assert len(installed) > 50
    foreign = {
        name: licence(d)[:80] for name, d in installed.items() if not ALLOWED.search(licence(d))
    }
    assert foreign == {}


def test_licences_are_written_down_of_installed_packages_only() -> None:
    assert set(READ) <= set(required("wara", EXTRAS))


def test_what_extras_of_a_dependency_bring_counts_too() -> None:
    assert {"distributed", "psycopg-binary"} <= set(required("wara", EXTRAS))


def test_nothing_is_under_the_gpl_alone() -> None:
    gpl = re.compile(r"(?<!L)\bA?GPL|GNU (?:Affero )?General Public")
    bound = {
        name
        for name, known in required("wara", EXTRAS).items()
        if gpl.search(licence(known)) and not re.search(r"\bOR\b|LGPL|Lesser|MPL", licence(known))
    }
    assert bound == set()
