"""The workspaces of one workplace that are connected now, and the ear of each.

Which there are is read from the database every few seconds, so that every process of the workplace learns of an installation;
what happens to one (its token is revoked, the app is taken out) is that one's trouble only.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Any

import structlog
from msgspec import Struct

from adapters.slack.calls import Calls
from adapters.slack.errors import REVOKED_FOR, SOON, Revoked
from adapters.slack.hearing import Hearing
from adapters.slack.identity import Identity
from adapters.slack.installations import Installations
from adapters.slack.listeners import Ear, ear
from adapters.slack.naming import Naming
from adapters.slack.options import Options
from adapters.slack.pace import Pace
from adapters.slack.standing import Standing
from adapters.slack.workspace import Workspace
from bot.clock import Clock
from bot.errors import Delivery, TryLater, Undeliverable
from bot.messenger import Receive

log = structlog.get_logger()

AGAIN = 60.0
"""Seconds until a workspace that could not be reached, or whose token is dead, is asked again."""
FINISH_WITHIN = 1.0


class Branch(Struct):
    """One workspace; `team` is its id once Slack has said so, `ear` hears it. `asked`: whose its token is has been found
    out; where not, `again` is when to try the next time."""

    workspace: Workspace
    token: str
    standing: Standing
    team: str = ""
    asked: bool = False
    hearing: Hearing | None = None
    ear: Ear | None = None
    again: float = 0.0


class Branches:
    """By the mark of their names (naming.py): empty for the workspace of the configuration's own token. `ticks` is the
    monotonic clock; `receive` is set while somebody listens."""

    def __init__(
        self, options: Options, kept: Installations, clock: Clock, news: asyncio.Event, pace: Callable[[], Pace],
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.receive: Receive | None = None
        self._options = options
        self._kept = kept
        self._clock = clock
        self._news = news
        self._pace = pace
        self._ticks = ticks
        self._looking = asyncio.Lock()
        self._looked = float("-inf")
        self._begun: set[asyncio.Task[None]] = set()
        self._open: dict[str, Branch] = {}
        own = ("",) if options.bot_token else ()
        self._standings = {mark: Standing(clock, mark) for mark in (*own, *options.workspaces)}
        if own:
            self._open[""] = self._made("", options.bot_token)

    def ear(self, team: str | None) -> Ear | None:
        """Who hears a workspace, by Slack's id of it; None for one that is none of ours, or not now."""
        return next((one.ear for one in self._open.values() if one.ear and one.team == team), None)

    def standings(self) -> Iterable[Standing]:
        """How each stands that the configuration allows, also where the app is not installed."""
        return self._standings.values()

    def reaches(self, mark: str) -> bool:
        """Whether the workspace of this mark can be written to, as far as is known."""
        branch = self._open.get(mark)
        return branch is not None and not (branch.workspace.calls.revoked or branch.standing.cut_off)

    def everywhere(self) -> Iterable[Workspace]:
        """All that are connected."""
        return [one.workspace for one in self._open.values()]

    async def of(self, mark: str) -> Workspace:
        """The workspace of this mark. Raises Undeliverable for one that is not admitted, TryLater where the app is not
        installed: what waits for its people is not lost."""
        if mark not in self._options.workspaces and not (mark == "" and self._options.bot_token):
            raise Undeliverable(f"the Slack workspace {mark or 'of no token'} is not admitted")
        if mark not in self._open:
            await self.look(since=SOON)
        if mark not in self._open:
            raise TryLater(REVOKED_FOR, f"the app is not installed in the Slack workspace {mark}", well=True)
        return self._open[mark].workspace

    async def look(self, since: float = 0.0) -> None:
        """Reads who is there now, unless that was done within the last `since` seconds."""
        async with self._looking:
            if self._ticks() - self._looked < since:
                return
            bots = await self._kept.bots()
            self._looked = self._ticks()
            for gone in set(self._open) - set(bots) - {""}:
                await self._shut(gone)
            for team, bot in bots.items():
                self._keep(team, str(bot.bot_token))
            for branch in [*self._open.values()] if self.receive else []:
                await self._listened(branch)

    async def close(self) -> None:
        """Finishes what was begun in all of them, and lets the connections go."""
        self.receive = None
        for task in self._begun:
            task.cancel()
        await asyncio.gather(*self._begun, return_exceptions=True)
        await asyncio.gather(*(self._deafened(one) for one in self._open.values()))

    def _made(self, mark: str, token: str) -> Branch:
        calls = Calls(token, self._options.api_url, self._clock, self._pace())
        branch = Branch(Workspace(calls, self._clock, Naming(mark)), token, self._standings[mark])
        calls.lost = partial(self._suspected, branch)
        return branch

    def _keep(self, team: str, token: str) -> None:
        """It is there, perhaps with another token than before."""
        branch = self._open[team] = self._open.get(team) or self._made(team, token)
        if branch.token != token:
            branch.workspace.calls.renew(token)
            branch.token, branch.again, branch.asked = token, 0.0, False
            if branch.ear and branch.hearing:
                branch.ear = ear(branch.ear.me, token, branch.hearing, branch.ear.lost)

    async def _listened(self, branch: Branch) -> None:
        """Its ear, where there is none yet or its token is another; one that cannot be had now stands in nobody's way."""
        if branch.asked or self._ticks() < branch.again or self.receive is None:
            return
        me = await self._identity(branch)
        if me is None:
            return
        if any(one.ear and one.team == me.team and one is not branch for one in self._open.values()):
            branch.again = float("inf")  # its own token stands in the configuration, too
            return
        if branch.ear is None or branch.hearing is None or branch.ear.me != me:
            await self._hushed(branch)
            branch.hearing = branch.workspace.hearing(self.receive, me, self._news)
        branch.team, branch.asked = me.team, True
        branch.ear = ear(me, branch.token, branch.hearing, partial(self._lost, branch))
        self._news.set()

    async def _identity(self, branch: Branch) -> Identity | None:
        """Whose its token is; None when Slack does not say now, or does not accept it any more."""
        branch.workspace.calls.revoked = ""
        try:
            me = await branch.workspace.identity()
        except Delivery as fault:
            branch.again = self._ticks() + AGAIN
            if not branch.standing.cut_off:  # which is said once
                log.error("a workspace cannot be heard", workspace=branch.workspace.naming.team, reason=str(fault))
            if isinstance(fault, Revoked):
                branch.ear = None
                branch.standing.died(fault)
            return None
        branch.standing.lives(me)
        return me

    def _suspected(self, branch: Branch, _why: str) -> None:
        """A call found its token dead: whether it is, is asked at the next look. Till then nothing is sent."""
        branch.asked = False

    def _lost(self, branch: Branch, why: str) -> None:
        """Slack says that the token is dead: nothing is sent there until it is installed anew."""
        branch.workspace.calls.revoked = why
        branch.standing.died(Revoked(why))
        branch.ear, branch.asked, branch.again = None, False, self._ticks() + AGAIN
        log.error("a workspace took our token back", workspace=branch.team, reason=why)
        if branch.workspace.naming.team:
            self._start(self._forgotten(branch.team))

    async def _forgotten(self, team: str) -> None:
        """Its installation goes, unless it has been installed again before we heard."""
        async with self._looking:
            bot = (await self._kept.bots()).get(team)
            branch = self._open.get(team)
            if bot is None or branch is None:
                return
            branch.workspace.calls.renew(str(bot.bot_token))
            try:
                await branch.workspace.identity()
            except Revoked:
                await self._kept.forget(bot)
                await self._shut(team)
            except Delivery as fault:
                log.warning("whether it was installed again is not known", workspace=team, reason=str(fault))
        await self.look()

    async def _shut(self, mark: str) -> None:
        """Gone when its connections are: who stops us meanwhile still finds it, and closes them."""
        await self._deafened(self._open[mark])
        del self._open[mark]

    async def _deafened(self, branch: Branch) -> None:
        await self._hushed(branch)
        await branch.workspace.calls.close()

    async def _hushed(self, branch: Branch) -> None:
        hearing, branch.hearing, branch.ear, branch.asked = branch.hearing, None, None, False
        if hearing is not None:
            await branch.workspace.deafened(hearing, FINISH_WITHIN)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)
