"""Socket Mode: two connections, so that one stays while the other is renewed, and a watchdog over both.

slack_sdk's client closes before it connects again, and keeps trying a ticket that has been used up (platform sheet 6.4):
the watchdog takes the old address away, so that a new one is asked for.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

import structlog
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp

log = structlog.get_logger()

Connect = Callable[[], Awaitable[None]]

CONNECTIONS = 2
LOOK_EVERY = 1.0
DEAF_FOR = 60.0
"""Seconds without any connection after which the listener gives up and is started anew, and is said to be in trouble."""
CLOSE_WITHIN = 0.5


class Deaf(Exception):
    """No connection could be made for a while."""


async def listen(app: AsyncApp, app_token: str, ping_interval: float) -> None:
    """Keeps the connections until cancelled. Raises Deaf."""
    handlers = [AsyncSocketModeHandler(app, app_token, ping_interval=ping_interval) for _ in range(CONNECTIONS)]
    connects: list[Connect] = [handler.connect_async for handler in handlers]
    connecting = [asyncio.ensure_future(connect()) for connect in connects]
    try:
        await _watch(handlers)
    finally:
        for task in connecting:
            task.cancel()
        await asyncio.gather(*connecting, return_exceptions=True)
        await asyncio.gather(*(_close(handler) for handler in handlers))


async def _watch(handlers: Sequence[AsyncSocketModeHandler]) -> None:
    heard = asyncio.get_running_loop().time()
    while True:
        await asyncio.sleep(LOOK_EVERY)
        connected = [await handler.client.is_connected() for handler in handlers]
        for handler, there in zip(handlers, connected, strict=True):
            if not there:
                handler.client.wss_uri = None  # a ticket is good for one connection
        now = asyncio.get_running_loop().time()
        heard = now if any(connected) else heard
        if now - heard > DEAF_FOR:
            raise Deaf(f"no Socket Mode connection for {DEAF_FOR:g} s")


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
