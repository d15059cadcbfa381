"""Which minutes a line is about, and how it worked is said: the number it names, the message it replies to, the only ones
that fit, else a button for each; nothing is guessed."""

import re
from collections.abc import Sequence

from msgspec import Struct

from bot.cards import Answer
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.domain.facts import Minuted
from bot.domain.meeting import MeetingState
from bot.domain.minutes import Minutes, MinutesState, MinutesVerb
from bot.errors import Offer, Refusal
from bot.pattern import pattern
from bot.policy import minutes as policy
from bot.store import Search, Sessions
from bot.views import minutes as views

_EDITION = pattern(r"^\s*(?:v|第|edition\s*)\s*(?P<n>[0-9]{1,9})(?:\s*版)?(?![0-9A-Za-z])", re.IGNORECASE)
_SUBJECT = pattern(r"M-(?P<meeting>[0-9]{1,18})(?: v(?P<edition>[0-9]{1,9}))?")
_WAITING = {
    MinutesVerb.EDIT: MinutesState.DRAFT,
    MinutesVerb.SUBMIT: MinutesState.DRAFT,
    MinutesVerb.APPROVE: MinutesState.SUBMITTED,
    MinutesVerb.RETURN: MinutesState.SUBMITTED,
}
_MOST = 200
_OFFERED = 4


class Meant(Struct, frozen=True):
    """The meeting's number, the edition where one was named, and the rest of the line."""

    meeting: int
    edition: int | None
    rest: str


def meant(asking: Asking, line: Line) -> Meant:
    """Raises Refusal `minutes-which` with a button for each it may be."""
    edition = _EDITION.match(line.rest)
    rest = line.rest[edition.end() :].strip(" :：,，") if edition else line.rest
    named = int(edition["n"]) if edition else None
    if line.numbers:
        return Meant(line.numbers[0], named, rest)
    subjects = [match for subject in asking.subjects if (match := _SUBJECT.fullmatch(subject))]
    if subjects:
        about = subjects[0]
        return Meant(int(about["meeting"]), named or (int(about["edition"]) if about["edition"] else None), rest)
    found = _could_be(asking, line.verb)
    if len(found) == 1:
        return Meant(found[0], named, rest)
    raise _which(asking, line, found)


def told(asking: Asking, fact: Minuted) -> Answer:
    """It worked: kept for whoever must hear of it; a short word after a press, a card after a typed line."""
    asking.facts.append(fact)
    return views.told(scene(asking), fact) if asking.by_press else views.changed(scene(asking), fact)


def _could_be(asking: Asking, verb: str) -> list[int]:
    """Those that wait for the asker's verb; to look at, what was last held here or waits to be read."""
    if verb == MinutesVerb.ACKNOWLEDGE:
        return [one.meeting for one in asking.records.archive.unacknowledged(asking.by.id)]
    if verb in _WAITING:
        state = _WAITING[MinutesVerb(verb)]
        drafts = asking.records.archive.search(Search(asking.by.id, states=frozenset({state}), limit=_MOST))
        return [one.meeting for one in drafts if _mine(asking, one, MinutesVerb(verb))]
    here = asking.where.room
    if here is None:
        return [one.meeting for one in asking.records.archive.unacknowledged(asking.by.id)]
    held = frozenset({MeetingState.ENDED})
    last = Sessions(room=here, states=held, reader=asking.by.id, newest=True, limit=1)
    return [one.number for one in asking.records.meetings.find(last)]


def _mine(asking: Asking, minutes: Minutes, verb: MinutesVerb) -> bool:
    """Whose turn it is, before who else may."""
    whose = minutes.host if verb in (MinutesVerb.APPROVE, MinutesVerb.RETURN) else minutes.recorder
    return asking.by.id == whose and policy.may(asking.by, verb, minutes)


def _which(asking: Asking, line: Line, numbers: Sequence[int]) -> Refusal:
    titles = asking.records.meetings.several(numbers[:_OFFERED])
    offers = tuple(
        Offer(
            "offer-item",
            f"{line.head} M-{number} {line.rest}".strip(),
            args=(("item", f"M-{number}"), ("text", one.title)),
        )
        for number, one in titles.items()
    )
    return Refusal("minutes-which", offers=offers, mended=f"{line.head} M-7 {line.rest}".strip())
