"""What Feishu's API refuses, sorted into what delivery can settle (RELIABILITY A4, rows 16–24; platform sheet 3.4).

| Feishu says | here |
|---|---|
| 429, 99991400, 230020, 11232, 11233, 230049 | TryLater, after what the header says |
| app id or secret wrong, app disabled or not installed, address not allowed | Revoked, a TryLater: rows wait, the operator hears (standing.py) |
| monthly quota; token not valid, twice in a row | Revoked, of which nobody is told: it passes |
| the target cannot be reached, ever; a department or somebody outside the app's contact range | Undeliverable |
| the card is rejected | Rejected, an Undeliverable: posted again in words alone |
| the card is older than fourteen days | TooOld, an Undeliverable |
| what we sent cannot be right, a scope is missing | Refused, an Undeliverable, and logged: it is ours to mend |
| the connection was never made | TryLater |
| no answer, half an answer, 5xx | Unclear: it may have happened |
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.errors import Delivery, TryLater, Undeliverable
from bot.pattern import pattern

Json = dict[str, Any]

REVOKED_FOR = 900.0
"""Seconds after which credentials that do not work are worth another look."""
SOON = 5.0
NO_HEADER = 2.0
"""Seconds to wait where Feishu does not say how long (230020: five a second)."""

BAD_TOKEN = frozenset({99991661, 99991663, 99991664, 99991665, 99991671})
DEAD = frozenset({10003, 10012, 10014, 10015, 99991543, 99991662, 99991673, 99991401, 99991403})
LIMITED = frozenset({99991400, 230020, 11232, 11233, 230049})
TARGET = frozenset(
    {230002, 230006, 230011, 230012, 230013, 230015, 230017, 230018, 230019, 230027, 230029, 230033, 230034,
     230035, 230036, 230038, 230050, 230053, 230071, 230072, 230073, 230074, 230075, 230110, 230111, 232009,
     99992351, 99992361, 41050, 99992354, 40004, 40015}
)  # fmt: skip
CARD = frozenset({230099, 230025, 230022, 230028})
"""Cards that are not taken: rejected, too long, words that the company's rules do not let through."""
TOO_OLD = 230031
SCOPE = 99991672
_SUB = pattern(r"ErrCode:\s*(\d+)")


class Unclear(Delivery):
    """It may have happened: whoever posts finds out before trying again. Never leaves the adapter."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadToken(Delivery):
    """The token is not accepted; another one may be. Never leaves calls.py."""


class Revoked(TryLater):
    """The app cannot work as it is, by Feishu's `code` (0: it gives none) and words: nothing that waits is lost."""

    def __init__(self, reason: str, code: int = 0) -> None:
        super().__init__(REVOKED_FOR, f"Feishu does not accept the app: {reason}")
        self.code = code
        self.word = reason


class Refused(Undeliverable):
    """Feishu does not take what we sent, or a scope is missing: ours to mend, useless to repeat."""


class TooOld(Undeliverable):
    """A card that Feishu changes no more."""


class Rejected(Undeliverable):
    """The card is not taken; `sub` is the reason's own number, 0 where there is none."""

    def __init__(self, reason: str, sub: int) -> None:
        super().__init__(reason)
        self.sub = sub


CAUGHT = (aiohttp.ClientError, TimeoutError, ConnectionError)
"""What a call may raise for a fault of the outside."""


def sorted_fault(fault: Exception) -> Delivery:
    """The family of what a call raised before there was an answer."""
    match fault:
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return TryLater(SOON, f"Feishu cannot be reached: {type(fault).__name__}")
        case asyncio.TimeoutError():
            return Unclear("no answer from Feishu in time")
        case _:
            return Unclear(type(fault).__name__)


def refusal(status: int, answer: object, headers: Mapping[str, str]) -> Delivery | None:
    """What is wrong with an answer; None: nothing. Judged by `code`, whatever the HTTP status says."""
    if not isinstance(answer, dict) or not isinstance(answer.get("code"), int):
        return TryLater(_seconds(headers), "Feishu asks to wait") if status == 429 else Unclear(f"HTTP {status}")
    code: int = answer["code"]
    if code == 0 and status < 400:
        return None
    if code in LIMITED or status == 429:
        return TryLater(_seconds(headers), f"Feishu asks to wait ({code})")
    if status >= 500:
        return Unclear(f"HTTP {status}, {code}")
    return _refused(code, answer)


def _refused(code: int, answer: Json) -> Delivery:
    said = str(answer.get("msg") or "").partition("ErrorValue")[0]  # what follows may be what people wrote
    reason = f"{code} {said}".strip()
    if code in BAD_TOKEN:
        return BadToken(reason)
    if code in DEAD:
        return Revoked(reason, code)
    if code in CARD:
        sub = _SUB.search(reason)
        return Rejected(reason, int(sub[1]) if sub else 0)
    if code == TOO_OLD:
        return TooOld(reason)
    if code in TARGET:
        return Undeliverable(reason)
    lacking = scopes(answer) if code == SCOPE else ()
    return Refused(f"{reason}: {', '.join(lacking)}" if lacking else reason)


def scopes(answer: Json) -> tuple[str, ...]:
    """The scopes of which an answer says that one is missing."""
    error = answer.get("error")
    found = error.get("permission_violations") if isinstance(error, dict) else None
    return tuple(str(one.get("subject")) for one in found or () if isinstance(one, dict))


def _seconds(headers: Mapping[str, str]) -> float:
    found = {name.lower(): value for name, value in headers.items()}
    try:
        return min(900.0, max(0.2, float(found.get("x-ogw-ratelimit-reset", NO_HEADER))))
    except ValueError:
        return NO_HEADER
