"""How often a series is held, in words (P2): 每周一 10:00, 每季度第一个周一 14:00，共 8 次. What has no plain words is shown as
its rule. Days and hour are those of the series' own clock, which a reader by another one is told (T1)."""

import re
from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain import recurrence
from bot.domain.series import Series
from bot.pattern import pattern
from bot.views import lines
from bot.views.scene import Scene

_NTH = pattern(r"(-1|\+?[1-5])([A-Z]{2})")
_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_ANY_MONDAY = date(2026, 11, 23).toordinal()
_PLAIN = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH"})
_QUARTERS: dict[tuple[int, ...], str] = {(1, 4, 7, 10): "first", (2, 5, 8, 11): "middle", (3, 6, 9, 12): "last"}
"""Of every quarter the same month."""


def rhythm(scene: Scene, series: Series) -> str:
    """每周一 10:00; 每 2 个月的 15 日 10:00; 每季度第一个周一 14:00，到12月28日（周一）为止."""
    parts = dict(part.split("=", 1) for part in series.rule.split(";"))
    ends: dict[str, str] = {name: parts.pop(name) for name in ("UNTIL", "COUNT") if name in parts}
    at = _clock(scene, series)
    found = _said(scene, series, parts, at) if set(parts) <= _PLAIN else ""
    endless = ";".join(f"{name}={value}" for name, value in parts.items())
    said = found or scene.words("rhythm-rule", rule=f"RRULE:{endless}", at=at)
    return _ending(scene, said, ends)


def _clock(scene: Scene, series: Series) -> str:
    """10:00; 10:00（GMT+8） to who lives by another clock."""
    start, zone = series.pattern.start, ZoneInfo(series.pattern.zone)
    at = scene.words.clock_time(start.astimezone(zone))
    if start.astimezone(zone).utcoffset() == start.astimezone(scene.zone).utcoffset():
        return at
    following = recurrence.following(series, scene.now) or start
    return scene.words("moment-in-zone", at=at, zone=lines.offset(following, zone))


def _ending(scene: Scene, said: str, ends: Mapping[str, str]) -> str:
    """With the day of its last session, or how many there are."""
    if "COUNT" in ends:
        return scene.words("rhythm-times", rhythm=said, n=int(ends["COUNT"]))
    if "UNTIL" in ends:
        last = date.fromisoformat(ends["UNTIL"][:8])
        return scene.words("rhythm-until", rhythm=said, day=lines.bare(scene, last))
    return said


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
