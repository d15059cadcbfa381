"""The verbs on a meeting's minutes: load → who may → state → rule (bot/domain/reviewing.py) → save, history, calls.

M-7 ends ──draft──▶ recorder edits, submits ──▶ host returns or approves ──▶ distributed ──▶ acknowledged, archived
                                                              ▲                    │ revise: edition 2
                                                              └────────────────────┘
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec.structs import replace

from bot.announcements.minutes import concerned
from bot.domain import drafting, reviewing
from bot.domain.action import Action
from bot.domain.facts import Minuted
from bot.domain.meeting import Meeting, MeetingState
from bot.domain.minutes import MINUTES_MOVES, Minutes, MinutesState, MinutesVerb
from bot.errors import Offer, Refusal
from bot.operations import sessions
from bot.operations.desk import Desk
from bot.policy import minutes as policy
from bot.store import Conflict, Entry, Query, Sessions
from bot.texts import Words, words

Rule = Callable[[Minutes], Minuted]

_SENT = frozenset({MinutesState.DISTRIBUTED, MinutesState.ARCHIVED, MinutesState.SUPERSEDED})
_OF_SENT = frozenset({MinutesVerb.ACKNOWLEDGE, MinutesVerb.CORRECT})
_WEIGHTY = frozenset({MinutesVerb.SUBMIT, MinutesVerb.RETURN, MinutesVerb.APPROVE})
"""Decides about what was shown: pressed on a card that has changed since, it changes nothing."""
_AHEAD = frozenset({MeetingState.DRAFT, MeetingState.AWAITING, MeetingState.ANNOUNCED})


def draft(desk: Desk, meeting: Meeting) -> Minuted | None:
    """N1: the first edition of a meeting that has ended, its history and calls; None when there is one already (the meeting
    was resumed and ended again: then the draft is made anew unless somebody has written in it)."""
    there = desk.records.archive.get(meeting.number)
    captures = desk.records.meetings.captured(meeting.number)
    following, other = _following(desk, meeting), _words(desk, meeting)("paper-more")
    fact = _owed(desk, drafting.draft(meeting, captures, following, other, desk.now, desk.workplace.rules))
    if there is not None:
        return _again(desk, there, fact)
    desk.records.archive.add(fact.after)
    return remember(desk, fact)


def latest(desk: Desk, number: int, edition: int | None = None) -> Minutes:
    """The edition that is named, else the newest that this person may read.

    Raises Refusal `meeting-unknown`, `confidential`, `minutes-none` or `minutes-not-yet`."""
    found = desk.records.archive.get(number, edition)
    if found is None:
        raise _missing(desk, number, edition)
    if not policy.sees(desk.by, found):
        raise Refusal("confidential", meeting=f"M-{number}")
    if policy.reads(desk.by, found):
        return found
    sent = [one for one in desk.records.archive.editions(number) if policy.reads(desk.by, one)]
    if not sent or edition is not None:
        raise Refusal("minutes-not-yet", minutes=found.label)
    return sent[-1]


def before(desk: Desk, minutes: Minutes) -> Minutes | None:
    """The edition that these replaced or are to replace (N5)."""
    return desk.records.archive.get(minutes.meeting, minutes.edition - 1) if minutes.edition > 1 else None


def actions(desk: Desk, number: int) -> list[Action]:
    """What came of the meeting, by number."""
    return sorted(desk.records.actions.find(Query(session=number)), key=lambda one: one.number)


def shown(desk: Desk, minutes: Minutes) -> Minutes:
    """As they are read: a draft with its actions as these are now."""
    return drafting.present(minutes, actions(desk, minutes.meeting))


def ready(desk: Desk, number: int, verb: MinutesVerb, edition: int | None = None) -> Minutes:
    """The newest edition (or the named), when this person may do this to it now.

    Raises Refusal as `latest` does, `minutes-may-not`, `minutes-wrong-state`, `minutes-approved` (who wants to edit is
    offered to revise), `minutes-old-edition`, `minutes-deleted`, or `minutes-changed` where a weighty verb was pressed on an older card."""
    minutes = _meant(desk, latest(desk, number, edition), verb, edition)
    policy.check(desk.by, verb, minutes)
    if minutes.deleted_at is not None:
        raise Refusal("minutes-deleted", minutes=minutes.label)
    if minutes.state not in MINUTES_MOVES[verb]:
        raise _refused(desk, minutes, verb)
    if verb in _WEIGHTY and desk.version and desk.version != minutes.version:
        raise Refusal("minutes-changed", minutes=minutes.label, offers=(_open(minutes),))
    return drafting.linked(minutes) if verb is MinutesVerb.EDIT else minutes


def change(desk: Desk, verb: MinutesVerb, number: int, rule: Rule, edition: int | None = None) -> Minuted:
    """The verb's rule on the minutes, kept."""
    return keep(desk, rule(ready(desk, number, verb, edition)))


def edit(desk: Desk, minutes: Minutes, after: Minutes, was: Mapping[str, str], now: Mapping[str, str]) -> Minuted:
    """N1: `minutes` (from `ready`) with other words."""
    return keep(desk, reviewing.edit(minutes, desk.by.id, desk.now, after, was, now))


def submit(desk: Desk, number: int) -> Minuted:
    """N2."""
    return change(desk, MinutesVerb.SUBMIT, number, lambda one: reviewing.submit(one, desk.by.id, desk.now))


def return_(desk: Desk, number: int, why: str) -> Minuted:
    """N2."""
    return change(desk, MinutesVerb.RETURN, number, lambda one: reviewing.return_(one, desk.by.id, desk.now, why))


def approve(desk: Desk, number: int) -> Minuted:
    """N2, N3, N5: distributed at once; the edition before is superseded, and its cards say so."""
    minutes = ready(desk, number, MinutesVerb.APPROVE)
    here = tuple(one for one in minutes.must if desk.directory.person(one).active)
    minutes = replace(minutes, must=here)  # who has left since the meeting would be waited for for ever
    reached_at = max((_heard_at(desk, one) for one in here), default=None)
    fact = keep(desk, reviewing.approve(minutes, desk.by.id, desk.now, actions(desk, number), reached_at))
    old = before(desk, fact.after)
    if old is not None and old.state is not MinutesState.SUPERSEDED:
        keep(desk, reviewing.supersede(old, desk.by.id, desk.now))
    return fact


def _heard_at(desk: Desk, person: int) -> datetime:
    """N4: the 24 hours begin when they may be written to (T3): what is sent on Friday night is not unread on Monday."""
    return desk.workplace.audible(desk.now, desk.directory.zone(person))


def acknowledge(desk: Desk, number: int, edition: int | None) -> Minuted:
    """N4, N5: of the newest edition only."""
    return change(
        desk, MinutesVerb.ACKNOWLEDGE, number, lambda one: reviewing.acknowledge(one, desk.by.id, desk.now), edition
    )


def excuse(desk: Desk, person: int) -> None:
    """N4: what waits for somebody who has left waits for them no longer."""
    for minutes in desk.records.archive.unacknowledged(person):
        after = reviewing.excuse(minutes, person, desk.now)
        desk.records.archive.save(after)
        sessions.set_calls(desk, after)
        desk.records.outbox.refresh([after.label], desk.now)


def correct(desk: Desk, number: int, text: str, edition: int | None = None) -> Minuted:
    """N4."""
    return change(
        desk, MinutesVerb.CORRECT, number, lambda one: reviewing.correct(one, desk.by.id, desk.now, text), edition
    )


def revise(desk: Desk, number: int, why: str) -> Minuted:
    """N5: the next edition as a draft; the distributed one stays in force until that is approved."""
    old = ready(desk, number, MinutesVerb.REVISE)
    fact = reviewing.revise(old, desk.by.id, desk.now, why, desk.workplace.rules)
    desk.records.archive.add(fact.after)
    desk.records.outbox.refresh([old.label], desk.now)
    return remember(desk, fact)


def delete(desk: Desk, number: int) -> Minuted:
    """N7: all editions, when their years have passed; kept in the history who did. Whoever else wrote and led them hears first,
    once: then the fact is that they are to go, and the same again, when that time is over, deletes.

    Raises Refusal `minutes-keep`, `minutes-leaving` until then."""
    newest = ready(desk, number, MinutesVerb.DELETE)
    reviewing.check_kept(newest, desk.now, desk.workplace.kind(newest.kind).keep_years)
    told = concerned(newest, desk.by.id, desk.directory)
    if newest.leaving_at is None and told:
        return keep(desk, reviewing.leave(newest, desk.by.id, desk.now, told, desk.workplace.rules))
    if newest.leaving_at is not None and desk.now < newest.leaving_at:
        raise Refusal("minutes-leaving", minutes=newest.label, at=newest.leaving_at, offers=(_open(newest),))
    editions = [one for one in desk.records.archive.editions(number) if one.deleted_at is None]
    return [keep(desk, reviewing.delete(one, desk.by.id, desk.now)) for one in editions][-1]


def keep(desk: Desk, fact: Minuted) -> Minuted:
    """Saves what changed, its history and its next calls. Raises Refusal `minutes-changed` when it was not the newest."""
    try:
        desk.records.archive.save(fact.after)
    except Conflict:
        look = (Offer("offer-show", f"/minutes show {fact.subject}"),)
        raise Refusal("minutes-changed", minutes=fact.subject, offers=look) from None
    return remember(desk, fact)


def remember(desk: Desk, fact: Minuted) -> Minuted:
    """Who, when and what; then the calls of the minutes, and every card about them marked out of date."""
    details = {**fact.details, "state": str(fact.after.state)}
    desk.records.history.add(Entry(fact.subject, fact.at, fact.by, str(fact.verb), fact.why, details=details))
    sessions.set_calls(desk, fact.after)
    desk.records.outbox.refresh([fact.subject], desk.now)
    return fact


def _meant(desk: Desk, newest: Minutes, verb: MinutesVerb, edition: int | None) -> Minutes:
    """While the next edition is being written, people acknowledge and correct the one that was distributed."""
    if verb not in _OF_SENT or edition is not None or newest.state in _SENT:
        return newest
    sent = [one for one in desk.records.archive.editions(newest.meeting) if one.state in _SENT]
    return sent[-1] if sent else newest


def _again(desk: Desk, there: Minutes, fact: Minuted) -> Minuted | None:
    """A meeting that was resumed and has ended again: its draft is made anew, unless a person has written in it since."""
    written = any(one.verb != MinutesVerb.DRAFT and not one.refused for one in desk.records.history.of(there.label))
    if there.edition > 1 or written or there.state is not MinutesState.DRAFT:
        return None
    anew = replace(fact.after, version=there.version + 1, changed_at=desk.now)
    return keep(desk, replace(fact, before=there, after=anew))


def _owed(desk: Desk, fact: Minuted) -> Minuted:
    """N1: the recorder's 24 hours begin with the meeting's end, or when they may be written to after it (T3)."""
    made, zone = fact.after, desk.directory.zone(fact.after.recorder)
    due_at = desk.workplace.audible(made.ended_at, zone) + desk.workplace.rules.draft_within
    return replace(fact, after=replace(made, due_at=due_at))


def _words(desk: Desk, meeting: Meeting) -> Words:
    """What the bot itself puts into a draft is in the recorder's language: theirs to change (T4, T5)."""
    return words(desk.directory.person(meeting.recorder or meeting.host or meeting.organizer).language)


def _following(desk: Desk, meeting: Meeting) -> datetime | None:
    """N1: when the next session of its series is."""
    if meeting.series is None:
        return None
    ahead = Sessions(series=meeting.series, since=meeting.end, states=_AHEAD, limit=1)
    found = desk.records.meetings.find(ahead)
    return found[0].start if found else None


def _missing(desk: Desk, number: int, edition: int | None) -> Refusal:
    """No minutes: no such meeting, a confidential one, or none written yet. Nothing is said of the confidential one."""
    meeting = sessions.load(desk, number)
    newest = desk.records.archive.get(number)
    if edition is not None and newest is not None and policy.sees(desk.by, newest):
        return Refusal("minutes-no-edition", minutes=f"{meeting.label} v{edition}", offers=(_open(newest),))
    return Refusal("minutes-none", meeting_label=meeting.label)


def _refused(desk: Desk, minutes: Minutes, verb: MinutesVerb) -> Refusal:
    """A wrong state, with the way out of it."""
    newest = desk.records.archive.get(minutes.meeting) or minutes
    if minutes.state is MinutesState.SUPERSEDED and policy.reads(desk.by, newest):
        return Refusal("minutes-old-edition", minutes=minutes.label, newest=newest.label, offers=(_open(newest),))
    if verb is MinutesVerb.EDIT and minutes.state in _SENT:
        offers = (Offer("offer-revise", f"/minutes revise M-{minutes.meeting}"), _open(minutes))
        return Refusal("minutes-approved", minutes=minutes.label, offers=offers)
    if verb is MinutesVerb.ACKNOWLEDGE and desk.by.id not in minutes.waiting:
        return Refusal("minutes-acknowledged", minutes=minutes.label)
    return Refusal(
        "minutes-wrong-state", minutes=minutes.label, stage=f"minutes-{minutes.state}", deed=f"minutes-{verb}",
        offers=(_open(minutes),),
    )  # fmt: skip


def _open(minutes: Minutes) -> Offer:
    return Offer("offer-show", f"/minutes show {minutes.label}")
