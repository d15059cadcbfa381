"""Minutes as the bot drafts them from what was captured (N1), and the actions in them as they stand. Pure.

What was said outside of any topic stands last, under a heading of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.domain.action import Action, State
from bot.domain.captured import Capture, Sort, Verdict
from bot.domain.facts import ITSELF, Minuted
from bot.domain.meeting import Invitee, Meeting, Topic
from bot.domain.minutes import Absent, Agreed, Decided, Discussed, Left, Minutes, MinutesVerb
from bot.domain.rules import Rules


def draft(
    meeting: Meeting, captures: Iterable[Capture], following: datetime | None, other: str, now: datetime, rules: Rules
) -> Minuted:
    """N1: edition 1 of an ended meeting's minutes, due so many hours after its end. `following`: when the next meeting is.
    `other`: how the heading reads under which stands what was said outside of any topic.

    Withdrawn captures are left out; actions are not copied but shown as they are until the approval (`agreed`)."""
    kept = [one for one in captures if not one.withdrawn]
    host = meeting.host or meeting.organizer
    recorder, ended = meeting.recorder or host, meeting.ended_at or now
    present = here(meeting)
    places = {topic.number: place for place, topic in enumerate(meeting.agenda, 1)}
    made = Minutes(
        meeting.number, 1, meeting.title, meeting.kind, meeting.started_at or meeting.start, ended, meeting.zone,
        meeting.organizer, host, recorder, ended + rules.draft_within, now,
        place=meeting.place or meeting.link, objective=meeting.objective, expected=meeting.expected,
        present=present, absent=_absent(meeting), copies=meeting.copies, topics=tuple(_discussed(meeting, kept, other)),
        decisions=tuple(_decided(one, places) for one in kept if one.sort is Sort.DECISION),
        parked=tuple(Left(one.text, one.follower) for one in kept if one.sort is Sort.PARKED),
        following_at=following, confidential=meeting.confidential, readers=readers(meeting),
        must=tuple(one for one in present if one not in (host, recorder)),
    )  # fmt: skip
    return Minuted(MinutesVerb.DRAFT, None, made, ITSELF, now)


def here(meeting: Meeting) -> tuple[int, ...]:
    """Who was there, each once: invitees and who came for one of them (an invitee from then on), then those who ran it."""
    came = [one.person for one in meeting.invitees if one.here_at is not None]
    known = {one.person for one in meeting.invitees}
    ran = [one for one in (meeting.host, meeting.recorder) if one is not None and one not in known]
    return tuple(dict.fromkeys((*came, *ran)))


def readers(meeting: Meeting) -> tuple[int, ...]:
    """N8: who may read a confidential meeting's minutes; nobody in particular when it is not."""
    return tuple(sorted(meeting.readers)) if meeting.confidential else ()


def agreed(actions: Iterable[Action]) -> tuple[Agreed, ...]:
    """N1: the action list as it stands now, without what was cancelled."""
    return tuple(
        Agreed(one.label, one.text, one.owner, one.due.day, one.department, one.criterion)
        for one in sorted(actions, key=lambda one: one.number)
        if one.state is not State.CANCELLED
    )


def present(minutes: Minutes, actions: Sequence[Action]) -> Minutes:
    """What is not yet approved shows its actions as they are now; what is approved, as they stood then."""
    return minutes if minutes.approved_at is not None else replace(minutes, actions=agreed(actions))


def linked(minutes: Minutes) -> Minutes:
    """Minutes of an earlier release repeat in a topic's conclusion what was decided on it, word for word: there the
    decision takes the copy's place, so that an edit cannot leave the two at odds."""
    for place, topic in enumerate(minutes.topics, 1):
        rest, decisions = topic.conclusion, list[Decided]()
        for one in minutes.decisions:
            copied = one.topic is None and bool(one.text) and f"{rest}\n".startswith(f"{one.text}\n")
            decisions.append(replace(one, topic=place) if copied else one)
            rest = rest[len(one.text) + 1 :] if copied else rest
        topics = (*minutes.topics[: place - 1], replace(topic, conclusion=rest), *minutes.topics[place:])
        minutes = replace(minutes, topics=topics, decisions=tuple(decisions))
    return minutes


def _absent(meeting: Meeting) -> tuple[Absent, ...]:
    came = here(meeting)
    return tuple(_excused(one, came) for one in meeting.invitees if one.here_at is None)


def _excused(one: Invitee, came: Sequence[int]) -> Absent:
    """A proxy who did not come is no excuse."""
    return Absent(one.person, one.why, one.proxy if one.proxy in came else None)


def _discussed(meeting: Meeting, captures: Sequence[Capture], other: str) -> list[Discussed]:
    """One for each topic of the agenda, with its notes; then what belongs to none."""
    topics = [_topic(topic, [one for one in captures if one.topic == topic.number]) for topic in meeting.agenda]
    known = {topic.number for topic in meeting.agenda}
    loose = _points(one for one in captures if one.topic not in known)
    return [*topics, Discussed(other, points=loose)] if loose else topics


def _topic(topic: Topic, captures: Sequence[Capture]) -> Discussed:
    return Discussed(topic.title, topic.presenter, _points(captures))


def _points(captures: Iterable[Capture]) -> str:
    return "\n".join(one.text for one in captures if one.sort is Sort.NOTE)


def _decided(capture: Capture, places: Mapping[int, int]) -> Decided:
    """With its topic's place on the agenda: there it is the conclusion, and nothing repeats its words."""
    topic = places.get(capture.topic) if capture.topic is not None else None
    return Decided(capture.text, capture.verdict or Verdict.AGREED, capture.why, topic)
