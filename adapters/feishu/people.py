"""Whom Feishu knows: people, departments and groups, looked up once and remembered for a while."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import structlog

from adapters.feishu.calls import Calls
from adapters.feishu.faults import Json
from adapters.feishu.incoming import account
from adapters.feishu.markup import MESSENGER, is_id
from bot.errors import Delivery, Undeliverable
from bot.people import Division, Profile, Room

log = structlog.get_logger()

FRESH = 86_400.0
"""Seconds that what was looked up is taken for true; events mend it sooner (sheet 5.3)."""
LOOK_UP = 1.0
"""Seconds that reading a message may wait for a name."""
TOP = "0"
"""The company itself, as a department."""
_IDS = {"user_id_type": "open_id", "department_id_type": "open_department_id"}


class People:
    """The people of one company. `ticks` is the monotonic clock."""

    def __init__(self, calls: Calls, ticks: Callable[[], float] = time.monotonic) -> None:
        self._calls = calls
        self._ticks = ticks
        self._users: dict[str, tuple[Json, float]] = {}
        self._departments: dict[str, str] = {}
        self._groups: dict[str, tuple[str, float]] = {}

    async def profile(self, user: str) -> Profile:
        """Somebody. Raises Undeliverable when there is nobody, TryLater when Feishu does not say."""
        known = self._users.get(user)
        if known is None or known[1] < self._ticks() or "open_id" not in known[0]:
            if not is_id(user, "ou"):
                raise Undeliverable(f"nobody in Feishu is {user!r}")
            found = await self._calls.call("GET", f"contact/v3/users/{user}", **_IDS)
            self._keep({**(found.get("user") or {}), "open_id": user})
        return self._profile(self._users[user][0])

    async def directory(self) -> AsyncIterator[Profile | Division]:
        """Departments first, then everybody whom the app's range of data holds, each once."""
        divisions = [_division(one) async for one in self._children()]
        self._departments = {one.id: one.name for one in divisions if one.name}
        for division in divisions:
            yield division
        seen: set[str] = set()
        for department in (TOP, *(one.id for one in divisions)):
            async for user in self._within(department):
                if user["open_id"] not in seen:
                    seen.add(user["open_id"])
                    self._keep(user)
                    yield self._profile(user)

    async def members(self, room: Room) -> AsyncIterator[str]:
        """The open ids of a group; their names are remembered."""
        async for one in self._calls.pages(f"im/v1/chats/{room.id}/members", member_id_type="open_id", page_size="100"):
            self.meet(str(one["member_id"]), str(one.get("name") or ""))
            yield str(one["member_id"])

    async def group(self, chat: str) -> str:
        """A group's name, for reading; empty where Feishu does not tell us."""
        if chat and (chat not in self._groups or self._groups[chat][1] < self._ticks()):
            await self._read_groups()
            self._groups.setdefault(chat, ("", self._ticks() + FRESH))
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

    def _keep(self, user: Json) -> None:
        self._users[user["open_id"]] = (user, self._ticks() + FRESH)

    def _profile(self, user: Json) -> Profile:
        """What Feishu says of somebody; it knows neither their zone nor their language (sheet 5.5)."""
        department = next(
            (self._departments[one] for one in user.get("department_ids") or () if one in self._departments), ""
        )
        return Profile(
            account(user["open_id"]), str(user.get("name") or user["open_id"]), email=str(user.get("email") or ""),
            department=department, active=_active(user),
        )  # fmt: skip

    async def _children(self) -> AsyncIterator[Json]:
        """Departments; none where the scope for them is not granted, or the app's range of data holds none."""
        try:
            async for one in self._calls.pages(
                f"contact/v3/departments/{TOP}/children", fetch_child="true", page_size="50", **_IDS
            ):
                yield one
        except Undeliverable as fault:
            log.warning("departments cannot be read", reason=fault.reason)

    async def _within(self, department: str) -> AsyncIterator[Json]:
        """The people right in a department; nobody where the app's range of data ends."""
        try:
            async for user in self._calls.pages(
                "contact/v3/users/find_by_department", department_id=department, page_size="50", **_IDS
            ):
                yield user
        except Undeliverable as fault:
            log.info("a department's people cannot be read", department=department, reason=fault.reason)

    async def _read_groups(self) -> None:
        try:
            async with asyncio.timeout(LOOK_UP):
                async for one in self._calls.pages("im/v1/chats", page_size="100"):
                    self._groups[str(one["chat_id"])] = (str(one.get("name") or ""), self._ticks() + FRESH)
        except (Delivery, TimeoutError) as fault:
            log.info("the groups' names are not known now", reason=str(fault))


def _division(department: Json) -> Division:
    """A department; heads are its leaders, the main one first."""
    leaders = [one for one in department.get("leaders") or () if isinstance(one, dict)]
    heads = [str(one.get("leaderID")) for one in sorted(leaders, key=lambda one: int(one.get("leaderType") or 9))]
    heads = heads or [one for one in (str(department.get("leader_user_id") or ""),) if one]
    id, parent = str(department.get("open_department_id")), str(department.get("parent_department_id") or "")
    return Division(MESSENGER, id, str(department.get("name") or ""), "" if parent == TOP else parent, tuple(heads))


def _active(user: Json) -> bool:
    status = user.get("status") or {}
    return not any(status.get(one) for one in ("is_resigned", "is_frozen", "is_exited"))
