"""Filling in: labels to blocks, words to what an element carries, and what the client refuses to send."""

from typing import TYPE_CHECKING, Any

from tests.simulators.slack import documents
from tests.simulators.slack.errors import Barred
from tests.simulators.slack.kit.blocks import elements
from tests.simulators.slack.screens import value_key
from tests.simulators.slack.values import Json, Message, View

if TYPE_CHECKING:
    from tests.simulators.slack.people import Colleague
    from tests.simulators.slack.workspace import Workspace


def puts_in(workspace: "Workspace", shown: View | Message, values: dict[str, Any]) -> None:
    """Each value into the field of that label, block_id or action_id. Raises Barred for a field that is not there."""
    for name, value in values.items():
        block, element = _field(shown, name)
        key = value_key(element)
        given = {"type": element["type"], key: _carried(workspace, element, key, value)}
        shown.values.setdefault(block["block_id"], {})[element["action_id"]] = given


def _field(shown: View | Message, name: str) -> tuple[Json, Json]:
    for block in shown.blocks:
        for element in elements(block):
            label = block["label"]["text"] if block["type"] == "input" else ""
            if value_key(element) and name in (label, block["block_id"], element["action_id"]):
                return block, element
    labels = [block["label"]["text"] for block in shown.blocks if block["type"] == "input"]
    raise Barred(f"there is no field {name!r}, only {labels}")


def _carried(workspace: "Workspace", element: Json, key: str, value: Any) -> Any:
    """What the state holds for what somebody chose: options by their words or value, people as people or by name."""
    match key:
        case "selected_option":
            return _option(element, value) if value else None
        case "selected_options":
            return [_option(element, one) for one in value]
        case "selected_user":
            return _person(workspace, value) if value else None
        case "selected_users":
            return [_person(workspace, one) for one in value]
        case "selected_channel" | "selected_conversation":
            return getattr(value, "id", value)
        case "selected_channels" | "selected_conversations":
            return [getattr(one, "id", one) for one in value]
        case "selected_date_time":
            return int(value) if value else None
        case _:
            return value or None


def _option(element: Json, chosen: Any) -> Json:
    """A whole option passes as it is: an external_select's come from the app."""
    if isinstance(chosen, dict):
        return chosen
    known = [*element.get("options", ()), *(o for g in element.get("option_groups", ()) for o in g["options"])]
    for option in known:
        if chosen in (option["text"]["text"], option["value"]):
            found: Json = option
            return found
    raise Barred(f"there is no option {chosen!r}, only {[one['text']['text'] for one in known]}")


def _person(workspace: "Workspace", value: Any) -> str:
    name = getattr(value, "id", value)
    for user in workspace.users.values():
        if name in (user.id, user.name, user.real_name):
            return user.id
    raise Barred(f"nobody is called {name!r}")


def checks(view: View) -> None:
    """Raises Barred for what the client does not send: a required field empty, a text out of its bounds."""
    if "submit" not in view.sent:
        raise Barred("this modal has no submit button")
    for block in view.blocks:
        if block["type"] == "input":
            _complete(view, block)


def _complete(view: View, block: Json) -> None:
    element, label = block["element"], block["label"]["text"]
    state = view.values.get(block["block_id"], {}).get(element["action_id"], {})
    value = state.get(value_key(element))
    if value in (None, "", []):
        if not block.get("optional", False):
            raise Barred(f"{label!r} is required")
        return
    _fits(element, label, value)


def _fits(element: Json, label: str, value: Any) -> None:
    most, least = element.get("max_length", 3000), element.get("min_length", 0)
    if element["type"] == "plain_text_input" and not least <= len(value) <= most:
        raise Barred(f"{label!r} does not take {len(value)} characters")
    if isinstance(value, list) and len(value) > element.get("max_selected_items", len(value)):
        raise Barred(f"{label!r} takes {element['max_selected_items']} at most")


def submission(who: "Colleague", view: View) -> Json:
    """What a view_submission holds beside who and where."""
    workspace = who.workspace
    return {
        "trigger_id": workspace.screens.trigger(who.user, view.id).id,
        "view": documents.view(workspace, view),
        "response_urls": _response_urls(who, view),
    }


def _response_urls(who: "Colleague", view: View) -> list[Json]:
    """One for each picker with response_url_enabled (sheet 2.2)."""
    urls = []
    for block in view.blocks:
        for element in elements(block):
            if element.get("response_url_enabled"):
                chosen = view.values[block["block_id"]][element["action_id"]][value_key(element)]
                if chosen:
                    urls.append(_url(who, block, element, chosen))
    return urls


def _url(who: "Colleague", block: Json, element: Json, chosen: str) -> Json:
    workspace = who.workspace
    hook = workspace.hooks.new("app", who.user, workspace.conversations[chosen])
    return {
        "block_id": block["block_id"],
        "action_id": element["action_id"],
        "channel_id": chosen,
        "response_url": workspace.slack.url + hook.path,
    }


def suggestion(workspace: "Workspace", view: View, field: str, words: str) -> Json:
    """What a block_suggestion holds. Raises Barred for fewer characters than the menu waits for (3 unless it says)."""
    block, element = _field(view, field)
    if "external_select" not in element["type"] or len(words) < element.get("min_query_length", 3):
        raise Barred(f"{field!r} does not look up {words!r}")
    return {
        "container": {"type": "view", "view_id": view.id},
        "view": documents.view(workspace, view),
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "value": words,
    }


# --- presses ---


def keeps(shown: View | Message, action: Json) -> None:
    """What was chosen outside of a submission is part of the state too."""
    value = {name: one for name, one in action.items() if name not in ("action_id", "block_id")}
    if len(value) == 2 and value_key(value):
        shown.values.setdefault(action["block_id"], {})[action["action_id"]] = value


def labels(element: Json) -> list[str]:
    """The words on it that can be pressed."""
    if element["type"] == "button":
        return [element["text"]["text"]]
    if element["type"] == "overflow":
        return [option["text"]["text"] for option in element["options"]]
    return [element["placeholder"]["text"]] if "placeholder" in element else []


def pressed(workspace: "Workspace", block: Json, element: Json, label: str, choosing: Any) -> Json | None:
    """The action of pressing `label` (or choosing in it) on this element; None when it is not on it."""
    if choosing is not None:
        on_it = value_key(element) and label in (*labels(element), element["action_id"], block["block_id"])
        return action(workspace, block, element, choosing) if on_it else None
    return action(workspace, block, element, label) if label in labels(element) else None


def action(workspace: "Workspace", block: Json, element: Json, chosen: Any) -> Json:
    """One entry of `actions`: a button pressed, or `chosen` in a menu or picker (sheet 2.1)."""
    base: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    if element["type"] == "button":
        return base | {name: element[name] for name in ("text", "value", "style") if name in element}
    if element["type"] == "overflow":
        return base | {"selected_option": _option(element, chosen)}
    key = value_key(element)
    return base | {key: _carried(workspace, element, key, chosen)}
