"""What need not be told because its beginning was not: who was to get an item overnight (T3) and does not get it after all is
neither asked in the morning nor told that nothing is asked (VOICE: no message about nothing), and nothing is said twice."""

from datetime import datetime
from itertools import groupby

from msgspec.structs import replace

from bot.announcements.items import TAKEN_BACK
from bot.domain.action import Action
from bot.domain.facts import Changed, Fact
from bot.store import Notice, Records

TAKES_BACK = {"cancelled": ("request", "requests", "informed"), "handed_over": ("request", "requests")}
"""What makes an unsent first word about an item pointless."""
_ALONE = {"requests": "request"}
"""What is said of several items, when one of them is left."""
_TELLS = {
    **dict.fromkeys(("approved", "blocked_told", "unblocked", "reopened"), ("by", "why")),
    "verify": (),
    "blocked": (),
    "meeting-answered": ("person",),
}
"""Of which arguments these moments' cards tell; the others may tell of each."""


def unheard(records: Records, notice: Notice, now: datetime) -> bool:
    """Whether the first word about an item still waits for the person: then neither it is sent nor what takes it back. What
    the same message asks about other items goes on waiting."""
    if not isinstance(notice.to, int) or notice.moment not in TAKES_BACK:
        return False
    subject = notice.subjects[0]
    waiting = [
        one
        for moment in TAKES_BACK[notice.moment]
        for one in records.outbox.withdraw([notice.to], moment, now, about=subject)
    ]
    records.outbox.add([rest for one in waiting if (rest := _without(one, subject))])
    return bool(waiting) and not _known(records, subject, notice.to)


def undone_unsaid(records: Records, fact: Fact, notice: Notice) -> bool:
    """Whether what an undo takes back still waits for the person: then neither is sent. What else waits goes on waiting."""
    if not isinstance(fact, Changed) or fact.undone is None or fact.before is None or not isinstance(notice.to, int):
        return False
    moments = [moment for moment, back in TAKEN_BACK.items() if back == notice.moment]
    waiting = [
        one for moment in moments for one in records.outbox.withdraw([notice.to], moment, fact.at, about=fact.subject)
    ]
    others = [one for one in waiting if one.args.get("version") != fact.before.version]
    _wait_on(records, others)
    return len(others) < len(waiting)


def said_again(records: Records, notice: Notice, now: datetime) -> None:
    """What a night made true twice (handed over, taken back, handed over again) is said once: the same word that still waits
    for the person is not sent. What differs in anything that is said of it goes on waiting."""
    if not isinstance(notice.to, int) or notice.not_before <= now:
        return
    waiting = records.outbox.withdraw([notice.to], notice.moment, now, about=notice.subjects[0])
    _wait_on(records, [one for one in waiting if _content(one) != _content(notice)])


def _wait_on(records: Records, withdrawn: list[Notice]) -> None:
    """Back to the outbox, under a name of its own: the one it had is taken for ever."""
    records.outbox.add([replace(one, key=f"{one.key}+") for one in withdrawn])


def _content(notice: Notice) -> tuple[tuple[str, ...], dict[str, object]]:
    """What tells it from another of the same moment: the card itself is made from how things stand when it is sent."""
    names = _TELLS.get(notice.moment, notice.args.keys() - {"version"})
    return notice.subjects, {name: value for name, value in notice.args.items() if name in names}


def _without(notice: Notice, subject: str) -> Notice | None:
    """A message about several items without this one, under a name of its own; None where it was about nothing else."""
    others = tuple(one for one in notice.subjects if one != subject)
    moment = notice.moment if len(others) > 1 else _ALONE.get(notice.moment, notice.moment)
    return replace(notice, moment=moment, subjects=others, key=f"{notice.key}-{subject}") if others else None


def _known(records: Records, subject: str, person: int) -> bool:
    """Whether the item concerned them in some other way before it was last given to them."""
    past = [entry.after for entry in records.history.of(subject) if entry.after is not None and not entry.refused]
    parts = [part for part, _ in groupby(_part(action, person) for action in past) if part]
    return len(parts) > 1


def _part(action: Action, person: int) -> str:
    """What somebody is to it; empty: nothing."""
    held = {"owner": action.owner, "tracker": action.tracker, "assigner": action.assigner}
    helps = any(one.person == person for one in action.supporters)
    return next((part for part, one in held.items() if one == person), "supporter" if helps else "")
