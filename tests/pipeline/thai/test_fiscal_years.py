from __future__ import annotations

import datetime as dt

import pytest

from pipeline.thai.fiscal_years import find_fiscal_years, fiscal_year

FISCAL = [
    ("ประจำปีงบประมาณ พ.ศ. ๒๕๖๕", [2565]),
    ("ปีงบประมาณ 2565", [2565]),
    ("งบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ. 2565", [2565]),
    ("ปีงบฯ 65", [2565]),
    ("ปีงบ 2566", [2566]),
    ("FY2565", [2565]),
    ("FY 2022", [2565]),
    ("FY22", [2565]),
    ("ปีงบประมาณ พ.ศ. 2566 - 2570", [2566, 2570]),
    ("ปีงบประมาณ 2565 และ 2566", [2565, 2566]),
    ("ปี 2565", []),
    ("งบประมาณ 2565 ล้านบาท", []),
    ("ปีงบประมาณ", []),
]

D = dt.date(2021, 12, 17)


@pytest.mark.parametrize(("text", "years"), FISCAL)
def test_fiscal_years(text: str, years: list[int]) -> None:
    assert [mention.year for mention in find_fiscal_years(text)] == years


@pytest.mark.parametrize(
    ("date", "year"),
    [(D, 2565), (dt.date(2021, 9, 30), 2564), (dt.date(2021, 10, 1), 2565)],
)
def test_fiscal_year_begins_in_october(date: dt.date, year: int) -> None:
    assert fiscal_year(date) == year
