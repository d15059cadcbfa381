"""The core's answer to what somebody did in Slack: acknowledged after its commit, within Slack's three seconds.

The core nearly always answers in a few milliseconds, and the acknowledgement carries the answer. When it does not, a modal
holds the answer's place while the trigger lives; and shortly before the time is up the acknowledgement says that nothing is
recorded yet. The time is counted from when it was heard, so that neither a look-up nor an answer of Slack's own is waited for
beyond it. What is shown as recorded has been committed, at any time.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from msgspec.structs import replace

from adapters.busy import Busy
from adapters.slack import modals
from adapters.slack.blocks import Json
from adapters.slack.carried import read_metadata
from adapters.slack.home import Homes
from adapters.slack.outgoing import asked as as_card
from adapters.slack.showing import Showing, Way
from adapters.slack.words import word
from bot.cards import Answer, Form
from bot.errors import Delivery
from bot.messenger import Incoming, Receive

log = structlog.get_logger()

Ack = Callable[..., Awaitable[Any]]

HOLD_PLACE = 1.2
"""Seconds after which a modal takes the answer's place: the trigger dies after three, by Slack's clock."""
ON_ITS_WAY = 0.05
"""Seconds for an acknowledgement to leave after its listener has returned."""
UNSHOWN = "an answer was not shown"
LATEST = 2.3
"""Seconds after which it is acknowledged whatever happens: to us, to the core, or to Slack's own answers."""


class Answering:
    """Answers in one workspace for one `receive`. `begun`: when something was heard, on the loop's clock (`now`)."""

    def __init__(self, receive: Receive, showing: Showing, homes: Homes) -> None:
        self._receive = receive
        self._showing = showing
        self._homes = homes
        self.busy = Busy()

    async def answered(self, event: Incoming, way: Way, ack: Ack, begun: float, *, slow: bool = False) -> None:
        """Waits for the commit as long as Slack lets us; `slow`: the acknowledgement can say that it takes longer."""
        asked, holding = self.busy.start(self._committed(event)), None
        if not await within(asked, begun + HOLD_PLACE):
            holding = self.busy.start(self._showing.wait_in_modal(way))
            await asyncio.wait({asked, holding}, timeout=max(0.0, begun + LATEST - now()))
            way = holding.result() if holding.done() else way
        if not asked.done() or not (holding is None or holding.done()):
            late = word(way.language, "loading-what" if asked.done() else "slow")
            await (ack(text=late) if slow else ack())
            self.busy.aside(self._show_later(asked, way, holding), UNSHOWN)
        elif slow:
            await self._acknowledged_with(asked.result(), way, ack, begun)
        else:
            await self._shown_and_acknowledged(asked.result(), way, ack, begun)

    async def _acknowledged_with(self, answer: Answer | None, way: Way, ack: Ack, begun: float) -> None:
        """A command's answer travels in its acknowledgement, where no modal shows it."""
        if isinstance(answer, Form) and way.trigger and not way.view:
            await self._form_and_acknowledged(answer, way, ack, begun)
        elif answer is None or way.view:
            await ack()
            if answer is not None:
                await self._showing.show(answer, way)
        else:
            await self._told(answer, way, ack)

    async def _form_and_acknowledged(self, form: Form, way: Way, ack: Ack, begun: float) -> None:
        """A form opens as a modal, before the acknowledgement, or is asked in words. Where Slack does not say in time whether
        it opens one, nobody is kept waiting for that."""
        opening = self.busy.start(self._showing.form_opened(form, way))
        if not await within(opening, begun + LATEST):
            await ack(text=word(way.language, "loading-what"))
            self.busy.aside(self._asked_later(opening, form, way), UNSHOWN)
        elif opening.result():
            await ack()
        else:
            await self._told(form, way, ack)

    async def _asked_later(self, opening: "asyncio.Task[bool]", form: Form, way: Way) -> None:
        if not await opening:
            await self._showing.show(form, replace(way, trigger=""))

    async def _told(self, answer: Answer, way: Way, ack: Ack) -> None:
        payload, message = self._showing.ephemeral(answer, way.language)
        await ack(**payload)
        if message.files:
            self.busy.aside(self._files(answer, way), UNSHOWN)

    async def _shown_and_acknowledged(self, answer: Answer | None, way: Way, ack: Ack, begun: float) -> None:
        if answer is not None:
            await within(self.busy.aside(self._showing.show(answer, way), UNSHOWN), begun + LATEST)
        await ack()

    async def submitted(self, event: Incoming, way: Way, view: Json, ack: Ack, begun: float) -> None:
        asked = self.busy.start(self._committed(event))
        if not await within(asked, begun + LATEST):
            await ack(response_action="update", view=modals.waiting(way.language))
            self.busy.aside(self._show_later(asked, replace(way, view=view["id"])), UNSHOWN)
            return
        answer = asked.result()
        if isinstance(answer, Form):
            await self._asked_again(answer, way, view, ack, begun)
        elif answer is not None and way.home:
            shown, _ = modals.shown(as_card(answer, way.language), way.language)
            await ack(response_action="update", view=shown)
            self.busy.aside(self._files(answer, way), UNSHOWN)
        else:
            await self._shown_and_acknowledged(answer, way, _closing(ack), begun)

    async def _asked_again(self, form: Form, way: Way, view: Json, ack: Ack, begun: float) -> None:
        """Problems at the fields that are there; another form in this one's place."""
        command = read_metadata(view["private_metadata"]).command
        problems = modals.errors(form, view, command, way.language)
        following = None if problems else self._showing.form(form, way)
        if problems:
            await ack(response_action="errors", errors=problems)
        elif following:
            await ack(response_action="update", view=following)
        else:
            await self._shown_and_acknowledged(form, way, _closing(ack), begun)

    async def _show_later(
        self, asked: "asyncio.Task[Answer | None]", way: Way, holding: "asyncio.Task[Way] | None" = None
    ) -> None:
        """In the modal that holds its place, if Slack has opened it by now."""
        answer = await asked
        way = await holding if holding else way
        if answer is not None:
            await self._showing.show(answer, way)

    async def _files(self, answer: Answer, way: Way) -> None:
        _, message = self._showing.ephemeral(answer, way.language)
        try:
            await self._showing.files(message, way.user)
        except Delivery as fault:
            log.warning("a file could not be shown", reason=str(fault))

    async def _committed(self, event: Incoming) -> Answer | None:
        async with self.busy.turn(event.by.user_id):
            answer = await self._receive(event)
        self._homes.touch(event.by.user_id)
        return answer

    async def stop(self, seconds: float) -> None:
        """Waits for what is under way, and until it is acknowledged; what takes longer was not said to be done."""
        await self.busy.stop(seconds, ON_ITS_WAY)


async def within(task: "asyncio.Task[Any]", moment: float) -> bool:
    """Whether it has ended by this moment of the loop's clock."""
    done, _ = await asyncio.wait({task}, timeout=max(0.0, moment - now()))
    return bool(done)


def now() -> float:
    return asyncio.get_running_loop().time()


def _closing(ack: Ack) -> Ack:
    """The acknowledgement that closes the modal."""

    async def closing() -> None:
        await ack(response_action="clear")

    return closing
