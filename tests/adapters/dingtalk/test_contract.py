"""DingTalk passes the messenger contract on each rung of the ladder, against a strict local DingTalk.

Two things are DingTalk's own: a group is heard only when the robot is mentioned, so whoever speaks there mentions it; and
who is in a group is learnt from who speaks there, so both people have said good morning before each test.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from adapters.dingtalk import DingtalkMessenger
from bot.cards import Button, Form
from bot.messenger import Incoming, Posted
from bot.people import Account, Profile, Room
from tests.adapters.dingtalk.office import RUNGS, Rung, connected, messenger_of
from tests.contracts.harness import LATE, Harness, listening
from tests.contracts.messenger import MessengerContract
from tests.simulators.dingtalk import Colleague, Group, Organisation, faults
from tests.simulators.dingtalk.values import Message

pytestmark = pytest.mark.slow


class DingtalkHarness(Harness):
    """Two people of an organisation, at their clients."""

    has_forms = False
    redelivers = True

    def __init__(
        self, organisation: Organisation, messenger: DingtalkMessenger, people: list[Colleague], group: Group, rung: Rung,
        memory: Path,
    ) -> None:  # fmt: skip
        self.messenger = messenger
        self.has_buttons = rung in ("template", "public")
        self.started: datetime = organisation.clock.now()
        self.ann, self.bo = (Profile(Account("dingtalk", one.id), one.name) for one in people)
        self.room = Room("dingtalk", group.id, group.title)
        self._organisation = organisation
        self._people = {one.id: one for one in people}
        self._group = group
        self._rung = rung
        self._memory = memory

    async def says(
        self,
        who: Profile,
        text: str,
        where: Room | None = None,
        mentions: tuple[Profile, ...] = (),
        reply: Posted | None = None,
    ) -> None:
        """With mentions as rich text, where the client keeps the names in the words."""
        await self._organisation.gateway.connected()
        heard = f"@闭环 {text}" if where and "@闭环" not in text else text
        quotes = self._message(reply) if reply else None
        await self._one(who).says(heard, self._in(where), quotes=quotes, rich=bool(mentions))

    async def says_twice(self, who: Profile, text: str) -> None:
        await self._organisation.gateway.connected()
        await self._one(who).says(text)
        await self._organisation.gateway.settled()
        await self._organisation.gateway.carries(self._organisation.gateway.log[-1])

    async def presses(self, who: Profile, posted: Posted, button: Button) -> None:
        await self._organisation.gateway.connected()
        if self._rung == "text":
            await self._one(who).says(button.say or button.command)
        else:
            await self._one(who).presses(button.label, self._message(posted))

    async def submits(self, who: Profile, form: Form, values: dict[str, str]) -> None:
        await self._one(who).says(" ".join(values[field.name] for field in form.fields))

    async def sees(self, who: Profile, where: Room | None = None) -> str:
        """Below the cards an answer in a group comes one to one, and is read there."""
        seen = self._one(who).sees(self._in(where))
        return f"{seen}\n{self._one(who).sees()}" if where else seen

    def answers_late(self) -> None:
        self._organisation.faults.always("*", faults.answers_after(LATE))

    def loses_the_answer(self) -> None:
        for path in ("/v1.0/robot/oToMessages/batchSend", "/v1.0/card/instances/createAndDeliver"):
            self._organisation.faults.next(path, faults.records_then_closes())

    def is_away(self) -> None:
        self._organisation.faults.always("*", faults.closes())

    @asynccontextmanager
    async def restarted(self) -> AsyncIterator[DingtalkMessenger]:
        anew = messenger_of(self._organisation, self._organisation.url, self._rung, self._memory)
        yield anew
        await anew.close()

    def _one(self, who: Profile) -> Colleague:
        return self._people[who.account.user_id]

    def _in(self, where: Room | None) -> Group | None:
        return self._group if where else None

    def _message(self, posted: Posted) -> Message:
        post = self.messenger.memory.post(posted.id)
        assert post is not None
        return next(one for one in self._organisation.messages if one.key == post.pqk)


class TestDingtalk(MessengerContract):
    @pytest.fixture(params=RUNGS)
    async def harness(self, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[DingtalkHarness]:
        organisation = Organisation()
        people = [organisation.hires("0456ann", "安娜"), organisation.hires("0123bo", "薄一")]
        group = organisation.group("项目周会", *people)
        async with connected(organisation, request.param, tmp_path / "memory.db") as messenger:
            async with listening(messenger, hears_nothing):
                await organisation.gateway.connected()
                for one in people:
                    await one.says("@闭环 早", group)
                await organisation.gateway.settled()
            organisation.messages.clear()
            yield DingtalkHarness(organisation, messenger, people, group, request.param, tmp_path / "memory.db")
        assert organisation.complaints == []


async def hears_nothing(event: Incoming) -> None:
    """Stands for a core that has nothing to say."""
    del event
