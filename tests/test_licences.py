"""What is installed with wara may be used from an Apache-2.0 program."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

EXTRAS = frozenset({"cluster", "notebooks", "ocr", "postgres", "web"})
ALLOWED = re.compile(
    r"MIT|BSD|Apache|ISC|Python Software Foundation|PSF|MPL|Mozilla|LGPL|Unlicense|Zlib|0BSD"
)
SEEN = {"skops": "MIT"}  # its metadata only says "OSI Approved"; this is the file in the package
NAME = re.compile(r"[\w.-]+")


def required(name: str, extras: frozenset[str] = frozenset()) -> dict[str, Distribution]:
    """The distributions that a package needs here, itself included, by name."""
    found: dict[str, Distribution] = {}
    waiting = [(name, extras)]
    while waiting:
        name, extras = waiting.pop()
        try:
            known = distribution(name)
        except PackageNotFoundError:  # of an extra or a platform that is not installed
            continue
        if known.metadata["Name"] in found:
            continue
        found[known.metadata["Name"]] = known
        for requirement in known.requires or ():
            extra = re.search(r"extra == [\"']([\w-]+)[\"']", requirement)
            if (match := NAME.match(requirement)) and (extra is None or extra[1] in extras):
                waiting.append((match[0], frozenset()))
    return found


def licence(known: Distribution) -> str:
    told = known.metadata.get_all("Classifier") or []
    if (seen := SEEN.get(known.metadata["Name"])) is not None:
        return seen
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


def test_nothing_is_under_the_gpl_alone() -> None:
    gpl = re.compile(r"(?<!L)\bA?GPL|GNU (?:Affero )?General Public")
    bound = {
        name
        for name, known in required("wara", EXTRAS).items()
        if gpl.search(licence(known)) and not re.search(r"\bOR\b|LGPL|Lesser|MPL", licence(known))
    }
    assert bound == set()
