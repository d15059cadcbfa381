"""Never lost, never twice: whatever the order of faults, crashes and jumps of the clock (RELIABILITY A3).

Each example is a life of one workplace: notices are told, messages fail in every way, the process dies after a message
was accepted and before it was settled, the clock jumps. Then the world heals, and every key has arrived exactly once.
"""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendar import audible
from bot.errors import TryLater, Uncertain, Undeliverable
from tests.outbox.postroom import SHANGHAI, Postroom, notice

NAMES = ("ann", "bo", "cy")


@dataclass(frozen=True)
class Tell:
    """A notice to somebody; the number is its key, and may have been used before."""

    who: str
    key: int


@dataclass(frozen=True)
class Fault:
    """What somebody's next message meets."""

    who: str
    kind: str


@dataclass(frozen=True)
class Lapse:
    """The clock goes on, or back."""

    seconds: int


@dataclass(frozen=True)
class Deliver:
    """The pump runs until nothing is due, or (`dies`) the process is killed."""

    dies: bool


KINDS = {
    "later": lambda: TryLater(20),
    "down": lambda: ConnectionError("reset before it was read"),
    "lost": lambda: "lost",
    "hang": lambda: "hang",
    "never": lambda: Undeliverable("blocked"),
    "unsure": lambda: Uncertain("no history"),
}
steps = st.lists(
    st.builds(Tell, st.sampled_from(NAMES), st.integers(0, 15))
    | st.builds(Fault, st.sampled_from(NAMES), st.sampled_from(sorted(KINDS)))
    | st.builds(Lapse, st.sampled_from([1, 30, 61, 3600, 86_400, -3600]))
    | st.builds(Deliver, st.booleans()),
    max_size=25,
)


@pytest.mark.slow
@settings(max_examples=60)
@given(steps)
def test_every_key_arrives_exactly_once(lived):
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(life(Path(folder), lived))


async def life(folder: Path, lived: list) -> None:
    room = Postroom(folder)
    people = {name: await room.hire(name) for name in NAMES}
    told: set[str] = set()
    for step in lived:
        match step:
            case Tell(who, key):
                told.add(f"{who}-{key}")
                await room.tell(notice(people[who], f"{who}-{key}"))
            case Fault(who, kind):
                room.world.script[who].append(KINDS[kind]())
            case Lapse(seconds):
                room.clock.advance(seconds=seconds)
            case Deliver(dies):
                await delivered(room, dies)
    await healed(room)
    count = await room.count()
    sent = [one.key for one in room.world.sent]
    await room.store.close()
    given_up = count["dead"] + count["uncertain"]
    assert room.world.wrong == []
    assert len(sent) == len(set(sent)), "sent twice"
    assert set(sent) <= told
    assert count["posted"] + given_up == len(told), "lost, or still waiting"
    # What was given up was refused by the messenger; it may have been accepted by an earlier try.
    assert len(told - set(sent)) <= given_up


async def delivered(room: Postroom, dies: bool) -> None:
    hangs = any("hang" in waiting for waiting in room.world.script.values())
    if hangs or dies:
        delivering = asyncio.create_task(room.deliver())
        await asyncio.wait({delivering}, timeout=0.03)
        delivering.cancel()
        await room.crash()
    else:
        await room.deliver()


async def healed(room: Postroom) -> None:
    for waiting in room.world.script.values():
        waiting.clear()
    for _ in range(6):
        room.clock.advance(hours=6)
        room.clock.moment = audible(room.clock.now(), SHANGHAI, room.workplace.quiet, room.calendar)
        await room.deliver()
