"""How long, how often, what a topic is to bring: the measures of a meeting in its line. Days and hours are bot/due's."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import NamedTuple

from bot.domain import recurrence
from bot.domain.kinds import Kind
from bot.domain.meeting import Outcome
from bot.due.numerals import number
from bot.due.phrase import shadow
from bot.pattern import pattern
from bot.texts import Words

_STANDS = r"(?:^|(?<=[\s,，;；、（(]))"
_ENDS = r"(?=[\s,，;；、）)。]|$)"
_HOURS = r"(?P<hours>\d{1,2}(?:\.\d)?|半|一|两|二|三)\s*(?:个半小时|(?:个|個)?(?:小时|小時|钟头)|h(?:ours?|rs?)?)(?P<half>半)?"
_MINUTES = r"(?P<minutes>\d{1,4})\s*(?:分钟|分鐘|分|min(?:ute)?s?|m)"
_LENGTH = pattern(rf"{_STANDS}(?:{_HOURS}(?:\s*{_MINUTES.replace('minutes', 'more', 1)})?|{_MINUTES}){_ENDS}")
_RANGE = pattern(r"(?P<start>\d{1,2}:\d{2})\s*(?:[-–—~]|to|到|至)\s*(?P<end>\d{1,2}:\d{2})")
_HOUR_ZH = r"(?:\d{1,2}|[一二两兩三四五六七八九十]{1,2})"
_SPOKEN = pattern(
    rf"(?P<part>上午|早上|中午|下午|晚上)?\s*(?P<start>{_HOUR_ZH}[点點时時](?:半|\d{{1,2}}分?)?)\s*(?:到|至|[-–—~])\s*"
    rf"(?P<part2>上午|中午|下午|晚上)?\s*(?P<hour2>{_HOUR_ZH})[点點时時](?!间|候)(?P<minute2>半|\d{{1,2}}分?)?"
)
_TWELVE = pattern(
    r"(?<![\d:])(?P<start>\d{1,2}(?::\d{2})?\s*(?P<half>[ap]m)?)\s*(?:[-–—~]|to)\s*"
    r"(?P<hour2>\d{1,2})(?::(?P<minute2>\d{2}))?\s*(?P<half2>[ap]m)(?![a-z])"
)
_AFTER = pattern(r"\s*[ap]m(?![a-z])")
_LATE, _NOON, _MORNING = ("下午", "晚上"), 12, 8
_WALL = pattern(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})")
_NUMERALS = {"半": 0.5, "一": 1.0, "两": 2.0, "二": 2.0, "三": 3.0}
_MINUTES_ONLY = pattern(r"\d{1,4}")

OUTCOMES = {
    "decide": Outcome.DECIDE, "decision": Outcome.DECIDE, "决策": Outcome.DECIDE, "决议": Outcome.DECIDE,
    "决定": Outcome.DECIDE, "align": Outcome.ALIGN, "discuss": Outcome.ALIGN, "对齐": Outcome.ALIGN,
    "讨论": Outcome.ALIGN, "达成一致": Outcome.ALIGN, "inform": Outcome.INFORM, "fyi": Outcome.INFORM,
    "通报": Outcome.INFORM, "同步": Outcome.INFORM, "知会": Outcome.INFORM,
}  # fmt: skip
"""P4: how people say what a topic is to bring."""


class Cut(NamedTuple):
    """A measure, and the words without it."""

    minutes: int | None
    rest: str


def length(text: str) -> Cut:
    """`60分钟`, `1h`, `1.5小时`, `1小时30分钟`, 半小时; standing apart, and no `1小时后`."""
    match = _LENGTH.search(shadow(text))
    if match is None:
        return Cut(None, text)
    return Cut(_minutes(match), _without(text, match.start(), match.end()))


def whole_length(text: str) -> int | None:
    """The minutes of a field's value: a length as a whole, or a bare number."""
    low = shadow(text.strip())
    if _MINUTES_ONLY.fullmatch(low):
        return int(low)
    match = _LENGTH.fullmatch(low)
    return _minutes(match) if match else None


def span(text: str) -> tuple[time | None, str]:
    """`15:00-16:30`, `下午3点到4点半`, `3-4:30pm` → its end, and the words with the start alone."""
    low = shadow(text)
    match = _RANGE.search(low)
    if match is not None and not _AFTER.match(low, match.end()):
        end = wall(match["end"])
        late = end is not None and end.hour < _NOON and low[: match.start()].rstrip().endswith(_LATE)
        end = end.replace(hour=end.hour + _NOON) if end is not None and late else end
        return end, text[: match.start()] + text[match.start("start") : match.end("start")] + text[match.end() :]
    spoken = _SPOKEN.search(low)
    if spoken is not None:
        return _spoken_end(spoken), text[: spoken.end("start")] + text[spoken.end() :]
    twelve = _TWELVE.search(low)
    if twelve is not None:
        start = twelve["start"] if twelve["half"] else f"{twelve['start']}{twelve['half2']}"
        return _at(twelve["hour2"], twelve["minute2"], twelve["half2"]), text[: twelve.start()] + start + text[
            twelve.end() :
        ]
    return None, text


def _spoken_end(match: re.Match[str]) -> time | None:
    """The end of 下午3点到4点半: of the start's half of the day unless another is said; alone, an hour up to seven is after
    noon, as the start is read (bot/due)."""
    part = match["part2"] or match["part"] or ""
    hour = number(match["hour2"]) or 0
    half = "pm" if part in _LATE or (not part and hour < _MORNING) else ""
    minute = "30" if match["minute2"] == "半" else (match["minute2"] or "").rstrip("分")
    return _at(str(hour), minute, half)


def _at(hour: str, minute: str | None, half: str) -> time | None:
    found = int(hour) % _NOON + _NOON if half == "pm" and int(hour) <= _NOON else int(hour)
    return wall(f"{found}:{int(minute or 0):02d}")


def wall(text: str) -> time | None:
    """16:30; None for what is no hour of a clock."""
    match = _WALL.fullmatch(shadow(text.strip()))
    if match is None or int(match["hour"]) > 23 or int(match["minute"]) > 59:
        return None
    return time(int(match["hour"]), int(match["minute"]))


def outcome(text: str) -> tuple[Outcome | None, str]:
    """A word at the end that says what the topic is to bring, and the words before it."""
    words = text.split()
    found = OUTCOMES.get(shadow(words[-1])) if len(words) > 1 else None
    return (found, " ".join(words[:-1])) if found else (None, text)


def kind(text: str, kinds: tuple[Kind, ...], languages: tuple[Words, ...]) -> Kind | None:
    """P1: the kind of this name, by its key, as the catalogues call it, or as the workplace does."""
    low = " ".join(shadow(text).split())
    for one in kinds:
        entry = f"kind-{one.name}"
        told = (words(entry) for words in languages if words.has(entry))
        names = {one.name, one.name.replace("_", " "), *one.called, *told}
        if low in {shadow(name) for name in names if name}:
            return one
    return None


def recurring(text: str, today: date) -> tuple[str, str]:
    """P2: the rule (RFC 5545) that the words name, and the words with its first day in its place. "" for none.

    Raises Refusal `series-rule` for an RRULE that is none."""
    low = shadow(text)
    for form, rule in _RECURRING:
        match = form.search(low)
        if match:
            found = recurrence.checked(rule(match))
            begins = first_day(found, today) or ""
            return found, " ".join(f"{text[: match.start()]} {begins} {text[match.end() :]}".split())
    return "", text


def first_day(rule: str, today: date) -> date | None:
    """The coming day of a rule, of whatever week."""
    return next(recurrence.days(_INTERVAL.sub("", rule), today), None)


def _minutes(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups["minutes"]:
        return int(groups["minutes"])
    hours = _NUMERALS.get(groups["hours"]) or float(groups["hours"])
    half = 0.5 if groups["half"] or "个半" in match[0] else 0.0
    return round((hours + half) * 60) + int(groups["more"] or 0)


def _without(text: str, start: int, end: int) -> str:
    return " ".join(f"{text[:start]} {text[end:]}".split()).strip(" ,，、")


_DAYS = {"一": "MO", "二": "TU", "三": "WE", "四": "TH", "五": "FR", "六": "SA", "日": "SU", "天": "SU"}
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CODES = dict(zip(_ENGLISH, ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True))
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_PLACES = {"一": 1, "二": 2, "三": 3, "四": 4, "first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "最后一": -1,
           "最后": -1, "1": 1, "2": 2, "3": 3, "4": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}  # fmt: skip
_QUARTERLY = ";BYMONTH=1,4,7,10"
_INTERVAL = pattern(r";?INTERVAL=\d+")
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "other": 2, "second": 2, "third": 3, "fourth": 4,
           "2nd": 2, "3rd": 3, "4th": 4}  # fmt: skip


def _weekly(match: re.Match[str]) -> str:
    groups = match.groupdict()
    n = 2 if groups.get("skip") else _count(groups.get("n"))
    return f"FREQ=WEEKLY{_every(n)};BYDAY={','.join(dict.fromkeys(_codes(match['days'])))}"


def _monthly(match: re.Match[str]) -> str:
    often = _QUARTERLY if match.groupdict().get("quarter") else _every(_count(match.groupdict().get("n")))
    return f"FREQ=MONTHLY{often};BYMONTHDAY={int(match['day'])}"


def _nth(match: re.Match[str]) -> str:
    often = _QUARTERLY if match.groupdict().get("quarter") else ""
    return f"FREQ=MONTHLY{often};BYDAY={_PLACES[match['place']]}{_codes(match['days'])[0]}"


def _last_day(match: re.Match[str]) -> str:
    often = ";BYMONTH=3,6,9,12" if match["quarter"] else ""
    return f"FREQ=MONTHLY{often};BYMONTHDAY=-1"


def _codes(text: str) -> list[str]:
    chinese = [_DAYS[one] for one in text if one in _DAYS]
    return chinese or [_CODES[one[:3]] for one in re.findall(_DAY, text)]


def _count(text: str | None) -> int:
    return (_COUNTS.get(text) or (int(text) if text.isdecimal() else 1)) if text else 1


def _every(n: int) -> str:
    return f";INTERVAL={n}" if n > 1 else ""


def _fixed(rule: str) -> Callable[[re.Match[str]], str]:
    return lambda match: rule


_CHINESE_DAY = r"(?:周|星期|週)?[一二三四五六日天]"
_CHINESE_DAYS = (
    r"(?P<days>[一二三四五六日天]{2,7}(?=[\s\d,，]|$)"
    rf"|[一二三四五六日天](?:\s*[、,，和及]\s*{_CHINESE_DAY})*)(?![\d月年])"
)
"""一三五 in one go only where nothing follows that could go on: 每周三一对一."""
_RECURRING: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (pattern(r"rrule:(?P<rule>\S+)"), lambda match: match["rule"]),
    (pattern(r"每个?工作日|every (?:weekday|working day)"), _fixed("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")),
    (pattern(r"每(?:个)?(?P<quarter>季度)?(?:的)?(?:第?一?个?月)?(?:的)?(?:第)?(?P<place>[一二三四]|最后一?)个?(?=(?:周|星期|週))"
                r"(?:周|星期|週)(?P<days>[一二三四五六日天])"), _nth),
    (pattern(r"(?:(?P<skip>隔)|每(?P<n>两|二|2|三|3|四|4)?)(?:个)?(?:周|星期|週)的?(?:周|星期|週)?" + _CHINESE_DAYS), _weekly),
    (pattern(r"每(?P<quarter>季度?)?(?P<n>两|二|三|\d)?(?:个)?(?:首|第?一?个)?月?的?(?P<day>[0-3]?\d)[日号號]"), _monthly),
    (pattern(r"每(?:个)?(?P<quarter>季度?)?(?:末?月)?的?(?:最后一?[天日]|末|底)(?![一-鿿])"), _last_day),
    (pattern(r"(?:on )?(?:the )?last day of (?:the|every|each) (?:month|(?P<quarter>quarter))"), _last_day),
    (pattern(r"每[天日](?![一-鿿])|每天|every day|\bdaily\b"), _fixed("FREQ=DAILY")),
    (pattern(rf"(?:on )?(?:the |every )(?P<place>first|second|third|fourth|last|[1-4](?:st|nd|rd|th)) (?P<days>{_DAY})"
                r" of (?:the|every|each) (?:month|(?P<quarter>quarter))"), _nth),
    (pattern(rf"(?:every|each) (?:(?P<n>other|second|third|fourth|2nd|3rd|4th) )?(?P<days>{_DAY}(?:(?:, ?| and |, and ){_DAY})*)"), _weekly),
    (pattern(rf"\bweekly on (?P<days>{_DAY}(?:(?:, ?| and ){_DAY})*)"), _weekly),
    (pattern(r"(?:monthly|every (?:month|(?P<quarter>quarter))) on the (?P<day>[0-3]?\d)(?:st|nd|rd|th)?"), _monthly),
)  # fmt: skip
"""What people say for a rule, the more exact first; a capital RRULE is read in its shadow."""


def days(rule: str, first: date) -> Iterator[date]:
    """The days of the rule from `first` on."""
    return recurrence.days(rule, first)


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes of time that pass, also over a change of clocks."""
    return round((end - start).total_seconds() / 60)
