"""What DingTalk refuses, sorted into what delivery can settle (RELIABILITY A4, rows 16–24; platform sheet 8.2).

| DingTalk says | here |
|---|---|
| 403 Qps…/Qpm…, 429, 90018, 90002, send.too.fast, the gate's page (1111) | TryLater: it is a 403, not a 429 |
| 403 ApiCountLimitForOrg, 90020 | Spent, a TryLater: until the next month |
| 400 InvalidAuthentication, 401, 40014, 42001, 88/40014 | Stale: a new token, one more try; then Revoked |
| invalidClientIdOrSecret and its like | Revoked, a TryLater: rows wait, the operator hears (standing.py) |
| bot.stopped and its like, to a message for a person | Stopped, a TryLater: the same (sending.py) |
| 403 …PermissionDenied, 60011, 50002 | Refused, an Undeliverable that names what is to be ticked |
| 5xx, system.…, half an answer, no answer | Unclear: it may have happened |
| anything else | Undeliverable |
"""

import asyncio
from datetime import datetime, timedelta

import aiohttp

from adapters import outward
from adapters.dingtalk.blocks import Json
from bot.errors import Delivery, TryLater, Undeliverable

PAUSE = 2.0
"""Seconds after the pace was exceeded (platform sheet 10, row 17)."""
PUNISHED = 300.0
"""Seconds after the gate has shut an address out."""
REVOKED_FOR = 900.0
LONGEST = 86_400.0
SOON = 5.0

_STALE = frozenset({"InvalidAuthentication", "40014", "42001", "40001"})
_REVOKED = frozenset({"invalidClientIdOrSecret", "invalid.client", "40089", "40096"})
_PACED = frozenset({"90018", "90002", "send.too.fast", "1111", "429"})
_SPENT = frozenset({"90020"})
_SCOPES = frozenset({"60011", "50002", "50004"})


class Unclear(Delivery):
    """It may have happened: whoever posts finds out before trying again. Never leaves the adapter."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Stale(Delivery):
    """The token is no longer good: nothing was done. Never leaves the adapter."""


class Revoked(TryLater):
    """The app's credentials are not accepted, by DingTalk's `word`: nothing is sent until somebody mends it, nothing that
    waits is lost."""

    def __init__(self, word: str) -> None:
        super().__init__(REVOKED_FOR, f"DingTalk does not accept the credentials: {word}")
        self.word = word


class Stopped(TryLater):
    """The robot may write to nobody until somebody mends it; nothing that waits is lost."""

    def __init__(self, word: str) -> None:
        super().__init__(REVOKED_FOR, f"DingTalk lets the robot write to nobody: {word}")


class Spent(TryLater):
    """The organisation's calls of this month are used up."""

    def __init__(self, now: datetime) -> None:
        following = (now.replace(day=1) + timedelta(days=32)).replace(day=1, hour=0, minute=1)
        super().__init__(min(LONGEST, (following - now).total_seconds()), "the month's API calls are used up")


class Refused(Undeliverable):
    """DingTalk does not take what we sent, by `code` and HTTP `status`; `scopes`: the permission points that are missing."""

    def __init__(self, code: str, message: str = "", scopes: tuple[str, ...] = (), status: int = 0) -> None:
        super().__init__(": ".join(dict.fromkeys(filter(None, (code, message)))))
        self.code = code
        self.scopes = scopes
        self.status = status


CAUGHT = (aiohttp.ClientError, TimeoutError, ConnectionError)
"""What a call may raise for a fault of the outside."""


def broken(fault: Exception) -> Delivery:
    """The family of a call that never got its answer."""
    match fault:
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return TryLater(SOON, f"DingTalk cannot be reached: {outward.reason(fault)}")
        case asyncio.TimeoutError():
            return Unclear("no answer from DingTalk in time")
        case _:
            return Unclear(outward.reason(fault))


def refusal(status: int, body: object, now: datetime) -> Delivery | None:
    """The family of an answer; None when it is none of a refusal. `body`: the JSON, or None where there was none."""
    if not isinstance(body, dict):
        return TryLater(PUNISHED, "DingTalk's gate has shut us out") if status == 200 else _by_status(status, "no JSON")
    if str(body.get("status")) == "1111":
        return TryLater(PUNISHED, "DingTalk's gate has shut us out")
    code = _code(body)
    if status == 200 and code in ("", "0"):
        return None
    return _by_code(code, body, now) or _by_status(status, code, str(body.get("message") or body.get("errmsg") or ""))


def _code(body: Json) -> str:
    """DingTalk's word for what is wrong; 88 holds another one."""
    code = body.get("code", body.get("errcode", ""))
    return str(body.get("sub_code") or code)


def _by_code(code: str, body: Json, now: datetime) -> Delivery | None:
    if code in _STALE:
        return Stale(code)
    if code in _REVOKED:
        return Revoked(code)
    if "ApiCountLimit" in code or code in _SPENT:
        return Spent(now)
    if "QpsLimit" in code or "QpmLimit" in code or code in _PACED:
        return TryLater(PAUSE, f"DingTalk asks to slow down: {code}")
    if "PermissionDenied" in code or code in _SCOPES:
        return Refused(code, str(body.get("message") or body.get("sub_msg") or body.get("errmsg") or ""), _scopes(body))
    return Unclear(code) if code.startswith("system.") or code == "-1" else None


def _by_status(status: int, code: str, message: str = "") -> Delivery:
    if status >= 500:
        return Unclear(code or f"HTTP {status}")
    if status == 401:
        return Stale(code)
    if status == 429:
        return TryLater(PAUSE, "DingTalk asks to slow down")
    return Refused(code or f"HTTP {status}", message, status=status)


def _scopes(body: Json) -> tuple[str, ...]:
    detail = body.get("accessdenieddetail")
    named = detail.get("requiredScopes") if isinstance(detail, dict) else None
    given = named if isinstance(named, list) else [str(body.get("sub_msg") or "").strip("[]")]
    return tuple(str(one) for one in given if one)
