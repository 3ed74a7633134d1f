"""`python -m pipeline.minutes.scoring FILE.jsonl [--misses]`: the scores of minutes with gold."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from pipeline.minutes.scoring import score_text
from pipeline.minutes.scoring.counts import table, total


def main(arguments: Sequence[str] | None = None) -> None:
    """Score the minutes of a corpus file and print the table."""
    from corpora import load_minutes

    parser = argparse.ArgumentParser(prog="python -m pipeline.minutes.scoring")
    parser.add_argument("file", type=Path, help="minutes with their gold structure (.jsonl)")
    parser.add_argument("--misses", action="store_true", help="list what was read wrong")
    options = parser.parse_args(arguments)
    rows = load_minutes(options.file).to_dict("records")
    scores = {line["id"]: score_text(line["text"], line["gold"]) for line in rows}
    if options.misses:
        for name, one in scores.items():
            for miss in one.misses:
                print(f"{name} {miss.field}\n  wanted: {miss.wanted}\n  got:    {miss.got}")
    print(table(total(scores.values())))


if __name__ == "__main__":
    main()
