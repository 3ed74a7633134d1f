"""All measurements of search: `python -m benchmarks.search --shared DATA [--passages N]`.

DATA holds the public data sets; parts whose files are missing are skipped, with a message.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.search import finding, quality, scale

_FILES = ("xquad.th.json", "iapp-passages.jsonl.gz", "iapp-questions.jsonl.gz")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("data"), help="folder of the data sets")
    parser.add_argument("--passages", type=int, default=500_000, help="0 leaves out the speed")
    chosen = parser.parse_args()
    missing = [name for name in _FILES if not (chosen.shared / name).is_file()]
    if missing:
        print(f"skipped: {chosen.shared} lacks {', '.join(missing)}; pass the folder by --shared")
        return
    quality.main(chosen.shared)
    finding.main(chosen.shared)
    if chosen.passages:
        scale.main(chosen.shared, chosen.passages)


if __name__ == "__main__":
    main()
