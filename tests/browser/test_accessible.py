"""Every view of the client passed through axe-core: roles, names, order, contrast, in light and dark."""

import pytest
from axe_playwright_python.async_playwright import Axe

from bot.people import Account
from tests.adapters.web.serving import serving
from tests.browser.conftest import OpenTab
from tests.browser.fakecore import proposed, workplace
from tests.browser.pages import Client
from tests.contracts.harness import listening

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("browser")]
LI = Account("web", "u-li")
EXCUSED = "aria-allowed-role"
"""The composer is a combobox of several lines, for which HTML has no element: a textarea must say it by its role."""


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 1280), (False, 390), (True, 390)])
async def test_nothing_keeps_anybody_out(tab: OpenTab, dark: bool, width: int):
    messenger, core, _ = workplace()
    async with serving(messenger.routes) as base, listening(messenger, core.receive):
        gate = await tab(base, "", dark=dark, width=width)
        await gate.page.get_by_role("link").first.wait_for()
        li = await tab(base, "u-li", dark=dark, width=width)
        await core.announce(LI, proposed(), "k")
        await li.say("/showcase")
        await li.sees("客服部 · 第 47 周")
        await li.say("/toast")
        await li.toast("已提醒王五")
        found = [*await faults(gate), *await faults(li)]
        await li.composer.press_sequentially("/act")
        await li.page.get_by_role("option").first.wait_for()
        found += await faults(li)
        await li.say("/action add")
        await li.dialog.wait_for()
        found += await faults(li)
        await li.page.keyboard.press("Escape")
        await li.page.locator(".time-summary").click()
        found += await faults(li)
    assert found == []


async def test_the_login_too(tab: OpenTab):
    messenger, _, _ = workplace(token="柳暗花明")
    async with serving(messenger.routes) as base:
        gate = await tab(base, "")
        await gate.page.get_by_label("访问口令").wait_for()
        assert await faults(gate) == []


async def faults(client: Client) -> list[str]:
    """What axe-core finds wrong, one line a place."""
    found = await Axe().run(client.page, options={"rules": {EXCUSED: {"enabled": False}}})
    return [
        f"{one['id']}: {place['html'][:160]} {place['failureSummary'][:300]}"
        for one in found.response["violations"]
        for place in one["nodes"]
    ]
