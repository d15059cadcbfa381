"""The sample workplace on paper: what it names exists, and it begins when messages can arrive."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Calendar, Quiet, audible
from bot.cli.demo import opening
from bot.cli.samples import PEOPLE, ROOM_OF, ROOMS, STORY
from bot.texts import LANGUAGES

IDS = {colleague.id for colleague in PEOPLE}


def test_about_a_dozen_people_in_four_departments_with_one_head_each():
    departments = {colleague.department for colleague in PEOPLE}
    heads = [colleague.department for colleague in PEOPLE if colleague.head]
    assert (len(PEOPLE), len(IDS)) == (12, 12)
    assert sorted(heads) == sorted(departments)
    assert len(departments) == 4
    assert {colleague.language for colleague in PEOPLE} == set(LANGUAGES)
    assert all(ZoneInfo(colleague.zone) for colleague in PEOPLE)
    assert all(re.fullmatch("[a-z]+", colleague.id) for colleague in PEOPLE)


def test_rooms_have_members_that_exist_and_belong_to_departments_that_do():
    assert len(ROOMS) == 3
    assert all(set(members) <= IDS for _, members in ROOMS)
    assert set(ROOM_OF) <= {colleague.department for colleague in PEOPLE}
    assert set(ROOM_OF.values()) <= {room for room, _ in ROOMS}


def test_the_story_is_told_in_order_by_people_who_are_in_the_room():
    moments = [(line.day, line.at) for line in STORY]
    assert moments == sorted(moments)
    members = {room: set(names) for room, names in ROOMS}
    assert all(line.by in (members[line.room] if line.room else IDS) for line in STORY)
    assert all(line.day < 0 for line in STORY)
    assert all(line.room for line in STORY if line.chat)
    assert all(time(8, 30) <= time.fromisoformat(line.at) < time(20) for line in STORY)


def test_every_day_of_the_story_lies_ahead_of_the_line_that_names_it():
    for line in STORY:
        for day in re.findall(r"\{([+-]\d+)\}", line.text):
            assert int(day) > line.day, line.text


def test_whoever_is_mentioned_works_here():
    names = {colleague.name for colleague in PEOPLE}
    mentioned = [found for line in STORY for found in re.findall(r"@(David Miller|Emma Clarke|[^\s{]+)", line.text)]
    assert mentioned
    assert set(mentioned) <= names


@given(
    st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
)
def test_a_first_start_finds_people_at_work(now):
    """T3: at that moment, and for an hour, nothing has to wait; and it is never in the past."""
    begun = opening(now)
    zone, calendar = ZoneInfo("Asia/Shanghai"), Calendar.of("CN")
    for moment in (begun, begun + timedelta(hours=1)):
        assert audible(moment, zone, Quiet(), calendar) == moment
    assert now <= begun <= now + timedelta(days=12)
    assert opening(begun) == begun
