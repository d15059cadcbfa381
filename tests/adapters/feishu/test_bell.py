"""Urgent (加急): rings once at the person of a message that may disturb, where it is switched on, and fails nothing."""

from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace

from bot.errors import TryLater
from tests.adapters.feishu.counter import CARD, SEND, Counter, standing
from tests.simulators.feishu import faults

pytestmark = pytest.mark.slow

RING = "PATCH im/v1/messages/:id/urgent_app"
URGENT = replace(CARD, urgent=True)


@pytest.fixture
async def counter() -> AsyncIterator[Counter]:
    async with standing(urgent=True) as counter:
        yield counter


async def posts(counter: Counter, key: str = "k", *, again: bool = False):
    return await counter.posts(key, counter.to, URGENT, again=again)


async def test_an_urgent_message_rings_at_its_person_once(counter):
    posted = await posts(counter)
    assert counter.ann.user.rung == [posted.id]
    for again in (False, True):
        assert await posts(counter, again=again) == posted
    assert counter.ann.user.rung == [posted.id]
    await counter.messenger.update(posted, URGENT)
    assert counter.ann.user.rung == [posted.id], "a change in place disturbs nobody"


async def test_what_is_not_urgent_does_not_ring_nor_does_a_group(counter):
    await counter.posts("a", counter.to)
    await counter.posts("b", counter.room, URGENT)
    assert counter.tries(RING) == 0


async def test_switched_off_nothing_rings():
    async with standing() as counter:
        await posts(counter)
        assert counter.tries(RING) == 0


@pytest.mark.parametrize(
    "fault",
    [
        faults.refuses(230023), faults.refuses(230024), faults.refuses(230052), faults.refuses(230012), faults.fails(),
        faults.refuses(230001), faults.limits(), faults.closes(), faults.records_then_closes(), faults.refuses(99991672),
    ],
    ids=range(10),
)  # fmt: skip
async def test_a_bell_that_does_not_ring_fails_nothing_and_is_not_tried_again(counter, fault):
    counter.tenant.faults.next(RING, fault)
    posted = await posts(counter)
    assert "A-42" in counter.ann.sees()
    assert await posts(counter, again=True) == posted
    assert counter.tries(RING) == 1


async def test_a_message_that_had_to_wait_rings_when_it_comes(counter):
    counter.tenant.faults.next(SEND, faults.limits("0.2"), faults.records_then_closes())
    for again in (False, False):
        with pytest.raises(TryLater):
            await posts(counter, again=again)
    posted = await posts(counter, again=True)
    assert counter.ann.user.rung == [posted.id]


async def test_a_message_that_another_process_may_have_rung_for_does_not_ring_again(counter):
    await posts(counter)
    tenant, rung = counter.tenant, list(counter.ann.user.rung)
    await counter.restarts()
    await posts(counter, again=True)
    assert counter.ann.user.rung == rung
    assert len(tenant.calls(RING)) == 1
