"""The Web API on the wire: arguments merged, tokens and scopes checked, faults played, every call kept (sheet 4.1)."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.simulators.slack import oauth
from tests.simulators.slack.api import METHODS, Method
from tests.simulators.slack.api.asked import Asked
from tests.simulators.slack.errors import SlackError
from tests.simulators.slack.faults import Fault
from tests.simulators.slack.values import Json

if TYPE_CHECKING:
    from tests.simulators.slack.server import Slack
    from tests.simulators.slack.workspace import Workspace

JSON_KIND = "application/json"
BY_THE_APP = "apps.connections.open"
OPEN_TIER = 3


@dataclass
class Call:
    """One call as it came, and what was answered. `status` 0: the connection was closed instead."""

    method: str
    args: dict[str, Any]
    at: datetime
    team: str = ""
    status: int = 0
    answer: Any = None

    @property
    def ok(self) -> bool:
        return isinstance(self.answer, dict) and bool(self.answer.get("ok"))


class Wire:
    """Answers /api/<method>."""

    def __init__(self, slack: "Slack") -> None:
        self.slack = slack
        self.calls: list[Call] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        call = Call(method, dict(request.query), self.slack.clock.now())
        self.calls.append(call)
        try:
            call.args |= await _arguments(request)
        except ValueError:
            return _told(call, SlackError("invalid_json").body, {})
        fault = self.slack.faults.drawn(method, str(call.args.get("channel") or call.args.get("channel_id") or ""))
        if fault is not None and not fault.recorded:
            return await _played(request, call, fault)
        headers: dict[str, str] = {}
        try:
            body = {"ok": True, **self._does(request, call, headers)}
        except SlackError as refused:
            body = refused.body
        if fault is not None and body["ok"]:
            return await _played(request, call, fault, body)
        return _told(call, body, headers)

    async def hook(self, request: web.Request) -> web.StreamResponse:
        """One use of a response_url; kept and disturbed under that name like any method."""
        workspace = self.slack.workspaces.get(request.match_info["team"])
        call = Call("response_url", {}, self.slack.clock.now(), request.match_info["team"])
        self.calls.append(call)
        try:
            call.args |= await _arguments(request)
        except ValueError:
            return web.Response(status=400, text="invalid_payload")
        fault = self.slack.faults.drawn(call.method, "")
        if fault is not None and not fault.recorded:
            return await _played(request, call, fault)
        status, text = workspace.hooks.answered(request.path, call.args) if workspace else (404, "no_team")
        if fault is not None:
            return await _played(request, call, fault, {"ok": True})
        call.status, call.answer = status, text
        return web.Response(status=status, text=text)

    def _does(self, request: web.Request, call: Call, headers: dict[str, str]) -> Json:
        if call.method == "oauth.v2.access":
            return oauth.access(self.slack, request.headers.get("Authorization", ""), call.args)
        token = _token(request, call)
        if call.method == BY_THE_APP:
            return self._connects(token)
        workspace = self._owner(token)
        call.team = workspace.id
        headers["x-oauth-scopes"] = ",".join(workspace.installation.scopes)
        method = METHODS.get(call.method)
        if method is None:
            raise SlackError("unknown_method", req_method=call.method)
        return self._allowed(workspace, call, method)

    def _allowed(self, workspace: "Workspace", call: Call, method: Method) -> Json:
        asked = Asked(workspace, workspace.installation, call.args)
        asked.needs(*method.scopes)
        wait = self.slack.pace.method(workspace.id, call.method, method.tier, self.slack.clock.now())
        if wait:
            raise SlackError("ratelimited", retry_after=wait)
        return method.answer(asked)

    def _connects(self, token: str) -> Json:
        """apps.connections.open takes the app's own token and no other."""
        if token.startswith("xoxb-"):
            raise SlackError("not_allowed_token_type")
        if token != self.slack.app.app_token:
            raise SlackError("invalid_auth")
        if not self.slack.app.socket_mode:
            raise SlackError(self.slack.unverified.open_without_socket_mode)
        wait = self.slack.pace.method("", BY_THE_APP, OPEN_TIER, self.slack.clock.now())
        if wait:
            raise SlackError("ratelimited", retry_after=wait)
        return {"url": self.slack.sockets.ticket()}

    def _owner(self, token: str) -> "Workspace":
        if token.startswith("xapp-"):
            raise SlackError("not_allowed_token_type")
        for workspace in self.slack.workspaces.values():
            if workspace.installed is not None and workspace.installed.token == token:
                return _living(workspace)
            if token in workspace.retired:
                raise SlackError(workspace.retired[token])
        raise SlackError("invalid_auth")


def _living(workspace: "Workspace") -> "Workspace":
    if workspace.installation.dead:
        raise SlackError(workspace.installation.dead)
    if workspace.installation.expires is not None and workspace.clock.now() >= workspace.installation.expires:
        raise SlackError("token_expired")
    return workspace


def _token(request: web.Request, call: Call) -> str:
    """From the header; any method but apps.connections.open also takes it as an argument."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer" and token:
        return token
    given = str(call.args.pop("token", ""))
    if given and call.method != BY_THE_APP:
        return given
    raise SlackError("not_authed")


async def _arguments(request: web.Request) -> dict[str, Any]:
    """What stands in the body, form or JSON. Raises ValueError for anything else under the name of JSON."""
    if request.content_type == JSON_KIND:
        text = await request.text()
        given = json.loads(text) if text else {}
        if not isinstance(given, dict):
            raise ValueError("not an object")
        return given
    return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}


def _told(call: Call, body: Json, headers: dict[str, str]) -> web.Response:
    wait = body.pop("retry_after", None)
    call.status, call.answer = (429, body) if wait else (200, body)
    return web.json_response(body, status=call.status, headers=headers | ({"Retry-After": str(wait)} if wait else {}))


async def _played(request: web.Request, call: Call, fault: Fault, done: Json | None = None) -> web.StreamResponse:
    if fault.delay:
        await asyncio.sleep(fault.delay)
    if fault.closes:
        if request.transport is not None:
            request.transport.close()
        return web.Response(status=500)
    if fault.delay and done is not None:
        return _told(call, done, {})
    headers = {} if fault.retry_after is None else {"Retry-After": fault.retry_after}
    call.status, call.answer = fault.status, {"ok": False, "error": fault.error}
    if fault.body == "json":
        return web.json_response(call.answer, status=fault.status, headers=headers)
    if fault.body == "half":
        return web.Response(body=b'{"ok": tr', content_type=JSON_KIND, status=fault.status, headers=headers)
    if fault.body == "empty":
        return web.Response(text="", status=fault.status, headers=headers)
    page = "<!DOCTYPE html><title>Sorry</title>"
    return web.Response(text=page, content_type="text/html", status=fault.status, headers=headers)
