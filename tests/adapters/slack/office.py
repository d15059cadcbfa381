"""Slack adapter and simulator together: a workspace of two people, and a messenger that is connected to it."""

import dataclasses
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import yaml

from adapters.slack import Options, SlackMessenger
from adapters.slack.pace import Pace
from tests.adapters.web.serving import serving
from tests.simulators.slack import App, Workspace

MANIFEST = yaml.safe_load((Path(__file__).resolve().parents[3] / "slack-manifest.yaml").read_text(encoding="utf-8"))
MODES = ("socket", "http")


def app(mode: str = "socket") -> App:
    """The app that pasting our manifest creates, in one of its two modes."""
    return dataclasses.replace(App.of(MANIFEST), socket_mode=mode == "socket")


def messenger_of(workspace: Workspace, url: str, mode: str = "socket") -> SlackMessenger:
    """Our side of it."""
    options = Options(
        bot_token=workspace.token, app_token=workspace.app.app_token, signing_secret=workspace.app.signing_secret,
        mode=mode, api_url=f"{url}/api", ping_interval=0.5,
    )  # fmt: skip
    return SlackMessenger(options, workspace.clock, Pace(per_minute={}))


@asynccontextmanager
async def connected(workspace: Workspace, mode: str = "socket") -> AsyncIterator[SlackMessenger]:
    """A messenger of a served workspace; in HTTP mode its routes are served too. It does not listen yet."""
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(workspace.serving())
        messenger = messenger_of(workspace, url, mode)
        stack.push_async_callback(messenger.close)
        if messenger.routes:
            base = await stack.enter_async_context(serving(messenger.routes))
            workspace.slack.door.url = f"{base}/slack/events"
        yield messenger
