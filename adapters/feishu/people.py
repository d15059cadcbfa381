"""Whom Feishu knows: people, departments and groups, looked up once and remembered for a while."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator

import structlog

from adapters.feishu.calls import Calls
from adapters.feishu.faults import Json
from adapters.feishu.incoming import account
from adapters.feishu.markup import is_id
from adapters.feishu.organisation import IDS, TOP, Reading, division, home
from bot.errors import Delivery, Undeliverable
from bot.people import Division, Hidden, Profile, Room

log = structlog.get_logger()

FRESH = 86_400.0
"""Seconds that what was looked up is taken for true; events mend it sooner (sheet 5.3)."""
A_WHILE = 60.0
"""Seconds after which a group is asked about again whose name could not be had."""
LOOK_UP = 1.0
"""Seconds that reading a message may wait for a name."""


class People:
    """The people of one company. `ticks` is the monotonic clock."""

    def __init__(self, calls: Calls, ticks: Callable[[], float] = time.monotonic) -> None:
        self._calls = calls
        self._ticks = ticks
        self._users: dict[str, tuple[Json, float]] = {}
        self._departments: dict[str, str] = {}
        self._groups: dict[str, tuple[str, float]] = {}
        self._left: dict[str, str] = {}

    async def profile(self, user: str) -> Profile:
        """Somebody. Raises Undeliverable when there is nobody, TryLater when Feishu does not say."""
        known = self._users.get(user)
        if known is None or known[1] < self._ticks() or "open_id" not in known[0]:
            if not is_id(user, "ou"):
                raise Undeliverable(f"nobody in Feishu is {user!r}")
            found = await self._calls.call("GET", f"contact/v3/users/{user}", **IDS)
            self._keep({**(found.get("user") or {}), "open_id": user})
        return self._profile(self._users[user][0])

    async def directory(self) -> AsyncIterator[Profile | Division | Hidden]:
        """Departments first, then everybody whom the app's range of data holds, each once; then, as inactive, of whom Feishu
        said that they left and whom it lists no more; at last what it does not show."""
        reading = Reading(self._calls)
        divisions = [division(one) async for one in reading.departments()]
        self._departments = {one.id: one.name for one in divisions}
        for one in divisions:
            yield one
        seen: set[str] = set()
        async for user in reading.users():
            if user["open_id"] not in seen:
                seen.add(user["open_id"])
                self._keep(user)
                yield self._profile(user)
        for gone in self._gone(seen):
            yield gone
        for hidden in reading.hidden():
            yield hidden

    def left(self, user: str, name: str) -> None:
        """Feishu said that somebody has left the company; whether it goes on telling of them is not sure."""
        self.forget(user)
        if is_id(user, "ou"):
            self._left[user] = name or user

    async def members(self, room: Room) -> AsyncIterator[str]:
        """The open ids of a group; their names are remembered."""
        async for one in self._calls.pages(f"im/v1/chats/{room.id}/members", member_id_type="open_id", page_size="100"):
            self.meet(str(one["member_id"]), str(one.get("name") or ""))
            yield str(one["member_id"])

    async def group(self, chat: str) -> str:
        """A group's name, for reading; empty where Feishu does not tell us."""
        known = self._groups.get(chat)
        if chat and (known is None or known[1] < self._ticks()):
            whole = await self._read_groups()
            name, until = self._groups.get(chat, ("", 0.0))
            if until <= self._ticks():
                self._groups[chat] = name, self._ticks() + (FRESH if whole else A_WHILE)
        return self._groups[chat][0] if chat else ""

    def meet(self, user: str, name: str) -> None:
        """A name that came along with something."""
        if is_id(user, "ou") and name and user not in self._users:
            self._users[user] = ({"name": name}, self._ticks() + FRESH)

    def forget(self, user: str) -> None:
        """What is known of somebody is no longer true."""
        self._users.pop(user, None)

    def accounts(self) -> dict[str, str]:
        """Open ids by name, of those who are known by now and still here; a name that two of them have is nobody's."""
        known: dict[str, list[str]] = {}
        for user, (found, _) in self._users.items():
            if _active(found) and found.get("name"):
                known.setdefault(str(found["name"]), []).append(user)
        return {name: users[0] for name, users in known.items() if len(users) == 1}

    def _gone(self, seen: set[str]) -> Iterator[Profile]:
        """Who has left, as far as was told. What is remembered of others who are not listed may not be true any more."""
        for user in [user for user, (found, _) in self._users.items() if "open_id" in found and user not in seen]:
            self.forget(user)
        for user in self._left.keys() & seen:
            del self._left[user]
        for user, name in self._left.items():
            yield Profile(account(user), name, active=False)

    def _keep(self, user: Json) -> None:
        self._users[user["open_id"]] = (user, self._ticks() + FRESH)

    def _profile(self, user: Json) -> Profile:
        """What Feishu says of somebody; it knows neither their zone nor their language (sheet 5.5)."""
        homes = [one for one in home(user) if one == TOP or one in self._departments]
        place = None if not homes else "" if homes[0] == TOP else homes[0]
        return Profile(
            account(user["open_id"]), str(user.get("name") or user["open_id"]), email=str(user.get("email") or ""),
            department=self._departments[place] if place else "", active=_active(user), division=place,
        )  # fmt: skip

    async def _read_groups(self) -> bool:
        """Whether all of them were read."""
        try:
            async with asyncio.timeout(LOOK_UP):
                async for one in self._calls.pages("im/v1/chats", page_size="100"):
                    self._groups[str(one["chat_id"])] = (str(one.get("name") or ""), self._ticks() + FRESH)
        except (Delivery, TimeoutError) as fault:
            log.info("the groups' names are not known now", reason=str(fault))
            return False
        return True


def _active(user: Json) -> bool:
    status = user.get("status") or {}
    return not any(status.get(one) for one in ("is_resigned", "is_frozen", "is_exited"))
