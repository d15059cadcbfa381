"""The message that a published year makes another day of it: both days, what was said, and the press that moves it (T2)."""

from datetime import date, time

import pytest
from msgspec.structs import replace

from bot.cards import Card, plain
from bot.domain.action import State
from bot.views.calendars import recounted
from tests.views.cast import LI, TODAY, WANG, ZHANG, action, due, scene
from tests.views.pressed import buttons, labels

ARGS = {"phrase": "30个工作日内", "day": "2027-01-08", "new": "2027-01-11"}
WAITED = action("en", day=date(2027, 1, 8))


def told(reader: int = LI, item=WAITED, **args: str) -> Card:
    card = recounted(scene(reader, "en"), item, {**ARGS, **args})
    assert card is not None
    return card


def commands(card: Card) -> list[str]:
    return [button.command for button in buttons(card)]


def test_both_days_and_the_words_that_were_said() -> None:
    text = plain(told())
    assert '"30个工作日内" came to Fri 8 Jan 2027' in text
    assert "Mon 11 Jan 2027" in told().title
    assert "has not been changed" in text


@pytest.mark.parametrize(
    ("state", "new", "command"),
    [
        (
            State.IN_PROGRESS,
            "2027-01-11",
            '/action postpone A-42 2027-01-11 why: "checked against the published holidays"',
        ),
        (State.PROPOSED, "2027-01-11", "/action edit A-42 2027-01-11"),
        (State.IN_PROGRESS, "2027-01-07", "/action edit A-42 2027-01-07"),
    ],
)
def test_a_later_day_is_a_postponement_once_accepted(state: State, new: str, command: str) -> None:
    assert commands(told(ZHANG, replace(WAITED, state=state), new=new))[0] == command


def test_the_hour_stays() -> None:
    item = replace(WAITED, due=due(date(2027, 1, 8), time(15)))
    assert commands(told(item=item, new="2027-01-07"))[0] == "/action edit A-42 2027-01-07 15:00"


def test_who_may_not_move_it_and_what_lies_behind_us_can_only_be_looked_at() -> None:
    assert labels(told(WANG)) == ["View"]
    past = replace(WAITED, due=due(TODAY))
    assert labels(told(item=past, day=TODAY.isoformat(), new="2026-11-24")) == ["View"]


@pytest.mark.parametrize("gone", [{"state": State.DONE}, {"state": State.CANCELLED}, {"due": due(date(2027, 1, 11))}])
def test_what_is_closed_or_was_moved_meanwhile_is_not_told(gone: dict) -> None:
    assert recounted(scene(LI, "en"), replace(WAITED, **gone), ARGS) is None
