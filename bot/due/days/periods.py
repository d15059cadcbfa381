"""Ends of months, quarters and years: 月底, 下个月底, Q4末, 年底, end of next month, EOQ; and the periods themselves."""

import re
from datetime import date

from msgspec import Struct

from bot.due.asked import Asked, Bound, Found, Rule, exact, month_after, month_end, shift
from bot.due.days.dates import month_number, said_year
from bot.due.numerals import number
from bot.due.words import MONTH_EN, SHIFT, YEAR, N


class Period(Struct, frozen=True):
    """A month, quarter or year by its first and last day; `rolled` when the coming one was taken."""

    first: date
    last: date
    rolled: bool = False


def months(start: tuple[int, int], length: int, *, rolled: bool = False) -> Period:
    """The period of `length` months from (year, month)."""
    first = exact(*start, 1)
    return Period(first, month_end(*month_after(first, length - 1)), rolled)


def named_month(month: int, said: int | None, today: date) -> Period:
    """December of the year said, or the coming one (this one while it lasts)."""
    this = months((said or today.year, month), 1)
    return this if said or this.last >= today else months((today.year + 1, month), 1, rolled=True)


def month_by(word: str | None, today: date) -> Period:
    """本月, 下个月, next month."""
    return months(month_after(today, shift(word)), 1)


def quarter_by(number_: int | None, word: str | None, said: int | None, today: date) -> Period:
    """Q1 of the year said or the coming Q1; else this quarter, moved by 下 or next."""
    if number_ is None:
        start = date(today.year, today.month - (today.month - 1) % 3, 1)
        return months(month_after(start, 3 * shift(word)), 3)
    this = months(((said or today.year), 3 * number_ - 2), 3)
    return this if said or this.last >= today else months((today.year + 1, 3 * number_ - 2), 3, rolled=True)


def year_of(said: int | None, today: date) -> Period:
    """The year said, else this one."""
    return months((said or today.year, 1), 12)


def _end(period: Period) -> Found:
    return Found(period.last, rolled=period.rolled)


def _named_month_zh(match: re.Match[str], asked: Asked) -> Found | None:
    month, said = number(match["m"]), said_year(match["y"], asked.today)
    return None if month is None else _end(named_month(month, said, asked.today))


def _inside_named_month(match: re.Match[str], asked: Asked) -> Found | None:
    """12月份内, 明年3月内; a bare 3月内 may also be three months and is left vague."""
    clear = match["y"] or match["fen"]
    return _named_month_zh(match, asked) if clear and asked.bound is Bound.WITHIN else None


def _month_zh(match: re.Match[str], asked: Asked) -> Found:
    return _end(month_by(match["shift"], asked.today))


def _inside_month(match: re.Match[str], asked: Asked) -> Found | None:
    return _month_zh(match, asked) if asked.bound is Bound.WITHIN else None


def _quarter_zh(match: re.Match[str], asked: Asked) -> Found:
    counted = match["q"] or match["n"]
    said = said_year(match["y"], asked.today)
    return _end(quarter_by(number(counted) if counted else None, match["shift"], said, asked.today))


def _inside_quarter(match: re.Match[str], asked: Asked) -> Found | None:
    return _quarter_zh(match, asked) if asked.bound is Bound.WITHIN else None


def _year_zh(match: re.Match[str], asked: Asked) -> Found:
    return _end(year_of(said_year(match["y"], asked.today), asked.today))


def _inside_year(match: re.Match[str], asked: Asked) -> Found | None:
    """今年内, 2027年内; but 10年内 counts years."""
    counted = match["y"] and match["y"].isdigit() and len(match["y"]) < 4
    return _year_zh(match, asked) if asked.bound is Bound.WITHIN and not counted else None


def _half_zh(match: re.Match[str], asked: Asked) -> Found:
    """上半年末: 30 June of the year said, or of this one, or of the next when it has passed."""
    said = said_year(match["y"], asked.today)
    half = months((said or asked.today.year, 1 if match["half"] == "上" else 7), 6)
    if said or half.last >= asked.today:
        return _end(half)
    return _end(months((asked.today.year + 1, 1), 6, rolled=True))


def _named_month_en(match: re.Match[str], asked: Asked) -> Found:
    said = int(match["y"]) if match["y"] else None
    return _end(named_month(month_number(match["m"]), said, asked.today))


def _unit_en(match: re.Match[str], asked: Asked) -> Found:
    """End of this, next or last month, quarter or year."""
    unit, word = match["unit"][0], match["shift"]
    if unit == "m":
        return _end(month_by(word, asked.today))
    if unit == "q":
        return _end(quarter_by(None, word, None, asked.today))
    return _end(year_of(asked.today.year + shift(word), asked.today))


def _inside_en(match: re.Match[str], asked: Asked) -> Found | None:
    return _unit_en(match, asked) if asked.bound is Bound.WITHIN else None


def _quarter_en(match: re.Match[str], asked: Asked) -> Found:
    said = said_year(match["y"], asked.today)
    return _end(quarter_by(int(match["q"]), None, said, asked.today))


_END_ZH = r"(?:的?最后一天|[底末尾终]|结束)"
_QUARTER_ZH = rf"{YEAR}?(?:的?第?(?:q(?P<q>[1-4])|(?P<n>[一二三四1-4])季)(?:季?度)?|(?P<shift>{SHIFT})?个?季度?)"
_SHIFT_EN = r"(?:(?P<shift>this|next|last|current) )?"
_UNIT_EN = r"(?P<unit>month|quarter|year)"
_Q_EN = r"q(?P<q>[1-4])(?:,? (?:of )?(?P<y>\d{4}|this|next)(?: year)?)?"
RULES: tuple[Rule, ...] = (
    Rule(rf"(?P<shift>{SHIFT})?个?月份?的?月?{_END_ZH}", _month_zh),
    Rule(rf"{YEAR}?(?P<m>{N})月份?的?月?{_END_ZH}", _named_month_zh),
    Rule(rf"{YEAR}?(?P<m>{N})月(?P<fen>份)?", _inside_named_month),
    Rule(rf"(?P<shift>{SHIFT})个?月份?|(?P<bare>月)", _inside_month),
    Rule(rf"{_QUARTER_ZH}{_END_ZH}", _quarter_zh),
    Rule(_QUARTER_ZH, _inside_quarter),
    Rule(rf"{YEAR}?(?:(?:这|本)?年|岁)?{_END_ZH}", _year_zh),
    Rule(rf"{YEAR}|(?:这一?)?年", _inside_year),
    Rule(rf"{YEAR}?(?P<half>[上下])半年度?{_END_ZH}", _half_zh),
    Rule(rf"(?:the )?(?:end|last day|close) of (?:the )?{_SHIFT_EN}{_UNIT_EN}", _unit_en),
    Rule(rf"(?:the )?{_SHIFT_EN}{_UNIT_EN}(?:'?s)?[ -]?end", _unit_en),
    Rule(rf"(?P<shift>this|next|the|calendar) ?{_UNIT_EN}", _inside_en),
    Rule(r"eo(?P<unit>[mqy])(?: (?P<shift>this|next) (?:month|quarter|year))?", _unit_en),
    Rule(rf"(?:the )?(?:end|last day) of (?P<m>{MONTH_EN})(?:,? (?P<y>\d{{4}}))?", _named_month_en),
    Rule(rf"(?P<m>{MONTH_EN})[ -]end(?P<y>)", _named_month_en),
    Rule(rf"(?:the )?(?:end|last day|close) of {_Q_EN}", _quarter_en),
    Rule(rf"{_Q_EN}[ -]?end", _quarter_en),
)
