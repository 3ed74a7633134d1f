from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch import Job
from pipeline.batch.units import FILE_COST, MOST_FILES, SMALLEST, cut, target, weight
from pipeline.inputs import Item

JOB = Job("model@1", Path("model"))


def items(*sizes: int) -> list[Item]:
    return [Item(f"{n}.pdf", f"/in/{n}.pdf", size, f"{size}-1", n) for n, size in enumerate(sizes)]


@given(st.lists(st.integers(0, 10**7), max_size=50), st.integers(1, 10**7))
def test_units_hold_every_item_once_in_order(sizes: list[int], size: int) -> None:
    units = list(cut(items(*sizes), JOB, size))
    assert [item for unit in units for item in unit.items] == items(*sizes)
    assert all(len(unit.items) == 1 or sum(map(weight, unit.items)) <= size for unit in units)


def test_small_files_go_together_and_a_large_one_alone() -> None:
    units = list(cut(items(10**7, 100, 100, 100), JOB, 10**6))
    assert [len(unit.items) for unit in units] == [1, 3]
    assert max(len(unit.items) for unit in cut(items(*[0] * 2000), JOB, 10**9)) == MOST_FILES


def test_the_name_is_of_path_stamp_model_and_options() -> None:
    [one] = cut(items(5), JOB, 10**6)
    assert one.name == next(cut(items(5), JOB, 10**6)).name
    changed = [replace(items(5)[0], stamp="5-2")]
    others = [
        next(cut(changed, JOB, 10**6)),
        next(cut(items(5), replace(JOB, model="model@2"), 10**6)),
        next(cut(items(5), replace(JOB, ocr=False), 10**6)),
    ]
    assert len({one.name, *(unit.name for unit in others)}) == 4


def test_halves_hold_the_same_files_under_other_names() -> None:
    [unit] = cut(items(*[100] * 5), JOB, 10**9)
    first, second = unit.halves()
    assert first.items + second.items == unit.items
    assert len({unit.name, first.name, second.name}) == 3


def test_every_worker_gets_several_units() -> None:
    total = 2000 * FILE_COST
    assert target(total, 2) * 2 * 4 <= total
    assert target(0, 2) == SMALLEST
