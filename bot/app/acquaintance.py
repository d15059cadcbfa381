"""Knows the organisation of a messenger before its people speak: so that somebody who was never here can be named, picked
and asked, and a department's head hears of what is at risk there.

The messenger's directory is read at the start, every hour, when the messenger says that somebody has come or gone, and on
demand (`bihuan sync people`). New people are met as if they had spoken, then departments are arranged and people placed in
them by the rules of bot/operations/organisation.py. What people settled here (name, zone, language) is never overwritten.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import islice
from typing import TypeVar

import structlog
from msgspec import Struct, field
from msgspec.structs import replace

from bot.clock import Clock
from bot.commands.cleaning import one_line, presentable
from bot.dispatch import met
from bot.errors import Delivery, TryLater, Undeliverable
from bot.messenger import Messenger
from bot.operations import organisation
from bot.people import Account, Division, Hidden, Profile
from bot.store import Records, Store, Unavailable
from bot.workplace import Workplace

log = structlog.get_logger()

T = TypeVar("T")
_Choose = Callable[[Records, str, Iterable[Profile]], list[Profile]]

EVERY = 3_600.0
SOONEST = 5.0
"""Seconds between two readings, however much happens."""
AGAIN_AFTER = 120.0
"""Seconds until the next try where the messenger did not tell, or the database was away."""
TOGETHER = 250
"""People in one transaction, so that nobody's command waits for a whole company. Of 5,000, building the directory anew takes
far longer than keeping these."""
ASKED_AT_MOST = 200
"""People asked about by name in one reading; the others wait for the next."""


class Reading(Struct, frozen=True):
    """What one reading of a directory came to: how many people who are here and how many departments it showed, how many of
    them are new, who has left by it, how many departments are new or changed, and what it does not show."""

    people: int
    departments: int
    new: int
    gone: int
    arranged: int
    hidden: tuple[Hidden, ...]


class _Told(Struct):
    """A directory as it was read, each thing once and in an order that does not depend on the messenger's."""

    profiles: dict[Account, Profile] = field(default_factory=dict)
    divisions: list[Division] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)


async def keep_acquainted(
    store: Store, workplace: Workplace, clock: Clock, messenger: Messenger, news: asyncio.Event
) -> None:
    """Until cancelled. `news` is set by the messenger when somebody has come or gone. A database that is away is no fault
    of this part: ended and begun again by the watch, it would keep /readyz red for a minute after the outage."""
    while True:
        news.clear()
        try:
            reading = await acquaint(store, workplace, messenger, clock.now())
            log.info(
                "the directory was read", messenger=messenger.name, people=reading.people, departments=reading.departments,
                new=reading.new, gone=reading.gone, arranged=reading.arranged, hidden=len(reading.hidden),
            )  # fmt: skip
            wait = EVERY
        except (Delivery, Unavailable) as fault:
            log.warning("the directory could not be read", messenger=messenger.name, reason=str(fault))
            wait = AGAIN_AFTER
        await asyncio.sleep(SOONEST)
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await news.wait()


async def acquaint(store: Store, workplace: Workplace, messenger: Messenger, now: datetime) -> Reading:
    """Once. Raises a Delivery error when the messenger does not tell; then nothing has changed."""
    told = await _read(messenger)
    shown = sum(profile.active for profile in told.profiles.values())
    await _ask_for_heads(store, messenger, told)
    missing = await _ask_for_missing(store, messenger, told)
    new = await _meet(store, workplace, told.profiles.values())
    gone = await _settle(store, workplace, messenger.name, told, now, organisation.turned)
    arranged = await _arrange(store, messenger.name, told.divisions)
    gone += await _settle(store, workplace, messenger.name, told, now, organisation.unsettled)
    if missing:
        await store.write(lambda records: organisation.out_of_sight(records, messenger.name, missing))
    return Reading(shown, len(told.divisions), new, gone, arranged, tuple(told.hidden))


async def _read(messenger: Messenger) -> _Told:
    told = _Told()
    profiles: list[Profile] = []
    async for entry in messenger.directory():
        match entry:
            case Profile():
                profiles.append(presentable(entry))
            case Division():
                told.divisions.append(replace(entry, name=one_line(entry.name)))
            case Hidden():
                told.hidden.append(entry)
    for profile in sorted(profiles, key=_order):
        told.profiles.setdefault(profile.account, profile)
    return told


async def _ask_for_heads(store: Store, messenger: Messenger, told: _Told) -> None:
    """Who heads a department and is not among those shown is asked for, so that they can be met first."""
    heads = {Account(messenger.name, head) for division in told.divisions for head in division.heads or ()}
    unknown = sorted(heads - told.profiles.keys(), key=lambda account: account.user_id)
    if unknown:
        known = await store.read(lambda records: records.people.directory())
        await _ask(messenger, told, [one.user_id for one in unknown if known.by_account(one) is None])


async def _ask_for_missing(store: Store, messenger: Messenger, told: _Told) -> list[str]:
    """Who was shown the last time and is not now is asked for by name: only who is said to have left has. Gives those of
    whom nothing bad is said."""
    if not told.profiles:  # nobody is shown at all: the app has lost its sight, nobody has left by it
        return []
    listings = await store.read(lambda records: records.people.listings(messenger.name))
    missing = sorted(user for user, one in listings.items() if one.here and one.account not in told.profiles)
    asked = missing[:ASKED_AT_MOST]
    found, unanswered = await _ask(messenger, told, asked, only_gone=True)
    return [user for user in asked if user not in found and user not in unanswered]


async def _ask(
    messenger: Messenger, told: _Told, users: Sequence[str], *, only_gone: bool = False
) -> tuple[set[str], set[str]]:
    """Adds what the messenger says of these to what was told; who was added, and of whom it does not say now."""
    added: set[str] = set()
    for place, user in enumerate(users):
        try:
            profile = presentable(await messenger.person(user))
        except Undeliverable:
            continue
        except TryLater as later:
            log.info("somebody is asked about later", messenger=messenger.name, reason=str(later))
            return added, set(users[place:])
        if not (only_gone and profile.active):
            told.profiles[profile.account] = profile
            added.add(user)
    return added, set()


async def _meet(store: Store, workplace: Workplace, profiles: Iterable[Profile]) -> int:
    """How many are new."""
    directory = await store.read(lambda records: records.people.directory())
    strangers = [one for one in profiles if one.active and directory.by_account(one.account) is None]
    new = 0
    for some in _together(strangers):
        new += await store.write(partial(_met, workplace=workplace, profiles=some))
    return new


def _met(records: Records, *, workplace: Workplace, profiles: Sequence[Profile]) -> int:
    """Their department is settled afterwards, when departments are known."""
    records.people.alone()
    directory, addresses, new = records.people.directory(), set[str](), 0
    for profile in profiles:
        address = profile.email.casefold()
        if address and address in addresses:
            directory = records.people.directory()
        addresses.add(address)
        if directory.by_account(profile.account) is None:
            met(records, directory, replace(profile, department="", division=None), workplace)
            new += 1
    return new


async def _arrange(store: Store, messenger: str, divisions: Sequence[Division]) -> int:
    """How many departments are new or changed. Nothing is written, nor anybody kept waiting, when none is."""
    if not await store.read(lambda records: organisation.rearranges(records, messenger, divisions)):
        return 0

    def work(records: Records) -> int:
        records.people.alone()
        return organisation.arrange(records, messenger, divisions)

    return await store.write(work)


async def _settle(
    store: Store, workplace: Workplace, messenger: str, told: _Told, now: datetime, chosen: _Choose
) -> int:  # fmt: skip
    """Settles those whom `chosen` finds; how many have left."""
    people = list(told.profiles.values())
    found = await store.read(lambda records: chosen(records, messenger, people))
    gone = 0
    for some in _together(found):
        gone += await store.write(partial(_settled, messenger=messenger, profiles=some, workplace=workplace, now=now))
    return gone


def _settled(
    records: Records, *, messenger: str, profiles: Sequence[Profile], workplace: Workplace, now: datetime
) -> int:  # fmt: skip
    records.people.alone()
    return len(organisation.settle(records, messenger, profiles, workplace, now))


def _together(things: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(things)
    while some := list(islice(rest, TOGETHER)):
        yield some


def _order(profile: Profile) -> tuple[object, ...]:
    """Of one account on two pages always the same is taken: who has left has, and what is said goes before what is not."""
    place = profile.division is None, profile.division == "", profile.division or "", profile.department
    return (
        profile.account.user_id,
        profile.active,
        place,
        profile.name,
        profile.email,
        profile.timezone,
        profile.language,
    )
