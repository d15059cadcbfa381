"""Modals and Home tabs as a whole: their fields, their size, and what their blocks need from them."""

import json
from collections.abc import Iterator
from typing import Any

from tests.simulators.slack.kit import blocks
from tests.simulators.slack.kit.elements import ID, plain
from tests.simulators.slack.kit.rules import Rule, boolean, fault, shape, string, typed

MOST_BYTES = 250_000


def _anything(value: Any, place: str) -> Iterator[str]:
    return iter(())


MODAL = shape(
    {"title": plain(24), "blocks": _anything},
    submit=plain(24),
    close=plain(24),
    private_metadata=string(3000),
    callback_id=ID,
    external_id=ID,
    clear_on_close=boolean,
    notify_on_close=boolean,
    submit_disabled=boolean,
)
HOME = shape({"blocks": _anything}, private_metadata=string(3000), callback_id=ID, external_id=ID)
_VIEW: Rule = typed({"modal": MODAL, "home": HOME})


def faults(view: Any, allowed: str, place: str = "/view") -> list[str]:
    """Everything Slack has against this view where a view of type `allowed` is expected."""
    found = list(_VIEW(view, place))
    if found:
        return found
    if view["type"] != allowed:
        return [fault("must be a valid enum value", f"{place}/type")]
    return blocks.faults(view["blocks"], view["type"], f"{place}/blocks") or list(_needs(view, place))


def too_large(view: dict[str, Any]) -> bool:
    """Above about 250 KB of JSON: `view_too_large`."""
    return len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode()) > MOST_BYTES


def _needs(view: dict[str, Any], place: str) -> Iterator[str]:
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    if view["type"] == "modal" and inputs and "submit" not in view:
        yield fault("missing required field: submit", place)
    focused = [one for block in view["blocks"] for one in blocks.elements(block) if one.get("focus_on_load")]
    if len(focused) > 1:
        yield fault("only one element may be focused on load", f"{place}/blocks")
