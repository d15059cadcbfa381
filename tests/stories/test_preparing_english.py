"""Preparing a meeting in English: from one line to the notice, and everything a room, a reply or a slip of the pen brings."""

import re

import pytest

from bot.domain.meeting import MeetingState

LINE = (
    "/meeting new Q4 planning next Wed 15:00-16:30 @Bo @Wei host: Ann recorder: Kim objective: settle Q4; "
    "expected: three features; place: room 3; topic: complaints 15min @Bo decide; topic: staffing 20min !high"
)


def test_from_one_line_to_the_notice(english, crew):
    crew.ann.types(LINE)
    said = crew.ann.types("/meeting announce M-1")
    assert said.startswith("M-1 goes to 3 people. Send it?\nWho will hear: Bo, Wei and Kim")
    assert english.told() == {}
    crew.ann.presses("Send")
    assert english.told() == {one: ["Please come: Q4 planning, Wed 25 Nov, 15:00"] for one in ("Bo", "Wei", "Kim")}
    assert "1. staffing\n   Ann · 20 min · decide · first\n2. complaints\n   Bo · 15 min · decide" in crew.bo.reads
    crew.bo.presses("I'm coming")
    crew.wei.presses("I can't")
    crew.wei.fills(why="travelling")
    assert "Wei cannot come: Q4 planning\n> travelling" in crew.ann.reads
    crew.ann.types("/meeting reschedule M-1 Fri 27 Nov 10:00 the client moved it")
    assert crew.bo.reads.startswith("Moved to Fri 27 Nov, 10:00: Q4 planning")
    assert "Why: the client moved it" in crew.bo.reads


def test_what_is_missing_is_named_within_the_sentence(english, crew):
    crew.ann.types("/meeting new Q4 planning next Wed 15:00")
    said = crew.ann.types("/meeting announce! M-1")
    assert said.startswith(
        "M-1 still needs objective, expected outcome, host, recorder, invitees and topic before it can go out."
    )


def test_in_a_room_a_meeting_belongs_to_that_room(english, crew):
    room = english.room("product", crew.ann, crew.bo)
    crew.ann.types(LINE, room, called=True)
    assert english.meeting(1).room == room.room
    crew.ann.types(LINE.replace("Q4", "Q5"))
    assert crew.ann.types("/meeting announce", room, called=True).startswith("M-1 goes to")
    assert room.cards == []


def test_several_that_fit_are_asked_about_with_a_button_each(english, crew):
    crew.ann.types(LINE)
    crew.ann.types(LINE.replace("Q4 planning", "Retrospective"))
    assert crew.ann.types("/meeting cancel").startswith("Which meeting?")
    crew.ann.presses("M-2 Retrospective")
    assert [english.meeting(n).state for n in (1, 2)] == [MeetingState.DRAFT, MeetingState.CANCELLED]


def test_nothing_that_fits_says_so(english, crew):
    assert "no meeting for you" in crew.bo.types("/meeting announce")


def test_lists(english, crew):
    for n in range(12):
        crew.ann.types(f"/meeting new Sync {n} 2026-12-{n + 1:02} 10:00 @Bo")
    said = crew.ann.types("/meeting list")
    assert said.startswith("My meetings ahead\nM-1 Sync 0")
    assert "Sync 10" not in said
    assert "Sync 10" in crew.ann.presses("More")
    assert crew.kim.types("/meeting list").startswith("My meetings ahead: none")
    assert "Sync 3" in crew.kim.types("/meeting list all")
    assert crew.ann.types("/meeting list past").startswith("My past meetings: none")
    assert "M-12" in crew.ann.types("/meeting list drafts page 2")
    assert "There is: mine, drafts, past, all." in crew.ann.types("/meeting list everything else")


def test_what_was_begun_early_and_has_ended_is_past(english, crew):
    """Its planned hour is still to come, and among what is ahead it stands no more."""
    for n in range(10):
        crew.ann.types(f"/meeting new Sync {n} 2026-11-19 1{n}:00 @Bo")
    english.until("2026-11-20 10:00")
    crew.ann.types(LINE)
    crew.ann.types("/meeting announce! M-11")
    crew.ann.types("/meeting start! M-11")
    assert "M-11" not in crew.ann.types("/meeting list past")
    crew.ann.types("/meeting end! M-11")
    assert "M-11" not in crew.ann.types("/meeting list")
    first = crew.ann.types("/meeting list past")
    assert first.startswith("My past meetings\nM-11 Q4 planning")
    assert numbers(first) + numbers(crew.ann.presses("More")) == [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]


def numbers(said: str) -> list[int]:
    return [int(one) for one in re.findall(r"^M-(\d+)", said, re.MULTILINE)]


def test_a_slip_of_the_pen_is_mended(english, crew):
    crew.ann.types(LINE)
    assert "Did you mean /meeting announce?" in crew.ann.types("/meeting anounce M-1")
    assert "Name the field, such as place: room 3." in crew.ann.types("/meeting edit M-1 bring laptops")
    assert crew.ann.types("/meeting edit M-1 place: room 3") == crew.ann.types("/meeting edit M-1")
    assert "There is no meeting M-99" in crew.ann.types("/meeting show M-99")


def test_the_entry_for_the_calendar_on_demand(english, crew):
    crew.ann.types(LINE)
    assert crew.bo.types("/meeting calendar M-1") == "[M-1.ics]"
    crew.ann.types("/meeting cancel M-1")
    crew.bo.types("/meeting calendar M-1")
    assert b"METHOD:CANCEL" in crew.bo.answers[-1].content


def test_help_has_a_screen_for_each_noun(english, crew):
    for line, first in (
        ("/help meeting", "Meetings: a draft first"),
        ("/meeting help", "Meetings: a draft first"),
        ("/help series", "Recurring meetings"),
        ("/help meeting announce", "/meeting announce: see who will hear, then send it"),
        ("/help", "What a meeting agreed"),
    ):
        assert crew.ann.types(line).startswith(first), line


def test_a_stale_preview_is_not_sent_twice(english, crew):
    crew.ann.types(LINE)
    crew.ann.types("/meeting announce M-1")
    crew.ann.presses("Send", twice=True)
    assert "you cannot" in crew.ann.answer
    assert len(english.told()["Bo"]) == 1


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("26 Nov 10:00", "11-26 02:00"), ("10:00 on 26 Nov", "11-26 02:00"), ("Nov 26 10:00 client asked", "11-26 02:00"),
        ("10:00", "11-25 02:00"), ("10:00 the client asked", "11-25 02:00"),
    ],
)  # fmt: skip
def test_a_day_of_several_words_is_a_day_and_an_hour_alone_keeps_it(english, crew, said, when):
    crew.ann.types("/meeting new Planning next Wednesday 15:00 @Bo")
    crew.ann.types(f"/meeting reschedule M-1 {said}")
    assert f"{english.meeting(1).start:%m-%d %H:%M}" == when


def test_a_day_that_has_passed_is_refused_and_not_taken_for_a_reason(english, crew):
    crew.ann.types("/meeting new Planning next Wednesday 15:00 @Bo")
    crew.ann.types("/meeting reschedule M-1 yesterday 10:00")
    assert f"{english.meeting(1).start:%m-%d %H:%M}" == "11-25 07:00"
