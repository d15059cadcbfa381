"""The door of the webhook mode against what strangers and machines send (RELIABILITY C5, A4 rows 32–34)."""

import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from adapters.door import BODY_LIMIT, FRESH, SEEN_FOR
from adapters.feishu.door import Door
from bot.cards import Button, Buttons, Card
from bot.messenger import Pressed, Said
from bot.people import Account
from tests.adapters.feishu.office import app, connected
from tests.adapters.web.raw import Wire
from tests.contracts.harness import Core, listening
from tests.simulators.feishu import Colleague, Tenant, payloads

pytestmark = pytest.mark.slow


@dataclass
class Entrance:
    """A bot behind its door, and somebody who stands before it with a right pen."""

    tenant: Tenant
    core: Core
    ann: Colleague
    session: aiohttp.ClientSession

    async def knocks(self, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Status and answer."""
        async with self.session.post(self.tenant.door.url, data=body, headers=headers) as answer:
            return answer.status, await answer.read()

    async def sealed(self, payload: Any, **more) -> int:
        """The status of something that is sealed and signed as it must be."""
        body = self.tenant.door.sealed(payload)
        return (await self.knocks(body, self.tenant.door.signed(body, **more)))[0]

    def event(self) -> dict:
        return payloads.menu(self.tenant, self.ann.user, "help")


@pytest.fixture
async def entrance() -> AsyncIterator[Entrance]:
    tenant, core = Tenant(app=app("webhook")), Core()
    ann = tenant.hires("安娜")
    async with (
        connected(tenant, "webhook") as messenger,
        listening(messenger, core.receive),
        aiohttp.ClientSession() as session,
    ):
        await messenger.listening.wait()
        yield Entrance(tenant, core, ann, session)


async def test_the_console_saves_the_url(entrance):
    assert await entrance.tenant.door.saves_url() == ""


async def test_an_event_and_a_press_come_in(entrance):
    await entrance.ann.says("/action list")
    assert (await entrance.core.next()).what == Said("/action list")
    assert await entrance.sealed(entrance.event()) == 200
    assert (await entrance.core.next()).what == Said("/help")


@pytest.mark.parametrize(
    "change",
    [
        {"X-Lark-Signature": "0" * 64}, {"X-Lark-Signature": ""}, {"X-Lark-Signature": "ü"},
        {"X-Lark-Request-Timestamp": "soon"}, {"X-Lark-Request-Timestamp": ""}, {"X-Lark-Request-Timestamp": "9" * 20},
        {"X-Lark-Request-Nonce": "another"},
    ],
    ids=range(7),
)  # fmt: skip
async def test_a_forged_request_is_not_read(entrance, change):
    body = entrance.tenant.door.sealed(entrance.event())
    status, answer = await entrance.knocks(body, entrance.tenant.door.signed(body) | change)
    assert (status, answer) == (401, b"")
    assert entrance.core.heard == []


@pytest.mark.parametrize("missing", ["X-Lark-Signature", "X-Lark-Request-Timestamp"])
async def test_an_unsigned_request_is_not_read(entrance, missing):
    body = entrance.tenant.door.sealed(entrance.event())
    headers = entrance.tenant.door.signed(body)
    del headers[missing]
    assert (await entrance.knocks(body, headers))[0] == 401
    assert (await entrance.knocks(json.dumps(entrance.event()).encode()))[0] == 401


@pytest.mark.parametrize(("away", "status"), [(-299, 200), (299, 200), (-301, 401), (301, 401), (-90_000, 401)])
async def test_an_old_signature_is_worth_nothing(entrance, away, status):
    assert await entrance.sealed(entrance.event(), at=time.time() + away) == status


async def test_a_request_that_is_sent_again_has_no_effect(entrance):
    body = entrance.tenant.door.sealed(entrance.event())
    headers = entrance.tenant.door.signed(body)
    assert await entrance.knocks(body, headers) == (200, b"{}")
    await entrance.core.next()
    assert await entrance.knocks(body, headers) == (200, b"{}")
    assert len(entrance.core.heard) == 1


async def test_the_same_request_is_heard_when_the_first_time_broke_on_our_side():
    """Whether Feishu signs a redelivery anew is its own; what was not heard may come again either way."""
    tenant, heard = Tenant(app=app("webhook")), []
    ann = tenant.hires("安娜")

    async def receive(incoming):
        heard.append(incoming)
        if len(heard) == 1:
            raise RuntimeError("the database is away")

    async with (
        connected(tenant, "webhook") as messenger,
        listening(messenger, receive),
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as session,
    ):
        await messenger.listening.wait()
        body = tenant.door.sealed(payloads.menu(tenant, ann.user, "help"))
        headers = tenant.door.signed(body)
        for status, times in ((500, 1), (200, 2), (200, 2)):
            async with session.post(tenant.door.url, data=body, headers=headers) as answer:
                assert (answer.status, len(heard)) == (status, times)


async def test_a_body_that_was_changed_is_not_read(entrance):
    body = entrance.tenant.door.sealed(entrance.event())
    assert (await entrance.knocks(body + b" ", entrance.tenant.door.signed(body)))[0] == 401


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"no json", b"{}", b'{"encrypt": 5}', b'{"encrypt": "AAAA"}', b'{"encrypt": "not base64 at all!"}',
             b'{"encrypt": "' + b"A" * 128 + b'"}', b"[" * 100_000],
    ids=range(9),
)  # fmt: skip
async def test_signed_nonsense(entrance, body):
    assert (await entrance.knocks(body, entrance.tenant.door.signed(body)))[0] == 400


@pytest.mark.parametrize("payload", [[], "text", 5])
async def test_sealed_nonsense(entrance, payload):
    assert await entrance.sealed(payload) == 400


async def test_sealed_by_us_but_not_for_us(entrance):
    event = entrance.event()
    event["header"]["token"] = "another"
    assert await entrance.sealed(event) == 401
    assert await entrance.sealed({"type": "url_verification", "challenge": "x", "token": "another"}) == 401
    assert await entrance.sealed({"schema": "2.0"}) == 401


async def test_an_event_that_lacks_what_it_must_have_may_come_again(entrance):
    event = entrance.event()
    del event["event"]["operator"]
    assert await entrance.sealed(event) == 400
    assert await entrance.sealed(entrance.event()) == 200


async def test_another_apps_event_has_no_effect(entrance):
    event = entrance.event()
    event["header"]["app_id"] = "cli_0000000000000000"
    assert await entrance.sealed(event) == 200
    assert entrance.core.heard == []


@pytest.mark.parametrize("over", [0, 1])
async def test_a_body_that_is_too_long(entrance, over):
    body = b"x" * (BODY_LIMIT + over)
    assert (await entrance.knocks(body, entrance.tenant.door.signed(body)))[0] == (413 if over else 400)


async def test_other_methods(entrance):
    async with entrance.session.get(entrance.tenant.door.url) as answer:
        assert (answer.status, answer.headers["Allow"]) == (405, "POST")


async def test_while_nobody_listens_feishu_is_told_to_come_again():
    tenant = Tenant(app=app("webhook"))
    ann = tenant.hires("安娜")
    async with connected(tenant, "webhook"):
        await ann.says("大家早")
        assert tenant.deliveries()[0].tries[0].reason == "HTTP 503"


async def test_what_came_while_the_bot_was_away_is_heard_when_it_is_back():
    tenant, core = Tenant(app=app("webhook")), Core()
    ann = tenant.hires("安娜")
    async with connected(tenant, "webhook") as messenger:
        await ann.says("大家早")
        async with listening(messenger, core.receive):
            await messenger.listening.wait()
            await tenant.advance(seconds=16)
            assert (await core.next()).what == Said("大家早")


async def test_a_press_is_answered_in_the_body(entrance):
    entrance.core.answer = Card("A-1 已接受")
    card = Card("请确认", (Buttons((Button("接受", "/action accept A-1"),)),))
    async with connected(entrance.tenant, "socket") as messenger:
        await messenger.post(Account("feishu", entrance.ann.id), card, key="k", again=False)
    await entrance.ann.presses("接受")
    assert (await entrance.core.next()).what == Pressed("/action accept A-1")
    assert "A-1 已接受" in entrance.ann.sees()


async def test_a_body_that_never_ends(entrance):
    port = int(entrance.tenant.door.url.split("/")[2].split(":")[1])
    lines = "".join(f"{name}: {value}\r\n" for name, value in entrance.tenant.door.signed(b"x").items())
    begun = time.perf_counter()
    head = f"POST /feishu/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1000\r\n{lines}\r\nx"
    assert (await Wire(port).sends(head.encode())).status == 408
    assert time.perf_counter() - begun < 4


def test_there_is_no_door_without_a_key():
    with pytest.raises(ValueError, match="encrypt key"):
        Door("")


def test_what_was_seen_is_kept_for_longer_than_a_signature_lives():
    assert SEEN_FOR >= 2 * FRESH
