"""What the client does with the answer to a press: a toast, a new card, or an error code (sheet 4.6)."""

from typing import TYPE_CHECKING

from tests.simulators.feishu.api.messages import known
from tests.simulators.feishu.courier import Delivery
from tests.simulators.feishu.errors import FeishuError
from tests.simulators.feishu.kit.cards import judge
from tests.simulators.feishu.values import Json, Message, User

if TYPE_CHECKING:
    from tests.simulators.feishu.tenant import Tenant

_TOASTS = frozenset({"info", "success", "error", "warning"})


def to_action(tenant: "Tenant", reader: User, message: Message, delivery: Delivery) -> None:
    """Shows the answer; what the client can do nothing with is a complaint, and an error code for the reader."""
    reply = delivery.tries[-1]
    if not reply.acknowledged:
        fails(tenant, reader, message, reply.code)
        return
    if not isinstance(reply.body, dict) or set(reply.body) - {"toast", "card"}:
        fails(tenant, reader, message, 200672)
        return
    if "toast" in reply.body:
        _toast(tenant, reader, message, reply.body["toast"])
    if "card" in reply.body:
        _card(tenant, reader, message, reply.body["card"])


def fails(tenant: "Tenant", reader: User, message: Message, code: int) -> None:
    """An error that the reader sees, and the operator hears of."""
    message.toasts.append((reader.open_id, {"type": "error", "content": f"出错了，请稍后重试 code: {code}"}))
    tenant.complaints.append(f"a press was answered with {code}")


def _toast(tenant: "Tenant", reader: User, message: Message, toast: Json) -> None:
    if toast.get("type", "info") not in _TOASTS or not isinstance(toast.get("content"), str):
        fails(tenant, reader, message, 200672)
        return
    message.toasts.append((reader.open_id, toast))


def _card(tenant: "Tenant", reader: User, message: Message, given: Json) -> None:
    if given.get("type") != "raw":
        fails(tenant, reader, message, 200672)
    elif given["data"].get("schema") != "2.0":
        fails(tenant, reader, message, 200830)
    elif message.only_for:
        fails(tenant, reader, message, 200673)
    else:
        try:
            judge(given["data"], known(tenant))
        except FeishuError as refused:
            tenant.complaints.append(str(refused))
            fails(tenant, reader, message, 200673)
            return
        message.versions.append(given["data"])
        message.values.clear()
