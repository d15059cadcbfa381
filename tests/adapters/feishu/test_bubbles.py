"""Bubbles under a direct message: what is likeliest said next, where there is nothing else to press."""

import asyncio

import pytest

from adapters.feishu.bubbles import line, suits
from bot.cards import Button, Buttons, Card, Field, Form, Item, Items, Plain, Text
from tests.adapters.feishu.company import company
from tests.simulators.feishu import faults

FOLLOW = "POST im/v1/messages/:id/push_follow_up"
WORDS = Text((Plain("好"),))


@pytest.mark.parametrize(
    ("blocks", "suit"),
    [
        ((WORDS,), True), ((WORDS, Buttons((Button("帮助", "/help"),))), True), ((), False),
        ((WORDS, Buttons((Button("接受", "/action accept A-1"),))), False),
        ((Items((Item("A-1", "评估", "", (Button("查看", "/action show A-1"),)),)),), False),
        ((Form("问", "/x", (Field("a", "甲"),), "好"),), False),
    ],
    ids=range(6),
)  # fmt: skip
def test_they_stand_where_nothing_else_can_be_pressed(blocks, suit):
    assert suits(Card("题", blocks)) is suit


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("等我处理", "/action home"), (" 等我處理 ", "/action home"), ("Waiting for me", "/action home"),
        ("我的行动项", "/action list"), ("My items", "/action list"), ("新增行动项", "/action add"),
        ("New action", "/action add"), ("新增行动项 评估", "新增行动项 评估"), ("大家早", "大家早"),
    ],
    ids=range(9),
)  # fmt: skip
def test_their_words_are_known_again_in_every_language(typed, meant):
    assert line(typed) == meant


@pytest.fixture
async def office(tmp_path):
    async with company(tmp_path) as office:
        office.zhang, office.li = office.hires("张三"), office.hires("Bo", language="en_us")
        office.room = office.group("产品", office.zhang, office.li)
        await office.meets()
        yield office


async def offered(office, who, *words: str) -> None:
    for _ in range(100):
        if who.bubbles() == list(words):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{who.user.name} sees {who.bubbles()}")


@pytest.mark.slow
async def test_below_the_first_words_and_below_help(office):
    await office.zhang.opens_chat()
    await offered(office, office.zhang, "等我处理", "我的行动项", "新增行动项")
    await office.zhang.taps("新增行动项")
    assert "新增行动项" in office.zhang.sees()
    await office.zhang.fills({"text": "评估", "owner~pick": office.zhang, "due": "周五"})
    assert (await office.action(1)).text == "评估"
    await office.zhang.says("帮助")
    await offered(office, office.zhang, "等我处理", "我的行动项", "新增行动项")
    await office.zhang.taps("等我处理")
    assert "A-1" in office.zhang.sees()


@pytest.mark.slow
async def test_each_in_their_clients_language(office):
    await office.li.says("/help")
    await offered(office, office.li, "Waiting for me", "My items", "New action")
    await office.li.taps("My items")
    assert len(office.li.messages()) == 4
    await offered(office, office.li, "Waiting for me", "My items", "New action")


@pytest.mark.slow
async def test_not_below_what_has_presses_nor_in_a_group(office):
    await office.zhang.says("新增 评估 @张三 周五")
    await office.zhang.says("@闭环 帮助", office.room)
    await office.zhang.says("清单")
    await asyncio.sleep(0.1)
    assert office.tenant.calls(FOLLOW) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault", [faults.refuses(230006), faults.fails(), faults.closes(), faults.limits()], ids=range(4)
)
async def test_without_them_everything_has_been_said(office, fault):
    office.tenant.faults.always(FOLLOW, fault)
    await office.zhang.says("帮助")
    await asyncio.sleep(0.1)
    assert office.zhang.sees().count("/action add") == 1
    assert office.zhang.bubbles() == []
    assert len(office.tenant.calls(FOLLOW)) == 1
