"""Things to keep, made short: each with every field that matters overridable."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from msgspec.structs import replace

from bot.domain.action import Action, Due
from bot.domain.alarms import Alarm
from bot.domain.captured import Capture, Sort, Vote
from bot.domain.meeting import Invitee, Meeting
from bot.domain.minutes import Minutes, MinutesState
from bot.domain.series import Series
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


def meeting(title: str = "Weekly", **fields: Any) -> Meeting:
    """A meeting of person 1 with 2 and 3, an hour long, tomorrow."""
    invited = (Invitee(2), Invitee(3))
    whole = Meeting(title, "regular", organizer=1, start=NOW + DAY, length=60, zone="Asia/Shanghai", created_at=NOW)
    return replace(whole, **{"invitees": invited, **fields})


def capture(number: int = 1, text: str = "Too dear", **fields: Any) -> Capture:
    """A note that person 2 made in M-1."""
    return replace(Capture(1, number, Sort.NOTE, text, by=2, at=NOW), **fields)


def vote(question: str = "Which day?", **fields: Any) -> Vote:
    """An open vote of M-1 between two days."""
    return replace(Vote(1, question, ("Monday", "Friday"), by=1, at=NOW), **fields)


def series(**fields: Any) -> Series:
    """Every Monday, as `meeting()`."""
    return replace(Series("FREQ=WEEKLY;BYDAY=MO", meeting(), made_until=NOW), **fields)


def minutes(number: int = 1, edition: int = 1, **fields: Any) -> Minutes:
    """Archived minutes of M-1, held and recorded by 3, led by 2, organized by 1 in Shanghai."""
    whole = Minutes(
        number, edition, "Weekly", "regular", held_at=NOW, ended_at=NOW + HOUR, zone="Asia/Shanghai", organizer=1,
        host=2, recorder=3, due_at=NOW + DAY, created_at=NOW, state=MinutesState.ARCHIVED,
    )  # fmt: skip
    return replace(whole, **fields)


def later(thing: Any, **fields: Any) -> Any:
    """A thing of any sort after one more change."""
    return replace(thing, version=thing.version + 1, **fields)


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
