"""What a person sees of the web workplace: greeting, conversations, messages, each as the page's JSON."""

from collections.abc import Callable

from adapters.web import history, people
from adapters.web.archive import Archive
from adapters.web.history import Kept, Message
from adapters.web.incoming import Say
from adapters.web.outgoing import Json, file_json
from adapters.web.tabs import Tabs
from bot.clock import Clock
from bot.people import Profile

Commands = Callable[[str], list[tuple[str, str]]]
_QUOTE_SHOWN = 300


class Views:
    """Reads the archive for one person at a time and shows what is new in their tabs."""

    def __init__(
        self,
        archive: Archive,
        tabs: Tabs,
        clock: Clock,
        commands: Commands,
        workplace: str,
        demo: bool,
    ) -> None:
        self.tabs = tabs
        self._archive = archive
        self._clock = clock
        self._commands = commands
        self._workplace = workplace
        self._demo = demo

    async def greeting(self, profile: Profile, since: int | None) -> Json:
        """The first frame of a socket. To a page that was here before and saw all up to `since` (None: a new page) it brings
        what came or changed meanwhile; null there: too much, the page reads anew."""
        user = profile.account.user_id
        missed = await self._archive.do(history.newer, user, since) if since is not None else []
        names = await self._archive.do(people.conversations_of, user)
        return {
            "type": "hello",
            "me": person_json(profile),
            "workplace": self._workplace,
            "bot": people.BOT,
            "demo": self._demo,
            "now": self._clock.now().isoformat(),
            "seq": await self._archive.do(history.last_seq),
            "people": await self.people(),
            "online": self.tabs.online(),
            "conversations": [await self.conversation(user, name) for name in names],
            "missed": None if missed is None else [message_json(message) for message in missed],
            "commands": [{"line": line, "what": what} for line, what in self._commands(profile.language)],
        }

    async def people(self) -> list[Json]:
        """Everybody, for pickers and names."""
        return [person_json(profile) for profile in await self._archive.do(people.everybody)]

    async def conversation(self, user: str, name: str) -> Json:
        """One line of the list on the left."""
        room = await self._archive.do(people.find_room, name)
        other = next((one for one in people.direct_members(name) if one != user), "")
        unread, upto, last = await self._archive.do(history.unread, user, name)
        members = await self._archive.do(people.members_of, name)
        return {
            "id": name,
            "name": room.name if room else "",
            "with": other,
            "members": members,
            "unread": unread,
            "read": upto,
            "last": last,
        }

    async def page(self, user: str, name: str, before: int, down_to: int) -> Json:
        """Messages before `before`, oldest first; `more` tells whether there are older ones."""
        messages = await self._archive.do(history.page, user, name, before, down_to)
        return {"messages": [message_json(one) for one in messages], "more": len(messages) >= history.PAGE}

    async def seen(self, user: str, message_id: int) -> Message | None:
        """A message, when it is this person's to see."""
        message = await self._archive.do(history.find_message, message_id) if message_id else None
        if message is None or not message.seen_by(user):
            return None
        return message if await self._archive.do(people.takes_part, user, message.conversation) else None

    async def show_new(self, message: Message) -> None:
        """Shows a message that was just kept; a direct conversation that begins with it appears on the left."""
        pair = people.direct_members(message.conversation)
        if pair:
            await self._archive.do(people.join, message.conversation, [one for one in pair if one != people.BOT])
        await self.show(message)

    async def show(self, message: Message) -> None:
        """Shows a new or changed message to everybody who may see it."""
        members = await self._archive.do(people.members_of, message.conversation)
        frame = {"type": "message", "message": message_json(message)}
        self.tabs.show([user for user in members if message.seen_by(user)], frame)

    async def show_conversation(self, name: str) -> None:
        """Puts a conversation on the left of each of its members."""
        for user in await self._archive.do(people.members_of, name):
            line = await self.conversation(user, name)
            self.tabs.show([user], {"type": "conversation", "conversation": line})

    async def show_people(self) -> None:
        """Tells every tab who there is."""
        self.tell_people(await self._archive.do(people.everybody))

    def tell_people(self, everybody: list[Profile]) -> None:
        """Tells every tab that these are all."""
        self.tabs.show_all({"type": "people", "people": [person_json(profile) for profile in everybody]})

    def show_time(self) -> None:
        """Tells every tab the workplace's time."""
        self.tabs.show_all({"type": "time", "now": self._clock.now().isoformat()})

    def said_body(self, say: Say, source: Message | None, files: list[Kept], *, public: bool) -> Json:
        """What is kept of a person's words. What only its author could see is not quoted to others."""
        body: Json = {"text": say.text, "event": say.id}
        if source and (not public or not source.only_for):
            body["quoted"] = {"id": source.id, "author": source.author, "text": source.words[:_QUOTE_SHOWN]}
        if files:
            body["files"] = [file_json(one) for one in files]
        return body


def person_json(profile: Profile) -> Json:
    """Somebody as the page shows them."""
    return {
        "id": profile.account.user_id,
        "name": profile.name,
        "department": profile.department,
        "timezone": profile.timezone,
        "language": profile.language,
        "active": profile.active,
    }


def message_json(message: Message) -> Json:
    """A message as the page draws it."""
    return {
        "id": message.id,
        "seq": message.seq,
        "conversation": message.conversation,
        "author": message.author,
        "private": bool(message.only_for),
        "at": message.at,
        **message.body,
    }
