"""Cell values as a person sees them: the number format decides, Excel's sections and all.

What is kept of a format: places after the point, thousands, leading zeros, percent, scientific
notation, and words and currency signs beside the number. Dates are written in Thai, in the
Buddhist Era, whatever the format, because a form full of "4/3/68" can be read in two ways.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.thai.date_patterns import MONTHS

BE_OFFSET = 543
# People type Buddhist years into date cells: the workbook then says 2568 CE.
_FIRST_BE_YEAR = 2400
# Beyond the digits that Excel keeps.
_EXACT = 1e15
_FIRST_DAY = dt.date(1900, 1, 1)

_PLACES = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?(?:[eE][+-][#0?]+)?")
_SILENT = re.compile(r"_.|\*.|\[(?!\$)[^\]]*\]")
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]+)\]")
_COMPARE = {
    **{"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge},
    **{"=": operator.eq, "<>": operator.ne},
}
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')


class NumberFormat(NamedTuple):
    """One section of a number format, ready for use; `places` is -1 for Excel's General."""

    before: str = ""
    after: str = ""
    places: int = -1
    at_least: int = 0
    zeros: int = 1
    thousands: bool = False
    percent: bool = False
    scientific: bool = False
    mask: str = ""


def show(value: object, code: str) -> str:
    """A cell's value as text: `code` is its number format. None and empty text give ''."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return show_number(value, code)
    if isinstance(value, (dt.datetime, dt.date, dt.time, dt.timedelta)):
        return show_time(value)
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def show_time(value: dt.datetime | dt.date | dt.time | dt.timedelta) -> str:
    """'15 มกราคม 2568', with the time where there is one; a time alone is '09:30'."""
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    time = (
        f" {value:%H:%M} น." if isinstance(value, dt.datetime) and value.time() != dt.time() else ""
    )
    day = value.date() if isinstance(value, dt.datetime) else value
    if day < _FIRST_DAY:  # a time of day stored as a whole value
        return time.strip()
    year = day.year if day.year >= _FIRST_BE_YEAR else day.year + BE_OFFSET
    return f"{day.day} {MONTHS[day.month - 1]} {year}{time}"


def show_number(value: float, code: str) -> str:
    """A number in its format: 1234.5 is '1,234.50' in '#,##0.00', 812 is '0812' in '0000'."""
    if not _is_finite(value):
        return ""
    section, signed = _section(code, value)
    style = number_format(section)
    sign = "-" if signed and value < 0 else ""
    if style.places < 0 or abs(value) >= _EXACT:
        return style.before + sign + _general(abs(value)) + style.after
    if style.mask:
        return sign + _masked(f"{abs(value):.0f}", style.mask)
    if style.scientific:
        return f"{style.before}{sign}{abs(value):.{style.places}E}{style.after}"
    digits = _fixed(abs(value) * (100 if style.percent else 1), style)
    return f"{style.before}{sign if digits.strip('0.,') else ''}{digits}{style.after}"


def _section(code: str, value: float) -> tuple[str, bool]:
    """The section of a format that holds for `value`, and whether it leaves the sign to us."""
    sections = code.split(";")
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _COMPARE[condition[1]](value, float(condition[2])):
                return section, True
    if value < 0 and len(sections) > 1 and sections[1].strip():
        return sections[1], False
    return sections[2 if value == 0 and len(sections) > 2 else 0], True


@lru_cache(maxsize=1000)
def number_format(section: str) -> NumberFormat:
    """Read one section of a format. What is not understood is General."""
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] if match[1] is not None else match[2])
        return f"\ue000{chr(0xE001 + len(literals) - 1)}"

    def shown(text: str) -> str:
        return re.sub("\ue000(.)", lambda m: literals[ord(m[1]) - 0xE001], text).replace("%", "")

    plain = _SILENT.sub("", _CURRENCY.sub(r'"\1"', section.replace("General", "")))
    plain = re.sub("^t(?=[#0?])", "", _LITERAL.sub(keep, plain))  # Thai digits
    found = _PLACES.search(plain)
    percent = "%" if "%" in plain else ""
    if found is None or "/" in plain:
        return NumberFormat(after=shown(plain).rstrip() if found is None else "")
    if len(_PLACES.findall(plain)) > 1 and not re.search("[.,%eE]", plain):
        return NumberFormat(places=0, mask=shown(plain))
    whole, _, fraction = re.split("[eE]", found[0])[0].partition(".")
    return NumberFormat(
        before=shown(plain[: found.start()]).lstrip(),
        after=percent + shown(plain[found.end() :]).rstrip(),
        places=len(fraction),
        at_least=fraction.count("0") + fraction.count("?"),
        zeros=whole.count("0"),
        thousands="," in whole.rstrip(","),
        percent=bool(percent),
        scientific="e" in found[0].lower(),
    )


def _masked(digits: str, mask: str) -> str:
    """Digits in the places of a mask, from the right: 812345678 in '0##-###-####'."""
    out: list[str] = []
    left = list(digits)
    places = sum(char in "#0?" for char in mask)
    for char in reversed(mask):
        if char not in "#0?":
            out.append(char)
            continue
        places -= 1
        out.append(left.pop() if left else "0" if char == "0" else "")
        if places == 0:
            out += reversed(left)
    return "".join(reversed(out)).strip()


def _fixed(value: float, style: NumberFormat) -> str:
    # Excel rounds the fifteen digits that it shows, half away from zero: 2.675 is 2.68.
    exact = Decimal(f"{value:.15g}")
    rounded = exact.quantize(Decimal(1).scaleb(-style.places), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    kept = fraction.rstrip("0").ljust(style.at_least, "0")
    whole = whole.lstrip("0").rjust(style.zeros, "0")
    if style.thousands and not whole.startswith("0"):
        whole = f"{int(whole):,}" if whole else ""
    return f"{whole}.{kept}" if kept else whole


def _general(value: float) -> str:
    if isinstance(value, int) or value.is_integer():
        return str(int(value)) if abs(value) < 1e15 else f"{value:.10G}"
    text = f"{value:.11g}"
    return f"{value:f}".rstrip("0") if "e" in text and abs(value) >= 1e-4 else text.upper()


def _is_finite(value: float) -> bool:
    return value == value and value not in (float("inf"), float("-inf"))
