"""How well the structure of minutes is read: parsed minutes against a gold structure, by field.

`python -m pipeline.minutes.scoring FILE.jsonl [--misses]` parses the texts of a corpus file (lines
`{id, text, gold}`) and prints a table.
"""

from pipeline.minutes.scoring.comparing import score, score_text

__all__ = ["score", "score_text"]
