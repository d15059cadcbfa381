"""`/settings`, `/digest`, `/whoami`, `/help`: whose setting is meant, what is kept, what is refused (R1, T1, T4)."""

from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.cards import plain
from bot.commands import COMMANDS, catalogue, read
from bot.commands.settings import CITIES
from bot.domain.digest import CHOSEN_AT
from bot.people import Person
from bot.texts import LANGUAGES, words
from tests.commands.counter import ROOM, Counter


def person(counter: Counter, who: Person) -> Person:
    return counter.keeps(lambda records: records.people.directory().person(who.id))


def kept(counter: Counter, scope: str) -> dict[str, str]:
    """What was chosen; when is another question."""
    found = counter.keeps(lambda records: records.settings.of(scope))
    return {key: value for key, value in found.items() if key != CHOSEN_AT}


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("language en", "en"),
        ("语言 英文", "en"),
        ("語言 繁體中文", "zh-Hant"),
        ("lang zh-CN", "zh-Hans"),
        ("language: English", "en"),
    ],
)
def test_language(counter, line, language):
    counter.asks(counter.owner, f"/settings {line}")
    assert person(counter, counter.owner).language == language


@pytest.mark.parametrize("zone", ["Europe/Berlin", "europe/berlin", "Berlin", "berlin"])
def test_timezone_moves_the_days_ends(counter, zone):
    """A4 row 14."""
    counter.asks(counter.assigner, "/action add 写报告 @李四 11月27日")
    counter.asks(counter.owner, f"/settings timezone {zone}")
    assert person(counter, counter.owner).timezone == "Europe/Berlin"
    assert counter.last().due.at == datetime(2026, 11, 27, 18, tzinfo=ZoneInfo("Europe/Berlin"))


def test_away_until_a_day_and_back(counter):
    counter.asks(counter.owner, "/settings away 12月1日")
    assert kept(counter, f"person:{counter.owner.id}") == {"away": "2026-12-01"}
    refused = counter.refuses(counter.owner, "/settings away 尽快")
    assert refused.offers[0].command == "/settings away 2026-11-19", "not the bare day, which is no command"
    counter.asks(counter.owner, "/settings away off")
    assert kept(counter, f"person:{counter.owner.id}") == {}


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("digest off", "digest", "off"), ("周报 关", "digest", "off"), ("digest on", "digest", "on"),
        ("digest day friday", "digest-day", "4"), ("周报日 周一", "digest-day", "0"), ("digest day 星期天", "digest-day", "6"),
        ("digest time 16:00", "digest-time", "16:00"), ("digest time 9", "digest-time", "09:00"),
        ("周报时间 9点30", "digest-time", "09:30"), ("digest time １６：３０", "digest-time", "16:30"),
    ],
)  # fmt: skip
def test_digest_of_a_person_a_room_and_the_workplace(counter, line, key, value):
    counter.asks(counter.owner, f"/settings {line}")
    counter.asks(counter.owner, f"/settings {line}", room=ROOM)
    counter.asks(counter.admin, f"/settings workplace {line}", room=ROOM)
    for scope in (f"person:{counter.owner.id}", "room:paper:product", "workplace"):
        assert kept(counter, scope) == {key: value}


def test_in_a_room_ones_own_are_still_ones_own(counter):
    counter.asks(counter.owner, "/settings language en", room=ROOM)
    counter.asks(counter.owner, "/settings me digest off", room=ROOM)
    assert person(counter, counter.owner).language == "en"
    assert kept(counter, f"person:{counter.owner.id}") == {"digest": "off"}
    assert kept(counter, "room:paper:product") == {}


def test_default_takes_a_choice_back(counter):
    counter.asks(counter.owner, "/settings digest off")
    counter.asks(counter.owner, "/settings digest 默认")
    assert kept(counter, f"person:{counter.owner.id}") == {}


def test_only_admins_speak_for_the_workplace(counter):
    assert counter.refuses(counter.owner, "/settings workplace digest off").text == "not-admin"
    assert counter.refuses(counter.owner, "/settings workplace").text == "not-admin"
    assert kept(counter, "workplace") == {}


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("language klingon", "language"), ("timezone Atlantis", "timezone"), ("timezone ../../etc/passwd", "timezone"),
        ("digest perhaps", "digest"), ("digest day someday", "digest-day"), ("digest time 25:00", "digest-time"),
        ("digest time 9:75", "digest-time"), ("messenger pigeon", "messenger"), ("language default", "language"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_a_line_that_works(counter, line, key):
    refusal = counter.refuses(counter.owner, f"/settings {line}")
    assert (refusal.text, refusal.args_["key"]) == ("setting-invalid", key)
    if key != "messenger":
        counter.asks(counter.owner, refusal.mended)


def test_an_unknown_key_is_named(counter):
    refusal = counter.refuses(counter.owner, "/settings colour blue")
    assert (refusal.text, refusal.args_["key"]) == ("setting-unknown", "colour")


@pytest.mark.parametrize("room", [None, ROOM])
def test_alone_it_shows_each_with_the_line_that_changes_it(counter, room):
    shown = plain(counter.asks(counter.owner, "/settings", room=room))
    assert "/settings digest" in shown


def test_digest_now(counter):
    counter.asks(counter.assigner, "/action add 甲 @李四 周五")
    counter.asks(counter.assigner, "/action add 乙 @孙七 周五", room=ROOM)
    assert "甲" in plain(counter.asks(counter.owner, "/digest"))
    assert "乙" not in plain(counter.asks(counter.owner, "/周报"))
    assert "乙" in plain(counter.asks(counter.owner, "/digest", room=ROOM))
    assert "甲" not in plain(counter.asks(counter.owner, "/digest", room=ROOM))
    for line in ("/digest 部门 技术部", "/digest 技术部", "/digest department"):
        assert "甲" in plain(counter.asks(counter.owner, line))
    assert counter.refuses(counter.owner, "/digest 法务部").text == "department-unknown"


def test_a_digest_of_nothing_says_so(counter):
    assert plain(counter.asks(counter.nobody, "/digest"))


def test_whoami_and_help(counter):
    assert "李四" in plain(counter.asks(counter.owner, "/whoami"))
    assert "/action" in plain(counter.asks(counter.owner, "/help"))
    assert "延期" in plain(counter.asks(counter.owner, "/help 延期"))
    assert plain(counter.asks(counter.owner, "/help postpone")) == plain(
        counter.asks(counter.owner, "/action help postpone")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_lists_every_command_as_it_is_typed(language):
    lines = catalogue(language)
    assert len(lines) == len(COMMANDS)
    for (line, what), command in zip(lines, COMMANDS, strict=True):
        understood = read(line, bare=False)
        assert understood is not None
        assert (understood.noun, understood.verb) == (command.noun, command.verb)
        assert what
        assert line.isascii() == (language == "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verb_has_its_help_in_every_language(language):
    assert [one.key for one in COMMANDS if one.verb and not words(language).has(f"help-{one.key}")] == []


@pytest.mark.parametrize(
    ("city", "zone"),
    [("北京", "Asia/Shanghai"), ("Beijing", "Asia/Shanghai"), ("東京", "Asia/Tokyo"), ("San Francisco", "America/Los_Angeles")],
)  # fmt: skip
def test_a_zone_is_the_city_that_people_name(counter, city, zone):
    counter.asks(counter.owner, f"/settings timezone {city}")
    assert person(counter, counter.owner).timezone == zone


def test_every_city_has_a_zone_that_exists():
    assert set(CITIES.values()) <= available_timezones()
