"""Rooms and people that are lost in Slack, on the whole workplace (A4 rows 22 and 23): who hears instead, and that nothing is
said into the void. How single calls end is test_delivery.py."""

import pytest
from msgspec.structs import replace

from bot.domain.action import State
from bot.people import Department, Person
from tests.adapters.slack.company import company
from tests.adapters.slack.office import MODES

pytestmark = pytest.mark.slow

MEETING = (
    "/meeting new 规划会 2026-11-20 10:00-11:00 @李四 @王五 主持人：张三 记录人：王五 目标：定方向；预期：选功能；"
    "议题：客诉流程 15分钟"
)


@pytest.fixture(params=MODES)
async def office(request, tmp_path):
    async with company(tmp_path, request.param) as office:
        yield office


@pytest.fixture
async def cast(office):
    """张三 leads, 李四 owns, 王五 is the admin; all in a channel that only its members see."""
    cast = [office.hires(*one) for one in (("zhang", "张三"), ("li", "李四"), ("wang", "王五"))]
    office.room = office.channel("内部", *cast, private=True)
    await office.meets()
    wang = await person(office, "王五")
    await office.store.write(lambda records: records.people.save(replace(wang, admin=True)))
    return cast


async def person(office, name: str) -> Person:
    directory = await office.store.read(lambda records: records.people.directory())
    return next(one for one in directory.people.values() if one.name == name)


async def told(office) -> None:
    """Everything that was said arrives, also where Slack takes one message a second."""
    for _ in range(4):
        await office.workspace.advance(seconds=2)
        await office.delivers()


async def test_a_room_that_the_bot_was_put_out_of(office, cast):
    """It is not tried again there; what was about one item goes to its owner, and the admin hears where nothing arrives."""
    zhang, li, wang = cast
    await zhang.types(MEETING, office.room)
    await zhang.types("/meeting announce! M-1", office.room)
    await told(office)
    await office.until("2026-11-20 10:00")
    await zhang.types("/meeting start", office.room)
    await told(office)
    office.room.removes_bot()
    before = len(office.workspace.calls("chat.postMessage"))
    await zhang.types("/meeting act 输出流程 @李四 11月27日", office.room)
    await told(office)
    tried = [
        one for one in office.workspace.calls("chat.postMessage")[before:] if one.args["channel"] == office.room.id
    ]
    assert len(tried) == 1
    assert "输出流程" in li.sees()
    assert wang.sees().count("消息送不到：内部") == 1
    assert "原因：channel_not_found" in wang.sees()
    assert (await office.action(1)).text == "输出流程", "and the item stands"


async def test_an_owner_whose_account_was_switched_off(office, cast):
    """Their open items are given to who can hand them over; they themselves are asked for nothing more."""
    zhang, li, _ = cast
    await zhang.types("/action add 输出流程 @李四 11月20日")
    await office.delivers()
    await li.presses("接受")
    await li.leaves_company()
    await office.workspace.settled()
    await office.meets()
    before = len(li.messages())
    await office.until("2026-11-20 09:30")
    assert len(li.messages()) == before
    assert "A-1 需要换人：李四已不在这里" in zhang.sees()
    assert (await office.action(1)).state is State.IN_PROGRESS
    await zhang.presses("转交", zhang.messages()[-1])
    await zhang.fills({"owner": zhang})
    assert (await office.action(1)).owner == (await person(office, "张三")).id


async def test_who_was_imported_is_known_by_the_address_with_department_and_head(office):
    """`bihuan import people` brings departments and heads, which Slack does not know; Slack brings the account."""
    await office.store.write(_imported)
    zhao, sun = office.hires("zhao", "Zhao Liu", email="zhaoliu@acme.example"), office.hires("sun", "孙七")
    await office.meets()
    assert len((await office.store.read(lambda records: records.people.directory())).people) == 3
    await sun.types("/action add 写报告 @赵六 11月20日")
    await office.delivers()
    assert "写报告" in zhao.sees(), "by the name of the list, whatever Slack calls them"
    await zhao.presses("接受")
    boss = office.hires("boss", "Big Boss", email="boss@acme.example")
    await office.meets()
    await office.until("2026-11-26 09:30")
    assert "风险：A-1" in boss.sees()


def _imported(records) -> None:
    boss = records.people.save(Person(0, "周总", "Asia/Shanghai", "zh-Hans", email="boss@acme.example"))
    service = records.people.save_department(Department(0, "客服部", boss.id))
    zhao = Person(0, "赵六", "Asia/Shanghai", "zh-Hans", email="ZhaoLiu@acme.example", department=service.id)
    records.people.save(zhao)
