"""The web client in daily use: keyboard, completion, languages, light and dark, narrow screens, files, new rooms."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import FilePayload, Locator, Route, expect

from bot.cards import Card, Item, Items
from bot.messenger import Joined
from bot.people import Account, Room
from tests.adapters.web.serving import serving
from tests.browser.conftest import OpenTab
from tests.browser.fakecore import PICTURE, proposed, showcase, workplace
from tests.browser.test_client import Served
from tests.contracts.harness import listening

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("browser")]
LI, PRODUCT = Account("web", "u-li"), Room("web", "product")


@pytest_asyncio.fixture(loop_scope="module")
async def served() -> AsyncIterator[Served]:
    messenger, core, _ = workplace()
    async with serving(messenger.routes) as base, listening(messenger, core.receive):
        yield Served(base, core)


async def test_commands_complete_by_keyboard(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li")
    await li.composer.press_sequentially("/act")
    options = li.page.get_by_role("option")
    await expect(options.first).to_contain_text("/action")
    await expect(li.composer).to_have_attribute("aria-expanded", "true")
    await li.composer.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    assert await li.composer.get_attribute("aria-activedescendant") == await options.nth(1).get_attribute("id")
    await li.shot("command-completion")
    await li.composer.press("Enter")
    await expect(li.composer).to_have_value("/action add ")
    await expect(li.page.get_by_role("listbox")).to_have_count(0)


async def test_commands_are_found_by_what_they_do(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li")
    await li.composer.press_sequentially("/延期")
    await expect(li.page.get_by_role("option")).to_have_text(["/action postpone延期"])


async def test_people_complete_and_are_told_as_accounts(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li", conversation="product")
    await li.composer.press_sequentially("请 @ann")
    await expect(li.page.get_by_role("option").first).to_contain_text("Anna Berg")
    await li.composer.press("Tab")
    await li.composer.press_sequentially("看一下")
    await li.composer.press("Enter")
    await li.sees("请 @Anna Berg 看一下")
    await expect(li.message("看一下").locator(".mention")).to_have_text("@Anna Berg")
    said = await served.core.hears("看一下")
    assert said.mentions == (Account("web", "u-anna"),)


async def test_enter_sends_shift_enter_breaks_and_the_arrow_recalls(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li", conversation="product")
    await li.composer.press_sequentially("一")
    await li.composer.press("Shift+Enter")
    await li.composer.press_sequentially("二")
    await expect(li.composer).to_have_value("一\n二")
    composing = (
        "node => node.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    await li.composer.evaluate(composing)
    await expect(li.composer).to_have_value("一\n二")
    await li.composer.press("Enter")
    await li.sees("一\n二")
    await expect(li.composer).to_have_value("")
    await li.composer.press("ArrowUp")
    await expect(li.composer).to_have_value("一\n二")


async def test_the_keyboard_reaches_every_message_and_its_menu(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li", conversation="product")
    for words in ("第一句", "第二句"):
        await li.say(words)
        await served.core.hears(words)
    await expect(li.page.locator(".pending")).to_have_count(0)
    await li.log.focus()
    await li.page.keyboard.press("ArrowUp")
    await expect(li.message("第二句")).to_be_focused()
    await li.page.keyboard.press("ArrowUp")
    await expect(li.message("第一句")).to_be_focused()
    more = li.message("第一句").get_by_role("button", name="消息操作")
    for _ in range(4):
        await li.page.keyboard.press("Tab")
        if await more.evaluate("node => node === document.activeElement"):
            break
    await li.page.keyboard.press("Enter")
    await expect(li.page.get_by_role("menuitem", name="回复")).to_be_focused()
    await li.page.keyboard.press("ArrowDown")
    await expect(li.page.get_by_role("menuitem", name="转为行动项")).to_be_focused()
    await li.page.keyboard.press("Escape")
    await expect(more).to_be_focused()


async def test_ctrl_k_jumps_by_name(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li")
    await served.core.announce(PRODUCT, Card("等着的"), "waits")
    await expect(li.entry("产品规划").locator(".unread")).to_have_text("1")
    await li.page.keyboard.press("Control+k")
    await expect(li.dialog.get_by_role("option").first).to_contain_text("产品规划")
    await li.page.keyboard.type("客户")
    await expect(li.dialog.get_by_role("option")).to_have_count(1)
    await li.page.keyboard.press("Enter")
    await expect(li.page.get_by_role("heading", level=1)).to_have_text("# 客户服务")
    await expect(li.composer).to_be_focused()


async def test_everything_that_can_be_pressed_has_a_name(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li", conversation="product")
    await served.core.announce(PRODUCT, showcase(), "all")
    await li.sees("第 47 周")
    for role in ("log", "navigation", "main"):
        await expect(li.page.get_by_role(role)).to_have_count(1)
    pressable = li.page.locator("button:visible, a:visible, input:visible, textarea:visible, select:visible")
    assert [await html(one) for one in await pressable.all() if not await accessible_name(one)] == []
    await li.page.locator(".skip").focus()
    await expect(li.page.locator(".skip")).to_be_in_viewport()
    await li.page.keyboard.press("Enter")
    await expect(li.composer).to_be_focused()


async def test_every_block_is_drawn(served: Served, tab: OpenTab, tmp_path: Path):
    li = await tab(served.base, "u-li", conversation="product", height=1500)
    await served.core.announce(PRODUCT, showcase(), "all")
    card = li.card("第 47 周")
    await expect(card).to_be_visible()
    picture = card.get_by_role("img", name="甘特图：三项")
    await expect(picture).to_be_visible()
    await expect(card.locator("tbody tr")).to_have_count(9)
    await expect(card.get_by_role("figure", name="按期率").get_by_role("listitem")).to_have_text(
        ["45周64%", "46周79%", "47周86%"]
    )
    await expect(card.get_by_title("11月27日 07:00（UTC）")).to_have_text(re.compile("11月27日.*15:00"))
    number = card.get_by_role("button", name="编号")
    await number.click()
    await number.click()
    await expect(card.locator("tbody tr").first).to_contain_text("A-28")
    assert await picture.evaluate("node => node.naturalWidth") == 420
    async with li.page.expect_download() as download:
        await card.get_by_role("link", name="下载 行动项-第47周.xlsx").click()
    file = await download.value
    assert file.suggested_filename == "行动项-第47周.xlsx"
    await file.save_as(tmp_path / "table.xlsx")
    assert (tmp_path / "table.xlsx").read_bytes() == b"x" * 18_200
    await li.shot("card-light")


@pytest.mark.parametrize(
    ("user", "words"),
    [("u-li", ("群组", "发送")), ("u-sun", ("群組", "傳送")), ("u-anna", ("Rooms", "Send"))],
)
async def test_everybody_reads_their_language(served: Served, tab: OpenTab, user: str, words: tuple[str, str]):
    client = await tab(served.base, user, conversation="product", dark=True)
    await expect(client.page.get_by_role("heading", name=words[0])).to_be_visible()
    await expect(client.page.get_by_role("button", name=words[1], exact=True)).to_be_visible()
    await client.say("/showcase")
    await client.sees("第 47 周")
    await client.shot(f"dark-{user}")


async def test_a_narrow_screen_has_a_drawer_and_nothing_sticks_out(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li", conversation="product", width=390, height=844)
    await served.core.announce(PRODUCT, showcase(), "all")
    await served.core.announce(PRODUCT, Card("长" * 300, ()), "long")
    await served.core.announce(LI, proposed(), "direct")
    await li.sees("长" * 300)
    assert await li.page.evaluate("document.documentElement.scrollWidth") == 390
    assert await li.log.evaluate("node => node.scrollWidth - node.clientWidth") == 0
    await expect(li.entry("全员")).not_to_be_visible()
    menu = li.page.get_by_role("button", name="打开会话列表")
    await expect(menu).to_have_accessible_name("打开会话列表 · 1 条未读")
    await menu.click()
    await li.shot("narrow-drawer")
    await expect(li.page.locator("main")).to_have_js_property("inert", True)
    await li.page.keyboard.press("Escape")
    await expect(menu).to_be_focused()
    await menu.click()
    await li.entry("闭环").click()
    await expect(li.entry("闭环")).not_to_be_visible()
    await li.sees("请确认：A-42")
    await li.shot("narrow-direct")
    await li.page.locator(".time-summary").click()
    await li.shot("narrow-time")
    box = await li.page.locator(".time-machine .popover").bounding_box()
    assert box is not None
    assert (box["x"] >= 0, box["x"] + box["width"] <= 390) == (True, True)


async def test_on_a_phone_one_reads_where_one_is(served: Served, tab: OpenTab):
    """The room's name had the room that its members and the clock left it: none."""
    li = await tab(served.base, "u-li", conversation="product", width=360, height=740)
    name = li.page.locator(".head h1")
    await expect(name).to_have_text("# 产品规划")
    assert await name.evaluate("node => node.scrollWidth <= node.clientWidth"), "nothing of it is cut off"
    await expect(li.page.locator(".head").get_by_text("位成员")).to_be_visible()
    await li.shot("narrow-head")


async def test_a_list_without_marks_begins_where_its_heading_does(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li", conversation="product")
    parked = Items((Item("", "夜间值班怎么排", "由王五跟进"),), "待进一步讨论")
    marked = Items((Item("同意", "两小时内回复"), Item("", "没有标记的一行")), "决议")
    await served.core.announce(PRODUCT, Card("会议结束", (parked, marked)), "ended")
    await li.sees("会议结束")
    left = "node => node.getBoundingClientRect().left"
    card = li.card("会议结束")
    heads, words = card.locator(".items-title"), card.locator(".item-text")
    assert await heads.nth(0).evaluate(left) == await words.nth(0).evaluate(left)
    assert await words.nth(1).evaluate(left) == await words.nth(2).evaluate(left), "beside a mark they stand in line"


async def test_light_and_dark_can_be_chosen_and_stay(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = await li.page.evaluate(paper)
    for _ in range(2):
        await li.page.locator(".theme-button").click()
    assert await li.page.evaluate(paper) != light
    await li.page.reload()
    await expect(li.composer).to_be_visible()
    assert await li.page.evaluate(paper) != light


async def test_a_file_is_sent_along(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li", conversation="product")
    content = FilePayload(name="流程V2.txt", mimeType="text/html", buffer="<b>节点图</b>".encode())
    drawn = FilePayload(name="节点图.svg", mimeType="image/svg+xml", buffer=PICTURE)
    await li.page.route("**/api/files?*", later)
    await li.page.locator("input[type=file]").set_input_files([content, drawn])
    await li.say("成果在这里")
    await expect(li.message("成果在这里").get_by_role("link", name="下载 流程V2.txt")).to_be_visible()
    await li.message("成果在这里").get_by_role("button", name="节点图.svg").click()
    await expect(li.dialog.get_by_role("link", name="下载 节点图.svg")).to_be_visible()
    await li.shot("picture")
    await li.page.keyboard.press("Escape")
    said = await served.core.hears("成果在这里")
    assert [file.name for file in said.attachments] == ["流程V2.txt", "节点图.svg"]
    async with aiohttp.ClientSession() as session, session.get(said.attachments[0].url) as response:
        assert await response.text() == "<b>节点图</b>"
        assert response.content_type == "application/octet-stream"


async def test_more_files_than_one_message_takes_are_left_out_and_one_is_told(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li")
    many = [FilePayload(name=f"{n}.txt", mimeType="text/plain", buffer=b"%d" % n) for n in range(11)]
    await li.page.locator("input[type=file]").set_input_files(many)
    await li.toast("最多带 10 个文件")
    await expect(li.page.locator("button.chip")).to_have_count(10)
    await li.say("这些文件")
    await served.core.hears("这些文件")


async def test_new_rooms_and_new_people(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li")
    zhang = await tab(served.base, "u-zhang")
    await li.page.get_by_role("button", name="新建群组").click()
    await li.answer(群组名称="复盘会")
    await li.dialog.get_by_label("张三").check()
    await li.submit()
    await expect(li.page.get_by_role("heading", level=1)).to_have_text("# 复盘会")
    await expect(zhang.entry("复盘会")).to_be_visible()
    assert served.core.heard[-1].what == Joined()
    assert served.core.heard[-1].where.room is not None
    await li.page.get_by_role("button", name="你现在是 李四，切换身份").click()
    await li.dialog.get_by_role("button", name="添加同事").click()
    await li.answer(姓名="钱七", 部门="技术部")
    await li.submit()
    await expect(li.page.get_by_role("button", name="你现在是 钱七，切换身份")).to_be_visible()


async def test_a_room_lets_others_in(served: Served, tab: OpenTab):
    served.core.messenger.seed([], [(Room("web", "small", "小组"), ["u-li"])])
    li, zhang = await tab(served.base, "u-li", conversation="small"), await tab(served.base, "u-zhang")
    await expect(zhang.entry("小组")).to_have_count(0)
    await li.page.get_by_role("button", name="查看 小组 的成员").click()
    await li.shot("members")
    await li.dialog.get_by_role("button", name="添加成员").click()
    await li.dialog.get_by_label("张三").check()
    await li.submit()
    await expect(zhang.entry("小组")).to_be_visible()
    await expect(li.page.get_by_role("button", name="查看 小组 的成员")).to_have_text("2 位成员")


async def test_a_long_text_is_folded_not_cut(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li", conversation="product")
    await li.say("\n".join(f"第 {n} 行" for n in range(60)))
    message = li.message("第 59 行")
    await expect(message.get_by_role("button", name="展开全文")).to_be_visible()
    folded = await message.locator(".words").evaluate("node => node.clientHeight")
    await message.get_by_role("button", name="展开全文").click()
    assert await message.locator(".words").evaluate("node => node.clientHeight") > 2 * folded
    await li.move_time("1 小时后")
    assert await message.locator(".words").evaluate("node => node.clientHeight") > 2 * folded, "it stays as one left it"
    await li.log.evaluate("node => { node.scrollTop = node.scrollHeight; }")
    await li.composer.fill("一\n二\n三\n四")
    await expect(li.composer).not_to_have_css("height", "34px")
    left = "node => node.scrollHeight - node.scrollTop - node.clientHeight"
    assert await li.log.evaluate(left) < 80, "one goes on reading where one was"


async def test_the_token_is_asked_for_once(tab: OpenTab):
    messenger, core, _ = workplace(token="柳暗花明")
    async with serving(messenger.routes) as base, listening(messenger, core.receive):
        gate = await tab(base, "")
        await expect(gate.page.get_by_label("访问口令")).to_be_visible()
        await gate.page.get_by_label("访问口令").fill("猜的")
        await gate.page.get_by_role("button", name="进入").click()
        await expect(gate.page.get_by_role("alert")).to_be_visible()
        await gate.shot("login")
        await gate.page.goto(f"{base}/#/c/product")
        await gate.page.get_by_label("访问口令").fill("柳暗花明")
        await gate.page.get_by_role("button", name="进入").click()
        await gate.page.get_by_role("link", name="李四").click()
        await expect(gate.page.get_by_role("heading", level=1)).to_have_text("# 产品规划")


async def later(route: Route) -> None:
    """A slow line."""
    await asyncio.sleep(0.3)
    await route.continue_()


async def accessible_name(one: Locator) -> str:
    """The name a screen reader says: label, words, or a picture's words."""
    read = "node => node.ariaLabel || node.innerText?.trim() || node.labels?.[0]?.innerText || node.querySelector('img')?.alt || ''"
    return str(await one.evaluate(read))


async def html(one: Locator) -> str:
    return str(await one.evaluate("node => node.outerHTML"))
