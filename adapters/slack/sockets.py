"""Socket Mode: two connections, so that one stays while the other is renewed, and a watchdog over both.

slack_sdk's client closes before it connects again, and keeps trying a ticket that has been used up (platform sheet 6.4):
the watchdog takes the old address away, so that a new one is asked for. It would also ask for ever with a token that is dead, or
when Socket Mode was switched off: that is said, and left to whoever begins anew.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import structlog
from aiohttp import WSMessage
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.faults import lasting
from adapters.slack.standing import SocketStanding

log = structlog.get_logger()

Connect = Callable[[], Awaitable[None]]

CONNECTIONS = 2
LOOK_EVERY = 1.0
DEAF_FOR = 60.0
"""Seconds without any connection after which the listener gives up and is started anew, and is said to be in trouble."""
CLOSE_WITHIN = 0.5
OFF = "link_disabled"
"""Slack's word, on the line that it closes, for Socket Mode switched off (platform sheet 6.1)."""


class Deaf(Exception):
    """No connection could be made for a while, or Slack says that there will be none."""


class Opener(AsyncWebClient):
    """Asks for the addresses of connections, on the session of `other`."""

    def __init__(self, other: AsyncWebClient) -> None:
        super().__init__(
            base_url=other.base_url, timeout=other.timeout, ssl=other.ssl, session=other.session, retry_handlers=[],
            logger=other.logger,
        )  # fmt: skip
        self._refusal = ""
        self._off = False

    @property
    def barred(self) -> str:
        """Why there will be no connection, in Slack's word, when that is the last that it said; a refusal that passes by
        itself takes nothing back."""
        return OFF if self._off else self._refusal

    async def told(self, frame: WSMessage) -> None:
        """A frame of a line: Slack may say that it was the last."""
        if OFF in str(frame.data):  # what people write may hold it too
            said = json.loads(frame.data)
            self._off |= (said["type"], said.get("reason")) == ("disconnect", OFF)

    async def apps_connections_open(self, *, app_token: str, **kwargs: Any) -> Any:
        """As slack_sdk's clients ask for it."""
        try:
            answer = await super().apps_connections_open(app_token=app_token, **kwargs)
        except SlackApiError as fault:
            self._refusal = lasting(fault)
            raise
        self._refusal, self._off = "", False
        return answer


async def listen(app: AsyncApp, app_token: str, ping_interval: float, standing: SocketStanding) -> None:
    """Keeps the connections until cancelled, and `standing` true. Raises Deaf."""
    opener = Opener(app.client)
    handlers = [
        AsyncSocketModeHandler(app, app_token, web_client=opener, ping_interval=ping_interval)
        for _ in range(CONNECTIONS)
    ]
    for handler in handlers:
        handler.client.on_message_listeners.append(opener.told)
    connects: list[Connect] = [handler.connect_async for handler in handlers]
    connecting = [asyncio.ensure_future(connect()) for connect in connects]
    try:
        await _watch(handlers, opener, standing)
    finally:
        for task in connecting:
            task.cancel()
        await asyncio.gather(*connecting, return_exceptions=True)
        await asyncio.gather(*(_close(handler) for handler in handlers))


async def _watch(handlers: Sequence[AsyncSocketModeHandler], opener: Opener, standing: SocketStanding) -> None:
    heard = asyncio.get_running_loop().time()
    while True:
        await asyncio.sleep(LOOK_EVERY)
        connected = [await handler.client.is_connected() for handler in handlers]
        for handler, there in zip(handlers, connected, strict=True):
            if not there:
                handler.client.wss_uri = None  # a ticket is good for one connection
        _judge(opener.barred, any(connected), standing)
        now = asyncio.get_running_loop().time()
        heard = now if any(connected) else heard
        if now - heard > DEAF_FOR:
            raise Deaf(f"no Socket Mode connection for {DEAF_FOR:g} s")


def _judge(barred: str, connected: bool, standing: SocketStanding) -> None:
    """Raises Deaf when nobody is heard, and Slack has said that so it will stay."""
    if connected:
        standing.lives()
    elif barred:
        standing.died(barred)
        raise Deaf(f"Slack gives no Socket Mode connection: {barred}")


async def _close(handler: AsyncSocketModeHandler) -> None:
    """The client cancels its tasks but does not wait for them; and Slack may leave a closed connection standing."""
    client = handler.client
    client.closed = True
    client.auto_reconnect_enabled = False
    tasks = [client.message_processor, client.current_session_monitor, client.message_receiver]
    running = [task for task in tasks if task is not None]
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    disconnect: Connect = client.disconnect
    with suppress(TimeoutError):
        async with asyncio.timeout(CLOSE_WITHIN):
            await disconnect()
    await client.aiohttp_client_session.close()
