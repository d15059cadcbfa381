"""A meeting in the browser, on the demo as a user starts it: notice, room, vote, read-back, minutes, second edition, archive.

Whoever leads sits at a desk, whoever is invited holds a phone; once in Chinese, once in English.
"""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.conftest import OpenTab
from tests.browser.pages import Client

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("browser")]
ROOT = Path(__file__).resolve().parents[2]
ROOM = "product"


@dataclass(frozen=True)
class Script:
    """What the three say and see in one language. `{n}` is the meeting's number; `room_…` stands in the room, whose cards are
    in the workplace's language."""

    host: str
    recorder: str
    guest: str
    call: str
    drafted: str
    notice: str
    begin: tuple[str, ...]
    said: tuple[str, ...]
    vote: str
    draft: str
    to_review: str
    to_confirm: str
    correction: dict[str, str]
    edit: str
    second: str
    archived: str
    search: str
    found: str
    press: dict[str, str]
    room: dict[str, str]


IN_ROOM = {"vote": "请投票", "closed": "投票结束", "close": "结束投票", "decide": "形成决议"}
CHINESE = Script(
    host="zhangsan", recorder="chenjing", guest="lisi",
    call="/meeting new 一季度规划会 今天 18:30 60分钟 @李四 主持人：张三 记录人：陈静 目标：定下一季度做什么；预期：排好优先级的三个项目；"
         "地点：三楼会议室；议题：客诉流程 20分钟 @李四 决策；议题：短信网关 20分钟 @张三 决策",
    drafted="已建草稿 M-{n}", notice="请参加：一季度规划会",
    begin=("/meeting start M-{n}", "/meeting here @李四 @陈静"),
    said=("#要点 一级响应要在两小时内，现在平均六小时", "#决议 同意 按 V2.0 执行客诉流程 因为投诉量翻倍",
          "#行动 写出客诉流程 V2.0 @李四 下周五 标准：含一级响应"),
    vote="/vote new 短信网关怎么做？ 选项：自建、外购、再看看",
    draft="纪要草稿已备好", to_review="请审核会议纪要", to_confirm="请确认会议纪要：一季度规划会",
    correction={"更正内容": "决议 1 写明从下月起"}, edit="/minutes edit M-{n} 决议1：同意 下月起按 V2.0 执行客诉流程 因为 投诉量翻倍",
    second="第 2 版", archived="会议纪要全部已阅，已归档", search="/minutes search 客诉 下月", found="1 份纪要",
    press={"send": "发出", "come": "参加", "submit": "提交审核", "approve": "通过并分发", "read": "已阅，无异议", "correct": "提出更正",
           "announce": "发通知"},
    room={**IN_ROOM, "line": "行动：写出客诉流程 V2.0", "decided": "决议 · 同意：短信网关怎么做？外购", "end": "会议结束：一季度规划会"},
)  # fmt: skip
ENGLISH = Script(
    host="emma", recorder="chenjing", guest="zhouhang",
    call="/meeting new First quarter planning today 18:30 60 min @周航 host: Emma Clarke recorder: 陈静 "
         "objective: decide the next quarter; expected: three projects in order; place: Room 3; "
         "topic: Complaints 20 min @周航 decide; topic: SMS gateway 20 min @Emma Clarke decide",
    drafted="M-{n} drafted", notice="Please come: First quarter planning",
    begin=("/meeting start M-{n}", "/meeting here @周航 @陈静"),
    said=("#note first answers take six hours, two are wanted", "#decision agreed run the new procedure because complaints doubled",
          "#action Write the procedure @周航 next Friday std: first-level response included"),
    vote="/vote new The SMS gateway? options: build, buy, wait",
    draft="Draft minutes are ready", to_review="Please review the minutes", to_confirm="Please confirm the minutes: First quarter",
    correction={"Correction": "decision 1 holds from next month"},
    edit="/minutes edit M-{n} decision 1: agreed run the new procedure from next month because complaints doubled",
    second="version 2", archived="Minutes read by all, archived", search="/minutes search procedure month", found="1 ",
    press={"send": "Send", "come": "I'm coming", "submit": "Submit for review", "approve": "Approve and send",
           "read": "Read, agreed", "correct": "Correct something", "announce": "Announce"},
    room={**IN_ROOM, "line": "行动：Write the procedure", "decided": "决议 · 同意：The SMS gateway? buy", "end": "会议结束：First quarter planning"},
)  # fmt: skip


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """`bihuan demo` in a folder of its own; gives its address."""
    folder = tmp_path_factory.mktemp("demo")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--data", str(folder), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    said = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert found, said
    yield found.group()
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 15) == 0


@dataclass(frozen=True)
class Three:
    """The tabs of one story: whoever leads, whoever records, and the phone of whoever is invited."""

    script: Script
    host: Client
    recorder: Client
    guest: Client

    async def shot(self, who: str, name: str) -> None:
        """A picture of one of them."""
        client: Client = getattr(self, who)
        await client.shot(f"meeting-{'zh' if self.script is CHINESE else 'en'}-{name}")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("script", [CHINESE, ENGLISH], ids=["zh", "en"])
async def test_from_the_notice_to_the_archive(script: Script, demo: str, tab: OpenTab):
    host, recorder = await tab(demo, script.host), await tab(demo, script.recorder)
    three = Three(script, host, recorder, await tab(demo, script.guest, width=390, height=844))
    if script is ENGLISH:
        for one in (
            three.recorder,
            three.guest,
        ):  # David's day has not begun: he would hear of it in his own morning (T3)
            await one.say("/settings language en")
            await one.toast("English")
            await one.reads("en")
    number = await _calls(three)
    await _is_invited(three)
    room = Three(
        script,
        await tab(demo, script.host, conversation=ROOM),
        await tab(demo, script.recorder, conversation=ROOM),
        await tab(demo, script.guest, conversation=ROOM, width=390, height=844),
    )
    await _is_held(room, number)
    await _is_voted_on(room)
    await _ends(room)
    await _is_reviewed(three)
    desk = await tab(demo, script.guest)
    await desk.sees(script.to_confirm)
    await _headings_look_alike(desk, script)
    await desk.shot(f"meeting-{script.guest}-6-to-confirm-at-a-desk")
    await _is_confirmed_and_corrected(three, number)
    await _is_confirmed_again_and_found(three)


async def _calls(three: Three) -> int:
    script, host = three.script, three.host
    await host.say(script.call)
    title = host.log.locator(".card-title").filter(has_text=re.compile(script.drafted.format(n=r"\d+"))).last
    await expect(title).to_be_visible()
    found = re.search(r"M-(\d+)", await title.inner_text())
    assert found
    number = int(found.group(1))
    await host.press(script.drafted.format(n=number), script.press["announce"])
    await host.log.get_by_role("button", name=script.press["send"], exact=True).last.click()
    return number


async def _is_invited(three: Three) -> None:
    script, guest = three.script, three.guest
    await guest.sees(script.notice)
    await three.shot("guest", "1-notice")
    await guest.press(script.notice, script.press["come"])
    await expect(guest.card(script.notice).get_by_role("button", name=script.press["come"], exact=True)).to_have_count(
        0
    )


async def _is_held(three: Three, number: int) -> None:
    script, host = three.script, three.host
    for line in (*script.begin, *script.said):
        await host.say(line.format(n=number))
    await three.guest.sees(script.room["line"])
    await expect(
        three.guest.log.locator(".card-title").filter(has_text=re.compile("行动：|Action:")).last
    ).to_be_visible()
    await three.shot("host", "2-room")
    await three.shot("guest", "3-room-phone")


async def _is_voted_on(three: Three) -> None:
    script, host, guest = three.script, three.host, three.guest
    await host.say("/meeting next")
    await host.say(script.vote)
    asked = script.room["vote"]
    await guest.sees(asked)
    choice = guest.card(asked).locator(".button").nth(1)
    await choice.click()
    await host.card(asked).locator(".button").nth(1).click()
    await expect(host.card(asked)).to_contain_text("2")
    await three.shot("guest", "4-vote")
    await host.press(asked, script.room["close"])
    await host.page.get_by_role("alertdialog").get_by_role("button", name=script.room["close"]).click()
    await host.press(script.room["closed"], script.room["decide"])
    await guest.sees(script.room["decided"])


async def _ends(three: Three) -> None:
    await three.host.say("/meeting end")
    await three.guest.sees(three.script.room["end"])
    await three.shot("guest", "5-read-back")


async def _is_reviewed(three: Three) -> None:
    script = three.script
    await three.recorder.press(script.draft, script.press["submit"])
    await three.host.press(script.to_review, script.press["approve"])
    await three.guest.sees(script.to_confirm)
    await three.shot("guest", "6-to-confirm")


async def _headings_look_alike(client: Client, script: Script) -> None:
    """A heading above a list is the list's own, one above a paragraph a line of text: a reader of minutes sees no difference."""
    card = client.card(script.to_confirm)
    looks = [
        await card.locator(part).first.evaluate(
            "node => (({color, fontSize}) => [color, fontSize])(getComputedStyle(node))"
        )
        for part in (".items-title", "strong")
    ]
    assert looks[0] == looks[1]


async def _is_confirmed_and_corrected(three: Three, number: int) -> None:
    script, guest, recorder = three.script, three.guest, three.recorder
    await guest.press(script.to_confirm, script.press["correct"])
    await guest.answer(**script.correction)
    await three.shot("guest", "7-correction")
    await guest.submit()
    await recorder.sees(next(iter(script.correction.values())))
    await recorder.say(f"/minutes revise M-{number}")
    await expect(recorder.dialog).to_be_visible()
    await three.shot("recorder", "8-edit-form")
    await recorder.page.keyboard.press("Escape")
    await recorder.say(script.edit.format(n=number))
    await recorder.say(f"/minutes submit M-{number}")
    await three.host.press(script.to_review, script.press["approve"])


async def _is_confirmed_again_and_found(three: Three) -> None:
    script, guest = three.script, three.guest
    newest = guest.log.locator(".card").filter(has=guest.page.locator(".card-title", has_text=script.second)).last
    await expect(newest).to_be_visible()
    await three.shot("guest", "9-second-edition")
    await newest.get_by_role("button", name=script.press["read"], exact=True).click()
    await three.recorder.sees(script.archived)
    await guest.say(script.search)
    await guest.sees(script.found)
    await three.shot("guest", "10-search")
