"""The job of recurring meetings: it looks once an hour, makes what has come into reach, and asks about each holiday once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.facts import ITSELF
from bot.jobs.series import Recurring, sweep
from tests.conversation import Office

SHANGHAI = ZoneInfo("Asia/Shanghai")


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


def test_with_one_it_looks_again_as_the_next_session_comes_into_reach(office, weekly):
    job = Recurring(office.store, office.workplace)
    office.clock.moment = datetime(2026, 11, 20, 9, tzinfo=SHANGHAI)  # 45 days and an hour before a Monday's session

    async def looks():
        await job.tick(office.clock.now())
        return await job.next_at(office.clock.now())

    assert office.runner.run(looks()) == datetime(2026, 11, 20, 10, tzinfo=SHANGHAI)
    office.clock.moment += timedelta(hours=2)
    assert office.runner.run(looks()) == datetime(2026, 11, 21, tzinfo=SHANGHAI)  # the day begins before the next one
    office.clock.moment += timedelta(days=41)
    assert office.runner.run(job.tick(office.clock.now())) == 1
    assert office.runner.run(job.tick(office.clock.now())) == 0
