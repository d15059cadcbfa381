"""The client in the browser as a person uses it: say, press, fill in, look. Tests speak with this, not with selectors."""

import re
from pathlib import Path
from urllib.parse import quote

from playwright.async_api import ConsoleMessage, Locator, Page, expect


class Client:
    """One tab. `faults` collects what the console complained of; `user` empty shows the choice of a person."""

    def __init__(self, page: Page, base: str, user: str, artifacts: Path) -> None:
        self.page = page
        self.base = base
        self.user = user
        self.faults: list[str] = []
        self._artifacts = artifacts
        page.on("console", self._complain)
        page.on("pageerror", lambda fault: self.faults.append(f"{user}: {fault}"))

    async def open(self, conversation: str = "") -> None:
        """Loads the page, at a conversation's id or at the one with the bot."""
        if not self.user:
            await self.page.goto(f"{self.base}/")
            return
        place = f"#/c/{quote(conversation, safe='')}" if conversation else ""
        await self.page.goto(f"{self.base}/?as={self.user}{place}")
        await expect(self.composer).to_be_visible()

    @property
    def composer(self) -> Locator:
        return self.page.locator("#composer")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def dialog(self) -> Locator:
        return self.page.locator("dialog[open]")

    def message(self, words: str) -> Locator:
        """The newest message that holds the words."""
        return self.log.get_by_role("article").filter(has_text=words).last

    def card(self, title: str) -> Locator:
        """The newest card whose title holds the words."""
        return self.log.locator(".card").filter(has=self.page.locator(".card-title", has_text=title)).last

    def entry(self, name: str) -> Locator:
        """A conversation on the left."""
        return self.page.get_by_role("navigation").locator(".side-entry").filter(has_text=name)

    async def say(self, text: str) -> None:
        """Types and sends."""
        await self.composer.fill(text)
        if await self.page.get_by_role("listbox").is_visible():
            await self.composer.press("Escape")
        await self.composer.press("Enter")

    async def go(self, name: str) -> None:
        """Opens a conversation from the left."""
        await self.entry(name).click()
        await expect(self.page.locator(".head h1")).to_contain_text(name)

    async def sees(self, words: str) -> None:
        """Waits until the open conversation shows the words."""
        await expect(self.message(words)).to_be_visible()

    async def sees_not(self, words: str) -> None:
        """The open conversation does not show the words, now that all else has arrived."""
        await expect(self.log.get_by_role("article").filter(has_text=words)).to_have_count(0)

    async def reads(self, language: str) -> None:
        """Waits until the page itself is in the language (zh-Hans, zh-Hant, en)."""
        await expect(self.page.locator(f"html[lang={language}]")).to_be_attached()
        await expect(self.composer).to_be_visible()

    async def press(self, title: str, label: str) -> None:
        """Presses a button of the newest card of that title."""
        await self.card(title).get_by_role("button", name=label, exact=True).click()

    async def toast(self, words: str) -> None:
        """Waits for a toast."""
        await expect(self.page.get_by_role("status").filter(has_text=words)).to_be_visible()

    def field(self, label: str) -> Locator:
        """The control of a question in the open dialog."""
        return self.dialog.get_by_label(re.compile(f"^{re.escape(label)}"))

    async def answer(self, **values: str) -> None:
        """Fills in the open dialog, by label: text is typed, a person is chosen by name."""
        for label, value in values.items():
            control = self.field(label).first
            if await control.evaluate("node => node.tagName") == "SELECT":
                await control.select_option(label=value)
            else:
                await control.fill(value)

    async def submit(self) -> None:
        """Sends the open dialog's form."""
        await self.dialog.locator("button[type=submit]").click()

    async def menu(self, words: str, entry: str) -> None:
        """Chooses from a message's menu."""
        message = self.message(words)
        await message.hover()
        await message.locator(".more").click()
        await message.get_by_role("menuitem", name=entry).click()

    async def move_time(self, way: str) -> None:
        """Uses the time machine and waits until it has arrived."""
        await self.page.locator(".time-summary").click()
        await self.page.locator(".time-machine").get_by_role("button", name=way).click()
        await expect(self.page.locator(".time-machine")).not_to_have_attribute("open", "")

    async def looks_away(self) -> None:
        """Turns to another tab or program."""
        hidden = "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
        unseen = "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
        await self.page.evaluate(f"{hidden} {unseen} document.hasFocus = () => false")

    async def looks_back(self) -> None:
        """Comes back to this tab."""
        seen = "delete document.hidden; delete document.visibilityState; delete document.hasFocus;"
        await self.page.evaluate(f"{seen} document.dispatchEvent(new Event('visibilitychange'))")

    async def shot(self, name: str) -> None:
        """Keeps a picture of the page among the test's artifacts."""
        self._artifacts.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=self._artifacts / f"{name}.png", animations="disabled")

    def _complain(self, message: ConsoleMessage) -> None:
        broken_on_purpose = "WebSocket connection to" in message.text or "ERR_CONNECTION_REFUSED" in message.text
        if message.type in ("error", "warning") and not broken_on_purpose:
            self.faults.append(f"{self.user}: {message.text}")
