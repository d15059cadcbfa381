"""`bihuan check` for DingTalk: each of the usual mistakes of a new app, named with what to do about it.

What is asked for on purpose cannot be done (a message to nobody, a card for nobody): what DingTalk says of it tells a
missing permission from a wrong robot code and an unpublished template.
"""

import time
from collections.abc import AsyncIterator
from typing import TypeVar
from uuid import uuid4

from adapters import Finding, unseen
from adapters.dingtalk.bell import DING, rung
from adapters.dingtalk.blocks import Json
from adapters.dingtalk.calls import Calls, Credentials, apply_url
from adapters.dingtalk.client import Options
from adapters.dingtalk.faults import Refused, Revoked, Spent, Unclear
from adapters.dingtalk.memory import Memory
from adapters.dingtalk.organisation import ROOT, Range, Reading
from adapters.dingtalk.posting import CREATE, track_of
from adapters.dingtalk.quota import Quota
from adapters.dingtalk.sending import DIRECT
from adapters.dingtalk.standing import ADDRESS, NAME
from adapters.dingtalk.stream import subscriptions
from bot.clock import Clock
from bot.errors import TryLater, Undeliverable
from bot.people import Profile

T = TypeVar("T")

NOBODY = "bihuan-check"
TRIED: tuple[tuple[str, Json], ...] = (
    ("/topapi/v2/department/get", {"dept_id": ROOT}),
    ("/topapi/user/listsimple", {"dept_id": ROOT, "cursor": 0, "size": 1}),
)
OUTSIDE = frozenset({"50002", "50004"})
"""Not within the app's contact scope, which may be a part of the organisation on purpose."""
SAMPLE = 20
"""Departments and people that are looked at."""
_ROBOT = frozenset({"resource.not.found", "invalidParameter.robotCode.auth", "invalidParameter.robotCode.notExsit"})


async def examined(options: Options, clock: Clock) -> list[Finding]:
    """Everything that keeps this section from working, then where on the ladder it stands and what is left of the month."""
    try:
        memory = Memory(options.memory, lambda: clock.now().timestamp())
    except OSError as fault:
        why = {"name": NAME, "file": str(fault.filename), "reason": str(fault.strerror)}
        return [Finding("check-messenger-memory", why)]
    quota = Quota(memory, clock, options.calls, options.pushes)
    credentials = Credentials(options.client_id, options.client_secret, options.api_url, options.oapi_url)
    calls = Calls(credentials, clock, quota)
    try:
        return await _examined(calls, options, quota)
    except Revoked as revoked:
        return [Finding("check-messenger-token", {"name": NAME, "key": "client_secret", "reason": str(revoked)})]
    except (TryLater, Unclear) as fault:
        text = "check-messenger-token" if isinstance(fault, Spent) else "check-messenger-away"
        return [Finding(text, {"name": NAME, "key": "monthly_calls", "reason": str(fault)})]
    finally:
        await calls.close()
        memory.close()


async def _examined(calls: Calls, options: Options, quota: Quota) -> list[Finding]:
    found = [*await _people(calls), *await _stream(calls), *await _robot(calls, options), *await _card(calls, options)]
    found += await _bell(calls, options)
    month = {"name": NAME, "calls": str(quota.used("calls")), "most": str(quota.calls)}
    rung = Finding("check-messenger-rung", {"name": NAME, "rung": options.rung}, fault=False)
    each = [one for number, one in enumerate(found) if one not in found[:number]]
    return [*each, rung, Finding("check-messenger-month", month, fault=False)]


async def _people(calls: Calls) -> list[Finding]:
    """Token and directory: neither costs anything of the month."""
    outside: Refused | None = None
    for path, body in TRIED:
        try:
            await calls.old(path, body)
        except Refused as refused:
            if refused.code not in OUTSIDE:
                return [_refused(calls, refused, "check-messenger-sight")]
            outside = refused
    reading = Reading(calls, Range(), time.monotonic)
    await _first(reading.divisions())
    people = await _first(reading.people())
    if outside and not people:
        return [_refused(calls, outside, "check-messenger-sight")]
    return [*unseen(NAME, reading.hidden()), *await _member(calls, people)]


async def _member(calls: Calls, people: list[Profile]) -> list[Finding]:
    """Whether the app may look somebody up: another permission than listing them."""
    try:
        for one in people[:1]:
            await calls.old("/topapi/v2/user/get", {"userid": one.account.user_id})
    except Refused as refused:
        return [_refused(calls, refused, "check-messenger-sight")]
    return []


async def _first(things: AsyncIterator[T]) -> list[T]:
    found: list[T] = []
    async for one in things:
        found.append(one)
        if len(found) == SAMPLE:
            break
    return found


async def _stream(calls: Calls) -> list[Finding]:
    """A ticket is asked for and not used."""
    try:
        await calls.open(subscriptions(calls.credentials))
    except Undeliverable as refused:
        return [Finding("check-messenger-closed", {"name": NAME, "reason": str(refused)})]
    return []


async def _robot(calls: Calls, options: Options) -> list[Finding]:
    body: Json = {
        "robotCode": options.robot_code, "userIds": [NOBODY], "msgKey": "sampleText", "msgParam": '{"content": "check"}',
    }  # fmt: skip
    try:
        await calls.call(DIRECT, body)
    except Refused as refused:
        if refused.code in _ROBOT:
            return [Finding("check-messenger-robot", {"name": NAME, "reason": str(refused)})]
        return [_refused(calls, refused, "")] if refused.scopes or ADDRESS in refused.code else []
    return []


async def _card(calls: Calls, options: Options) -> list[Finding]:
    """A card that is delivered to nobody, by the workplace's own template; a new one each time, for of one that is there
    already DingTalk need not look at the template."""
    if options.rung != "template":
        return []
    body: Json = {
        "cardTemplateId": options.template, "outTrackId": track_of(f"{NOBODY}:{uuid4()}"), "callbackType": "STREAM",
        "cardData": {"cardParamMap": {"title": "check"}}, "openSpaceId": f"dtv1.card//IM_ROBOT.{NOBODY}",
        "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": options.robot_code},
    }  # fmt: skip
    try:
        await calls.call(CREATE, body)
    except Refused as refused:
        if refused.scopes or ADDRESS in refused.code or refused.code.startswith("param.template"):
            return [_refused(calls, refused, "check-messenger-template")]
    return []


async def _bell(calls: Calls, options: Options) -> list[Finding]:
    """At nobody, where it is switched on."""
    if not options.urgent:
        return []
    try:
        await calls.call(DING, rung(options.robot_code, NOBODY, "check"))
    except Refused as refused:
        return [_refused(calls, refused, "")] if refused.scopes else []
    return []


def _refused(calls: Calls, refused: Refused, otherwise: str) -> Finding:
    """A missing permission with the page to apply at, an address that is not on the list, else the mistake itself."""
    if ADDRESS in refused.code:
        return Finding("check-messenger-address", {"name": NAME, "reason": str(refused)})
    if refused.scopes and refused.code not in OUTSIDE:
        url = apply_url(calls.credentials, refused)
        return Finding("check-messenger-apply", {"name": NAME, "scopes": ", ".join(refused.scopes), "url": url})
    return Finding(otherwise, {"name": NAME, "reason": str(refused)})
