"""Who hears what of a meeting. A draft notifies nobody (P3); what was captured is shown to its room at once (M2).

| verb | who hears which moment (never who did it; each at most one) |
|------|--------------------------------------------------------------|
"""

from collections.abc import Callable, Iterator

from bot.announcements import live
from bot.announcements.desk import Desk, Heard, addressed
from bot.domain.facts import Met
from bot.domain.meeting import MeetingVerb
from bot.store import Notice

STRENGTH: tuple[str, ...] = ()
"""What asks for something comes before what only tells."""

_TOLD: dict[MeetingVerb, Callable[[Met, Desk], Iterator[Heard]]] = {}


def notices(fact: Met, desk: Desk) -> list[Notice]:
    """One notice for each person and room that must hear of it."""
    if fact.verb in live.TOLD:
        return live.notices(fact, desk)
    told = _TOLD.get(fact.verb)
    heard = sorted(told(fact, desk), key=lambda one: STRENGTH.index(one[1])) if told else []
    args = {**fact.details, "by": fact.by, **({"why": fact.why} if fact.why else {})}
    return addressed(desk, fact.subject, fact.after.version, heard, fact.by, fact.at, args)
