"""Native slash commands of the app (sheet 2.3)."""

from typing import TYPE_CHECKING

from tests.simulators.feishu.errors import FeishuError
from tests.simulators.feishu.values import Json
from tests.simulators.feishu.wire import Call

if TYPE_CHECKING:
    from tests.simulators.feishu.tenant import Tenant

MOST = 100


def listed(tenant: "Tenant", call: Call) -> Json:
    del call
    return {"items": [{"command_id": id, **body} for id, body in tenant.slash.items()], "has_more": False}


def create(tenant: "Tenant", call: Call) -> Json:
    _sound(call.body)
    if len(tenant.slash) >= MOST or any(one["command"] == call.body["command"] for one in tenant.slash.values()):
        raise FeishuError(40000030, "too many, or there already")
    id = tenant.ids.hex(16)
    tenant.slash[id] = call.body
    return {"command_id": id}


def change(tenant: "Tenant", call: Call) -> Json:
    _there(tenant, call)
    _sound(call.body)
    tenant.slash[call.ids[0]] = call.body
    return {}


def remove(tenant: "Tenant", call: Call) -> Json:
    _there(tenant, call)
    del tenant.slash[call.ids[0]]
    return {}


def _there(tenant: "Tenant", call: Call) -> None:
    if call.ids[0] not in tenant.slash:
        raise FeishuError(40000032, "no such command")


def _sound(body: Json) -> None:
    description = body.get("description")
    if (
        not isinstance(body.get("command"), str)
        or not body["command"].isidentifier()
        or body["command"].startswith("/")
    ):
        raise FeishuError(40000001, "command")
    if not isinstance(description, dict) or not description.get("default_value"):
        raise FeishuError(40000001, "description")
    if "icon" in body and not body["icon"].get("icon_key"):
        raise FeishuError(40000031, "icon")
