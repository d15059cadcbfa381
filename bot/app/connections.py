"""Looks every few seconds whether a connection of a messenger was cut off or works again, and has the admins told, once."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from bot.announcements import Desk, announce_turns
from bot.clock import Clock
from bot.logs import get_logger
from bot.messenger import Connecting, Connection, Messenger
from bot.operations.connections import Turn, found
from bot.store import Records, Store, Unavailable
from bot.workplace import Workplace

log = get_logger()

EVERY = 5.0
"""Seconds."""


class Connections:
    """Of one process; what is told is agreed upon in the database. `wake` is delivery's."""

    def __init__(
        self, store: Store, workplace: Workplace, clock: Clock, messengers: Mapping[str, Messenger],
        wake: Callable[[], None],
    ) -> None:  # fmt: skip
        self._store = store
        self._workplace = workplace
        self._clock = clock
        self._messengers = messengers
        self._wake = wake
        self._seen: Mapping[str, Sequence[Connection]] | None = None

    async def watch(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.look()
            except Unavailable as fault:
                log.warning("connections could not be looked at", reason=str(fault))
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Once; asks the database only when something has changed. Raises Unavailable."""
        seen = {name: _of(messenger) for name, messenger in self._messengers.items()}
        if seen == self._seen:
            return
        turns = await self._store.write(lambda records: self._turned(records, seen))
        self._seen = seen
        for turn in turns:
            log.warning("a connection has turned", connection=turn.connection.name, reason=turn.connection.fault)
        if turns:
            self._wake()

    def _turned(self, records: Records, seen: Mapping[str, Sequence[Connection]]) -> list[Turn]:
        turns = found(records, seen)
        announce_turns(records, turns, Desk(records.people.directory(), self._workplace), self._clock.now())
        return turns


def _of(messenger: Messenger) -> tuple[Connection, ...]:
    return tuple(messenger.connections()) if isinstance(messenger, Connecting) else ()
