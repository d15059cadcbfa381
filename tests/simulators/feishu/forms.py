"""Cards under somebody's fingers: what can be pressed, what the client checks before it sends, what it sends (sheet 4.4, 4.6)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.simulators.feishu.errors import Barred
from tests.simulators.feishu.kit.cards import every
from tests.simulators.feishu.kit.components import INTERACTIVE
from tests.simulators.feishu.kit.languages import shown
from tests.simulators.feishu.values import Json, Message, User

if TYPE_CHECKING:
    from tests.simulators.feishu.tenant import Tenant

_FIRST = ("initial_option", "initial_date", "selected_values")


def buttons(card: Json) -> Iterator[tuple[Json, Json | None]]:
    """Every button with the form it stands in, in order."""
    inside = {id(one): form for form in every(card) if form["tag"] == "form" for one in every(_as_card(form))}
    for one in every(card):
        if one["tag"] == "button" and not one.get("disabled"):
            yield one, inside.get(id(one))


def fields(form: Json) -> list[Json]:
    """What can be filled in."""
    return [one for one in every(_as_card(form)) if one["tag"] in INTERACTIVE and one["tag"] != "button"]


def put(tenant: "Tenant", reader: User, message: Message, form: Json, values: dict[str, Any]) -> None:
    """Types and chooses, by field name. Raises Barred for what the client does not let somebody put there."""
    known = {one["name"]: one for one in fields(form)}
    kept = message.values.setdefault(reader.open_id, {})
    for name, value in values.items():
        if name not in known:
            raise Barred(f"there is no field {name!r}, only {sorted(known)}")
        kept[name] = _put(tenant, message, known[name], value)


def _put(tenant: "Tenant", message: Message, field: Json, value: Any) -> Any:
    match field["tag"]:
        case "input":
            if len(str(value)) > field.get("max_length", 1_000):
                raise Barred(f"{field['name']} takes {field.get('max_length', 1_000)} characters")
            return str(value)
        case "select_person":
            return _chosen(tenant, message, field, value)
        case "multi_select_person":
            return [_chosen(tenant, message, field, one) for one in value]
        case "select_static":
            return _option(field, value)
        case _:
            return value


def _chosen(tenant: "Tenant", message: Message, field: Json, value: Any) -> str:
    """Somebody of the options; without options, of the chat."""
    id = str(getattr(value, "id", value))
    offered = [one["value"] for one in field.get("options", [])] or tenant.chats[message.chat].members
    if id and id not in offered:
        raise Barred(f"{id} is not offered in {field['name']}")
    return id


def _option(field: Json, value: Any) -> str:
    for one in field["options"]:
        if value in (one["value"], one["text"]["content"], *one["text"].get("i18n_content", {}).values()):
            return str(one["value"])
    raise Barred(f"{value!r} is not offered in {field['name']}")


def values(tenant: "Tenant", reader: User, message: Message, form: Json) -> Json:
    """What is sent. Raises Barred while a required field is empty."""
    kept = message.values.get(reader.open_id, {})
    found: Json = {}
    for field in fields(form):
        name = field["name"]
        typed = shown(field, reader.language, "i18n_default_value")
        value = kept.get(name, typed or next((field[first] for first in _FIRST if field.get(first)), ""))
        if field.get("required") and not value:
            raise Barred(f"{name} is required")
        if value or tenant.unverified.emptied_fields_are_sent:
            found[name] = _sent(field, value, reader)
    return found


def _sent(field: Json, value: Any, reader: User) -> Any:
    """Days carry the offset of whoever picked them."""
    if field["tag"] == "date_picker" and value:
        return f"{value} {reader.zone}"
    return value if value or field["tag"] != "multi_select_person" else []


def _as_card(form: Json) -> Json:
    return {"body": {"elements": [form]}}
