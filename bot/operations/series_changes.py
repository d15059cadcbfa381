"""A recurring meeting changed for all its sessions ahead (P2, P9): its rule, its hour, what each begins with, who is invited.

A draft is just another draft then; who was told of a session hears what changed, once for each. What somebody has changed in
one session by itself stays as it is there.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from bot.calendar import at
from bot.domain import planning, recurrence
from bot.domain.facts import Met
from bot.domain.meeting import Meeting, MeetingVerb
from bot.domain.replanning import Place, places, retimed
from bot.domain.series import Series
from bot.errors import Refusal
from bot.operations import planning as meetings
from bot.operations import series as operations
from bot.operations.desk import Desk
from bot.operations.series import Holiday
from bot.operations.sessions import change, enter


class Wanted(Struct, frozen=True):
    """What was said. `rule` "" and `hour` None: as it was; `fields` by the names of a meeting's; `fresh` are invited from now
    on and `gone` no longer; `why` as written, for who was told of a session."""

    rule: str = ""
    hour: time | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    fresh: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    why: str = ""


class Edited(Struct):
    """The series as it is now, and the facts about its sessions: changed, made, cancelled; holidays to be asked about."""

    series: Series
    changed: list[Met] = field(default_factory=list)
    made: list[Met] = field(default_factory=list)
    gone: list[Met] = field(default_factory=list)
    holidays: list[Holiday] = field(default_factory=list)

    @property
    def facts(self) -> list[Met]:
        return [*self.changed, *self.gone, *self.made]


def edit(desk: Desk, number: int, wanted: Wanted) -> Edited:
    """Raises Refusal as `series.ready` does; `series-edit-nothing`, `series-empty`, `meeting-length`, and `uninvite-role`,
    `not-invited` or `invited-already` for people."""
    series = operations.ready(desk, number)
    timed = retimed(series, wanted.rule, wanted.hour, desk.now)
    after = replace(timed, pattern=_pattern(desk, timed.pattern, wanted))
    if after == series:
        raise Refusal("series-edit-nothing", series=series.label)
    made = Edited(after)
    until = desk.now + timedelta(days=desk.workplace.rules.sessions_ahead)
    planned = places(series, after, desk.now, until) if _moves(series, after) else []
    ahead = operations.sessions(desk, number, since=desk.now)
    starts = _placed(desk, made, series, ahead, planned)
    for session in ahead:
        if starts.get(session.number, session.start) is not None:
            made.changed += _edited(desk, session, series, after, wanted, starts.get(session.number))
    reached = until if series.rule != after.rule else max((series.made_until, *(one.now for one in planned if one.now)))
    details = _details(series, made.series, wanted)
    made.series = operations.saved(desk, replace(made.series, made_until=reached), "edit", wanted.why, **details)
    return made


def _details(series: Series, after: Series, wanted: Wanted) -> dict[str, object]:
    """For its history: the rule and the first start before and after, which fields are other ones, and who."""
    changes = [name for name in wanted.fields if getattr(series.pattern, name) != getattr(after.pattern, name)]
    was, became = ({"rule": one.rule, "start": one.pattern.start.isoformat()} for one in (series, after))
    moved = {"was": was, "became": became} if _moves(series, after) else {}
    return {**moved, "changes": changes, "invited": list(wanted.fresh), "uninvited": list(wanted.gone)}


def _moves(series: Series, after: Series) -> bool:
    return (series.rule, series.pattern.start) != (after.rule, after.pattern.start)


def _pattern(desk: Desk, pattern: Meeting, wanted: Wanted) -> Meeting:
    """What each session begins with from now on; its own start may be long over."""
    soon = replace(pattern, start=desk.now + timedelta(days=1))
    if any(getattr(soon, name) != value for name, value in wanted.fields.items()):
        soon = planning.edit(soon, desk.by.id, desk.now, wanted.fields).after
    if wanted.fresh:
        soon = planning.invite(soon, wanted.fresh, desk.by.id, desk.now).after
    if wanted.gone:
        soon = planning.uninvite(soon, wanted.gone, desk.by.id, desk.now).after
    return replace(soon, start=pattern.start, version=pattern.version, changed_at=pattern.changed_at)


def _placed(
    desk: Desk, made: Edited, series: Series, ahead: Sequence[Meeting], planned: Sequence[Place]
) -> dict[int, datetime | None]:
    """Each session's new start, None for one that goes; makes those that are new, and asks about holidays."""
    calendar, zone = desk.workplace.calendar, ZoneInfo(series.pattern.zone)
    by_start = {session.start: session for session in ahead}
    starts: dict[int, datetime | None] = _hours_of_its_own(desk, series, made.series, ahead, planned)
    for place in planned:
        session = by_start.get(place.was) if place.was is not None else None
        day = place.now.astimezone(zone).date() if place.now is not None else None
        off = day is not None and series.rule != made.series.rule and recurrence.holiday(day, calendar)
        if session is not None:
            starts[session.number] = None if off else place.now
            if off or place.now is None:
                made.gone.append(_cancelled(desk, session))
        if place.now is not None and day is not None and (off or session is None):
            _without_session(desk, made, series, place, day, off=off)
    return starts


def _without_session(desk: Desk, made: Edited, series: Series, place: Place, day: date, *, off: bool) -> None:
    """A place in which no session stands: asked about on a holiday, made where there was none by the old rule, and left free
    where there was one that somebody skipped or cancelled."""
    zone = ZoneInfo(series.pattern.zone)
    was = place.was.astimezone(zone).date() if place.was is not None else None
    asked_still = was is not None and was in series.asked
    assert place.now is not None
    if off:
        made.holidays.append(Holiday(made.series, place.now, desk.workplace.calendar.on_or_after(day)))
        made.series = replace(made.series, asked=tuple(dict.fromkeys((*made.series.asked, day))))
    elif was is None or (asked_still and series.rule != made.series.rule):
        session = operations.session(made.series, place.now, desk.now)
        made.made.append(enter(desk, planning.new(session, desk.by.id, desk.now)))
    elif not asked_still and was != day:
        made.series = replace(made.series, skipped=(*made.series.skipped, day))


def _hours_of_its_own(
    desk: Desk, series: Series, after: Series, ahead: Sequence[Meeting], planned: Sequence[Place]
) -> dict[int, datetime | None]:
    """At another hour of the same rule, a session that was moved to another day and kept the hour moves with the others,
    unless that hour is over."""
    if series.rule != after.rule or not planned:
        return {}
    zone = ZoneInfo(series.pattern.zone)
    old, new = (one.pattern.start.astimezone(zone).time().replace(fold=0) for one in (series, after))
    known = {one.was for one in planned}
    local = {session.number: session.start.astimezone(zone) for session in ahead if session.start not in known}
    found = {number: at(one.date(), new, zone) for number, one in local.items() if one.time().replace(fold=0) == old}
    return {number: start for number, start in found.items() if start > desk.now}


def _edited(
    desk: Desk, session: Meeting, before: Series, after: Series, wanted: Wanted, start: datetime | None
) -> list[Met]:
    """One session, its fields in one change and its people in another, each told to whom it concerns."""
    changes = {
        name: getattr(after.pattern, name)
        for name in wanted.fields
        if getattr(session, name) == getattr(before.pattern, name) != getattr(after.pattern, name)
    }
    if start is not None and start != session.start:
        changes["start"] = start
    fresh = [one for one in wanted.fresh if session.invitee(one) is None]
    gone = [one for one in wanted.gone if session.invitee(one) is not None and one not in _held(session)]
    found = [meetings.edit(desk, session.number, changes, wanted.why)] if changes else []
    found += [meetings.invite(desk, session.number, fresh)] if fresh else []
    return found + ([meetings.uninvite(desk, session.number, gone)] if gone else [])


def _held(session: Meeting) -> tuple[int | None, ...]:
    return session.host, session.recorder, session.organizer


def _cancelled(desk: Desk, session: Meeting) -> Met:
    return change(desk, MeetingVerb.CANCEL, session.number, lambda one: planning.cancel(one, desk.by.id, desk.now, ""))
