"""DING: rings once at the person of a message that may disturb, where it is switched on, and fails nothing."""

import pytest

from adapters.dingtalk.bell import DING
from adapters.dingtalk.outgoing import RUNGS
from bot.cards import Card
from bot.people import Account, Room
from tests.adapters.dingtalk.office import connected, messenger_of
from tests.simulators.dingtalk import Organisation, faults

pytestmark = pytest.mark.slow

URGENT = Card("🔴 M-7 还有 15 分钟开始", urgent=True)


@pytest.fixture
def organisation():
    organisation = Organisation()
    organisation.app.rights.add("Premium.Ding.Write")
    return organisation


@pytest.fixture
def ann(organisation):
    return organisation.hires("0456ann", "安娜")


@pytest.fixture(params=RUNGS)
async def messenger(request, organisation, ann, tmp_path):
    async with connected(organisation, request.param, tmp_path / "memory.db", urgent=True) as messenger:
        yield messenger


async def posts(messenger, ann, key="k", again=False):
    return await messenger.post(Account("dingtalk", ann.id), URGENT, key=key, again=again)


async def test_an_urgent_message_rings_at_its_person_once(organisation, messenger, ann, tmp_path):
    posted = await posts(messenger, ann)
    assert organisation.rung == [(ann.id, URGENT.title)]
    another = messenger_of(organisation, organisation.url, messenger.rung, tmp_path / "memory.db", urgent=True)
    for one in (messenger, another):
        assert await posts(one, ann, again=True) == posted
    await another.close()
    await messenger.update(posted, Card("🔴 M-7 已开始", urgent=True))
    assert len(organisation.rung) == 1, "neither another try, another process nor a change in place rings"


async def test_what_is_not_urgent_does_not_ring_nor_does_a_group(organisation, messenger, ann):
    group = organisation.group("产品", ann)
    await messenger.post(Account("dingtalk", ann.id), Card("🟡 A-42 后天到期"), key="a", again=False)
    await messenger.post(Room("dingtalk", group.id), URGENT, key="b", again=False)
    assert organisation.calls(DING) == []


async def test_switched_off_or_near_the_months_end_nothing_rings(organisation, ann):
    async with connected(organisation, "template") as messenger:
        await posts(messenger, ann)
    async with connected(organisation, "template", urgent=True, calls=1) as messenger:
        messenger.quota.call(DING)
        await posts(messenger, ann, "other")
    assert organisation.calls(DING) == []
    assert len(ann.messages()) == 2


@pytest.mark.parametrize(
    "fault",
    [
        faults.qps(), faults.fails(), faults.closes(), faults.records_then_closes(), faults.quota(),
        faults.refuses("Forbidden.AccessDenied.AccessTokenPermissionDenied", 403), faults.refuses("robot.ding.limited"),
    ],
    ids=range(7),
)  # fmt: skip
async def test_a_bell_that_does_not_ring_fails_nothing_and_is_not_tried_again(organisation, ann, fault):
    async with connected(organisation, "template", urgent=True) as messenger:
        organisation.faults.next(DING, fault)
        for again in (False, True):
            await posts(messenger, ann, again=again)
    assert len(ann.messages()) == 1
    assert len(organisation.calls(DING)) == 1
