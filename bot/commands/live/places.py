"""Which meeting a line is about: the one it names, the one running in this room, the one replied to, the only one that fits.

Several are asked about with a button for each; nothing is guessed. What is taken down where no meeting runs is offered
another way, and in a room that never had a meeting a `#note` is people's own (M2)."""

import re
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.domain.meeting import MEETING_MOVES, Meeting, MeetingState, MeetingVerb
from bot.due.phrase import shadow
from bot.errors import Offer, Refusal
from bot.pattern import pattern
from bot.policy import meetings as policy
from bot.store import Sessions

NEAR = timedelta(hours=12)
"""A meeting so far from its planned start may be the one that is meant by a bare `start`."""
JUST_ENDED = timedelta(hours=2)
"""A meeting that ended so recently may have been ended too early."""
RECENT = timedelta(days=7)
_MOST = 4
_FOR = pattern(r"\[M-(?P<number>[0-9]{1,18})\]\s*")
_TYPED = pattern(r"m\s?[-‐‑–—−]\s?(?P<number>[0-9]{1,9})(?:[\s:,，]+|$)")
_SUBJECT = pattern(r"M-(?P<number>[0-9]{1,18})(?:#(?P<mark>[0-9]{1,9}))?")


class Said(Struct, frozen=True):
    """What is to be taken down, and in which meeting."""

    meeting: int
    rest: str


def meant(asking: Asking, line: Line, verb: MeetingVerb) -> int:
    """The meeting of a verb. Raises Refusal `which-meeting`, `no-meeting`."""
    if line.numbers:
        return line.numbers[0]
    about = replied(asking)
    running = running_here(asking)
    if running is not None and verb is not MeetingVerb.START:
        return running.number
    if about is not None:
        return about[0]
    fitting = _fitting(asking, verb)
    if len(fitting) == 1:
        return fitting[0].number
    if not fitting:
        raise Refusal("no-meeting", deed=f"meeting-{verb}", offers=(Offer("offer-meetings", "/meeting list"),))
    offers = tuple(
        Offer("offer-item", f"{line.head} {one.label} {line.rest}".strip(), args=_named(one)) for one in fitting[:_MOST]
    )
    raise Refusal("which-meeting", deed=f"meeting-{verb}", offers=offers)


def sitting(asking: Asking, line: Line) -> Said | None:
    """Where a line is taken down; None: nobody spoke to the bot. Raises Refusal `no-sitting`, `which-meeting`."""
    named = _FOR.match(line.rest) or _by_number(asking, line)
    if named is not None:
        return Said(int(named["number"]), line.rest[named.end() :])
    running = running_here(asking)
    if running is not None:
        return Said(running.number, line.rest)
    if asking.where.room is None and (number := _in_mine(asking, line)) is not None:
        return Said(number, line.rest)
    if _own_talk(asking, line):
        return None
    raise Refusal("no-sitting", offers=tuple(_instead(asking, line)))


def _by_number(asking: Asking, line: Line) -> re.Match[str] | None:
    """`/meeting note M-7 …`, as every other verb has it; `#要点 M-7 …` is what people say of a meeting, kept as written."""
    said = asking.said
    short = said is not None and shadow(said.text.lstrip()[:1]) == "#"
    return None if short else _TYPED.match(shadow(line.rest))


def bound(line: Line, number: int) -> str:
    """The line's head for this meeting wherever it is sent from: `/meeting note [M-7]`."""
    return f"{line.head} [M-{number}]"


def replied(asking: Asking) -> tuple[int, int] | None:
    """The meeting, and the line or topic in it (0: none), that the replied-to message was about."""
    found = (_SUBJECT.fullmatch(subject) for subject in asking.subjects)
    match = next((one for one in found if one is not None), None)
    return (int(match["number"]), int(match["mark"] or 0)) if match is not None else None


def running_here(asking: Asking) -> Meeting | None:
    """The meeting that runs in the room where it is said."""
    room = asking.where.room
    return asking.records.meetings.running(room) if room is not None else None


def _fitting(asking: Asking, verb: MeetingVerb) -> list[Meeting]:
    """Those to which it could be done now by this person: in this room, else of those they take part in; nearest first."""
    states = frozenset(MEETING_MOVES.get(verb, {MeetingState.ENDED: MeetingState.ENDED}))
    starts = verb is MeetingVerb.START
    since = asking.now - (NEAR if starts else RECENT)
    common = Sessions(states=states, since=since, before=asking.now + NEAR if starts else None, reader=asking.by.id)
    found = _in_room(asking, common) or _of_person(asking, common)
    mine = [one for one in found if policy.may(asking.by, verb, one, asking.workplace)]
    return sorted(mine, key=lambda one: abs(one.start - asking.now))


def _in_room(asking: Asking, common: Sessions) -> list[Meeting]:
    room = asking.where.room
    return asking.records.meetings.find(replace(common, room=room)) if room is not None else []


def _of_person(asking: Asking, common: Sessions) -> list[Meeting]:
    return asking.records.meetings.find(replace(common, person=asking.by.id))


def _in_mine(asking: Asking, line: Line) -> int | None:
    """Directly to the bot: the meeting replied to, else the one running that they take part in."""
    about = replied(asking)
    if about is not None:
        return about[0]
    running = Sessions(person=asking.by.id, states=frozenset({MeetingState.RUNNING}))
    found = asking.records.meetings.find(running)
    if len(found) > 1:
        offers = tuple(
            Offer("offer-item", f"{bound(line, one.number)} {line.rest}".strip(), args=_named(one))
            for one in found[:_MOST]
        )
        raise Refusal(
            "which-meeting", deed=f"meeting-{line.verb}" if line.noun == "meeting" else "meeting-vote", offers=offers
        )
    return found[0].number if found else None


def _own_talk(asking: Asking, line: Line) -> bool:
    """A # in a room that never had a meeting that they may know of (N8); an action for somebody is offered even there."""
    said, room = asking.said, asking.where.room
    if said is None or said.called or room is None or not said.text.lstrip().startswith(("#", "＃")):
        return False
    if line.verb == MeetingVerb.ACT and ("@" in line.rest or "＠" in line.rest or said.mentions):
        return False
    return not asking.records.meetings.find(Sessions(room=room, reader=asking.by.id, limit=1))


def _instead(asking: Asking, line: Line) -> list[Offer]:
    """The action without a meeting; the meeting that is due here to be started; the one that has just ended to go on."""
    without = [Offer("offer-add-without", f"/action add {line.rest}".strip())] if line.verb == MeetingVerb.ACT else []
    due = [
        Offer("offer-start-meeting", f"/meeting start {one.label}", args=_named(one))
        for one in _fitting(asking, MeetingVerb.START)[:2]
    ]
    over = [
        Offer("offer-resume-meeting", f"/meeting resume {one.label}", args=_named(one))
        for one in _fitting(asking, MeetingVerb.RESUME)[:1]
        if one.ended_at is not None and asking.now - one.ended_at <= JUST_ENDED
    ]
    return [*without, *due, *over][:_MOST]


def _named(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    return (("item", meeting.label), ("text", meeting.title))
