"""P1: what each kind of meeting carries, as the handbook has it (P2, P6, A8, N7), and P6's day around weekends and festivals."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.calendar import Calendar
from bot.directory import Directory
from bot.domain.action import Cadence
from bot.domain.alarms import Timetable
from bot.domain.calls import lead_day
from bot.domain.kinds import KINDS, Family
from bot.domain.meeting import Meeting
from bot.domain.rules import Rules

SHANGHAI = ZoneInfo("Asia/Shanghai")
BY_NAME = {kind.name: kind for kind in KINDS}
TABLE = Timetable(Directory.of([], [], fallback="Asia/Shanghai"), Calendar.of("CN"), Rules())


def test_the_five_families_have_kinds():
    assert {kind.family for kind in KINDS} == set(Family)


def test_items_of_decisions_and_kick_offs_are_asked_about_every_working_day_others_weekly():
    """A8."""
    assert {kind.name for kind in KINDS if kind.cadence is Cadence.DAILY} == {"decision", "kick_off"}


def test_improvement_and_decision_meetings_send_their_agenda_three_days_ahead_others_a_working_day():
    """P6."""
    assert {kind.name for kind in KINDS if (kind.lead_days, kind.lead_working) == (3, False)} == {
        "improvement", "decision",
    }  # fmt: skip
    assert {(kind.lead_days, kind.lead_working) for kind in KINDS} == {(3, False), (1, True)}


def test_only_an_unplanned_decision_meeting_needs_a_yes_and_all_are_kept_two_years():
    """P2, N7."""
    assert {kind.name for kind in KINDS if kind.approval} == {"decision"}
    assert {kind.keep_years for kind in KINDS} == {2}


@pytest.mark.parametrize(
    ("kind", "held", "lead"),
    [
        ("regular", date(2026, 11, 24), date(2026, 11, 23)),
        ("regular", date(2026, 11, 23), date(2026, 11, 20)),  # a Monday's goes out on Friday
        ("regular", date(2026, 10, 8), date(2026, 9, 30)),  # the first day after National Day's week
        ("regular", date(2026, 10, 12), date(2026, 10, 10)),  # a Saturday that is worked
        ("regular", date(2027, 1, 4), date(2026, 12, 31)),  # over New Year's Day, whose notice is not out
        ("decision", date(2026, 11, 20), date(2026, 11, 17)),
        ("decision", date(2026, 11, 24), date(2026, 11, 20)),  # three days before is a Saturday
        ("improvement", date(2026, 10, 9), date(2026, 9, 30)),
    ],
)
def test_the_day_on_which_the_agenda_goes_out(kind, held, lead):
    start = datetime(held.year, held.month, held.day, 10, tzinfo=SHANGHAI).astimezone(UTC)
    meeting = Meeting("weekly", kind, 1, start, 60, "Asia/Shanghai", start)
    assert lead_day(meeting, BY_NAME[kind], TABLE) == lead


def test_the_day_is_that_of_the_meetings_own_clock():
    """T1: Tuesday 09:00 in Shanghai is Monday evening in Los Angeles, where it was called."""
    start = datetime(2026, 11, 24, 9, tzinfo=SHANGHAI).astimezone(UTC)
    meeting = Meeting("weekly", "regular", 1, start, 60, "America/Los_Angeles", start)
    assert lead_day(meeting, BY_NAME["regular"], TABLE) == date(2026, 11, 20)
