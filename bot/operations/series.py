"""A recurring meeting (P2): its sessions are made ahead, a holiday is asked about, and what the last one left open comes
onto the next agenda by itself (A13).

The clock does this through a Clerk, who is nobody: what the bot does by itself stands so in the history.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.calendar import at
from bot.directory import Directory
from bot.domain import planning, recurrence
from bot.domain.action import OPEN, Action
from bot.domain.alarms import Timetable
from bot.domain.captured import Capture, Sort
from bot.domain.facts import ITSELF, Met
from bot.domain.meeting import Invitee, Meeting, MeetingState, MeetingVerb, Outcome, Reply, Topic
from bot.domain.series import Series
from bot.domain.unsettled import concluded
from bot.errors import Offer, Refusal
from bot.operations import planning as meetings
from bot.operations import secrecy
from bot.operations.desk import Desk
from bot.operations.sessions import change, enter, keep
from bot.people import Person
from bot.policy import meetings as policy
from bot.store import Conflict, Entry, Query, Records, Sessions
from bot.workplace import Workplace

LOOKED_BACK = 20
"""Sessions of a series whose own actions are asked for; what is older was carried onto theirs."""
_AHEAD = frozenset({MeetingState.DRAFT, MeetingState.AWAITING, MeetingState.ANNOUNCED})


class Clerk(Struct, frozen=True):
    """The desk of the bot itself: nobody's person, the moment of the sweep, the open transaction."""

    now: datetime
    records: Records
    directory: Directory
    workplace: Workplace
    version: int = 0

    @property
    def by(self) -> Person:
        return Person(ITSELF, "", self.workplace.timezone, self.workplace.language, admin=True)

    @property
    def timetable(self) -> Timetable:
        return self.workplace.timetable(self.directory)


class Holiday(Struct, frozen=True):
    """A session that falls on a public holiday: its start by the rule, and the working day it could move to; `made`, where it
    stands already."""

    series: Series
    start: datetime
    to: date
    made: Meeting | None = None


def begin(desk: Desk, pattern: Meeting, rule: str) -> tuple[Series, list[Met], list[Holiday]]:
    """A new series with its first sessions, all drafts. Raises Refusal `series-empty` for a rule that has no session ahead."""
    series = Series(rule, planning.new(pattern, desk.by.id, desk.now).after, desk.now)
    first = recurrence.following(series, max(desk.now, pattern.start - timedelta(seconds=1)))
    if first is None:
        raise Refusal("series-empty", rule=rule)
    series = replace(series, pattern=replace(series.pattern, start=first))
    kept = desk.records.meetings.add_series(series)
    _remember(desk, kept, "new")
    made, asked = make_ahead(desk, kept)
    return kept, made, asked


def known(desk: Desk, number: int) -> Series:
    """The series, when this person may see its meetings. Raises Refusal `series-unknown`, `confidential`."""
    series = desk.records.meetings.series(number)
    if series is None:
        raise Refusal("series-unknown", number=f"S-{number}", offers=(Offer("offer-series", "/series list"),))
    if not policy.sees(desk.by, series.pattern):
        raise Refusal("confidential", meeting=series.label)
    return series


def ready(desk: Desk, number: int) -> Series:
    """The running series, when this person may change it. Raises also `series-ended`, `meeting-may-not`."""
    series = known(desk, number)
    try:
        policy.check(desk.by, MeetingVerb.RESCHEDULE, series.pattern, desk.workplace)
    except Refusal as refused:  # of its pattern, which is no meeting: what was refused is the series
        refused.args_.update(meeting=series.label, deed="series-change")
        raise
    if series.ended_at is not None:
        raise Refusal("series-ended", series=series.label)
    return series


def make_ahead(desk: Desk, series: Series) -> tuple[list[Met], list[Holiday]]:
    """The sessions of the days that have come into reach, and the holidays among them: those are asked about, once."""
    until = desk.now + timedelta(days=desk.workplace.rules.sessions_ahead)
    zone, calendar = ZoneInfo(series.pattern.zone), desk.workplace.calendar
    made: list[Met] = []
    holidays: list[Holiday] = []
    for start in recurrence.starts(series, max(series.made_until, desk.now), until):
        day = start.astimezone(zone).date()
        if day in series.skipped:
            continue
        if recurrence.holiday(day, calendar):
            holidays.append(Holiday(series, start, calendar.on_or_after(day)))
        else:
            made.append(enter(desk, planning.new(session(series, start, desk.now), desk.by.id, desk.now)))
    asked = (*series.asked, *(one.start.astimezone(zone).date() for one in holidays))
    if until > series.made_until and (made or holidays):
        saved(desk, replace(series, made_until=until, asked=asked))
    return made, holidays


def turned_off(desk: Desk, series: Series) -> tuple[Series, list[Holiday]]:
    """Sessions that were made for a working day which is a holiday by now (a year was published, the workplace has added a
    day): asked about, once, and held as planned unless something is said (P2, T2). The series as it is then."""
    zone, calendar = ZoneInfo(series.pattern.zone), desk.workplace.calendar
    found: dict[date, Holiday] = {}
    for one in sessions(desk, series.number, since=desk.now):
        day = one.start.astimezone(zone).date()
        if recurrence.holiday(day, calendar) and day not in (*series.asked, *series.held) and _by_rule(series, one):
            found[day] = Holiday(series, one.start, calendar.on_or_after(day), one)
    kept = saved(desk, replace(series, asked=(*series.asked, *found))) if found else series
    return kept, list(found.values())


def move(desk: Desk, number: int, day: date, to: date | None) -> Met:
    """A session that was asked about takes place on the next working day, or on another that was said: one that stands already
    is moved there, and its people hear of it if they had been told.

    Raises Refusal `series-not-asked`, `meeting-past`, `meeting-edit-nothing`."""
    series = ready(desk, number)
    _asked(series, day)
    zone = ZoneInfo(series.pattern.zone)
    wall = series.pattern.start.astimezone(zone).time().replace(tzinfo=None, fold=0)
    start = at(to or desk.workplace.calendar.on_or_after(day), wall, zone)
    made = _on(desk, series, day)
    if made is None:
        fact = enter(desk, planning.new(session(series, start, desk.now), desk.by.id, desk.now))
    else:
        fact = meetings.edit(desk, made.number, {"start": start})
    asked, then = tuple(one for one in series.asked if one != day), start.astimezone(zone).date()
    held = (*series.held, day) if then == day else series.held
    saved(desk, replace(series, asked=asked, held=held), "move", day=str(day), to=str(then))
    return fact


def skip(desk: Desk, number: int, day: date) -> Met | None:
    """No session on this day: one that was made is cancelled (the fact), one that was asked about is not made.

    Raises Refusal `series-no-session`."""
    series = ready(desk, number)
    session = _on(desk, series, day)
    if session is None and day not in series.asked and not _coming(series, day):
        raise Refusal("series-no-session", series=series.label, day=day)
    asked = tuple(one for one in series.asked if one != day)
    saved(desk, replace(series, asked=asked, skipped=(*series.skipped, day)), "skip", day=str(day))
    if session is None:
        return None
    return change(desk, MeetingVerb.CANCEL, session.number, lambda one: planning.cancel(one, desk.by.id, desk.now, ""))


def end(desk: Desk, number: int) -> tuple[Series, list[Met]]:
    """No more sessions; those ahead that nobody was told of go with it, announced ones stay and are said."""
    series = ready(desk, number)
    untold = sessions(desk, series.number, since=desk.now, states=frozenset({MeetingState.DRAFT}))
    gone = [keep(desk, planning.cancel(session, desk.by.id, desk.now, "")) for session in untold]
    return saved(desk, replace(series, ended_at=desk.now, asked=()), "end"), gone


def sessions(
    desk: Desk, number: int, *, since: datetime | None = None, states: frozenset[MeetingState] = _AHEAD
) -> list[Meeting]:
    """A series' sessions, oldest first."""
    return desk.records.meetings.find(Sessions(series=number, since=since, states=states))


def carry_over(desk: Desk, meeting: Meeting) -> Met | None:
    """A13: brings what the last sessions left open onto this one's agenda, and takes off what is closed by now; None when
    nothing changed, or when it is no session of a series."""
    if meeting.series is None or meeting.state not in _AHEAD:
        return None
    fact = planning.carry(meeting, left_open(desk, meeting), desk.by.id, desk.now)
    return keep(desk, fact) if fact is not None else None


def next_session(desk: Desk, series: Series) -> Meeting | None:
    """The one whose agenda what is left open stands on."""
    ahead = Sessions(series=series.number, since=desk.now, states=_AHEAD, limit=1)
    return next(iter(desk.records.meetings.find(ahead)), None)


def left_open(desk: Desk, meeting: Meeting) -> list[Topic]:
    """A13: the open actions of the series' earlier sessions, and what the last of them parked or did not come to, as topics of
    this one; of a confidential one nothing that somebody who reads this agenda may not know (N8)."""
    ended = frozenset({MeetingState.ENDED})
    wanted = Sessions(series=meeting.series, before=meeting.start, states=ended, newest=True, limit=LOOKED_BACK)
    earlier = desk.records.meetings.find(wanted)
    if not earlier:
        return []
    minutes = desk.workplace.rules.carried_minutes
    actions = {one.number: one for session in earlier for one in (*_open(desk, session), *_carried(desk, session))}
    captured = tuple(desk.records.meetings.captured(earlier[0].number))
    parked = [one for one in captured if one.sort is Sort.PARKED and not one.withdrawn]
    found = [
        *(_of_action(one, minutes) for one in sorted(actions.values(), key=lambda one: (one.due.at, one.number))),
        *_still_parked(earlier[0], captured),
        *(_of_parked(one, desk.workplace.rules.topic_minutes) for one in parked),
    ]
    return [topic for topic in found if secrecy.carries(desk, meeting, topic.carried)]


def _open(desk: Desk, session: Meeting) -> list[Action]:
    return desk.records.actions.find(Query(session=session.number, states=OPEN))


def _carried(desk: Desk, session: Meeting) -> list[Action]:
    """What a session's agenda brought along from before, or would have: so nothing open is lost, however long ago it was agreed."""
    labels = (*(topic.carried for topic in session.topics), *session.dropped)
    numbers = [int(label[2:]) for label in labels if label.startswith("A-")]
    return [one for one in desk.records.actions.several(numbers).values() if one.open] if numbers else []


def _of_action(action: Action, minutes: int) -> Topic:
    """How far it is: nobody is to decide anything about it (M5 asks for no conclusion once it was spoken of)."""
    return Topic(0, action.text, action.owner, minutes, Outcome.INFORM, carried=action.label)


def _still_parked(session: Meeting, captured: tuple[Capture, ...]) -> Iterator[Topic]:
    """What a session's agenda brought along as parked and nothing was concluded on: it ended before, or nobody decided."""
    for topic in session.agenda:
        if topic.carried.startswith("M-") and not concluded(topic, captured):
            yield replace(topic, number=0, started_at=None, ended_at=None)


def _of_parked(parked: Capture, minutes: int) -> Topic:
    return Topic(0, parked.text, parked.follower or parked.by, minutes, carried=f"M-{parked.meeting}#{parked.number}")


def session(series: Series, start: datetime, now: datetime) -> Meeting:
    """One session: the pattern at this start, its answers open again."""
    pattern = series.pattern
    people = tuple(
        Invitee(one.person, Reply.ACCEPTED if one.person == pattern.organizer else Reply.WAITING)
        for one in pattern.invitees
    )
    return replace(pattern, start=start, series=series.number, created_at=now, invitees=people, changed_at=None)


def _coming(series: Series, day: date) -> bool:
    """Whether the rule has a session on this day that is yet to be made."""
    zone = ZoneInfo(series.pattern.zone)
    midnight = at(day, datetime.min.time(), zone)
    starts = recurrence.starts(series, midnight - timedelta(seconds=1), midnight + timedelta(days=1))
    return any(start.astimezone(zone).date() == day and start > series.made_until for start in starts)


def _on(desk: Desk, series: Series, day: date) -> Meeting | None:
    """The session ahead on this day."""
    zone = ZoneInfo(series.pattern.zone)
    ahead: Iterator[Meeting] = iter(sessions(desk, series.number, since=desk.now))
    return next((one for one in ahead if one.start.astimezone(zone).date() == day), None)


def _by_rule(series: Series, one: Meeting) -> bool:
    """Whether it begins when the rule says; another moment was chosen by somebody, who saw what day it is."""
    return bool(recurrence.starts(series, one.start - timedelta(seconds=1), one.start))


def _asked(series: Series, day: date) -> None:
    if day not in series.asked:
        raise Refusal("series-not-asked", series=series.label, day=day)


def saved(desk: Desk, series: Series, verb: str = "", why: str = "", **details: object) -> Series:
    """Saves it, one version on; what people did stands in its history, with its `details` (plain JSON). Raises Refusal
    `series-changed`."""
    series = replace(series, version=series.version + 1)
    try:
        desk.records.meetings.save_series(series)
    except Conflict:
        raise Refusal("series-changed", series=series.label) from None
    if verb:
        _remember(desk, series, verb, why, details)
    return series


def _remember(desk: Desk, series: Series, verb: str, why: str = "", details: dict[str, object] | None = None) -> None:
    desk.records.history.add(Entry(series.label, desk.now, desk.by.id, verb, why, details=details or {}))
