"""Days named from today: 今天, 后天, tomorrow, day after tomorrow, +2d."""

import re

from bot.due.asked import Asked, Found, Rule, days_on

_NAMED = {
    "大大后天": 4,
    "大后天": 3,
    "大后日": 3,
    "后天": 2,
    "后日": 2,
    "明天": 1,
    "明日": 1,
    "明儿": 1,
    "听日": 1,
    "翌日": 1,
    "次日": 1,
    "今天": 0,
    "今日": 0,
    "今儿": 0,
    "本日": 0,
    "当天": 0,
    "当日": 0,
    "昨天": -1,
    "昨日": -1,
    "前天": -2,
    "前日": -2,
    "大前天": -3,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "overmorrow": 2,
    "tomorrow": 1,
    "tmrw": 1,
    "tmr": 1,
    "tomorow": 1,
    "tommorow": 1,
    "tommorrow": 1,
    "today": 0,
    "yesterday": -1,
    "day before yesterday": -2,
    "the day before yesterday": -2,
}


def _named(match: re.Match[str], asked: Asked) -> Found:
    return Found(days_on(asked.today, _NAMED[match["name"]]))


RULES: tuple[Rule, ...] = (Rule(rf"(?P<name>{'|'.join(sorted(_NAMED, key=len, reverse=True))})", _named),)
