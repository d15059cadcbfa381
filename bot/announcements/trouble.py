"""What never arrives or may not have: who is told, and who acts for somebody who cannot be reached (A14, A4)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from hashlib import blake2b

from msgspec.structs import replace

from bot.announcements.desk import Desk
from bot.directory import Directory
from bot.domain.action import Action
from bot.people import Room
from bot.policy import sees_item, verifiers
from bot.store import Notice

LEFT = "left"
"""Why nothing reaches somebody who is no longer here (bot/outbox/making.py)."""
ONLY_TELLS = frozenset({
    "approved", "informed", "meeting-soon", "minutes_acknowledge", "minutes_distributed", "minutes_sent", "minutes_summary",
    "minutes_unread", "rate",
})  # fmt: skip
"""Moments that nobody need take on for somebody who has left: the admins do not hear of them."""


def undelivered(notice: Notice, reason: str, actions: Sequence[Action], desk: Desk, now: datetime) -> list[Notice]:
    """Something will never arrive: the admins are told once a day per addressee and reason. What was about one item and
    meant for a room goes to its owner instead; what somebody who left can no longer do goes to who can hand it over, and an
    admin who is that hears it once."""
    if notice.moment == "undeliverable":  # nobody is told that nobody could be told
        return []
    if reason == LEFT and notice.moment in ONLY_TELLS:
        return []
    told = [*_to_admins(notice, reason, desk, now)]
    if isinstance(notice.to, Room):
        return [*told, *_to_owner_instead(notice, actions, desk, now)]
    person = desk.directory.people.get(notice.to)
    gone = person is None or not person.active or person.account is None
    asked = ownerless(notice.to, actions, desk, now) if gone else []
    standing_in = {one.to for one in asked}
    return [*(one for one in told if one.to not in standing_in), *asked]


def ownerless(person: int, actions: Iterable[Action], desk: Desk, now: datetime) -> list[Notice]:
    """Open items of an owner who cannot be reached any more are to be handed over (A14, A4 row 23). Who is asked about
    several gets one message with all of them; each one's own is kept without being sent, so that no morning asks again."""
    theirs = sorted((one for one in actions if one.open and one.owner == person), key=lambda one: one.due.at)
    asked: dict[int | Room, list[Notice]] = {}
    for action in theirs:
        for notice in abandoned(action, person, desk, now):
            asked.setdefault(notice.to, []).append(notice)
    return [one for found in asked.values() for one in (_listed(found) if len(found) > 1 else found)]


def unverified(actions: Iterable[Action], desk: Desk, now: datetime) -> list[Notice]:
    """A3: what waits for a tracker who has left is asked of who stands in for them."""
    return [
        Notice(
            one, "verify", (action.label,), f"{action.label}:v{action.version}:verify:P{one}", desk.audible(now, one)
        )
        for action in actions
        for one in verifiers(action, desk.directory)
    ]


def unresolved(person: int, actions: Iterable[Action], desk: Desk, now: datetime) -> list[Notice]:
    """A5: a block that waits for somebody who has left: owner and tracker name another, or nobody would ever free the way."""
    told = [
        (action, to)
        for action in actions
        if action.block is not None and action.block.resolver == person
        for to in dict.fromkeys((action.owner, action.tracker))
        if to != person and reachable(to, desk.directory)
    ]
    args: dict[str, object] = {"person": person}
    return [
        Notice(
            to, "resolver_left", (one.label,), f"resolver-left:{one.label}:P{person}:P{to}", desk.audible(now, to), args
        )
        for one, to in told
    ]


def _listed(found: Sequence[Notice]) -> list[Notice]:
    subjects = tuple(subject for notice in found for subject in notice.subjects)
    mark = blake2b(" ".join(subjects).encode(), digest_size=6).hexdigest()
    whole = replace(found[0], subjects=subjects, key=found[0].key.replace(subjects[0], mark))
    return [whole, *(replace(notice, args={**notice.args, "reason": "listed"}) for notice in found)]


def abandoned(action: Action, person: int, desk: Desk, now: datetime) -> list[Notice]:
    """Somebody who is to act on an item cannot be reached: once for ever, whoever stands in is asked to give it to
    somebody else."""
    return [
        _trouble(
            stand_in, (action.label,), f"abandoned:{action.label}:P{person}:P{stand_in}", desk, now, person, "left"
        )
        for stand_in in stand_ins(action, person, desk.directory)
    ]


def stand_ins(action: Action, person: int, directory: Directory) -> list[int]:
    """Who acts for somebody about an item: who assigned it, else the department's head, else every admin; of a confidential
    one its tracker before a head, and nobody who may not see it (N8)."""
    likely = (
        action.assigner,
        *((action.tracker,) if action.readers else ()),
        directory.head(action.department, person),
    )
    for one in likely:
        if one is not None and one != person and reachable(one, directory) and sees_item(directory.person(one), action):
            return [one]
    return [one for one in admins(directory) if one != person and sees_item(directory.person(one), action)]


def reachable(person: int, directory: Directory) -> bool:
    """Whether a direct message can be sent at all."""
    found = directory.people.get(person)
    return found is not None and found.active and found.account is not None


def admins(directory: Directory) -> list[int]:
    """The admins that can be reached."""
    return [one.id for one in directory.people.values() if one.admin and reachable(one.id, directory)]


def unsure(notice: Notice, reason: str, desk: Desk, now: datetime) -> list[Notice]:
    """It may have arrived or not, and is not sent again: the admins hear of the first such one of a day."""
    return [
        _trouble(
            admin, notice.subjects, f"uncertain:{_day(desk, now, admin)}:P{admin}", desk, now, _name(notice), reason
        )
        for admin in admins(desk.directory)
    ]


def _to_admins(notice: Notice, reason: str, desk: Desk, now: datetime) -> Iterator[Notice]:
    mark = blake2b(reason.encode(), digest_size=6).hexdigest()
    for admin in admins(desk.directory):
        if admin != notice.to:
            key = f"undeliverable:{_address(notice)}:{mark}:{_day(desk, now, admin)}:P{admin}"
            yield _trouble(admin, notice.subjects, key, desk, now, _name(notice), reason)


def _to_owner_instead(notice: Notice, actions: Sequence[Action], desk: Desk, now: datetime) -> Iterator[Notice]:
    owners = {action.owner for action in actions}
    for owner in owners if len(actions) == 1 else ():
        if reachable(owner, desk.directory):
            yield replace(notice, to=owner, key=f"{notice.key}:P{owner}", not_before=desk.audible(now, owner))


def _trouble(
    to: int, subjects: tuple[str, ...], key: str, desk: Desk, now: datetime, person: int | str, reason: str
) -> Notice:
    return Notice(to, "undeliverable", subjects, key, desk.audible(now, to), {"person": person, "reason": reason})


def _name(notice: Notice) -> int | str:
    """Whom it was for: a person's number or a room's name."""
    return notice.to.name or notice.to.id if isinstance(notice.to, Room) else notice.to


def _address(notice: Notice) -> str:
    return f"{notice.to.messenger}:{notice.to.id}" if isinstance(notice.to, Room) else f"P{notice.to}"


def _day(desk: Desk, now: datetime, admin: int) -> date:
    """On which they hear of it: what befell over a weekend is one morning's (T3)."""
    return desk.audible(now, admin).astimezone(desk.workplace.zone).date()
