"""What the tests share in which a messenger's other side takes its connection away: an admin who can be told elsewhere, and
what they were told."""

import asyncio
from collections.abc import Callable

from msgspec.structs import replace

from bot.people import Account, Profile
from tests.adapters.workplace import Staffed
from tests.paper import PaperMessenger

ROOT = Account("paper", "root")
"""The admin's account on paper."""


async def promoted(office: Staffed, name: str) -> PaperMessenger:
    """Somebody of the company is an admin from now on, on paper too, and would rather be written to in the messenger."""
    paper = office.messengers["paper"]
    assert isinstance(paper, PaperMessenger)
    paper.profiles[ROOT.user_id] = Profile(ROOT, name)
    await _is_admin(office, name, ROOT)
    return paper


async def promoted_here(office: Staffed, name: str) -> None:
    """Somebody is an admin from now on, and can be told in this messenger alone."""
    await _is_admin(office, name)


async def _is_admin(office: Staffed, name: str, *elsewhere: Account) -> None:
    await office.meets()
    person = await office.person(name)
    here = person.accounts[0]
    admin = replace(person, accounts=(here, *elsewhere), admin=True, prefers=here.messenger)
    await office.store.write(lambda records: records.people.save(admin))
    await office.looks()


def told(paper: PaperMessenger) -> list[str]:
    """Titles of what the admin was told on paper, oldest first."""
    return [sheet.card.title for sheet in paper.to(ROOT)]


async def comes_to(true: Callable[[], object], seconds: float = 10.0) -> None:
    """Waits for it. Raises AssertionError when it does not come to that."""
    for _ in range(int(seconds / 0.01)):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come to that")
