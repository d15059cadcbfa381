"""Faults on demand: what the next call of a method meets instead of, before or after its ordinary answer (A4)."""

import random
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Literal

Body = Literal["json", "empty", "html", "half"]


@dataclass(frozen=True)
class Fault:
    """One thing going wrong. `recorded`: only after the method has done its work."""

    recorded: bool = False
    error: str = ""
    status: int = 200
    retry_after: str | None = None
    body: Body = "json"
    closes: bool = False
    delay: float = 0.0


def refuses(code: str) -> Fault:
    """`{"ok": false, "error": code}`, nothing done."""
    return Fault(error=code)


def limits(retry_after: str | float | None = 1, body: Body = "json") -> Fault:
    """429. `retry_after` seconds, an HTTP date, any nonsense, or None for no header at all."""
    return Fault(
        error="ratelimited", status=429, retry_after=None if retry_after is None else str(retry_after), body=body
    )


def fails(status: int = 503, body: Body = "html") -> Fault:
    """An HTTP error of the edge; nothing done."""
    return Fault(error="service_unavailable", status=status, body=body)


def closes() -> Fault:
    """The connection ends before anything was done."""
    return Fault(closes=True)


def records_then_closes() -> Fault:
    """Done, and the connection ends without an answer: the duplicate trap of sheet 4.6."""
    return Fault(recorded=True, closes=True)


def records_then(code: str = "internal_error", status: int = 200) -> Fault:
    """Done, and answered with an error (internal_error, fatal_error) or a status of the edge."""
    return Fault(recorded=True, error=code, status=status, body="json" if status == 200 else "html")


def records_then_half(status: int = 200) -> Fault:
    """Done, and what says so breaks off in the middle."""
    return Fault(recorded=True, status=status, body="half")


def answers_after(seconds: float) -> Fault:
    """Done at once, answered late (real seconds)."""
    return Fault(recorded=True, delay=seconds)


def refuses_after(seconds: float, code: str) -> Fault:
    """The same as `refuses`, late (real seconds)."""
    return Fault(error=code, delay=seconds)


class Faults:
    """What is to go wrong. `channel` limits a fault to calls that name it."""

    def __init__(self) -> None:
        self._next: defaultdict[str, deque[tuple[Fault, str]]] = defaultdict(deque)
        self._always: dict[str, tuple[Fault, str]] = {}
        self._storm: tuple[float, random.Random, tuple[Fault, ...]] | None = None

    def next(self, method: str, *faults: Fault | str, times: int = 1, channel: str = "") -> None:
        """The next calls of `method` meet these, one each; a word is an error's name."""
        for fault in faults * times:
            self._next[method].append((refuses(fault) if isinstance(fault, str) else fault, channel))

    def always(self, method: str, fault: Fault | str, *, channel: str = "") -> None:
        """Every call of `method` (\"*\": of any) from now on, until `clear`."""
        self._always[method] = (refuses(fault) if isinstance(fault, str) else fault, channel)

    def storm(self, share: float, *faults: Fault, seed: int = 1) -> None:
        """This share of all calls meets one of these, chosen by lot."""
        self._storm = (share, random.Random(seed), faults)

    def clear(self) -> None:
        self._next.clear()
        self._always.clear()
        self._storm = None

    def drawn(self, method: str, channel: str) -> Fault | None:
        """What this call meets; None: nothing."""
        waiting = self._next[method]
        for number, (fault, where) in enumerate(waiting):
            if where in ("", channel):
                del waiting[number]
                return fault
        for name in (method, "*"):
            if name in self._always and self._always[name][1] in ("", channel):
                return self._always[name][0]
        return self._lot()

    def _lot(self) -> Fault | None:
        if self._storm is None:
            return None
        share, lots, faults = self._storm
        return lots.choice(faults) if lots.random() < share else None
