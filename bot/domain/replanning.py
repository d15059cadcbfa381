"""A series that is to be held at other times (P2): which session that was planned becomes which. Pure; who may, and what is
then told, is asked elsewhere (bot/operations/series_changes.py).

Another hour keeps each session's day. Another rule begins with the week of the first session ahead, and from there on the
first becomes the first, the second the second: a session that people know of is moved, not cancelled and made anew.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import zip_longest
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.calendar import at
from bot.domain import recurrence
from bot.domain.series import Series
from bot.errors import Refusal

_MOMENT = timedelta(microseconds=1)


class Place(Struct, frozen=True):
    """One session by the old rule and by the new one, as instants. `was` None: one more than before; `now` None: one less."""

    was: datetime | None
    now: datetime | None


def retimed(series: Series, rule: str, wall: time | None, now: datetime) -> Series:
    """The series by another rule ("" for the same) or at another hour of its clock, from `now` on.

    Raises Refusal `series-empty` for a rule that has no session ahead."""
    zone = ZoneInfo(series.pattern.zone)
    first = series.pattern.start.astimezone(zone)
    hour = wall if wall is not None else first.time().replace(tzinfo=None, fold=0)
    if not rule or rule == series.rule:
        return replace(series, pattern=replace(series.pattern, start=at(first.date(), hour, zone)))
    base = _base(series, now)
    begins = at(base.astimezone(zone).date(), hour, zone)
    moved = replace(series, rule=rule, pattern=replace(series.pattern, start=begins))
    following = recurrence.following(moved, base - _MOMENT)
    if following is None:
        raise Refusal("series-empty", rule=rule)
    return replace(moved, pattern=replace(moved.pattern, start=following))


def places(series: Series, after: Series, now: datetime, until: datetime) -> list[Place]:
    """What has been planned of `series` by `now` (made, asked about or skipped), beside what `after` (from `retimed`) has
    instead, as far as sessions are made ahead (`until`)."""
    made_until = max(series.made_until, now)
    old = recurrence.starts(series, now, made_until)
    if series.rule == after.rule:
        passed = recurrence.starts(series, now - timedelta(days=1), now)
        new = recurrence.starts(after, now, made_until + timedelta(days=1))
        return list(_same_days(series, old, passed, new, made_until))
    new = recurrence.starts(after, max(now, _base(series, now) - _MOMENT), until)
    return [Place(was, then) for was, then in zip_longest(old, new)]


def _same_days(
    series: Series, old: list[datetime], passed: list[datetime], new: list[datetime], made_until: datetime
) -> Iterator[Place]:
    """By their days. A day whose old hour has not come into reach yet, and whose new one has, is one more; one whose new hour
    is over today already stays as it is, and today has no second one where its old hour has `passed`."""
    zone = ZoneInfo(series.pattern.zone)
    by_day = {one.astimezone(zone).date(): one for one in new}
    days = {one.astimezone(zone).date() for one in (*passed, *old)}
    yield from (Place(one, by_day[day]) for one in old if (day := one.astimezone(zone).date()) in by_day)
    yield from (Place(None, one) for day, one in by_day.items() if day not in days and one <= made_until)


def _base(series: Series, now: datetime) -> datetime:
    """Where another rule begins: with the week of the first session ahead, and not before now."""
    zone = ZoneInfo(series.pattern.zone)
    first = recurrence.following(series, now)
    if first is None:
        return now
    day = first.astimezone(zone).date()
    return max(now, at(day - timedelta(days=day.weekday()), time.min, zone))
