"""The sweep: who is reminded of what, when, and never twice (A5–A8, M6, T2, T3)."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from bot.calendar import at
from bot.domain.action import Block, Cadence, Due, State
from bot.domain.alarms import Timetable, moments
from bot.jobs.ring import AT_ONCE
from bot.people import Department
from tests.outbox.postroom import SHANGHAI, START

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = date(2026, 11, 27)


def heard(room, who: str) -> list[str]:
    """When (Shanghai's wall clock) and what somebody was told."""
    return [f"{one.at.astimezone(SHANGHAI):%m-%d %H:%M} {one.title}" for one in room.world.sent if one.who == who]


async def accepted(room, owner, due, **more):
    return await room.item(owner, due, state=State.IN_PROGRESS, **more)


async def test_two_days_before_the_morning_of_and_each_working_day_after(room):
    ann = await room.hire("ann")
    await accepted(room, ann, FRIDAY)
    await room.until("2026-12-01 12:00")
    assert heard(room, "ann") == [
        "11-25 09:00 reminder A-1:before",
        "11-27 09:00 reminder A-1:due",
        "11-30 09:00 reminder A-1:overdue",
        "12-01 09:00 reminder A-1:overdue",
    ]


async def test_a_holiday_moves_the_first_reminder_earlier_and_keeps_overdue_ones_for_working_days(room):
    room.clock.moment = datetime(2026, 9, 20, 2, tzinfo=UTC)
    ann = await room.hire("ann")
    await accepted(room, ann, date(2026, 9, 30))
    await room.until("2026-10-09 12:00")
    calendar = room.calendar
    days = [date.fromisoformat(f"2026-{line[:5]}") for line in heard(room, "ann")]
    assert all(calendar.works(day) for day in days)
    assert days[:2] == [date(2026, 9, 28), date(2026, 9, 30)]
    assert days[2:] == [day for day in (date(2026, 10, 1) + timedelta(n) for n in range(9)) if calendar.works(day)]


async def test_several_of_one_morning_are_one_message_with_one_line_each(room):
    ann = await room.hire("ann")
    await accepted(room, ann, FRIDAY)
    await accepted(room, ann, FRIDAY, cadence=Cadence.DAILY)
    await accepted(room, ann, date(2026, 11, 25))
    await room.until("2026-11-25 12:00")
    assert heard(room, "ann")[-1] == "11-25 09:00 reminder A-3:due A-1:before A-2:before"
    assert len([line for line in heard(room, "ann") if line.startswith("11-25")]) == 1


async def test_important_items_are_asked_about_every_working_day(room):
    ann = await room.hire("ann")
    await accepted(room, ann, date(2026, 12, 18), cadence=Cadence.DAILY)
    await room.until("2026-11-24 12:00")
    assert [line[:5] for line in heard(room, "ann")] == ["11-19", "11-20", "11-23", "11-24"]


async def test_silence_is_reminded_and_then_reported(room):
    ann, boss = await room.hire("ann"), await room.hire("boss")
    await room.item(ann, date(2026, 12, 18), assigner=boss)
    await room.until("2026-11-19 12:00")
    # Asked on Wednesday at 10:00: 20 hours later is six in the morning, so it is told with the morning.
    assert heard(room, "ann") == ["11-19 09:00 reminder A-1:unaccepted"]
    assert heard(room, "boss") == ["11-19 10:00 unanswered A-1:unanswered"]


async def test_what_was_answered_is_neither_reminded_nor_reported(room):
    ann, boss = await room.hire("ann"), await room.hire("boss")
    item = await room.item(ann, date(2026, 12, 18), assigner=boss)
    await room.keep(replace(item, state=State.IN_PROGRESS, version=2))
    await room.until("2026-11-20 12:00")
    assert room.world.sent == []


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.CANCELLED])
async def test_what_was_answered_while_it_waited_for_the_morning_is_not_said(room, state):
    ann, boss = await room.hire("ann"), await room.hire("boss")
    item = await room.item(ann, date(2026, 12, 18), assigner=boss)
    await room.until("2026-11-19 07:00")  # 20 hours of silence were over at six
    await room.keep(replace(item, state=state, version=2))
    await room.until("2026-11-20 12:00")
    assert room.world.sent == []


async def test_a_reminder_missed_in_an_outage_is_not_said_when_it_was_done_meanwhile(room):
    ann, boss = await room.hire("ann"), await room.hire("boss")
    item = await accepted(room, ann, FRIDAY, assigner=boss)
    await room.crash()
    room.clock.moment = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    await room.keep(replace(item, state=State.SUBMITTED, submitted_at=room.clock.now(), version=2))
    await room.until("2026-11-26 12:00")
    assert heard(room, "ann") == []


async def test_risk_goes_to_the_head_and_the_tracker_once(room):
    ann, boss, lead = [await room.hire(name) for name in ("ann", "boss", "lead")]
    team = await room.change(Department(0, "Team", lead.id))
    await accepted(room, ann, date(2026, 11, 20), assigner=boss, department=team.id)
    await room.until("2026-12-04 12:00")
    # Due on Friday the 20th; three working days later is Wednesday; more than three: Thursday.
    assert heard(room, "lead") == ["11-26 09:00 risk A-1:risk"]
    assert heard(room, "boss") == ["11-26 09:00 risk A-1:risk"]


async def test_a_tracker_who_heads_the_department_is_warned_once_and_a_heads_item_goes_one_up(room):
    ann, lead, top = [await room.hire(name) for name in ("ann", "lead", "top")]
    company = await room.change(Department(0, "Company", top.id))
    team = await room.change(Department(0, "Team", lead.id, company.id))
    await accepted(room, ann, date(2026, 11, 20), assigner=lead, department=team.id)
    await accepted(room, lead, date(2026, 11, 20), department=team.id)
    await room.until("2026-11-26 12:00")
    assert [line for line in heard(room, "lead") if "A-1:risk" in line] == ["11-26 09:00 reminder A-1:risk A-2:overdue"]
    assert heard(room, "top") == ["11-26 09:00 risk A-2:risk"]


async def test_a_block_reminds_the_resolver_on_its_day_and_once_after(room):
    ann, boss = await room.hire("ann"), await room.hire("boss")
    block = Block("no access", boss.id, date(2026, 11, 20))
    await accepted(room, ann, date(2026, 12, 18), block=block)
    await room.keep(replace(await one(room), state=State.BLOCKED, version=2))
    await room.until("2026-11-27 12:00")
    assert heard(room, "boss") == ["11-20 09:00 reminder A-1:resolve", "11-23 09:00 reminder A-1:block-past"]


async def test_a_submission_that_waits_reminds_the_tracker_once(room):
    ann, boss = await room.hire("ann"), await room.hire("boss")
    await room.item(ann, FRIDAY, assigner=boss, state=State.SUBMITTED, submitted_at=START)
    await room.until("2026-12-04 12:00")
    assert heard(room, "boss") == ["11-20 09:00 reminder A-1:verify"]
    assert heard(room, "ann") == []


@pytest.mark.parametrize("state", [State.DONE, State.CANCELLED])
async def test_what_is_closed_rings_no_more(room, state):
    ann = await room.hire("ann")
    item = await accepted(room, ann, FRIDAY)
    await room.keep(replace(item, state=state, version=2))
    await room.until("2026-12-04 12:00")
    assert room.world.sent == []


async def test_a_weeks_outage_is_one_late_message_and_then_the_usual_morning(room):
    ann = await room.hire("ann")
    await accepted(room, ann, FRIDAY)
    await accepted(room, ann, date(2026, 11, 26))
    await room.crash()
    room.clock.moment = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)
    await room.until("2026-12-03 12:00")
    late, usual = heard(room, "ann")
    assert late.startswith("12-02 11:00 reminder")
    assert sorted(line.split(":")[0] for line in late.split()[3:]) == ["A-1", "A-2"]
    assert usual == "12-03 09:00 reminder A-2:overdue A-1:overdue"


async def test_an_outage_that_ends_at_night_is_told_in_the_morning_once(room):
    ann = await room.hire("ann")
    await accepted(room, ann, FRIDAY)
    await room.crash()
    room.clock.moment = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai
    await room.until("2026-12-02 12:00")
    assert [line[:11] for line in heard(room, "ann")] == ["12-02 09:00"]
    await room.until("2026-12-03 12:00")
    assert [line[:11] for line in heard(room, "ann")] == ["12-02 09:00", "12-03 09:00"]


async def test_hundreds_who_wait_for_their_morning_keep_nobody_from_theirs(room):
    ann, eva = await room.hire("ann"), await room.hire("eva", "Europe/Berlin")
    item = await accepted(room, ann, FRIDAY)
    await accepted(room, eva, FRIDAY)

    def many(records) -> None:
        table = Timetable(records.people.directory(), room.calendar, room.rules)
        for _ in range(AT_ONCE):
            kept = records.actions.add(replace(item, number=0))
            records.alarms.replace({kept.label: moments(kept, START, table)}, START)

    await room.store.write(many)
    await room.crash()
    room.clock.moment = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai, 16:00 in Berlin
    await room.scheduler.tick()
    await room.deliver()
    assert [one.who for one in room.world.sent] == ["eva"]
    await room.until("2026-11-26 12:00")
    assert [line[:11] for line in heard(room, "ann")] == ["11-26 09:00"]


async def test_everybody_is_reminded_in_the_morning_of_their_own_zone(room):
    ann, eva = await room.hire("ann"), await room.hire("eva", "Europe/Berlin")
    await accepted(room, ann, FRIDAY)
    await accepted(room, eva, FRIDAY)
    await room.until("2026-11-25 20:00")
    assert [f"{one.who} {one.at:%H:%M}" for one in room.world.sent] == ["ann 01:00", "eva 08:00"]


@pytest.mark.parametrize("due", [date(2027, 3, 29), date(2026, 10, 26)])
async def test_the_night_of_the_clock_change_is_followed_by_nine_oclock(room, due):
    room.clock.moment = datetime(due.year, due.month, 1, 9, tzinfo=UTC)
    room.calendar = type(room.calendar).of("none")
    room.workplace = dataclasses.replace(room.workplace, calendar=room.calendar)
    await room.crash()
    eva = await room.hire("eva", "Europe/Berlin")
    await accepted(room, eva, due)
    await room.until(f"{due} 12:00", BERLIN)
    assert room.world.sent[-1].at.astimezone(BERLIN).hour == 9
    assert room.world.to("eva")[-1] == "reminder A-1:due"


async def test_holidays_that_were_published_since_move_the_morning_of_the_day(room):
    """The first reminder reckons the others anew: nobody hears on a holiday, or after it, what was due on its first day."""
    published = room.workplace
    room.clock.moment = datetime(2026, 9, 20, 2, tzinfo=UTC)
    room.calendar = type(room.calendar).of("none")
    ann = await room.hire("ann")
    await accepted(room, ann, date(2026, 10, 1))
    room.workplace = published
    await room.crash()
    await room.until("2026-10-02 12:00")
    assert heard(room, "ann") == ["09-29 09:00 reminder A-1:before", "09-30 09:00 reminder A-1:due"]


async def test_somebody_who_left_is_not_reminded_and_their_items_are_handed_over_once(room):
    ann, boss = await room.hire("ann"), await room.hire("boss")
    await accepted(room, ann, FRIDAY, assigner=boss)
    await room.change(replace(ann, active=False))
    await room.until("2026-12-04 12:00")
    assert heard(room, "ann") == []
    assert [line for line in heard(room, "boss") if "undeliverable" in line] == ["11-25 09:00 undeliverable A-1"]


async def test_somebody_away_hears_when_they_are_back(room):
    ann = await room.hire("ann")
    await accepted(room, ann, FRIDAY)
    await room.store.write(lambda records: records.settings.put(f"person:{ann.id}", "away", "2026-12-01"))
    await room.until("2026-12-01 12:00")
    assert heard(room, "ann") == ["12-01 09:00 reminder A-1:overdue"]


async def test_a_moved_zone_moves_what_was_to_ring(room):
    """A4 row 14: alarms that were set for another zone and not set anew ring at the new zone's morning, once."""
    ann = await room.hire("ann")
    item = await accepted(room, ann, FRIDAY)
    await room.change(replace(ann, timezone="Europe/Berlin"))
    await room.until("2026-11-25 12:00", BERLIN)
    assert item.number == 1
    assert [one.at.astimezone(BERLIN).strftime("%d %H:%M") for one in room.world.sent] == ["25 09:00"]


async def test_the_reminder_of_a_new_day_comes_after_a_postponement(room):
    ann = await room.hire("ann")
    item = await accepted(room, ann, FRIDAY)
    await room.until("2026-11-25 12:00")
    later = date(2026, 12, 4)
    due = Due(later, at(later, room.rules.due_time, SHANGHAI))
    await room.keep(replace(item, due=due, state=State.POSTPONED, version=2))
    await room.until("2026-12-04 12:00")
    assert [line[:5] for line in heard(room, "ann")] == ["11-25", "12-02", "12-04"]


async def one(room):
    return await room.store.read(lambda records: records.actions.get(1))
