"""The open API on the wire: routes, tokens and scopes checked, faults played, every call kept (sheet 1, 3)."""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.simulators.feishu.errors import CardError, FeishuError
from tests.simulators.feishu.faults import Fault
from tests.simulators.feishu.values import Json

if TYPE_CHECKING:
    from tests.simulators.feishu.tenant import Tenant

TOKEN = "auth/v3/tenant_access_token/internal"


@dataclass
class Call:
    """One call as it came, and what was answered. `status` 0: the connection was closed instead. `operation` is the
    method with the path below /open-apis/, ids left as `:id`."""

    operation: str
    path: str
    query: Json
    body: Json
    at: datetime
    status: int = 0
    answer: Any = None
    files: dict[str, bytes] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    line: object = None
    """The connection it came by."""

    @property
    def ok(self) -> bool:
        return isinstance(self.answer, dict) and self.answer.get("code") == 0


Answer = Callable[["Tenant", Call], Json]


@dataclass(frozen=True)
class Operation:
    """One operation: what answers it, and the scopes of which one is needed."""

    answer: Answer
    scopes: tuple[str, ...] = ()
    bare: bool = False
    """Its answer has no `data` around it."""


class Wire:
    """Answers /open-apis/…"""

    def __init__(self, tenant: "Tenant", operations: dict[str, Operation]) -> None:
        self.tenant = tenant
        self.calls: list[Call] = []
        self._operations = [(_pattern(name), name, one) for name, one in operations.items()]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        call, operation = self._read(request)
        call.line = request.transport and request.transport.get_extra_info("peername")
        self.calls.append(call)
        try:
            await _body(request, call)
        except ValueError:
            return self._told(call, FeishuError(9499, "Bad Request"))
        fault = self.tenant.faults.drawn(call.operation, _target(call))
        if fault is not None and not fault.recorded:
            return await self._played(request, call, fault)
        try:
            done: Json | FeishuError = self._does(request, call, operation)
        except FeishuError as refused:
            done = refused
            self._complains(refused)
        if fault is not None and not isinstance(done, FeishuError):
            return await self._played(request, call, fault, done)
        return self._told(call, done)

    def _read(self, request: web.Request) -> tuple[Call, Operation | None]:
        path = request.path.removeprefix("/open-apis/")
        query: Json = {name: request.query.getall(name) for name in request.query}
        query = {name: found[0] if len(found) == 1 else found for name, found in query.items()}
        for pattern, name, operation in self._operations:
            met = pattern.fullmatch(f"{request.method} {path}")
            if met:
                return Call(name, path, query, {}, self.tenant.clock.now(), ids=met.groups()), operation
        return Call(f"{request.method} {path}", path, query, {}, self.tenant.clock.now()), None

    def _does(self, request: web.Request, call: Call, operation: Operation | None) -> Json:
        if call.path == TOKEN:
            return self.tenant.tokens.issue(call.body, self.tenant.clock.now())
        self.tenant.tokens.checked(request.headers.get("Authorization", ""), self.tenant.clock.now())
        if operation is None:
            raise FeishuError(99991404, "path not found", 404)
        self._scoped(operation)
        answer = operation.answer(self.tenant, call)
        return {"code": 0, "msg": "success", **(answer if operation.bare else {"data": answer})}

    def _complains(self, refused: FeishuError) -> None:
        """A card that is rejected is somebody's mistake, also where it is sent again in another shape."""
        if isinstance(refused, CardError):
            self.tenant.complaints.append(str(refused))

    def _scoped(self, operation: Operation) -> None:
        granted = self.tenant.app.scopes
        if operation.scopes and not granted.intersection(operation.scopes):
            lacking = [{"type": "action_scope_required", "subject": scope} for scope in operation.scopes]
            raise FeishuError(99991672, "Access denied.", 400, permission_violations=lacking)

    def _told(self, call: Call, done: Json | FeishuError) -> web.Response:
        log_id = self.tenant.ids.hex(32)
        headers = {"X-Tt-Logid": log_id}
        if isinstance(done, FeishuError):
            call.status, headers = done.status, headers | done.headers
            call.answer = {"code": done.code, "msg": done.msg, "error": {"log_id": log_id, **done.error}}
        else:
            call.status, call.answer = 200, done
        return web.json_response(call.answer, status=call.status, headers=headers)

    async def _played(
        self, request: web.Request, call: Call, fault: Fault, done: Json | None = None
    ) -> web.StreamResponse:
        await asyncio.sleep(fault.delay)
        if fault.closes:
            if request.transport is not None:
                request.transport.close()
            return web.Response(status=500)
        if fault.delay and done is not None:
            return self._told(call, done)
        if fault.code:
            refused = FeishuError(fault.code, "a fault that was asked for", fault.status)
            refused.headers = fault.headers
            return self._told(call, refused)
        call.status = fault.status
        if fault.answer is not None:
            return web.json_response(fault.answer)
        if fault.half:
            return web.Response(body=b'{"code": 0, "da', content_type="application/json", status=fault.status)
        return web.Response(text="<html>Bad Gateway</html>", content_type="text/html", status=fault.status)


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(re.sub(r":\w+", "([^/]+)", name))


def _target(call: Call) -> str:
    return str(call.body.get("receive_id") or (call.ids[0] if call.ids else ""))


async def _body(request: web.Request, call: Call) -> None:
    if request.content_type == "multipart/form-data":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                with value.file as file:
                    call.files[name] = file.read()
            else:
                call.body[name] = value
        return
    text = await request.text()
    call.body = json.loads(text) if text else {}
    if not isinstance(call.body, dict):
        raise ValueError("no object")
