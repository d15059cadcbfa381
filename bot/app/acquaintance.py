"""Knows the people of a messenger before they speak: so that somebody who was never here can be named, picked and asked.

The messenger's directory is read at the start and now and then; new people are met as if they had spoken, who has left
with their only account becomes inactive. What people settled here (name, zone, language) is never overwritten.
"""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice

import structlog

from bot.dispatch import met
from bot.errors import Delivery
from bot.messenger import Messenger
from bot.people import Profile
from bot.store import Records, Store
from bot.workplace import Workplace

log = structlog.get_logger()

EVERY = 3_600.0
SOONEST = 5.0
"""Seconds between two readings, however much happens."""
AGAIN_AFTER = 120.0
"""Seconds until the next try where the messenger did not tell."""
TOGETHER = 100
"""People in one transaction, so that nobody's command waits for a whole company."""


async def keep_acquainted(store: Store, workplace: Workplace, messenger: Messenger, news: asyncio.Event) -> None:
    """Until cancelled. `news` is set by the messenger when somebody has come or gone."""
    while True:
        news.clear()
        try:
            await acquaint(store, workplace, messenger)
            wait = EVERY
        except Delivery as fault:
            log.warning("the directory could not be read", messenger=messenger.name, reason=str(fault))
            wait = AGAIN_AFTER
        await asyncio.sleep(SOONEST)
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await news.wait()


async def acquaint(store: Store, workplace: Workplace, messenger: Messenger) -> None:
    """Once. Raises a Delivery error when the messenger does not tell."""
    profiles = iter([entry async for entry in messenger.directory() if isinstance(entry, Profile)])
    while some := list(islice(profiles, TOGETHER)):
        await store.write(partial(_meet, workplace=workplace, profiles=some))


def _meet(records: Records, *, workplace: Workplace, profiles: Sequence[Profile]) -> None:
    for profile in _news(records, profiles):
        directory = records.people.directory()
        person = directory.by_account(profile.account)
        if person is None:
            met(records, directory, profile, workplace)
        else:
            records.people.save(replace(person, active=False))


def _news(records: Records, profiles: Iterable[Profile]) -> list[Profile]:
    """Who is new, and who has left."""
    directory = records.people.directory()
    found = [(profile, directory.by_account(profile.account)) for profile in profiles]
    return [
        profile
        for profile, person in found
        if (person is None and profile.active)
        or (person is not None and person.active and not profile.active and len(person.accounts) == 1)
    ]
