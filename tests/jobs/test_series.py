"""The job of recurring meetings: it looks once an hour, makes what has come into reach, and asks about each holiday once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.calendar import Calendar
from bot.domain.facts import ITSELF
from bot.domain.meeting import MeetingState
from bot.jobs.series import Recurring, sweep
from tests.conversation import START, Office


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path)
    yield office
    office.shuts()


@pytest.fixture
def weekly(office):
    zhang = office.hires("张三")
    office.hires("李四")
    zhang.types("/meeting new 周例会 每周一 10:00 @李四")
    return zhang


def swept(office) -> int:
    now = office.clock.now()
    return office.runner.run(office.store.write(lambda records: sweep(records, office.workplace, now)))


def series(office):
    return office.runner.run(office.store.read(lambda records: records.meetings.series(1)))


def test_a_sweep_in_which_nothing_has_come_into_reach_changes_nothing(office, weekly):
    before = (office.meetings(), series(office))
    assert swept(office) == 0
    assert (office.meetings(), series(office)) == before


def test_what_has_come_into_reach_is_made_once(office, weekly):
    office.clock.moment += timedelta(days=8)
    swept(office)
    swept(office)
    days = [f"{one.start:%m-%d}" for one in office.meetings()]
    assert days == sorted(set(days), key=days.index)
    assert days[-1] == "01-04"


def test_a_holiday_is_asked_about_once_whatever_sweeps(office, weekly):
    office.clock.moment += timedelta(days=41)
    assert swept(office) == 1
    assert swept(office) == 0
    assert [day.isoformat() for day in series(office).asked] == ["2027-02-08"]


def test_a_day_that_becomes_a_holiday_is_asked_about_though_its_session_stands(office, weekly):
    """A year was published, or the workplace has a day of its own: once, whatever sweeps."""
    weekly.types("/meeting edit M-2 目标：对齐；预期：清掉风险；主持人：张三；记录人：李四")
    weekly.types("/meeting topic M-2 进度 10分钟")
    weekly.types("/meeting announce! M-2")
    office.told()
    off(office, "2026-11-30", "2026-12-07")
    assert (swept(office), swept(office)) == (2, 0)
    office.delivers()
    assert office.told()["张三"] == [
        "周例会 11月30日（周一）放假：顺延还是跳过？",
        "周例会 12月7日（周一）放假：顺延还是跳过？",
    ]
    assert "M-3 已经排在这一天，不处理就照常开。" in weekly.reads
    first, second = (card for card in weekly.cards[-2:])
    weekly.presses("顺延到 12月1日（周二）", on=first)
    weekly.presses("跳过这次", on=second)
    assert f"{office.meeting(2).start:%m-%d %H:%M}" == "12-01 02:00"
    assert (office.meeting(3).state, series(office).asked) == (MeetingState.CANCELLED, ())
    assert office.told()["李四"] == ["改到 12月1日（周二）10:00：周例会"]
    assert swept(office) == 0


def test_what_was_put_on_a_holiday_on_purpose_is_not_asked_about_again(office, weekly):
    weekly.types("/meeting new 周会 每周五 10:00 @李四")
    weekly.types("/series move S-2 2027-01-01 2027-01-01")
    weekly.types("/meeting reschedule M-1 2026-11-24 10:00")
    off(office, "2026-11-24")
    assert swept(office) == 0


def off(office, *days: str) -> None:
    """The workplace is closed on these days."""
    own = {date.fromisoformat(day): False for day in days}
    office.workplace = replace(office.workplace, calendar=Calendar.of("CN", own=own))


def test_after_an_outage_only_what_is_ahead_is_made(office, weekly):
    office.clock.moment += timedelta(days=100)
    swept(office)
    fresh = [one for one in office.meetings() if one.number > 6]
    assert min(one.start for one in fresh) > office.clock.now()


def test_a_session_made_by_itself_is_told_as_such_in_its_history(office, weekly):
    office.clock.moment += timedelta(days=8)
    swept(office)
    record = office.runner.run(office.store.read(lambda records: records.history.of("M-7")))
    assert [(one.verb, one.by) for one in record] == [("new", ITSELF)]


def test_without_a_series_it_asks_for_no_next_look(office):
    job = Recurring(office.store, office.workplace)

    async def looks():
        return await job.tick(office.clock.now()), await job.next_at(office.clock.now())

    assert office.runner.run(looks()) == (0, None)


def test_with_one_it_looks_again_at_the_full_hour_or_when_time_brings_something(office, weekly):
    """Sessions are made 45 days ahead, 4 January's on 20 November; on Monday at ten the first one begins."""
    job = Recurring(office.store, office.workplace)
    office.clock.moment += timedelta(minutes=20)

    async def looks():
        await job.tick(office.clock.now())
        return await job.next_at(office.clock.now()), await job.next_at(office.clock.now() + timedelta(minutes=1))

    friday, soon = START + timedelta(days=2), START + timedelta(hours=1)
    assert office.runner.run(looks()) == (friday, soon)
    office.clock.advance_to(friday)
    assert office.runner.run(looks())[0] == START + timedelta(days=5, hours=1)
    office.clock.advance_to(friday + timedelta(days=39))
    assert office.runner.run(job.tick(office.clock.now())) == 1
    assert office.runner.run(job.tick(office.clock.now())) == 0
