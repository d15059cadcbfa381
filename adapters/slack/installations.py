"""Where the app is installed, in the workplace's own database: slack_sdk's SQLAlchemy stores, asked on a thread.

They are called a few times a minute; their async kin would cost an async driver and greenlet for it. An installation into a
workspace that is not admitted is not kept, and its token is given back.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from slack_bolt.error import BoltError
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.faults import CAUGHT
from adapters.slack.options import Options
from adapters.slack.quiet import quiet
from bot.clock import Clock

log = structlog.get_logger()

STATE_SECONDS = 600
"""How long somebody may take on Slack's page."""
RENEWED_BEFORE = timedelta(hours=2)
"""A rotating token lives for twelve hours."""
_ALWAYS = 10**7
"""Minutes: whether it is time is our own clock's to say."""


class NotAdmitted(BoltError):
    """The workspace is none of the workplace's; `workspace` says which, for whoever admits."""

    def __init__(self, workspace: str) -> None:
        super().__init__(workspace)
        self.workspace = workspace


class Kept(SQLAlchemyInstallationStore):
    """slack_sdk writes its moments down in UTC and reads them as the machine's own time (python-slack-sdk#1832): east of
    Greenwich a renewed token would be kept as older than the one before."""

    @classmethod
    def build_bot_entity(cls, row: Mapping[str, Any]) -> Bot:
        """The bot of a row."""
        aware = {k: v.replace(tzinfo=UTC) if isinstance(v, datetime) else v for k, v in row.items()}
        return super().build_bot_entity(aware)


class Installations(AsyncInstallationStore):
    """The installations of one app. `engine` is SQLAlchemy's, of a database with the tables of storage/installed.py;
    `client` makes a client without a token."""

    def __init__(self, options: Options, engine: Any, client: Callable[[], AsyncWebClient], clock: Clock) -> None:
        self._options = options
        self._client = client
        self._clock = clock
        self._kept = Kept(options.client_id, engine, logger=quiet())

    async def async_save(self, installation: Installation) -> None:
        """Keeps it. Raises NotAdmitted."""
        team = installation.team_id or ""
        if installation.is_enterprise_install or team not in self._options.workspaces:
            await self._give_back(str(installation.bot_token))
            raise NotAdmitted(f"{installation.team_name or installation.enterprise_name or '?'} ({team or '?'})")
        installation.enterprise_id = None  # a workspace's id says enough
        await asyncio.to_thread(self._kept.save, installation)
        log.info("installed in a workspace", workspace=team, name=installation.team_name, by=installation.user_id)

    async def bots(self) -> dict[str, Bot]:
        """Our bots in the admitted workspaces, by the workspace, with tokens that are good for an hour at least."""
        found = await asyncio.to_thread(self._found, self._options.workspaces)
        return {team: await self._renewed(bot) for team, bot in found.items()}

    async def forget(self, bot: Bot) -> None:
        """The app was taken out there, or its token revoked: this installation goes with those before it. One that came
        meanwhile stays."""
        await asyncio.to_thread(self._forget, bot)

    def _forget(self, bot: Bot) -> None:
        until = _moment(bot.installed_at).replace(tzinfo=None) + timedelta(milliseconds=1)
        with self._kept.engine.begin() as connection:
            for table in (self._kept.bots, self._kept.installations):
                old = table.delete().where(table.c.client_id == self._options.client_id, table.c.installed_at <= until)
                connection.execute(old.where(table.c.team_id == bot.team_id))

    def _found(self, teams: Sequence[str]) -> dict[str, Bot]:
        found = {team: self._kept.find_bot(enterprise_id=None, team_id=team) for team in teams}
        return {team: bot for team, bot in found.items() if bot is not None and bot.bot_token}

    async def _renewed(self, bot: Bot) -> Bot:
        """The bot with a new token when it is time. A refresh token is good once, so when it is refused another process of
        ours has used it: what that one keeps is read at the next look."""
        if not bot.bot_token_expires_at or _moment(bot.bot_token_expires_at) > self._clock.now() + RENEWED_BEFORE:
            return bot
        options = self._options
        rotator = AsyncTokenRotator(
            client=self._client(), client_id=options.client_id, client_secret=options.client_secret
        )
        try:
            fresh = await rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=_ALWAYS)
        except (SlackTokenRotationError, *CAUGHT) as fault:
            log.warning("a token could not be renewed", workspace=bot.team_id, reason=str(fault))
            return bot
        if fresh is None:
            return bot
        await asyncio.to_thread(self._kept.save_bot, fresh)
        return fresh

    async def _give_back(self, token: str) -> None:
        try:
            await self._client().auth_revoke(token=token)
        except CAUGHT as fault:
            log.warning("the token of a workspace that is not admitted could not be given back", reason=str(fault))


class States(AsyncOAuthStateStore):
    """The states of installations under way."""

    def __init__(self, engine: Any, clock: Clock) -> None:
        self._clock = clock
        self._kept = SQLAlchemyOAuthStateStore(STATE_SECONDS, engine, logger=quiet())

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        """A new one; those that were never used go."""
        return await asyncio.to_thread(self._issued)

    async def async_consume(self, state: str) -> bool:
        """Whether it is one that was issued lately and not used yet."""
        return await asyncio.to_thread(self._kept.consume, state)

    def _issued(self) -> str:
        table = self._kept.oauth_states
        with self._kept.engine.begin() as connection:
            connection.execute(table.delete().where(table.c.expire_at < self._clock.now().replace(tzinfo=None)))
        return self._kept.issue()


def _moment(expires: float) -> datetime:
    return datetime.fromtimestamp(expires, UTC)
