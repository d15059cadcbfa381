"""The web workplace as a messenger: what its people do goes to the core, what the core shows goes to their tabs.

It is a chat server of its own, so what people say to each other stays here; rooms, the bot's direct conversations and
commands are handed to the core. `routes` are mounted by the application, which owns the server.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import suppress
from datetime import UTC
from typing import assert_never

from msgspec import DecodeError
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket

from adapters.web import history, incoming, outgoing, people
from adapters.web.archive import Archive
from adapters.web.guard import LOOPBACK
from adapters.web.history import Draft, Kept, Message
from adapters.web.incoming import Press, Read, Say, Submit
from adapters.web.pages import Pages, door, number
from adapters.web.tabs import TRY_LATER, Tab, Tabs
from adapters.web.views import Commands, Views
from bot.cards import Answer, Card, File, Form, Toast, plain
from bot.clock import Clock, TimeMachine
from bot.errors import TryLater, Undeliverable
from bot.messenger import Incoming, Posted, Receive
from bot.people import Account, Division, Place, Profile, Room

log = logging.getLogger(__name__)

_BAD_FRAME = 1007
_NOBODY = 4404
_HEARD_WITHIN = 10.0


def no_commands(language: str) -> list[tuple[str, str]]:
    """No completion."""
    del language
    return []


class WebMessenger:
    """The messenger named "web". `commands` gives (line, explanation) pairs in a language for completion; `hosts` are
    the names the server may be called by; with a `token` nobody gets in without it; `demo` offers the time machine."""

    name = people.MESSENGER

    def __init__(
        self,
        archive: Archive,
        clock: Clock,
        *,
        demo: TimeMachine | None = None,
        token: str = "",
        hosts: Collection[str] = LOOPBACK,
        commands: Commands = no_commands,
        workplace: str = "",
    ) -> None:
        self._archive = archive
        self._clock = clock
        self._tabs = Tabs()
        self._views = Views(archive, self._tabs, clock, commands, workplace, demo is not None)
        self._receive: Receive | None = None
        self._listening = asyncio.Event()
        self._stopped = False
        pages = Pages(archive, self._views, demo, token, self._begin)
        socket = WebSocketRoute("/ws", self._socket, middleware=door(hosts, token))
        self.routes: list[BaseRoute] = [socket, *pages.routes(hosts, token)]

    def seed(self, users: Iterable[Profile], rooms: Iterable[tuple[Room, Iterable[str]]] = ()) -> None:
        """Makes people, rooms and memberships (room, user ids) before anybody is here: it waits on the spot. Raises
        ValueError for an id with other signs than letters, digits, dot, dash and underscore."""
        self._archive.now(people.seed, list(users), [(room, list(members)) for room, members in rooms])

    async def renew(self, users: Iterable[Profile]) -> None:
        """Brings people up to date and tells those who are here, where it changes anybody. Raises ValueError as `seed`
        does, and TryLater."""
        if await self._archive.do(people.renew, list(users)):
            await self._views.show_people()

    async def chat(self, room: Room, user: str, text: str, key: str) -> None:
        """Keeps what somebody said to others in a room, once by its key; the bot does not hear it."""
        at = self._clock.now().astimezone(UTC).isoformat()
        draft = Draft(room.id, user, at, text, {"text": text, "event": key}, f"chat:{key}")
        await self._archive.do(history.keep, draft)

    async def listen(self, receive: Receive) -> None:
        """Hands over what people do until cancelled; then every tab is sent off, and comes back to whoever listens."""
        self._receive = receive
        self._stopped = False
        self._listening.set()
        try:
            await asyncio.Event().wait()
        finally:
            self._receive = None
            self._stopped = True
            self._listening.clear()
            self._tabs.close_all()

    async def post(self, to: Account | Room, card: Card, *, key: str, again: bool) -> Posted:
        """Keeps the card once by its key, whether or not an earlier try arrived, and shows it in the open tabs."""
        del again
        conversation = await self._conversation(to)
        message = await self._keep_card(conversation, card, f"post:{key}")
        return Posted(self.name, message.conversation, str(message.id))

    async def update(self, posted: Posted, card: Card) -> None:
        """Changes the card in place, in every open tab and for those who open it later."""
        message_id = number(posted.id)
        if not message_id or posted.messenger != self.name:
            raise Undeliverable(f"no message {posted.id!r} in the web workplace")
        files = outgoing.files_of(card)
        message = await self._archive.do(history.change, message_id, plain(card), outgoing.body(card), files)
        if message is None:
            raise Undeliverable(f"no message {posted.id} in the web workplace")
        await self._views.show(message)

    async def person(self, user_id: str) -> Profile:
        """Somebody of the web workplace."""
        profile = await self._archive.do(people.find_user, user_id)
        if profile is None:
            raise Undeliverable(f"nobody is {user_id!r} in the web workplace")
        return profile

    async def members(self, room: Room) -> list[Account]:
        """Everybody in the room; the bot is in every room of the web workplace."""
        await self._conversation(room)
        return [Account(self.name, user) for user in await self._archive.do(people.members_of, room.id)]

    async def directory(self) -> AsyncIterator[Profile | Division]:
        """Everybody; departments are only names here, told by each profile."""
        for profile in await self._archive.do(people.everybody):
            yield profile

    async def _socket(self, socket: WebSocket) -> None:
        profile = await self._archive.do(people.find_user, socket.query_params.get("user", ""))
        await socket.accept()
        if profile is None:
            await socket.close(_NOBODY)
            return
        await self._serve(socket, profile)

    async def _serve(self, socket: WebSocket, profile: Profile) -> None:
        tab = Tab(socket, profile.account.user_id)
        writer = asyncio.create_task(tab.write())
        self._tabs.add(tab)  # before the greeting: what happens meanwhile is in one or the other
        try:
            seen = socket.query_params.get("seq")
            tab.show(await self._views.greeting(profile, None if seen is None else number(seen)))
            async for text in tab.frames():
                await self._take(tab, text)
        except TryLater as fault:
            log.warning("%s", fault)
            tab.close(TRY_LATER)
            await writer
        except DecodeError:
            tab.close(_BAD_FRAME)
            await writer
        finally:
            self._tabs.remove(tab)
            writer.cancel()

    async def _take(self, tab: Tab, text: str) -> None:
        frame = incoming.read_frame(text)
        if isinstance(frame, Read):
            await self._read(tab, frame)
            return
        match frame:
            case Say():
                await self._say(tab, frame)
            case Press():
                await self._press(tab, frame)
            case Submit():
                await self._submit(tab, frame)
            case _:
                assert_never(frame)
        tab.show({"type": "done", "id": frame.id})

    async def _read(self, tab: Tab, frame: Read) -> None:
        if not await self._archive.do(people.takes_part, tab.user, frame.conversation):
            return
        known = await self._archive.do(history.read, tab.user, frame.conversation, frame.upto)
        self._tabs.show([tab.user], {"type": "read", "conversation": frame.conversation, "upto": frame.upto})
        if not known and frame.conversation == people.direct(people.BOT, tab.user):
            await self._begin(frame.conversation, tab.user)

    async def _say(self, tab: Tab, say: Say) -> None:
        empty = not say.text.strip() and not say.attachments
        if empty or not await self._archive.do(people.takes_part, tab.user, say.conversation):
            return
        source = await self._seen(tab.user, say.quoted)
        files = [file for file_id in say.attachments if (file := await self._archive.do(history.find_file, file_id))]
        message = await self._keep_said(tab.user, say, source, files)
        if incoming.for_the_bot(say.conversation, tab.user, say.text):
            where = await self._place(say.conversation)
            everybody = await self._archive.do(people.everybody)
            quoted = incoming.quote(source, tab.base) if source else None
            await self._ask(
                incoming.said(say, message, where, everybody, quoted, files, tab.base), say.conversation, tab
            )

    async def _press(self, tab: Tab, press: Press) -> None:
        message = await self._seen(tab.user, press.message)
        if message:
            where = await self._place(message.conversation)
            event = incoming.pressed(press, tab.user, self._clock.now(), where)
            await self._ask(event, message.conversation, tab)

    async def _submit(self, tab: Tab, submit: Submit) -> None:
        if await self._archive.do(people.takes_part, tab.user, submit.conversation):
            where = await self._place(submit.conversation)
            event = incoming.submitted(submit, tab.user, self._clock.now(), where)
            await self._ask(event, submit.conversation, tab)

    async def _begin(self, conversation: str, user: str) -> None:
        event = incoming.joined(conversation, user, self._clock.now(), await self._place(conversation))
        await self._ask(event, conversation, None)

    async def _ask(self, event: Incoming, conversation: str, tab: Tab | None) -> None:
        """Waits for a core that is about to begin, not for one that is about to end; the page repeats what was not
        heard."""
        if not self._stopped:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._listening.wait(), _HEARD_WITHIN)
        if self._receive is None:
            raise TryLater(1, "web workplace: nobody listens")
        answer = await self._receive(event)
        if answer:
            await self._answer(answer, event, conversation, tab)

    async def _answer(self, answer: Answer, event: Incoming, conversation: str, tab: Tab | None) -> None:
        act = event.id.partition(":")[2]
        match answer:
            case Card():
                await self._keep_card(conversation, answer, f"answer:{event.id}", event.by.user_id)
            case File():
                await self._keep_card(
                    conversation, Card(answer.name, (answer,)), f"answer:{event.id}", event.by.user_id
                )
            case Form():
                form = outgoing.form_json(answer)
                self._show(tab, event, {"type": "form", "id": act, "conversation": conversation, "form": form})
            case Toast():
                self._show(tab, event, {"type": "toast", "id": act, "text": answer.text, "tone": answer.tone})
            case _:
                assert_never(answer)

    def _show(self, tab: Tab | None, event: Incoming, frame: outgoing.Json) -> None:
        if tab:
            tab.show(frame)
        else:
            self._tabs.show([event.by.user_id], frame)

    async def _keep_said(self, user: str, say: Say, source: Message | None, files: list[Kept]) -> Message:
        only_for = user if incoming.is_command(say.text) else ""
        body = self._views.said_body(say, source, files, public=not only_for)
        at = self._clock.now().astimezone(UTC).isoformat()
        draft = Draft(say.conversation, user, at, say.text, body, f"say:{incoming.event_id(user, say.id)}", only_for)
        message, new = await self._archive.do(history.keep, draft)
        if new:
            await self._views.show_new(message)
        return message

    async def _keep_card(self, conversation: str, card: Card, key: str, only_for: str = "") -> Message:
        at = self._clock.now().astimezone(UTC).isoformat()
        draft = Draft(conversation, people.BOT, at, plain(card), outgoing.body(card), key, only_for)
        message, new = await self._archive.do(history.keep, draft, outgoing.files_of(card))
        if new:
            await self._views.show_new(message)
        return message

    async def _conversation(self, to: Account | Room) -> str:
        if to.messenger == self.name and await self._reachable(to):
            return to.id if isinstance(to, Room) else people.direct(people.BOT, to.user_id)
        raise Undeliverable(f"not in the web workplace: {to}")

    async def _reachable(self, to: Account | Room) -> bool:
        if isinstance(to, Room):
            return await self._archive.do(people.find_room, to.id) is not None
        profile = await self._archive.do(people.find_user, to.user_id)
        return profile is not None and profile.active

    async def _place(self, conversation: str) -> Place:
        return incoming.place(conversation, await self._archive.do(people.find_room, conversation))

    async def _seen(self, user: str, message_id: int) -> Message | None:
        return await self._views.seen(user, message_id)
