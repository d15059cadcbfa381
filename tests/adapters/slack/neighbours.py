"""One workplace over several workspaces of Slack: Acme by the token of the configuration, the others by installation.

async with neighbours(tmp_path) as office:
    labs = office.neighbour("Labs")
    eve = labs.hires("eve", "Eve")
    await office.installs(eve)
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from sqlalchemy import Engine

from adapters.slack import Options
from adapters.slack.pace import Pace
from adapters.slack.several import SlackWorkspaces
from bot.app.acquaintance import acquaint
from bot.app.connections import Connections
from bot.calendar import Calendar, Quiet
from bot.dispatch import Dispatch
from bot.messenger import Incoming
from bot.outbox import Delivery
from bot.people import Person
from bot.store import Store
from bot.workplace import Workplace
from storage import beside, open_store
from tests.adapters.slack.office import app
from tests.adapters.web.serving import serving
from tests.conversation import START, SetClock
from tests.simulators.slack import Colleague, Workspace
from tests.simulators.slack.browser import installs


@dataclass
class Neighbours:
    """The parts. `base` is where our own pages are served."""

    acme: Workspace
    messenger: SlackWorkspaces
    store: Store
    dispatch: Dispatch
    delivery: Delivery
    connections: Connections
    base: str
    labs: Workspace
    heard: list[Incoming] = field(default_factory=list)
    listening: "asyncio.Task[None]" = field(init=False)

    async def receive(self, incoming: Incoming) -> Any:
        self.heard.append(incoming)
        return await self.dispatch.receive(incoming)

    async def installs(self, who: Colleague) -> tuple[int, str]:
        """`who` presses Allow; status and text of the page at the end."""
        return await installs(who, f"{self.base}/slack/install")

    async def meets(self) -> None:
        await acquaint(self.store, self.dispatch.workplace, self.messenger, self.acme.clock.now())

    async def delivers(self) -> None:
        await self.acme.settled()
        await self.delivery.drain(self.acme.clock.now())
        await self.acme.settled()

    async def looks(self) -> None:
        """Whether Slack still knows us everywhere is looked at, and what is said of it arrives."""
        await self.connections.look()
        await self.delivers()

    async def promotes(self, name: str) -> None:
        """Somebody is an admin from now on."""
        person = await self.person(name)
        await self.store.write(lambda records: records.people.save(replace(person, admin=True)))

    async def person(self, name: str) -> Person:
        directory = await self.store.read(lambda records: records.people.directory())
        return next(one for one in directory.people.values() if one.name == name)

    async def waiting(self) -> int:
        """Messages that are not delivered yet."""
        return (await self.store.read(lambda records: records.outbox.count()))["pending"]


def installed(workspace: Workspace, engine: Engine) -> None:
    """The installation stands in the database, as if it had been made before."""
    kept = workspace.installation
    SQLAlchemyInstallationStore(workspace.app.client_id, engine).save(
        Installation(
            app_id=workspace.app.id, team_id=workspace.id, team_name=workspace.name, bot_token=kept.token,
            bot_id=kept.bot, bot_user_id=kept.bot_user, user_id="U0ADMIN0001",
        )
    )  # fmt: skip


def messenger_of(acme: Workspace, url: str, mode: str, admitted: tuple[str, ...], *, token: bool) -> SlackWorkspaces:
    known = acme.app
    options = Options(
        acme.token if token else "", known.app_token, known.signing_secret, mode, f"{url}/api", 0.5,
        client_id=known.client_id, client_secret=known.client_secret, workspaces=admitted,
    )  # fmt: skip
    return SlackWorkspaces(options, acme.clock, lambda: Pace(per_minute={}))


@asynccontextmanager
async def neighbours(
    folder: Path, mode: str = "socket", *, token: bool = True, rotates: bool = False
) -> AsyncIterator[Neighbours]:
    """Acme listens, Labs is admitted and has not installed the app yet. `token` False: Acme installs it, too.
    With tokens that rotate the clock is the machine's, as slack_sdk reckons by that."""
    shape = app(mode)
    shape.rotates_tokens = rotates
    acme = Workspace(None if rotates else SetClock(START), app=shape, installed=token)
    labs = Workspace(slack=acme.slack, name="Labs", installed=False)
    workplace = Workplace("Office", "zh-Hans", "Asia/Shanghai", Calendar.of("none"), Quiet())
    url = f"sqlite:///{folder / 'office.db'}"
    store = open_store(url)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(store.close)
        slack = await stack.enter_async_context(acme.serving())
        admitted = (labs.id,) if token else (acme.id, labs.id)
        messenger = messenger_of(acme, slack, mode, admitted, token=token)
        messenger.keep_in(beside(url))
        base = await stack.enter_async_context(serving(messenger.routes))
        acme.slack.door.url = f"{base}/slack/events"
        acme.app.redirect_urls = (f"{base}/slack/oauth_redirect",)
        messengers = {"slack": messenger}
        delivery = Delivery(store, workplace, acme.clock, messengers)
        dispatch = Dispatch(store, workplace, acme.clock, messengers, delivery.wake)
        connections = Connections(store, workplace, acme.clock, messengers, delivery.wake)
        office = Neighbours(acme, messenger, store, dispatch, delivery, connections, base, labs)
        office.listening = asyncio.create_task(messenger.listen(office.receive))
        await asyncio.wait_for(messenger.listening.wait(), 10)
        if mode == "socket":
            await acme.connected(2)
        try:
            yield office
        finally:
            office.listening.cancel()
            await asyncio.gather(office.listening, return_exceptions=True)
            await messenger.close()
    assert acme.complaints == labs.complaints == []
