"""Modals and Home tabs as they stand on people's screens: triggers, stacks of at most three, hashes, kept input."""

import secrets
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.simulators.slack.agenda import seconds
from tests.simulators.slack.api.content import with_ids
from tests.simulators.slack.errors import SlackError
from tests.simulators.slack.kit.blocks import elements
from tests.simulators.slack.values import Json, Trigger, User, View

if TYPE_CHECKING:
    from tests.simulators.slack.workspace import Workspace

TRIGGER_SECONDS = 3.0
DEEPEST = 3
FIRST = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),
}
"""By element: the key of its value in the state, and of what it shows at first (sheet 2.1, 2.2)."""
LISTS = ("selected_users", "selected_options", "selected_conversations", "selected_channels", "files")


def value_key(element: Json) -> str:
    """The key under which this element's value is carried; empty for a button or an overflow menu."""
    return FIRST.get(element["type"], ("", ""))[0]


class Screens:
    """Everybody's screens in one workspace."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace
        self.triggers: dict[str, Trigger] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    # --- triggers ---

    def trigger(self, who: User, view: str = "") -> Trigger:
        """Something `who` did, which lets the app open one modal within three seconds."""
        id = f"{int(seconds(self.workspace.clock.now()) * 1000)}.{who.id}.{secrets.token_hex(8)}"
        trigger = Trigger(id, who.id, self.workspace.clock.now(), time.monotonic(), view)
        self.triggers[id] = trigger
        return trigger

    def spends(self, id: str) -> User:
        """Whom it lets a modal be shown. Raises the errors of sheet 2; late by either clock is late."""
        if not id:
            raise SlackError("invalid_trigger_id")
        trigger = self.triggers.get(id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        late = self.workspace.clock.now() - trigger.at > timedelta(seconds=TRIGGER_SECONDS)
        if late or time.monotonic() - trigger.started > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return self.workspace.users[trigger.user]

    # --- modals ---

    def opens(self, who: User, sent: Json) -> View:
        """A new stack of one."""
        view = self._new(who, sent)
        self.stacks[who.id] = [view]
        return view

    def pushes(self, who: User, sent: Json) -> View:
        """On top of what is open. Raises SlackError on a stack of three."""
        stack = self.stacks.setdefault(who.id, [])
        if len(stack) >= DEEPEST:
            raise SlackError(self.workspace.unverified.fourth_view)
        view = self._new(who, sent)
        if stack:
            view.root, view.previous = stack[0].id, stack[-1].id
        stack.append(view)
        return view

    def found(self, view_id: str, external_id: str) -> View:
        """An open modal. Raises SlackError not_found."""
        for view in self._open():
            if view.id == view_id or (external_id and view.sent.get("external_id") == external_id):
                return view
        raise SlackError("not_found")

    def replaces(self, view: View, sent: Json) -> None:
        """Other content, same view; input stays where block_id and action_id do (sheet 2.3)."""
        view.sent = sent | {"blocks": with_ids(sent["blocks"])}
        view.hash, view.errors = self._hash(), {}
        view.values = state(view.blocks, view.values)

    def pops(self, who: str) -> None:
        """Closes the top one."""
        self.stacks[who].pop()
        if not self.stacks[who]:
            del self.stacks[who]

    def clears(self, who: str) -> None:
        """Closes them all."""
        self.stacks.pop(who, None)

    def top(self, who: str) -> View | None:
        stack = self.stacks.get(who)
        return stack[-1] if stack else None

    # --- home ---

    def publishes(self, who: User, sent: Json) -> View:
        """Their Home tab from now on; the view keeps its id."""
        known = self.homes.get(who.id)
        if known is None:
            known = self.homes[who.id] = self._new(who, sent)
        else:
            self.replaces(known, sent)
        return known

    def _new(self, who: User, sent: Json) -> View:
        taken = {view.sent.get("external_id") for view in (*self._open(), *self.homes.values())}
        if sent.get("external_id") and sent["external_id"] in taken:
            raise SlackError("duplicate_external_id")
        id = self.workspace.slack.ids.next("V")
        kept = sent | {"blocks": with_ids(sent["blocks"])}
        return View(id, self.workspace.id, who.id, kept, self._hash(), id, None, state(kept["blocks"], {}))

    def _open(self) -> list[View]:
        return [view for stack in self.stacks.values() for view in stack]

    def _hash(self) -> str:
        return f"{int(seconds(self.workspace.clock.now()))}.{secrets.token_hex(4)}"


def state(blocks: list[Json], before: dict[str, Json]) -> dict[str, Json]:
    """The state of every element that has a value, as typed before or as first shown."""
    values: dict[str, Json] = {}
    for block in blocks:
        for element in elements(block):
            key = value_key(element)
            if key:
                kept = before.get(block["block_id"], {}).get(element["action_id"])
                values.setdefault(block["block_id"], {})[element["action_id"]] = kept or _first(element, key)
    return values


def _first(element: Json, key: str) -> Json:
    """Untouched fields are there, with null or an empty list (sheet 2.2)."""
    empty: list[Json] | None = [] if key in LISTS else None
    return {"type": element["type"], key: element.get(FIRST[element["type"]][1], empty)}
