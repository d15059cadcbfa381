"""`bihuan import people`: read the file, show what it would do and what is wrong, then write it whole or not at all."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from adapters import OWN
from adapters.sections import MESSENGERS
from bot.cli import roster
from bot.cli.opening import opened
from bot.cli.roster import Plan
from bot.cli.sheet import Row, Unreadable, Wrong, read
from bot.cli.terminal import DONE, FAILED, Stopped, ends, settings, terminal
from bot.clock import SystemClock
from bot.config import Settings
from bot.people import Person
from bot.store import Records, Store

_SHOWN = 200
_COLUMNS = ("name", "email", "department", "head", "timezone", "language", "accounts")


@ends
def import_people(file: Path, config: Path | None, *, yes: bool) -> int:
    """Exit code 1 when a row is wrong or nobody said yes: then nothing was written."""
    given = settings(config)
    try:
        rows, wrong = read(_content(file), (*OWN, *MESSENGERS))
    except Unreadable as fault:
        raise Stopped(fault.text, file=str(file)) from None
    return asyncio.run(_brought_in(given, rows, wrong, yes=yes))


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise Stopped("cli-unreadable", file=str(file), reason=fault.strerror or str(fault)) from None


async def _brought_in(given: Settings, rows: list[Row], wrong: list[Wrong], *, yes: bool) -> int:
    store = opened(given)
    try:
        directory = await store.read(lambda records: records.people.directory())
        wrong = sorted([*wrong, *roster.contradictions(rows, directory)], key=lambda one: one.row)
        plans = roster.plan(rows, directory)
        _show(plans, wrong)
        if wrong:
            terminal.complain("import-nothing-written", wrong=len(wrong))
            return FAILED
        if not any(one.known is None or one.changes for one in plans):
            await store.write(lambda records: roster.confirm(records, rows))
            terminal.say("import-no-change")
            return DONE
        if not yes and not terminal.asked("import-ask"):
            terminal.complain("import-not-confirmed")
            return FAILED
        return await _written(store, given, rows)
    finally:
        await store.close()


async def _written(store: Store, given: Settings, rows: list[Row]) -> int:
    core, now = given.core(), SystemClock().now()

    def work(records: Records) -> list[tuple[Person | None, Person]]:
        return roster.write(records, rows, core, now)

    saved = await store.write(work)
    terminal.say("import-written", people=len(saved), new=sum(before is None for before, _ in saved))
    return DONE


def _show(plans: Sequence[Plan], wrong: Sequence[Wrong]) -> None:
    """The preview: counts first, then the rows, then what is wrong; of headings alone only that."""
    words = terminal.words
    if plans:
        _show_rows(plans)
    for one in wrong:
        column = words("import-in-column", column=one.column) if one.column else ""
        terminal.line(words("import-wrong", row=one.row, column=column, what=words(one.text, **one.args)))


def _show_rows(plans: Sequence[Plan]) -> None:
    words = terminal.words
    new = sum(plan.known is None for plan in plans)
    changed = sum(bool(plan.known and plan.changes) for plan in plans)
    terminal.say("import-counts", rows=len(plans), new=new, changed=changed, same=len(plans) - new - changed)
    table = Table("", words("import-row"), *(words(f"import-column-{name}") for name in _COLUMNS))
    for plan in plans[:_SHOWN]:
        table.add_row(_fate(plan), str(plan.row.number), *(_cell(plan, name) for name in _COLUMNS))
    terminal.out.print(table)
    if len(plans) > _SHOWN:
        terminal.say("import-more", more=len(plans) - _SHOWN)


def _fate(plan: Plan) -> str:
    if plan.known is None:
        return terminal.words("import-new")
    return terminal.words("import-update" if plan.changes else "import-same")


def _cell(plan: Plan, name: str) -> str:
    """The cell as it was read; a changed one is marked."""
    row = plan.row
    if name == "accounts":
        shown = "; ".join(f"{account.messenger}:{account.user_id}" for account in row.accounts)
    elif name == "head":
        shown = terminal.words("import-yes") if row.head else row.headed_by
    else:
        shown = str(getattr(row, name))
    return f"→ {shown}" if name in plan.changes else shown
