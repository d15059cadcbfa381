"""A messenger that nobody listens with: what the tests of posting, updating and looking up stand before."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from adapters.feishu import FeishuMessenger
from bot.cards import Card, Plain, Text
from bot.messenger import Posted
from bot.people import Account, Room
from tests.adapters.feishu.office import app, connected, messenger_of
from tests.simulators.feishu import Colleague, Group, Tenant

SEND = "POST im/v1/messages"
CARD = Card("🟡 A-42 后天到期", (Text((Plain("输出流程"),)),))


@dataclass
class Counter:
    """A messenger that nobody listens with, and who may be written to."""

    tenant: Tenant
    messenger: FeishuMessenger
    ann: Colleague
    group: Group
    urgent: bool = False

    @property
    def to(self) -> Account:
        return Account("feishu", self.ann.id)

    @property
    def room(self) -> Room:
        return Room("feishu", self.group.id)

    async def posts(
        self, key: str = "k", to: Account | Room | None = None, card: Card = CARD, *, again: bool = False
    ) -> Posted:
        return await self.messenger.post(to or self.room, card, key=key, again=again)

    def shown(self) -> int:
        """How often the card stands in the group."""
        return sum("A-42" in str(one.card) for one in self.group.messages)

    def tries(self, operation: str = SEND) -> int:
        return len(self.tenant.calls(operation))

    async def restarts(self, domain: str = "") -> None:
        """Nothing of what was sent is remembered."""
        await self.messenger.close()
        self.messenger = messenger_of(self.tenant, domain or self.tenant.url, urgent=self.urgent)


@asynccontextmanager
async def standing(*, urgent: bool = False) -> AsyncIterator[Counter]:
    """One person in one group; `urgent`: what may disturb rings."""
    tenant = Tenant(app=app())
    ann = tenant.hires("安娜")
    group = tenant.group("产品", ann)
    async with connected(tenant, urgent=urgent) as messenger:
        counter = Counter(tenant, messenger, ann, group, urgent)
        yield counter
        await counter.messenger.close()
