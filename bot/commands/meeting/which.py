"""Which meeting a line is about, and what is answered when it worked: a short word after a press, a card after a line."""

from collections.abc import Mapping
from datetime import timedelta

from msgspec.structs import replace

from bot.cards import Answer, Block, Form
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.domain.facts import Met
from bot.domain.meeting import MEETING_MOVES, Meeting, MeetingVerb
from bot.errors import Offer, Refusal
from bot.operations.sessions import ready
from bot.policy import meetings as policy
from bot.store import Sessions
from bot.views import meeting as views
from bot.views import meeting_forms
from bot.views.refusal import sentence

_MOST = 4
_BACK = timedelta(days=1)
"""A meeting that was to begin so long ago may still be the one that is meant."""


def meant(asking: Asking, line: Line, verb: MeetingVerb, deed: str = "") -> int:
    """The meeting a line names, else the one of this room or of the replied-to message, else the only one that fits.
    `deed` is what is to be done with it where that is not the verb.

    Raises Refusal `which-prepared` with a button for each, `no-prepared`."""
    if line.numbers:
        return line.numbers[0]
    about = _of_place(asking)
    if about is not None:
        return about
    fitting = _fitting(asking, verb)
    if len(fitting) == 1:
        return fitting[0].number
    deed = deed or f"meeting-{verb}"
    if not fitting:
        ways = (Offer("offer-meetings", "/meeting list"), Offer("offer-new-meeting", "/meeting new"))
        raise Refusal("no-prepared", deed=deed, offers=ways)
    offers = tuple(
        Offer(
            "offer-item",
            f"{line.head} {one.label} {line.rest}".strip(),
            args=(("item", one.label), ("text", one.title)),
        )
        for one in fitting[:_MOST]
    )
    raise Refusal("which-prepared", deed=deed, offers=offers)


def told(asking: Asking, fact: Met, *more: Block | None, note: str = "") -> Answer:
    """It worked: kept for whoever must hear of it."""
    asking.facts.append(fact)
    if asking.by_press and not more and not note:
        return views.told(scene(asking), fact)
    return views.changed(scene(asking), fact, *more, note=note)


def ask(
    asking: Asking, number: int, verb: MeetingVerb, name: str, asked: tuple[str, ...], values: Mapping[str, str],
    problems: Mapping[str, Refusal], command: str, optional: tuple[str, ...] = (),
) -> Form:  # fmt: skip
    """The form for what a verb still needs, after asking whether this person may do it at all."""
    meeting = ready(asking, number, verb)
    said = {field: sentence(scene(asking), refused) for field, refused in problems.items()}
    return meeting_forms.verb(scene(asking), meeting, name, asked, values, said, command, optional)


def retold(refused: Refusal, offers: tuple[Offer, ...]) -> Refusal:
    """The same refusal with these ways out."""
    return Refusal(refused.text, offers=offers, mended=refused.mended, field=refused.field, **refused.args_)


def naming(line: Line, number: int) -> Line:
    """The line with its meeting named, so that what is asked again is about the same one."""
    return replace(line, numbers=(number,))


def _of_place(asking: Asking) -> int | None:
    subjects = [one for one in asking.subjects if one.startswith("M-")]
    if subjects:
        return int(subjects[0].removeprefix("M-").partition(" ")[0].partition("#")[0])
    room = asking.where.room
    running = asking.records.meetings.running(room) if room is not None else None
    return running.number if running is not None else None


def _fitting(asking: Asking, verb: MeetingVerb) -> list[Meeting]:
    """Those to which this person could do it now: of this room, else of those they take part in; soonest first."""
    common = Sessions(states=frozenset(MEETING_MOVES[verb]), since=asking.now - _BACK, reader=asking.by.id, limit=50)
    room = asking.where.room
    here = asking.records.meetings.find(replace(common, room=room)) if room is not None else []
    found = here or asking.records.meetings.find(replace(common, person=asking.by.id))
    return [one for one in found if policy.may(asking.by, verb, one, asking.workplace)]
