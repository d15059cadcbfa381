"""`/meeting start` 开始, `next` 下一议题, `here` 到场, `end` 结束, `resume` 继续: the course of a meeting, by line or press (M1, M2)."""

from bot.cards import Answer, Card, Toast
from bot.commands import naming
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.commands.live import places
from bot.domain.facts import Met
from bot.domain.meeting import Meeting, MeetingState, MeetingVerb
from bot.due.phrase import shadow
from bot.errors import Offer, Refusal
from bot.operations import holding, minutes
from bot.operations.papers import papers
from bot.operations.sessions import ready
from bot.pattern import pattern
from bot.policy import meetings as policy
from bot.views import lines, live

_PLACE = pattern(r"(?:议题|議題|第|topic|no\.?)\s*(?P<place>[0-9]{1,3})|(?P<bare>[0-9]{1,3})")
_SHOWN = frozenset({str(MeetingVerb.START), str(MeetingVerb.NEXT)})
_NAME = pattern(r"[@＠]")


def start(asking: Asking, line: Line) -> Answer | None:
    """M1: in its own room, or where it is said when it has none. Raises Refusal `start-early` for another day's meeting,
    unless it is said again (`start!`)."""
    number = places.meant(asking, line, MeetingVerb.START)
    if not line.again:
        _check_due(asking, number)
    return _told(asking, holding.start(asking, number, asking.where.room))


def next_(asking: Asking, line: Line) -> Answer | None:
    """The next topic; `next topic 3` goes to the third. Raises Refusal `topic-which` for other words."""
    number = places.meant(asking, line, MeetingVerb.NEXT)
    place = _PLACE.match(shadow(line.rest))
    if line.rest and place is None:
        raise Refusal("topic-which", typed=line.rest, mended=f"/meeting next M-{number}")
    wanted = int(place["place"] or place["bare"]) if place is not None else None
    return _told(asking, holding.next_(asking, number, wanted, asking.version or None))


def here(asking: Asking, line: Line) -> Answer | None:
    """Oneself; with names those, by whoever leads."""
    number = places.meant(asking, line, MeetingVerb.HERE)
    fact = holding.here(asking, number, _people(asking, line.rest))
    asking.facts.append(fact)
    named = fact.details["people"]
    people = [lines.single(asking.directory.person(one).name) for one in named] if isinstance(named, list) else []
    return Toast(asking.words("did-meeting-here", meeting=fact.subject, who=asking.words.listed(people)), "good")


def end(asking: Asking, line: Line) -> Answer | None:
    """M5 follows in the room."""
    fact = holding.end(asking, places.meant(asking, line, MeetingVerb.END))
    drafted(asking, fact.after)
    return _told(asking, fact)


def resume(asking: Asking, line: Line) -> Answer | None:
    """Ended too early."""
    return _told(asking, holding.resume(asking, places.meant(asking, line, MeetingVerb.RESUME)))


def drafted(asking: Asking, meeting: Meeting) -> None:
    """N1: the minutes' draft is made of what was taken down; again, when that is settled after the end: then the card that
    the recorder has is made anew, and they are not told a second time of one that is owed by the same hour."""
    fact = minutes.draft(asking, meeting) if meeting.state is MeetingState.ENDED else None
    fresh = fact is not None and (fact.before is None or fact.before.due_at != fact.after.due_at)
    asking.facts.extend([fact] if fact is not None and fresh else [])


def _check_due(asking: Asking, number: int) -> None:
    """A number mistyped would send everybody the start of next month's meeting, and a start is not taken back."""
    meeting = ready(asking, number, MeetingVerb.START)
    if meeting.start - asking.now <= places.NEAR:
        return
    now = Offer("offer-start-now", f"/meeting start! {meeting.label}")
    move = Offer("offer-meeting-reschedule", f"/meeting reschedule {meeting.label}")
    moves = policy.may(asking.by, MeetingVerb.RESCHEDULE, meeting, asking.workplace)
    raise Refusal("start-early", meeting=meeting.label, at=meeting.start, offers=(now, move) if moves else (now,))


def _told(asking: Asking, fact: Met) -> Answer | None:
    """The room sees the card; whoever typed it there needs no word besides."""
    asking.facts.append(fact)
    room = fact.after.room
    if not asking.by_press and asking.where.room is not None and asking.where.room == room:
        return None
    if room is None and (card := _course(asking, fact)) is not None:
        return card
    title = lines.single(fact.after.title)
    return Toast(asking.words(f"did-meeting-{fact.verb}", meeting=fact.subject, title=title), "good")


def _course(asking: Asking, fact: Met) -> Card | None:
    """Of a meeting without a room whoever leads has no card to press but this answer: the topic that is on, and what next."""
    whole = papers(asking.records, fact.subject)
    if whole is None or fact.verb not in _SHOWN:
        return None
    show = live.topic if fact.verb == MeetingVerb.NEXT else live.started
    return show(scene(asking), whole, {"topic": fact.after.on})


def _people(asking: Asking, rest: str) -> tuple[int, ...]:
    """Who is named after an @, or mentioned without a place; nobody named: the asker."""
    found = [
        naming.one_person(asking, naming.who(asking, rest[match.end() :])[0], "who") for match in _NAME.finditer(rest)
    ]
    loose = [one.id for one in naming.mentioned(asking)]
    return tuple(dict.fromkeys((*found, *loose))) or (asking.by.id,)
