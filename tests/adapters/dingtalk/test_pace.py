"""DingTalk's twenty calls a second for each API are kept to from our side, so that nothing is refused."""

import asyncio

import pytest

from adapters.dingtalk.pace import BURST, PATIENCE, PER_SECOND, Pace
from adapters.dingtalk.posting import CREATE
from bot.cards import Card
from bot.people import Account
from tests.adapters.dingtalk.office import messenger_of
from tests.simulators.dingtalk import Organisation


class Ticks:
    """A monotonic clock that stands where it is put."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_few_at_once_then_one_after_the_other():
    pace = Pace(ticks=Ticks())
    waits = [pace.wait("send") for _ in range(10)]
    assert waits[: int(BURST)] == [0.0] * int(BURST)
    assert waits[int(BURST) :] == pytest.approx([n / PER_SECOND for n in range(1, 7)])


def test_no_second_holds_more_than_twenty():
    pace = Pace(ticks=Ticks())
    at = [pace.wait("send") for _ in range(100)]
    assert max(sum(start <= one < start + 1 for one in at) for start in at) <= 20


def test_apis_do_not_wait_for_each_other_and_time_gives_turns_back():
    ticks = Ticks()
    pace = Pace(ticks=ticks)
    for _ in range(50):
        pace.wait("send")
    assert pace.wait("cards") == 0.0
    ticks.now += 60
    assert pace.wait("send") == 0.0


def test_a_turn_too_far_away_is_not_taken():
    pace = Pace(ticks=Ticks())
    waits = [pace.wait("send") for _ in range(1_000)]
    assert max(waits) < PATIENCE + 1
    assert waits[-1] == waits[-2], "whoever does not wait takes nobody's turn"


@pytest.mark.slow
async def test_a_morning_of_forty_reminders_is_not_refused_once():
    organisation = Organisation()
    people = [organisation.hires(f"p{n:02}", f"同事{n}") for n in range(40)]
    async with organisation.serving() as url:
        messenger = messenger_of(organisation, url, pace=Pace())
        await asyncio.gather(
            *(messenger.post(Account("dingtalk", one.id), Card("早"), key=one.id, again=False) for one in people)
        )
        await messenger.close()
    assert [call.status for call in organisation.calls(CREATE)] == [200] * 40
