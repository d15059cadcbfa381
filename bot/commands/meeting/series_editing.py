"""`/series edit` 修改, `invite` 邀请, `uninvite` 移出: all sessions ahead at once, in the words of a meeting (P2, P8, P9).

/series edit S-1 每周二 14:00 45分钟 地点：5 楼    /series edit S-1 群：本群    /series invite S-1 @孙七
"""

import re
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.calendar import at
from bot.cards import Answer
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.commands.meeting import making, people, written
from bot.commands.meeting.series import number_of
from bot.commands.meeting.written import Plan
from bot.domain import recurrence
from bot.domain.series import Series
from bot.errors import Offer, Refusal
from bot.operations import series as operations
from bot.operations import series_changes
from bot.operations.series_changes import Wanted
from bot.pattern import pattern
from bot.views import meeting_forms
from bot.views import series as views
from bot.views.refusal import sentence

FORM = (
    "repeat",
    "hour",
    "length",
    "title",
    "kind",
    "host",
    "recorder",
    "invitees",
    "objective",
    "expected",
    "place",
    "link",
)
"""What the form asks; what is left as it stands stays as it is."""
_CHANNEL = pattern(
    r"(?:群|群聊|频道|頻道|chat|channel)\s*[:：]\s*(?:(?P<here>本群|这里|這裡|here|this)|(?P<none>无|無|none|-))(?=[\s,，;；。]|$)",
    re.IGNORECASE,
)
_FOR_FORM = {"start": "hour"}


def edit(asking: Asking, line: Line) -> Answer:
    """Its rhythm, hour, length, kind, place, roles and words; nothing said: the form."""
    number = number_of(asking, line)
    series = operations.ready(asking, number)
    line = replace(line, numbers=(number,))
    channel, rest = _channel(asking, line.rest)
    base = _standing(asking, series)
    said = written.plan(asking, rest, lambda made: line.with_rest(_told(asking, made, base)), left="", base=base)
    made, problems = written.filled(asking, said, _values(asking))
    wanted = _wanted(asking, series, base, made, channel)
    if problems or wanted == Wanted(why=wanted.why):
        return _form(asking, series, line.with_rest(rest), problems)
    return _answered(asking, series, wanted)


def invite(asking: Asking, line: Line) -> Answer:
    """To every session ahead, and to those to come."""
    return _peopled(asking, line, gone=False)


def uninvite(asking: Asking, line: Line) -> Answer:
    """Host, recorder and organizer stay until somebody else is that."""
    return _peopled(asking, line, gone=True)


def _peopled(asking: Asking, line: Line, *, gone: bool) -> Answer:
    number = number_of(asking, line)
    series = operations.ready(asking, number)
    named = people.named(asking, line, gone=gone)
    if not named:
        command = replace(line, numbers=(number,)).with_rest("")
        return meeting_forms.series(scene(asking), series, line.verb, ("invitees",), {}, {}, command)
    return _answered(asking, series, Wanted(gone=named) if gone else Wanted(fresh=named))


def _answered(asking: Asking, series: Series, wanted: Wanted) -> Answer:
    """Who was told of a session hears what changed; the answer says how many sessions that were."""
    try:
        edited = series_changes.edit(asking, series.number, wanted)
    except Refusal as refused:
        raise _of_series(refused, series) from None
    asking.facts.extend(edited.facts)
    zone = ZoneInfo(series.pattern.zone)
    holidays = [(one.start.astimezone(zone).date(), one.to) for one in edited.holidays]
    ahead = operations.sessions(asking, series.number, since=asking.now)
    return views.edited(scene(asking), edited.series, edited.facts, ahead, holidays)


def _wanted(asking: Asking, series: Series, base: Plan, made: Plan, channel: dict[str, Any]) -> Wanted:
    """Raises Refusal `series-edit-day` for a day that belongs to one session, `meeting-edit-what` for a topic."""
    if made.topics:
        raise Refusal("meeting-edit-what", words=made.topics[0].title)
    if made.day != base.day and not made.rule:
        raise Refusal("series-edit-day", series=series.label, mended=f"/series edit {series.label} {_weekly(asking)}")
    pattern = series.pattern
    fields = {
        name: value for name, value in making.changes_of(asking, pattern, made).items() if name not in ("start", "why")
    }
    return Wanted(
        made.rule if made.rule != series.rule else "", _hour(asking, series, base, made), {**fields, **channel},
        tuple(one for one in made.invitees if pattern.invitee(one) is None), _gone(asking, series, made), made.reason or "",
    )  # fmt: skip


def _hour(asking: Asking, series: Series, base: Plan, made: Plan) -> time | None:
    """What was said by the asker's clock, by that of the series; None where nothing else was said."""
    if made.hour is None or made.hour == base.hour or made.day is None:
        return None
    local = at(made.day, made.hour, asking.by.zone).astimezone(ZoneInfo(series.pattern.zone))
    return local.time().replace(fold=0)


def _gone(asking: Asking, series: Series, made: Plan) -> tuple[int, ...]:
    """Who is no longer among the invitees of a form that was sent; roles are changed by naming somebody else."""
    pattern = series.pattern
    if not asking.values.get("invitees"):
        return ()
    stay = (*made.invitees, pattern.organizer, made.host or pattern.host, made.recorder or pattern.recorder)
    return tuple(one.person for one in pattern.invitees if one.person not in stay)


def _channel(asking: Asking, rest: str) -> tuple[dict[str, Any], str]:
    """`群：本群`: where it is spoken to from now on. Raises Refusal `series-no-room` where that is no room."""
    match = _CHANNEL.search(rest)
    if match is None:
        return {}, rest
    if match["here"] and asking.where.room is None:
        raise Refusal("series-no-room")
    left = f"{rest[: match.start()]} {rest[match.end() :]}".strip(" ,，;；")
    return {"room": asking.where.room if match["here"] else None}, left


def _standing(asking: Asking, series: Series) -> Plan:
    """A session by the asker's clock, what a bare hour is about: the first that is not today, when any hour is still ahead."""
    start = recurrence.following(series, asking.now + timedelta(days=1)) or asking.now + timedelta(days=1)
    hour = series.pattern.start.astimezone(ZoneInfo(series.pattern.zone)).time()
    start = at(
        start.astimezone(ZoneInfo(series.pattern.zone)).date(), hour.replace(fold=0), ZoneInfo(series.pattern.zone)
    )
    local = start.astimezone(asking.by.zone)
    return Plan(day=local.date(), hour=local.time().replace(tzinfo=None, fold=0))


def _values(asking: Asking) -> dict[str, str]:
    """The form's, under the names that a plan knows."""
    names = {shown: name for name, shown in _FOR_FORM.items()}
    return {names.get(name, name): value for name, value in asking.values.items()}


def _told(asking: Asking, made: Plan, base: Plan) -> str:
    """The plan as words again, without the day that only says which session is the next."""
    return written.line(asking, replace(made, day=None, hour=None) if made.day == base.day else made)


def _form(asking: Asking, series: Series, command: str, problems: dict[str, Refusal]) -> Answer:
    said = {_FOR_FORM.get(name, name): sentence(scene(asking), refused) for name, refused in problems.items()}
    fields = tuple(said) or FORM
    return meeting_forms.series(scene(asking), series, "edit", fields, _current(asking, series), said, command)


def _current(asking: Asking, series: Series) -> dict[str, str]:
    """The fields as they stand, as somebody would type them; the rhythm stands beside its field in words."""
    pattern, base = series.pattern, _standing(asking, series)
    stands = Plan(
        title=pattern.title, length=pattern.length, kind=pattern.kind, host=pattern.host, recorder=pattern.recorder,
        invitees=tuple(one.person for one in pattern.invitees), objective=pattern.objective, expected=pattern.expected,
        place=pattern.place, link=pattern.link,
    )  # fmt: skip
    return {**written.values(asking, stands), "hour": f"{base.hour:%H:%M}"}


def _weekly(asking: Asking) -> str:
    return asking.words("example-rhythm")


def _of_series(refused: Refusal, series: Series) -> Refusal:
    """What is refused of its pattern is said of the series: no session is meant."""
    if refused.args_.get("meeting") not in (series.pattern.label, series.label):
        return refused
    offers: tuple[Offer, ...] = ()
    role = refused.args_.get("role")
    if role in ("host", "recorder"):
        offers = (Offer(f"offer-another-{role}", f"/series edit {series.label}"),)
    args = {**refused.args_, "meeting": series.label}
    return Refusal(refused.text, offers=offers, mended=refused.mended, field=refused.field, **args)
