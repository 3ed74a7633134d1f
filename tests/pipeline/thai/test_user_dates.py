from __future__ import annotations

import datetime as dt

import pytest

from pipeline.errors import UsageError
from pipeline.thai.user_dates import parse_user_date

D = dt.date(2021, 12, 17)


@pytest.mark.parametrize(
    "text",
    ["2021-12-17", "17/12/2564", "17/12/2021", "๑๗/๑๒/๒๕๖๔", "17-12-2564", "17.12.64",
     " 17 ธ.ค. 64 ", "วันที่ 17 ธันวาคม 2564", "2564-12-17", "วันศุกร์ที่ ๑๗ ธันวาคม พ.ศ. ๒๕๖๔"],
)  # fmt: skip
def test_user_date(text: str) -> None:
    assert parse_user_date(text) == D


@pytest.mark.parametrize(
    "text",
    [
        "",
        "พรุ่งนี้",
        "31/2/2564",
        "17/12",
        "12/17/2021",
        "15-17 ธันวาคม 2564",
        "ก่อน 17/12/2564",
        "9" * 500,
    ],
)
def test_user_date_refused_with_the_accepted_forms(text: str) -> None:
    with pytest.raises(UsageError, match="17/12/2564") as refused:
        parse_user_date(text)
    assert "17/12/2564" in refused.value.thai
    assert "2021-12-17" in refused.value.english
