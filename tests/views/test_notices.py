"""Notices are made when they are delivered: true then, moot when there is nothing left to say, never a wrong button."""

from datetime import timedelta
from itertools import product

import pytest
from msgspec.structs import replace

from bot.cards import Card, plain
from bot.domain.action import Action, State, Supporter
from bot.texts import LANGUAGES
from bot.views.notices import MOMENTS
from tests.views.cast import LI, NOW, WANG, ZHANG, ZHAO, action, scene, submitted
from tests.views.pressed import labels
from tests.views.shown import lines, state

ASKS = {"request": (LI, State.PROPOSED), "verify": (ZHANG, State.SUBMITTED), "blocked": (WANG, State.BLOCKED)}
ABOUT_ITEMS = [
    moment
    for moment in MOMENTS
    if not moment.startswith(("digest", "welcome", "undeliverable", "series", "cut_off", "connected"))
]


def told(moment: str, reader: int, item: Action, **args: object) -> Card | None:
    """The notice as the reader would get it now."""
    return MOMENTS[moment](scene(reader, "en"), (item,), {**lines((item, "before")), "by": ZHAO, "why": "why", **args})


@pytest.mark.parametrize("moment", ABOUT_ITEMS)
def test_every_moment_has_words_in_every_state(moment: str) -> None:
    for language, one, reader, posted in product(LANGUAGES, State, (ZHANG, LI, WANG, ZHAO, None), (False, True)):
        item = state(language, one)
        args = {**lines((item, "due")), "by": ZHAO, "posted": posted}
        card = MOMENTS[moment](scene(reader, language), (item,), args)
        assert card is not None or not posted, one
        if card is not None:
            assert item.label in plain(card), one
            assert "\n" not in card.title, one


@pytest.mark.parametrize(("moment", "reader", "asked"), [(name, *asks) for name, asks in ASKS.items()])
def test_a_question_is_asked_only_while_it_is_open(moment: str, reader: int, asked: State) -> None:
    for one in State:
        fresh, updated = told(moment, reader, state("en", one)), told(moment, reader, state("en", one), posted=True)
        assert updated is not None, one
        assert fresh == (updated if one is asked else None), one
        assert one is asked or labels(updated) == ["View"], one


def test_a_request_that_went_to_somebody_else_asks_no_more() -> None:
    gone = replace(state("en", State.PROPOSED), owner=WANG)
    assert told("request", LI, gone) is None
    updated = told("request", LI, gone, posted=True)
    assert updated is not None
    assert updated.title == "🟡 A-42 waits for Wang Wu's answer, due in 2 days (Fri 27 Nov)"


def test_accepted_meanwhile_reads_accepted() -> None:
    updated = told("request", LI, action("en"), posted=True)
    assert updated is not None
    assert updated.title == "🟡 A-42 is in progress, due in 2 days (Fri 27 Nov)"


@pytest.mark.parametrize(
    ("moment", "one"),
    [
        ("declined", State.PROPOSED), ("approved", State.IN_PROGRESS), ("returned", State.SUBMITTED),
        ("blocked_told", State.IN_PROGRESS), ("unblocked", State.BLOCKED), ("cancelled", State.IN_PROGRESS),
        ("reopened", State.DONE), ("postponed", State.CANCELLED), ("edited", State.DONE), ("informed", State.CANCELLED),
        ("nudged", State.DONE), ("unanswered", State.IN_PROGRESS), ("postponed_often", State.DONE),
    ],
)  # fmt: skip
def test_what_was_overtaken_before_it_was_sent_is_not_sent(moment: str, one: State) -> None:
    assert told(moment, LI, state("en", one)) is None


def test_who_is_informed_reads_why_they_are() -> None:
    item = replace(state("en", State.PROPOSED), supporters=(Supporter(person=WANG),))
    tracker, supporter = told("informed", ZHANG, item), told("informed", WANG, item)
    assert tracker is not None
    assert supporter is not None
    assert tracker.title == "A-42 is yours to verify, due Fri 27 Nov"
    assert supporter.title == "A-42: please support Li Si, due Fri 27 Nov"


def test_an_edit_shows_the_values_as_they_are_now() -> None:
    card = told("edited", LI, action("en"), changes=["criterion", "due", "version"], by=ZHANG)
    assert card is not None
    assert "Done when first-level response included\nDue Fri 27 Nov, 18:00" in plain(card)


def test_a_nudge_goes_to_whose_turn_it_is_and_dies_with_it() -> None:
    assert told("nudged", ZHANG, submitted("en")) is not None
    assert told("nudged", LI, submitted("en")) is None


def test_somebody_unanswered_is_named_with_the_hours() -> None:
    card = told("unanswered", ZHANG, replace(state("en", State.PROPOSED), asked_at=NOW - timedelta(hours=25)))
    assert card is not None
    assert card.title == "🟡 A-42: no answer from Li Si in 24 hours"
    assert labels(card) == ["Remind", "Reassign", "Postpone", "Cancel it"]


def test_who_left_is_told_to_who_stands_in_until_it_was_handed_over() -> None:
    assert told("undeliverable", ZHANG, action("en"), person=LI, reason="left") is not None
    assert told("undeliverable", ZHANG, replace(action("en"), owner=WANG), person=LI, reason="left") is None


def test_an_address_that_is_no_person_is_named_as_it_came() -> None:
    card = MOMENTS["undeliverable"](scene(ZHAO, "en"), (), {"person": "#product", "reason": "archived"})
    assert card is not None
    assert plain(card) == "Messages do not reach #product\nReason: archived"
