"""The clock of a meeting that is held (M1, M4): one nudge at each topic's end and at the planned end, a question about one
left running, and votes closed by their deadline. Each rings once for ever; after an outage once, late."""

from bot.announcements import Desk
from bot.announcements.live import places
from bot.domain.calls import Call
from bot.domain.meeting import MeetingState
from bot.jobs.ringing import Ringing, Rung
from bot.operations import voting
from bot.people import Room
from bot.store import Notice, Records


def topic_end(records: Records, ringing: Ringing) -> None:
    """M1: the topic's planned minutes are over."""
    on = ringing.papers.meeting.on
    _told(records, ringing, "topic_end", f"{ringing.alarm.subject}#{on or 0}", topic=on)


def end(records: Records, ringing: Ringing) -> None:
    """M1: the planned end."""
    _told(records, ringing, "planned_end", f"{ringing.alarm.subject}#0")


def left(records: Records, ringing: Ringing) -> None:
    """It runs after twice its planned length: the host is asked, nobody ends it for them."""
    subject = f"{ringing.alarm.subject}#0"
    notice = _notice(ringing.desk, ringing, ringing.alarm.person, "left_running", subject, {})
    records.outbox.add([notice])


def deadline(records: Records, ringing: Ringing) -> None:
    """M4: closed by its deadline; the counts are told where the meeting is spoken to, unless it was cancelled."""
    vote = ringing.papers.vote
    if vote is None:
        return
    voting.close_due(records, vote, ringing.now)
    if ringing.papers.meeting.state is not MeetingState.CANCELLED:
        _told(records, ringing, "vote_closed", vote.label)


def _told(records: Records, ringing: Ringing, moment: str, subject: str, **args: object) -> None:
    to = places(ringing.papers.meeting)
    records.outbox.add([_notice(ringing.desk, ringing, one, moment, subject, args) for one in to])


def _notice(desk: Desk, ringing: Ringing, to: Room | int, moment: str, subject: str, args: dict[str, object]) -> Notice:
    address = f"{to.messenger}:{to.id}" if isinstance(to, Room) else f"P{to}"
    key = f"{ringing.alarm.subject}:{ringing.alarm.occasion}:{address}"
    when = ringing.now if isinstance(to, Room) else desk.audible(ringing.now, to)
    return Notice(to, moment, (subject,), key, when, args)


RUNG: dict[Call, Rung] = {Call.TOPIC_END: topic_end, Call.END: end, Call.LEFT: left, Call.DEADLINE: deadline}
"""What each of these calls does."""
