"""People at their Feishu: they type, press, fill in and look. The voice of the tests."""

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.simulators.feishu import answers, forms, payloads
from tests.simulators.feishu.api.messages import UPDATABLE
from tests.simulators.feishu.courier import Delivery
from tests.simulators.feishu.errors import Barred
from tests.simulators.feishu.eyes import Eyes
from tests.simulators.feishu.values import Chat, Json, Message, User

if TYPE_CHECKING:
    from tests.simulators.feishu.tenant import Tenant

PATIENCE = 15.0
LOOK_EVERY = 0.01


@dataclass
class Group:
    """A group, for the tests."""

    tenant: "Tenant"
    chat: Chat

    @property
    def id(self) -> str:
        return self.chat.id

    @property
    def messages(self) -> list[Message]:
        """What was said, without what only one could see."""
        return [one for one in self.chat.messages if not one.only_for]

    async def adds_bot(self, by: "Colleague") -> None:
        """A member brings the bot in."""
        self.chat.bot = True
        await self.tenant.tells(payloads.bot_in_group(self.tenant, by.user, self.chat, added=True))

    async def removes_bot(self, by: "Colleague") -> None:
        """A member puts the bot out."""
        self.chat.bot = False
        await self.tenant.tells(payloads.bot_in_group(self.tenant, by.user, self.chat, added=False))


@dataclass
class Colleague:
    """Somebody in a tenant: what they do (each returns when the bot has taken it, or has not), what they see."""

    tenant: "Tenant"
    user: User

    def __hash__(self) -> int:
        return hash(self.user.open_id)

    @property
    def id(self) -> str:
        return self.user.open_id

    @property
    def bot_chat(self) -> Chat:
        """Their conversation with the bot."""
        return self.tenant.direct(self.user)

    # --- typing ---

    async def says(
        self, text: str, group: Group | None = None, *, reply: Message | None = None, post: bool = False
    ) -> Message:
        """A message to the bot, or into a group; whoever stands after an @ is picked. `post`: as rich text."""
        chat = self._in(group)
        written, mentions = self._picked(text, chat)
        content = {"text": written}
        if post:
            line = [{"tag": "text", "text": written, "style": []}]
            content = {"title": "", "content": [line]}  # type: ignore[dict-item]
        return await self._sends(chat, "post" if post else "text", content, mentions, reply)

    async def sends_file(self, name: str, group: Group | None = None, *, reply: Message | None = None) -> Message:
        """A file: a message of its own, without words."""
        key = self.tenant.ids.next("file_v3")
        return await self._sends(self._in(group), "file", {"file_key": key, "file_name": name}, [], reply)

    async def sends(self, kind: str, content: Json, group: Group | None = None) -> Message:
        """Any other kind: sticker, audio, location …"""
        return await self._sends(self._in(group), kind, content, [], None)

    async def _sends(
        self, chat: Chat, kind: str, content: Json, mentions: list[Json], reply: Message | None
    ) -> Message:
        text = json.dumps(content, ensure_ascii=False)
        message = Message(self.tenant.ids.next("om"), chat.id, self.id, kind, text, self.tenant.clock.now())
        if reply is not None:
            message.parent, message.root = reply.id, reply.root or reply.id
        chat.messages.append(message)
        if self.tenant.hears_message(chat, mentions):
            await self.tenant.tells(payloads.received(self.tenant, self.user, chat, message, mentions))
        return message

    def _picked(self, text: str, chat: Chat) -> tuple[str, list[Json]]:
        """Names after an @ become keys, in order; a bot can only be picked in a group."""
        names: dict[str, User | None] = {one.name: one for one in self.tenant.users.values()}
        if not chat.p2p:
            names[self.tenant.app.name] = None
        mentions: list[Json] = []

        def pick(found: re.Match[str]) -> str:
            mentions.append(payloads.mention(self.tenant, f"@_user_{len(mentions) + 1}", names[found[1]]))
            return f"@_user_{len(mentions)}"

        known = "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True))
        written = re.sub(f"@({known})", pick, text) if known else text
        return written.replace("@所有人", "@_all"), mentions

    def bubbles(self) -> list[str]:
        """What they could tap below the newest direct message, in their client's language."""
        newest = self.bot_chat.messages[-1] if self.bot_chat.messages else None
        return [self._bubble(one) for one in newest.bubbles] if newest else []

    async def taps(self, words: str) -> Message:
        """A bubble: its words are sent as theirs, and all bubbles go. Raises Barred where there is none such."""
        if words not in self.bubbles():
            raise Barred(f"{self.user.name} sees no {words!r}, only {self.bubbles()}")
        return await self.says(words)

    def _bubble(self, one: Json) -> str:
        said = {text["language"]: text["content"] for text in one.get("i18n_contents", [])}
        return str(said.get(self.user.language, one["content"]))

    async def taps_menu(self, key: str) -> None:
        """An entry of the bot's menu. Raises Barred where the app has none of this key."""
        if key not in self.tenant.app.menu:
            raise Barred(f"there is no {key!r} in the menu, only {self.tenant.app.menu}")
        await self.tenant.tells(payloads.menu(self.tenant, self.user, key))

    async def opens_chat(self) -> None:
        """Looks at the conversation with the bot."""
        await self.tenant.tells(payloads.entered(self.tenant, self.user, self.bot_chat))

    # --- pressing ---

    async def presses(self, label: str, on: Message | Group | None = None) -> Delivery | None:
        """Presses the button of this label: on this message, in this group, or on the newest of all they see. In a form
        it submits. None for one that sends nothing (a link, a form's reset)."""
        for message, button, form in self._pressable(on):
            if label in self._labels(button):
                return await self._pressed(message, button, form)
        raise Barred(f"{self.user.name} sees no {label!r}, only {self.buttons(on)}")

    async def fills(self, given: dict[str, Any] | None = None, on: Message | None = None) -> Delivery | None:
        """Fills in the newest form they see and sends it. Raises Barred where the client would not."""
        for message, button, form in self._pressable(on):
            if form is not None and button.get("form_action_type") == "submit":
                forms.put(self.tenant, self.user, message, form, given or {})
                return await self._pressed(message, button, form)
        raise Barred(f"{self.user.name} sees no form")

    async def sends_again(self, delivery: Delivery) -> Delivery:
        """The same press once more, as a second click before the answer came."""
        payload = {**delivery.payload, "header": {**delivery.payload["header"], "event_id": self.tenant.ids.hex(32)}}
        return await self._acts(self._of(delivery), payload)

    def _of(self, delivery: Delivery) -> Message:
        found = self.tenant.message(delivery.payload["event"]["context"]["open_message_id"])
        assert found is not None
        return found

    async def _pressed(self, message: Message, button: Json, form: Json | None) -> Delivery | None:
        value = next((one["value"] for one in button.get("behaviors", []) if one["type"] == "callback"), None)
        if button.get("form_action_type") == "reset":
            message.values.pop(self.id, None)
            return None
        acted: Json = {"tag": "button", "value": value or {}}
        if "name" in button:
            acted["name"] = button["name"]
        if form is not None and button.get("form_action_type") == "submit":
            acted["form_value"] = forms.values(self.tenant, self.user, message, form)
            acted["timezone"] = "Asia/Shanghai"
        elif value is None:
            return None
        if not self.tenant.unverified.old_cards_react and self.tenant.clock.now() - message.at > UPDATABLE:
            raise Barred("the card has expired")
        token = "c-" + self.tenant.ids.hex(32)
        return await self._acts(message, payloads.action(self.tenant, self.user, message, token, **acted))

    async def _acts(self, message: Message, payload: Json) -> Delivery:
        """A callback: without the console's callback tab nothing happens but an error code (sheet 7, row 5)."""
        if payload["header"]["event_type"] not in self.tenant.app.callbacks:
            answers.fails(self.tenant, self.user, message, 200340)
            return Delivery(payload)
        delivery = await self.tenant.courier.brings(payload)
        answers.to_action(self.tenant, self.user, message, delivery)
        return delivery

    def buttons(self, on: Message | Group | None = None) -> list[str]:
        """Every label they could press."""
        return [self._labels(button)[0] for _, button, _ in self._pressable(on)]

    def _labels(self, button: Json) -> list[str]:
        text = button.get("text", {"content": ""})
        return [Eyes(self.tenant, self.user).text(text), text["content"]]

    def _pressable(self, on: Message | Group | None) -> Iterator[tuple[Message, Json, Json | None]]:
        for message in self._shown(on):
            if message.card is not None:
                for button, form in forms.buttons(message.card):
                    yield message, button, form

    def _shown(self, on: Message | Group | None) -> list[Message]:
        """What they see, newest first."""
        if isinstance(on, Message):
            return [on]
        chats = [on.chat] if on else [one for one in self.tenant.chats.values() if self.id in one.members]
        seen = [message for chat in chats for message in self._messages(chat)]
        order = {message.id: place for place, message in enumerate(self.tenant.said())}
        return sorted(seen, key=lambda one: order[one.id], reverse=True)

    # --- looking ---

    def messages(self, group: Group | None = None) -> list[Message]:
        """What they have before them there, oldest first, with what only they can see."""
        return self._messages(self._in(group))

    def _messages(self, chat: Chat) -> list[Message]:
        return [one for one in chat.messages if one.only_for in ("", self.id) and not one.recalled]

    def sees(self, group: Group | None = None) -> str:
        """All words before their eyes there; what popped up too."""
        eyes = Eyes(self.tenant, self.user)
        return "\n".join(eyes.message(one) for one in self.messages(group))

    def notified(self) -> list[str]:
        """What their phone showed of the bot's direct messages, oldest first."""
        eyes = Eyes(self.tenant, self.user)
        ours = [one for one in self.messages() if one.sender == self.tenant.app.id]
        return [eyes.summary(one.card) if one.card else eyes.plain(one) for one in ours]

    async def will_see(self, words: str, group: Group | None = None) -> str:
        """Waits until `words` are before their eyes there. Raises AssertionError after PATIENCE."""
        for _ in range(int(PATIENCE / LOOK_EVERY)):
            if words in self.sees(group):
                return self.sees(group)
            await asyncio.sleep(LOOK_EVERY)
        raise AssertionError(f"{self.user.name} never saw {words!r} but: {self.sees(group)[:2000]}")

    def _in(self, group: Group | None) -> Chat:
        chat = group.chat if group else self.bot_chat
        if self.id not in chat.members:
            raise Barred(f"{self.user.name} is not in {chat.name}")
        return chat
