"""Whom DingTalk knows: people looked up once and remembered for a while, departments with their heads.

The contact calls are free of the month's quota. A name is looked up by id, never guessed; people of other organisations
have no id here.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable

import structlog

from adapters.dingtalk.blocks import MESSENGER, Json
from adapters.dingtalk.calls import Calls
from adapters.dingtalk.faults import Refused
from adapters.dingtalk.memory import Known, Memory
from bot.errors import Delivery, Undeliverable
from bot.people import Account, Division, Profile

log = structlog.get_logger()

FRESH = 3_600.0
LOOK_UP = 1.2
"""Seconds that reading a message may wait for a name."""
ROOT = 1
PAGE = 100
GONE = "60121"
"""The old host's word for somebody who is not in the organisation."""


class People:
    """The people of one organisation. `ticks` is the monotonic clock."""

    def __init__(self, calls: Calls, memory: Memory, ticks: Callable[[], float] = time.monotonic) -> None:
        self._calls = calls
        self._memory = memory
        self._ticks = ticks
        self._profiles: dict[str, tuple[Profile, float]] = {}
        self._departments: dict[int, tuple[str, float]] = {}
        self._gone: set[str] = set()

    async def profile(self, user: str) -> Profile:
        """Somebody. Raises Undeliverable when there is nobody, TryLater when DingTalk does not say."""
        known = self._profiles.get(user)
        if known is None or known[1] < self._ticks():
            found = await self._calls.read("/topapi/v2/user/get", {"userid": user, "language": "zh_CN"})
            self._profiles[user] = await self._profile(found), self._ticks() + FRESH
        return self._profiles[user][0]

    async def names(self, users: Iterable[str]) -> dict[str, str]:
        """Names by id, as far as they can be had in a moment; the others stay out."""
        wanted = list(dict.fromkeys(users))
        found = await asyncio.gather(*(self._quickly(user) for user in wanted))
        return {user: profile.name for user, profile in zip(wanted, found, strict=True) if profile is not None}

    async def everything(self) -> AsyncIterator[Profile | Division]:
        """Departments from the root down, each with its heads and people; then, as inactive, who was among them once and is
        gone. Raises TryLater or Undeliverable when DingTalk does not tell, and then nobody is said to be gone."""
        here: set[str] = set()
        waiting = [(ROOT, "")]
        while waiting:
            department, parent = waiting.pop(0)
            division = await self._division(department, parent)
            yield division
            async for profile in self._inside(department, division.name):
                if profile.account.user_id not in here:
                    here.add(profile.account.user_id)
                    yield profile
            children = await self._calls.read("/topapi/v2/department/listsub", {"dept_id": department})
            waiting += [(int(one["dept_id"]), str(department)) for one in children or ()]
        for missing in self._memory.known().values():
            if missing.listed and missing.user not in here and await self._has_left(missing.user):
                yield Profile(Account(MESSENGER, missing.user), missing.name, active=False)

    async def _has_left(self, user: str) -> bool:
        """Whether DingTalk knows them no more; it may also be that we may not see them any longer."""
        if user not in self._gone:
            try:
                await self._calls.read("/topapi/v2/user/get", {"userid": user})
            except Refused as refused:
                if refused.code == GONE:
                    self._gone.add(user)
        return user in self._gone

    async def _division(self, id: int, parent: str) -> Division:
        found = await self._calls.read("/topapi/v2/department/get", {"dept_id": id})
        heads = tuple(str(one) for one in found.get("dept_manager_userid_list") or ())
        self._departments[id] = str(found["name"]), self._ticks() + FRESH
        return Division(MESSENGER, str(id), str(found["name"]), parent, heads)

    async def _inside(self, department: int, name: str) -> AsyncIterator[Profile]:
        cursor: int | None = 0
        while cursor is not None:
            asked = {"dept_id": department, "cursor": cursor, "size": PAGE}
            page = await self._calls.read("/topapi/user/listsimple", asked)
            for one in page.get("list") or ():
                self._memory.meet(Known(str(one["userid"]), "", str(one["name"]), listed=True))
                yield Profile(Account(MESSENGER, str(one["userid"])), str(one["name"]), department=name)
            more = page.get("has_more") in (True, "true") and page.get("next_cursor") is not None
            cursor = int(page["next_cursor"]) if more else None

    async def _profile(self, found: Json) -> Profile:
        user, name = str(found["userid"]), str(found.get("name") or found["userid"])
        self._memory.meet(Known(user, str(found.get("unionid") or ""), name))
        departments = [int(one) for one in found.get("dept_id_list") or ()]
        return Profile(
            Account(MESSENGER, user), name, email=str(found.get("org_email") or found.get("email") or ""),
            department=await self._department(departments[0]) if departments else "",
            active=found.get("active") not in (False, "false"),
        )  # fmt: skip

    async def _department(self, id: int) -> str:
        """A department's name; empty where we may not read it."""
        known = self._departments.get(id)
        if known is not None and known[1] > self._ticks():
            return known[0]
        try:
            return (await self._division(id, "")).name
        except Delivery as fault:
            log.info("a department's name is not known now", reason=str(fault))
            return ""

    async def _quickly(self, user: str) -> Profile | None:
        try:
            async with asyncio.timeout(LOOK_UP):
                return await self.profile(user)
        except (Undeliverable, Delivery, TimeoutError) as fault:
            log.info("somebody's name is not known now", reason=str(fault))
            return None
