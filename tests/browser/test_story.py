"""The whole story in the browser, on the demo as a user starts it: a process of its own, a real Chromium, the time machine.

Recorded by text and by form, accepted, reminded after time travel, postponed, delivered, returned, delivered again,
verified, and summed up by the week's digest; once in Chinese, once in English.
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


@dataclass(frozen=True)
class Script:
    """What the two say and see in one language. `{n}` is the item's number."""

    asks: str
    owns: str
    line: str
    recorded: str
    asked: str
    form: dict[str, str]
    due: str
    why: dict[str, str]
    submit_line: str
    to_check: str
    missing: dict[str, str]
    returned: str
    deliverable: dict[str, str]
    done: str
    digest: str
    buttons: dict[str, str]


CHINESE = Script(
    asks="zhangsan",
    owns="zhouhang",
    line="/action add 整理竞品对比表 @周航 下周五前 标准：含价格一栏",
    recorded="已记录 A-{n}",
    asked="请确认：A-{n} 由你负责",
    form={"做什么": "准备复盘材料", "负责人": "周航", "截止日": "下周五"},
    due=r"A-{n}\s*后天到期",
    why={"原因": "等法务审核", "新的截止日": "下周五"},
    submit_line="完成 A-{n} https://example.com/v1",
    to_check="A-{n} 已提交，请验收",
    missing={"还缺什么": "缺少价格一栏"},
    returned="A-{n} 被退回",
    deliverable={"成果": "https://example.com/v2 已补齐"},
    done="A-{n} 验收通过",
    digest="我的一周",
    buttons={"accept": "接受", "postpone": "延期", "approve": "通过", "return": "退回", "submit": "提交成果"},
)
ENGLISH = Script(
    asks="chenjing",
    owns="emma",
    line="/action add Compare the three vendors @Emma Clarke by next Friday std: prices included",
    recorded="A-{n} recorded",
    asked="A-{n} is yours",
    form={"What is to be done": "Prepare the retrospective", "Owner": "Emma Clarke", "Due": "next Friday"},
    due=r"A-{n}\s*(is )?due in 2 days",
    why={"Why": "waiting for legal", "New due day": "next Friday"},
    submit_line="done A-{n} https://example.com/v1",
    to_check="A-{n} is delivered; please check it",
    missing={"What is missing": "the prices"},
    returned="A-{n} came back",
    deliverable={"Deliverable": "https://example.com/v2 with the prices"},
    done="A-{n} is verified and done",
    digest="My week",
    buttons={"accept": "Accept", "postpone": "Postpone", "approve": "Accept", "return": "Return", "submit": "Submit"},
)


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


@pytest.mark.timeout(300)
@pytest.mark.parametrize("script", [CHINESE, ENGLISH], ids=["zh", "en"])
async def test_from_chat_to_digest(script: Script, demo: str, tab: OpenTab):
    asker, owner = await tab(demo, script.asks), await tab(demo, script.owns)
    if script is ENGLISH:
        await asker.say("/settings language en")
        await asker.reads("en")
    number = await _records(script, asker)
    await _records_by_form(script, asker, number + 1)
    await _travels(asker, "monday")
    await _accepts(script, owner, number)
    await _is_reminded_and_postpones(script, asker, owner, number)
    await _delivers_until_it_is_good(script, asker, owner, number)
    await _reads_the_digest(script, asker, owner)


async def _records(script: Script, asker: Client) -> int:
    await asker.say(script.line)
    title = asker.log.locator(".card-title").filter(has_text=re.compile(script.recorded.format(n=r"\d+"))).last
    await expect(title).to_be_visible()
    found = re.search(r"A-(\d+)", await title.inner_text())
    assert found
    await asker.shot(f"story-{script.asks}-1-recorded")
    return int(found.group(1))


async def _records_by_form(script: Script, asker: Client, number: int) -> None:
    await asker.say("/action add")
    await expect(asker.dialog).to_be_visible()
    await asker.answer(**script.form)
    await asker.shot(f"story-{script.asks}-2-form")
    await asker.submit()
    await expect(asker.page.get_by_text(re.compile(f"A-{number}")).last).to_be_visible()


async def _accepts(script: Script, owner: Client, number: int) -> None:
    asked = script.asked.format(n=number)
    await owner.sees(asked)
    await owner.shot(f"story-{script.owns}-3-asked")
    await owner.press(asked, script.buttons["accept"])
    await owner.toast(f"A-{number}")
    await expect(
        owner.card(f"A-{number}").get_by_role("button", name=script.buttons["accept"], exact=True)
    ).to_have_count(0)


async def _is_reminded_and_postpones(script: Script, asker: Client, owner: Client, number: int) -> None:
    due = re.compile(script.due.format(n=number))
    reminder = owner.log.locator(".card li, .card").filter(has_text=due).last
    for _ in range(14):
        if await reminder.count():
            break
        await _travels(asker, "tomorrow")
    await owner.shot(f"story-{script.owns}-4-reminded")
    await expect(reminder).to_be_visible()
    await owner.shot(f"story-{script.owns}-4-reminded")
    await reminder.get_by_role("button", name=script.buttons["postpone"], exact=True).first.click()
    await owner.answer(**script.why)
    await owner.submit()
    await owner.toast(f"A-{number}")
    await asker.sees(script.why.get("原因") or script.why["Why"])


async def _delivers_until_it_is_good(script: Script, asker: Client, owner: Client, number: int) -> None:
    to_check, returned = script.to_check.format(n=number), script.returned.format(n=number)
    await owner.say(script.submit_line.format(n=number))
    await asker.sees(to_check)
    await asker.shot(f"story-{script.asks}-5-to-check")
    await asker.press(to_check, script.buttons["return"])
    await asker.answer(**script.missing)
    await asker.submit()
    await owner.sees(returned)
    await owner.press(returned, script.buttons["submit"])
    await owner.answer(**script.deliverable)
    await owner.submit()
    await asker.press(to_check, script.buttons["approve"])
    await owner.sees(script.done.format(n=number))
    await owner.shot(f"story-{script.owns}-6-done")


async def _reads_the_digest(script: Script, asker: Client, owner: Client) -> None:
    await asker.say("/digest")
    before = await owner.log.locator(".card-title").filter(has_text=script.digest).count()
    await _travels(asker, "monday")
    await expect(owner.log.locator(".card-title").filter(has_text=script.digest)).to_have_count(before + 1)
    await owner.shot(f"story-{script.owns}-7-digest")


async def _travels(client: Client, way: str) -> None:
    label = {"monday": re.compile("下周一|Monday"), "tomorrow": re.compile("明天|Tomorrow")}[way]
    await client.page.locator(".time-summary").click()
    await client.page.locator(".time-machine").get_by_role("button", name=label).click()
    await expect(client.page.locator(".time-machine")).not_to_have_attribute("open", "", timeout=20_000)
