"""What the calls of a meeting that is prepared do: who hears of the agenda, the hour, and of what did not begin (P6, P9, M1).

A reminder before the start is urgent, because it says nothing afterwards; after an outage it is let be, and host or
organizer hear once of what did not begin.
"""

from datetime import datetime

from bot.domain import planning
from bot.domain.calls import Call
from bot.domain.meeting import Invitee, Reply
from bot.jobs.ringing import Ringing, Rung
from bot.store import Notice, Records


def agenda(records: Records, ringing: Ringing) -> None:
    """P6: the organizer, when the agenda is incomplete or does not fit."""
    meeting = ringing.papers.meeting
    if planning.lacking(meeting) or planning.over(meeting):
        records.outbox.add([_to(ringing, meeting.organizer, "meeting-agenda")])


def lead(records: Records, ringing: Ringing) -> None:
    """P6: the organizer, while nobody has been told; once it has begun there is nothing to announce."""
    meeting = ringing.papers.meeting
    if ringing.now < meeting.start:
        records.outbox.add([_to(ringing, meeting.organizer, "meeting-lead")])


def soon(records: Records, ringing: Ringing) -> None:
    """P9: whoever is to come and has not declined."""
    meeting = ringing.papers.meeting
    if ringing.now < meeting.start:
        coming = [_who(one) for one in meeting.invitees if one.reply is not Reply.DECLINED]
        people = dict.fromkeys((*coming, meeting.organizer))
        records.outbox.add([_to(ringing, person, "meeting-soon", ringing.now) for person in people])


def not_started(records: Records, ringing: Ringing) -> None:
    """M1: the host; when its time is over already, the organizer is asked instead (`unheld`)."""
    meeting = ringing.papers.meeting
    if ringing.now < meeting.end:
        host = meeting.host or meeting.organizer
        records.outbox.add([_to(ringing, host, "meeting-not-started", ringing.now)])


def unheld(records: Records, ringing: Ringing) -> None:
    """The organizer: hold it another time, or not at all."""
    records.outbox.add([_to(ringing, ringing.papers.meeting.organizer, "meeting-unheld")])


def _who(one: Invitee) -> int:
    return one.proxy if one.proxy is not None else one.person


def _to(ringing: Ringing, person: int, moment: str, at: datetime | None = None) -> Notice:
    """Once for this call and person. `at`: at that moment whatever the hour, else when they may be disturbed (T3)."""
    subject = ringing.papers.meeting.label
    when = at or ringing.desk.audible(ringing.now, person)
    key = f"{subject}:{ringing.alarm.occasion}:P{person}"
    return Notice(person, moment, (subject,), key, when, urgent=at is not None)


PREPARING: dict[Call, Rung] = {
    Call.AGENDA: agenda,
    Call.LEAD: lead,
    Call.SOON: soon,
    Call.NOT_STARTED: not_started,
    Call.UNHELD: unheld,
}
