"""A workspace: its people and conversations, what is said in them, and the app's installation.

workspace = Workspace()
ann, bo = workspace.hires("ann", "安娜"), workspace.hires("bo", "薄一")
product = workspace.channel("product", ann, bo)
async with workspace.serving() as url:       # base_url=f"{url}/api/", token=workspace.token
    await ann.types("/action add 输出流程 @薄一 周五", product)
    await bo.presses("接受")
    await workspace.advance(minutes=5)
    assert "已接受" in ann.sees(product)
"""

from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.clock import Clock
from tests.simulators.slack import documents, oauth, payloads
from tests.simulators.slack.agenda import Movable, seconds, written
from tests.simulators.slack.app import App
from tests.simulators.slack.courier import Delivery
from tests.simulators.slack.faults import Faults
from tests.simulators.slack.hooks import Hooks
from tests.simulators.slack.people import Channel, Colleague
from tests.simulators.slack.screens import Screens
from tests.simulators.slack.server import Slack
from tests.simulators.slack.unverified import Unverified
from tests.simulators.slack.values import SLACKBOT, Conversation, File, Installation, Json, Message, User, Usergroup
from tests.simulators.slack.wire import Call


class Workspace:
    """One workspace, with the app installed unless `installed` is false. `slack` makes it a neighbour of another."""

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        app: App | None = None,
        slack: Slack | None = None,
        name: str = "Acme",
        installed: bool = True,
    ) -> None:
        self.slack = slack or Slack(app, clock)
        self.id = self.slack.ids.next("T")
        self.name = name
        self.domain = name.lower()
        self.users: dict[str, User] = {}
        self.conversations: dict[str, Conversation] = {}
        self.files: dict[str, File] = {}
        self.usergroups: dict[str, Usergroup] = {}
        self.scheduled: dict[str, Json] = {}
        self.installed: Installation | None = None
        self._removed: Installation | None = None
        self.retired: dict[str, str] = {}
        self.page_size = 0
        self.empty_page = False
        self.complaints: list[str] = []
        """What Slack could do nothing with: answers it does not understand, blocks it refuses. A test ends with none."""
        self.screens = Screens(self)
        self.hooks = Hooks(self)
        # A member of every list, and no bot by its own account (slackapi/bolt-js#794).
        self.users[SLACKBOT] = User(SLACKBOT, self.id, "slackbot", "Slackbot", tz="America/Los_Angeles")
        self.slack.workspaces[self.id] = self
        if installed:
            self.installs(self.app.scopes)

    # --- what it shares with its neighbours ---

    @property
    def app(self) -> App:
        return self.slack.app

    @property
    def clock(self) -> Clock:
        return self.slack.clock

    @property
    def unverified(self) -> Unverified:
        return self.slack.unverified

    @property
    def faults(self) -> Faults:
        return self.slack.faults

    def serving(self, port: int = 0, *more: web.RouteDef) -> AbstractAsyncContextManager[str]:
        """Serves this Slack on loopback; gives its address, the Web API at /api/ below it."""
        return self.slack.serving(port, *more)

    def calls(self, method: str = "") -> list[Call]:
        """What the bot called, oldest first."""
        return [call for call in self.slack.wire.calls if method in ("", call.method)]

    def deliveries(self, name: str = "") -> list[Delivery]:
        """What was brought to the bot: by an event's, command's or interaction's name."""
        return [one for one in self.slack.courier.log if name in ("", one.name)]

    async def redelivers(self, delivery: Delivery, times: int = 1) -> None:
        """Brings the same again, as after a lost acknowledgement."""
        for _ in range(times):
            await self.slack.courier.repeats(delivery)

    async def connected(self, count: int = 1, within: float = 20.0) -> None:
        """Waits for the bot's sockets. Raises AssertionError when there are not so many after real seconds."""
        await self.slack.sockets.connected(count, within)

    async def settled(self) -> None:
        """Waits until nothing is on its way to the bot."""
        await self.slack.courier.settled()

    async def advance(self, **lapse: float) -> None:
        """The clock goes on (days=, minutes=, seconds=), and what falls due happens."""
        await self.until(self.clock.now() + timedelta(**lapse))

    async def until(self, moment: datetime) -> None:
        """The clock goes on to `moment`. Needs a clock that can be moved."""
        assert isinstance(self.clock, Movable), "this workspace has a clock that nobody can move"
        self.clock.advance_to(moment)
        await self.slack.agenda.rings()
        await self.settled()

    # --- who is here, and where ---

    def hires(self, name: str, real_name: str = "", **more: Any) -> "Colleague":
        """Somebody new. `more`: email, tz (IANA), locale (zh-CN), admin, guest; `id` to give one that
        somebody in a neighbour workspace has too."""
        email = more.pop("email", f"{name}@{self.domain}.example")
        user = User(more.pop("id", "") or self.slack.ids.next("U"), self.id, name, real_name or name, email, **more)
        self.users[user.id] = user
        return Colleague(self, user)

    def channel(self, name: str, *members: "Colleague", private: bool = False, bot: bool = True) -> "Channel":
        """A channel with these people, and the bot unless told otherwise. Nobody is told of their joining."""
        inside = [one.user.id for one in members] + ([self.installation.bot_user] if bot else [])
        kind = "private" if private else "public"
        place = Conversation(self.slack.ids.next("C"), self.id, name, kind, inside)  # type: ignore[arg-type]
        self.conversations[place.id] = place
        return Channel(self, place)

    def usergroup(self, handle: str, *people: "Colleague") -> Usergroup:
        group = Usergroup(self.slack.ids.next("S"), handle, handle, [one.user.id for one in people])
        self.usergroups[group.id] = group
        return group

    def direct(self, who: User) -> Conversation:
        """The direct conversation of somebody with the bot, opened on first use."""
        return self._together("im", [who.id, self.bot_user])

    def group(self, people: list[User]) -> Conversation:
        """The group conversation of these people and the bot."""
        return self._together("mpim", [*(one.id for one in people), self.installation.bot_user])

    def _together(self, kind: Any, members: list[str]) -> Conversation:
        for place in self.conversations.values():
            if place.kind == kind and set(place.members) == set(members):
                return place
        letter = {"im": "D", "mpim": "G"}[kind]
        place = Conversation(self.slack.ids.next(letter), self.id, "directmessage", kind, members)
        self.conversations[place.id] = place
        return place

    # --- what is said ---

    def says(self, place: Conversation, message: Message) -> Message:
        """Records a message under a ts of its own, and tells the bot in passing when it may hear of it."""
        self.records(place, message)
        if not message.only_for:
            self.tells(payloads.said(self, place, message), place)
        return message

    def records(self, place: Conversation, message: Message) -> Message:
        """ts grow, by a microsecond at least, and are unique in their channel."""
        place.last_ts = round(max(seconds(self.clock.now()), place.last_ts + 0.000_001), 6)
        message.ts = written(place.last_ts)
        place.messages.append(message)
        return message

    def changed(self, place: Conversation, message: Message) -> None:
        """A message_changed of a message that is now as it is."""
        now = documents.message(self, message, metadata="all")
        self._about(place, "message_changed", {"message": now, "previous_message": {"ts": message.ts}})

    def takes_back(self, place: Conversation, message: Message) -> None:
        """The message is gone for everybody."""
        place.messages.remove(message)
        self._about(place, "message_deleted", {"deleted_ts": message.ts})

    def _about(self, place: Conversation, subtype: str, more: Json) -> None:
        stamp = payloads.stamp(self)
        kind = documents.CHANNEL_TYPE[place.kind]
        inner = {"type": "message", "subtype": subtype, "hidden": True, "channel": place.id, "channel_type": kind}
        self.tells(inner | {"ts": stamp, "event_ts": stamp} | more, place)

    def tells(self, inner: Json, place: Conversation | None = None) -> None:
        """Brings an event to the bot beside everything else, if it hears of such."""
        if self.hears(inner, place):
            self.slack.courier.soon(self.slack.courier.brings(self.slack.courier.written(self, inner)))

    def hears(self, inner: Json, place: Conversation | None = None) -> bool:
        """Whether Slack sends this event: installed, subscribed, granted, and the bot is where it happened."""
        if self.installed is None:
            return False
        if place is not None and self.installation.bot_user not in place.members:
            return False
        name = inner["type"]
        if name == "message" and place is not None:
            name = f"message.{documents.FAMILY[place.kind]}"
        return self.app.subscribes(name, self.installation.scopes)

    def permalink(self, place: Conversation, message: Message) -> str:
        return f"https://{self.domain}.slack.com/archives/{place.id}/p{message.ts.replace('.', '')}"

    def schedules(self, id: str, place: Conversation, at: int, message: Message) -> None:
        """Said at unix second `at`; one with metadata never is (sheet 4.5)."""
        self.scheduled[id] = {"id": id, "channel_id": place.id, "post_at": at, "text": message.text}

        async def posts() -> None:
            if self.scheduled.pop(id, None) and not message.metadata and self.installation.bot_user in place.members:
                self.says(place, message)

        self.slack.agenda.after(at - seconds(self.clock.now()), posts)

    # --- membership ---

    def adds(self, place: Conversation, who: User, inviter: str = "") -> None:
        """Somebody joins, or is added by `inviter`."""
        place.members.append(who.id)
        self.says(place, Message("", who.id, f"<@{who.id}> has joined the channel", subtype="channel_join"))
        self.tells(payloads.joined(self, who, place, inviter), place)

    def removes(self, place: Conversation, who: User) -> None:
        """Somebody leaves or is put out."""
        place.members.remove(who.id)
        self.tells(payloads.joined(self, who, place, left=True), place)

    def archives(self, place: Conversation) -> None:
        place.archived = True
        inner = {"type": "channel_archive", "channel": place.id, "event_ts": payloads.stamp(self)}
        self.tells(inner, place)

    def leaves_company(self, who: User) -> None:
        """An account is deactivated; it stays a member of its conversations."""
        who.deleted = True
        self.user_changed(who)

    def user_changed(self, who: User) -> None:
        """user_change, after somebody's name, zone or status was changed."""
        stamp = documents.event_time(self)
        shown = documents.user(who, self.clock.now(), locale=True)
        self.tells({"type": "user_change", "user": shown, "cache_ts": stamp, "event_ts": payloads.stamp(self)})

    # --- the app in here ---

    @property
    def installation(self) -> Installation:
        assert self.installed is not None, f"the app is not installed in {self.name}"
        return self.installed

    @property
    def bot_user(self) -> str:
        """The bot's user, here or gone."""
        known = self.installed or self._removed
        return known.bot_user if known else ""

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.installation.token

    def installs(self, scopes: tuple[str, ...]) -> Installation:
        """The app comes, or comes again with other scopes; its bot stays the same."""
        before = self.installed or self._removed
        bot = before.bot_user if before else self._bot().id
        badge = before.bot if before else self.slack.ids.next("B")
        self.installed = Installation(self._fresh_token(), bot, badge, tuple(scopes))
        if self.app.rotates_tokens:
            self.rotates()
        return self.installed

    def _bot(self) -> User:
        bot = User(self.slack.ids.next("U"), self.id, self.app.name, self.app.name, is_bot=True, tz="UTC")
        self.users[bot.id] = bot
        return bot

    def _fresh_token(self) -> str:
        prefix = "xoxe.xoxb" if self.app.rotates_tokens else "xoxb"
        return f"{prefix}-{self.id}-{self.slack.ids.next('K')}"

    def rotates(self) -> None:
        """A new token for twelve hours; the one before lives on, the one before that is dead."""
        installed = self.installation
        if installed.refresh:
            self.retired[installed.token] = "token_expired"
            installed.token = self._fresh_token()
        installed.refresh = f"xoxe-1-{self.slack.ids.next('R')}"
        installed.expires = self.clock.now() + oauth.LASTS

    def revokes(self, error: str = "token_revoked") -> None:
        """The token is dead (token_revoked, account_inactive, invalid_auth), and the bot is told."""
        self.installation.dead = error
        self.tells(self._revoked())

    def uninstalls(self, *, revoked_first: bool = False) -> None:
        """An admin takes the app out: the token is dead before anybody is told, in whichever order."""
        self.installation.dead = "account_inactive"
        told = [{"type": "app_uninstalled", "event_ts": payloads.stamp(self)}, self._revoked()]
        for inner in reversed(told) if revoked_first else told:
            self.tells(inner)
        self.retired[self.token] = self.installation.dead
        self._removed, self.installed = self.installed, None

    def _revoked(self) -> Json:
        tokens = {"oauth": [], "bot": [self.installation.bot_user]}
        return {"type": "tokens_revoked", "tokens": tokens, "event_ts": payloads.stamp(self)}
