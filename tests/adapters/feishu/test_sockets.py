"""The long connection: each defect of the SDK's own client has its fence here (platform sheet 1.5, 1.7)."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from adapters.feishu import FeishuMessenger
from adapters.feishu.sockets import Deaf, Lines, Manner
from bot.cards import Answer, Button, Buttons, Card, Toast
from bot.messenger import Incoming, Pressed, Said
from bot.people import Account
from tests.adapters.feishu.office import app, connected
from tests.contracts.harness import Core, listening
from tests.simulators.feishu import Colleague, Tenant

pytestmark = pytest.mark.slow

NOBODY_THERE = "http://127.0.0.1:9/callback/ws/endpoint"


@dataclass
class Line:
    """A bot that listens, somebody who speaks to it."""

    tenant: Tenant
    messenger: FeishuMessenger
    core: Core
    ann: Colleague

    async def hears(self, text: str = "还在吗") -> None:
        """Something is said, and heard."""
        await self.ann.says(text)
        assert (await self.core.next()).what == Said(text)

    async def until(self, holds, seconds: float = 5.0) -> None:
        for _ in range(int(seconds / 0.01)):
            if holds():
                return
            await asyncio.sleep(0.01)
        raise AssertionError("it never came to that")


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    tenant, core = Tenant(app=app()), Core()
    tenant.sockets.config.ping = 0.2
    ann = tenant.hires("安娜")
    async with connected(tenant) as messenger, listening(messenger, core.receive):
        await tenant.connected(2)
        yield Line(tenant, messenger, core, ann)


async def test_two_lines_so_that_one_stays(line):
    sockets = line.tenant.sockets
    gone, kept = sockets.lines
    await sockets.kicks(gone)
    await line.until(lambda: gone not in sockets.lines)
    assert kept in sockets.lines
    await line.hears()
    await line.until(lambda: sockets.opened == 3)


@pytest.mark.parametrize("how", ["kicked", "dropped", "frozen", "without pongs"])
async def test_it_cannot_go_deaf(line, how):
    """A line that is half-open shows nothing: only a pong that does not come tells."""
    sockets, opened = line.tenant.sockets, line.tenant.sockets.opened
    match how:
        case "kicked":
            await sockets.kicks()
        case "dropped":
            sockets.drops()
        case "frozen":
            sockets.freezes()
        case _:
            sockets.pongs = False
    await line.until(lambda: sockets.opened >= opened + 2)
    sockets.pongs = True
    await line.tenant.connected(2)
    await line.hears()


@pytest.mark.parametrize(
    "trouble",
    [
        {"refusals": [(1, "busy")] * 3}, {"refusals": [(1000040343, "internal")] * 3}, {"endpoint_status": [502, 500, 404]},
        {"handshakes": [(500, "0"), (403, "0"), (503, "0")]},
        {"handshakes": [(500, "none"), (403, ""), (503, "9" * 5_000)]},
        {"refusals": [(514, "auth failed")]},  # the other line hears, so it is tried again
    ],
    ids=["busy", "internal", "http", "handshake", "a handshake without a number", "fatal beside a line"],
)  # fmt: skip
async def test_every_error_is_followed_by_another_try(line, trouble):
    for name, value in trouble.items():
        setattr(line.tenant.sockets, name, value)
    await line.tenant.sockets.kicks(line.tenant.sockets.lines[0])
    await line.until(lambda: not any(getattr(line.tenant.sockets, name) for name in trouble))
    await line.tenant.connected(2)
    await line.hears()


@pytest.mark.parametrize(
    ("code", "by"),
    [(403, "endpoint"), (514, "endpoint"), (1000040344, "endpoint"), (1000040346, "endpoint"), (1000040350, "endpoint"),
     (1000040351, "endpoint"), (1000040350, "handshake")],
    ids=str,
)  # fmt: skip
async def test_what_cannot_be_mended_by_trying_is_said(code, by):
    """Not a zombie: the listener ends, whoever watches it starts it anew and says that it is in trouble."""
    tenant = Tenant(app=app())
    if by == "endpoint":
        tenant.sockets.refusals = [(code, "no")] * 5
    else:
        tenant.sockets.handshakes = [(514, str(code))] * 5
    async with connected(tenant) as messenger:
        with pytest.raises(Deaf, match=str(code)):
            await asyncio.wait_for(messenger.listen(Core().receive), 5)


async def test_a_line_that_cannot_be_had_for_a_day_is_tried_as_on_the_first():
    """The other one hears meanwhile: seventeen hours of tries, and their doubling was more than a float holds."""
    tries, enough = itertools.count(), asyncio.Event()

    def at_once() -> float:
        if next(tries) > 1_100:
            enough.set()
        return 0.0

    async with aiohttp.ClientSession() as session:
        lines = Lines(session, NOBODY_THERE, {}, unheard, jitter=at_once)
        keeping, waiting = asyncio.create_task(lines.keep(1, deaf_for=3_600.0)), asyncio.create_task(enough.wait())
        await asyncio.wait({keeping, waiting}, return_when=asyncio.FIRST_COMPLETED)
        keeping.cancel()
        with pytest.raises(asyncio.CancelledError):
            await keeping


async def unheard(_: object) -> None:
    """Nothing comes."""


async def test_a_feishu_that_is_never_there_is_said_after_a_while():
    """The SDK would try for ever and tell nobody; here readiness hears of it, and everything is begun anew."""
    async with aiohttp.ClientSession() as session:
        lines = Lines(session, NOBODY_THERE, {}, unheard, jitter=lambda: 0.01)
        with pytest.raises(Deaf, match=r"no long connection for 0\.5 s"):
            await asyncio.wait_for(lines.keep(deaf_for=0.5), 5)


@pytest.mark.parametrize("state", ["connected", "frozen", "asking", "trying"])
async def test_it_stops_in_less_than_two_seconds_whatever_it_does(state):
    tenant, core = Tenant(app=app()), Core()
    if state == "asking":
        tenant.sockets.endpoint_delay = 30.0
    if state == "trying":
        tenant.sockets.config.nonce = tenant.sockets.config.interval = 30.0
    async with connected(tenant) as messenger:
        task = asyncio.create_task(messenger.listen(core.receive))
        await asyncio.sleep(0.3)
        if state == "frozen":
            tenant.sockets.freezes()
        if state == "trying":
            await tenant.sockets.kicks()
            await asyncio.sleep(0.1)
        begun = time.perf_counter()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert time.perf_counter() - begun < 2
        tenant.sockets.endpoint_delay = 0.0


@pytest.mark.parametrize(("count", "reverse"), [(2, False), (7, True)])
async def test_events_in_fragments(line, count, reverse):
    line.tenant.sockets.fragments, line.tenant.sockets.reversed = count, reverse
    await line.hears("字" * 500)
    assert line.tenant.deliveries()[-1].acknowledged


async def test_frames_of_type_card_are_heard_too(line):
    """The SDK's client drops them without a word."""
    line.tenant.unverified.card_frames = True
    card = Card("请确认", (Buttons((Button("接受", "/action accept A-1"),)),))
    await line.messenger.post(Account("feishu", line.ann.id), card, key="k", again=False)
    line.core.answer = Toast("好了", "good")
    await line.ann.presses("接受")
    assert (await line.core.next()).what == Pressed("/action accept A-1")
    assert "好了" in line.ann.sees()


class Held(Core):
    """A core that does not commit what this one says until it may."""

    def __init__(self, whom: str) -> None:
        super().__init__()
        self.whom = whom
        self.may = asyncio.Event()

    async def receive(self, event: Incoming) -> Answer | None:
        if event.by.user_id == self.whom:
            await self.may.wait()
        return await super().receive(event)


async def test_an_acknowledgement_waits_for_the_commit_and_holds_nobody_else_up():
    """C1: what is acknowledged has been committed. And the SDK runs its handler on the socket's loop: five seconds in it
    are five seconds without a ping or another event."""
    tenant = Tenant(app=app())
    ann, bo = tenant.hires("安娜"), tenant.hires("薄一")
    core = Held(ann.id)
    async with connected(tenant) as messenger, listening(messenger, core.receive):
        await tenant.connected(2)
        said = asyncio.create_task(ann.says("慢"))
        await bo.says("快")
        assert (await core.next()).what == Said("快")
        pings = sum(one.pings for one in tenant.sockets.lines)
        await asyncio.sleep(1.2)
        assert sum(one.pings for one in tenant.sockets.lines) > pings
        assert not said.done()
        assert len(tenant.sockets.acks) == 1
        core.may.set()
        await said
        assert all(one.acknowledged for one in tenant.deliveries())


async def test_what_is_under_way_when_listening_ends_is_acknowledged():
    tenant = Tenant(app=app())
    ann = tenant.hires("安娜")
    core = Held(ann.id)
    async with connected(tenant) as messenger:
        async with listening(messenger, core.receive):
            await tenant.connected(2)
            said = asyncio.create_task(ann.says("最后一句"))
            await asyncio.sleep(0.1)
            asyncio.get_running_loop().call_later(0.3, core.may.set)
        await said
    assert [one.what for one in core.heard] == [Said("最后一句")]
    assert tenant.deliveries()[0].acknowledged


async def test_something_that_cannot_be_read_is_not_acknowledged_as_done(line):
    await line.ann.sends("text", {"text": "x"})
    await line.core.next()
    payload = line.tenant.deliveries()[-1].payload
    broken = {**payload, "event": {"sender": payload["event"]["sender"], "message": {}}}
    delivery = await line.tenant.courier.brings(broken)
    assert delivery.tries[0].reason == "answered 500"
    await line.hears()


async def test_nonsense_on_a_line_is_let_be(line):
    for one in line.tenant.sockets.lines:
        await one.socket.send_bytes(b"\xff\xff\xff")
        await one.socket.send_str("hello")
    await line.hears()


async def test_how_to_behave_is_learned_from_every_pong(line):
    """Two lines that ping five times a second bring thirty in three; told to ping oftener, they do."""
    lines = line.tenant.sockets.lines
    before = sum(one.pings for one in lines)
    line.tenant.sockets.config.ping = 0.02
    await line.until(lambda: sum(one.pings for one in lines) - before > 60, seconds=3)


@pytest.mark.parametrize(
    "told", [None, [], {"PingInterval": 0}, {"PingInterval": "soon"}, {"PingInterval": -1}], ids=range(5)
)
def test_nonsense_about_how_to_behave_is_let_be(told):
    manner = Manner()
    manner.learn(told)
    assert manner == Manner()


async def test_no_secret_is_logged(line, capfd):
    """A4 row 39: the SDK writes tickets at INFO and bodies at DEBUG."""
    await line.tenant.sockets.kicks()
    line.tenant.sockets.handshakes = [(403, "0")]
    await line.tenant.connected(2)
    await line.hears("秘密的话")
    written = "".join(capfd.readouterr())
    tickets = [one.text for one in line.tenant.tokens.issued]
    secrets = (line.tenant.app.secret, "ticket=", "access_key=", "秘密的话", *tickets)
    assert [said for said in written.splitlines() if any(secret in said for secret in secrets)] == []
