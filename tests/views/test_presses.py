"""Buttons and lines to type: only what this reader may do, at most four side by side, and each one really works."""

import pytest
from msgspec.structs import replace

from bot import commands
from bot.cards import Answer
from bot.domain.action import MOVES, State, Verb
from bot.policy import may
from bot.texts import LANGUAGES, words
from bot.views import action as views
from bot.views import presses
from bot.views.help import VERBS
from bot.views.notices import MOMENTS
from tests.views.cast import LI, WANG, ZHANG, ZHAO, action, blocked, directory, late, scene, submitted
from tests.views.pressed import buttons, labels, rows, typed
from tests.views.shown import everything, state


def answers(language: str) -> list[Answer]:
    """Every answer of the goldens."""
    return [answer for shown in everything(language).values() for _, answer in shown if answer is not None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_and_every_line_shown_is_understood(language: str) -> None:
    lines = {
        line for answer in answers(language) for line in (*(one.command for one in buttons(answer)), *typed(answer))
    }
    assert [line for line in sorted(lines) if line.startswith("/") and commands.read(line, bare=True) is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_type_instead_of_a_button_means_the_same(language: str) -> None:
    pairs = {(one.say, one.command) for answer in answers(language) for one in buttons(answer) if one.say}
    wrong = [
        (say, line) for say, line in sorted(pairs) if commands.read(say, bare=True) != commands.read(line, bare=True)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_help_lists_can_be_typed(language: str) -> None:
    say = {verb: words(language)(f"say-{verb}") for verb in VERBS}
    read = {verb: commands.read(f"{word} A-42", bare=True) for verb, word in say.items()}
    assert {verb: line.verb if line else "" for verb, line in read.items() if verb != "help"} == {
        verb: verb for verb in VERBS if verb != "help"
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_most_four_stand_side_by_side_and_the_dangerous_one_last(language: str) -> None:
    for row in (row for answer in answers(language) for row in rows(answer)):
        assert len(row) <= presses.AT_MOST
        assert all(button.style != "danger" for button in row[:-1])
        assert all(button.confirm for button in row if button.style == "danger")


@pytest.mark.parametrize("reader", [ZHANG, LI, WANG, ZHAO])
def test_a_reader_is_shown_only_what_they_may_do(reader: int) -> None:
    who = directory("en")
    for one in State:
        item = state("en", one)
        for button in buttons(views.detail(scene(reader, "en"), item)):
            line = commands.read(button.command, bare=True)
            assert line is not None, button
            if line.verb not in ("show", "history"):
                verb = Verb(line.verb)
                assert one in MOVES[verb], button
                assert may(who.person(reader), verb, item, who), button


@pytest.mark.parametrize("one", State)
def test_a_room_is_shown_no_verb(one: State) -> None:
    assert labels(views.detail(scene(None, "en"), state("en", one))) == ["History"]


@pytest.mark.parametrize(
    ("reader", "item", "first"),
    [
        (LI, state("en", State.PROPOSED), "Accept"),
        (LI, action("en"), "Submit"),
        (ZHANG, submitted("en"), "Accept"),
        (WANG, blocked("en"), "Resolved"),
        (ZHAO, late("en"), "Remind"),
        (ZHANG, state("en", State.DECLINED), "Reassign"),
        (ZHANG, state("en", State.DONE), "Reopen"),
    ],
)
def test_the_likeliest_stands_first(reader: int, item: object, first: str) -> None:
    assert labels(views.detail(scene(reader, "en"), item))[0] == first  # type: ignore[arg-type]  # parametrized


def test_a_list_offers_only_what_is_waited_for_from_the_reader() -> None:
    items = [late("en"), action("en"), submitted("en"), blocked("en")]
    assert labels(views.listing(scene(LI, "en"), items, heading="·")) == ["Submit"]
    assert labels(views.listing(scene(ZHANG, "en"), items, heading="·")) == ["Accept"]
    assert labels(views.listing(scene(WANG, "en"), items, heading="·")) == ["Submit", "Resolved"]


def test_an_admin_may_but_is_not_waited_for() -> None:
    here = scene(ZHAO, "en")
    assert here.reader is not None
    admin = replace(here, reader=replace(here.reader, admin=True))
    assert labels(views.listing(admin, [action("en")], heading="·")) == []
    assert "Submit" in labels(views.detail(admin, action("en")))


def test_a_button_carries_the_version_it_was_drawn_from() -> None:
    card = views.detail(scene(LI, "en"), replace(action("en"), version=17))
    changing = [button for button in buttons(card) if button.command.split()[1] not in ("show", "history")]
    assert {button.version for button in changing} == {17}


def test_the_head_can_leave_a_word_that_everybody_reads() -> None:
    card = MOMENTS["risk"](scene(ZHAO, "en"), (late("en"),), {})
    first = next(buttons(card))
    assert first.command == "/action note A-31 I'll step in"
    line = commands.read(first.command, bare=True)
    assert line is not None
    assert (line.verb, line.numbers, line.rest) == ("note", (31,), "I'll step in")
