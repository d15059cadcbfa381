"""How figures are taken and shown: interleaved rounds, medians of them, and tables that say which target was met.

Two clocks: the wall's, which a person feels and targets are judged by, and the processor time of all our threads, which
hardly changes when the machine is busy with something else. Ratios are of processor time.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Took:
    """Seconds of the wall's clock and of the processor."""

    wall: float
    cpu: float

    def __truediv__(self, count: int) -> "Took":
        return Took(self.wall / count, self.cpu / count)


@dataclass(frozen=True)
class Load:
    """One round of calls: what it took over all, and each call, in seconds of the wall's clock."""

    took: Took
    each: tuple[float, ...]

    @property
    def rate(self) -> float:
        return len(self.each) / self.took.wall

    @property
    def cpu(self) -> float:
        """Seconds of the processor for one call."""
        return self.took.cpu / len(self.each)

    def ms(self, percent: int) -> float:
        """The latency that so many percent of the calls stayed within, in milliseconds."""
        ranked = sorted(self.each)
        return 1000 * ranked[min(len(ranked) - 1, len(ranked) * percent // 100)]


@dataclass(frozen=True)
class Table:
    """One subject's figures. Rows are words; `note` says what a reader must know to understand them."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    note: str = ""

    def add(self, *words: str) -> None:
        self.rows.append((*words, *[""] * (len(self.columns) - len(words))))

    def __str__(self) -> str:
        """A Markdown table, aligned for whoever reads it as it is."""
        lines = [self.columns, *self.rows]
        widths = [max(len(line[place]) for line in lines) for place in range(len(self.columns))]
        shown = ["| " + " | ".join(_padded(line, widths)) + " |" for line in lines]
        rule = (
            "|" + "|".join("-" * (width + 1) + ("-" if place == 0 else ":") for place, width in enumerate(widths)) + "|"
        )
        told = [self.note, ""] if self.note else []
        return "\n".join([f"### {self.title}", "", shown[0], rule, *shown[1:], "", *told])


def rounds(count: int, variants: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
    """Every variant once in each round, in turn, so that whatever else the machine does meets all of them alike."""
    found: dict[str, list[T]] = {name: [] for name in variants}
    for _ in range(count):
        for name, run in variants.items():
            found[name].append(run())
    return found


class Watch:
    """Runs from the moment it is made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    @property
    def took(self) -> Took:
        return Took(time.perf_counter() - self._wall, time.process_time() - self._cpu)


def timed(run: Callable[[], object]) -> Took:
    """What it takes."""
    watch = Watch()
    run()
    return watch.took


async def callers(count: int, total: int, call: Callable[[int, int], Awaitable[object]]) -> Load:
    """`count` callers at once, who make `total` calls together: call(caller, number), each awaited before the next."""
    each: list[float] = []

    async def one(caller: int) -> None:
        for number in range(caller, total, count):
            begun = time.perf_counter()
            await call(caller, number)
            each.append(time.perf_counter() - begun)

    watch = Watch()
    await asyncio.gather(*(one(caller) for caller in range(count)))
    return Load(watch.took, tuple(each))


def middle(found: Sequence[T], figure: Callable[[T], float]) -> float:
    """The median round's figure."""
    return median(figure(one) for one in found)


def typical(found: Sequence[Took]) -> Took:
    """The medians of several rounds, each clock by itself."""
    return Took(median(one.wall for one in found), median(one.cpu for one in found))


def ms(seconds: float) -> str:
    """Milliseconds with as many digits as mean something."""
    value = 1000 * seconds
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 100 else f"{value:,.0f}"


def ratio(value: float, floor: float) -> str:
    """How many times the floor: 3.4×."""
    times = value / floor
    return f"{times:.2f}×" if times < 10 else f"{times:.0f}×"


def met(*conditions: bool) -> str:
    """Whether a target was."""
    return "yes" if all(conditions) else "no"


def _padded(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    first, *others = zip(line, widths, strict=True)
    return [first[0].ljust(first[1]), *(word.rjust(width) for word, width in others)]
