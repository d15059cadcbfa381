"""What Slack's API refuses, sorted into what delivery can settle (RELIABILITY A4, rows 16–24; platform sheet 4.3).

| Slack says | here |
|---|---|
| 429, `ratelimited` | TryLater, after what Retry-After says |
| the token is dead | Revoked, a TryLater: rows wait, the operator hears |
| the target cannot be reached, ever | Undeliverable |
| what we sent cannot be right, a scope is missing | Undeliverable, and logged: it is ours to mend |
| the connection was never made | TryLater |
| no answer, half an answer, 5xx, `internal_error`, `fatal_error` | Unclear: it may have happened |
"""

import asyncio
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from adapters import outward
from adapters.slack.errors import DEAD_TOKEN, SOON, Refused, Revoked, Unclear
from bot.errors import Delivery, TryLater, Undeliverable

NO_HEADER = 30.0
"""Seconds to wait where Slack does not say how long."""

TARGET = frozenset(
    "channel_not_found not_in_channel is_archived user_not_found users_not_found user_not_in_channel user_disabled "
    "user_not_visible messages_tab_disabled cannot_dm_bot restricted_action message_not_found cant_update_message "
    "edit_window_closed not_found view_not_found no_permission ekm_access_denied access_denied".split()
)
"""Permanent for this target. `restricted_action…` comes in many endings."""
PASSING = frozenset("service_unavailable request_timeout team_added_to_org accesslimited".split())
UNCLEAR = frozenset("internal_error fatal_error".split())
LIMITED = frozenset("ratelimited rate_limited".split())


def sorted_fault(fault: Exception, now: datetime) -> Delivery:
    """The family of a fault that a call raised."""
    match fault:
        case SlackApiError():
            return _of_answer(fault, now)
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return TryLater(SOON, f"Slack cannot be reached: {outward.reason(fault)}")
        case asyncio.TimeoutError():
            return Unclear("no answer from Slack in time")
        case _:
            return Unclear(outward.reason(fault))


CAUGHT = (SlackClientError, aiohttp.ClientError, TimeoutError, ConnectionError)
"""What a call to Slack may raise for a fault of the outside."""


def code_of(fault: SlackApiError) -> str:
    """Slack's word for what is wrong; empty for a body that is none (python-slack-sdk#1693), or half of one: then slack_sdk
    gives aiohttp's answer instead of its own."""
    data = getattr(fault.response, "data", fault.response)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def lasting(fault: SlackApiError) -> str:
    """Slack's word for what asking again will not change, before somebody mends something; empty for what passes by itself."""
    status, code = _status(fault), code_of(fault)
    return "" if status == 429 or status >= 500 or code in LIMITED | PASSING | UNCLEAR else code


def seconds(header: str | None, now: datetime) -> float:
    """Retry-After, as seconds or as a date; NO_HEADER for neither."""
    if header is None:
        return NO_HEADER
    try:
        return max(0.0, float(header))
    except ValueError:
        return _until(header, now)


def _status(fault: SlackApiError) -> int:
    response = fault.response
    return int(getattr(response, "status_code", getattr(response, "status", 200)))


def _until(header: str, now: datetime) -> float:
    try:
        at = parsedate_to_datetime(header)
    except ValueError:
        return NO_HEADER
    return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds())


def _of_answer(fault: SlackApiError, now: datetime) -> Delivery:
    status, code = _status(fault), code_of(fault)
    if status == 429 or code in LIMITED:
        headers = {name.lower(): value for name, value in (getattr(fault.response, "headers", None) or {}).items()}
        return TryLater(seconds(headers.get("retry-after"), now), "Slack asks to wait")
    if code in PASSING:
        return TryLater(SOON, code)
    if status >= 500 or code in UNCLEAR or not code:
        return Unclear(code or f"HTTP {status}")
    return _refusal(fault, code)


def _refusal(fault: SlackApiError, code: str) -> Delivery:
    if code in DEAD_TOKEN:
        return Revoked(code)
    if code in TARGET or code.startswith("restricted_action"):
        return Undeliverable(code)
    needed = fault.response.get("needed") if code == "missing_scope" else ""
    return Refused(f"{code}: {needed}" if needed else code)
