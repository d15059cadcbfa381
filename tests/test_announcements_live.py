"""Who hears what of a meeting that is held: the written table and what it makes; the narrowest subject, once ever where it counts."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from bot.announcements import live
from bot.announcements.desk import Desk
from bot.calendar import Calendar, Quiet
from bot.directory import Directory
from bot.domain.facts import Met
from bot.domain.meeting import Invitee, MeetingState, MeetingVerb
from bot.people import Account, Person
from bot.store import Notice
from bot.views.sessions import SESSIONS
from bot.workplace import Workplace
from tests.domain.sitting import GUEST, HOST, NOW, RECORDER, ROOM, meeting

NIGHT = datetime(2026, 11, 18, 23, 0, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)


def desk() -> Desk:
    people = [
        Person(one, f"P{one}", "Asia/Shanghai", "zh-Hans", accounts=(Account("paper", str(one)),))
        for one in (HOST, RECORDER, GUEST)
    ]
    workplace = Workplace("Office", "zh-Hans", "Asia/Shanghai", Calendar.of("CN"), Quiet())
    return Desk(Directory.of(people, [], fallback="Asia/Shanghai"), workplace)


def told(
    verb: MeetingVerb, details: dict[str, object] | None = None, *, by: int = HOST, at: datetime = NOW, **fields
) -> list[Notice]:
    held = replace(meeting(MeetingState.RUNNING), **fields)
    return live.notices(Met(verb, held, held, by, at, details=details or {}), desk())


def test_the_written_table_names_every_verb_and_every_moment():
    rows = [
        row.strip("|").split("|")
        for row in (live.__doc__ or "").splitlines()
        if row.startswith("|") and "---" not in row
    ]
    verbs = {name.strip() for row in rows[1:] for name in row[0].split(",")}
    assert verbs == {str(verb) for verb in live.TOLD}
    moments = {name for row in rows[1:] for name in re.findall(r"`(\w+)`", row[1])}
    assert moments <= set(SESSIONS)


@pytest.mark.parametrize(
    ("verb", "details", "moment", "subjects"),
    [
        (MeetingVerb.START, {"late": 7}, "started", ("M-7#0",)),
        (MeetingVerb.NEXT, {"left": 1, "topic": 2}, "topic", ("M-7#2",)),
        (MeetingVerb.NEXT, {"left": 3, "topic": None}, "topic", ("M-7#0",)),
        (MeetingVerb.NOTE, {"capture": 5}, "captured", ("M-7#5",)),
        (MeetingVerb.DECIDE, {"capture": 5}, "captured", ("M-7#5",)),
        (MeetingVerb.PARK, {"capture": 5}, "captured", ("M-7#5",)),
        (MeetingVerb.ACT, {"capture": 5, "item": "A-42"}, "captured", ("M-7#5", "A-42")),
        (MeetingVerb.VOTE, {"vote": "V-3"}, "vote", ("V-3",)),
        (MeetingVerb.CLOSE, {"vote": "V-3"}, "vote_closed", ("V-3",)),
        (MeetingVerb.RESUME, {}, "resumed", ("M-7#0",)),
    ],
)
def test_the_room_hears_at_once_though_it_is_night(verb, details, moment, subjects):
    (notice,) = told(verb, details, at=NIGHT)
    assert (notice.to, notice.moment, notice.subjects, notice.not_before) == (ROOM, moment, subjects, NIGHT)
    assert notice.args == {**details, "by": HOST}


@pytest.mark.parametrize("details", [{"capture": 5, "corrected": True}, {"capture": 5, "withdrawn": True}])
def test_a_correction_is_not_posted_anew(details):
    verb = MeetingVerb.WITHDRAW if "withdrawn" in details else MeetingVerb.NOTE
    assert told(verb, details) == []


def test_without_a_room_each_hears_but_who_did_it():
    heard = told(MeetingVerb.START, room=None, at=NIGHT)
    assert [notice.to for notice in heard] == [RECORDER, GUEST]
    assert all(notice.not_before > NIGHT for notice in heard), "people are let sleep"
    assert told(MeetingVerb.NOTE, {"capture": 5}, room=None) == []


def test_the_end():
    invitees = (Invitee(HOST, here_at=NOW), Invitee(RECORDER, here_at=NOW), Invitee(GUEST))
    heard = told(MeetingVerb.END, invitees=invitees)
    assert [(notice.to, notice.moment) for notice in heard] == [
        (ROOM, "read_back"), (HOST, "unsettled"), (HOST, "rate"), (RECORDER, "rate"),
    ]  # fmt: skip
    again = told(MeetingVerb.END, invitees=invitees, version=9)
    rated = [notice.key for notice in heard if notice.moment == "rate"]
    assert rated == [notice.key for notice in again if notice.moment == "rate"], "asked once, ended twice"
    read = [notice.key for notice in heard if notice.moment == "read_back"]
    assert read != [notice.key for notice in again if notice.moment == "read_back"]


def test_the_question_carries_nothing_of_the_person():
    (notice,) = told(MeetingVerb.END, invitees=(Invitee(GUEST, here_at=NOW),))[-1:]
    assert (notice.moment, notice.args) == ("rate", {})


@pytest.mark.parametrize("verb", [MeetingVerb.HERE, MeetingVerb.SETTLE, MeetingVerb.WITHDRAW, MeetingVerb.CAST])
def test_what_is_told_by_its_cards_alone(verb):
    assert told(verb, {"capture": 5}) == []


def test_keys_are_unique_within_one_act():
    keys = [
        notice.key
        for notice in told(MeetingVerb.END, invitees=(Invitee(HOST, here_at=NOW), Invitee(GUEST, here_at=NOW)))
    ]
    assert len(keys) == len(set(keys))
