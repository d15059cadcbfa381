"""People at their Slack: they type, press, fill in and look. The voice of the tests."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.simulators.slack import answers, forms, keyboard, payloads, pings
from tests.simulators.slack.courier import Delivery
from tests.simulators.slack.errors import Barred
from tests.simulators.slack.eyes import Eyes
from tests.simulators.slack.kit.blocks import elements
from tests.simulators.slack.screens import state
from tests.simulators.slack.values import Conversation, File, Json, Message, User, View

if TYPE_CHECKING:
    from tests.simulators.slack.workspace import Workspace

PATIENCE = 15.0
LOOK_EVERY = 0.01
EMPTY = "This content can't be displayed."
"""What a notification or a screen reader says of a message that came with blocks and no text."""


@dataclass
class Channel:
    """A channel, for the tests: who is in it may change, and it may be archived."""

    workspace: "Workspace"
    place: Conversation

    @property
    def id(self) -> str:
        return self.place.id

    @property
    def messages(self) -> list[Message]:
        """What was said, without what only one could see."""
        return [one for one in self.place.messages if not one.only_for]

    def archives(self) -> None:
        self.workspace.archives(self.place)

    def invites_bot(self) -> None:
        """A member brings the bot in."""
        bot = self.workspace.users[self.workspace.installation.bot_user]
        self.workspace.adds(self.place, bot, self.place.members[0])

    def removes_bot(self) -> None:
        """A member puts the bot out."""
        self.workspace.removes(self.place, self.workspace.users[self.workspace.installation.bot_user])


@dataclass
class Colleague:
    """Somebody in a workspace: what they do (each returns when the bot has taken it, or has not), what they see."""

    workspace: "Workspace"
    user: User

    def __hash__(self) -> int:
        return hash(self.user.id)

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def bot_chat(self) -> Conversation:
        """Their direct conversation with the bot."""
        return self.workspace.direct(self.user)

    # --- typing ---

    async def types(self, line: str, channel: Channel | None = None, *, thread: Message | None = None) -> Delivery:
        """A slash command, as the client sends it; its answer is shown to them. Raises Barred where it would not."""
        self._at_work()
        place = self._in(channel)
        name, _, text = line.partition(" ")
        if thread is not None:
            raise Barred(f"{name} is not supported in threads. Sorry!")
        if self.workspace.installed is None or name not in self.workspace.app.commands:
            raise Barred(f"{name} is not a valid command.")
        workspace = self.workspace
        hook = workspace.hooks.new("commands", self.user, place)
        sent = self._escaped(text.strip())
        payload = payloads.command(workspace, self.user, place, name, sent, workspace.screens.trigger(self.user), hook)
        delivery = await workspace.slack.courier.asks("slash_commands", payload)
        answers.to_command(workspace, hook, delivery)
        return delivery

    def _escaped(self, text: str) -> str:
        unverified = self.workspace.unverified
        text = keyboard.smart(text) if unverified.smart_quotes else text
        if not self.workspace.app.should_escape:
            return text
        picked = keyboard.picked(self.workspace, text, labels=True)
        return (
            picked
            if unverified.escaped_slash_text
            else picked.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        )

    async def says(
        self, text: str, channel: Channel | None = None, *, thread: Message | None = None, files: tuple[str, ...] = ()
    ) -> Message:
        """A plain message, into a channel or to the bot; `files` are names of what is sent along."""
        self._at_work()
        place = self._in(channel)
        if place.archived:
            raise Barred("this channel is archived")
        if place.kind == "im" and not self.workspace.app.messages_tab:
            raise Barred("sending messages to this app has been turned off")
        message = Message("", self.user.id, keyboard.picked(self.workspace, text, labels=False))
        message.thread_ts = (thread.thread_ts or thread.ts) if thread else ""
        message.files = [self._file(name) for name in files]
        message.subtype = "file_share" if files else ""
        self.workspace.records(place, message)
        await self._tells(place, message)
        return message

    async def mentions_bot(self, text: str, channel: Channel, *, thread: Message | None = None) -> Message:
        """A message that begins with the bot's name."""
        return await self.says(f"@{self.workspace.app.name} {text}".rstrip(), channel, thread=thread)

    async def _tells(self, place: Conversation, message: Message) -> None:
        """`message`, and `app_mention` beside it under another id, in either order."""
        if self.workspace.installed is None:
            return
        events = [payloads.said(self.workspace, place, message)]
        if place.kind != "im" and f"<@{self.workspace.installation.bot_user}>" in message.text:
            events.append(payloads.mentioned(self.workspace, place, message))
        courier = self.workspace.slack.courier
        heard = [courier.written(self.workspace, one) for one in events if self.workspace.hears(one, place)]
        await asyncio.gather(*map(courier.brings, heard))

    async def edits(self, message: Message, text: str, channel: Channel | None = None) -> None:
        """Changes their own words."""
        message.text = keyboard.picked(self.workspace, text, labels=False)
        message.edited = payloads.stamp(self.workspace)
        self.workspace.changed(self._in(channel), message)
        await self.workspace.settled()

    def _file(self, name: str) -> File:
        file = File(self.workspace.slack.ids.next("F"), self.workspace.id, name, 1, "", done=True)
        self.workspace.files[file.id] = file
        return file

    # --- pressing ---

    async def presses(
        self, label: str, on: Message | View | Channel | None = None, *, choosing: Any = None
    ) -> Delivery:
        """Presses the button (or the line of an overflow menu) of this label: on this message or view, in this
        channel, or the newest of all they see. An open modal hides what is behind it.

        `choosing`: the label names a menu, date or people picker outside a form, and this is chosen in it."""
        for place, shown, block, element in self._pressable(on):
            action = forms.pressed(self.workspace, block, element, label, choosing)
            if action is not None:
                return await self.acts(place, shown, action)
        raise Barred(f"{self.user.name} sees no {label!r}, only {self.buttons(on)}")

    async def acts(self, place: Conversation | None, shown: Message | View, action: Json) -> Delivery:
        """One action on a message of `place`, or on a view."""
        self._takes_part()
        workspace, more = self.workspace, {}
        forms.keeps(shown, action)
        if isinstance(shown, View):
            origin = payloads.view_origin(workspace, shown)
            trigger = workspace.screens.trigger(self.user, shown.id)
        else:
            assert place is not None
            origin = payloads.message_origin(workspace, place, shown)
            origin["state"] = {"values": state(shown.blocks, shown.values)}
            trigger = workspace.screens.trigger(self.user)
            hook = workspace.hooks.new("actions", self.user, place, shown)
            more = {"response_url": workspace.slack.url + hook.path}
        action |= {"action_ts": payloads.stamp(workspace)}
        whole = origin | {"trigger_id": trigger.id, "actions": [action]} | more
        return await self._interacts(payloads.interaction(workspace, "block_actions", self.user, **whole))

    def _takes_part(self) -> None:
        """Raises Barred where nothing would be sent: somebody has left, or the app is gone."""
        self._at_work()
        if self.workspace.installed is None:
            raise Barred(f"{self.workspace.app.name} is not installed here")

    async def _interacts(self, payload: Json) -> Delivery:
        delivery = await self.workspace.slack.courier.asks("interactive", payload)
        answers.to_press(self.workspace, self.user, delivery)
        return delivery

    async def searches(self, field: str, words: str) -> list[Json]:
        """Types into a menu whose options the app looks up; gives the options that came."""
        shown = self.modal
        if shown is None:
            raise Barred(f"{self.user.name} has no modal open")
        payload = payloads.interaction(
            self.workspace, "block_suggestion", self.user, **forms.suggestion(self.workspace, shown, field, words)
        )
        delivery = await self.workspace.slack.courier.asks("interactive", payload)
        return answers.to_search(delivery)

    def buttons(self, on: Message | View | Channel | None = None) -> list[str]:
        """Every label they could press."""
        found = [forms.labels(element) for _, _, _, element in self._pressable(on)]
        return [label for labels in found for label in labels]

    def _pressable(self, on: Message | View | Channel | None) -> Iterator[tuple[Conversation | None, Any, Json, Json]]:
        for place, shown in self._shown(on):
            for block in shown.blocks:
                for element in elements(block):
                    yield place, shown, block, element

    def _shown(self, on: Message | View | Channel | None) -> Iterator[tuple[Conversation | None, Message | View]]:
        """What they see, newest first, the Home tab last."""
        if isinstance(on, View):
            yield None, on
            return
        top = self.modal
        if top is not None and on is None:
            yield None, top
            return
        seen = [(place, one) for place in self._places(on) for one in self._messages(place)]
        yield from sorted(seen, key=lambda pair: float(pair[1].ts), reverse=True)
        if on is None and self.home is not None:
            yield None, self.home

    def _places(self, on: Message | View | Channel | None) -> list[Conversation]:
        if isinstance(on, Channel):
            return [on.place]
        mine = [place for place in self.workspace.conversations.values() if self.user.id in place.members]
        if isinstance(on, Message):
            holding = [place for place in mine if any(one is on for one in place.messages)]
            return [Conversation(p.id, p.team, p.name, p.kind, p.members, messages=[on]) for p in holding]
        return mine

    def puts_in(self, values: dict[str, Any], on: Message | View | None = None) -> None:
        """Types and chooses without sending: in their modal, or in a message's fields."""
        shown = on or self.modal
        if shown is None:
            raise Barred(f"{self.user.name} has no modal open")
        forms.puts_in(self.workspace, shown, values)

    # --- modals, home, shortcuts ---

    async def fills(self, values: dict[str, Any] | None = None, view: View | None = None) -> Delivery:
        """Puts `values` (by label or block_id) into their modal and submits it. Raises Barred where the client would
        not send it: a required field empty, a text too long, an option that is not there."""
        shown = view or self.modal
        if shown is None:
            raise Barred(f"{self.user.name} has no modal open")
        self.puts_in(values or {}, shown)
        forms.checks(shown)
        return await self.submits(shown)

    async def submits(self, view: View) -> Delivery:
        """Sends a modal as it stands."""
        self._takes_part()
        payload = payloads.interaction(self.workspace, "view_submission", self.user, **forms.submission(self, view))
        delivery = await self.workspace.slack.courier.asks("interactive", payload)
        answers.to_submission(self.workspace, self.user, view, delivery)
        return delivery

    async def closes(self, *, everything: bool = False) -> Delivery | None:
        """Cancels the top modal, or with the cross all of them."""
        stack = self.workspace.screens.stacks.get(self.user.id, [])
        if not stack:
            raise Barred(f"{self.user.name} has no modal open")
        view = stack[0] if everything else stack[-1]
        payload = payloads.interaction(
            self.workspace,
            "view_closed",
            self.user,
            view=payloads.view_origin(self.workspace, view)["view"],
            is_cleared=everything,
        )
        self.workspace.screens.clears(self.user.id) if everything else self.workspace.screens.pops(self.user.id)
        if not view.sent.get("notify_on_close"):
            return None
        return await self._interacts(payload)

    async def opens_home(self) -> None:
        """Looks at the bot's Home tab."""
        await self._opens("home")

    async def opens_messages(self) -> None:
        """Looks at the bot's Messages tab."""
        await self._opens("messages")

    async def _opens(self, tab: str) -> None:
        inner = payloads.home_opened(self.workspace, self.user, self.bot_chat, tab, self.home)
        if self.workspace.hears(inner):
            courier = self.workspace.slack.courier
            await courier.brings(courier.written(self.workspace, inner))

    async def shortcut(self, name: str, on: Message | None = None) -> Delivery:
        """A shortcut by its name or callback_id: of the message `on`, or a global one."""
        self._takes_part()
        kind = "message" if on else "global"
        found = [s for s in self.workspace.app.shortcuts if s[0] == kind and name in s[1:]]
        if not found:
            raise Barred(f"there is no {kind} shortcut {name!r}")
        return await self._interacts(payloads.shortcut(self.workspace, self.user, found[0][1], self._around(on)))

    def _around(self, on: Message | None) -> tuple[Conversation, Message] | None:
        return (self._places(on)[0], on) if on else None

    # --- coming and going ---

    async def joins(self, channel: Channel) -> None:
        self.workspace.adds(channel.place, self.user)
        await self.workspace.settled()

    async def leaves(self, channel: Channel) -> None:
        self.workspace.removes(channel.place, self.user)
        await self.workspace.settled()

    async def leaves_company(self) -> None:
        self.workspace.leaves_company(self.user)
        await self.workspace.settled()

    # --- looking ---

    @property
    def modal(self) -> View | None:
        """The modal on top."""
        return self.workspace.screens.top(self.user.id)

    @property
    def home(self) -> View | None:
        """Their Home tab; None until the bot has published one."""
        return self.workspace.screens.homes.get(self.user.id)

    def messages(self, channel: Channel | None = None) -> list[Message]:
        """What they have before them there, oldest first, with what only they can see."""
        return self._messages(self._in(channel))

    def _messages(self, place: Conversation) -> list[Message]:
        return [one for one in place.messages if one.only_for in ("", self.user.id)]

    def sees(self, channel: Channel | None = None) -> str:
        """All words before their eyes: the channel's (else the direct conversation's), then an open modal's."""
        eyes = Eyes(self.workspace, self.user)
        said = [eyes.message(one) for one in self.messages(channel)]
        return "\n".join([*said, *([eyes.view(self.modal)] if self.modal else [])])

    def sees_home(self) -> str:
        """The Home tab's words; empty until the bot has published one."""
        return Eyes(self.workspace, self.user).view(self.home) if self.home else ""

    def notified(self) -> list[str]:
        """What their phone showed: the text of direct messages and of those that call them, oldest first."""
        eyes, called = Eyes(self.workspace, self.user), {self.user.id, "here", "channel", "everyone"}
        seen = [(place, one) for place in self._places(None) for one in self._messages(place) if one.user != self.id]
        loud = [one for place, one in seen if not one.only_for and (place.direct or pings.calls(one) & called)]
        return [eyes.mrkdwn(one.text) or EMPTY for one in sorted(loud, key=lambda one: float(one.ts))]

    async def will_see(self, words: str, channel: Channel | None = None) -> str:
        """Waits until `words` are before their eyes there. Raises AssertionError after PATIENCE."""
        for _ in range(int(PATIENCE / LOOK_EVERY)):
            if words in self.sees(channel):
                return self.sees(channel)
            await asyncio.sleep(LOOK_EVERY)
        raise AssertionError(f"{self.user.name} never saw {words!r} but: {self.sees(channel)[:2000]}")

    def _in(self, channel: Channel | None) -> Conversation:
        place = channel.place if channel else self.bot_chat
        if self.user.id not in place.members:
            raise Barred(f"{self.user.name} is not in #{place.name}")
        return place

    def _at_work(self) -> None:
        """Raises Barred for somebody who has left."""
        if self.user.deleted:
            raise Barred(f"{self.user.name} has left")
