"""Faults on demand: what the next call of an endpoint meets instead of, or after, its ordinary answer (A4, sheet 8.2)."""

import random
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any, Literal

Body = Literal["json", "html", "text", "half"]


@dataclass(frozen=True)
class Fault:
    """One thing going wrong. `recorded`: only after the call has done its work; `delay` in real seconds."""

    status: int = 500
    answer: dict[str, Any] = field(default_factory=dict)
    body: Body = "json"
    recorded: bool = False
    closes: bool = False
    delay: float = 0.0


def refuses(code: str, status: int = 400) -> Fault:
    """The new host's refusal by this code."""
    return Fault(status, {"code": code, "requestid": "7F1B0C9E", "message": code})


def answers(**answer: str) -> Fault:
    """A success of another shape than it should have; nothing done."""
    return Fault(200, answer)


def old_refuses(errcode: int, errmsg: str = "error", **more: str) -> Fault:
    """The old host's refusal: HTTP 200."""
    return Fault(200, {"errcode": errcode, "errmsg": errmsg, **more})


def qps() -> Fault:
    """Too many in this second: a 403, not a 429."""
    return refuses("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", 403)


def quota() -> Fault:
    """The organisation's month is used up."""
    return refuses("Forbidden.AccessDenied.ApiCountLimitForOrg", 403)


def fails(status: int = 503) -> Fault:
    """An error of the edge, nothing done."""
    return refuses("system.busy" if status == 500 else "service.unavailable", status)


def punished() -> Fault:
    """Too much from one address: the gate answers with a page of its own (1111, x5)."""
    return Fault(200, {"status": 1111, "wait": 5, "source": "x5", "punish": "deny"}, "html")


def closes() -> Fault:
    """The connection ends before anything was done."""
    return Fault(closes=True)


def records_then_closes() -> Fault:
    """Done, and the connection ends without an answer: nobody can say whether it arrived."""
    return Fault(recorded=True, closes=True)


def records_then_fails(status: int = 500) -> Fault:
    """Done, and answered with an error of the edge."""
    return Fault(status, {"code": "system.error", "message": "system.error"}, recorded=True)


def records_then_half(status: int = 200) -> Fault:
    """Done, and what says so breaks off in the middle."""
    return Fault(recorded=True, status=status, body="half")


def answers_after(seconds: float) -> Fault:
    """Done at once, answered late."""
    return Fault(200, recorded=True, delay=seconds)


class Faults:
    """What is to go wrong, by path (`/v1.0/robot/oToMessages/batchSend`)."""

    def __init__(self) -> None:
        self._next: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._always: dict[str, Fault] = {}
        self._storm: tuple[float, random.Random, tuple[Fault, ...]] | None = None

    def next(self, path: str, *faults: Fault, times: int = 1) -> None:
        """The next calls of `path` meet these, one each."""
        self._next[path].extend(faults * times)

    def always(self, path: str, fault: Fault) -> None:
        """Every call of `path` (\"*\": of any but the gateway) from now on, until `clear`."""
        self._always[path] = fault

    def storm(self, share: float, *faults: Fault, seed: int = 1) -> None:
        """This share of all calls but the gateway's meets one of these, chosen by lot."""
        self._storm = (share, random.Random(seed), faults)

    def clear(self) -> None:
        self._next.clear()
        self._always.clear()
        self._storm = None

    def drawn(self, path: str) -> Fault | None:
        """What this call meets; None: nothing."""
        if self._next[path]:
            return self._next[path].popleft()
        general = None if path.startswith("/v1.0/gateway") else self._always.get("*") or self._lot()
        return self._always.get(path, general)

    def _lot(self) -> Fault | None:
        if self._storm is None:
            return None
        share, lots, faults = self._storm
        return lots.choice(faults) if lots.random() < share else None
