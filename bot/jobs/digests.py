"""The weekly digests: for each room, department and owner at their own day and hour, never twice, nothing when there is
nothing to say (R1, A8).

Who is away hears their own on the morning they are back, once, unless the next one comes that day; a head who is away hears their department's no more than anything
else (A14). A day or an hour that was chosen when it had passed this week begins with the next one.

Whose hour has come is seen from the settings and from `swept_at`, up to which everything has been told; so after an
outage of any length each scope is told once. What a digest showed (its hour, the lights) is kept for the next one; it
also says who was told already when a sweep was cut off in the middle.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from bot.announcements import Desk, reachable
from bot.calendar import audible
from bot.domain.action import CLOSED, OPEN, Action, Light
from bot.domain.digest import CHOSEN_AT, WEEKLY, Digest, Last, compute, last_moment, next_moment, to_args, week_of
from bot.jobs.uncollected import uncollected
from bot.operations import absence
from bot.operations.unread import Unread
from bot.people import Room
from bot.store import Notice, Query, Records, Store
from bot.workplace import Workplace

LOOK_AGAIN = timedelta(minutes=1)
"""A changed hour is noticed after this long."""
LATE = timedelta(hours=1)
TOGETHER = 100
"""Digests kept in one transaction, so that commands get their turn between: each takes 0.12 ms, a thousand people's 0.13 s."""
LOOK_BACK = timedelta(days=180)
"""How far back closed items count for the on-time figure: done so long before their first due day is done early indeed."""

Scopes = dict[str, dict[str, str]]
_LIGHTS = {light.value: light for light in Light}


class Reader(Struct, frozen=True):
    """One scope's digest on its way to somebody: which view tells it, whose week, and the line that shows it all."""

    to: int | Room
    moment: str
    of: str
    listing: str


class Plan(Struct, frozen=True):
    """What is due now, by scope with the moment at which it was, and when the next one will be."""

    due: dict[str, datetime] = field(default_factory=dict)
    next_at: datetime | None = None
    last: dict[str, Last] = field(default_factory=dict)


class Digests:
    """The job."""

    name = "digests"

    def __init__(self, store: Store, workplace: Workplace, together: int = TOGETHER) -> None:
        self.store = store
        self.workplace = workplace
        self._together = together
        self._looked: datetime | None = None
        self._look_at: datetime | None = None
        self._following: datetime | None = None

    async def tick(self, now: datetime) -> int:
        """Keeps the notices of every scope whose hour has come; returns how many."""
        if self._looked and self._look_at and self._looked <= now < self._look_at:
            return 0
        plan = await self.store.read(partial(plan_of, workplace=self.workplace, now=now))
        told = await self._tell(plan, now) if plan.due or self._looked is None else 0
        self._looked, self._following = now, plan.next_at
        self._look_at = min(plan.next_at or now + LOOK_AGAIN, now + LOOK_AGAIN)
        return told

    async def next_at(self, now: datetime) -> datetime | None:
        """The next scope's hour; as the tick saw it, where that was now: it looks through everybody's settings."""
        if now == self._looked:
            return self._following
        return (await self.store.read(partial(plan_of, workplace=self.workplace, now=now))).next_at

    async def _tell(self, plan: Plan, now: datetime) -> int:
        digests = await self.store.read(partial(digests_of, plan=plan, workplace=self.workplace, now=now))
        told = 0
        for first in range(0, len(digests), self._together):
            some = digests[first : first + self._together]
            told += await self.store.write(partial(keep, digests=some, plan=plan, workplace=self.workplace, now=now))
        await self.store.write(lambda records: records.settings.put("digest", "swept_at", now.isoformat()))
        return told


def keep(records: Records, digests: Sequence[Digest], plan: Plan, workplace: Workplace, now: datetime) -> int:
    """Keeps some digests' notices and what they showed; returns how many notices are new."""
    desk = Desk(records.people.directory(), workplace)
    away = absence.until(records, _heads(digests, desk))
    for one in digests:
        records.settings.put(f"digest:{one.scope}", "at", now.isoformat())
        records.settings.put(f"digest:{one.scope}", "lights", json.dumps(one.lights))
        if one.spans != plan.last.get(one.scope, Last()).spans:  # few weeks have a holiday
            records.settings.put(f"digest:{one.scope}", "spans", json.dumps(one.spans))
    return records.outbox.add(
        [notice for one in digests for notice in _notices(one, plan.due[one.scope], desk, now, away)]
    )  # fmt: skip


def plan_of(records: Records, workplace: Workplace, now: datetime) -> Plan:
    """Whose hour has come since the last sweep. On the very first one nothing is told: nobody has waited."""
    desk = Desk(records.people.directory(), workplace)
    swept = records.settings.of("digest").get("swept_at")
    since = datetime.fromisoformat(swept) if swept else now
    hours = Hours(workplace, now, records.settings.of("workplace"))
    due: dict[str, datetime] = {}
    for scope, zone, chosen in _scopes(records, desk):
        last = hours.last(zone, chosen)
        heard = hours.heard(last, zone, chosen) if last is not None else None
        if last is not None and heard is not None and heard > since:
            due[scope] = last
    before = _before(records) if due else {}
    left = {scope: hour for scope, hour in due.items() if not _told(before.get(scope), hour)}
    return Plan(left, hours.soonest, before)


def _told(last: Last | None, hour: datetime) -> bool:
    """By a sweep that was cut off before its end: told again, the digest would forget what it showed the first time."""
    return last is not None and last.at is not None and last.at >= hour


def digests_of(records: Records, plan: Plan, workplace: Workplace, now: datetime) -> list[Digest]:
    """The digests that are due and have something to say, all in one pass over the items."""
    with uncollected():
        return _digests(records, plan, workplace, now)


def _digests(records: Records, plan: Plan, workplace: Workplace, now: datetime) -> list[Digest]:
    table = workplace.timetable(records.people.directory())
    wanted = {scope: plan.last.get(scope, Last()) for scope in plan.due}
    items = _items(records, now) if wanted else []
    unread = Unread(records, records.people.directory())
    made = (replace(one, unread=tuple(unread.of(one.scope))) for one in compute(items, wanted, now, table).values())
    return [one for one in made if not one.empty]


class Hours(Struct):
    """Digest hours by what was chosen, each reckoned once; `soonest` is the next of all that were asked about."""

    workplace: Workplace
    now: datetime
    common: Mapping[str, str]
    soonest: datetime | None = None
    _known: dict[tuple[int, time, str], datetime | None] = field(default_factory=dict)

    def last(self, zone: ZoneInfo, chosen: Mapping[str, str]) -> datetime | None:
        """The latest hour at or before now; None where digests are off."""
        if {**self.common, **chosen}.get("digest") == "off":
            return None
        weekday, wall = self._chosen(chosen)
        key = (weekday, wall, zone.key)
        if key not in self._known:
            self._known[key] = last_moment(self.now, weekday, wall, zone, self.workplace.calendar)
            following = next_moment(self.now, weekday, wall, zone, self.workplace.calendar)
            self.soonest = min((at for at in (self.soonest, following) if at is not None), default=None)
        return self._known[key]

    def heard(self, last: datetime, zone: ZoneInfo, chosen: Mapping[str, str]) -> datetime | None:
        """When the digest of that hour is heard: then, or on the morning on which somebody who was away is back (on a day with
        a digest of its own, with that); None: not yet, or never, because it was chosen only after it had passed this week."""
        chosen_at = max(self.common.get(CHOSEN_AT, ""), chosen.get(CHOSEN_AT, ""))
        if chosen_at and last <= datetime.fromisoformat(chosen_at):
            return None
        if not chosen.get("away"):
            return last
        back = absence.back(chosen["away"], self.workplace.rules.morning, zone)
        if self.now < back:
            self.soonest = min(back, self.soonest or back)
            return None
        usual = next_moment(back, *self._chosen(chosen), zone, self.workplace.calendar)
        if last >= back:
            return last
        same_day = usual is not None and usual.astimezone(zone).date() == back.astimezone(zone).date()
        return None if same_day else back

    def _chosen(self, chosen: Mapping[str, str]) -> tuple[int, time]:
        """The weekday and the hour: a scope's own, the workplace's, the usual ones."""
        settings, rules = {**self.common, **chosen}, self.workplace.rules
        wall = settings.get("digest-time")
        return int(settings.get("digest-day") or rules.digest_weekday), time.fromisoformat(
            wall
        ) if wall else rules.digest_time


def _scopes(records: Records, desk: Desk) -> Iterator[tuple[str, ZoneInfo, Mapping[str, str]]]:
    """Everybody and everything that may get a digest, with the zone and the settings that say when. A department's room
    gets the department's, not another one of its own."""
    people, rooms = records.settings.all("person:"), records.settings.all("room:")
    zone, directory = desk.workplace.zone, desk.directory
    for person in directory.people.values():
        if reachable(person.id, directory):
            yield f"person:{person.id}", person.zone, people.get(f"person:{person.id}", {})
    theirs = {department.room for department in directory.departments.values()}
    for department in directory.departments.values():
        yield f"department:{department.id}", zone, rooms.get(_scope(department.room), {}) if department.room else {}
    for room in directory.rooms:
        if room not in theirs:
            yield _scope(room), zone, rooms.get(_scope(room), {})


def _before(records: Records) -> dict[str, Last]:
    """What each scope's last digest showed."""
    kept: Scopes = records.settings.all("digest:")
    return {
        scope.removeprefix("digest:"): Last(
            datetime.fromisoformat(shown["at"]),
            {int(number): _LIGHTS[value] for number, value in json.loads(shown.get("lights", "{}")).items()},
            tuple(json.loads(shown["spans"])) if "spans" in shown else WEEKLY,
        )
        for scope, shown in kept.items()
    }


def _items(records: Records, now: datetime) -> list[Action]:
    still = records.actions.find(Query(states=OPEN))
    return still + records.actions.find(Query(states=CLOSED, closed_since=now - LOOK_BACK))


def _heads(digests: Sequence[Digest], desk: Desk) -> set[int]:
    """Who heads the departments among them."""
    numbers = (int(one.scope.partition(":")[2]) for one in digests if one.scope.startswith("department:"))
    return {head for number in numbers if (head := desk.directory.head(number)) is not None}


def _notices(digest: Digest, due: datetime, desk: Desk, now: datetime, away: Mapping[int, str]) -> Iterator[Notice]:
    """A room hears at its hour, whichever it chose; people, and a room after an outage, not in quiet hours (T3)."""
    zone = _zone(digest.scope, desk)
    for reader in _readers(digest.scope, desk):
        if isinstance(reader.to, int) and absence.is_away(away.get(reader.to), now, desk.directory.zone(reader.to)):
            continue
        if isinstance(reader.to, Room):
            to, late = _scope(reader.to), now - due > LATE
            when = audible(now, zone, desk.workplace.quiet, desk.workplace.calendar) if late else now
        else:
            to, when = f"P{reader.to}", desk.audible(now, reader.to)
        args = to_args(digest, reader.of, reader.listing)
        yield Notice(reader.to, reader.moment, (), f"digest:{digest.scope}:{week_of(due, zone)}:{to}", when, args)


def _zone(scope: str, desk: Desk) -> ZoneInfo:
    kind, _, number = scope.partition(":")
    return desk.directory.zone(int(number)) if kind == "person" else desk.workplace.zone


def _readers(scope: str, desk: Desk) -> Iterator[Reader]:
    """R1: an owner their own, a department's head and room the department's, a room its own."""
    kind, _, rest = scope.partition(":")
    if kind == "person":
        yield Reader(int(rest), "digest_own", "", "/action list")
        return
    if kind == "department":
        department = desk.directory.departments[int(rest)]
        head, listing = desk.directory.head(department.id), f"/action list {department.name}"
        if head is not None and reachable(head, desk.directory):
            yield Reader(head, "digest_department", department.name, listing)
        if department.room is not None:
            yield Reader(department.room, "digest_department", department.name, listing)
        return
    for room in desk.directory.rooms:
        if _scope(room) == scope:
            yield Reader(room, "digest_room", room.name, "/action list")


def _scope(room: Room) -> str:
    return f"room:{room.messenger}:{room.id}"
