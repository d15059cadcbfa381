"""Whom Slack knows: people and user groups, looked up once and remembered for a while, kept fresh by its own events."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable

import structlog

from adapters.slack.blocks import MESSENGER, Json
from adapters.slack.calls import Calls
from adapters.slack.words import spoken
from bot.errors import Delivery, Undeliverable
from bot.people import Account, Profile

log = structlog.get_logger()

FRESH = 3_600.0
"""Seconds that what was looked up is taken for true; `user_change` mends it sooner."""
A_WHILE = 60.0
"""Seconds after which a room is asked about again whose name could not be had."""
TEAMS_WITHIN = 0.5
"""Seconds that a form may wait for the user groups it offers: its trigger dies after three."""
LOOK_UP = 1.2
"""Seconds that reading a message may wait for all its names: the three that Slack gives go on meanwhile."""
SLACKBOT = "USLACKBOT"
NAMELESS = frozenset({"privategroup", "directmessage"})
"""What a command brings instead of a name; as one it would take the place of the room's own."""
KEPT = ("id", "name", "real_name", "display_name", "email", "profile", "tz", "locale", "deleted", "is_bot")


class People:
    """The people of one workspace. `ticks` is the monotonic clock."""

    def __init__(self, calls: Calls, ticks: Callable[[], float] = time.monotonic) -> None:
        self.common = "en"
        """What rooms are labelled in: the language of whoever spoke to us last."""
        self._calls = calls
        self._ticks = ticks
        self._users: dict[str, tuple[Json, float]] = {}
        self._groups: dict[str, tuple[tuple[str, ...], float]] = {}
        self._rooms: dict[str, tuple[str, float]] = {}
        self.teams: dict[str, str] = {}
        """Names of the workspace's user groups by their ids, as far as `meet_teams` has met them."""
        self._teams_until = float("-inf")

    async def profile(self, user: str) -> Profile:
        """Somebody. Raises Undeliverable when there is nobody, TryLater when Slack does not say."""
        return profile(await self._user(user))

    async def everybody(self) -> AsyncIterator[Profile]:
        """All people of the workspace, those who left too; no bots."""
        async for user in self._calls.pages("users.list", "members", include_locale=True):
            self.remember(user)
            if is_person(user):
                yield profile(user)

    async def is_person(self, user: str) -> bool:
        """Whether this is somebody who can be a member: no bot, and still here."""
        found = await self._user(user)
        return is_person(found) and not found.get("deleted")

    async def names(self, users: Iterable[str], until: float | None = None) -> dict[str, str]:
        """Names by id, as far as they can be had in a moment (`until`, on the loop's clock); the others stay out."""
        wanted = list(dict.fromkeys(users))
        found = await asyncio.gather(*(self._quickly(user, until) for user in wanted))
        return {user: profile(one).name for user, one in zip(wanted, found, strict=True) if one is not None}

    async def groups(self, groups: Iterable[str], until: float | None = None) -> dict[str, tuple[str, ...]]:
        """The members of user groups by the group's id, as far as they can be had in that moment."""
        wanted = list(dict.fromkeys(groups))
        found = await asyncio.gather(*(self._members(group, until) for group in wanted))
        return dict(zip(wanted, found, strict=True))

    async def meet_teams(self) -> None:
        """Asks which user groups there are, where that was not asked for a while."""
        if self._ticks() < self._teams_until:
            return
        until = asyncio.get_running_loop().time() + TEAMS_WITHIN
        try:
            async with _a_moment(until):
                found = await self._calls.call("usergroups.list")
        except (Delivery, TimeoutError) as fault:
            log.info("the user groups are not known now", reason=str(fault))
            self._teams_until = self._ticks() + A_WHILE
            return
        self.teams = {str(one["id"]): _team(one) for one in found.get("usergroups") or ()}
        self._teams_until = self._ticks() + FRESH

    async def room(self, channel: str, given: str = "", until: float | None = None) -> str:
        """A room's name, for reading, or the last that it had; empty where Slack does not tell us. `given` is what came
        along."""
        if not channel or channel.startswith("D"):
            return ""
        known = self._rooms.get(channel)
        if known is None or known[1] < self._ticks():
            name = await self._room(channel, until)
            came = "" if given in NAMELESS else given
            last = known[0] if known else ""
            self._rooms[channel] = (name or last or came, self._ticks() + (FRESH if name else A_WHILE))
        return self._rooms[channel][0]

    def accounts(self) -> dict[str, str]:
        """User ids by name, of those who are known by now; a name that two of them have is nobody's."""
        known: dict[str, list[str]] = {}
        for user, (found, _) in self._users.items():
            if is_person(found) and not found.get("deleted"):
                known.setdefault(profile(found).name, []).append(user)
        return {name: users[0] for name, users in known.items() if len(users) == 1}

    def language(self, user: str) -> str:
        """What Slack's own surfaces are labelled in for somebody; English until we know."""
        known = self._users.get(user)
        return spoken(str(known[0].get("locale") or "")) if known else "en"

    async def greet(self, user: str, until: float | None = None) -> str:
        """The language of somebody, looked up where it is not known."""
        if user not in self._users:
            await self._quickly(user, until)
        self.common = self.language(user)
        return self.common

    def remember(self, user: Json) -> bool:
        """What an event or a list says of somebody; only what we ask about is kept, because there may be thousands.
        Returns whether they have come or gone by it."""
        user = {name: user[name] for name in KEPT if name in user}
        user["profile"] = {name: value for name, value in (user.get("profile") or {}).items() if name in KEPT}
        before = self._users.get(user["id"])
        if before is not None and "locale" not in user:  # events do not bring it
            user = {**user, "locale": before[0].get("locale", "")}
        self._users[user["id"]] = (user, self._ticks() + FRESH)
        return before is None or bool(before[0].get("deleted")) != bool(user.get("deleted"))

    async def _user(self, user: str) -> Json:
        known = self._users.get(user)
        if known is None or known[1] < self._ticks():
            if not is_id(user, "UW"):
                raise Undeliverable("user_not_found")
            self.remember((await self._calls.call("users.info", user=user, include_locale=True))["user"])
        return self._users[user][0]

    async def _quickly(self, user: str, until: float | None = None) -> Json | None:
        try:
            async with _a_moment(until):
                return await self._user(user)
        except (Delivery, TimeoutError) as fault:
            log.info("somebody's name is not known now", reason=str(fault))
            return None

    async def _members(self, group: str, until: float | None) -> tuple[str, ...]:
        known = self._groups.get(group)
        if known is not None and known[1] > self._ticks():
            return known[0]
        try:
            async with _a_moment(until):
                found = await self._calls.call("usergroups.users.list", usergroup=group)
        except (Delivery, TimeoutError) as fault:
            log.info("a user group's members are not known now", reason=str(fault))
            return ()
        self._groups[group] = (tuple(str(one) for one in found.get("users") or ()), self._ticks() + FRESH)
        return self._groups[group][0]

    async def _room(self, channel: str, until: float | None) -> str:
        try:
            async with _a_moment(until):
                found = await self._calls.call("conversations.info", channel=channel)
        except (Delivery, TimeoutError):
            return ""
        return str((found.get("channel") or {}).get("name") or "")


def _a_moment(until: float | None) -> asyncio.Timeout:
    """What one look-up may take; several of one message share theirs."""
    return asyncio.timeout_at(asyncio.get_running_loop().time() + LOOK_UP if until is None else until)


def profile(user: Json) -> Profile:
    """What Slack says of somebody. The full name: it is what a workplace's own lists know people by."""
    about = user.get("profile") or {}
    name = (
        about.get("real_name") or user.get("real_name") or about.get("display_name") or user.get("name") or user["id"]
    )
    return Profile(
        Account(MESSENGER, user["id"]), str(name), email=str(about.get("email") or ""),
        timezone=str(user.get("tz") or ""), language=str(user.get("locale") or ""), active=not user.get("deleted"),
    )  # fmt: skip


def _team(group: Json) -> str:
    """As people know it: its name, and how it is called."""
    name, handle = str(group.get("name") or ""), str(group.get("handle") or "")
    return f"{name} (@{handle})" if name and handle and name != handle else name or f"@{handle or group['id']}"


def is_person(user: Json) -> bool:
    """Somebody, not something."""
    return not user.get("is_bot") and user["id"] != SLACKBOT


def is_id(text: str, kinds: str) -> bool:
    """Whether this looks like one of Slack's ids, so that nothing else is ever asked for by name."""
    return (
        text[:1] in kinds and text[:1] != "" and len(text) >= 9 and text.isascii() and text.isalnum() and text.isupper()
    )
