"""Makes the sample workplace: its people at once, then its story through the core, each line at its own moment.

What falls due on the way (reminders, a warning) is delivered on the way, so the workplace looks as if it had been used.
"""

import re
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from adapters.web import WebMessenger
from bot.app.running import Running
from bot.calendar import Calendar, at
from bot.cli.samples import PEOPLE, ROOM_OF, ROOMS, STORY, WEB, ZONE, Line
from bot.messenger import Incoming, Said
from bot.people import Account, Department, Place
from bot.store import Records
from bot.workplace import Workplace


class StoryClock:
    """A clock that stands where the story is."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """The story's present."""
        return self._moment

    def advance_to(self, moment: datetime) -> None:
        """The story goes on."""
        self._moment = moment.astimezone(UTC)


def settle(records: Records) -> None:
    """People, departments with their heads, and rooms."""
    people = records.people
    departments = {one.department: Department(0, one.department, room=ROOM_OF.get(one.department)) for one in PEOPLE}
    kept = {name: people.save_department(department) for name, department in departments.items()}
    for colleague in PEOPLE:
        person = people.save(colleague.person(kept[colleague.department].id))
        if colleague.head:
            people.save_department(replace(kept[colleague.department], head=person.id))
    for room, _ in ROOMS:
        people.save_room(room)


def begin(calendar: Calendar, now: datetime) -> StoryClock:
    """The clock at the story's first line."""
    return StoryClock(_moment(STORY[0], calendar, now))


async def sow(running: Running, web: WebMessenger, clock: StoryClock, core: Workplace, now: datetime) -> None:
    """Tells the story up to `now`. `running` has the web workplace as its only messenger, and nothing of it is started."""
    web.seed((one.profile for one in PEOPLE), ROOMS)
    await running.store.write(settle)
    for number, line in enumerate(STORY):
        await running.scheduler.run_until(_moment(line, core.calendar, now))
        if line.chat:
            assert line.room is not None
            await web.chat(line.room, line.by, line.text, f"story-{number}")
        else:
            await running.receive(_event(number, line, core.calendar, clock.now(), now))
            await running.delivery.drain(clock.now())
    await running.scheduler.run_until(now)


def _event(number: int, line: Line, calendar: Calendar, said_at: datetime, now: datetime) -> Incoming:
    today = now.astimezone(ZoneInfo(ZONE)).date()
    text = re.sub(r"\{([+-]\d+)\}", lambda found: calendar.after(today, int(found[1])).isoformat(), line.text)
    return Incoming(f"story-{number}", said_at, Place(WEB, line.room), Account(WEB, line.by), Said(text))


def _moment(line: Line, calendar: Calendar, now: datetime) -> datetime:
    zone = ZoneInfo(ZONE)
    return at(calendar.after(now.astimezone(zone).date(), line.day), time.fromisoformat(line.at), zone)
