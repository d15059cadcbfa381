"""`bihuan check`: everything that would keep the workplace from running well, named at once."""

import asyncio
import errno
import os
import socket
from datetime import date
from pathlib import Path

from adapters import ExaminesKept, Finding, messenger
from bot.app.lock import Held
from bot.cli.opening import alone, opened
from bot.cli.terminal import DONE, FAILED, MISUSED, ends, settings, terminal
from bot.clock import SystemClock
from bot.config import BadConfig, Settings, near_misses
from bot.messenger import Connection
from bot.operations.connections import standing
from bot.reports.fonts import faces
from bot.store import Broken, Store, Unavailable
from storage import beside


@ends
def check(config: Path | None) -> int:
    """Exit code 0 when nothing is wrong (notes may be said), 1 when something outside the configuration is, 2 for it."""
    try:
        given = settings(config)
    except BadConfig as bad:
        for fault in bad.faults:
            terminal.line(f"✗ {terminal.fault(fault)}")
        terminal.complain("check-config", faults=len(bad.faults))
        return MISUSED
    file = given.database.file
    made = file is not None and not file.exists()
    broken, connections = _database(given)
    findings = asyncio.run(_messengers(given, kept=not broken))
    faults = [*broken, *_port(given), *_face(given), *(_said(one) for one in findings if one.fault)]
    for line in faults:
        terminal.line(f"✗ {line}")
    for note in (
        *_new(file if made else None),
        *_notes(given),
        *map(_cut_off, connections),
        *(_said(one) for one in findings if not one.fault),
    ):
        terminal.line(f"· {note}")
    if not faults:
        terminal.say("check-fine")
    return FAILED if faults else DONE


async def _messengers(given: Settings, *, kept: bool) -> list[Finding]:
    """What each connected messenger says of itself, and of what it keeps where there is a database."""
    clock = SystemClock()
    packages = [(messenger(name), getattr(given, name)) for name in given.messengers]
    asked = [package.examine(section, clock) for package, section in packages]
    if kept:
        engine = beside(given.database.url.get_secret_value())
        keeping = [(package, section) for package, section in packages if isinstance(package, ExaminesKept)]
        asked += [package.examine_kept(section, clock, engine) for package, section in keeping]
    return [one for found in await asyncio.gather(*asked) for one in found]


def _cut_off(one: Connection) -> str:
    """What the running workplace has found, and told the admins."""
    return terminal.words("check-cut-off", name=one.name, reason=one.fault, since=f"{one.at:%Y-%m-%d %H:%M} UTC")


def _said(found: Finding) -> str:
    return terminal.words(found.text, **found.args)


def _database(given: Settings) -> tuple[list[str], list[Connection]]:
    """What is wrong with it (reachable, of this version, writable), and the connections that it says are cut off."""
    try:
        return [], asyncio.run(_tried(opened(given)))
    except (Broken, Unavailable) as fault:
        return [terminal.words("cli-database", reason=str(fault))], []


async def _tried(store: Store) -> list[Connection]:
    try:
        await store.write(lambda records: records.settings.put("check", "check", ""))
        return [one for one in await store.read(standing) if one.fault]
    finally:
        await store.close()


def _port(given: Settings) -> list[str]:
    """A port that somebody chose must be free, unless it is the workplace itself that has it."""
    if not given.port_chosen:
        return []
    host, port = given.server.host, given.server.port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            if os.name == "posix":
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
    except OSError as fault:
        if _is_served(given):
            return []
        return [terminal.words(_why_not(fault), host=host, port=str(port), reason=fault.strerror or str(fault))]
    return []


def _why_not(fault: OSError) -> str:
    """The sentence that says which of host and port is to be changed."""
    if isinstance(fault, socket.gaierror) or fault.errno == errno.EADDRNOTAVAIL:
        return "check-host"
    return "check-privilege" if fault.errno == errno.EACCES else "check-port"


def _new(file: Path | None) -> list[str]:
    """Where a database was made: somebody may have meant another one, in another folder."""
    return [terminal.words("check-new", file=str(file.absolute()))] if file is not None and file.exists() else []


def _is_served(given: Settings) -> bool:
    """Whether a process serves the SQLite file; on PostgreSQL nothing tells."""
    try:
        with alone(given):
            return False
    except Held:
        return True
    except OSError:  # said of the database by then
        return False


def _face(given: Settings) -> list[str]:
    """A face that somebody chose for PDFs must be one."""
    if not given.meetings.font:
        return []
    from bot.reports.fonts import NoSuchFace, at_home, cut

    try:
        cut(at_home(given.meetings.font), "纪要", given.workplace.language)
    except NoSuchFace as fault:
        return [terminal.words("check-font", reason=str(fault))]
    return []


def _notes(given: Settings) -> list[str]:
    """What is allowed and yet worth knowing."""
    core, notes = given.core(), []
    notes += [terminal.words("check-variable", name=name, meant=meant) for name, meant in near_misses()]
    year = SystemClock().now().astimezone(core.zone).year + 1
    if not core.calendar.confirmed(date(year, 1, 4)):
        notes.append(terminal.words("check-calendar", year=str(year)))
    if not core.admins:
        notes.append(terminal.words("check-no-admin"))
    if not given.meetings.font and faces() is None:
        notes.append(terminal.words("check-no-face"))
    return notes
