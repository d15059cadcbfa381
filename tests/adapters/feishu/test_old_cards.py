"""Cards older than fourteen days: not changed, not tried again, and whoever presses one is shown it as it is now."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.feishu.ages import CHANGED_FOR, REMEMBERED, Ages
from bot.cards import Button, Buttons, Card, Toast
from bot.domain.action import State
from bot.errors import Undeliverable
from tests.adapters.feishu.company import company
from tests.adapters.feishu.counter import Counter, standing
from tests.adapters.workplace import SHANGHAI
from tests.contracts.harness import Core, listening
from tests.simulators.feishu import Barred

PATCH = "PATCH im/v1/messages/:id"
NOW = 1_780_000_000.0


def stamp(seconds: float) -> str:
    return str(int(seconds * 1_000))


def test_an_age_is_known_by_feishus_own_stamp():
    time = [NOW]
    ages = Ages(lambda: time[0])
    ages.made("om_1", stamp(NOW))
    assert not ages.past("om_1")
    time[0] += CHANGED_FOR - 1
    assert not ages.past("om_1")
    time[0] += 2
    assert ages.past("om_1")


@pytest.mark.parametrize("said", [None, "", "soon", "-1", 5.5])
def test_of_what_feishu_does_not_say_nothing_is_known(said):
    ages = Ages(lambda: NOW)
    ages.made("om_1", said)
    assert not ages.past("om_1")
    assert not ages.past("om_2")


def test_what_was_refused_is_past_whatever_the_clock_shows():
    ages = Ages(lambda: NOW)
    ages.made("om_1", stamp(NOW))
    ages.refused("om_1")
    assert ages.past("om_1")


def test_only_so_many_are_remembered():
    ages = Ages(lambda: NOW)
    for number in range(REMEMBERED + 1):
        ages.refused(f"om_{number}")
    assert not ages.past("om_0")
    assert ages.past(f"om_{REMEMBERED}")


@pytest.fixture
async def counter() -> AsyncIterator[Counter]:
    async with standing() as counter:
        yield counter


async def refused(counter: Counter, posted) -> None:
    with pytest.raises(Undeliverable):
        await counter.messenger.update(posted, Card("A-42 完成"))


@pytest.mark.slow
async def test_what_is_known_to_be_too_old_is_not_tried(counter):
    posted = await counter.posts()
    await counter.tenant.advance(days=14, seconds=5)
    await refused(counter, posted)
    assert counter.tries(PATCH) == 0
    assert "完成" not in counter.ann.sees(counter.group), "what was said stays said"


@pytest.mark.slow
async def test_of_a_message_of_an_earlier_process_feishu_is_asked_once(counter):
    posted = await counter.posts()
    await counter.tenant.advance(days=15)
    await counter.restarts()
    for _ in range(3):
        await refused(counter, posted)
    assert counter.tries(PATCH) == 1


# --- whoever presses one ---


@pytest.mark.slow
async def test_in_a_group_it_is_shown_to_them_alone_and_once(counter):
    """What others read there is not theirs to be disturbed with."""
    bo, core = counter.tenant.hires("薄一"), Core()
    counter.group.chat.members.append(bo.id)
    card = Card("A-42 待确认", (Buttons((Button("接受", "/action accept A-42"),)),))
    posted = await counter.posts(card=card)
    core.answer = Toast("已接受")
    async with listening(counter.messenger, core.receive):
        await counter.tenant.connected(2)
        await counter.tenant.advance(days=15)
        await counter.ann.presses("接受", counter.group)
        for _ in range(2):
            await refused(counter, posted)
    assert counter.ann.sees(counter.group).count("A-42 完成") == 1
    assert "A-42 完成" not in bo.sees(counter.group)


@pytest.fixture
async def office(tmp_path):
    async with company(tmp_path) as office:
        office.zhang, office.li = office.hires("张三"), office.hires("李四")
        office.room = office.group("产品", office.zhang, office.li)
        await office.meets()
        yield office


async def later(office, **lapse: float) -> None:
    """Time passes, and nobody does anything."""
    moment = (office.clock.now() + timedelta(**lapse)).astimezone(SHANGHAI)
    await office.until(f"{moment:%Y-%m-%d %H:%M}")


@pytest.mark.slow
@pytest.mark.parametrize("remembers", [True, False])
async def test_a_press_is_done_and_the_card_comes_anew(office, remembers):
    await office.zhang.says("新增 输出流程 @李四 12月31日")
    await office.delivers()
    old = office.li.messages()[-1]
    await later(office, days=15)
    if not remembers:
        await office.restarts()
    before = old.card
    await office.li.presses("接受", old)
    await office.delivers()
    assert (await office.action(1)).state is State.IN_PROGRESS
    assert old.toasts, "the press is confirmed at once"
    assert old.card == before, "Feishu changes it no more"
    newest = office.li.messages()[-1]
    assert newest.id != old.id
    assert "A-1" in str(newest.card)
    assert "[接受]" not in office.li.sees().rpartition("A-1")[2]
    assert len([one for one in office.li.messages() if one.at == newest.at]) == 1, "one new card"


@pytest.mark.slow
async def test_where_an_old_card_does_not_react_a_reply_to_it_does(office):
    """Whether Feishu still passes such a press on could not be looked up."""
    office.tenant.unverified.old_cards_react = False
    await office.zhang.says("新增 输出流程 @李四 12月31日")
    await office.delivers()
    old = office.li.messages()[-1]
    await later(office, days=15)
    with pytest.raises(Barred):
        await office.li.presses("接受", old)
    assert (await office.action(1)).state is State.PROPOSED
    await office.li.says("接受", reply=old)
    assert (await office.action(1)).state is State.IN_PROGRESS
    assert "A-1" in str(office.li.messages()[-1].card)


@pytest.mark.slow
async def test_by_a_form_too(office):
    await office.zhang.says("新增 输出流程 @李四 12月31日")
    await office.delivers()
    await office.li.presses("接受")
    await office.until("2026-12-29 09:00")
    old = office.li.messages()[-1]
    await later(office, days=15)
    await office.li.presses("延期", old)
    await office.li.fills({"due": "2027年1月29日", "why": "等法务"})
    await office.delivers()
    assert (await office.action(1)).due.day.isoformat() == "2027-01-29"
    assert "1月29日" in str(office.li.messages()[-1].card)
    assert office.li.messages()[-1] is not old


@pytest.mark.slow
async def test_nobody_else_hears_of_an_old_card_that_changes(office):
    await office.zhang.says("新增 输出流程 @李四 12月31日")
    await office.delivers()
    await office.li.presses("接受")
    await office.delivers()
    await later(office, days=15)
    seen = len(office.li.messages())
    await office.zhang.says("备注 A-1 法务已看过")
    await office.delivers()
    assert [one for one in office.li.messages()[seen:] if "请确认" in str(one.card)] == []
