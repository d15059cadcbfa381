"""Answers to whoever asked, alone where Slack can: in the answer to a command, in a modal, else where it was asked.

| asked by | a card, a word | a form | a file |
|---|---|---|---|
| slash command, press, shortcut | seen by the asker only, there | a modal | their direct messages |
| a press on the Home tab | a modal | a modal | their direct messages |
| a message in a room | seen by the asker only, there | its questions, and a press that opens it | their direct messages |
| a message to the bot | a message there | its questions, and a press that opens it | a message there |
"""

from functools import partial

import structlog
from msgspec import Struct
from msgspec.structs import replace

from adapters.shown import Shown
from adapters.slack import modals, outgoing
from adapters.slack.calls import Calls, Json
from adapters.slack.carried import Errand
from adapters.slack.errors import Unclear
from adapters.slack.incoming import account
from adapters.slack.outgoing import Message
from adapters.slack.people import People
from adapters.slack.posting import Posting
from bot.cards import Answer, Card, File, Form
from bot.errors import Delivery

log = structlog.get_logger()


class Way(Struct, frozen=True):
    """Where an answer can go: to `user`, who asked in `channel` (and `thread`; "home" is the Home tab), by the address
    `reply` that came along, by a modal of this `trigger`, or into the modal `view` that is open. `once` names the event,
    so that its answer is shown once; `retried`: an earlier delivery of the event may have been answered."""

    user: str
    language: str
    once: str
    channel: str = ""
    thread: str = ""
    reply: str = ""
    trigger: str = ""
    view: str = ""
    retried: bool = False

    @property
    def direct(self) -> bool:
        return not self.channel or self.channel.startswith("D")

    @property
    def home(self) -> bool:
        return self.channel == "home"


class Showing:
    """Shows answers in one workspace."""

    def __init__(self, calls: Calls, posting: Posting, people: People) -> None:
        self._calls = calls
        self._posting = posting
        self._people = people
        self._shown = Shown()

    async def show(self, answer: Answer, way: Way) -> None:
        """Shows it by the best way there is, once for each event. What Slack refuses is logged: the answer stands in the
        database, and asking again shows it."""
        await self._shown.once(way.once, partial(self._show, answer, way))

    async def wait_in_modal(self, way: Way) -> Way:
        """Opens a modal that holds the place of the answer; the same way where Slack no longer lets us."""
        view = await self._opened(modals.waiting(way.language), way)
        return replace(way, view=view) if view else way

    def form(self, form: Form, way: Way) -> Json | None:
        """The modal of a form that was asked this way; None when it is too long for one."""
        errand = Errand(form.command, form.version, way.channel, way.thread, way.reply)
        bare = replace(errand, reply="")
        known = self._people.accounts(), self._people.teams
        return modals.form(form, errand, way.language, *known) or modals.form(form, bare, way.language, *known)

    async def form_opened(self, form: Form, way: Way) -> bool:
        """Shows the form as a modal, if that can be."""
        if any(field.input == "people" for field in form.fields):
            await self._people.meet_teams()
        view = self.form(form, way)
        return view is not None and bool(await self._opened(view, way))

    def ephemeral(self, answer: Answer, language: str) -> tuple[Json, Message]:
        """The answer as a command's own: seen by the asker alone. The files are for whoever shows it."""
        message = outgoing.message(outgoing.asked(answer, language), language)
        files = (answer,) if isinstance(answer, File) else message.files
        return {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}, replace(
            message, files=files
        )

    async def files(self, message: Message, user: str) -> None:
        """What a message for the asker alone cannot hold goes to their direct messages."""
        for file in message.files:
            await self._posting.upload(await self._posting.direct(user), file)

    async def _show(self, answer: Answer, way: Way) -> None:
        if isinstance(answer, Form) and (way.trigger or way.view) and await self.form_opened(answer, way):
            return
        if way.view or way.home:
            await self._in_modal(outgoing.asked(answer, way.language), way)
        elif way.direct and not way.reply:
            await self._in_conversation(answer, way)
        else:
            await self._alone(answer, way)

    async def _in_modal(self, card: Card, way: Way) -> None:
        view, message = modals.shown(card, way.language)
        if not await self._opened(view, way):
            await self._in_conversation(card, way)
            return
        await self.files(message, way.user)

    async def _in_conversation(self, answer: Answer, way: Way) -> None:
        """As a message of the direct conversation; the same one when the event comes again."""
        if isinstance(answer, File):
            await self._posting.upload(await self._posting.direct(way.user), answer, way.thread if way.direct else "")
            return
        card = outgoing.asked(answer, way.language)
        thread = way.thread if way.direct else ""
        await self._posting.post(account(way.user), card, f"answer:{way.once}", again=way.retried, thread=thread)

    async def _alone(self, answer: Answer, way: Way) -> None:
        """Seen by the asker only, where they asked; their direct messages where Slack does not let us."""
        payload, message = self.ephemeral(answer, way.language)
        taken = bool(way.reply) and await self._calls.reply(way.reply, {**payload, "replace_original": False})
        if not taken and not await self._ephemeral_posted(message, way):
            await self._in_conversation(answer, way)
            return
        await self.files(message, way.user)

    async def _ephemeral_posted(self, message: Message, way: Way) -> bool:
        if way.direct:
            return False
        try:
            await self._calls.call(
                "chat.postEphemeral", channel=way.channel, user=way.user, text=message.text, blocks=message.blocks,
                thread_ts=way.thread or None,
            )  # fmt: skip
        except Delivery as fault:
            log.info("not shown where it was asked", reason=str(fault))
            return isinstance(fault, Unclear)
        return True

    async def _opened(self, view: Json, way: Way) -> str:
        """The modal's id; empty when Slack did not open it (too late, closed meanwhile)."""
        try:
            if way.view:
                answer = await self._calls.call("views.update", view_id=way.view, view=view)
            elif way.trigger:
                answer = await self._calls.call("views.open", trigger_id=way.trigger, view=view)
            else:
                return ""
        except Delivery as fault:
            log.info("no modal", reason=str(fault))
            return ""
        return str(answer["view"]["id"])
