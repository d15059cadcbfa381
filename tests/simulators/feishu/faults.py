"""Faults on demand: what the next call of an operation meets instead of, before or after its ordinary answer (A4)."""

import random
from collections import defaultdict, deque
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """One thing going wrong. `recorded`: only after the work is done. `code` 0 with a `status` is an edge's HTML page."""

    recorded: bool = False
    code: int = 0
    status: int = 400
    headers: dict[str, str] = field(default_factory=dict)
    closes: bool = False
    half: bool = False
    answer: dict[str, object] | None = None
    delay: float = 0.0


def refuses(code: int, status: int = 400) -> Fault:
    """A code, nothing done."""
    return Fault(code=code, status=status)


def answers(answer: dict[str, object]) -> Fault:
    """A success of another shape than it should have; nothing done."""
    return Fault(answer=answer, status=200)


def limits(reset: str | None = "1", status: int = 429) -> Fault:
    """The gateway's limit, with its header or (some old APIs: 400) without."""
    return Fault(code=99991400, status=status, headers={} if reset is None else {"x-ogw-ratelimit-reset": reset})


def fails(status: int = 502) -> Fault:
    """A page of HTML from the edge; nothing done."""
    return Fault(status=status)


def closes() -> Fault:
    """The connection ends before anything was done."""
    return Fault(closes=True)


def records_then_closes() -> Fault:
    """Done, and the connection ends without an answer."""
    return Fault(recorded=True, closes=True)


def records_then_fails(status: int = 502) -> Fault:
    """Done, and answered with a page of HTML."""
    return Fault(recorded=True, status=status)


def records_then_half(status: int = 200) -> Fault:
    """Done, and what says so breaks off in the middle."""
    return Fault(recorded=True, status=status, half=True)


def answers_after(seconds: float) -> Fault:
    """Done at once, answered late (real seconds)."""
    return Fault(recorded=True, delay=seconds)


class Faults:
    """What is to go wrong, by operation ("POST im/v1/messages"; "*" for any). `to` limits it to one receiver or message."""

    def __init__(self) -> None:
        self._next: defaultdict[str, deque[tuple[Fault, str]]] = defaultdict(deque)
        self._always: dict[str, tuple[Fault, str]] = {}
        self._storm: tuple[float, random.Random, tuple[Fault, ...]] | None = None

    def next(self, operation: str, *faults: Fault, times: int = 1, to: str = "") -> None:
        self._next[operation].extend((fault, to) for fault in faults * times)

    def always(self, operation: str, fault: Fault, *, to: str = "") -> None:
        self._always[operation] = (fault, to)

    def storm(self, share: float, *faults: Fault, seed: int = 1) -> None:
        """This share of all calls meets one of these, chosen by lot."""
        self._storm = (share, random.Random(seed), faults)

    def clear(self) -> None:
        self._next.clear()
        self._always.clear()
        self._storm = None

    def drawn(self, operation: str, to: str) -> Fault | None:
        """What this call meets; None: nothing."""
        waiting = self._next[operation]
        if waiting and waiting[0][1] in ("", to):
            return waiting.popleft()[0]
        for name in (operation, "*"):
            if name in self._always and self._always[name][1] in ("", to):
                return self._always[name][0]
        if self._storm and self._storm[1].random() < self._storm[0]:
            return self._storm[1].choice(self._storm[2])
        return None
