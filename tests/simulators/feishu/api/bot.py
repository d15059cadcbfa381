"""Who the bot is, and where it is."""

from typing import TYPE_CHECKING

from tests.simulators.feishu.api.paging import page
from tests.simulators.feishu.errors import FeishuError
from tests.simulators.feishu.values import Json
from tests.simulators.feishu.wire import Call

if TYPE_CHECKING:
    from tests.simulators.feishu.tenant import Tenant


def nothing(tenant: "Tenant", call: Call) -> Json:
    """The token operation is answered before any token is asked for (wire.py)."""
    raise AssertionError(f"{call.operation} has no token to check in {tenant.name}")


def info(tenant: "Tenant", call: Call) -> Json:
    del call
    if not tenant.app.bot:
        raise FeishuError(230006, "Bot ability is not activated.")
    bot = {"activate_status": 2, "app_name": tenant.app.name, "avatar_url": "", "ip_white_list": []}
    return {"bot": {**bot, "open_id": tenant.bot_id}}


def scopes(tenant: "Tenant", call: Call) -> Json:
    """Those that the app has asked for: granted ones and those that nobody has approved."""
    del call
    named = {**dict.fromkeys(tenant.app.unapproved, 2), **dict.fromkeys(tenant.app.scopes, 1)}
    return {"scopes": [{"scope_name": name, "grant_status": status} for name, status in sorted(named.items())]}


def chats(tenant: "Tenant", call: Call) -> Json:
    found = [
        {"chat_id": chat.id, "name": chat.name, "external": False, "tenant_key": tenant.key, "chat_status": "normal"}
        for chat in tenant.chats.values()
        if chat.bot and not chat.p2p and not chat.dissolved
    ]
    return page(call.query, found, 100, tenant.page_size)


def members(tenant: "Tenant", call: Call) -> Json:
    """Bots are not listed; the bot must be inside."""
    if call.query.get("member_id_type") != "open_id":
        raise FeishuError(99992402, "field validation failed", field_violations=[{"field": "member_id_type"}])
    chat = tenant.chats.get(call.ids[0])
    if chat is None:
        raise FeishuError(230034, "invalid receive_id")
    if not chat.bot:
        raise FeishuError(230002, "Bot can NOT be out of the chat.")
    people = [tenant.users[one] for one in chat.members]
    found = [
        {"member_id_type": "open_id", "member_id": one.open_id, "name": one.name, "tenant_key": tenant.key}
        for one in people
    ]
    return page(call.query, found, 100, tenant.page_size) | {"member_total": len(found)}
