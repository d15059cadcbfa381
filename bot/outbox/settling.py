"""How each message ended, written down: whatever waits goes into one transaction, each row by itself with its token. What
cannot be written takes none of the others along."""

import asyncio
from collections.abc import Callable, Sequence

from msgspec import Struct, field

from bot.logs import get_logger
from bot.store import Records, Store, Unavailable

log = get_logger()

Settle = Callable[[Records], None]
"""Writes one ending. May be run again from the start, so it touches nothing but its records."""

TOGETHER = 100
AGAIN_AFTER = 1.0
TRIES = 20
"""So many seconds a database may be away; then the leases run out and the adapters find out what had arrived."""


class Settlements(Struct):
    """Endings that wait to be written; `written` is called after each transaction."""

    store: Store
    written: Callable[[], None]
    _waiting: list[Settle] = field(default_factory=list)
    _writing: asyncio.Task[None] | None = None

    def add(self, settle: Settle) -> None:
        """Queues an ending; it is written soon."""
        self._waiting.append(settle)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def all(self) -> None:
        """Waits until everything queued so far is written."""
        while self._writing is not None and not self._writing.done():
            await asyncio.wait({self._writing})

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            if not await self._kept(batch):
                for settle in batch:
                    await self._kept([settle])
            self.written()

    async def _kept(self, batch: Sequence[Settle]) -> bool:
        """Whether it was written, or given up on; a bug of ours in one of several is looked for by writing each by itself."""
        (fault,) = await asyncio.gather(self._together(batch), return_exceptions=True)
        if fault is not None and len(batch) == 1:
            log.error("a delivery cannot be written down", exc_info=fault)
        return fault is None

    async def _together(self, batch: Sequence[Settle]) -> None:
        def settle_all(records: Records) -> None:
            for settle in batch:
                settle(records)

        for _ in range(TRIES):
            try:
                return await self.store.write(settle_all)
            except Unavailable as fault:
                log.warning("deliveries not written down yet", rows=len(batch), reason=str(fault))
                await asyncio.sleep(AGAIN_AFTER)
        log.error("deliveries not written down; their leases run out", rows=len(batch))
        return None
