"""One call of the Web API as a method sees it: who calls, with what arguments, and what those may reach."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.simulators.slack import documents
from tests.simulators.slack.errors import SlackError, invalid
from tests.simulators.slack.values import Conversation, Installation, Json, Message, User

if TYPE_CHECKING:
    from tests.simulators.slack.workspace import Workspace


@dataclass
class Asked:
    """Arguments are merged from query, form and JSON; what comes as text may hold JSON (sheet 4.1)."""

    workspace: "Workspace"
    installation: Installation
    args: dict[str, Any]

    def text(self, name: str) -> str:
        value = self.args.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        return self.args.get(name) in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int) -> int:
        """Raises SlackError invalid_arguments for anything but a whole number."""
        value = self.args.get(name)
        if value in (None, ""):
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise invalid("invalid_arguments", [f"must be an integer [json-pointer:/{name}]"]) from None

    def json(self, name: str, wrong: str = "invalid_arguments") -> Any:
        """The argument, decoded where it came as text; None when it is missing. Raises SlackError `wrong`."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise SlackError(wrong) from None

    # --- what the bot may reach ---

    @property
    def bot(self) -> str:
        return self.installation.bot_user

    def needs(self, *scopes: str) -> None:
        """Raises missing_scope unless one of them was granted."""
        if scopes and not any(scope in self.installation.scopes for scope in scopes):
            raise SlackError("missing_scope", needed=scopes[0], provided=",".join(self.installation.scopes))

    def user(self, id: str, unknown: str = "user_not_found") -> User:
        found = self.workspace.users.get(id)
        if found is None:
            raise SlackError(unknown)
        return found

    def person(self, who: User) -> User:
        """Raises cannot_dm_bot for an account that nobody is behind."""
        if who.automatic:
            raise SlackError("cannot_dm_bot")
        return who

    def conversation(self, name: str = "channel", right: str = "") -> Conversation:
        """The conversation this argument names, if the bot may know of it; `right` is read or history.

        Raises channel_not_found for what is unknown or private to others, missing_scope without `<kind>:right`."""
        found = self.workspace.conversations.get(self.text(name))
        if found is None or (found.kind != "public" and self.bot not in found.members):
            raise SlackError("channel_not_found")
        if right:
            self.needs(f"{documents.FAMILY[found.kind]}:{right}")
        return found

    def inside(self, place: Conversation) -> Conversation:
        """Raises not_in_channel unless the bot is a member."""
        if self.bot not in place.members:
            raise SlackError("not_in_channel")
        return place

    def own(self, place: Conversation, ts: str, wrong: str) -> Message:
        """The bot's message of this ts. Raises message_not_found, or `wrong` for somebody else's."""
        found = place.message(ts)
        if found is None:
            raise SlackError("message_not_found")
        if found.bot != self.installation.bot:
            raise SlackError(wrong)
        return found


def page(asked: Asked, everything: list[Any], default: int, most: int) -> tuple[list[Any], Json]:
    """One page and its response_metadata: next_cursor is "" at the end (sheet 10).

    `workspace.page_size` makes pages smaller than asked for; `workspace.empty_page` puts an empty one in the middle."""
    limit = asked.number("limit", default)
    if not 0 < limit <= most:
        raise SlackError("invalid_limit")
    size = min(limit, asked.workspace.page_size or limit)
    start, rested = _cursor(asked)
    if asked.workspace.empty_page and start and not rested:
        return [], {"next_cursor": f"at:{start}:rested"}
    after = start + size
    return everything[start:after], {"next_cursor": f"at:{after}" if after < len(everything) else ""}


def _cursor(asked: Asked) -> tuple[int, bool]:
    cursor = asked.text("cursor")
    if not cursor:
        return 0, False
    mark, _, rest = cursor.partition(":")
    number, _, rested = rest.partition(":")
    if mark != "at" or not number.isdigit():
        raise SlackError("invalid_cursor")
    return int(number), bool(rested)
