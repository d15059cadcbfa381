"""Nothing of the client stands in the way: toasts cover nothing, time passes without a word, a reload loses no form."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from bot.cards import Card
from bot.people import Account
from tests.adapters.web.serving import serving
from tests.browser.conftest import OpenTab
from tests.browser.fakecore import proposed, workplace
from tests.browser.test_client import Served
from tests.contracts.harness import listening

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("browser")]
LI = Account("web", "u-li")


@pytest_asyncio.fixture(loop_scope="module")
async def served() -> AsyncIterator[Served]:
    messenger, core, _ = workplace()
    async with serving(messenger.routes) as base, listening(messenger, core.receive):
        yield Served(base, core)


@pytest.mark.parametrize("width", [1280, 390])
async def test_a_toast_covers_nothing_and_the_newest_message_stays_in_sight(served: Served, tab: OpenTab, width: int):
    li = await tab(served.base, "u-li", width=width)
    for number in range(8):
        await served.core.announce(LI, Card(f"第 {number} 条"), f"k{number}")
    await served.core.announce(LI, proposed(), "last")
    for _ in range(3):
        await li.say("/toast")
        await li.toast("已提醒王五")
    shown = li.page.locator(".toast")
    await expect(shown).to_have_count(2)
    await li.shot(f"toast-{width}")
    assert await bottom(li.log.get_by_role("article").last) <= await top(shown.first) + 1
    assert await bottom(li.page.locator(".log")) <= await top(shown.first) + 1
    assert await bottom(shown.last) < await top(li.composer)
    await shown.first.get_by_role("button").click()
    await expect(shown).to_have_count(1)


async def test_time_that_was_moved_is_read_aloud_and_shown_where_it_always_is(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li")
    await li.move_time("明天 09:00")
    await expect(li.page.locator(".time-now")).to_contain_text("09:00")
    await expect(li.page.locator(".time [role=status]")).to_contain_text("现在是")
    await expect(li.page.locator(".time-summary")).to_be_focused()
    await expect(li.page.locator(".toast")).to_have_count(0)


async def test_a_form_left_open_is_there_again_after_a_reload(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li")
    await li.say("/action add")
    await li.answer(行动="准备复盘材料", 负责人="王五")
    await li.page.reload()
    await expect(li.field("行动").first).to_have_value("准备复盘材料")
    await li.answer(截止日="11月27日")
    await li.submit()
    await li.sees("已记录 A-42")
    await li.composer.fill("还没写完的话")
    await li.page.reload()
    await expect(li.composer).to_have_value("还没写完的话")
    await expect(li.dialog).to_have_count(0)


async def test_a_form_that_was_closed_stays_closed_and_is_nobody_elses(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li")
    await li.say("/action add")
    await expect(li.dialog).to_be_visible()
    await li.page.goto(f"{served.base}/?as=u-wang")
    await expect(li.composer).to_be_visible()
    await expect(li.dialog).to_have_count(0)
    await li.page.goto(f"{served.base}/?as=u-li")
    await expect(li.dialog).to_be_visible()
    await li.page.mouse.click(4, 4)
    await expect(li.dialog).to_have_count(0)
    await li.say("/action add")
    await li.answer(行动="准备复盘材料")
    await li.page.mouse.click(4, 4)
    await li.page.keyboard.press("Escape")
    await li.page.get_by_role("button", name="重新打开").click()
    await expect(li.field("行动").first).to_have_value("准备复盘材料")
    await li.page.keyboard.press("Escape")
    await li.page.reload()
    await expect(li.composer).to_be_visible()
    await expect(li.dialog).to_have_count(0)


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=document.title=1>", "\u202e五王", "{name} {n}", "👨‍👩‍👧 `code` **b**"]
)
async def test_a_hostile_name_is_shown_as_written_everywhere(served: Served, tab: OpenTab, name: str):
    li = await tab(served.base, "u-li")
    made = await li.page.evaluate(
        "async name => (await fetch('/api/people?as=u-li', {method: 'POST', body: JSON.stringify({name, department: name})})).json()",
        name,
    )
    room = await li.page.evaluate(
        "async ([name, id]) => (await fetch('/api/rooms?as=u-li', {method: 'POST', body: JSON.stringify({name, members: [id]})})).json()",
        [name, made["id"]],
    )
    shown = name.replace("\u202e", "")
    other = await tab(served.base, made["id"], conversation=room["id"])
    await expect(other.page.get_by_role("heading", level=1)).to_have_text(f"# {shown}")
    await other.say(f"@{shown} 你好")
    await other.sees("你好")
    await expect(other.message("你好").locator(".author")).to_have_text(shown)
    assert await other.page.locator("img[src=x]").count() == 0


async def top(one: Locator) -> float:
    return float(await one.evaluate("node => node.getBoundingClientRect().top"))


async def bottom(one: Locator) -> float:
    return float(await one.evaluate("node => node.getBoundingClientRect().bottom"))
