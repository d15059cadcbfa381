"""How often a series is held, in words (P2): 每周一 10:00, 每季度第一个周一 14:00. What has no plain words is shown as its rule."""

import re
from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.series import Series
from bot.pattern import pattern
from bot.views.scene import Scene

_NTH = pattern(r"(-1|\+?[1-5])([A-Z]{2})")
_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_ANY_MONDAY = date(2026, 11, 23).toordinal()
_PLAIN = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "UNTIL", "COUNT"})
_QUARTERS: dict[tuple[int, ...], str] = {(1, 4, 7, 10): "first", (2, 5, 8, 11): "middle", (3, 6, 9, 12): "last"}
"""Of every quarter the same month."""


def rhythm(scene: Scene, series: Series) -> str:
    """每周一 10:00; 每 2 个月的 15 日 10:00; 每季度第一个周一 14:00."""
    parts = dict(part.split("=", 1) for part in series.rule.split(";"))
    at = scene.words.clock_time(series.pattern.start.astimezone(scene.zone))
    found = _said(scene, series, parts, at) if set(parts) <= _PLAIN else ""
    return found or scene.words("rhythm-rule", rule=f"RRULE:{series.rule}", at=at)


def _said(scene: Scene, series: Series, parts: Mapping[str, str], at: str) -> str:
    """ "" where there are no plain words."""
    words, n = scene.words, int(parts.get("INTERVAL", "1"))
    months = _months(series, parts)
    match parts["FREQ"]:
        case "WEEKLY" if not months:
            return _weekly(scene, series, parts, n, at)
        case "DAILY" if not months and "BYDAY" not in parts:
            return words("rhythm-daily", n=n, at=at)
        case "MONTHLY" | "YEARLY" if months and (n == 1 or "BYMONTH" not in parts):
            return _in_months(scene, months, parts, at)
        case "MONTHLY" if not months:
            return _monthly(scene, parts, n, at)
        case _:
            return ""


def _months(series: Series, parts: Mapping[str, str]) -> tuple[int, ...]:
    """The months that a rule names, or that every third month from its first session on comes to; () for every month."""
    if "BYMONTH" in parts:
        return tuple(sorted(int(one) for one in parts["BYMONTH"].split(",")))
    if parts["FREQ"] == "MONTHLY" and parts.get("INTERVAL") == "3":
        first = series.pattern.start.astimezone(ZoneInfo(series.pattern.zone)).month
        return tuple(sorted((first - 1 + 3 * n) % 12 + 1 for n in range(4)))
    return ()


def _weekly(scene: Scene, series: Series, parts: Mapping[str, str], n: int, at: str) -> str:
    first = series.pattern.start.astimezone(ZoneInfo(series.pattern.zone)).date()
    days = parts.get("BYDAY", list(_DAYS)[first.weekday()]).split(",")
    if not set(days) <= set(_DAYS):
        return ""
    return scene.words("rhythm-weekly", n=n, days=scene.words.listed([_weekday(scene, one) for one in days]), at=at)


def _monthly(scene: Scene, parts: Mapping[str, str], n: int, at: str) -> str:
    nth = _NTH.fullmatch(parts.get("BYDAY", ""))
    if nth and "BYMONTHDAY" not in parts:
        place, day = _placed(scene, nth)
        return scene.words("rhythm-monthly-nth", n=n, nth=place, day=day, at=at)
    if parts.get("BYMONTHDAY", "").isdecimal() and "BYDAY" not in parts:
        return scene.words("rhythm-monthly", n=n, day=parts["BYMONTHDAY"], at=at)
    return ""


def _in_months(scene: Scene, months: tuple[int, ...], parts: Mapping[str, str], at: str) -> str:
    """Of the same month of every quarter, else of the months by name."""
    words, nth = scene.words, _NTH.fullmatch(parts.get("BYDAY", ""))
    quarter = _QUARTERS.get(months, "")
    names = words.listed([words.month(one) for one in months])
    if nth and "BYMONTHDAY" not in parts:
        place, day = _placed(scene, nth)
        # The first Monday of a quarter is that of its first month, the last Friday that of its last one.
        edge = (quarter, int(nth[1])) == ("last", -1) or (quarter == "first" and int(nth[1]) > 0)
        name = "quarter" if edge else f"quarter-{quarter}" if quarter else "months"
        return words(f"rhythm-{name}-nth", nth=place, day=day, months=names, at=at)
    if parts.get("BYMONTHDAY", "").isdecimal() and "BYDAY" not in parts:
        name = f"quarter-{quarter}" if quarter else "months"
        return words(f"rhythm-{name}", day=parts["BYMONTHDAY"], months=names, at=at)
    return ""


def _placed(scene: Scene, nth: re.Match[str]) -> tuple[str, str]:
    """第一个, 周一."""
    return scene.words("rhythm-nth", place=int(nth[1])), _weekday(scene, nth[2])


def _weekday(scene: Scene, day: str) -> str:
    """WE as 周三, Wed."""
    return scene.words.weekday(date.fromordinal(_ANY_MONDAY + _DAYS[day]))
