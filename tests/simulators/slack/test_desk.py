"""The page by hand: it shows what its user sees, and a click there is a click in Slack."""

import os
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE

import aiohttp
import pytest

from tests.house.tree import ROOT
from tests.simulators.slack import Workspace
from tests.simulators.slack.conftest import button, modal, question, section
from tests.simulators.slack.desk import Desk
from tests.simulators.slack.values import Message

pytestmark = pytest.mark.slow


class Page:
    """The page's own requests, as `who`."""

    def __init__(self, workspace, ann, product, session):
        self.workspace, self.ann, self.product, self.session = workspace, ann, product, session
        self.url = workspace.slack.url

    async def look(self):
        query = {"as": self.ann.id, "in": self.product.id}
        async with self.session.get(f"{self.url}/desk", params=query) as answer:
            return await answer.json()

    async def do(self, what, **more):
        asked = {"as": self.ann.id, "in": self.product.id, "do": what} | more
        async with self.session.post(f"{self.url}/desk", json=asked) as answer:
            assert answer.status == 200
            return await answer.json()


@pytest.fixture
async def page():
    workspace = Workspace()
    ann, bo = workspace.hires("ann", "安娜"), workspace.hires("bo", "薄一")
    product = workspace.channel("product", ann, bo)
    async with workspace.serving(0, *Desk(workspace).routes) as url, aiohttp.ClientSession() as session:
        assert url == workspace.slack.url
        yield Page(workspace, ann, product, session)


async def test_it_is_one_page_without_anything_from_elsewhere(page):
    async with page.session.get(f"{page.url}/") as answer:
        text = await answer.text()
    assert answer.content_type == "text/html"
    assert "http://" not in text
    assert "https://" not in text


async def test_it_shows_people_places_and_what_is_said(page):
    await page.do("type", text="早 <b>")
    now = await page.look()
    assert [name for _, name in now["people"]] == ["安娜", "薄一"]
    assert [name for _, name in now["places"]] == ["闭环", "#product"]
    assert "早 &lt;b&gt;" in now["said"]
    assert "<b>安娜</b>" in now["said"]


async def test_a_command_whose_bot_is_away_fails_before_ones_eyes(page):
    await page.do("type", text="/action add")
    assert "dispatch_failed" in (await page.look())["said"]
    assert await page.do("type", text="/weather") == {"barred": "/weather is not a valid command."}


async def test_a_click_is_a_press(page):
    message = say(page, [section("请确认"), {"type": "actions", "block_id": "b", "elements": [button()]}])
    assert 'data-at="b|act"' in (await page.look())["said"]
    await page.do("act", at="b|act", ts=message.ts)
    (delivery,) = page.workspace.deliveries("block_actions")
    assert delivery.payload["actions"][0]["value"] == "42"


def say(page, blocks):
    """Something of the bot's in #product."""
    message = Message("", page.workspace.bot_user, "a", blocks)
    return page.workspace.records(page.product.place, message)


async def test_a_modal_is_filled_in_and_sent(page):
    options = [{"text": {"type": "plain_text", "text": word}, "value": word} for word in ("高", "低")]
    view = modal(
        question("行动", {"type": "plain_text_input"}),
        question("优先", {"type": "static_select", "options": options}),
        question("负责人", {"type": "users_select"}),
    )
    page.workspace.screens.opens(page.ann.user, view)
    shown = (await page.look())["modal"]
    assert "新增" in shown
    assert '<option value="高">高</option>' in shown
    assert await page.do("submit", values={"行动|v": ""}) == {"barred": "'行动' is required"}
    await page.do("submit", values={"行动|v": "评估", "优先|v": "低", "负责人|v": page.ann.id})
    (delivery,) = page.workspace.deliveries("view_submission")
    assert delivery.payload["view"]["state"]["values"]["负责人"]["v"]["selected_user"] == page.ann.id
    assert "trouble connecting" in (await page.look())["modal"]
    await page.do("close")
    assert (await page.look())["modal"] == ""


async def test_the_home_tab_and_the_clock(page):
    await page.do("home")
    assert page.workspace.deliveries("app_home_opened")
    page.workspace.screens.publishes(page.ann.user, {"type": "home", "blocks": [section("等我处理")]})
    before = await page.look()
    assert "等我处理" in before["home"]
    await page.do("advance", minutes=1440)
    assert (await page.look())["clock"] > before["clock"]


async def test_somebody_new_sits_down(page):
    await page.do("hire", name="陈一")
    assert "陈一" in [name for _, name in (await page.look())["people"]]
    assert len(page.product.place.members) == 4


async def test_the_module_serves_and_says_where(tmp_path):
    manifest = tmp_path / "manifest.yaml"
    manifest.write_text("display_information:\n  name: Action Desk\n")
    command = [sys.executable, "-m", "tests.simulators.slack", "--port", "0", "--manifest", str(manifest)]
    process = await create_subprocess_exec(*command, stdout=PIPE, cwd=ROOT, env=os.environ | {"PYTHONUNBUFFERED": "1"})
    assert process.stdout is not None
    said = (await process.stdout.readuntil(b"click at ")).decode() + (await process.stdout.readline()).decode()
    address = said.split()[-1]
    assert said.startswith("[slack]")
    async with aiohttp.ClientSession() as session, session.get(f"{address}desk") as answer:
        assert "Action Desk" in (await answer.json())["places"][0][1]
    process.terminate()
    await process.wait()
