"""Feasts by name: 元旦, 春节, 中秋, Christmas, Chinese New Year, and the 24 solar terms. "Before" one is the day before it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache, partial

from bot.due.asked import Asked, Bound, Found, Refused, Rule, days_on
from bot.due.days.dates import said_year
from bot.due.pattern import pattern
from bot.due.words import YEAR
from bot.lunar import eve, lunar_day, solar_term

DayOfYear = Callable[[int], date | None]
_THURSDAY = 3


def _fixed(month: int, day: int) -> DayOfYear:
    return lambda year: date(year, month, day)


def _lunar(month: int, day: int) -> DayOfYear:
    return lambda year: lunar_day(year, month, day)


def _thanksgiving(year: int) -> date:
    first = date(year, 11, 1)
    return first + timedelta(days=(_THURSDAY - first.weekday()) % 7 + 21)


FEASTS: dict[str, DayOfYear] = {
    "元旦|阳历新年|公历新年|new year'?s?(?: day)?": _fixed(1, 1),
    "new year'?s eve|nye": _fixed(12, 31),
    "春节|农历新年|农历年|大年初一|spring festival|(?:chinese|lunar) new year|cny": _lunar(1, 1),
    "除夕夜?|大年三十|年三十|年卅|大年夜|年夜|(?:chinese|lunar) new year'?s eve|cny eve": eve,
    "元宵|元宵节|上元节|lantern festival": _lunar(1, 15),
    "情人节|valentine'?s(?: day)?": _fixed(2, 14),
    "妇女节|三八节|三八妇女节|women'?s day": _fixed(3, 8),
    "植树节": _fixed(3, 12),
    "愚人节": _fixed(4, 1),
    "清明|扫墓节|qing ?ming(?: festival)?|tomb[- ]sweeping(?: day)?": lambda year: solar_term(year, "清明"),
    "劳动节|五一|五一劳动节|may day|international workers'? day": _fixed(5, 1),
    "青年节|五四青年节": _fixed(5, 4),
    "儿童节|六一|六一儿童节|children'?s day": _fixed(6, 1),
    "端午|端阳节?|dragon boat(?: festival)?|duanwu": _lunar(5, 5),
    "618|六一八": _fixed(6, 18),
    "建党节|七一建党节": _fixed(7, 1),
    "建军节|八一建军节": _fixed(8, 1),
    "七夕|qixi(?: festival)?": _lunar(7, 7),
    "教师节|teachers'? day": _fixed(9, 10),
    "中秋|mid[- ]autumn(?: festival| day)?|moon festival": _lunar(8, 15),
    "国庆|十一国庆节?|国庆日|(?:china'?s |chinese )?national day": _fixed(10, 1),
    "重阳|double ninth(?: festival)?": _lunar(9, 9),
    "双十一|双11|光棍节|singles'? day|double 11": _fixed(11, 11),
    "双十二|双12|double 12": _fixed(12, 12),
    "万圣夜|halloween": _fixed(10, 31),
    "thanksgiving(?: day)?|感恩节": _thanksgiving,
    "平安夜|圣诞夜|圣诞前夜|(?:christmas|xmas) eve": _fixed(12, 24),
    "圣诞|christmas(?: day)?|xmas": _fixed(12, 25),
    "腊八|腊八节": lambda year: lunar_day(year - 1, 12, 8),
}
_TERMS = (
    "立春 雨水 惊蛰 春分 谷雨 立夏 小满 芒种 夏至 小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至 小寒 大寒"
).split()
# whose year is said otherwise by different people: 明年除夕 may be this winter's or the next's
_OF_THE_OLD_YEAR = pattern("除夕|年三十|年卅|年夜|腊")


def _feast(match: re.Match[str], asked: Asked) -> Found | None:
    """The feast of the year said, else the coming one."""
    name: str = match["name"]
    said = said_year(match["y"] or match["y_en"], asked.today)
    if said is not None and _OF_THE_OLD_YEAR.search(name):
        raise Refused("vague", "two")
    before = asked.bound is Bound.BEFORE or bool(match["eve"])
    if asked.bound in (Bound.WITHIN, Bound.IN):
        raise Refused("vague", "open")
    return _on(_of_year(name), said, 1 if before else 0, asked.today)


@lru_cache(maxsize=256)
def _of_year(name: str) -> DayOfYear:
    """The reckoning of a feast by any of its names, with or without 节; what is no feast of ours is a solar term."""
    bare = name.removesuffix("节")
    for names, of_year in FEASTS.items():
        if re.fullmatch(names, name) or re.fullmatch(names, bare):
            return of_year
    return partial(_term, bare)


def _term(name: str, year: int) -> date | None:
    return solar_term(year, name)


def _on(of_year: DayOfYear, said: int | None, before: int, today: date) -> Found | None:
    years = (said,) if said is not None else (today.year, today.year + 1, today.year + 2)
    for year in years:
        feast = of_year(year) if 1 <= year < 9999 else None
        if feast and (said is not None or days_on(feast, -before) >= today):
            return Found(days_on(feast, -before), rolled=said is None, feast=True)
    raise Refused("invalid", "too-far")


def _year_end_or_spring(match: re.Match[str], asked: Asked) -> Found | None:
    """年前: before 1 January or before the Spring Festival? People differ; both are offered."""
    if asked.bound is not Bound.BEFORE:
        return None
    both = (_on(of_year, None, 1, asked.today) for of_year in (_fixed(1, 1), _lunar(1, 1)))
    raise Refused("vague", "two", candidates=[found.day for found in both if found])


_ALL = "|".join([*FEASTS, *_TERMS])
RULES: tuple[Rule, ...] = (
    Rule(
        rf"{YEAR}?的?(?:the )?(?P<name>(?:{_ALL})节?)(?:当天|当日|那天|(?P<eve>前夕|的?前一天))?(?:,? (?P<y_en>\d{{4}}))?",
        _feast,
    ),
    Rule(rf"(?:the )?(?P<eve>day before) (?:the )?(?P<name>{_ALL})(?P<y>)(?:,? (?P<y_en>\d{{4}}))?", _feast),
    Rule(r"(?:过|春节过)?年|过年|新年", _year_end_or_spring),
)
