"""No file of the repository holds a secret, no text of the corpora a person's number or address."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from pipeline import read

ROOT = Path(__file__).parent.parent
ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

# A pattern of what a provider gives out, and the halves of an example: joined, they would be found.
SECRETS = {
    "private key": (rb"-----BEGIN [A-Z ]*PRIVATE KEY", ("-----BEGIN RSA PRIV", "ATE KEY-----")),
    "PuTTY key": (rb"PuTTY-User-Key-File-\d", ("PuTTY-User-Key", "-File-2: ssh-rsa")),
    "AWS": (rb"A(?:KI|SI)A[0-9A-Z]{16}\b", ("AKIA", "IOSFODNN7EXAMPLE")),
    "GitHub": (rb"g(?:h[pousr]|ithub_pat)_\w{36}", ("ghp_", "a1B2" * 9)),
    "GitLab": (rb"glpat-[\w-]{20}", ("glpat-", "a1B2" * 5)),
    "Google": (rb"AIza[\w-]{35}", ("AIza", "a1B2c" * 7)),
    "Slack": (rb"xox[abeoprs]-[\w-]{10}", ("xoxb-", "123456789012")),
    "PyPI": (rb"pypi-AgE[\w-]{50}", ("pypi-", "AgE" + "a1B2c" * 10)),
    "Hugging Face": (rb"hf_[A-Za-z]{34}", ("hf_", "aBcD" * 8 + "aB")),
    "key of a model's service": (rb"sk-(?:\w+-)*\w{32}", ("sk-", "a1B2" * 8)),
    "JSON web token": (
        rb"eyJ[\w-]{15,}\.eyJ[\w-]{10,}\.",
        ("eyJ" + "a1B2" * 4, ".eyJ" + "a1B2" * 4 + "."),
    ),
    "password in an address": (
        rb"://[^\s/:@<>{}\"']+:(?!secret@|password@|pw@|p@|\.\.\.@)[^\s/:@<>{}\"']{3,}@\w",
        ("https://u:", "x7Kq2v@example.org"),
    ),
}
PERSONAL = {
    "national number": (
        r"(?<!\d)\d[- ]?\d{4}[- ]?\d{5}[- ]?\d{2}[- ]?\d(?!\d)",
        "1-1020-30405-06-7",
    ),
    "mobile telephone": (r"(?<!\d)0[689]\d?[- ]?\d{3}[- ]?\d{4}(?!\d)", "๐๘๑-๒๓๔-๕๖๗๘"),
    "mail": (r"[\w.+-]+@[\w-]+\.\w{2,}", "somchai.d@example.go.th"),
    "passport": (r"(?<![A-Za-z])[A-Z]{2}\d{7}(?!\d)", "AA1234567"),
}


@lru_cache(maxsize=1)
def tracked() -> tuple[Path, ...]:
    """The files that git knows or would take."""
    ask = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a checkout: git knows which files belong to it")
    return tuple(
        path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file()
    )


def contents(path: Path) -> Iterator[bytes]:
    """What a file holds; of a package (DOCX, ODT, ZIP) what its members hold."""
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            yield from map(package.read, package.namelist())


@pytest.mark.parametrize("kind", SECRETS)
def test_an_example_of_each_secret_is_found(kind: str) -> None:
    pattern, halves = SECRETS[kind]
    assert re.search(pattern, "".join(halves).encode())


def test_no_file_holds_a_secret() -> None:
    files = tracked()
    assert len(files) > 500
    assert ROOT / "pyproject.toml" in files
    every = [re.compile(pattern) for pattern, _ in SECRETS.values()]  # joined, six times as slow
    found = [
        (str(path.relative_to(ROOT)), hit[0][:12])
        for path in files
        for content in contents(path)
        for pattern in every
        for hit in pattern.finditer(content)
    ]
    assert found == []


def test_nothing_that_is_made_is_tracked() -> None:
    made = re.compile(
        r"(^|/)(dist|build|\.env|wara-data)(/|$)|\.(pem|key|p12|cdx\.json|db|sqlite3?)$"
    )
    assert made.search("dist/wara-0.1.0.cdx.json")
    assert [path for path in tracked() if made.search(str(path.relative_to(ROOT)))] == []


@pytest.mark.parametrize("kind", PERSONAL)
def test_an_example_of_each_personal_number_is_found(kind: str) -> None:
    pattern, example = PERSONAL[kind]
    assert re.search(pattern, example.translate(ARABIC))


def test_no_text_of_the_corpora_holds_a_personal_number() -> None:
    every = re.compile("|".join(pattern for pattern, _ in PERSONAL.values()))
    folder = ROOT / "corpora"
    written = [p for p in sorted(folder.rglob("*")) if p.suffix in {".jsonl", ".toml", ".md"}]
    texts = {path: path.read_text(encoding="utf-8") for path in written}
    samples = [path for path in sorted((folder / "samples").iterdir()) if path.is_file()]
    texts |= {path: read(path).text for path in samples}
    assert len(written) > 30
    assert len(samples) >= 16
    assert min(map(len, texts.values())) > 100
    found = [
        (path.name, hit[0])
        for path, text in texts.items()
        for hit in every.finditer(text.translate(ARABIC))
    ]
    assert found == []
