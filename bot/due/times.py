"""The time of day in a due phrase: 下午3点半, 15:30, half past three pm, noon, 下班前. Tried at both ends of a phrase."""

import re
from datetime import time

from msgspec import Struct

from bot.due.asked import Refused
from bot.due.numerals import count, number
from bot.due.pattern import pattern
from bot.due.words import N

_PARTS = {
    "凌晨": "dawn",
    "清晨": "morning",
    "早晨": "morning",
    "早上": "morning",
    "上午": "morning",
    "早": "morning",
    "中午": "noon",
    "正午": "noon",
    "午后": "afternoon",
    "下午": "afternoon",
    "傍晚": "night",
    "晚上": "night",
    "晚间": "night",
    "夜里": "night",
    "夜间": "night",
    "夜晚": "night",
    "深夜": "night",
    "半夜": "night",
    "晚": "night",
    "am": "am",
    "pm": "pm",
    "morning": "morning",
    "afternoon": "afternoon",
    "evening": "night",
    "night": "night",
}
# part of the day → {hour said: hour meant}; an hour it lacks contradicts it
_PM = {hour: hour + 12 for hour in range(1, 12)}
_SAME = {hour: hour for hour in range(25)}
_HOURS: dict[str, dict[int, int]] = {
    "dawn": {hour: _SAME[hour] for hour in range(7)} | {12: 0},
    "morning": {hour: _SAME[hour] for hour in range(1, 12)},
    "noon": {11: 11, 12: 12, 13: 13, 14: 14, 1: 13, 2: 14},
    "afternoon": {12: 12} | {hour: _PM[hour] for hour in range(1, 9)} | {hour: _SAME[hour] for hour in range(13, 21)},
    "night": {hour: _PM[hour] for hour in range(5, 12)} | {hour: _SAME[hour] for hour in range(17, 25)} | {12: 24},
    "am": {hour: hour % 12 for hour in range(1, 13)},
    "pm": {hour: hour % 12 + 12 for hour in range(1, 13)},
}
_EITHER = {("morning", 12), *(("night", hour) for hour in range(5))}  # 早上12点, 晚上1点: which day's?
_LONGEST_EN, _LONGEST_ZH = 40, 16
_GONE = {"dawn": 6, "morning": 12, "afternoon": 18}
_PART_ZH = "|".join(sorted((name for name in _PARTS if not name.isascii()), key=len, reverse=True))
_PART_EN = r"(?:(?:in the |at |this |on the )?(?P<after>morning|afternoon|evening|night))"
_COUNT = r"\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"

_ZH = pattern(
    rf"的?(?P<part>{_PART_ZH})?的?(?P<h>{N})(?P<mark>点钟?|时|:)(?:(?P<half>半)|(?P<quarter>[一三13])刻|(?P<m>{N})分?)?"
    rf"(?::\d\d)?[钟整]?",
)
_EN = pattern(
    rf"(?:(?P<lead>morning|afternoon|evening|night),? )?(?P<at>at |@ ?)?(?P<h>{_COUNT})(?::(?P<m>\d\d)(?::\d\d)?)?(?P<ap>[ap]m)?(?P<clock> o'?clock)?(?: ?(?P<ap2>[ap]m))?"
    rf"(?: {_PART_EN})?(?: sharp)?",
)
_EN_QUARTERS = pattern(
    rf"(?:at )?(?:a )?(?P<off>half past|quarter past|quarter to) (?P<h>{_COUNT})(?: ?(?P<ap>[ap]m))?(?: {_PART_EN})?",
)
_NOON = pattern(r"(?:at |by )?(?:12 )?(?:noon|midday)|的?(?:中午|正午)")
_MIDNIGHT = pattern(r"(?:at |by )?(?:12 )?midnight|的?(?:午夜|子夜)")
_PART = pattern(rf"的?(?:{_PART_ZH})|(?:in the )?(?:morning|afternoon|evening|night)")
_DAY_END = pattern(
    r"的?(?:下班|收工|放工|收市|收盘|打烊)(?:时|之?前)?|(?:the )?(?:end of (?:the )?(?:business |working |work )?day|eod|eob|cob|cop|"
    r"close of (?:business|play|day)|end of)(?: on)?"
)
_HINT = pattern(
    r"\d:\d|[\d零〇一二两三四五六七八九十廿][点时]|[@午早晚夜晨班工市盘烊]|[ap]m\b|noon|night|midday|morning|evening|o'?clock|\bat |past |quarter|eo[db]|co[bp]|"
    r"end of|close of"
)


class Clock(Struct, frozen=True):
    """A time of day: `wall` None for a part of the day without an hour; `spill` days on (24:00 is 1).

    `loose`: a bare hour of twelve, read as people at work mean it. `midnight`: said so, without saying whose.
    `gone`: the hour from which a mere part of the day has passed."""

    wall: time | None
    spill: int = 0
    loose: bool = False
    midnight: bool = False
    gone: int = 24


def hinted(text: str) -> bool:
    """Whether a time of day may stand in the text at all: a cheap look before the splits are tried."""
    return bool(_HINT.search(text))


def may_be_time(text: str) -> bool:
    """Whether the whole of `text` may be a time with the words around it: short enough, and hinted at."""
    return len(text) <= (_LONGEST_EN if text.isascii() else _LONGEST_ZH) and hinted(text)


def read_time(text: str) -> Clock | None:
    """The whole of `text` as a time of day; None when it is none, Refused when it is an impossible one."""
    if _DAY_END.fullmatch(text):
        return Clock(None)
    if _NOON.fullmatch(text):
        return Clock(time(12))
    if _MIDNIGHT.fullmatch(text):
        return Clock(time(0), spill=1, midnight=True)
    if _PART.fullmatch(text):
        return _part(text)
    return _chinese(text) or _english(text) or _quarters(text)


def _part(text: str) -> Clock:
    name = text.removeprefix("的").removeprefix("in the ")
    return Clock(None, gone=_GONE.get(_PARTS[name], 24))


def _chinese(text: str) -> Clock | None:
    match = _ZH.fullmatch(text)
    hour = number(match["h"]) if match else None
    if match is None or hour is None:
        return None
    if match["mark"] == ":" and not (match["m"] and match["m"].isascii() and len(match["m"]) == 2):
        return None
    minute = _minute(match)
    return None if minute is None else _placed(hour, minute, _PARTS.get(match["part"] or ""), match["h"], match["mark"])


def _minute(match: re.Match[str]) -> int | None:
    if match["half"]:
        return 30
    if match["quarter"]:
        return 45 if match["quarter"] in "三3" else 15
    return number(match["m"]) if match["m"] else 0


def _english(text: str) -> Clock | None:
    match = _EN.fullmatch(text)
    if not match or not (
        match["at"] or match["m"] or match["ap"] or match["ap2"] or match["clock"] or match["after"] or match["lead"]
    ):
        return None
    hour = count(match["h"])
    part = match["ap"] or match["ap2"] or match["after"] or match["lead"]
    mark = ":" if match["m"] else "at"
    return None if hour is None else _placed(hour, int(match["m"] or 0), _PARTS.get(part or ""), match["h"], mark)


def _quarters(text: str) -> Clock | None:
    match = _EN_QUARTERS.fullmatch(text)
    hour = count(match["h"]) if match else None
    if match is None or hour is None:
        return None
    off = {"half past": 30, "quarter past": 15, "quarter to": -15}[match["off"]]
    clock = _placed(hour, 0, _PARTS.get(match["ap"] or match["after"] or ""), match["h"], "at")
    if clock.wall is None or clock.spill:
        raise Refused("vague", "time")
    minutes = clock.wall.hour * 60 + off
    return Clock(time(minutes // 60 % 24, minutes % 60), loose=clock.loose)


def _placed(hour: int, minute: int, part: str | None, written: str, mark: str) -> Clock:
    """The hour as meant: by its part of the day, else by the 24-hour clock, else (3点) as people at work mean it."""
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise Refused("invalid", "no-time")
    if part:
        return _in_part(hour, minute, part)
    if hour == 24:
        return Clock(time(0), spill=1)
    loose = 1 <= hour <= 12 and not written.startswith("0")
    evening = loose and (hour <= 6 or (hour == 7 and mark != ":"))
    return Clock(time(hour + 12 if evening else hour, minute), loose=loose)


def _in_part(hour: int, minute: int, part: str) -> Clock:
    if (part, hour) in _EITHER:
        raise Refused("vague", "time")
    meant = _HOURS[part].get(hour)
    if meant is None:
        raise Refused("invalid", "no-time")
    if meant == 24:
        return Clock(time(0, minute), spill=1)
    return Clock(time(meant, minute))


SOURCES = tuple(row.pattern for row in (_ZH, _NOON, _MIDNIGHT, _PART, _DAY_END))
