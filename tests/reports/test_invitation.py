"""The calendar entry (P9): read back by icalendar, and line by line as RFC 5545 and 5546 ask."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from msgspec.structs import replace

from bot.domain.meeting import Invitee, Meeting, Reply, Topic
from bot.reports.invitation import invitation, uid
from tests.views.cast import LI, NOW, WANG, ZHANG, ZHAO, directory

BERLIN = ZoneInfo("Europe/Berlin")
MEETING = Meeting(
    "Q4 产品规划会; 第一, 次", "regular", ZHANG, datetime(2026, 12, 2, 7, 0, tzinfo=UTC), 90, "Asia/Shanghai", NOW,
    number=7, version=4, host=LI, recorder=WANG, objective="定下四季度方向", expected="选出三个功能", place="3 楼",
    link="https://meet.example/7", topics=(Topic(1, "客诉流程", LI),),
    invitees=(
        Invitee(ZHANG, Reply.ACCEPTED), Invitee(LI), Invitee(WANG, Reply.PROXY, proxy=ZHAO),
    ),
)  # fmt: skip


def read(content: bytes):
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_an_invitation_says_what_when_where_and_who():
    calendar, event = read(invitation(MEETING, directory(), NOW))
    assert (calendar["METHOD"], calendar["VERSION"], event["STATUS"]) == ("REQUEST", "2.0", "CONFIRMED")
    assert (event["SUMMARY"], event["LOCATION"]) == ("Q4 产品规划会; 第一, 次", "3 楼")
    assert event["DTSTART"].dt == MEETING.start
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=90)
    assert event["DTSTAMP"].dt == NOW
    assert "定下四季度方向" in event["DESCRIPTION"]
    assert "1. 客诉流程 (15 min)" in event["DESCRIPTION"]
    assert event["ORGANIZER"] == "mailto:zhang@example.com"


def test_everybody_is_an_attendee_and_a_proxy_in_their_place():
    _, event = read(invitation(MEETING, directory(), NOW))
    people = {str(one): one.params for one in event["ATTENDEE"]}
    assert list(people) == ["mailto:zhang@example.com", "mailto:li@example.com", "mailto:zhao@example.com"]
    assert [one["PARTSTAT"] for one in people.values()] == ["ACCEPTED", "NEEDS-ACTION", "NEEDS-ACTION"]
    assert people["mailto:li@example.com"]["ROLE"] == "CHAIR"
    assert people["mailto:zhao@example.com"]["CN"] == "赵六"


def test_somebody_without_an_address_is_named_all_the_same():
    here = directory()
    nameless = replace(here.people[LI], email="")
    known = type(here).of(
        [*(one for one in here.people.values() if one.id != LI), nameless], [], fallback="Asia/Shanghai"
    )
    _, event = read(invitation(MEETING, known, NOW))
    assert [str(one) for one in event["ATTENDEE"] if one.params["CN"] == "李四"] == ["invalid:nomail"]


def test_a_change_and_a_cancellation_are_of_the_same_entry_with_a_later_sequence():
    moved = replace(MEETING, version=5, start=MEETING.start + timedelta(days=1))
    gone = replace(moved, version=6)
    entries = [read(invitation(one, directory(), NOW))[1] for one in (MEETING, moved)]
    calendar, cancelled = read(invitation(gone, directory(), NOW, method="CANCEL"))
    assert {one["UID"] for one in (*entries, cancelled)} == {uid(MEETING)}
    assert [one["SEQUENCE"] for one in (*entries, cancelled)] == [4, 5, 6]
    assert (calendar["METHOD"], cancelled["STATUS"]) == ("CANCEL", "CANCELLED")


def test_a_cancellation_for_one_person_names_nobody_else():
    _, event = read(invitation(MEETING, directory(), NOW, method="CANCEL", to=(LI,)))
    assert str(event["ATTENDEE"]) == "mailto:li@example.com"


@pytest.mark.parametrize(
    ("wall", "offset"),
    [("2026-10-25 01:30", 2), ("2026-10-25 03:30", 1), ("2027-03-28 01:30", 1), ("2027-03-28 03:30", 2)],
)
def test_the_zones_rules_stand_in_it_over_nights_when_clocks_change(wall, offset):
    start = datetime.fromisoformat(wall).replace(tzinfo=BERLIN)
    meeting = replace(MEETING, start=start.astimezone(UTC), zone="Europe/Berlin")
    content = invitation(meeting, directory(), NOW)
    calendar, event = read(content)
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=offset)
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Berlin"
    assert b"DTSTART;TZID=Europe/Berlin:" + f"{start:%Y%m%dT%H%M%S}".encode() in content


def test_what_is_confidential_says_so_and_lines_are_as_the_standard_has_them():
    content = invitation(replace(MEETING, confidential=True), directory(), NOW)
    assert b"CLASS:CONFIDENTIAL\r\n" in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert rb"SUMMARY:Q4 " in content
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
