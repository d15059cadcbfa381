"""An event that comes again is answered the same and does nothing (RELIABILITY A4 rows 1–4, 6, 36)."""

import asyncio
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.cards import plain
from bot.domain.action import State
from bot.messenger import Incoming, Pressed, Said
from bot.people import Place


def event(office, who, what, id="once"):
    return Incoming(id, office.clock.now(), Place("paper"), who.account, what)


@pytest.mark.parametrize(
    "later", [timedelta(), timedelta(seconds=60), timedelta(hours=7.1), timedelta(days=6, hours=23)]
)
def test_the_same_answer_and_nothing_twice(office, cast, later):
    said = cast.zhang.types("/action add 输出流程 @李四 下周五")
    office.advance(seconds=later.total_seconds())
    told = len(office.paper.sheets)
    assert cast.zhang.again() == said
    assert (len(office.actions()), len(office.record(1)), len(office.paper.sheets)) == (1, 1, told)


def test_a_redelivery_of_a_week_ago_is_let_be(office, cast):
    cast.zhang.types("/action add 输出流程 @李四 下周五")
    office.advance(days=7, seconds=1)
    assert cast.zhang.again() == ""
    assert len(office.actions()) == 1


def test_what_comes_only_as_a_retry_is_done(office, cast):
    """Never dropped by a retry's header: the key decides."""
    late = replace(
        event(office, cast.zhang, Said("/action add 输出流程 @李四 下周五")), at=office.clock.now() - timedelta(hours=5)
    )
    assert office.receives(late) is not None
    assert len(office.actions()) == 1


def test_four_deliveries_at_once_are_one(office, cast):
    twin = event(office, cast.zhang, Said("/action add 输出流程 @李四 下周五"))

    async def four():
        return await asyncio.gather(*(office.dispatch.receive(twin) for _ in range(4)))

    answers = office.runner.run(four())
    assert answers == [answers[0]] * 4
    assert len(office.actions()) == 1


def test_the_same_id_of_another_messenger_is_another_event(office, cast):
    office.receives(event(office, cast.zhang, Said("/action add 输出流程 @李四 下周五")))
    other = replace(
        event(office, cast.zhang, Said("/action add 压测报告 @李四 下周五")),
        by=replace(cast.zhang.account, messenger="paper2"),
    )
    office.dispatch.messengers = {**office.dispatch.messengers, "paper2": office.paper}
    office.paper.profiles[cast.zhang.account.user_id] = replace(
        office.paper.profiles[cast.zhang.account.user_id], account=other.by
    )
    office.receives(other)
    assert len(office.actions()) == 2


def test_a_refusal_a_form_and_silence_are_repeated_too(office, cast):
    for line in ("/action approve A-9", "/action add 输出流程 @李四", "/action fnish"):
        said = cast.zhang.types(line)
        assert cast.zhang.again() == said


def test_after_a_crash_the_answer_is_the_one_that_was_given(office, cast):
    said = cast.zhang.types("/action add 输出流程 @李四 下周五")
    office.closes()
    office.opens()
    assert cast.zhang.again() == said
    assert len(office.actions()) == 1


def test_twenty_people_click_at_once_and_one_was_first(office, cast):
    """Row 36: one change, nineteen times who was first."""
    cast.zhang.types("/action add 输出流程 @李四 下周五")
    version = office.action(1).version

    async def clicks():
        presses = [event(office, cast.li, Pressed("/action accept A-1", version), f"c{n}") for n in range(20)]
        return await asyncio.gather(*(office.dispatch.receive(press) for press in presses))

    said = [plain(answer) for answer in office.runner.run(clicks())]
    assert said.count("A-1 已由李四于 10:00 接受，无需再操作。") == 19
    assert sum(one.startswith("已接受 A-1") for one in said) == 1
    assert office.record(1) == ["张三 add", "李四 accept"]
    assert office.action(1).state is State.IN_PROGRESS
