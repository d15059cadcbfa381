"""One reading of a company's directory: departments, the people right in each, and what Feishu does not show of them.

Two gates stand before it (platform sheet 5.1): a field whose scope is missing is left out without a word, and what lies
outside the app's contact range is refused. Where the range is not the whole company, the reading begins at the departments
and people that are in it; one that is refused keeps no other away.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator

from adapters.feishu.calls import Calls
from adapters.feishu.faults import Json, Refused
from adapters.feishu.markup import MESSENGER
from bot.errors import TryLater, Undeliverable
from bot.people import Division, Hidden, Unseen

TOP = "0"
"""The company itself, as a department."""
IDS = {"user_id_type": "open_id", "department_id_type": "open_department_id"}
PAGE, RANGE_PAGE = "50", "100"
OF_DEPARTMENTS = {
    "name": (Unseen.DEPARTMENTS, "contact:department.base:readonly"),
    "parent_department_id": (Unseen.HEADS, "contact:department.organize:readonly"),
}
OF_USERS = {
    "name": (Unseen.NAMES, "contact:user.base:readonly"),
    "email": (Unseen.EMAILS, "contact:user.email:readonly"),
    "department_ids": (Unseen.PLACES, "contact:user.department:readonly"),
    "status": (Unseen.LEAVERS, "contact:user.employee:readonly"),
}
"""What is missing in every answer, and the scope that would bring it."""
TRIES = 4
LONGEST_WAIT = 60.0
"""Seconds that a reading waits when Feishu asks to slow down; asked for more, it is given up and begun again later."""


class Reading:
    """Reads `departments` first, then `users`; then `hidden` says what was not shown."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._singles: list[str] = []
        self._whole = True
        self._names: dict[str, str] = {}
        self._refused: list[Hidden] = []
        self._of_departments: set[str] = set()
        self._of_users: set[str] = set()

    async def departments(self) -> AsyncIterator[Json]:
        """Every department that the app may see, each once, below the top or below those in its range."""
        async for one in self._roots():
            status = one.get("status") or {}
            id = str(one.get("open_department_id"))
            if id not in self._names and not status.get("is_deleted"):
                self._names[id] = str(one.get("name") or "")
                self._of_departments.update(one)
                yield one

    async def users(self) -> AsyncIterator[Json]:
        """The people of these departments and those that are in the range by themselves; somebody in two comes twice."""
        for department in ((TOP,) if self._whole else ()) + tuple(self._names):
            async for user in self._within(department):
                self._of_users.update(user)
                yield user
        for single in self._singles:
            user = await self._asked(f"contact/v3/users/{single}", "user", Unseen.PEOPLE)
            if user:
                yield {**user, "open_id": single}

    def hidden(self) -> Iterator[Hidden]:
        """What was refused, then what every answer left out."""
        yield from self._refused
        yield from _left_out(OF_DEPARTMENTS, self._of_departments)
        yield from _left_out(OF_USERS, self._of_users)

    async def _roots(self) -> AsyncIterator[Json]:
        try:
            async for one in self._below(TOP):
                yield one
        except Refused as closed:
            self._whole = False
            self._refused.append(Hidden(MESSENGER, Unseen.EVERYBODY, closed.reason))
        except Undeliverable as outside:
            self._whole = False
            self._refused.append(Hidden(MESSENGER, Unseen.EVERYBODY, outside.reason))
            for department in await self._range():
                async for one in self._branch(department):
                    yield one

    async def _range(self) -> list[str]:
        """The departments in the app's contact range; people who are in it by themselves are noted."""
        departments: list[str] = []
        token = ""
        try:
            while True:
                more = {"page_token": token} if token else {}
                page = await self._call("contact/v3/scopes", page_size=RANGE_PAGE, **IDS, **more)
                departments += page.get("department_ids") or ()
                self._singles += page.get("user_ids") or ()
                token = str(page.get("page_token") or "")
                if not page.get("has_more") or not token:
                    return departments
        except Undeliverable as fault:
            self._refused.append(Hidden(MESSENGER, Unseen.DEPARTMENTS, fault.reason))
            return departments

    async def _branch(self, department: str) -> AsyncIterator[Json]:
        """A department and all below it, as far as they are shown."""
        found = await self._asked(f"contact/v3/departments/{department}", "department", Unseen.DEPARTMENTS, department)
        if not found:
            return
        yield found
        try:
            async for one in self._below(department):
                yield one
        except Undeliverable as fault:
            self._refused.append(Hidden(MESSENGER, Unseen.DEPARTMENTS, fault.reason, str(found.get("name") or "")))

    async def _asked(self, path: str, part: str, what: Unseen, where: str = "") -> Json:
        """One thing by its id; empty, and said, where it is refused."""
        try:
            found: Json = (await self._call(path, **IDS)).get(part) or {}
        except Undeliverable as fault:
            self._refused.append(Hidden(MESSENGER, what, fault.reason, where))
            return {}
        return found

    async def _below(self, department: str) -> AsyncIterator[Json]:
        path = f"contact/v3/departments/{department}/children"
        async for one in self._pages(path, fetch_child="true", page_size=PAGE, **IDS):
            yield one

    async def _within(self, department: str) -> AsyncIterator[Json]:
        """The people right in a department; nobody, and said, where it is refused."""
        try:
            async for user in self._pages(
                "contact/v3/users/find_by_department", department_id=department, page_size=PAGE, **IDS
            ):
                yield user
        except Undeliverable as fault:
            self._refused.append(Hidden(MESSENGER, Unseen.PEOPLE, fault.reason, self._names.get(department, "")))

    async def _pages(self, path: str, **query: str) -> AsyncIterator[Json]:
        token, more = "", True
        while more:
            page = await self._call(path, **query, **({"page_token": token} if token else {}))
            for item in page.get("items") or ():
                yield item
            token = str(page.get("page_token") or "")
            more = bool(page.get("has_more") and token)

    async def _call(self, path: str, **query: str) -> Json:
        """One page; a limit of Feishu's is waited for, so that a large company is read to its end."""
        for tried in range(1, TRIES + 1):
            try:
                return await self._calls.call("GET", path, None, **query)
            except TryLater as later:
                if tried == TRIES or later.seconds > LONGEST_WAIT:
                    raise
                await asyncio.sleep(later.seconds)
        raise AssertionError("the last try returns or raises")


def _left_out(fields: dict[str, tuple[Unseen, str]], seen: set[str]) -> Iterator[Hidden]:
    """What is missing in all answers, by the names that stand in any of them; without an answer nothing can be judged."""
    for name, (what, scope) in fields.items():
        if seen and name not in seen:
            yield Hidden(MESSENGER, what, scope)


def division(department: Json) -> Division:
    """A department; heads are its leaders, the main one first. Who is above and who leads it come with one scope: without
    it neither is told."""
    leaders = [one for one in department.get("leaders") or () if isinstance(one, dict)]
    heads = [str(one.get("leaderID")) for one in sorted(leaders, key=lambda one: int(one.get("leaderType") or 9))]
    heads = heads or [one for one in (str(department.get("leader_user_id") or ""),) if one]
    parent = department.get("parent_department_id")
    told = parent is not None
    return Division(
        MESSENGER, str(department.get("open_department_id")), str(department.get("name") or ""),
        ("" if parent == TOP else str(parent)) if told else None, tuple(heads) if told or heads else None,
    )  # fmt: skip


def home(user: Json) -> Iterator[str]:
    """The departments of somebody, the primary one first."""
    orders = [one for one in user.get("orders") or () if isinstance(one, dict) and one.get("is_primary_dept")]
    yield from (str(one.get("department_id")) for one in orders)
    yield from map(str, user.get("department_ids") or ())
