"""Who hears what of a meeting's minutes. Nothing unreviewed is distributed (N2); reminders go to those concerned only (N4).

| verb        | who hears which moment (never who did it; each at most one)                                              |
|-------------|-----------------------------------------------------------------------------------------------------------|
| draft       | recorder `minutes_drafted`                                                                                |
| edit        | nobody: the cards change in place; so too acknowledge                                                     |
| submit      | host `minutes_submitted`                                                                                  |
| return      | recorder `minutes_returned`                                                                               |
| approve     | attendees `minutes_distributed`; recorder `minutes_sent`; absentees and copies `minutes_summary` (N3)     |
| correct     | recorder and host `minutes_correction`                                                                    |
| revise      | recorder `minutes_drafted`                                                                                |
| delete      | before: recorder, host and organizer `minutes_leaving`, or the admins (N7); afterwards the history alone  |

Of confidential minutes nobody hears who is not one of their readers, in copy or not (N8).
"""

from collections.abc import Callable, Iterator

from bot.announcements.desk import Desk, Heard, addressed
from bot.announcements.trouble import admins, reachable
from bot.directory import Directory
from bot.domain.facts import Minuted
from bot.domain.minutes import Minutes, MinutesVerb
from bot.store import Notice

STRENGTH: tuple[str, ...] = (
    "minutes_submitted", "minutes_returned", "minutes_drafted", "minutes_correction", "minutes_leaving", "minutes_sent",
    "minutes_distributed", "minutes_summary",
)  # fmt: skip
"""What asks for something comes before what only tells."""


def notices(fact: Minuted, desk: Desk) -> list[Notice]:
    """One notice for each person and room that must hear of it."""
    told = _TOLD.get(fact.verb)
    heard = sorted(told(fact, desk), key=lambda one: STRENGTH.index(one[1])) if told else []
    args = {"by": fact.by, **({"why": fact.why} if fact.why else {})}
    may = [one for one in heard if not fact.after.confidential or one[0] in fact.after.readers]
    return addressed(desk, fact.subject, fact.after.version, may, fact.by, fact.at, args)


def _drafted(fact: Minuted, _: Desk) -> Iterator[Heard]:
    yield fact.after.recorder, "minutes_drafted"


def _submitted(fact: Minuted, _: Desk) -> Iterator[Heard]:
    yield fact.after.host, "minutes_submitted"


def _returned(fact: Minuted, _: Desk) -> Iterator[Heard]:
    yield fact.after.recorder, "minutes_returned"


def _approved(fact: Minuted, _: Desk) -> Iterator[Heard]:
    """N3."""
    minutes = fact.after
    yield minutes.recorder, "minutes_sent"
    yield from ((person, "minutes_distributed") for person in (*minutes.must, *minutes.present))
    yield from ((one.person, "minutes_summary") for one in minutes.absent)
    yield from ((person, "minutes_summary") for person in (minutes.organizer, *minutes.copies))


def _corrected(fact: Minuted, _: Desk) -> Iterator[Heard]:
    yield fact.after.recorder, "minutes_correction"
    yield fact.after.host, "minutes_correction"


def concerned(minutes: Minutes, by: int, directory: Directory) -> list[int]:
    """N7: who hears before the content of minutes goes: who wrote and led them and can be reached, else the admins who may
    read them; never who does it."""
    own = dict.fromkeys((minutes.recorder, minutes.host, minutes.organizer))
    near = [one for one in own if one != by and reachable(one, directory)]
    found = near or [one for one in admins(directory) if one != by]
    return [one for one in found if not minutes.confidential or one in minutes.readers]


def _leaving(fact: Minuted, desk: Desk) -> Iterator[Heard]:
    if fact.after.deleted_at is None:
        yield from ((one, "minutes_leaving") for one in concerned(fact.after, fact.by, desk.directory))


_TOLD: dict[MinutesVerb, Callable[[Minuted, Desk], Iterator[Heard]]] = {
    MinutesVerb.DRAFT: _drafted,
    MinutesVerb.SUBMIT: _submitted,
    MinutesVerb.RETURN: _returned,
    MinutesVerb.APPROVE: _approved,
    MinutesVerb.CORRECT: _corrected,
    MinutesVerb.REVISE: _drafted,
    MinutesVerb.DELETE: _leaving,
}
