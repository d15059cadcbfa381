"""Loads a meeting's paper by a subject: M-7, M-7 v2 (its minutes), M-7#12 (a line taken down in it, #0 its course) or V-3
(a vote in it)."""

from collections.abc import Iterable

from bot.domain.papers import Papers
from bot.pattern import pattern
from bot.store import Query, Records

_SUBJECT = pattern(r"M-(?P<meeting>[0-9]{1,18})(?: v(?P<edition>[0-9]{1,9})|#[0-9]{1,9})?|V-(?P<vote>[0-9]{1,18})")


def papers(records: Records, subject: str) -> Papers | None:
    """Everything about it; None where there is no such thing."""
    match = _SUBJECT.fullmatch(subject)
    if match is None:
        return None
    vote = records.meetings.vote(int(match["vote"])) if match["vote"] else None
    number = vote.meeting if vote else int(match["meeting"] or 0)
    meeting = records.meetings.get(number)
    if meeting is None:
        return None
    edition = int(match["edition"]) if match["edition"] else None
    captures = tuple(one for one in records.meetings.captured(number) if not one.withdrawn)
    actions = tuple(sorted(records.actions.find(Query(session=number)), key=lambda action: action.number))
    minutes = records.archive.get(number, edition)
    before = records.archive.get(number, minutes.edition - 1) if minutes is not None and minutes.edition > 1 else None
    return Papers(meeting, captures, actions, minutes, before, vote)


def about(records: Records, subjects: Iterable[str]) -> Papers | None:
    """The paper of the first subject that is a meeting's."""
    return next((found for subject in subjects if (found := papers(records, subject)) is not None), None)
