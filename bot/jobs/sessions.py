"""Calls of meetings, minutes and votes that ring in the sweep: what is told to whom, or done (bot/domain/calls.py).

They keep to their own minute, not to a morning: a room is told at once, a person when they may be disturbed (T3). What is no
longer true says nothing; after an outage each rings once, late.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.announcements import Desk
from bot.domain.alarms import Alarm
from bot.domain.calls import Call, Hours, Subject, calls, stands, why
from bot.domain.papers import Papers
from bot.jobs import live
from bot.jobs.minutes import MINUTES_RUNG
from bot.jobs.preparing import PREPARING
from bot.jobs.ringing import Ringing, Rung
from bot.operations.papers import papers
from bot.store import Records
from bot.workplace import Workplace

RUNG: dict[Call, Rung] = {**live.RUNG, **PREPARING, **MINUTES_RUNG}
"""What each call does, in the open transaction."""


def ring(records: Records, workplace: Workplace, now: datetime, alarms: Sequence[Alarm]) -> int:
    """Rings these; returns how many."""
    if not alarms:
        return 0
    desk = Desk(records.people.directory(), workplace)
    table = workplace.timetable(desk.directory)
    hours = Hours(table, {kind.name: kind for kind in workplace.kinds}, workplace.quiet)
    for alarm in alarms:
        found = papers(records, alarm.subject)
        subject = subject_of(found, alarm.subject)
        if found is not None and subject is not None and stands(alarm, subject, hours):
            RUNG[why(alarm)](records, Ringing(alarm, found, desk, now))
    records.alarms.rung(alarms, now)
    for label in {alarm.subject for alarm in alarms}:
        again = subject_of(papers(records, label), label)
        records.alarms.replace({label: calls(again, now, hours) if again is not None else ()}, now)
    return len(alarms)


def subject_of(found: Papers | None, label: str) -> Subject | None:
    """What the label names among the papers."""
    if found is None:
        return None
    if label.startswith("V-"):
        return found.vote
    return found.minutes if " v" in label else found.meeting
