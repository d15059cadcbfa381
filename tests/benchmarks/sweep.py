"""The ring job's tick over ten thousand to a million open items, with nothing due and with up to a thousand due.

The items are made by the database itself, from a few whole ones and the moments that the domain gives them, because a
million commands would take an hour. Those that fall due are put back after each tick.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.domain.alarms import moments
from bot.jobs.ring import Ring
from storage.tables import ACTIONS
from tests.benchmarks.figures import Table, Took, Watch, met, ms, ratio, rounds, timed, typical
from tests.benchmarks.firm import ZONE, Firm, item

MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
"""When the first items are due: what their owners hear on the morning of the day."""
MOST_DUE = 1_000
LATER = tuple(range(12, 72))
"""Due days of all others, in days from NOW: none of their alarms rings on MORNING."""
QUIET_TICKS = 200

NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :size)"
SAMPLE = f"iif(n <= {MOST_DUE}, 0, 1 + n % {len(LATER)})"
OWNER, ASSIGNER = "1 + n * 7 % 1000", "1 + n * 13 % 1000"


def run(folder: Path, *, quick: bool) -> list[Table]:
    """Each size on a file of its own; all of them side by side in each round."""
    sizes = (2_000, 4_000) if quick else (10_000, 100_000, 1_000_000)
    table = Table(
        "The sweep: one tick of the ring job",
        ("open items", "alarms", "due", "ms", "CPU ms", "to the smallest", "bare: CPU ms", "to bare", "target", "met"),
        note="With nothing due `bare` is the one look at the index by sqlite3 itself; else it writes the rows that the tick "
        "left (notices, what they are about, alarms rung) in one commit.",
    )
    fields = {size: Field(folder, size) for size in sizes}
    quiet = rounds(1 if quick else 5, {str(size): fields[size].quiet for size in sizes})
    looks = {size: fields[size].look() for size in sizes}
    ticks = {size: typical(quiet[str(size)]) for size in sizes}
    for size in sizes:
        within = ("≤ 0.1 ms", met(ticks[size].wall <= 0.0001)) if size == sizes[-1] else ()
        table.add(*fields[size].named, "0", *_words(ticks[size], ticks[sizes[0]], looks[size]), *within)
    for due in (100, MOST_DUE):
        _busy(table, fields, due, quick=quick)
    for one in fields.values():
        one.close()
    return [table]


def _busy(table: Table, fields: "dict[int, Field]", due: int, *, quick: bool) -> None:
    found = rounds(1 if quick else 3, {str(size): partial(one.busy, due) for size, one in fields.items()})
    costs = {size: typical([took for took, _ in found[str(size)]]) for size in fields}
    for size, cost in costs.items():
        bare = typical([took for _, took in found[str(size)]])
        within = ("≤ 50 ms", met(cost.wall <= 0.05)) if size == max(fields) and due == MOST_DUE else ()
        table.add(*fields[size].named, f"{due:,}", *_words(cost, costs[min(fields)], bare), *within)


def _words(cost: Took, smallest: Took, bare: Took) -> tuple[str, ...]:
    return ms(cost.wall), ms(cost.cpu), ratio(cost.cpu, smallest.cpu), ms(bare.cpu), ratio(cost.cpu, bare.cpu)


class Field:
    """A firm of a thousand people with so many open items."""

    def __init__(self, folder: Path, size: int) -> None:
        self.firm = Firm(folder, people=1_000, name=f"sweep-{size}")
        self.size = size
        self.job = Ring(self.firm.store, self.firm.workplace)
        _sow(self.firm, size)
        with closing(sqlite3.connect(self.firm.file)) as file:
            self.alarms = file.execute("SELECT count(*) FROM alarms").fetchone()[0]
        self.firm.clock.moment = MORNING

    @property
    def named(self) -> tuple[str, str]:
        return f"{self.size:,}", f"{self.alarms:,}"

    def close(self) -> None:
        self.firm.close()
        self.firm.file.unlink()

    def quiet(self) -> Took:
        """What one tick takes an hour before anything is due; the median one by the wall's clock."""

        async def ticks() -> Took:
            watch = Watch()
            walls = [await _timed(self.job, MORNING - timedelta(hours=1)) for _ in range(QUIET_TICKS)]
            return Took(median(walls), watch.took.cpu / QUIET_TICKS)

        return self.firm.run(ticks())

    def look(self) -> Took:
        """The same look at the index without us."""
        with closing(sqlite3.connect(self.firm.file)) as file:
            asked = "SELECT min(due_at) FROM alarms WHERE rung_at IS NULL"
            return timed(lambda: [file.execute(asked).fetchone() for _ in range(QUIET_TICKS)]) / QUIET_TICKS

    def busy(self, due: int) -> tuple[Took, Took]:
        """What a tick takes with exactly so many due, and for the bare rows it wrote."""
        with closing(sqlite3.connect(self.firm.file, isolation_level=None)) as file:
            file.execute("PRAGMA synchronous = FULL")
            _reset(file, due)
            rung = 0

            async def tick() -> None:
                nonlocal rung
                rung = await self.job.tick(MORNING)

            took = timed(lambda: self.firm.run(tick()))
            assert rung == due, f"{rung} rang, not {due}"
            return took, _bare(file)


async def _timed(job: Ring, now: datetime) -> float:
    begun = time.perf_counter()
    assert await job.tick(now) == 0
    return time.perf_counter() - begun


def _sow(firm: Firm, size: int) -> None:
    """Item n of the first MOST_DUE is due on MORNING's day, the others on one of LATER; owner and assigner by n."""
    samples = [replace(item(0, 1, 2, days), number=place + 1) for place, days in enumerate((2, *LATER))]
    firm.record(samples)
    before = MORNING - timedelta(seconds=1)
    pattern = [
        (place, alarm.occasion, int(alarm.due_at.timestamp() * 1_000_000), alarm.person == 1)
        for place, one in enumerate(samples)
        for alarm in moments(one, before, firm.table)
    ]
    with closing(sqlite3.connect(firm.file, isolation_level=None)) as file:
        file.execute("PRAGMA synchronous = OFF")
        file.execute("PRAGMA cache_size = -400000")
        with _without_indexes(file):
            _fill(file, size, pattern)
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _without_indexes(file: sqlite3.Connection) -> Iterator[None]:
    """A million rows go in much sooner when their indexes are made afterwards, in one go."""
    of_ours = "type = 'index' AND sql IS NOT NULL AND tbl_name IN ('actions', 'alarms')"
    indexes = file.execute(f"SELECT name, sql FROM sqlite_master WHERE {of_ours}").fetchall()
    for name, _ in indexes:
        file.execute(f"DROP INDEX {name}")
    yield
    for _, made in indexes:
        file.execute(made)


def _fill(file: sqlite3.Connection, size: int, pattern: list[tuple[int, str, int, bool]]) -> None:
    """Item n becomes the copy of a sample, with an owner and an assigner among the thousand, and that sample's alarms."""
    copied = {"number": "n", "owner": OWNER, "assigner": ASSIGNER, "tracker": ASSIGNER}
    columns = ", ".join(copied.get(column.name, f"a.{column.name}") for column in ACTIONS.columns)
    file.execute("BEGIN")
    file.execute("CREATE TEMP TABLE samples AS SELECT * FROM actions")
    file.execute("DELETE FROM actions")
    file.execute(f"CREATE TEMP TABLE items AS {NUMBERS} SELECT n, {SAMPLE} AS sample FROM numbers", {"size": size})
    file.execute(f"INSERT INTO actions SELECT {columns} FROM items JOIN samples a ON a.number = sample + 1")
    file.execute("CREATE TEMP TABLE pattern (sample, occasion, due_at, owners)")
    file.executemany("INSERT INTO pattern VALUES (?, ?, ?, ?)", pattern)
    file.execute(
        f"INSERT INTO alarms SELECT 'A-' || n AS subject, occasion, due_at, iif(owners, {OWNER}, {ASSIGNER}), NULL"
        " FROM items JOIN pattern USING (sample) ORDER BY subject, occasion"
    )
    file.execute(
        "CREATE TABLE kept AS SELECT * FROM alarms WHERE CAST(substr(subject, 3) AS int) <= :most", {"most": MOST_DUE}
    )
    file.execute("COMMIT")


def _reset(file: sqlite3.Connection, due: int) -> None:
    """The first `due` items have their alarms as they were sown, the rest of MOST_DUE none; nothing has been told."""
    file.execute("BEGIN IMMEDIATE")
    file.execute("DELETE FROM alarms WHERE subject IN (SELECT subject FROM kept)")
    file.execute("INSERT INTO alarms SELECT * FROM kept WHERE CAST(substr(subject, 3) AS int) <= :due", {"due": due})
    file.execute("DELETE FROM outbox")
    file.execute("DELETE FROM outbox_subjects")
    file.execute("COMMIT")


def _bare(file: sqlite3.Connection) -> Took:
    """To write once more, in one commit, what the tick has written."""
    left = {
        table: file.execute(f"SELECT * FROM {table} {where}").fetchall()
        for table, where in (("outbox", ""), ("outbox_subjects", ""), ("alarms", "WHERE rung_at IS NOT NULL"))
    }

    def write() -> None:
        file.execute("BEGIN IMMEDIATE")
        for table, rows in left.items():
            file.executemany(f"REPLACE INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
        file.execute("COMMIT")

    return timed(write)
