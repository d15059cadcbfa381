"""Things to keep, made short: each with every field that matters overridable."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from bot.domain.action import Action, Due
from bot.domain.alarms import Alarm
from bot.messenger import Posted
from bot.people import Account, Person, Room
from bot.store import Dispatched, Entry, Notice, Records, Store

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LEASE = MINUTE
PRODUCT = Room("web", "product", "Product")
SHOWN = Posted("web", "product", "m-1")


def due(day: date, hour: int = 10) -> Due:
    """A day that ends at `hour` UTC."""
    return Due(day, datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


def item(text: str = "Write the report", **fields: Any) -> Action:
    """An item of person 1, assigned by 2, tracked by 3."""
    by = due(date(2026, 11, 25))
    whole = Action(text, owner=1, assigner=2, tracker=3, due=by, first_due=by.day, created_at=NOW, asked_at=NOW)
    return replace(whole, **fields)


def changed(action: Action, **fields: Any) -> Action:
    """The item after one more change."""
    return replace(action, version=action.version + 1, **fields)


def entry(subject: str = "A-1", **fields: Any) -> Entry:
    """A line of history, `accept` by person 1."""
    return replace(Entry(subject, NOW, 1, "accept"), **fields)


def alarm(occasion: str = "due:2026-11-25", after: timedelta = DAY, *, of: str = "A-1", person: int = 1) -> Alarm:
    """An alarm that rings `after` NOW."""
    return Alarm(of, occasion, NOW + after, person)


def notice(key: str = "k", **fields: Any) -> Notice:
    """Something for person 1 about A-1, at once."""
    return replace(Notice(1, "request", ("A-1",), key, NOW), **fields)


def person(name: str = "Zhang San", *accounts: str, **fields: Any) -> Person:
    """Somebody new, with accounts in the web workplace."""
    theirs = tuple(Account("web", user_id) for user_id in accounts)
    return replace(Person(0, name, "Asia/Shanghai", "zh-Hans", accounts=theirs), **fields)


async def claimed(store: Store, now: datetime = NOW, limit: int = 20) -> list[Dispatched]:
    """What the outbox gives out at that moment."""
    return await store.write(lambda records: records.outbox.claim(now, limit, LEASE))


async def shown(store: Store, *notices: Notice, now: datetime = NOW) -> None:
    """Notices that were posted, each under its own key's name."""
    await store.write(lambda records: records.outbox.add(notices))
    for row in await claimed(store, now):
        assert await store.write(partial(_posted, row, now))


def _posted(row: Dispatched, now: datetime, records: Records) -> bool:
    return records.outbox.posted(row, Posted("web", "product", f"m-{row.notice.key}"), now)
