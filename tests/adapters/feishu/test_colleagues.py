"""A Chinese and an English colleague in one group: the same cards, each in their own client's language; and what rings."""

import pytest

from tests.adapters.feishu.company import company
from tests.adapters.feishu.office import MODES
from tests.adapters.feishu.test_meetings import LINE

pytestmark = pytest.mark.slow


@pytest.fixture(params=MODES)
async def office(request, tmp_path):
    async with company(tmp_path, request.param, urgent=True) as office:
        office.zhang, office.li = office.hires("张三"), office.hires("李四", language="en_us")
        office.wang, office.chen = office.hires("王五"), office.hires("陳靜", language="zh_tw")
        office.room = office.group("产品", office.zhang, office.li, office.wang, office.chen)
        await office.meets()
        yield office


async def test_they_read_the_same_meeting_each_in_their_language(office):
    zhang, li, chen = office.zhang, office.li, office.chen
    await zhang.says(f"@闭环 {LINE}", office.room)
    await zhang.says("/meeting announce! M-1")
    await office.until("2026-11-19 10:00")
    await zhang.says("@闭环 /meeting start", office.room)
    await office.wang.says("#决议 同意 先做 A 类功能 因为用户最多", office.room)
    await office.until("2026-11-19 10:40")
    await zhang.says("@闭环 /meeting end", office.room)
    await office.delivers()
    assert "会议结束：Q4 产品规划会 · 决议 1 条" in zhang.sees(office.room)
    assert "Q4 产品规划会 ended: 1 decision" in li.sees(office.room)
    assert "會議結束：Q4 产品规划会 · 決議 1 條" in chen.sees(office.room)
    assert "ended:" not in zhang.sees(office.room)
    assert "会议结束" not in li.sees(office.room), "what a person wrote stays as written, what the bot says does not"
    cards = [one.card for one in office.room.messages if one.card]
    assert all("i18n_content" in str(card) for card in cards), "no card of this group has one language"


async def test_a_vote_is_cast_by_whoever_reads_it_in_whatever_language(office):
    zhang, li = office.zhang, office.li
    await zhang.says(f"@闭环 {LINE}", office.room)
    await zhang.says("/meeting announce! M-1")
    await office.until("2026-11-19 10:00")
    await zhang.says("@闭环 /meeting start", office.room)
    await zhang.says("@闭环 /vote new 用哪个方案？ | 方案A | 方案B", office.room)
    await office.delivers()
    for who in (li, zhang):
        await who.presses("方案B", office.room)
    await office.delivers()
    assert "2 have voted" in li.sees(office.room)
    assert "2 have voted" not in zhang.sees(office.room)


async def test_the_reminder_before_a_meeting_rings_and_its_announcement_does_not(office):
    await office.zhang.says(f"@闭环 {LINE}", office.room)
    await office.zhang.says("/meeting announce! M-1")
    await office.delivers()
    assert office.li.user.rung == []
    await office.li.presses("参加")
    await office.until("2026-11-19 09:44")
    assert office.li.user.rung == []
    await office.until("2026-11-19 09:45")
    assert len(office.li.user.rung) == 1
    assert office.li.user.rung == [office.li.messages()[-1].id]
    await office.until("2026-11-19 10:00")
    assert len(office.li.user.rung) == 1
