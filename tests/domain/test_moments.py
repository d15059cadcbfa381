"""When an item wants to be asked again: every occasion by itself, through feasts, zones and clock changes (A5–A8, M6, T2)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.action import CLOSED, Block, Cadence, State
from bot.domain.alarms import Alarm, Occasion, Timetable, moments
from tests.domain.given import (
    ASSIGNER,
    BERLIN,
    NEW_YORK,
    OWNER,
    RESOLVER,
    SHANGHAI,
    TRACKER,
    WEDNESDAY,
    due,
    item,
    timetable,
)

TABLE = timetable()


def shanghai(month: int, day: int, hour: int = 9, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def rings(action, why: Occasion, now: datetime = WEDNESDAY, table: Timetable = TABLE) -> list[Alarm]:
    return [alarm for alarm in moments(action, now, table) if alarm.why is why]


def at_(action, why: Occasion, now: datetime = WEDNESDAY, table: Timetable = TABLE) -> datetime:
    found = rings(action, why, now, table)
    assert len(found) == 1, found
    return found[0].due_at


class TestOwner:
    """A6."""

    def test_two_days_before_in_the_morning(self):
        assert at_(item(), Occasion.BEFORE) == shanghai(11, 25)

    def test_on_the_morning_of_the_day(self):
        assert at_(item(), Occasion.DUE) == shanghai(11, 27)

    def test_while_overdue_the_next_working_morning(self):
        assert at_(item(), Occasion.OVERDUE, shanghai(11, 27, 19)) == shanghai(11, 30)
        assert at_(item(), Occasion.OVERDUE, shanghai(11, 30, 9, 1)) == shanghai(12, 1)

    def test_each_working_day_rings_under_its_own_name(self):
        names = {rings(item(), Occasion.OVERDUE, shanghai(11, day, 12))[0].occasion for day in (27, 28, 29, 30)}
        assert names == {"overdue:2026-11-30", "overdue:2026-12-01"}

    @pytest.mark.parametrize("state", [State.SUBMITTED, State.DECLINED])
    def test_nothing_while_somebody_else_has_to_act(self, state):
        assert [alarm for alarm in moments(item(state), WEDNESDAY, TABLE) if alarm.person == OWNER] == []

    def test_everything_is_the_owners(self):
        for why in (Occasion.BEFORE, Occasion.DUE):
            assert rings(item(), why)[0].person == OWNER

    def test_while_paused_only_the_end_of_the_pause(self):
        until = WEDNESDAY + timedelta(hours=3)
        paused = item(snoozed_until=until)
        assert [(a.why, a.due_at) for a in moments(paused, WEDNESDAY, TABLE) if a.person == OWNER] == [
            (Occasion.SNOOZED, until)
        ]

    def test_after_the_pause_all_as_before(self):
        paused = item(snoozed_until=WEDNESDAY - timedelta(hours=1))
        assert at_(paused, Occasion.BEFORE) == shanghai(11, 25)


class TestFeasts:
    """T2: the published calendar of 2026; 1–7 October are off, 20 September and 10 October are worked."""

    @pytest.mark.parametrize(
        ("day", "before", "morning"),
        [
            (date(2026, 10, 8), shanghai(9, 30), shanghai(10, 8)),
            (date(2026, 10, 9), shanghai(9, 30), shanghai(10, 9)),
            (date(2026, 10, 12), shanghai(10, 10), shanghai(10, 12)),
            (date(2026, 10, 5), shanghai(9, 30), shanghai(9, 30)),
            (date(2026, 9, 21), shanghai(9, 18), shanghai(9, 21)),
            (date(2026, 9, 22), shanghai(9, 20), shanghai(9, 22)),
            (date(2026, 2, 24), shanghai(2, 14), shanghai(2, 24)),
        ],
    )
    def test_reminders_come_on_working_days(self, day, before, morning):
        now = shanghai(1, 5)
        assert at_(item(day=day), Occasion.BEFORE, now) == before
        assert at_(item(day=day), Occasion.DUE, now) == morning

    def test_overdue_over_national_day_waits_for_the_eighth(self):
        assert at_(item(day=date(2026, 9, 30)), Occasion.OVERDUE, shanghai(10, 1, 12)) == shanghai(10, 8)

    def test_a_make_up_saturday_is_asked_like_any_other_day(self):
        assert at_(item(day=date(2026, 10, 9)), Occasion.OVERDUE, shanghai(10, 9, 18, 30)) == shanghai(10, 10)

    def test_every_reminder_of_the_year_falls_on_a_working_day(self):
        for n in range(365):
            day = date(2026, 1, 1) + timedelta(n)
            for alarm in moments(item(day=day), shanghai(1, 1, year=2025), TABLE):
                local = alarm.due_at.astimezone(SHANGHAI)
                if alarm.why in (Occasion.BEFORE, Occasion.DUE, Occasion.OVERDUE, Occasion.RISK):
                    assert TABLE.calendar.works(local.date()), alarm
                    assert local.time() == time(9), alarm


class TestRisk:
    """A7: overdue by more than three working days."""

    def test_on_the_fourth_working_morning_after(self):
        assert at_(item(), Occasion.RISK) == shanghai(12, 3)

    def test_feasts_do_not_count(self):
        assert at_(item(day=date(2026, 9, 30)), Occasion.RISK, shanghai(9, 30)) == shanghai(10, 12)

    def test_a_day_on_a_weekend_counts_from_the_working_day_before(self):
        assert at_(item(day=date(2026, 11, 28)), Occasion.RISK) == shanghai(12, 3)

    def test_the_tracker_hears_it(self):
        assert rings(item(), Occasion.RISK)[0].person == TRACKER

    def test_once_for_each_due_day(self):
        assert rings(item(), Occasion.RISK)[0].occasion == "risk:2026-11-27"


class TestAcceptance:
    """M6."""

    def test_silence_is_reminded_at_twenty_hours_and_reported_at_twenty_four(self):
        proposed = item(State.PROPOSED)
        assert at_(proposed, Occasion.UNACCEPTED) == WEDNESDAY + timedelta(hours=20)
        assert at_(proposed, Occasion.UNANSWERED) == WEDNESDAY + timedelta(hours=24)
        assert rings(proposed, Occasion.UNACCEPTED)[0].person == OWNER
        assert rings(proposed, Occasion.UNANSWERED)[0].person == ASSIGNER

    @pytest.mark.parametrize("state", sorted(set(State) - {State.PROPOSED}))
    def test_an_answer_ends_it(self, state):
        whys = {alarm.why for alarm in moments(item(state), WEDNESDAY, TABLE)}
        assert not whys & {Occasion.UNACCEPTED, Occasion.UNANSWERED}

    def test_another_owner_is_another_question(self):
        first, second = item(State.PROPOSED), item(State.PROPOSED, asked_at=(WEDNESDAY + timedelta(1)).astimezone(UTC))
        assert rings(first, Occasion.UNACCEPTED)[0].occasion != rings(second, Occasion.UNACCEPTED)[0].occasion


class TestBlocks:
    """A5."""

    def test_the_resolver_is_reminded_on_the_day_and_asked_after_it(self):
        blocked = item(State.BLOCKED, block=Block("等", RESOLVER, date(2026, 11, 20)))
        assert at_(blocked, Occasion.RESOLVE) == shanghai(11, 20)
        assert at_(blocked, Occasion.BLOCK_PAST) == shanghai(11, 23)
        assert {
            a.person for a in moments(blocked, WEDNESDAY, TABLE) if a.why in (Occasion.RESOLVE, Occasion.BLOCK_PAST)
        } == {RESOLVER}

    def test_a_weekend_day_is_asked_on_friday(self):
        blocked = item(State.BLOCKED, block=Block("等", RESOLVER, date(2026, 11, 22)))
        assert at_(blocked, Occasion.RESOLVE) == shanghai(11, 20)


class TestVerifying:
    def test_the_tracker_is_reminded_after_two_working_days(self):
        handed = item(State.SUBMITTED, submitted_at=shanghai(11, 19, 15).astimezone(UTC))
        assert at_(handed, Occasion.VERIFY, shanghai(11, 19, 16)) == shanghai(11, 23)
        assert rings(handed, Occasion.VERIFY, shanghai(11, 19, 16))[0].person == TRACKER

    def test_nothing_else_rings_for_it(self):
        assert {a.why for a in moments(item(State.SUBMITTED), WEDNESDAY, TABLE)} == {Occasion.VERIFY}


class TestCadence:
    """A8."""

    def test_a_daily_item_is_asked_the_next_working_morning(self):
        daily = item(cadence=Cadence.DAILY)
        assert at_(daily, Occasion.ASK) == shanghai(11, 19)
        assert at_(daily, Occasion.ASK, shanghai(11, 20, 12)) == shanghai(11, 23)

    def test_others_are_not(self):
        assert rings(item(), Occasion.ASK) == []


class TestZones:
    """T1: mornings are each person's own; a due instant is the owner's."""

    def test_each_hears_in_their_own_morning(self):
        table = timetable({OWNER: NEW_YORK, TRACKER: BERLIN})
        action = item(due=due(zone=NEW_YORK))
        assert at_(action, Occasion.DUE, table=table) == datetime(2026, 11, 27, 9, tzinfo=NEW_YORK)
        assert at_(action, Occasion.RISK, table=table) == datetime(2026, 12, 3, 9, tzinfo=BERLIN)

    def test_the_morning_keeps_the_wall_clock_over_a_clock_change(self):
        """Berlin goes back on 25 October 2026: nine is nine, an hour later in UTC."""
        table = timetable({OWNER: BERLIN})
        action = item(day=date(2026, 10, 27))
        now = datetime(2026, 10, 1, tzinfo=UTC)
        assert at_(action, Occasion.BEFORE, now, table) == datetime(2026, 10, 23, 7, tzinfo=UTC)
        assert at_(action, Occasion.DUE, now, table) == datetime(2026, 10, 27, 8, tzinfo=UTC)

    def test_a_morning_that_a_clock_change_skips_comes_with_the_first_instant_after(self):
        """A4 row 12: 02:30 does not exist in Berlin on 28 March 2027 (a Sunday; worked here)."""
        table = timetable({OWNER: BERLIN}, morning=time(2, 30))
        sunday = date(2027, 3, 28)
        assert table.morning(sunday, OWNER) == datetime(2027, 3, 28, 1, tzinfo=UTC)

    def test_next_morning_looks_at_the_persons_own_day(self):
        """At 17:00 UTC it is tomorrow in Shanghai and noon in New York."""
        table = timetable({OWNER: NEW_YORK})
        owners, trackers = table.zones.zone(OWNER), table.zones.zone(TRACKER)
        now = datetime(2026, 11, 18, 17, tzinfo=UTC)
        assert table.next_morning(now, owners) == date(2026, 11, 19)
        assert table.next_morning(now, trackers) == date(2026, 11, 19)
        assert table.next_morning(datetime(2026, 11, 18, 13, 59, tzinfo=UTC), owners) == date(2026, 11, 18)
        assert table.next_morning(datetime(2026, 11, 18, 14, tzinfo=UTC), owners) == date(2026, 11, 19)

    def test_one_timetable_asked_for_many_items_tells_days_and_zones_apart(self):
        """What it has reckoned once it does not take for another day, another occasion or another zone."""
        table = timetable({OWNER: NEW_YORK})
        days = [date(2026, 11, day) for day in (24, 25, 26)]
        items = [item(day=day, owner=owner) for _ in range(2) for day in days for owner in (OWNER, TRACKER)]
        alone = [moments(one, WEDNESDAY, timetable({OWNER: NEW_YORK})) for one in items]
        assert [moments(one, WEDNESDAY, table) for one in items] == alone
        assert len({(alarm.occasion, alarm.due_at) for alarms in alone for alarm in alarms}) == 7 * len(days)


@pytest.mark.parametrize("state", sorted(CLOSED))
def test_a_closed_item_asks_nothing_more(state):
    assert moments(item(state), WEDNESDAY, TABLE) == []
