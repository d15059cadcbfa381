"""Both hosts on the wire: tokens, permissions, pace, quota and faults before the work, every call kept.

The new host (below /api) speaks HTTP status and `code`, takes its token in a header and nothing but JSON objects; the old
one (below /oapi) answers 200 with `errcode`, and takes its token in the query.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.simulators.dingtalk.errors import OldRefused, Refused, lacks
from tests.simulators.dingtalk.faults import Fault
from tests.simulators.dingtalk.values import Json

if TYPE_CHECKING:
    from tests.simulators.dingtalk.organisation import Organisation

PASSES = {"accesstoken": ("/v1.0/oauth2/accessToken", "/v1.0/gateway/connections/open"), "old": ("/gettoken",)}
"""Calls that bring no token."""


@dataclass
class Asked:
    """One call as an endpoint sees it."""

    organisation: "Organisation"
    body: Json
    query: Json

    def words(self, name: str, refused: str) -> str:
        """A text that must be there. Raises Refused 400 with the code `refused`."""
        value = self.body.get(name)
        if not isinstance(value, str) or not value:
            raise Refused(400, refused)
        return value


@dataclass(frozen=True)
class Endpoint:
    """`right`: the permission point it needs, empty for none."""

    answer: Callable[[Asked], Json]
    right: str = ""


@dataclass
class Call:
    """One call as it came, and what was answered. `status` 0: the connection was closed instead."""

    path: str
    body: Json
    query: Json
    at: datetime
    headers: dict[str, str]
    status: int = 0
    answer: Any = None


class Wire:
    """Answers every path of both hosts. `endpoints` by (host, verb, path)."""

    def __init__(self, organisation: "Organisation", endpoints: dict[tuple[str, str, str], Endpoint]) -> None:
        self.organisation = organisation
        self.calls: list[Call] = []
        self._endpoints = endpoints

    async def answer(self, request: web.Request) -> web.StreamResponse:
        host = request.match_info["host"]
        path = "/" + request.match_info["path"]
        call = Call(path, {}, dict(request.query), self.organisation.clock.now(), dict(request.headers))
        self.calls.append(call)
        fault = self.organisation.faults.drawn(path)
        if fault is not None and not fault.recorded:
            return await _played(request, call, fault)
        try:
            call.status, call.answer = 200, await self._does(request, call, host)
        except Refused as refused:
            call.status, call.answer = refused.status, refused.body
        except OldRefused as refused:
            call.status, call.answer = 200, refused.body
        if fault is not None:
            return await _played(request, call, fault)
        return _written(request, call)

    async def _does(self, request: web.Request, call: Call, host: str) -> Json:
        endpoint = self._endpoints.get((host, request.method, call.path))
        if endpoint is None:
            raise Refused(404, "InvalidAction.NotFound") if host == "api" else OldRefused(22, "不存在的接口")
        call.body = await _body(request, host)
        self._admitted(call, host, endpoint)
        return endpoint.answer(Asked(self.organisation, call.body, call.query))

    def _admitted(self, call: Call, host: str, endpoint: Endpoint) -> None:
        if call.path not in PASSES["accesstoken"] + PASSES["old"] and not call.path.startswith("/robot/sendBySession"):
            self._authorised(call, host)
        if endpoint.right and endpoint.right not in self.organisation.app.rights:
            raise (
                lacks(endpoint.right)
                if host == "api"
                else OldRefused(
                    88, "ding talk error[subcode=60011]", {"sub_code": "60011", "sub_msg": f"[{endpoint.right}]"}
                )
            )
        self._metered(call, host)

    def _authorised(self, call: Call, host: str) -> None:
        if host == "api":
            given = next((v for k, v in call.headers.items() if k.lower() == "x-acs-dingtalk-access-token"), "")
        else:
            given = call.query.get("access_token", "")
        if self.organisation.token_lives(given):
            return
        raise (
            Refused(400, "InvalidAuthentication", "不合法的access_token")
            if host == "api"
            else OldRefused(40014, "不合法的access_token")
        )

    def _metered(self, call: Call, host: str) -> None:
        quota = self.organisation.quota
        if quota.fast(call.path):
            raise (
                Refused(403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi")
                if host == "api"
                else OldRefused(90018, "您的服务器调用钉钉开放平台所有接口的请求都被暂时禁用了")
            )
        if not quota.call(call.path, self.organisation.clock.now()):
            raise Refused(403, "Forbidden.AccessDenied.ApiCountLimitForOrg") if host == "api" else OldRefused(90020)


async def _body(request: web.Request, host: str) -> Json:
    if request.method == "GET":
        return {}
    if request.content_type == "multipart/form-data":
        return dict((await request.post()).items())
    if host == "api" and request.content_type != "application/json":
        raise Refused(400, "UnsupportedMediaType")
    try:
        given = json.loads(await request.text() or "{}")
    except json.JSONDecodeError:
        raise Refused(400, "InvalidParameter.Json") if host == "api" else OldRefused(43007, "需要JSON") from None
    if not isinstance(given, dict):
        raise Refused(400, "InvalidParameter.Json")
    return given


def _written(request: web.Request, call: Call) -> web.Response:
    """The gateway writes XML to who does not accept JSON."""
    accepts = request.headers.get("Accept", "")
    if call.path.startswith("/v1.0/gateway") and "json" not in accepts and "*/*" not in accepts:
        return web.Response(text="<response><endpoint/></response>", content_type="application/xml")
    return web.json_response(call.answer, status=call.status)


async def _played(request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
    if fault.delay:
        await asyncio.sleep(fault.delay)
        return _written(request, call)
    if fault.closes:
        call.status = 0
        if request.transport is not None:
            request.transport.close()
        return web.Response(status=500)
    call.status, call.answer = fault.status, fault.answer
    if fault.body == "json":
        return web.json_response(fault.answer, status=fault.status)
    if fault.body == "half":
        return web.Response(body=b'{"processQuer', content_type="application/json", status=fault.status)
    kind = "text/html" if fault.body == "html" else "text/plain"
    return web.Response(text="<!DOCTYPE html><title>punish</title>", content_type=kind, status=fault.status)
