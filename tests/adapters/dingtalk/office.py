"""DingTalk adapter and simulator together: an organisation, and a messenger that is connected to it on some rung."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from adapters.dingtalk import DingtalkMessenger, Options
from adapters.dingtalk.outgoing import RUNGS, Rung
from adapters.dingtalk.pace import Pace
from bot.messenger import Incoming, Quoted, Said
from tests.simulators.dingtalk import Organisation
from tests.simulators.dingtalk.values import OWN_TEMPLATE

__all__ = ["RUNGS", "Rung", "connected", "messenger_of", "quoted"]


def quoted(event: Incoming) -> Quoted:
    """What these words replied to."""
    assert isinstance(event.what, Said)
    assert event.what.quoted is not None
    return event.what.quoted


def messenger_of(
    organisation: Organisation,
    url: str,
    rung: Rung = "template",
    memory: Path | None = None,
    pace: Pace | None = None,
    **more: Any,
) -> DingtalkMessenger:
    """Our side of it. Without a pace it calls as often as it likes."""
    app = organisation.app
    options = Options(
        app.client_id, app.client_secret, app.robot_code, OWN_TEMPLATE.id if rung == "template" else "", rung,
        f"{url}/api", f"{url}/oapi", memory, **more,
    )  # fmt: skip
    messenger = DingtalkMessenger(options, organisation.clock, pace or Pace(per_second=0))
    messenger.timing.first = 0.05
    return messenger


@asynccontextmanager
async def connected(
    organisation: Organisation, rung: Rung = "template", memory: Path | None = None, **more: Any
) -> AsyncIterator[DingtalkMessenger]:
    """A messenger of a served organisation, whose pace nobody judges. It does not listen yet."""
    organisation.quota.qps = 0
    async with organisation.serving() as url:
        messenger = messenger_of(organisation, url, rung, memory, None, **more)
        try:
            yield messenger
        finally:
            await messenger.close()
