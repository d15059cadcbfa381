"""Slack passes the messenger contract whole, in Socket Mode and over HTTP, against a strict local Slack."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from adapters.slack import SlackMessenger
from adapters.slack.naming import Naming, parted
from adapters.slack.several import SlackWorkspaces
from bot.cards import Button, Form
from bot.messenger import Posted
from bot.people import Account, Profile, Room
from storage import beside, open_store
from tests.adapters.slack import neighbours, office
from tests.adapters.slack.neighbours import installed
from tests.adapters.slack.office import MODES, app, connected
from tests.adapters.web.serving import serving
from tests.contracts.harness import LATE, Harness
from tests.contracts.messenger import MessengerContract
from tests.simulators.slack import Channel, Colleague, Workspace, faults
from tests.simulators.slack.values import Message

pytestmark = pytest.mark.slow


class SlackHarness(Harness):
    """Two people of a workspace, at their clients."""

    has_buttons = True
    redelivers = True

    def __init__(
        self, workspace: Workspace, messenger: SlackMessenger | SlackWorkspaces, people: list[Colleague], channel: Channel,
        anew: Callable[[], SlackMessenger | SlackWorkspaces], naming: Naming = Naming(),  # noqa: B008  a frozen value
    ) -> None:  # fmt: skip
        self.messenger = messenger
        self._anew = anew
        self.started: datetime = workspace.clock.now()
        self.ann, self.bo = (naming.profile(_profile(one)) for one in people)
        self.room = Room("slack", naming.outer(channel.id), channel.place.name)
        self._workspace = workspace
        self._people = {naming.outer(one.id): one for one in people}
        self._channel = channel

    async def says(
        self,
        who: Profile,
        text: str,
        where: Room | None = None,
        mentions: tuple[Profile, ...] = (),
        reply: Posted | None = None,
    ) -> None:
        del mentions  # the client picks whoever stands after an @
        await self._listening()
        if text.startswith("/"):
            await self._one(who).types(text, self._in(where))
        else:
            await self._one(who).says(text, self._in(where), thread=self._message(reply) if reply else None)

    async def says_twice(self, who: Profile, text: str) -> None:
        """Slash commands are never repeated by Slack, messages are."""
        await self._listening()
        said = await self._one(who).says(text.removeprefix("/"))
        if not self._workspace.app.socket_mode:
            await asyncio.sleep(1.01)  # a repetition is signed anew; the same signature is the same request
        brought = self._workspace.deliveries("message")
        await self._workspace.redelivers(next(one for one in brought if one.payload["event"]["ts"] == said.ts))

    async def presses(self, who: Profile, posted: Posted, button: Button) -> None:
        await self._listening()
        await self._one(who).presses(button.label, self._message(posted))

    async def submits(self, who: Profile, form: Form, values: dict[str, str]) -> None:
        del form
        await self._one(who).fills(dict(values))

    async def sees(self, who: Profile, where: Room | None = None) -> str:
        return self._one(who).sees(self._in(where))

    def answers_late(self) -> None:
        self._workspace.faults.always("chat.postMessage", faults.answers_after(LATE))

    def loses_the_answer(self) -> None:
        self._workspace.faults.next("chat.postMessage", faults.records_then_closes())

    def is_away(self) -> None:
        self._workspace.faults.always("*", faults.closes())

    @asynccontextmanager
    async def restarted(self) -> AsyncIterator[SlackMessenger | SlackWorkspaces]:
        anew = self._anew()
        yield anew
        await anew.close()

    async def _listening(self) -> None:
        """Nobody can type to a bot that is not there yet."""
        if self._workspace.app.socket_mode:
            await self._workspace.connected(2)
        else:
            await self.messenger.listening.wait()

    def _one(self, who: Profile) -> Colleague:
        return self._people[who.account.user_id]

    def _in(self, where: Room | None) -> Channel | None:
        return self._channel if where else None

    def _message(self, posted: Posted) -> Message:
        place = self._workspace.conversations[parted(posted.conversation)[1]]
        return next(one for one in place.messages if one.ts == posted.id)


def _profile(who: Colleague) -> Profile:
    user = who.user
    return Profile(Account("slack", user.id), user.real_name, timezone="Asia/Shanghai", language="zh-Hans")


class TestSlack(MessengerContract):
    @pytest.fixture(params=MODES)
    async def harness(self, request: pytest.FixtureRequest) -> AsyncIterator[SlackHarness]:
        workspace = Workspace(app=app(request.param))
        people = [workspace.hires("ann", "安娜", locale="zh-CN"), workspace.hires("bo", "薄一", locale="zh-CN")]
        channel = workspace.channel("product", *people)
        async with connected(workspace, request.param) as messenger:
            anew = partial(office.messenger_of, workspace, workspace.slack.url)
            yield SlackHarness(workspace, messenger, people, channel, anew)
        assert workspace.complaints == []


class TestSecondWorkspace(MessengerContract):
    """The same for a workspace that was installed beside another one's token."""

    @pytest.fixture(params=MODES)
    async def harness(self, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SlackHarness]:
        acme = Workspace(app=app(request.param))
        labs = Workspace(slack=acme.slack, name="Labs")
        people = [labs.hires("ann", "安娜", locale="zh-CN"), labs.hires("bo", "薄一", locale="zh-CN")]
        channel = labs.channel("product", *people)
        url = f"sqlite:///{tmp_path / 'office.db'}"
        await open_store(url).close()
        installed(labs, beside(url))
        async with acme.serving() as slack:

            def anew() -> SlackWorkspaces:
                built = neighbours.messenger_of(acme, slack, request.param, (labs.id,), token=True)
                built.keep_in(beside(url))
                return built

            messenger = anew()
            async with serving(messenger.routes) as base:
                acme.slack.door.url = f"{base}/slack/events"
                yield SlackHarness(labs, messenger, people, channel, anew, Naming(labs.id))
                await messenger.close()
        assert labs.complaints == []
