"""What the calls of minutes do: the recorder's 24 hours, the host's review, who has not acknowledged (N1, N2, N4).

Nothing here deletes: when the years of N7 are over nothing happens by itself.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from bot.domain import reviewing
from bot.domain.calls import Call
from bot.domain.minutes import Minutes
from bot.jobs.ringing import Ringing, Rung
from bot.store import Notice, Records


def _draft(records: Records, ringing: Ringing) -> None:
    """N1: so many hours are left."""
    _tell(records, ringing, "minutes_owed", [ringing.alarm.person])


def _late(records: Records, ringing: Ringing) -> None:
    """N1: the host hears of it."""
    _tell(records, ringing, "minutes_late", [ringing.alarm.person])


def _review(records: Records, ringing: Ringing) -> None:
    """N2: they wait for the host since a working day."""
    _tell(records, ringing, "minutes_submitted", [ringing.alarm.person])


def _acknowledge(records: Records, ringing: Ringing) -> None:
    """N4: those who have neither acknowledged nor asked for a correction, and nobody else; when each was is kept, for recorder and host."""
    minutes = ringing.papers.minutes
    if minutes is None:
        return
    told = _tell(records, ringing, "minutes_acknowledge", minutes.silent, _remind_at(ringing, minutes))
    if told:
        records.archive.save(reviewing.remind(minutes, told, ringing.now))
        records.outbox.refresh([minutes.label], ringing.now)


def _unread(records: Records, ringing: Ringing) -> None:
    """N4: who has not, to recorder and host."""
    minutes = ringing.papers.minutes
    if minutes is not None:
        _tell(records, ringing, "minutes_unread", dict.fromkeys((minutes.recorder, minutes.host)))


def _remind_at(ringing: Ringing, minutes: Minutes) -> Callable[[int], datetime]:
    """N4: so long after each of them could read it, by their own clock (T3)."""
    desk, sent = ringing.desk, minutes.approved_at or ringing.now
    return lambda person: desk.audible(sent, person) + desk.workplace.rules.acknowledge_remind


def _tell(
    records: Records, ringing: Ringing, moment: str, people: Iterable[int],
    earliest: Callable[[int], datetime] | None = None,
) -> dict[int, datetime]:  # fmt: skip
    """Once for each call and person; when they may be disturbed (T3), not before the `earliest` of each, unless they may not
    see it (N8). Returns who and when."""
    minutes, alarm = ringing.papers.minutes, ringing.alarm
    readers = minutes.readers if minutes is not None and minutes.confidential else None
    heard = [one for one in people if readers is None or one in readers]
    since = {person: max(ringing.now, earliest(person)) if earliest else ringing.now for person in heard}
    told = {person: ringing.desk.audible(begun, person) for person, begun in since.items()}
    key = f"{alarm.subject}:{alarm.occasion}"
    records.outbox.add(
        [Notice(person, moment, (alarm.subject,), f"{key}:P{person}", when) for person, when in told.items()]
    )
    return told


MINUTES_RUNG: dict[Call, Rung] = {
    Call.DRAFT: _draft,
    Call.DRAFT_LATE: _late,
    Call.REVIEW: _review,
    Call.ACKNOWLEDGE: _acknowledge,
    Call.UNREAD: _unread,
}
