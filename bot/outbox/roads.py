"""Which way is open: one held destination holds nobody else, a messenger that keeps failing is left alone for a while.

Lapses are measured on the monotonic clock. A hold also ends when the workplace's clock has passed it, so that the time
machine does not wait in real time; a try that comes too early costs one refusal, no message.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import blake2s
from typing import NamedTuple

from msgspec import Struct, field

from bot.clock import Clock

FAULTS = 5
"""So many destinations that fail with no success between, and the messenger itself is taken to be in trouble."""
FIRST_PAUSE, LONGEST = 2.0, 900.0
"""Seconds: what a pause grows from and to (A4 row 16)."""
DOUBLINGS = 10
"""More lead no further, and a thousand, which an outage of some days brings, are more than a float holds."""
PROBE = 5.0
"""Seconds that the others wait for the one that tries whether a messenger is back."""


class Road(NamedTuple):
    """The way to one person's account or one room, or to a conversation that is updated. A tuple: it is looked up a dozen
    times for each message, and the hash of a dataclass is Python's own."""

    messenger: str
    destination: str


class Pace(Struct, frozen=True):
    """Most messages a second, to one destination and over a messenger; what its makers allow. Default: no limit.

    `remembers`: how long the messenger's side knows a key; None: the adapter finds out at any time. `spread`: over how
    long what is set for a full or half hour goes out to people, because everybody's reminders are set for those."""

    per_destination: float = float("inf")
    per_messenger: float = float("inf")
    remembers: timedelta | None = None
    spread: timedelta = timedelta(0)


class Hold(Struct):
    """Closed until both clocks' moments; the one that is reached first ends it."""

    ticks: float = 0.0
    moment: datetime | None = None

    def left(self, ticks: float, now: datetime) -> float:
        """Seconds that are still to wait."""
        by_clock = (self.moment - now).total_seconds() if self.moment else 0.0
        return max(0.0, min(self.ticks - ticks, by_clock))


class Circuit(Struct):
    """How a messenger is doing: which roads have failed since something arrived, how many pauses that has cost, the
    present one, and who tries (or tried last) whether it is over."""

    failed: set[Road] = field(default_factory=set)
    pauses: int = 0
    pause: Hold = field(default_factory=Hold)
    probing: bool = False
    prober: Road | None = None

    @property
    def open(self) -> bool:
        return len(self.failed) >= FAULTS


class Roads(Struct):
    """Asked before each message. `paces` by messenger; `ticks` and `jitter` (0 … 1) are given by tests."""

    clock: Clock
    paces: Mapping[str, Pace]
    ticks: Callable[[], float]
    jitter: Callable[[], float]
    _held: dict[Road, Hold] = field(default_factory=dict)
    _circuits: defaultdict[str, Circuit] = field(default_factory=lambda: defaultdict(Circuit))
    _free: dict[Road | str, float] = field(default_factory=dict)

    def forgotten(self, messenger: str, since: datetime | None) -> bool:
        """Whether a try that began then, and may have arrived, can no longer be recognised there."""
        remembers = self.paces.get(messenger, Pace()).remembers
        return remembers is not None and since is not None and self.clock.now() - since > remembers

    def spread(self, road: Road, moment: datetime) -> datetime:
        """When what is set for `moment` goes out there: behind a full or half hour each destination has a place of its
        own, where all that it is sent keeps its order; at once for any other moment."""
        within = self.paces.get(road.messenger, Pace()).spread
        if not within or moment.minute % 30 or moment.second or moment.microsecond:
            return moment
        place = blake2s(road.destination.encode(), digest_size=4).digest()
        return moment + within * (int.from_bytes(place) / 2**32)

    def closed(self, road: Road) -> float:
        """Seconds until something may be tried there again; 0: now. After a messenger's pause one tries, others wait."""
        ticks, now = self.ticks(), self.clock.now()
        held, circuit = self._held.get(road), self._circuits[road.messenger]
        wait = max(held.left(ticks, now) if held else 0.0, circuit.pause.left(ticks, now))
        if wait > 0:
            return wait
        self._held.pop(road, None)
        return self._probe(road, circuit) if circuit.open else 0.0

    def _probe(self, road: Road, circuit: Circuit) -> float:
        """The first after a pause tries; who tried in vain the last time lets others go first."""
        if circuit.prober == road and not circuit.probing:
            circuit.prober = None
            return PROBE
        circuit.pause, circuit.probing, circuit.prober = self._until(PROBE), True, road
        return 0.0

    def turn(self, road: Road, patience: float) -> float:
        """Seconds to wait for this message's turn at the pace; one that is more than `patience` away is not taken."""
        pace = self.paces.get(road.messenger, Pace())
        ticks = self.ticks()
        wait = max(self._free.get(road, 0.0), self._free.get(road.messenger, 0.0), ticks) - ticks
        if wait <= patience:
            self._free[road] = ticks + wait + 1 / pace.per_destination
            self._free[road.messenger] = ticks + wait + 1 / pace.per_messenger
        if len(self._free) > 10_000:
            self._free = {key: free for key, free in self._free.items() if free > ticks}
        return wait

    def worked(self, road: Road) -> None:
        """A message arrived: the messenger is well."""
        self._circuits.pop(road.messenger, None)

    def hold(self, road: Road, seconds: float, *, well: bool = False) -> float:
        """The messenger asks to try this destination later; returns for how long it is held. `well`: that says nothing
        against the messenger."""
        wait = min(LONGEST, max(seconds, 0.1)) * (1 + self.jitter() / 10)
        self._held[road] = self._until(wait)
        if not well:
            self._fault(road)
        return wait

    def failed(self, road: Road, tries: int) -> float:
        """Something else went wrong on the way; returns in how many seconds this message is worth another try."""
        self._fault(road)
        return self.backoff(tries)

    def backoff(self, tries: int) -> float:
        """Exponential with full jitter, never at once."""
        return FIRST_PAUSE + self.jitter() * min(LONGEST, FIRST_PAUSE * 2.0 ** min(tries, DOUBLINGS))

    def _fault(self, road: Road) -> None:
        circuit = self._circuits[road.messenger]
        circuit.failed.add(road)
        echo = circuit.pause.left(self.ticks(), self.clock.now()) > 0 and not circuit.probing
        if circuit.open and not echo:  # an echo was under way when the pause began
            circuit.pause, circuit.probing = self._until(self.backoff(circuit.pauses)), False
            circuit.pauses += 1

    def _until(self, seconds: float) -> Hold:
        return Hold(self.ticks() + seconds, self.clock.now() + timedelta(seconds=seconds))
