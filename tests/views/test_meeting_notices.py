"""Messages about a meeting, made when they are delivered: what was overtaken is not sent, what stands says how things are."""

from datetime import timedelta
from itertools import product

import pytest
from msgspec.structs import replace

from bot.cards import File, plain
from bot.domain.meeting import Invitee, MeetingState, Reply
from bot.domain.papers import Papers
from bot.texts import LANGUAGES
from bot.views.meeting_calls import MOMENTS as CALLS
from bot.views.meeting_notices import MOMENTS as NOTICES
from bot.views.sessions import SESSIONS
from tests.views.cast import LI, NOW, WANG, ZHANG, ZHAO, scene
from tests.views.shown_meetings import announced, meeting

MOMENTS = {**NOTICES, **CALLS}
ARGS = {"by": ZHAO, "why": "why", "person": LI, "topic": 3, "was": {"place": "room 1"}, "title": "budget"}


def told(moment: str, reader: int, one, **args):
    return SESSIONS[moment](scene(reader, "en"), Papers(one), {**ARGS, **args})


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_moment_has_words_in_every_state_and_never_vanishes(moment):
    for language, state, reader, posted in product(LANGUAGES, MeetingState, (ZHANG, LI, WANG, ZHAO), (False, True)):
        one = meeting(language, state=state, announced_at=NOW)
        card = MOMENTS[moment](scene(reader, language), Papers(one), {**ARGS, "posted": posted})
        assert card is not None or not posted, (state, reader)
        if card is not None:
            assert one.title in plain(card), (state, reader)
            assert "\n" not in card.title
            assert not posted or not any(isinstance(block, File) for block in card.blocks), "a file is sent once"


@pytest.mark.parametrize(
    ("moment", "states"),
    [
        ("meeting-invited", {MeetingState.ANNOUNCED, MeetingState.RUNNING}),
        ("meeting-changed", {MeetingState.ANNOUNCED, MeetingState.RUNNING}),
        ("material-wanted", {MeetingState.ANNOUNCED, MeetingState.RUNNING}),
        ("meeting-approval", {MeetingState.AWAITING}),
        ("meeting-agenda", {MeetingState.DRAFT}),
        ("meeting-lead", {MeetingState.DRAFT}),
        ("meeting-soon", {MeetingState.ANNOUNCED}),
        ("meeting-not-started", {MeetingState.ANNOUNCED}),
        ("meeting-unheld", {MeetingState.ANNOUNCED}),
    ],
)
def test_what_was_overtaken_before_it_was_sent_is_not_sent(moment, states):
    sent = {state for state in MeetingState if told(moment, LI, meeting("en", state=state)) is not None}
    assert sent == states


def test_who_was_uninvited_meanwhile_gets_no_invitation_and_who_was_invited_again_no_farewell():
    alone = announced("en", invitees=(Invitee(ZHANG),))
    assert told("meeting-invited", LI, alone) is None
    assert told("meeting-uninvited", LI, alone) is not None
    assert told("meeting-uninvited", LI, announced("en")) is None


def test_who_has_changed_their_mind_is_not_reported_as_absent():
    comes = announced("en", invitees=(Invitee(ZHANG), Invitee(LI, Reply.ACCEPTED)))
    assert told("meeting-answered", ZHANG, comes) is None


def test_a_proposal_that_was_settled_is_not_asked_about():
    one = announced("en")
    taken = replace(one, topics=tuple(replace(topic, taken=True) for topic in one.topics))
    assert told("topic-proposed", ZHANG, taken) is None


def test_after_the_start_nobody_is_reminded_of_it():
    one = announced("en")
    for now, sent in ((one.start - timedelta(minutes=1), True), (one.start, False)):
        card = SESSIONS["meeting-soon"](scene(LI, "en", now), Papers(one), {})
        assert (card is not None) is sent


@pytest.mark.parametrize(
    ("was", "title"),
    [
        ({"start": "2026-12-01T07:00:00+00:00", "place": "x"}, "Moved to Wed 2 Dec, 15:00: Q3 product planning"),
        ({"place": "x", "length": 30}, "Now at room 3: Q3 product planning"),
        ({"link": "x"}, "Another link: Q3 product planning"),
        ({"length": 30}, "Another length: Q3 product planning"),
    ],
)
def test_what_matters_most_of_a_change_stands_first(was, title):
    card = told("meeting-changed", LI, announced("en"), was=was)
    assert card is not None
    assert card.title == title


def test_a_title_too_long_for_one_line_stands_whole_below():
    """T5."""
    long = announced("en", title="a very long name of a meeting that nobody reads to its end on a telephone")
    card = told("meeting-invited", LI, long)
    assert card is not None
    assert "…" in card.title
    assert f"Name {long.title}" in plain(card)
