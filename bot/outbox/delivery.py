"""The pump of the outbox: claim a few rows, make their cards, post them, settle each by itself.

| how it ended            | what becomes of the row                                                                     |
|-------------------------|---------------------------------------------------------------------------------------------|
| posted, updated         | posted                                                                                      |
| nothing left to say     | moot (a message that stands is left as it stands); so is a nicety that is spared (sparing.py) |
| TryLater(s)             | later; this destination, and only it, is held for s seconds (`unclear`: then one looks first) |
| Undeliverable           | dead; the admins hear of it (bot/announcements). An update that is refused is let be         |
| Uncertain               | uncertain, never sent again blindly; the admins hear of it                                  |
| anything else, our bug  | logged with the row's number; later with backoff; after MOST_TRIES dead, and the admins hear |

A row that was claimed before is posted with `again`: an earlier try may have arrived, and the adapter finds out. Messages
to one destination keep their order (but for what a sparing messenger may put together); different destinations do not
wait for each other.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from bot.announcements import undelivered, unsure
from bot.cards import Card
from bot.clock import Clock
from bot.errors import TryLater, Uncertain, Undeliverable
from bot.logs import get_logger
from bot.messenger import Messenger, Posted
from bot.outbox.making import Letter, Maker, Moments
from bot.outbox.roads import Pace, Road, Roads
from bot.outbox.settling import Settlements
from bot.outbox.sparing import left_out, together
from bot.people import Room
from bot.store import Fate, Notice, Records, Store, Unavailable
from bot.views.notices import MOMENTS
from bot.workplace import Workplace

log = get_logger()

BATCH = 20
IN_FLIGHT = 60
LEASE = timedelta(seconds=60)
"""Longer than the adapters' HTTP timeout (30 s) and than HANGS: what is in flight has ended before somebody else tries."""
HANGS = 45.0
"""Seconds after which an adapter that never returns is given up on."""
GATHERING = timedelta(minutes=1)
"""What the night has held back of a reminder waits this long for the morning's own."""
PATIENCE = 5.0
"""A message whose turn at the pace is further away goes back to the outbox, so that it stands in nobody's way."""
GRACE = 10.0
MOST_TRIES = 5
LONGEST_SLEEP = 5.0
"""Seconds between looks at the outbox: another process may have written."""


class Delivery:
    """Delivers what the outbox holds: `run` for ever, `drain` what is due by a moment. One for each process.

    `paces` by messenger, `translating` those whose clients choose a room card's language, `moments` the views, `ticks`
    seconds of the monotonic clock, `jitter` a number 0 … 1."""

    def __init__(
        self,
        store: Store,
        workplace: Workplace,
        clock: Clock,
        messengers: Mapping[str, Messenger],
        *,
        paces: Mapping[str, Pace] | None = None,
        translating: Collection[str] = (),
        moments: Moments = MOMENTS,
        ticks: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.store = store
        self.clock = clock
        self.messengers = messengers
        self.roads = Roads(clock, paces or {}, ticks, jitter)
        self._maker = Maker(store, workplace, moments, messengers, translating)
        self._settlements = Settlements(store, self.wake)
        self._awake = asyncio.Event()
        self._claiming = asyncio.Lock()
        self._flights: set[asyncio.Task[None]] = set()
        self._last: dict[Road, asyncio.Task[None]] = {}
        self._bugs: Counter[int] = Counter()
        self._stopping = False
        self._settled = 0

    def wake(self) -> None:
        """Something was committed that may be due: looks at once. Call it on the loop's thread."""
        self._awake.set()

    def stop(self) -> None:
        """Asks `run` to end: nothing new is begun."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """Until stopped or cancelled; then what is in flight has GRACE seconds, the rest goes back to the outbox."""
        self._stopping = False
        try:
            while not self._stopping:
                await self._once()
        finally:
            self._stopping = True
            await self._finish()

    async def drain(self, until: datetime) -> int:
        """Delivers everything due by `until` (not later than now) and returns how many rows were settled meanwhile."""
        before = self._settled
        while await self._take(min(until, self.clock.now())):
            await self._landed()
        await self._landed()
        return self._settled - before

    async def _once(self) -> None:
        """One look at the outbox; sleeps when nothing is due."""
        self._awake.clear()
        try:
            if await self._take(self.clock.now()) == 0:
                await self._sleep()
        except Unavailable as fault:
            log.warning("the outbox cannot be read", reason=str(fault))
            await self._awoken(1.0)

    async def _sleep(self) -> None:
        following = await self.store.read(lambda records: records.outbox.next_at())
        wait = (following - self.clock.now()).total_seconds() if following else LONGEST_SLEEP
        await self._awoken(min(max(wait, 0.05), LONGEST_SLEEP))

    async def _awoken(self, seconds: float) -> None:
        # Not wait_for: before Python 3.12 it swallows a cancellation that comes in the moment of waking, and `run` never ends.
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._awake.wait()

    async def _take(self, now: datetime) -> int:
        """Claims what there is room for, and sets it off."""
        async with self._claiming:
            while len(self._flights) >= IN_FLIGHT:
                await asyncio.wait(self._flights, return_when=asyncio.FIRST_COMPLETED)
            limit = min(BATCH, IN_FLIGHT - len(self._flights))
            rows = await self.store.write(lambda records: records.outbox.claim(now, limit, LEASE))
            for letter in await self._maker.letters(rows, now) if rows else ():
                self._send(letter)
            return len(rows)

    def _send(self, letter: Letter) -> None:
        """Sets a letter off behind the one before it on the same road; also behind itself, when a jump of the clock has
        ended its lease early: then it finds that it has arrived."""
        beside = together(letter.row, self.messengers.get(letter.road.messenger))
        flight = asyncio.create_task(self._carry(letter, None if beside else self._last.get(letter.road)))
        self._last[letter.road] = flight
        self._flights.add(flight)
        flight.add_done_callback(partial(self._arrived, letter))

    def _arrived(self, letter: Letter, flight: asyncio.Task[None]) -> None:
        """Before whoever waits for this flight goes on; one that was cancelled is left to its lease."""
        self._flights.discard(flight)
        if self._last.get(letter.road) is flight:
            del self._last[letter.road]
        if not flight.cancelled() and (fault := flight.exception()):
            self._fell(letter, fault)

    async def _landed(self) -> None:
        while self._flights:
            await asyncio.wait(self._flights)
        await self._settlements.all()

    async def _carry(self, letter: Letter, before: asyncio.Task[None] | None) -> None:
        """One letter to its end. What is raised on the way, whatever it is, ends the flight: `_fell` tells the families apart."""
        if before is not None:
            await asyncio.wait({before})
        if letter.card is None:
            return self._unsent(letter)
        if left_out(letter.row, self.messengers.get(letter.road.messenger)):
            return self._close(letter, Fate.MOOT, "left out: calls are spared", [])
        quiet = self._quiet(letter)
        if quiet > 0:
            return self._later(letter, quiet, "quiet hours")
        place = self._place(letter)
        if place > 0:
            return self._later(letter, place, "spread over the first minutes")
        closed = self.roads.closed(letter.road)
        wait = closed or self.roads.turn(letter.road, PATIENCE)
        if closed or wait > PATIENCE or self._stopping:
            return self._later(letter, wait, "held back")
        if wait > 0:
            await asyncio.sleep(wait)
        posted = await self._tried(letter, letter.card)
        self.roads.worked(letter.road)
        return self._stands(letter, posted)

    def _quiet(self, letter: Letter) -> float:
        """T3: seconds until this person may be written to, when the message's own hour has passed (an outage, a messenger
        that was down) and the night has come. A change in place disturbs nobody, a room is no direct message."""
        notice, now = letter.row.notice, self.clock.now()
        if isinstance(notice.to, Room) or notice.urgent or letter.row.posted is not None:
            return 0.0
        heard = letter.desk.audible(now, notice.to)
        if heard > now and notice.moment == "reminder":  # the morning's own takes its lines along (bot/jobs/ring.py)
            heard = max(heard, letter.desk.morning(heard, notice.to) + GATHERING)
        return (heard - now).total_seconds()

    def _place(self, letter: Letter) -> float:
        """Seconds until this message's place behind the hour that it is set for; what says nothing afterwards (urgent), a
        room that reads it together and a change in place are not spread."""
        notice = letter.row.notice
        if isinstance(notice.to, Room) or notice.urgent or letter.row.posted is not None:
            return 0.0
        return (self.roads.spread(letter.road, notice.not_before) - self.clock.now()).total_seconds()

    async def _tried(self, letter: Letter, card: Card) -> Posted:
        """Posts or updates, in HANGS seconds or not at all. In the flight's own task: one more for each message, waited for,
        cost 12 of its 130 µs."""
        try:
            async with asyncio.timeout(HANGS) as limit:
                return await self._call(letter, card)
        except TimeoutError as fault:
            raise (TimeoutError(f"no answer within {HANGS:g} s") if limit.expired() else fault) from None

    async def _call(self, letter: Letter, card: Card) -> Posted:
        row, messenger = letter.row, self.messengers.get(letter.road.messenger)
        if messenger is None:  # an update; a new message goes where somebody is connected, or is no letter at all
            raise Undeliverable(f"{letter.road.messenger} is not connected")
        if row.posted is not None:
            await messenger.update(row.posted, card)
            return row.posted
        assert letter.to is not None
        if row.attempts > 0 and self.roads.forgotten(messenger.name, row.first_tried_at):
            raise Uncertain("it is too long ago to find out whether it arrived")
        return await messenger.post(letter.to, card, key=row.notice.key, again=row.attempts > 0)

    def _fell(self, letter: Letter, fault: BaseException) -> None:
        match fault:
            case TryLater():
                self._later(letter, self._hold(letter, fault), _legible(str(fault)), unclear=fault.unclear)
            case Undeliverable(reason=reason):
                self._dead(letter, _legible(reason))
            case Uncertain(reason=reason):
                self._uncertain(letter, _legible(reason))
            case _:
                self._failed(letter, fault)

    def _hold(self, letter: Letter, fault: TryLater) -> float:
        """Seconds until this message is tried again; until then its destination is held, but for a sparing messenger that
        only gathers: it says so of each message, and what is urgent goes."""
        if fault.well and together(letter.row, self.messengers.get(letter.road.messenger)):
            return fault.seconds
        return self.roads.hold(letter.road, fault.seconds, well=fault.well)

    def _unsent(self, letter: Letter) -> None:
        """There was no card to send: nobody to send it to, a view that failed, or nothing left to say."""
        if isinstance(letter.fault, BaseException):
            self._failed(letter, letter.fault)
        elif letter.row.posted is not None:
            self._stands(letter, letter.row.posted)
        elif letter.fault:
            self._dead(letter, letter.fault)
        else:
            self._close(letter, Fate.MOOT, "nothing left to say", [])

    def _stands(self, letter: Letter, posted: Posted) -> None:
        self._bugs.pop(letter.row.id, None)
        self._settled += 1
        row, now = letter.row, self.clock.now()

        def settle(records: Records) -> None:
            records.outbox.posted(row, posted, now)

        self._settlements.add(settle)

    def _later(self, letter: Letter, seconds: float, reason: str, *, unclear: bool = False) -> None:
        row, at = letter.row, self.clock.now() + timedelta(seconds=seconds)

        def settle(records: Records) -> None:
            records.outbox.later(row, at, reason, unclear=unclear)

        self._settlements.add(settle)

    def _dead(self, letter: Letter, reason: str) -> None:
        if letter.row.posted is not None:  # too old to update, deleted: what was said stays said
            log.info("not updated", row=letter.row.id, reason=reason)
            return self._stands(letter, letter.row.posted)
        log.warning("undeliverable", row=letter.row.id, key=letter.row.notice.key, reason=reason)
        told = undelivered(letter.row.notice, reason, letter.actions, letter.desk, self.clock.now())
        return self._close(letter, Fate.DEAD, reason, told)

    def _uncertain(self, letter: Letter, reason: str) -> None:
        if letter.row.posted is not None:  # an update may be made twice
            return self._later(letter, self.roads.failed(letter.road, letter.row.attempts), reason, unclear=True)
        log.warning("uncertain", row=letter.row.id, key=letter.row.notice.key, reason=reason)
        told = unsure(letter.row.notice, reason, letter.desk, self.clock.now())
        return self._close(letter, Fate.UNCERTAIN, reason, told)

    def _failed(self, letter: Letter, fault: BaseException) -> None:
        """Our bug, in an adapter or a view: the row is tried again for a while, the others flow."""
        row, reason = letter.row, _legible(f"{type(fault).__name__}: {fault}")
        self._bugs[row.id] += 1
        if self._bugs[row.id] == 1:
            log.error("delivery failed", row=row.id, key=row.notice.key, exc_info=fault)
        if self._bugs[row.id] >= MOST_TRIES:
            del self._bugs[row.id]
            return self._dead(letter, reason)
        made = letter.card is not None  # a view's fault says nothing about the road
        wait = self.roads.failed(letter.road, row.attempts) if made else self.roads.backoff(row.attempts)
        return self._later(letter, wait, reason, unclear=True)

    def _close(self, letter: Letter, fate: Fate, reason: str, told: list[Notice]) -> None:
        row, now = letter.row, self.clock.now()
        self._settled += 1

        def settle(records: Records) -> None:
            if records.outbox.close(row, fate, reason, now):
                records.outbox.add(told)

        self._settlements.add(settle)

    async def _finish(self) -> None:
        """Waits for what is in flight; what takes longer is left to its lease, for it may have arrived."""
        if self._flights:
            await asyncio.wait(self._flights, timeout=GRACE)
        for flight in self._flights:
            flight.cancel()
        await self._landed()


def _legible(reason: str) -> str:
    """A messenger's own words, without what no database takes."""
    return reason.replace("\0", "").encode(errors="replace").decode()
