"""Whether a word is another one with slips of the pen."""

from __future__ import annotations


def close(one: str, other: str) -> bool:
    """Whether two words differ in at most two letters (a quarter of the shorter one)."""
    most = min(2, len(other) // 4)
    if abs(len(one) - len(other)) > 2 or len(set(one) - set(other)) > most:
        return False
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        above, row[0] = row[0], i
        for j, right in enumerate(other, start=1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (letter != right))
    return row[-1] <= most
