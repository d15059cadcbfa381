"""The weekly digests of a thousand people with twenty thousand items: figured out, kept, and delivered."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.domain.action import State
from bot.jobs.digests import Digests
from bot.people import Room
from bot.store import Records
from tests.benchmarks.figures import Table, Took, ms, ratio, timed, typical
from tests.benchmarks.firm import NOW, ZONE, Firm, item

FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=ZoneInfo(ZONE))
ROOMS = 100


def run(folder: Path, *, quick: bool) -> list[Table]:
    """One round is one Friday; three weeks in a row."""
    people, items = (100, 500) if quick else (1_000, 20_000)
    firm = Firm(folder, people=people, name="digest")
    firm.write(lambda records: _sow(records, people, items))
    job = Digests(firm.store, firm.workplace)
    firm.run(job.tick(NOW))
    weeks = [_friday(firm, job, FRIDAY + timedelta(weeks=week)) for week in range(1 if quick else 3)]
    told = weeks[0].told
    table = Table(
        f"The weekly digests of {people:,} people, {people // 20} departments and {ROOMS} rooms with {items:,} items",
        ("what", "digests", "ms", "CPU ms", "CPU ms each", "to reading the rows"),
        note="`reading the rows`: sqlite3 alone fetches every item that the digests look at.",
    )
    rows = typical([_read(firm) for _ in range(5)])
    table.add("reading the rows", "", ms(rows.wall), ms(rows.cpu), "", "1.00×")
    figured = [week.tick for week in weeks]
    delivered = [week.delivery for week in weeks]
    for what, each in (("figured out and kept (one tick)", figured), ("made into cards and delivered", delivered)):
        took = typical(each)
        table.add(what, f"{told:,}", ms(took.wall), ms(took.cpu), ms(took.cpu / told), ratio(took.cpu, rows.cpu))
    firm.close()
    return [table]


@dataclass(frozen=True)
class Week:
    """How many digests were told, and what the tick and the delivery took."""

    told: int
    tick: Took
    delivery: Took


def _friday(firm: Firm, job: Digests, moment: datetime) -> Week:
    firm.clock.moment = moment
    before = firm.quick.posts
    tick = timed(lambda: firm.run(job.tick(firm.clock.now())))
    delivered = timed(lambda: firm.run(firm.delivery.drain(firm.clock.now())))
    told = firm.quick.posts - before
    assert told > len(firm.people), "everybody owns something that is open, so everybody is told"
    return Week(told, tick, delivered)


def _read(firm: Firm) -> Took:
    with closing(sqlite3.connect(firm.file)) as file:
        return timed(lambda: file.execute("SELECT * FROM actions").fetchall())


def _sow(records: Records, people: int, items: int) -> None:
    """Twenty items each, due from three weeks ago to three weeks ahead, a fifth of them done."""
    rooms = [Room("paper", f"r{number}", f"项目{number}") for number in range(ROOMS)]
    for room in rooms:
        records.people.save_room(room)
    for n in range(items):
        owner = 1 + n % people
        made = item(n, owner, 1 + n * 7 % people, n % 43 - 21, room=rooms[n % ROOMS], department=1 + (owner - 1) // 20)
        done = replace(
            made, state=State.DONE, finished_at=NOW - timedelta(days=1), submitted_at=NOW - timedelta(days=1)
        )
        records.actions.add(done if n // people % 5 == 0 else made)
