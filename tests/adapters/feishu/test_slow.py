"""A core that takes its time: Feishu's three seconds pass, and nobody is told what is not so."""

import asyncio

import pytest

from adapters.feishu import hearing
from bot.cards import Card, Field, Form, Picture
from bot.domain.action import State
from tests.adapters.feishu.company import company
from tests.adapters.feishu.office import MODES
from tests.contracts.harness import Core
from tests.simulators.feishu import faults

pytestmark = pytest.mark.slow

TOO_LONG = hearing.LATEST + 0.4
FORM = Form("新增行动项", "/action add", (Field("text", "行动"),), "记录")


@pytest.fixture(params=MODES)
async def office(request, tmp_path):
    async with company(tmp_path, request.param) as office:
        office.zhang, office.li = office.hires("张三"), office.hires("李四")
        office.room = office.group("产品", office.zhang, office.li)
        await office.meets()
        yield office


async def test_a_form_that_takes_long_is_not_said_to_be_recorded(office):
    await office.zhang.says("新增")
    office.slow = TOO_LONG
    await office.zhang.fills({"text": "评估", "owner~pick": office.li, "due": "周五"})
    assert "还没有记录好" in office.zhang.sees()
    assert await office.actions() == []
    await office.zhang.will_see("已记录 A-1")
    assert len(await office.actions()) == 1


async def test_an_event_that_takes_too_long_comes_again_and_is_done_once(office):
    office.tenant.courier.patience, office.slow = 0.3, 0.6
    await office.zhang.says("新增 评估 @李四 周五")
    assert not office.tenant.deliveries("im.message.receive_v1")[0].acknowledged
    office.tenant.courier.patience, office.slow = 3.0, 0.0
    await office.tenant.advance(seconds=16)
    await office.zhang.will_see("已记录 A-1")
    assert len(await office.actions()) == 1
    assert office.zhang.sees().count("已记录 A-1") == 1


@pytest.mark.parametrize("slow", ["POST im/v1/messages", "POST ephemeral/v1/send"])
async def test_an_api_that_takes_long_holds_no_acknowledgement_up(office, slow):
    office.tenant.faults.next(slow, faults.answers_after(2.5))
    begun = asyncio.get_running_loop().time()
    group = office.room if slow.startswith("POST ephemeral") else None
    await office.zhang.says("@闭环 新增 评估 @李四 周五" if group else "新增 评估 @李四 周五", group)
    assert asyncio.get_running_loop().time() - begun < hearing.SHOWN_WITHIN + 1
    assert office.tenant.deliveries("im.message.receive_v1")[0].acknowledged
    await office.zhang.will_see("已记录 A-1", group)


async def test_names_that_cannot_be_had_are_not_waited_for(office):
    office.tenant.faults.always("GET im/v1/chats", faults.answers_after(5))
    begun = asyncio.get_running_loop().time()
    await office.zhang.says("@闭环 新增 评估 @李四 周五", office.room)
    assert asyncio.get_running_loop().time() - begun < 2.5
    assert (await office.action(1)).room is not None


async def test_what_a_press_waits_for_is_counted_from_when_it_came(office):
    """A name that does not come, a core that takes its time, and an answer that Feishu is slow to take."""
    await office.zhang.says("@闭环 新增 评估 @李四 周五", office.room)
    await office.delivers()
    for slow in ("GET im/v1/chats", "POST ephemeral/v1/send", "POST im/v1/messages"):
        office.tenant.faults.always(slow, faults.answers_after(4))
    office.slow = hearing.LATEST - 0.3
    await office.restarts() if office.tenant.app.socket else None
    await office.zhang.presses("修改", office.room)
    assert "出错了" not in office.zhang.sees(office.room)


@pytest.mark.parametrize("fault", [faults.answers_after(4), faults.limits()])
async def test_an_answer_whose_picture_feishu_does_not_take_in_time_comes_as_a_message(office, fault):
    """What the form did is recorded, and so nobody sees a fault."""
    core = Core()
    office.dispatch, core.answer = core, FORM
    await office.zhang.says("新增")
    core.answer = Card("已记录", (Picture("图.png", "image/png", b"\x89PNG", "每周完成数"),))
    office.tenant.faults.next("POST im/v1/images", fault)
    await office.zhang.fills({"text": "评估"})
    assert "出错了" not in office.zhang.sees()
    await office.zhang.will_see("每周完成数")


async def test_two_of_one_person_are_taken_in_order_and_others_do_not_wait(office):
    await office.zhang.says("新增 评估 @李四 周五")
    office.slow = 0.3
    said = [asyncio.create_task(office.li.says(words)) for words in ("接受 A-1", "完成 A-1 https://example.com")]
    await asyncio.gather(*said)
    assert (await office.action(1)).state is State.SUBMITTED
