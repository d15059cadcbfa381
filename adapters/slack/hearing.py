"""What people do in Slack, one kind of payload at a time: read, handed to the core, answered (answering.py)."""

import asyncio
from collections.abc import Mapping

import structlog
from msgspec.structs import replace

from adapters.slack import incoming, modals
from adapters.slack.answering import LATEST, UNSHOWN, Ack, Answering, now, within
from adapters.slack.blocks import MESSENGER, Json
from adapters.slack.calls import Calls
from adapters.slack.carried import read_metadata
from adapters.slack.entities import Spoken, groups_in, people_in, spoken, unescaped
from adapters.slack.home import Homes
from adapters.slack.identity import Identity
from adapters.slack.naming import Naming
from adapters.slack.outgoing import asked as as_card
from adapters.slack.people import LOOK_UP, People
from adapters.slack.posting import Posting
from adapters.slack.showing import Showing, Way
from adapters.slack.words import word
from bot.cards import Toast
from bot.clock import Clock
from bot.errors import Delivery
from bot.messenger import Incoming, Pressed, Quoted, Receive
from bot.people import Room

log = structlog.get_logger()

OTHERS_FIRST = 1.0
"""Seconds that a redelivery leaves to another process, which may be showing the first one's answer just now (A4 row 1)."""


class Hearing:
    """Hears the interactions of one workspace for one `receive`."""

    def __init__(
        self, receive: Receive, me: Identity, calls: Calls, people: People, posting: Posting, homes: Homes, clock: Clock,
        news: asyncio.Event, naming: Naming,
    ) -> None:  # fmt: skip
        self._receive = receive
        self._me = me
        self._calls = calls
        self._people = people
        self._posting = posting
        self._showing = Showing(calls, posting, people)
        self._homes = homes
        self._clock = clock
        self._news = news
        self._naming = naming
        self._answering = Answering(receive, self._showing, homes)
        self._busy = self._answering.busy
        self.under_way, self.stop = self._busy.under_way, self._answering.stop
        self._welcomed: set[str] = set()

    async def command(self, body: Json, ack: Ack) -> None:
        """A slash command: the acknowledgement is its answer, seen by the asker alone."""
        begun = now()
        until = begun + LOOK_UP
        if self._foreign(body):
            await ack(text=word(await self._people.greet(body["user_id"], until), "foreign"))
            return
        said = await self._spoken(str(body.get("text") or ""), until)
        name = await self._people.room(body["channel_id"], str(body.get("channel_name") or ""), until)
        language = await self._people.greet(body["user_id"], until)
        event = incoming.command(body, said, name, self._clock.now())
        way = Way(
            body["user_id"], language, event.id, body["channel_id"], reply=body.get("response_url") or "",
            trigger=body["trigger_id"],
        )  # fmt: skip
        await self._answering.answered(event, way, ack, begun, slow=True)

    async def shortcut(self, body: Json, ack: Ack) -> None:
        """A shortcut: on a message it becomes an item of that message, elsewhere an empty one."""
        if self._foreign(body):
            await ack()
            return
        user, begun = body["user"]["id"], now()
        channel = (body.get("channel") or {}).get("id", "")
        event = await self._shortcut(body, channel, begun + LOOK_UP)
        language = await self._people.greet(user, begun + LOOK_UP)
        way = Way(user, language, event.id, channel, reply=body.get("response_url") or "", trigger=body["trigger_id"])
        await self._answering.answered(event, replace(way, thread=event.where.thread), ack, begun)

    async def press(self, body: Json, ack: Ack) -> None:
        """A button. One that opens a link, or is none of ours, is only acknowledged."""
        user, action = body["user"]["id"], body["actions"][0]
        if self._foreign(body) or action.get("type") != "button" or not action.get("value"):
            await ack()
            return
        begun, channel = now(), (body.get("channel") or {}).get("id", "")
        language = await self._people.greet(user, begun + LOOK_UP)
        name = await self._people.room(channel, until=begun + LOOK_UP)
        try:
            event = incoming.pressed(body, name)
        except ValueError:
            await ack()
            await self._showing.show(Toast(word(language, "unread"), "bad"), self._way_of_press(body, language, ""))
            return
        way = self._way_of_press(body, language, event.id)
        if way.home and isinstance(event.what, Pressed) and event.what.command.startswith(incoming.HOME):
            await ack()
            await self._homes.open(user, event.id, event.what.command)
            return
        await self._answering.answered(event, way, ack, begun)

    async def submit(self, body: Json, ack: Ack) -> None:
        """A modal that was sent: problems are shown at their fields, a further question in its place."""
        view, user, begun = body["view"], body["user"]["id"], now()
        if self._foreign(body) or view["callback_id"] != modals.FORM:
            await ack()
            return
        errand = read_metadata(view["private_metadata"])
        room = errand.channel if errand.channel != "home" else ""
        language = await self._people.greet(user, begun + LOOK_UP)
        name = await self._people.room(room, until=begun + LOOK_UP)
        values, problems = modals.values(view, self._naming.outer)
        problems |= await self._joined(values, modals.teams_of(view), begun + LOOK_UP)
        if problems:
            await ack(response_action="errors", errors={at: word(language, what) for at, what in problems.items()})
            return
        event = incoming.submitted(body, errand, values, name, self._clock.now())
        way = Way(user, language, event.id, errand.channel, errand.thread, errand.reply)
        await self._answering.submitted(event, way, view, ack, begun)

    async def event(self, body: Json, retried: bool) -> None:
        """An event; it is acknowledged when this returns."""
        event = body["event"]
        match event["type"]:
            case "message" | "app_mention" if incoming.heard(event) and not self._foreign(body):
                await self._message(event, retried)
            case "app_home_opened":
                await self._opened(event, body["event_id"])
            case "member_joined_channel" if event["user"] == self._me.bot_user and event.get("inviter"):
                await self._invited(event)
            case "user_change" | "team_join":
                if self._people.remember(event["user"]):
                    self._news.set()
            case _:
                return

    # --- messages and comings ---

    async def _message(self, event: Json, retried: bool) -> None:
        if retried:  # all that comes again after a while without us waits together, not each for the one before
            await asyncio.sleep(OTHERS_FIRST)
        begun = now()
        async with self._busy.turn(event["user"]):
            heard = await self._heard(event)
            answer = await self._receive(heard)
            if answer is not None:
                language = await self._people.greet(event["user"])
                thread = str(event.get("thread_ts") or "")
                way = Way(event["user"], language, heard.id, event["channel"], thread, retried=retried)
                await within(self._busy.aside(self._showing.show(answer, way), UNSHOWN), begun + LATEST)
        self._homes.touch(event["user"])

    async def _heard(self, event: Json) -> Incoming:
        channel = event["channel"]
        if channel.startswith("D"):
            self._posting.opened(event["user"], channel)
        said = await self._spoken(str(event.get("text") or ""))
        name = await self._people.room(channel)
        return incoming.message(event, said, name, await self._quoted(event, said))

    async def _quoted(self, event: Json, said: Spoken) -> Quoted | None:
        """The message whose thread this stands in, where that may matter: ours, or said to us."""
        thread, channel = incoming.threaded(event), event["channel"]
        if not thread:
            return None
        link, known = self._me.link(channel, thread), self._posting.text_of(channel, thread)
        if known is not None:
            return incoming.quoted({"ts": thread}, channel, link, True, incoming.shown_text({"text": known}))
        to_us = said.called or channel.startswith("D") or said.text.lstrip().startswith(("/", "／"))
        if not to_us and event.get("parent_user_id") != self._me.bot_user:
            return None
        root = await self._root(channel, thread)
        if root is None:
            return None
        ours = self._me.wrote(root)
        text = incoming.shown_text(root) if ours else (await self._spoken(str(root.get("text") or ""))).text
        return incoming.quoted(root, channel, link, ours, text)

    async def _root(self, channel: str, thread: str) -> Json | None:
        try:
            found = await self._calls.call("conversations.replies", channel=channel, ts=thread, limit=1)
        except Delivery as fault:
            log.info("a thread's first message cannot be read", reason=str(fault))
            return None
        return next(iter(found.get("messages") or ()), None)

    async def _shortcut(self, body: Json, channel: str, until: float) -> Incoming:
        if not body.get("message"):
            return incoming.blank(body)
        message = body["message"]
        said = await self._spoken(str(message.get("text") or ""), until)
        link = self._me.link(channel, message["ts"], str(message.get("thread_ts") or ""))
        return incoming.shortcut(body, said, await self._people.room(channel, until=until), link)

    async def _opened(self, event: Json, id: str) -> None:
        user, channel = event["user"], event["channel"]
        self._posting.opened(user, channel)
        if event.get("tab") == "home":
            await self._homes.open(user, id)
        elif user not in self._welcomed:
            self._welcomed.add(user)
            if not await self._spoken_before(channel):
                await self._welcome(event, user)

    async def _spoken_before(self, channel: str) -> bool:
        """Whether anything was ever said there; when Slack does not tell, nobody is greeted twice."""
        try:
            return bool((await self._calls.call("conversations.history", channel=channel, limit=1)).get("messages"))
        except Delivery as fault:
            log.info("not welcomed", reason=str(fault))
            return True

    async def _invited(self, event: Json) -> None:
        await self._welcome(event, event["inviter"])

    async def _welcome(self, event: Json, user: str) -> None:
        """First words, for everybody in the room; they are the bot's own, so they are posted once."""
        channel = event["channel"]
        heard = incoming.joined(event, user, await self._people.room(channel))
        answer = await self._receive(heard)
        if answer is None:
            return
        language = await self._people.greet(user)
        to = incoming.account(user) if channel.startswith("D") else Room(MESSENGER, channel)
        try:
            await self._posting.post(to, as_card(answer, language), f"answer:{heard.id}", again=False)
        except Delivery as fault:
            log.warning("not welcomed", reason=str(fault))

    # --- reading ---

    async def _joined(
        self, values: dict[str, str], teams: Mapping[str, tuple[str, ...]], until: float
    ) -> dict[str, str]:
        """Puts who is in the user groups that were picked beside who was picked; what is wrong, by block."""
        problems: dict[str, str] = {}
        for name, picked in teams.items():
            found = await self._people.groups(picked, until)
            if not all(found.values()):
                problems[modals.at_teams(name)] = "team-unknown"
            members = [self._naming.outer(one) for group in found.values() for one in group]
            values[name] = ", ".join(dict.fromkeys([*filter(None, values.get(name, "").split(", ")), *members]))
        return problems

    async def _spoken(self, text: str, until: float | None = None) -> Spoken:
        """`until`: the moment of the loop's clock after which no name is waited for."""
        if "<" not in text:  # no token in it
            return Spoken(unescaped(text))
        until = now() + LOOK_UP if until is None else until
        groups = await self._people.groups(groups_in(text), until)
        members = [one for group in groups.values() for one in group]
        names = await self._people.names([*people_in(text), *members], until)
        return spoken(text, self._me.bot_user, names, groups)

    def _way_of_press(self, body: Json, language: str, once: str) -> Way:
        view = body.get("view") or {}
        modal = view["id"] if view.get("type") == "modal" else ""
        channel = "home" if incoming.in_home(body) else (body.get("channel") or {}).get("id", "")
        return Way(
            body["user"]["id"], language, once or str(body["trigger_id"]), channel, incoming.thread_of(body),
            reply=body.get("response_url") or "", trigger="" if modal else body["trigger_id"], view=modal,
        )  # fmt: skip

    def _foreign(self, body: Json) -> bool:
        """Whether it comes from another workspace, or from somebody of another one in a shared channel."""
        return bool(incoming.teams(body) - {self._me.team})
