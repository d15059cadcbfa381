"""A real Chromium for the tests of this folder. One per module; each test gets tabs of its own and no fault in a console."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.pages import Client

ARTIFACTS = Path(__file__).resolve().parents[2] / "test-artifacts" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A page that comes back after a broken line tries again after growing pauses, and other tests have the cores meanwhile.
expect.set_options(timeout=20_000)

OpenTab = Callable[..., Awaitable[Client]]


def installed_chromium() -> str:
    """Where Chromium is. Without one the tests are skipped; with CI=true that is a failure."""
    found = next((path for name in NAMES if (path := shutil.which(name))), "")
    if not found:
        why = "no Chromium is installed (Debian: apt install chromium)"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    """The browser of this module's tests."""
    path = installed_chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def tab(chromium: Browser) -> AsyncIterator[OpenTab]:
    """Opens a tab: `await tab(base, "u-li", conversation="product", width=390, height=844, dark=True)`.

    At the end every tab must be free of console errors: a broken script, a refused file, a breach of the CSP."""
    opened: list[Client] = []
    async with AsyncExitStack() as contexts:

        async def open_tab(
            base: str, user: str, *, conversation: str = "", width: int = 1280, height: int = 860, dark: bool = False
        ) -> Client:
            context = await chromium.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
                accept_downloads=True,
                permissions=["clipboard-read", "clipboard-write"],
            )
            contexts.push_async_callback(context.close)
            client = Client(await context.new_page(), base, user, ARTIFACTS)
            opened.append(client)
            await client.open(conversation)
            return client

        yield open_tab
    assert [fault for client in opened for fault in client.faults] == []
