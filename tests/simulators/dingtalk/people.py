"""Somebody at their DingTalk client: writes, quotes, presses, follows links, reads."""

import asyncio
import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tests.simulators.dingtalk import payloads
from tests.simulators.dingtalk.errors import Barred
from tests.simulators.dingtalk.eyes import Eyes, buttons_of, links_of
from tests.simulators.dingtalk.gateway import CARD_TOPIC, ROBOT_TOPIC, Delivery
from tests.simulators.dingtalk.values import Card, Group, Json, Member, Message

if TYPE_CHECKING:
    from tests.simulators.dingtalk.organisation import Organisation

ROBOT_NAMES = ("闭环", "Bihuan")
DTMD = "dtmd://dingtalkclient/sendMessage?content="


class Colleague:
    """One person. `failures`: clicks that ended in the client's own "failed, try again"."""

    def __init__(self, organisation: "Organisation", member: Member) -> None:
        self.organisation = organisation
        self.member = member
        self.failures = 0

    @property
    def id(self) -> str:
        return self.member.userid

    @property
    def name(self) -> str:
        return self.member.name

    async def says(
        self, text: str, group: Group | None = None, *, quotes: Message | None = None, rich: bool = False
    ) -> Message:
        """Writes. Names of the group's people behind an @ are linked mentions, which are cut out of a plain text; `rich`
        text keeps them visible. In a group the robot hears only what mentions it."""
        linked = payloads.linked(text, group, self.organisation) if group else []
        to_robot = next((name for name in ROBOT_NAMES if group and f"@{name}" in text), "")
        cut = [] if rich else [one.name for one in linked]
        left = payloads.stripped(text, [*cut, *([to_robot] if to_robot else [])])
        content: Json = (
            {"msgtype": "richText", "content": {"richText": [{"text": left}]}}
            if rich
            else {"msgtype": "text", "text": {"content": left}}
        )
        return await self._sends(text, content, group, linked, to_robot, quotes)

    async def sends_file(self, name: str, kind: str = "file") -> Message:
        """A file or picture to the robot; one-to-one only."""
        content = {"downloadCode": f"dl-{name}", **({"fileName": name} if kind == "file" else {})}
        return await self._sends(f"[{name}]", {"msgtype": kind, "content": content}, None, [], "", None)

    async def presses(self, label: str, message: Message | None = None, group: Group | None = None) -> Delivery | None:
        """Presses the button of that label on the newest card that has it. A link button that writes is followed."""
        for one in [message] if message else list(reversed(self.messages(group))):
            if one.card is not None and (found := buttons_of(one.card, self.id).get(label)):
                return await self._clicks(one, found)
            link = links_of(one).get(label, "")
            if one.card is None and link.startswith(DTMD):
                await self.says(unquote(link.removeprefix(DTMD)), self._group_of(one))
                return None
        raise Barred(f"{self.name} sees no button {label!r}: {self.sees(group)[:600]}")

    def messages(self, group: Group | None = None) -> list[Message]:
        """What this person has before them, oldest first."""
        place = group.id if group else self.id
        return [
            one
            for one in self.organisation.messages
            if one.place == place and not one.recalled and (not one.only_for or self.id in one.only_for)
        ]

    def sees(self, group: Group | None = None) -> str:
        """All words of a conversation as the client shows them to this person."""
        eyes = Eyes(self.organisation, self.member)
        return "\n".join(eyes.reads(one) for one in self.messages(group))

    async def will_see(self, words: str, group: Group | None = None, within: float = 15.0) -> None:
        """Waits until these words are there. Raises AssertionError."""
        for _ in range(int(within / 0.02)):
            if words in self.sees(group):
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"{self.name} never saw {words!r} but: {self.sees(group)[-1500:]}")

    async def _sends(
        self, shown: str, content: Json, group: Group | None, linked: list[Member], to_robot: str, quotes: Message | None
    ) -> Message:  # fmt: skip
        organisation = self.organisation
        place = group.id if group else self.id
        message = Message(organisation.ids("msg"), place, self.id, organisation.clock.now(), "text", {"content": shown})
        organisation.says(message)
        if group and not (to_robot and group.robot):
            return message
        data = payloads.said(
            organisation, self.member, group, message, content, linked, organisation.session(place), quotes
        )
        if not organisation.quota.push(organisation.clock.now()):
            data = payloads.over_quota(data)
        await organisation.gateway.pushes("CALLBACK", ROBOT_TOPIC, data)
        return message

    async def _clicks(self, message: Message, found: tuple[str, Json]) -> Delivery:
        """The callback, at most two seconds, its answer for the clicker alone."""
        organisation = self.organisation
        assert message.card is not None
        kind = "IM_GROUP" if message.place in organisation.groups else "IM_ROBOT"
        data = payloads.pressed(message, self.member, *found, (kind, message.place))
        organisation.quota.push(organisation.clock.now())
        delivery = await organisation.gateway.pushes("CALLBACK", CARD_TOPIC, data)
        try:
            await asyncio.wait_for(delivery.answered.wait(), organisation.card_patience)
        except TimeoutError:
            self.failures += 1
            return delivery
        if delivery.acked is None or delivery.acked["code"] != 200:
            self.failures += 1
        else:
            self._answered(message.card, delivery.acked)
        return delivery

    def _answered(self, card: Card, ack: Json) -> None:
        """`cardData` and `userPrivateData` of the answer; `privateData` is the wrong key and ignored."""
        response = json.loads(ack.get("data") or "{}").get("response")
        if response is None or not isinstance(response, dict):
            return
        for part in ("cardData", "userPrivateData"):
            given = (response.get(part) or {}).get("cardParamMap") or {}
            if not all(isinstance(value, str) for value in given.values()):
                self.organisation.complaints.append(f"a card's values are texts: {given}")
            card.clicker.setdefault(self.id, {}).update(given)

    def _group_of(self, message: Message) -> Group | None:
        return self.organisation.groups.get(message.place)
