"""A moment in a room is told by every clock its people live by (T1): nobody reckons, and nobody alone is told twice."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from bot.cards import Card, Moment, Text, plain
from bot.directory import Directory
from bot.domain.papers import Papers
from bot.people import Person
from bot.views.scene import Scene
from bot.views.sessions import SESSIONS
from tests.views.cast import LI, WANG, directory, scene
from tests.views.shown_meetings import announced

START = datetime(2026, 12, 1, 7, tzinfo=UTC)


def abroad(reader: int | None, language: str, zone: str = "Europe/Berlin") -> Scene:
    """The cast, with Wang Wu in another zone."""
    known = directory(language)
    people: list[Person] = [replace(one, timezone=zone) if one.id == WANG else one for one in known.people.values()]
    there = Directory.of(people, known.departments.values(), fallback=known.fallback)
    return replace(scene(None, language), directory=there, reader=there.person(reader) if reader else None)


def notice(eye: Scene, moment: str = "meeting-announced") -> Card:
    out = replace(announced(eye.words.language), start=START)
    card = SESSIONS[moment](eye, Papers(out), {"was": {"start": "2026-11-30T07:00:00+00:00", "length": 30}})
    assert card is not None
    return card


def moments(card: Card) -> list[Moment]:
    spans = [span for block in card.blocks if isinstance(block, Text) for span in block.spans]
    return [span for span in spans if isinstance(span, Moment)]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh-Hans", "当地时间：12月1日（周二）15:00（GMT+8）、12月1日（周二）08:00（GMT+1）"),
        ("en", "Local time: Tue 1 Dec, 15:00 (GMT+8) and Tue 1 Dec, 08:00 (GMT+1)"),
    ],
)
@pytest.mark.parametrize("moment", ["meeting-announced", "meeting-changed"])
def test_a_room_of_two_zones(language: str, line: str, moment: str) -> None:
    card = notice(abroad(None, language), moment)
    assert [one.at for one in moments(card)] == [START]
    assert line in plain(card).splitlines()


def test_who_is_written_to_reads_their_own_clock() -> None:
    assert moments(notice(abroad(LI, "en"), "meeting-changed")) == []


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Singapore"])
def test_clocks_that_show_the_same_are_one(zone: str) -> None:
    assert moments(notice(abroad(None, "en", zone))) == []
