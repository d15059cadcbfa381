"""A room's card in every language, where each reader's own client chooses; and what may disturb says so."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.cards import Card
from bot.people import Room
from bot.store import Notice
from bot.texts import LANGUAGES
from tests.outbox.postroom import Postroom


def spoken(scene, actions, args) -> Card:
    return Card(scene.words.language)


@pytest.fixture
async def room(tmp_path: Path):
    office = Postroom(tmp_path, options={"translating": {"web"}, "moments": {"informed": spoken}})
    yield office
    await office.store.close()


async def sent(office: Postroom, to: int | Room, **more) -> Card:
    notice = replace(Notice(to, "informed", (), f"told:{to}", office.clock.now()), **more)
    await office.store.write(lambda records: records.outbox.add([notice]))
    await office.delivery.drain(office.clock.now())
    return office.world.sent[-1].card


async def test_a_room_reads_every_language(room: Postroom) -> None:
    card = await sent(room, Room("web", "R1"))
    assert card.title == room.workplace.language
    assert [card.title, *(language for language, _ in card.readings)] == ["en", "zh-Hans", "zh-Hant"]
    assert all(reading.title == language for language, reading in card.readings)
    assert {card.title, *dict(card.readings)} == set(LANGUAGES)


async def test_a_person_reads_the_one_they_chose(room: Postroom) -> None:
    ann = await room.hire("Ann")
    assert (await sent(room, ann.id)).readings == ()


async def test_elsewhere_a_room_reads_one_language(tmp_path: Path) -> None:
    office = Postroom(tmp_path, options={"moments": {"informed": spoken}})
    assert (await sent(office, Room("web", "R1"))).readings == ()
    await office.store.close()


@pytest.mark.parametrize("urgent", [True, False])
async def test_only_what_may_disturb_says_so(room: Postroom, urgent: bool) -> None:
    ann = await room.hire("Ann")
    assert (await sent(room, ann.id, urgent=urgent)).urgent is urgent
