"""response_urls: what an answer to one does to the message it belongs to, five times in thirty minutes (sheet 1.4)."""

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.simulators.slack.api import content
from tests.simulators.slack.errors import SlackError
from tests.simulators.slack.values import Conversation, Hook, Json, Message, User

if TYPE_CHECKING:
    from tests.simulators.slack.workspace import Workspace

USES = 5
LASTS = timedelta(minutes=30)


class Hooks:
    """Every response_url of a workspace."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace
        self.known: dict[str, Hook] = {}

    def new(self, kind: str, who: User, place: Conversation, source: Message | None = None) -> Hook:
        """`kind` is commands, actions or app, the second part of its path."""
        path = f"/{kind}/{self.workspace.id}/{len(self.known) + 1}/{secrets.token_hex(12)}"
        self.known[path] = Hook(path, who.id, place.id, self.workspace.clock.now(), source)
        return self.known[path]

    def answered(self, path: str, given: Json) -> tuple[int, str]:
        """Status and body of one use."""
        hook = self.known.get(path)
        if hook is None:
            return 404, "no_service"
        if self.workspace.clock.now() - hook.at > LASTS:
            return self.workspace.unverified.expired_url
        if hook.uses >= USES:
            return self.workspace.unverified.used_url
        try:
            self.does(hook, given)
        except SlackError as refused:
            return 400, refused.code
        hook.uses += 1
        return 200, "ok"

    def does(self, hook: Hook, given: Json) -> None:
        """Replaces, deletes or says. Raises SlackError for content that chat.postMessage would refuse too."""
        place = self.workspace.conversations[hook.conversation]
        if given.get("delete_original"):
            if hook.source is None:
                raise SlackError("message_not_found")
            place.messages = [one for one in place.messages if one is not hook.source]
            return
        text, blocks = _content(given)
        if given.get("replace_original") and hook.source is not None:
            self._replace(place, hook.source, text, blocks)
        else:
            self._says(hook, place, given, text, blocks)

    def _replace(self, place: Conversation, source: Message, text: str, blocks: list[Json]) -> None:
        source.text, source.blocks = text, blocks
        if not source.only_for:
            self.workspace.changed(place, source)

    def _says(self, hook: Hook, place: Conversation, given: Json, text: str, blocks: list[Json]) -> None:
        kind = given.get("response_type", "ephemeral")
        if kind not in ("ephemeral", "in_channel"):
            raise SlackError("invalid_response_type")
        installed = self.workspace.installation
        message = Message("", installed.bot_user, text, blocks, installed.bot, given.get("metadata"))
        message.thread_ts = given.get("thread_ts") or ""
        message.only_for = hook.user if kind == "ephemeral" else ""
        self.workspace.says(place, message)


def _content(given: Json) -> tuple[str, list[Json]]:
    text = given.get("text") or ""
    blocks = content.checked(given["blocks"]) if given.get("blocks") is not None else []
    if not text and not blocks:
        raise SlackError("no_text")
    return text[: content.LONGEST_TEXT], blocks
