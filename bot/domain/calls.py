"""When a meeting, its minutes and its votes want to be asked again: their moments, computed anew from their values after
every change, as an item's are (bot/domain/alarms.py).

| call        | of        | when                                                             | who hears            |
|-------------|-----------|------------------------------------------------------------------|----------------------|
| agenda      | draft     | morning of the working day before the lead moment (P6)           | organizer            |
| lead        | draft     | morning of the day on which the agenda should go out (P6)        | organizer            |
| soon        | announced | 15 minutes before the start (P9)                                 | everybody invited    |
| not-started | announced | 5 minutes after the start (M1)                                   | host                 |
| unheld      | announced | an hour after the planned end                                    | organizer            |
| topic-end   | running   | the topic's planned minutes after it began (M1)                  | its room             |
| end         | running   | the planned end (M1)                                             | its room             |
| left        | running   | twice the planned length after the start                         | host                 |
| draft       | minutes   | 20 hours after the meeting's end (N1)                            | recorder             |
| draft-late  | minutes   | 24 hours after it (N1), not before the recorder could be reminded | host                |
| review      | minutes   | morning of the working day after the host could read of them (N2, T3) | host            |
| acknowledge | minutes   | 20 hours after they were distributed, or could be read (N4, T3)  | who has not yet      |
| unread      | minutes   | 24 hours after the last could read them, not with a reminder (N4) | recorder and host   |
| deadline    | vote      | its deadline (M4): it is closed                                  | its room             |
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.calendar import Quiet, audible
from bot.domain.alarms import Alarm, Timetable
from bot.domain.captured import Vote
from bot.domain.kinds import Kind
from bot.domain.meeting import Meeting, MeetingState
from bot.domain.minutes import Minutes, MinutesState

Subject = Meeting | Minutes | Vote

UNHELD_AFTER = timedelta(hours=1)
"""A meeting that was announced and never started is asked about so long after its planned end."""
EVERYBODY = 0
"""The person of a call that several hear, or a room."""


class Call(StrEnum):
    """Why it rings."""

    AGENDA = "agenda"
    LEAD = "lead"
    SOON = "soon"
    NOT_STARTED = "not-started"
    UNHELD = "unheld"
    TOPIC_END = "topic-end"
    END = "end"
    LEFT = "left"
    DRAFT = "draft"
    DRAFT_LATE = "draft-late"
    REVIEW = "review"
    ACKNOWLEDGE = "acknowledge"
    UNREAD = "unread"
    DEADLINE = "deadline"


class Hours(Struct, frozen=True):
    """What the calls depend on besides their subject: the timetable, the kinds of meetings by name, the quiet hours."""

    table: Timetable
    kinds: Mapping[str, Kind]
    quiet: Quiet = Quiet()


def why(alarm: Alarm) -> Call:
    """The call of an alarm without its instant."""
    return Call(alarm.occasion.partition(":")[0])


def calls(subject: Subject, now: datetime, hours: Hours) -> list[Alarm]:
    """Every call of it after `now`."""
    return [alarm for alarm in _every(subject, hours) if alarm.due_at > now]


def stands(alarm: Alarm, subject: Subject, hours: Hours) -> bool:
    """Whether a ringing call is still to be said: the subject as it is now would set it again."""
    return alarm in _every(subject, hours)


def lead_day(meeting: Meeting, kind: Kind, table: Timetable) -> date:
    """P6: the day on which agenda and materials go out, at the latest."""
    day = meeting.start.astimezone(ZoneInfo(meeting.zone)).date()
    if not kind.lead_working:
        return table.calendar.on_or_before(day - timedelta(days=kind.lead_days))
    for _ in range(kind.lead_days):
        day = table.calendar.on_or_before(day - timedelta(days=1))
    return day


def _every(subject: Subject, hours: Hours) -> Iterator[Alarm]:
    match subject:
        case Meeting(state=MeetingState.DRAFT):
            yield from _drafted(subject, hours)
        case Meeting(state=MeetingState.ANNOUNCED):
            yield from _announced(subject, hours)
        case Meeting(state=MeetingState.RUNNING):
            yield from _running(subject, hours)
        case Minutes():
            yield from _minutes(subject, hours)
        case Vote(closed_at=None, deadline=datetime() as deadline):
            yield _call(subject, Call.DEADLINE, deadline, deadline, EVERYBODY)
        case _:
            return


def _drafted(meeting: Meeting, hours: Hours) -> Iterator[Alarm]:
    table, organizer = hours.table, meeting.organizer
    kind = hours.kinds.get(meeting.kind)
    if kind is not None:
        lead = lead_day(meeting, kind, table)
        before = table.calendar.on_or_before(lead - timedelta(days=1))
        yield _call(meeting, Call.AGENDA, meeting.start, table.morning(before, organizer), organizer)
        yield _call(meeting, Call.LEAD, meeting.start, table.morning(lead, organizer), organizer)


def _announced(meeting: Meeting, hours: Hours) -> Iterator[Alarm]:
    rules, start = hours.table.rules, meeting.start
    host = meeting.host or meeting.organizer
    yield _call(meeting, Call.SOON, start, start - rules.start_reminder, EVERYBODY)
    yield _call(meeting, Call.NOT_STARTED, start, start + rules.late_start, host)
    yield _call(meeting, Call.UNHELD, start, meeting.end + UNHELD_AFTER, meeting.organizer)


def _running(meeting: Meeting, hours: Hours) -> Iterator[Alarm]:
    topic, began = meeting.topic(meeting.on), meeting.started_at
    if topic is not None and topic.started_at is not None:
        ends = topic.started_at + timedelta(minutes=topic.minutes)
        yield _call(meeting, Call.TOPIC_END, topic.started_at, ends, EVERYBODY)
    if began is not None:
        yield _call(meeting, Call.END, began, meeting.end, EVERYBODY)
        left = began + timedelta(minutes=meeting.length * hours.table.rules.left_running)
        yield _call(meeting, Call.LEFT, began, left, meeting.host or meeting.organizer)


def _minutes(minutes: Minutes, hours: Hours) -> Iterator[Alarm]:
    rules, table = hours.table.rules, hours.table
    if minutes.state is MinutesState.DRAFT and minutes.edition == 1:
        early = rules.draft_within - rules.draft_remind
        yield _call(minutes, Call.DRAFT, minutes.due_at, minutes.due_at - early, minutes.recorder)
        late = table.reported(minutes.due_at - early, early, minutes.recorder)
        yield _call(minutes, Call.DRAFT_LATE, minutes.due_at, late, minutes.host)
    if minutes.state is MinutesState.SUBMITTED and minutes.submitted_at is not None:
        submitted, zone = minutes.submitted_at, table.zones.zone(minutes.host)
        read = audible(submitted, zone, hours.quiet, table.calendar)
        day = table.calendar.after(read.astimezone(zone).date(), 1)
        yield _call(minutes, Call.REVIEW, submitted, table.morning(day, minutes.host), minutes.host)
    if minutes.state is MinutesState.DISTRIBUTED and minutes.approved_at is not None and minutes.waiting:
        sent = minutes.approved_at
        yield _call(minutes, Call.ACKNOWLEDGE, sent, sent + rules.acknowledge_remind, EVERYBODY)
        reminded, grace = (
            (minutes.reached_at or sent) + rules.acknowledge_remind,
            rules.acknowledge_within - rules.acknowledge_remind,
        )
        unread = max(table.reported(reminded, grace, one) for one in minutes.waiting)
        yield _call(minutes, Call.UNREAD, sent, unread, minutes.recorder)


def _call(subject: Subject, why: Call, about: datetime, at: datetime, person: int) -> Alarm:
    """`about` is the instant it is about, so that it rings once for each: a start that moves is another call."""
    return Alarm(subject.label, f"{why}:{about.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", at, person)
