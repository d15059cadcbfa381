"""A messenger's connection that is cut off, or works again: the admins hear it once, where they can be reached; /readyz,
/metrics and the database say which (A4 rows 20, 24)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from msgspec.structs import replace

from bot.app.running import Running
from bot.calendar import Calendar, Quiet
from bot.cards import plain
from bot.messenger import Connection, Messenger
from bot.operations.connections import standing
from bot.people import Account, Person, Profile
from bot.store import Store
from bot.workplace import Workplace
from storage import open_store
from tests.adapters.web.serving import serving
from tests.conversation import START, SetClock
from tests.empty import empty
from tests.paper import PaperMessenger

WORKPLACE = Workplace("Office", "en", "Asia/Shanghai", Calendar.of("none"), Quiet())


class Cable(PaperMessenger):
    """A messenger of several connections, as their other sides have last answered. Whose account begins with a
    connection's key is beyond it."""

    def __init__(self, clock: SetClock, *keys: str) -> None:
        super().__init__(name="cable")
        self.clock = clock
        self.there = {key: Connection(key, f"Cable · {key}", mend="mend-token", about="cable.token") for key in keys}

    def connections(self) -> list[Connection]:
        return list(self.there.values())

    def reaches(self, account: Account) -> bool:
        return not any(one.fault for one in self.there.values() if account.user_id.startswith(one.key))

    def answers(self, key: str, fault: str = "", *, deaf: bool = False) -> None:
        """The other side says that it works, or why not; `deaf`: only nobody is heard."""
        self.there[key] = replace(self.there[key], fault=fault, at=self.clock.now(), deaf=deaf)


class Desk:
    """One process on the workplace's database: a messenger that always works, and the cable."""

    def __init__(self, store: Store, clock: SetClock, *keys: str) -> None:
        self.store, self.clock = store, clock
        self.paper, self.cable = PaperMessenger(), Cable(clock, *keys)
        self.running = Running(store, WORKPLACE, clock)
        messengers: dict[str, Messenger] = {"paper": self.paper, "cable": self.cable}
        self.running.messengers.update(messengers)

    async def hires(self, name: str, *accounts: Account, admin: bool = True, prefers: str = "") -> Person:
        for account in accounts:
            where = self.paper if account.messenger == "paper" else self.cable
            where.profiles[account.user_id] = Profile(account, name)
        person = Person(0, name, "Asia/Shanghai", "en", accounts=accounts, admin=admin, prefers=prefers)
        return await self.store.write(lambda records: records.people.save(person))

    async def looks(self) -> None:
        """Time passes, and both parts do what they do."""
        self.clock.advance_to(self.clock.now() + timedelta(seconds=5))
        await self.running.connections.look()
        await self.running.delivery.drain(self.clock.now())

    def told(self, account: Account) -> list[str]:
        where = self.paper if account.messenger == "paper" else self.cable
        return [sheet.card.title for sheet in where.to(account)]

    async def asked(self, path: str) -> tuple[int, str]:
        async with (
            serving(self.running.health.routes) as base,
            aiohttp.ClientSession() as session,
            session.get(base + path) as answer,
        ):
            return answer.status, await answer.text()


ROOT, ABROAD = Account("paper", "root"), Account("cable", "labs-root")
OUT, BACK = "Cable · labs is cut off", "Cable · labs works again"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = open_store(empty(tmp_path / "office.db"))
    yield store
    await store.close()


@pytest.fixture
def clock() -> SetClock:
    return SetClock(START)


@pytest.fixture
async def desk(store: Store, clock: SetClock) -> Desk:
    desk = Desk(store, clock, "acme", "labs")
    await desk.hires("Root", ROOT)
    for key in ("acme", "labs"):
        desk.cable.answers(key)
    await desk.looks()
    return desk


async def test_it_is_said_once_and_once_again_when_it_works(desk):
    desk.cable.answers("labs", "token_revoked")
    for _ in range(3):
        await desk.looks()
        desk.cable.answers("labs", "account_inactive")  # found again, and called something else
    assert desk.told(ROOT) == [OUT]
    desk.cable.answers("labs")
    for _ in range(3):
        await desk.looks()
        desk.cable.answers("labs")
    assert desk.told(ROOT) == [OUT, BACK]
    desk.cable.answers("labs", "token_revoked")
    await desk.looks()
    assert desk.told(ROOT) == [OUT, BACK, OUT], "the next time is another"


async def test_it_says_which_why_what_follows_and_the_way_out(desk):
    desk.cable.answers("labs", "token_revoked")
    await desk.looks()
    said = plain(desk.paper.to(ROOT)[0].card)
    for part in ("Cable · labs", "token_revoked", "goes out then", "a valid token into cable.token"):
        assert part in said
    assert "acme" not in said


async def test_that_only_nobody_is_heard_is_said_so_and_again_when_nothing_goes_out_either(desk):
    """The way back is told once, when all of it works."""
    desk.cable.answers("labs", "no socket", deaf=True)
    await desk.looks()
    assert "still sent" in plain(desk.paper.to(ROOT)[0].card)
    desk.cable.answers("labs", "token_revoked")
    for _ in range(2):
        await desk.looks()
    assert desk.told(ROOT) == [OUT, OUT]
    assert "goes out then" in plain(desk.paper.to(ROOT)[1].card)
    desk.cable.answers("labs", "no socket", deaf=True)
    await desk.looks()
    desk.cable.answers("labs")
    await desk.looks()
    assert desk.told(ROOT) == [OUT, OUT, BACK]


async def test_what_has_become_worse_in_the_night_is_one_message_in_the_morning(desk, clock):
    clock.advance_to(START.replace(hour=23))
    desk.cable.answers("labs", "no socket", deaf=True)
    await desk.looks()
    desk.cable.answers("labs", "token_revoked")
    await desk.looks()
    clock.advance_to(START.replace(hour=10) + timedelta(days=1))
    await desk.looks()
    assert desk.told(ROOT) == [OUT]
    assert "token_revoked" in plain(desk.paper.to(ROOT)[0].card)


async def test_who_heard_the_first_half_hears_that_it_is_over_though_not_that_it_became_worse(desk, clock):
    desk.cable.answers("labs", "no socket", deaf=True)
    await desk.looks()
    clock.advance_to(START.replace(hour=23))
    desk.cable.answers("labs", "token_revoked")
    await desk.looks()
    desk.cable.answers("labs")
    await desk.looks()
    clock.advance_to(START.replace(hour=10) + timedelta(days=1))
    await desk.looks()
    assert desk.told(ROOT) == [OUT, BACK]


async def test_who_is_no_admin_hears_nothing(desk):
    clerk = Account("paper", "clerk")
    await desk.hires("Clerk", clerk, admin=False)
    desk.cable.answers("labs", "token_revoked")
    await desk.looks()
    assert desk.told(clerk) == []


@pytest.mark.parametrize("prefers", ["cable", ""])
async def test_it_goes_where_the_admin_can_still_be_reached(store, clock, prefers):
    desk = Desk(store, clock, "acme", "labs")
    at_work = Account("paper", "lee")
    await desk.hires("Lee", ABROAD, at_work, prefers=prefers)
    desk.cable.answers("labs", "token_revoked")
    await desk.looks()
    assert (desk.told(at_work), desk.told(ABROAD)) == ([OUT], [])
    desk.cable.answers("labs")
    await desk.looks()
    assert (desk.told(at_work), desk.told(ABROAD)) == ([OUT], [BACK])


async def test_another_connection_of_the_same_messenger_will_do(store, clock):
    desk = Desk(store, clock, "acme", "labs")
    second = Account("cable", "acme-lee")
    await desk.hires("Lee", ABROAD, second)
    desk.cable.answers("labs", "token_revoked")
    await desk.looks()
    assert desk.told(second) == [OUT]


async def test_after_a_restart_it_is_not_said_again(desk, store, clock):
    desk.cable.answers("labs", "token_revoked")
    await desk.looks()
    again = Desk(store, clock, "acme", "labs")
    again.paper, again.running.messengers["paper"] = desk.paper, desk.paper
    await again.looks()
    again.cable.answers("labs", "token_revoked")
    await again.looks()
    assert desk.told(ROOT) == [OUT]
    again.cable.answers("labs")
    await again.looks()
    assert desk.told(ROOT) == [OUT, BACK]


async def test_a_process_that_knows_less_than_another_says_nothing(desk, store, clock):
    """What was found last is true, whoever found it."""
    other = Desk(store, clock, "acme", "labs")
    other.cable.answers("labs")
    clock.advance_to(clock.now() + timedelta(seconds=1))
    desk.cable.answers("labs", "token_revoked")
    await desk.looks()
    await other.looks()
    assert [one.fault for one in await store.read(standing)] == ["", "token_revoked"]
    stale = other.cable.there["labs"]
    desk.cable.answers("labs")
    await desk.looks()
    other.cable.there["labs"] = replace(stale, fault="token_revoked")
    await other.looks()
    assert desk.told(ROOT) == [OUT, BACK]
    assert other.told(ROOT) == []


async def test_what_was_mended_before_anybody_could_hear_of_it_is_not_told(desk, clock):
    """T3: at night nobody is written to; in the morning it is over."""
    clock.advance_to(START.replace(hour=23))
    desk.cable.answers("labs", "token_revoked")
    await desk.looks()
    assert desk.told(ROOT) == []
    desk.cable.answers("labs")
    await desk.looks()
    clock.advance_to(START.replace(hour=10) + timedelta(days=1))
    await desk.looks()
    assert desk.told(ROOT) == []


async def test_what_is_still_so_in_the_morning_is_told_then(desk, clock):
    clock.advance_to(START.replace(hour=23))
    desk.cable.answers("labs", "token_revoked")
    await desk.looks()
    clock.advance_to(START.replace(hour=10) + timedelta(days=1))
    await desk.looks()
    assert desk.told(ROOT) == [OUT]


async def test_readiness_and_the_figures_say_which(desk):
    desk.cable.answers("labs", "token_revoked")
    await desk.looks()
    status, ready = await desk.asked("/readyz")
    assert status == 200, "the others go on"
    assert '"cut_off":["Cable · labs: token_revoked, since 2026-11-18 02:00 UTC"]' in ready
    _, figures = await desk.asked("/metrics")
    assert 'bihuan_connected{connection="Cable · labs"} 0.0' in figures
    assert 'bihuan_connected{connection="Cable · acme"} 1.0' in figures


async def test_what_the_configuration_no_longer_has_is_forgotten(desk, store, clock):
    desk.cable.answers("labs", "token_revoked")
    await desk.looks()
    fewer = Desk(store, clock, "acme")
    await fewer.looks()
    assert [one.key for one in await store.read(standing)] == ["acme"]
    fewer.running.messengers.pop("cable")
    await fewer.looks()
    assert await store.read(standing) == []
    assert fewer.told(ROOT) == []


async def test_a_connection_that_nobody_has_asked_yet_is_no_news(store, clock):
    desk = Desk(store, clock, "labs")
    await desk.hires("Root", ROOT)
    await desk.looks()
    assert (desk.told(ROOT), await store.read(standing)) == ([], [])


async def test_the_look_is_one_of_the_running_parts(desk):
    desk.cable.answers("labs", "token_revoked")
    desk.clock.advance_to(desk.clock.now() + timedelta(seconds=5))
    desk.running.start()
    for _ in range(500):
        if desk.told(ROOT):
            break
        await asyncio.sleep(0.01)
    await desk.running.watch.stop()
    assert desk.told(ROOT) == [OUT]
