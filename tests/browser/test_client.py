"""The web client against a small scripted core, in a real Chromium: talking, cards, forms, and coming back."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from msgspec.structs import replace
from playwright.async_api import expect
from starlette.routing import WebSocketRoute

from bot.cards import Card, Plain, Text
from bot.messenger import Posted, Said, Submitted
from bot.people import Account, Profile, Room
from tests.adapters.web.serving import serving
from tests.browser.conftest import OpenTab
from tests.browser.fakecore import FakeCore, proposed, workplace
from tests.contracts.harness import Core, listening

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("browser")]
LI = Account("web", "u-li")
PRODUCT = Room("web", "product")


@dataclass
class Served:
    """The fake workplace at an address."""

    base: str
    core: FakeCore


@pytest_asyncio.fixture(loop_scope="module")
async def served() -> AsyncIterator[Served]:
    messenger, core, _ = workplace()
    async with serving(messenger.routes) as base, listening(messenger, core.receive):
        yield Served(base, core)


async def test_one_chooses_who_to_be(served: Served, tab: OpenTab):
    served.core.messenger.seed([Profile(Account("web", f"n{n}"), f"同事 {n}", department="外包") for n in range(30)])
    client = await tab(served.base, "")
    person = client.page.get_by_role("link", name="李四")
    await expect(person).to_be_visible()
    await client.shot("who-are-you")
    await client.page.get_by_role("searchbox").fill("李")
    await expect(client.page.get_by_role("link")).to_have_text(["李四李四"])
    await person.click()
    await expect(client.composer).to_be_visible()
    assert client.page.url.startswith(f"{served.base}/?as=u-li")
    await client.sees("你好，我是闭环")


async def test_words_reach_the_others_who_see_that_they_wait(served: Served, tab: OpenTab):
    zhang = await tab(served.base, "u-zhang", conversation="product")
    li = await tab(served.base, "u-li")
    await li.sees("你好，我是闭环")
    await li.entry("全员").focus()
    await zhang.say("下午过一遍 Q3 规划（见 https://example.org/agenda(v2)).")
    await expect(li.entry("产品规划").locator(".unread")).to_have_text("1")
    await expect(li.entry("全员")).to_be_focused()
    await expect(li.page).to_have_title("(1) 闭环 · 闭环示例工作区")
    await li.go("产品规划")
    await li.sees("下午过一遍 Q3 规划")
    await expect(li.entry("产品规划").locator(".unread")).to_have_count(0)
    link = li.message("Q3 规划").get_by_role("link", name="https://example.org/agenda(v2)", exact=True)
    assert await link.get_attribute("rel") == "noopener noreferrer"
    await li.looks_away()
    await zhang.say("你还在吗")
    await expect(li.page).to_have_title("(1) 产品规划 · 闭环示例工作区")
    await li.looks_back()
    await expect(li.log.get_by_text("以下为新消息")).to_be_visible()
    await expect(li.page).to_have_title("产品规划 · 闭环示例工作区")


async def test_a_command_and_its_answer_are_ones_own(served: Served, tab: OpenTab):
    zhang = await tab(served.base, "u-zhang", conversation="product")
    li = await tab(served.base, "u-li", conversation="product")
    await li.say("／help")
    await li.sees("可以这样说")
    await expect(li.message("可以这样说")).to_contain_text("仅你可见")
    await li.say("大家好")
    await zhang.sees("大家好")
    await zhang.sees_not("help")
    await zhang.sees_not("可以这样说")


async def test_two_people_talk_without_the_bot(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li", conversation="d:u-li:u-zhang")
    zhang = await tab(served.base, "u-zhang")
    await li.say("午饭一起？")
    await expect(zhang.entry("李四").locator(".unread")).to_have_text("1")
    await zhang.go("李四")
    await zhang.say("好")
    await li.sees("好")
    assert not [event for event in served.core.heard if isinstance(event.what, Said)]


async def test_pressing_waits_then_the_card_changes_for_everybody(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li", conversation="product")
    zhang = await tab(served.base, "u-zhang", conversation="product")
    await served.core.announce(PRODUCT, proposed(), "k")
    served.core.delay = 2
    await li.press("请确认：A-42", "接受")
    await expect(li.card("请确认：A-42").locator(".button.primary")).to_have_attribute("aria-busy", "true")
    await expect(li.card("请确认：A-42").locator(".button.primary")).to_be_focused()
    await expect(li.card("请确认：A-42").get_by_role("button", name="谢绝")).to_be_disabled()
    await expect(li.card("A-42 进行中")).to_be_visible()
    await expect(zhang.card("A-42 进行中")).to_be_visible()
    await li.toast("A-42 已接受")
    await li.sees_not("请确认：A-42")


async def test_a_press_counts_also_when_the_card_changes_under_it(served: Served, tab: OpenTab):
    """Ten people vote at once: each one's press takes a tenth of a second, and each vote changes everybody's card."""
    li = await tab(served.base, "u-li", conversation="product")
    posted = await served.core.announce(PRODUCT, proposed(), "k")
    await li.card("请确认：A-42").get_by_role("button", name="接受").hover()
    await li.page.mouse.down()
    changed = replace(proposed(), title="请确认：A-42（新的标准）")
    await served.core.messenger.update(posted, changed)
    await served.core.messenger.post(PRODUCT, Card("后来的"), key="later", again=False)
    await li.sees("后来的")
    await li.page.mouse.up()
    await li.toast("A-42 已接受")


async def test_a_dangerous_press_asks_first(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li")
    await served.core.announce(LI, proposed(), "k")
    await li.press("请确认：A-42", "谢绝")
    question = li.page.get_by_role("alertdialog")
    await expect(question).to_contain_text("确定谢绝吗？")
    await question.get_by_role("button", name="取消").click()
    heard = len(served.core.heard)
    await li.press("请确认：A-42", "谢绝")
    await li.shot("confirm")
    await li.page.get_by_role("alertdialog").get_by_role("button", name="谢绝").click()
    await li.toast("已接受")
    assert [event.what.command for event in served.core.heard[heard:] if hasattr(event.what, "command")] == [
        "/action decline A-42"
    ]


async def test_a_form_shows_the_problem_at_its_field_and_keeps_what_was_typed(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li", conversation="product")
    await li.say("/action add 输出流程")
    await expect(li.field("行动")).to_have_value("输出流程")
    await li.submit()
    await expect(li.dialog.locator("[data-field=owner] .problem")).to_have_text("请填写")
    await li.answer(负责人="王五", 截止日="尽快", 交付标准="含一级响应")
    await li.dialog.get_by_label("赵六").check()
    await li.submit()
    problem = li.dialog.locator("[data-field=due] .problem")
    await expect(problem).to_contain_text("“尽快”不是一天")
    described = await li.field("截止日").first.get_attribute("aria-describedby")
    assert str(await problem.get_attribute("id")) in str(described)
    await expect(li.field("截止日").first).to_be_focused()
    await expect(li.field("交付标准")).to_have_value("含一级响应")
    await expect(li.dialog.get_by_label("赵六")).to_be_checked()
    await expect(li.dialog.locator("[data-field=supporters]")).to_contain_text("已选：赵六")
    await li.shot("form-problem")
    await li.answer(截止日="11月27日")
    await li.field("交付标准").press("Control+Enter")
    await li.sees("已记录 A-42")
    await expect(li.dialog).to_have_count(0)
    sent = [event.what.values for event in served.core.heard if isinstance(event.what, Submitted)][-1]
    assert sent == {
        "action": "输出流程",
        "owner": "u-wang",
        "due": "11月27日",
        "criterion": "含一级响应",
        "supporters": "u-zhao",
        "priority": "normal",
    }


async def test_escape_closes_a_form_and_the_focus_returns(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li")
    await li.say("/action add")
    await expect(li.dialog).to_be_visible()
    await li.page.keyboard.press("Escape")
    await expect(li.dialog).to_have_count(0)
    await expect(li.composer).to_be_focused()


async def test_a_message_becomes_an_action_item_with_its_words_and_link(served: Served, tab: OpenTab):
    zhang = await tab(served.base, "u-zhang", conversation="product")
    li = await tab(served.base, "u-li", conversation="product")
    await zhang.say("周五前把接口说明发我")
    await li.menu("周五前把接口说明发我", "转为行动项")
    await expect(li.field("行动")).to_have_value("周五前把接口说明发我")
    await li.page.keyboard.press("Escape")
    await expect(li.log.get_by_role("article").first.locator(".more")).to_be_focused()
    said = await served.core.hears("/action add")
    assert said.quoted is not None
    assert said.quoted.by == Account("web", "u-zhang")
    assert said.quoted.url.startswith(f"{served.base}/#/m/")


async def test_a_reply_shows_what_it_answers_and_leads_there(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li", conversation="product")
    await li.say("第一句")
    await li.menu("第一句", "回复")
    await li.say("这是回复")
    await expect(li.message("这是回复").locator(".quoted")).to_contain_text("第一句")
    await li.menu("第一句", "复制链接")
    copied = await li.page.evaluate("navigator.clipboard.readText()")
    await li.go("全员")
    await li.page.goto(copied.replace("/#", "/?as=u-li#"))
    await expect(li.page.locator(".message.linked")).to_contain_text("第一句")


async def test_words_stay_words(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li", conversation="product")
    hostile = (
        '<img src=x onerror="document.title=1"><script>document.title=2</script> javascript:alert(1) \u202egnp.exe'
    )
    await li.say(hostile)
    await served.core.announce(PRODUCT, Card(hostile, (Text((Plain(hostile),)),)), "h")
    await expect(li.log.locator(".card")).to_contain_text("<script>document.title=2</script>")
    assert await li.log.locator("img[src=x], script, a[href^=javascript]").count() == 0
    assert "闭环示例工作区" in await li.page.title()


async def test_what_is_said_offline_arrives_once_when_the_server_is_back(tab: OpenTab):
    messenger, core, _ = workplace()
    async with listening(messenger, core.receive):
        async with serving(messenger.routes) as base:
            li = await tab(base, "u-li", conversation="product")
            await li.say("断线前")
            await li.sees("断线前")
        await expect(li.page.get_by_role("status").filter(has_text="正在重新连接")).to_be_visible()
        await li.say("断线时说的")
        await expect(li.message("断线时说的")).to_contain_text("发送中")
        await messenger.post(PRODUCT, Card("断线时来的"), key="meanwhile", again=False)
        async with serving(messenger.routes, int(base.rpartition(":")[2])):
            await li.sees("断线时来的")
            await expect(li.log.get_by_role("article").filter(has_text="断线时说的")).to_have_count(1)
            await expect(li.page.locator(".pending")).to_have_count(0)
            await core.hears("断线时说的")
            assert len([e for e in core.heard if isinstance(e.what, Said) and e.what.text == "断线时说的"]) == 1
        await expect(li.page.locator("body.offline")).to_be_attached()
        await li.say("刷新前说的")
        page_only = [route for route in messenger.routes if not isinstance(route, WebSocketRoute)]
        async with serving(page_only, int(base.rpartition(":")[2])):
            await li.page.reload()
            await expect(li.page).to_have_title("闭环")
        async with serving(messenger.routes, int(base.rpartition(":")[2])):
            await li.sees("刷新前说的")
            await core.hears("刷新前说的")


async def test_a_page_that_had_seen_nothing_yet_catches_up_too(tab: OpenTab):
    messenger, core, _ = workplace()
    async with listening(messenger, core.receive):
        async with serving(messenger.routes) as base:
            li = await tab(base, "u-li", conversation="product")
        await expect(li.page.get_by_role("status").filter(has_text="正在重新连接")).to_be_visible()
        await messenger.post(PRODUCT, Card("断线时来的"), key="meanwhile", again=False)
        async with serving(messenger.routes, int(base.rpartition(":")[2])):
            await li.sees("断线时来的")
        another, core, _ = workplace()
        async with serving(another.routes, int(base.rpartition(":")[2])), listening(another, core.receive):
            await expect(li.page.locator("body:not(.offline) .log-start")).to_be_visible()
            await li.sees_not("断线时来的")


async def test_the_time_machine_moves_the_workplace(served: Served, tab: OpenTab):
    li = await tab(served.base, "u-li")
    await li.sees("你好，我是闭环")
    await expect(li.log.get_by_role("separator")).to_contain_text("今天")
    before = await li.page.locator(".time-now").text_content()
    await li.move_time("明天 09:00")
    await expect(li.page.locator(".time-now")).to_contain_text("09:00")
    assert await li.page.locator(".time-now").text_content() != before
    await expect(li.log.get_by_role("separator")).to_contain_text("昨天")


async def test_an_old_history_is_paged_and_a_link_into_it_works(tab: OpenTab):
    messenger, _, _ = workplace()
    above = Posted("web", "product", "0")
    for number in range(1, 401):
        posted = await messenger.post(PRODUCT, Card(f"第 {number} 条"), key=str(number), again=False)
        above = posted if number == 345 else above
    async with serving(messenger.routes) as base, listening(messenger, Core().receive):
        li = await tab(base, "u-li", conversation="product")
        articles = li.log.get_by_role("article")
        await expect(articles).to_have_count(50)
        await li.log.evaluate("node => { node.scrollTop = 0; }")
        await expect(articles).to_have_count(100)
        await expect(li.message("第 351 条")).to_be_in_viewport()
        place = await li.message("第 351 条").bounding_box()
        await messenger.update(above, Card("第 345 条，长了许多\n" * 9))
        await li.sees("长了许多")
        assert await li.message("第 351 条").bounding_box() == place
        await messenger.post(PRODUCT, Card("刚来的"), key="new", again=False)
        await expect(li.page.get_by_role("button", name="有新消息")).to_be_visible()
        await expect(li.entry("产品规划").locator(".unread")).to_have_text("1")
        await expect(li.message("第 351 条")).to_be_in_viewport()
        await li.page.evaluate("location.hash = '#/m/120'")
        await expect(li.page.locator(".message.linked")).to_contain_text("第 120 条")
        await expect(li.page.locator(".message.linked")).to_be_in_viewport()
        for nowhere in ("#/c/%", "#/c/d:u-li:nobody", "#/c/d:u-wang:u-zhang"):
            await li.page.evaluate("place => { location.hash = place; }", nowhere)
            await li.toast("没有这个会话")
            await expect(li.page.get_by_role("heading", level=1)).to_have_text("# 产品规划")
            await li.page.locator(".toast button").last.click()
        sent: list[str] = []
        li.page.on("websocket", lambda line: line.on("framesent", lambda frame: sent.append(str(frame))))
        await li.page.reload()
        await li.sees("刚来的")
        await li.log.evaluate("node => { node.scrollTop = node.scrollHeight; }")
        for number in range(60):
            await messenger.post(PRODUCT, Card(f"一阵 {number}"), key=f"burst {number}", again=False)
        await li.sees("一阵 59")
        assert len([frame for frame in sent if '"read"' in frame]) < 30
