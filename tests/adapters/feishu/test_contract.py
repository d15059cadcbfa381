"""Feishu passes the messenger contract whole, by the long connection and by webhook, against a strict local Feishu."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import pytest

from adapters.feishu import FeishuMessenger
from bot.cards import Button, Form
from bot.messenger import Posted
from bot.people import Account, Profile, Room
from tests.adapters.feishu.office import MODES, app, connected, messenger_of
from tests.contracts.harness import LATE, Harness
from tests.contracts.messenger import MessengerContract
from tests.simulators.feishu import Colleague, Group, Tenant, faults
from tests.simulators.feishu.values import Message

pytestmark = pytest.mark.slow


class FeishuHarness(Harness):
    """Two people of a company, at their clients."""

    has_buttons = True
    redelivers = True

    def __init__(self, tenant: Tenant, messenger: FeishuMessenger, people: list[Colleague], group: Group) -> None:
        self.messenger = messenger
        self.started: datetime = tenant.clock.now()
        self.ann, self.bo = (_profile(one) for one in people)
        self.room = Room("feishu", group.id, group.chat.name)
        self._tenant = tenant
        self._people = {one.id: one for one in people}
        self._group = group

    async def says(
        self,
        who: Profile,
        text: str,
        where: Room | None = None,
        mentions: tuple[Profile, ...] = (),
        reply: Posted | None = None,
    ) -> None:
        del mentions  # the client picks whoever stands after an @
        await self._listening()
        await self._one(who).says(text, self._in(where), reply=self._message(reply) if reply else None)

    async def says_twice(self, who: Profile, text: str) -> None:
        await self._listening()
        await self._one(who).says(text)
        await self._tenant.courier.repeats(self._tenant.deliveries("im.message.receive_v1")[-1])

    async def presses(self, who: Profile, posted: Posted, button: Button) -> None:
        await self._listening()
        await self._one(who).presses(button.label, self._message(posted))

    async def submits(self, who: Profile, form: Form, values: dict[str, str]) -> None:
        del form
        await self._one(who).fills(dict(values))

    async def sees(self, who: Profile, where: Room | None = None) -> str:
        return self._one(who).sees(self._in(where))

    def answers_late(self) -> None:
        self._tenant.faults.always("POST im/v1/messages", faults.answers_after(LATE))

    def loses_the_answer(self) -> None:
        self._tenant.faults.next("POST im/v1/messages", faults.records_then_closes())

    def is_away(self) -> None:
        self._tenant.faults.always("*", faults.closes())

    @asynccontextmanager
    async def restarted(self) -> AsyncIterator[FeishuMessenger]:
        anew = messenger_of(self._tenant, self._tenant.url, paced=True)
        yield anew
        await anew.close()

    async def _listening(self) -> None:
        """Nobody can type to a bot that is not there yet."""
        if self._tenant.app.socket:
            await self._tenant.connected(2)
        else:
            await self.messenger.listening.wait()

    def _one(self, who: Profile) -> Colleague:
        return self._people[who.account.user_id]

    def _in(self, where: Room | None) -> Group | None:
        return self._group if where else None

    def _message(self, posted: Posted) -> Message:
        found = self._tenant.message(posted.id)
        assert found is not None
        return found


def _profile(who: Colleague) -> Profile:
    return Profile(Account("feishu", who.id), who.user.name, timezone="Asia/Shanghai", language="zh-Hans")


class TestFeishu(MessengerContract):
    @pytest.fixture(params=MODES)
    async def harness(self, request: pytest.FixtureRequest) -> AsyncIterator[FeishuHarness]:
        tenant = Tenant(app=app(request.param))
        people = [tenant.hires("安娜"), tenant.hires("薄一")]
        group = tenant.group("产品", *people)
        async with connected(tenant, request.param, paced=True) as messenger:
            yield FeishuHarness(tenant, messenger, people, group)
        assert tenant.complaints == []
