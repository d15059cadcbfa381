"""The columns of the tracking table: A1's fields, in the reader's words, zone and calendar."""

from datetime import UTC, date, datetime, time

import pytest
from msgspec.structs import replace

from bot.calendar import Calendar, Quiet
from bot.directory import Directory
from bot.domain.action import Action, Block, Deliverable, Due, Priority, Source, State, Supporter
from bot.people import Department, Person
from bot.reports.table import COLUMNS, cells, headings
from bot.texts import LANGUAGES, words
from bot.views.scene import Scene
from bot.workplace import Workplace

NOW = datetime(2026, 11, 18, 2, tzinfo=UTC)
ANN = Person(1, "Ann", "Europe/Berlin", "en", department=1)
BO = Person(2, "Bo", "Asia/Shanghai", "zh-Hans")
DIRECTORY = Directory.of([ANN, BO], [Department(1, "Sales"), Department(2, "Care")], fallback="Asia/Shanghai")
WORKPLACE = Workplace("x", "en", "Asia/Shanghai", Calendar.of("CN"), Quiet())
PLAIN = Action(
    "Ship it",
    1,
    2,
    2,
    Due(date(2026, 11, 27), datetime(2026, 11, 27, 17, tzinfo=UTC)),
    date(2026, 11, 25),
    NOW,
    NOW,
    number=7,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_heading_of_its_own(language):
    named = headings(scene(language))
    assert len(set(named)) == len(COLUMNS) == len(named)
    assert all(named)


@pytest.mark.parametrize(
    ("change", "column", "cell"),
    [
        ({}, "number", "A-7"),
        ({}, "owner", "Ann"),
        ({}, "assigner", "Bo"),
        ({}, "due", date(2026, 11, 27)),
        ({}, "due-time", ""),
        ({}, "first-due", date(2026, 11, 25)),
        ({}, "department", ""),
        ({}, "finished", None),
        ({}, "light", "🟢"),
        ({"state": State.DONE}, "light", ""),
        ({"postponements": 1}, "light", "🟡"),
        ({"due": Due(date(2026, 11, 27), NOW, time(9, 30))}, "due-time", "09:30"),
        ({"department": 1}, "department", "Sales"),
        ({"department": 99}, "department", ""),
        ({"supporters": (Supporter(person=2), Supporter(department=2))}, "supporters", "Bo and Care"),
        ({"source": Source(meeting="Q3", topic="Prices")}, "source", "Q3\nPrices"),
        ({"source": Source(quote="we must", quoted_from="Bo", url="https://x")}, "source", "Bo\nwe must\nhttps://x"),
        (
            {"deliverables": (Deliverable("plan", "https://x"), Deliverable("words"))},
            "deliverables",
            "plan https://x\nwords",
        ),
        (
            {"state": State.BLOCKED, "block": Block("no key", 2, date(2026, 11, 20)), "note": "n"},
            "remarks",
            "no key\nn",
        ),
        ({"note": "waiting"}, "remarks", "waiting"),
        ({"postponements": 3}, "postponements", 3),
    ],
)
def test_what_stands_in_a_cell(change, column, cell):
    assert shown(replace(PLAIN, **change), column) == cell


def test_instants_are_the_readers_own():
    seen = shown(replace(PLAIN, finished_at=NOW), "finished", reader=ANN)
    assert f"{seen:%Y-%m-%d %H:%M}" == "2026-11-18 03:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_and_priority_has_its_word(language):
    states = [shown(replace(PLAIN, state=state), "status", language=language) for state in State]
    priorities = [shown(replace(PLAIN, priority=one), "priority", language=language) for one in Priority]
    assert (len(set(states)), len(set(priorities))) == (len(State), len(Priority))
    assert language == "en" or not set(states) & set(State)


def shown(action, column, reader=None, language="en"):
    place = [one.name for one in COLUMNS].index(column)
    return cells(scene(language, reader), action)[place]


def scene(language, reader=None):
    return Scene(words(language), NOW, DIRECTORY, WORKPLACE, reader)
