"""A typed command through dispatch to the durable commit, beside the same records and beside the same bare rows.

Each on a file of its own, in turn: `rows`, sqlite3 alone writing the rows that one such command left; `records`, the store
making the same calls without grammar, rules and views; `dispatch`, everything.
"""

import sqlite3
import time
from collections.abc import Callable, Coroutine
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from bot.announcements import notices
from bot.domain.action import Verb
from bot.domain.alarms import moments
from bot.domain.facts import Changed
from bot.people import Place
from bot.store import Entry, Records
from storage.opening import address
from storage.sqlite import connect
from tests.benchmarks.figures import Load, Table, Watch, callers, met, middle, ms, ratio, rounds
from tests.benchmarks.firm import NOW, Firm, item

ADD = "/action add 整理第{n}份客户访谈纪要 @同事{owner:04} 下周五前 标准：包含一级响应机制"
NOTE = "/action note A-{n} 第{k}版已发给客户"
ITEMS = 500
"""Recorded beforehand by the first person, to note something on."""
OWNERS = 140
"""Whom the callers give items to, in turn; the people after them are left for `grown`."""
TARGETS = {1: "p50 ≤ 1 ms", 32: "≥ 3,000/s, p50 ≤ 10, p99 ≤ 60 ms"}

Row = dict[str, Any]


def run(folder: Path, *, quick: bool) -> list[Table]:
    """Both verbs, at one caller and at 32."""
    sizes = {1: 20, 32: 160} if quick else {1: 400, 32: 3_200}
    table = Table(
        "A command, from the typed line to the durable commit (SQLite file, synchronous=FULL)",
        ("command", "callers", "by", "/s", "p50 ms", "p99 ms", "CPU ms", "to rows", "target", "met"),
        note="`rows`: sqlite3 alone writes the same rows, as many commands in a commit as there are callers. `records`: "
        "the store makes the same calls, without grammar, rules and views. `dispatch`: everything.",
    )
    house = House(folder)
    for verb in ("add", "note"):
        for many, total in sizes.items():
            found = rounds(1 if quick else 3, house.ways(verb, many, total))
            for name, loads in found.items():
                _add(table, (verb, str(many), name), loads, found["rows"], TARGETS[many] if name == "dispatch" else "")
    grown = house.grown((0, 10, 20) if quick else (0, 100, 300))
    house.close()
    return [table, grown]


def _add(table: Table, names: tuple[str, str, str], loads: list[Load], floor: list[Load], target: str) -> None:
    rate, p50, p99, cpu = (
        middle(loads, figure) for figure in (_rate, lambda one: one.ms(50), lambda one: one.ms(99), _cpu)
    )
    within = met(p50 <= 1) if names[1] == "1" else met(rate >= 3_000, p50 <= 10, p99 <= 60)
    figures = (f"{rate:,.0f}", f"{p50:.2f}", f"{p99:.2f}", ms(cpu), ratio(cpu, middle(floor, _cpu)))
    table.add(*names, *figures, target, within if target else "")


def _rate(load: Load) -> float:
    return load.rate


def _cpu(load: Load) -> float:
    return load.cpu


class House:
    """The three files, and how one `add` or `note` is done on each."""

    def __init__(self, folder: Path) -> None:
        self.whole, self.kept = Firm(folder, name="whole"), Firm(folder, name="records")
        self.numbers = count(10_000)
        for firm in (self.whole, self.kept):
            firm.record(item(n, 7, 1, 9) for n in range(ITEMS))
        self.whole.run(self.whole.says(0, NOTE.format(n=1, k=0)))  # it gets its alarms; later notes leave them alone
        before = _rows(self.whole)
        self.answer = self.whole.run(self.whole.says(0, ADD.format(n=0, owner=7)))
        added = _rows(self.whole)
        self.whole.run(self.whole.says(0, NOTE.format(n=1, k=1)))
        self.left = {"add": _new(before, added), "note": _new(added, _rows(self.whole))}
        self.action = self.whole.read(lambda records: records.actions.several([ITEMS + 1]))[ITEMS + 1]
        self.table, self.desk = self.whole.table, self.whole.desk
        self.bare = connect(address(f"sqlite:///{folder}/bare.db"))
        with closing(sqlite3.connect(self.whole.file)) as source:
            source.backup(self.bare)

    def close(self) -> None:
        self.whole.close()
        self.kept.close()
        self.bare.close()

    def ways(self, verb: str, many: int, total: int) -> dict[str, Callable[[], Load]]:
        """The same work three times over."""
        typed = {"add": self._types_add, "note": self._types_note}[verb]
        kept = {"add": self._keeps_added, "note": self._keeps_noted}[verb]
        return {
            "rows": lambda: self._writes(verb, many, total),
            "records": lambda: self.kept.run(
                callers(many, total, lambda caller, _: self.kept.store.write(lambda records: kept(records, caller)))
            ),
            "dispatch": lambda: self.whole.run(callers(many, total, lambda caller, _: typed(caller))),
        }

    def grown(self, steps: tuple[int, ...]) -> Table:
        """What one more `add` costs when the same person has given the same owner many already."""
        table = Table(
            "One more `/action add`, as open items from the same person to the same owner grow (one caller)",
            ("open items", "p50 ms", "CPU ms", "to the first"),
        )
        costs: list[float] = []
        for before, size in zip((0, *steps), steps, strict=False):
            self.whole.record(item(n, OWNERS + 6, OWNERS + 10, 9) for n in range(size - before))
            load = self.whole.run(callers(1, 20, lambda *_: self._types_add(OWNERS + 9, OWNERS + 5)))
            costs.append(load.cpu)
            table.add(str(size), f"{load.ms(50):.2f}", ms(load.cpu), ratio(costs[-1], costs[0]))
        return table

    def _types_add(self, caller: int, owner: int | None = None) -> Coroutine[Any, Any, object]:
        n = next(self.numbers)
        return self.whole.says(caller, ADD.format(n=n, owner=n % OWNERS if owner is None else owner))

    def _types_note(self, caller: int) -> Coroutine[Any, Any, object]:
        k = next(self.numbers)
        return self.whole.says(0, NOTE.format(n=1 + k % ITEMS, k=k))

    def _keeps_added(self, records: Records, caller: int) -> None:
        n, by = next(self.numbers), caller + 1
        records.people.directory()
        new = replace(self.action, number=0, owner=1 + n % OWNERS, assigner=by, tracker=by)
        records.history.last_by(by)
        self._keeps(records, Changed(Verb.ADD, None, records.actions.add(new), by, NOW), n)

    def _keeps_noted(self, records: Records, caller: int) -> None:
        n = next(self.numbers)
        records.people.directory()
        before = records.actions.get(1 + n % ITEMS)
        assert before is not None
        after = replace(before, note=f"第{n}版已发给客户", note_at=NOW, changed_at=NOW, version=before.version + 1)
        records.actions.save(after, before)
        self._keeps(records, Changed(Verb.NOTE, before, after, 1, NOW, after.note), n)

    def _keeps(self, records: Records, fact: Changed, n: int) -> None:
        """What every change keeps besides its item."""
        records.history.add(
            Entry(fact.subject, NOW, fact.by, str(fact.verb), fact.why, before=fact.before, after=fact.after)
        )
        if fact.before is None:
            records.alarms.add(moments(fact.after, NOW, self.table))
        else:
            records.outbox.refresh([fact.subject], NOW)
        records.outbox.add(notices(fact, self.desk))
        records.questions.close(fact.by, Place("paper"))
        records.inbox.add("paper", f"r{n}", NOW, self.answer)

    def _writes(self, verb: str, many: int, total: int) -> Load:
        """As many commands in one commit as there are callers: each waits for all of them."""
        written = [(table, row, _insert(table, row)) for table, rows in self.left[verb].items() for row in rows]
        each: list[float] = []
        watch = Watch()
        for _ in range(total // many):
            started = time.perf_counter()
            self.bare.execute("BEGIN IMMEDIATE")
            for n in (next(self.numbers) for _ in range(many)):
                for place, (table, row, insert) in enumerate(written):
                    self.bare.execute(insert, {**row, **_key(table, n if verb == "add" else 1 + n % ITEMS, n, place)})
            self.bare.execute("COMMIT")
            each += [time.perf_counter() - started] * many
        return Load(watch.took, tuple(each))


def _rows(firm: Firm) -> dict[str, list[Row]]:
    """Every row that a command can leave, by table."""
    with closing(sqlite3.connect(firm.file)) as file:
        file.row_factory = sqlite3.Row
        tables = ("actions", "history", "alarms", "outbox", "outbox_subjects", "inbox")
        return {table: [dict(row) for row in file.execute(f"SELECT * FROM {table}")] for table in tables}


def _new(before: dict[str, list[Row]], after: dict[str, list[Row]]) -> dict[str, list[Row]]:
    return {table: [row for row in rows if row not in before[table]] for table, rows in after.items()}


def _insert(table: str, row: Row) -> str:
    return f"INSERT OR REPLACE INTO {table} VALUES ({','.join(f':{name}' for name in row)})"


def _key(table: str, number: int, n: int, place: int) -> Row:
    """What makes the row one of another command's: item `number`, event and notice `n`."""
    keys: dict[str, Row] = {
        "actions": {"number": number},
        "history": {"id": None, "subject": f"A-{number}"},
        "alarms": {"subject": f"A-{number}"},
        "outbox": {"id": n * 10 + place, "key": f"k{n}-{place}"},
        "outbox_subjects": {"subject": f"A-{number}", "notice": n * 10 + place},
        "inbox": {"id": f"b{n}"},
    }
    return keys[table]
