"""views.*: modals on a trigger, their stack, and the Home tab."""

from typing import Any

from tests.simulators.slack import documents
from tests.simulators.slack.api.asked import Asked
from tests.simulators.slack.errors import SlackError, invalid
from tests.simulators.slack.kit import views as kit
from tests.simulators.slack.values import Json, View


def open_(asked: Asked) -> Json:
    sent = _sent(asked, "modal")
    who = asked.workspace.screens.spends(asked.text("trigger_id"))
    return _shown(asked, asked.workspace.screens.opens(who, sent))


def push(asked: Asked) -> Json:
    sent = _sent(asked, "modal")
    screens = asked.workspace.screens
    who = screens.spends(asked.text("trigger_id"))
    return _shown(asked, screens.pushes(who, sent))


def update(asked: Asked) -> Json:
    sent = _sent(asked, "modal")
    view = asked.workspace.screens.found(asked.text("view_id"), asked.text("external_id"))
    _fresh(asked, view)
    asked.workspace.screens.replaces(view, sent)
    return _shown(asked, view)


def publish(asked: Asked) -> Json:
    who = asked.user(asked.text("user_id"))
    sent = _sent(asked, "home")
    if not asked.workspace.app.home_tab:
        raise SlackError("not_enabled")
    known = asked.workspace.screens.homes.get(who.id)
    if known:
        _fresh(asked, known)
    return _shown(asked, asked.workspace.screens.publishes(who, sent))


def _fresh(asked: Asked, view: View) -> None:
    """A `hash`, where one is sent, must be that of the view as it stands."""
    if asked.text("hash") and asked.text("hash") != view.hash:
        raise SlackError("hash_conflict")


def _sent(asked: Asked, kind: str) -> Json:
    given: Any = asked.json("view")
    if not isinstance(given, dict):
        raise invalid("invalid_arguments", ["missing required field: view"])
    problems = kit.faults(given, kind)
    if problems:
        raise invalid("invalid_arguments", problems)
    if kit.too_large(given):
        raise SlackError("view_too_large")
    return given


def _shown(asked: Asked, view: View) -> Json:
    return {"view": documents.view(asked.workspace, view)}
