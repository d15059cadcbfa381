"""The people of the workplace in the messengers of our own: everybody has an account in the web workplace."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from msgspec.structs import replace

from bot.directory import Directory
from bot.errors import TryLater
from bot.logs import get_logger
from bot.operations.appointing import as_appointed
from bot.people import Account, Person, Profile
from bot.store import Records, Store, Unavailable
from bot.workplace import Workplace

log = get_logger()

WEB = "web"
_SECONDS = 1.0
"""Between looks; one that finds nobody changed is one look at a row."""


async def house(store: Store, workplace: Workplace, renew: Callable[[Iterable[Profile]], Awaitable[None]]) -> None:
    """Everybody of the workplace can use the web workplace, also who comes by an import while it runs; who chose another
    language or zone finds it there a moment later. Whom the configuration names by their account there is an admin at once."""
    last: Directory | None = None
    away = False
    while True:
        try:
            directory = await store.read(lambda records: records.people.directory())
            if directory is not last:
                await renew(await store.write(partial(_housed, workplace=workplace)))
                last = directory
            away = False
        except (Unavailable, TryLater) as fault:  # a part that ended would keep /readyz red long after the outage
            if not away:
                log.warning("the web workplace's people wait for the database", reason=str(fault))
            away = True
        await asyncio.sleep(_SECONDS)


def _housed(records: Records, *, workplace: Workplace) -> list[Profile]:
    """Gives who has no account there one, with their number as its id; returns everybody as the web knows them."""
    directory = records.people.directory()
    for person in directory.people.values():
        if not any(account.messenger == WEB for account in person.accounts):
            housed = replace(person, accounts=(*person.accounts, Account(WEB, f"p{person.id}")))
            records.people.save(as_appointed(housed, workplace))
    directory = records.people.directory()
    everybody = directory.people.values()
    return [profile(person, one, directory) for person in everybody for one in person.accounts if one.messenger == WEB]


def profile(person: Person, account: Account, directory: Directory) -> Profile:
    """Somebody of the workplace as a messenger of our own knows them."""
    department = directory.department_of(person.id)
    return Profile(
        account, person.name, person.email, department.name if department else "", person.timezone, person.language,
        person.active,
    )  # fmt: skip
