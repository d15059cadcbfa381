"""Who hears what of a meeting's minutes. Nothing unreviewed is distributed (N2); reminders go to those concerned only (N4).

| verb | who hears which moment (never who did it; each at most one) |
|------|--------------------------------------------------------------|
"""

from collections.abc import Callable, Iterator

from bot.announcements.desk import Desk, Heard, addressed
from bot.domain.facts import Minuted
from bot.domain.minutes import MinutesVerb
from bot.store import Notice

STRENGTH: tuple[str, ...] = ()
"""What asks for something comes before what only tells."""

_TOLD: dict[MinutesVerb, Callable[[Minuted, Desk], Iterator[Heard]]] = {}


def notices(fact: Minuted, desk: Desk) -> list[Notice]:
    """One notice for each person and room that must hear of it."""
    told = _TOLD.get(fact.verb)
    heard = sorted(told(fact, desk), key=lambda one: STRENGTH.index(one[1])) if told else []
    args = {**fact.details, "by": fact.by, **({"why": fact.why} if fact.why else {})}
    return addressed(desk, fact.subject, fact.after.version, heard, fact.by, fact.at, args)
