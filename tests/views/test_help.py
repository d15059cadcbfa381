"""Help, people and settings: short enough for a phone, and every line shown works."""

import pytest

from bot import commands
from bot.cards import plain
from bot.texts import LANGUAGES
from bot.views import examples, people, settings
from bot.views import help as help_
from tests.views.cast import LI, ZHAO, scene
from tests.views.pressed import buttons, typed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_is_one_line_a_verb(language: str) -> None:
    said = plain(help_.overview(scene(LI, language))).splitlines()
    assert len(said) <= 32
    longest = max(said[2:], key=len)
    assert len(longest) <= (100 if language == "en" else 50), longest


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_verb_has_a_line_that_is_that_verb(language: str) -> None:
    for verb in help_.VERBS:
        (line,) = typed(help_.about(scene(LI, language), verb))
        read = commands.read(line, bare=False)
        assert read is not None, line
        assert verb in (read.verb, read.noun)


def test_help_about_nothing_known_is_the_overview() -> None:
    assert help_.about(scene(LI), "xyz") == help_.overview(scene(LI))


def test_examples_name_people_who_are_here() -> None:
    here = scene(LI, "en")
    assert "@Zhang San" in examples.example(here, "add")
    assert "@Wang Wu" in examples.example(here, "block")
    assert examples.colleague(scene(ZHAO, "en")) == "Wang Wu"


def test_alone_one_is_ones_own_example() -> None:
    here = scene(LI, "en")
    only = here.directory.of([here.directory.person(LI)], [], fallback="Asia/Shanghai")
    alone = scene(LI, "en")
    assert examples.colleague(type(alone)(alone.words, alone.now, only, alone.workplace, alone.reader)) == "Li Si"


def test_unknown_with_nothing_near() -> None:
    card = help_.unknown(scene(LI, "en"), "/xyz", [])
    assert card.title == "There is no /xyz."
    assert [one.command for one in buttons(card)] == ["/help"]


def test_whoami_says_who_heads_the_department_but_not_oneself() -> None:
    assert "Head Zhao Liu" in plain(people.whoami(scene(LI, "en")))
    assert "Head" not in plain(people.whoami(scene(ZHAO, "en")))


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("language", "zh-Hant", "繁體中文"),
        ("digest-day", "4", "Friday"),
        ("digest", "off", "off"),
        ("digest-time", "16:00", "16:00"),
        ("timezone", "Europe/Berlin", "Europe/Berlin (GMT+1)"),
        ("away", "", "not set"),
        ("digest", "", "default"),
        ("away", "2026-12-01", "Tue 1 Dec"),
    ],
)
def test_a_setting_is_said_in_the_readers_words(key: str, value: str, said: str) -> None:
    assert settings.value_words(scene(LI, "en"), key, value) == said


def test_settings_show_the_line_that_changes_each() -> None:
    card = settings.show(scene(LI, "en"), [("digest-day", "4", "/settings digest day friday")], "room")
    assert plain(card).splitlines()[:3] == [
        "This room's settings",
        "Digest day Friday",
        "   /settings digest day friday",
    ]
    assert settings.saved(scene(LI, "en"), "digest-day", "4").text == "Set: Digest day Friday"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("noun", help_.PAGES)
def test_each_nouns_page_fits_a_phone_and_names_all_its_verbs(language: str, noun: str) -> None:
    """Every command of a noun stands on its page; a meeting's while it is held are the room's own (docs/architecture.md)."""
    said = plain(help_.about(scene(LI, language), noun)).splitlines()
    assert len(said) <= 36
    shown = {verb for verbs in help_.PAGES[noun].values() for verb in verbs}
    known = {one.verb for one in commands.COMMANDS if one.noun == noun} - {"help"}
    assert shown <= known
    if noun != "meeting":
        assert shown == known


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_other_verb_has_a_line_that_is_that_verb(language: str) -> None:
    for key in help_.KEYS:
        (line,) = typed(help_.about(scene(LI, language), key))
        read = commands.read(line, bare=False)
        assert read is not None, line
        assert f"{read.noun}-{read.verb}" == key


@pytest.mark.parametrize("noun", help_.PAGES)
def test_a_noun_is_asked_for_help_in_either_order(noun: str) -> None:
    first, second = commands.read(f"/{noun} help", bare=False), commands.read(f"/help {noun}", bare=False)
    assert first is not None
    assert second is not None
    assert (first.noun, first.verb) == (noun, "help")
    assert second.rest == noun
