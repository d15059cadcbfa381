"""The farmers' calendar: lunar days, New Year's Eve and solar terms as days of ours. Asked by the calendar and by due phrases.

The tables are lunar_python's (MIT), loaded when first needed: 20 ms that most phrases never pay.
"""

from datetime import date, timedelta
from functools import lru_cache
from importlib import import_module
from typing import Any

FIRST_YEAR, LAST_YEAR = 1900, 2100


@lru_cache(maxsize=512)
def lunar_day(year: int, month: int, day: int) -> date | None:
    """Day `day` of lunar month `month` (no leap month) of the lunar year that begins in `year`.

    None when that month is shorter (腊月 has 29 or 30 days) or the year outside 1900 … 2100."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    tables = import_module("lunar_python")
    found = tables.LunarMonth.fromYm(year, month)
    if found is None or not 1 <= day <= found.getDayCount():
        return None
    return _ours(tables.Lunar.fromYmd(year, month, day).getSolar())


def eve(year: int) -> date | None:
    """除夕 in our year `year`: the last day of the lunar year before, whether that month has 29 or 30 days."""
    spring = lunar_day(year, 1, 1)
    return spring - timedelta(days=1) if spring else None


@lru_cache(maxsize=512)
def solar_term(year: int, name: str) -> date | None:
    """The day of the solar term `name` (清明, 冬至 …) in our year `year`; None outside 1900 … 2100 or for no such term."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    terms = import_module("lunar_python").Lunar.fromYmd(year, 5, 1).getJieQiTable()
    return _in_year(terms, name, year)


def _in_year(terms: dict[str, Any], name: str, year: int) -> date | None:
    """The table begins in the December before: of a term that stands in it twice, the one of our year."""
    for key in (name, _AGAIN.get(name)):
        if key in terms and terms[key].getYear() == year:
            return _ours(terms[key])
    return None


def _ours(solar: Any) -> date:
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


_AGAIN = {
    "大雪": "DA_XUE",
    "冬至": "DONG_ZHI",
    "小寒": "XIAO_HAN",
    "大寒": "DA_HAN",
    "立春": "LI_CHUN",
    "雨水": "YU_SHUI",
    "惊蛰": "JING_ZHE",
}
