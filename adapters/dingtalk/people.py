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
from adapters.dingtalk.organisation import ROOT, Range, Reading
from bot.errors import Delivery, Undeliverable
from bot.people import Account, Division, Hidden, Profile

log = structlog.get_logger()

FRESH = 3_600.0
LOOK_UP = 1.2
"""Seconds that reading a message may wait for a name."""
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
        self._range = Range()

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

    async def everything(self) -> AsyncIterator[Profile | Division | Hidden]:
        """Departments from the root down, each with its heads, and everybody in them; then, as inactive, who was among them
        once and is gone; at last what the app may not see. When nobody is shown, or DingTalk does not tell (TryLater),
        nobody is said to be gone."""
        reading = Reading(self._calls, self._range, self._ticks)
        async for division in reading.divisions():
            self._departments[int(division.id)] = division.name, self._ticks() + FRESH
            yield division
        here: set[str] = set()
        async for profile in reading.people():
            here.add(profile.account.user_id)
            self._memory.meet(Known(profile.account.user_id, "", profile.name, listed=True))
            yield profile
        for missing in self._memory.known().values() if here else ():
            if missing.listed and missing.user not in here and await self._has_left(missing.user):
                yield Profile(Account(MESSENGER, missing.user), missing.name, active=False)
        for hidden in reading.hidden():
            yield hidden

    async def _has_left(self, user: str) -> bool:
        """Whether DingTalk knows them no more; it may also be that we may not see them any longer."""
        if user not in self._gone:
            try:
                await self._calls.read("/topapi/v2/user/get", {"userid": user})
            except Refused as refused:
                if refused.code == GONE:
                    self._gone.add(user)
        return user in self._gone

    async def _profile(self, found: Json) -> Profile:
        user, name = str(found["userid"]), str(found.get("name") or found["userid"])
        self._memory.meet(Known(user, str(found.get("unionid") or ""), name))
        departments = [int(one) for one in found.get("dept_id_list") or ()]
        home = next((one for one in departments if one != ROOT), next(iter(departments), None))
        return Profile(
            Account(MESSENGER, user), name, email=str(found.get("org_email") or found.get("email") or ""),
            department=await self._department(home) if home else "", division=str(home) if home else None,
            active=found.get("active") not in (False, "false"),
        )  # fmt: skip

    async def _department(self, id: int) -> str:
        """A department's name; empty where we may not read it."""
        known = self._departments.get(id)
        if known is not None and known[1] > self._ticks():
            return known[0]
        try:
            found = await self._calls.read("/topapi/v2/department/get", {"dept_id": id})
        except Delivery as fault:
            log.info("a department's name is not known now", reason=str(fault))
            return ""
        self._departments[id] = str(found.get("name") or ""), self._ticks() + FRESH
        return self._departments[id][0]

    async def _quickly(self, user: str) -> Profile | None:
        try:
            async with asyncio.timeout(LOOK_UP):
                return await self.profile(user)
        except (Undeliverable, Delivery, TimeoutError) as fault:
            log.info("somebody's name is not known now", reason=str(fault))
            return None
