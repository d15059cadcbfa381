"""One reading of an organisation's directory: departments from the top down with their heads, the people right in each, and
what DingTalk does not show of them.

Permission points and the app's contact scope are two gates (platform sheet 6). Where the scope is not the whole
organisation, the reading begins at the departments and people that are in it; a department that is refused keeps no other
away. Contact calls are free of the month's quota; nobody says so of `/auth/scopes`, so it is asked once a day at most.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

from msgspec import Struct

from adapters.dingtalk.blocks import MESSENGER, Json
from adapters.dingtalk.calls import Calls
from adapters.dingtalk.faults import SOON, Refused, Unclear
from bot.errors import TryLater
from bot.people import Account, Division, Hidden, Profile, Unseen

ROOT = 1
PAGE = 100
TRIES = 4
LONGEST_WAIT = 60.0
"""Seconds that a reading waits when DingTalk asks to slow down; asked for more, it is given up and begun again later."""
RANGE = "/auth/scopes"
RANGE_STAYS = 86_400.0


class Range(Struct):
    """The app's contact scope, where it is a part of the organisation: departments and single people. `until` on the
    monotonic clock."""

    departments: tuple[int, ...] = ()
    people: tuple[str, ...] = ()
    until: float = float("-inf")


class Reading:
    """Reads `divisions` first, then `people`; then `hidden` says what was not shown. `within` is kept between readings,
    `ticks` is the monotonic clock."""

    def __init__(self, calls: Calls, within: Range, ticks: Callable[[], float]) -> None:
        self._calls = calls
        self._range = within
        self._ticks = ticks
        self._names: dict[int, str] = {}
        self._singles: tuple[str, ...] = ()
        self._hidden: list[Hidden] = []

    async def divisions(self) -> AsyncIterator[Division]:
        """Every department that the app may see, each once, parents first."""
        waiting: list[tuple[int, str, str | None]] = [(ROOT, "", "")]
        while waiting:
            department, name, parent = waiting.pop(0)
            found = None if department in self._names else await self._department(department, name)
            if found is not None:
                self._names[department] = str(found.get("name") or "")
                yield division(found, department, parent)
                waiting += [(child, named, str(department)) for child, named in await self._children(department)]
            elif department == ROOT and not self._names:
                waiting += [(one, str(one), None) for one in await self._within_range()]

    async def people(self) -> AsyncIterator[Profile]:
        """Everybody in these departments, each once: who is in several is in the first of them, in the organisation itself
        only when nowhere else. Then those who are in the app's scope by themselves."""
        departments = [one for one in self._names if one != ROOT]
        seen: set[str] = set()
        for department in (*departments, ROOT) if ROOT in self._names or not departments else departments:
            async for user, name in self._inside(department):
                if user not in seen:
                    seen.add(user)
                    yield Profile(
                        Account(MESSENGER, user), name, department=self._names.get(department, ""), division=str(department)
                    )  # fmt: skip
        for single in (one for one in self._singles if one not in seen):
            found = await self._asked("/topapi/v2/user/get", {"userid": single}, Unseen.PEOPLE)
            if found is not None:
                yield Profile(Account(MESSENGER, single), str(found.get("name") or single))

    def hidden(self) -> Iterator[Hidden]:
        """What was refused."""
        yield from self._hidden

    async def _department(self, id: int, name: str) -> Json | None:
        what = Unseen.EVERYBODY if id == ROOT else Unseen.DEPARTMENTS
        found: Json | None = await self._asked("/topapi/v2/department/get", {"dept_id": id}, what, name)
        return found

    async def _children(self, department: int) -> list[tuple[int, str]]:
        """Ids and names of the departments right below."""
        found = await self._asked(
            "/topapi/v2/department/listsub", {"dept_id": department}, Unseen.DEPARTMENTS, self._names[department]
        )
        return sorted((int(one["dept_id"]), str(one.get("name") or one["dept_id"])) for one in found or ())

    async def _within_range(self) -> tuple[int, ...]:
        """The departments in the app's contact scope; people who are in it by themselves are noted."""
        if self._range.until < self._ticks():
            try:
                await self._ask_range()
            except Refused as refused:
                self._refused(refused, Unseen.DEPARTMENTS, "")
                return ()
        self._singles = self._range.people
        return self._range.departments

    async def _ask_range(self) -> None:
        try:
            answer = await self._calls.call(RANGE, {}, "GET")
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason) from unclear
        scope = answer.get("auth_org_scopes") or {}
        self._range.departments = tuple(sorted({int(one) for one in scope.get("authed_dept") or ()} - {ROOT}))
        self._range.people = tuple(sorted(str(one) for one in scope.get("authed_user") or ()))
        self._range.until = self._ticks() + RANGE_STAYS

    async def _inside(self, department: int) -> AsyncIterator[tuple[str, str]]:
        """Ids and names of the people right in a department; nobody, and said, where it is refused."""
        cursor: int | None = 0
        while cursor is not None:
            asked = {"dept_id": department, "cursor": cursor, "size": PAGE}
            page = await self._asked("/topapi/user/listsimple", asked, Unseen.PEOPLE, self._names.get(department, ""))
            for one in (page or {}).get("list") or ():
                yield str(one["userid"]), str(one["name"])
            more = page is not None and page.get("has_more") in (True, "true") and page.get("next_cursor") is not None
            cursor = int(page["next_cursor"]) if more else None

    async def _asked(self, path: str, body: Json, what: Unseen, where: str = "") -> Any:
        """What is asked for; None, and said, where it is refused. A limit of DingTalk's is waited for, so that a large
        organisation is read to its end."""
        for tried in range(1, TRIES + 1):
            try:
                return await self._calls.read(path, body)
            except Refused as refused:
                self._refused(refused, what, where)
                return None
            except TryLater as later:
                if tried == TRIES or later.seconds > LONGEST_WAIT:
                    raise
                await asyncio.sleep(later.seconds)
        raise AssertionError("the last try returns or raises")

    def _refused(self, refused: Refused, what: Unseen, where: str) -> None:
        self._hidden.append(Hidden(MESSENGER, what, ", ".join(refused.scopes) or str(refused), where))


def division(found: Json, id: int, parent: str | None) -> Division:
    """A department with its heads. `parent` None: it was not found from above, and may say for itself."""
    if parent is None and found.get("parent_id") is not None:
        parent = str(found["parent_id"])
    heads = found.get("dept_manager_userid_list")
    told = None if heads is None else tuple(str(one) for one in heads)
    return Division(MESSENGER, str(id), str(found.get("name") or ""), parent, told)
