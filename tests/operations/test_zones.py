"""A4 row 14: somebody's zone changes; wall clocks stay, instants and alarms move, with a line in the history."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.domain.alarms import Occasion
from bot.operations import actions, plans
from bot.operations.plans import Wanted
from bot.operations.zones import reckon_anew, rezone
from bot.store import Records
from tests.operations.bench import Firm

BERLIN = ZoneInfo("Europe/Berlin")


def records(firm: Firm, hour: time | None = None, owner: int = 0) -> int:
    wanted = Wanted("输出流程", owner or firm.owner.id, date(2026, 11, 27), hour, tracker=firm.tracker.id)
    return firm.does(firm.assigner, lambda desk: plans.record(desk, wanted)).after.number


def moves(firm: Firm, who: Any, zone: str = "Europe/Berlin") -> list[Any]:
    return firm.does(who, lambda desk: rezone(desk, replace(who, timezone=zone)))


def test_the_day_ends_by_the_new_clock(firm):
    whole, hour = records(firm), records(firm, time(9, 30))
    moves(firm, firm.owner)
    assert firm.item(whole).due.at == datetime(2026, 11, 27, 18, tzinfo=BERLIN)
    assert firm.item(hour).due.at == datetime(2026, 11, 27, 9, 30, tzinfo=BERLIN)
    assert {firm.item(n).due.day for n in (whole, hour)} == {date(2026, 11, 27)}


def test_it_is_told_in_the_history_and_counts_as_a_change(firm):
    number = records(firm)
    facts = moves(firm, firm.owner)
    assert [fact.after.number for fact in facts] == [number]
    assert (firm.item(number).version, firm.told(number)[-1].by) == (2, firm.owner.id)
    assert firm.told(number)[-1].after == firm.item(number)


def test_the_owners_mornings_move_and_the_trackers_stay(firm):
    number = records(firm)
    moves(firm, firm.owner)
    rings = {alarm.why: alarm.due_at for alarm in firm.alarms(number)}
    assert rings[Occasion.DUE] == datetime(2026, 11, 27, 9, tzinfo=BERLIN)
    assert rings[Occasion.RISK] == datetime(2026, 12, 3, 1, tzinfo=UTC)


def test_a_trackers_mornings_move_and_the_item_stays(firm):
    number = records(firm)
    before = firm.item(number)
    assert moves(firm, firm.tracker) == []
    assert firm.item(number) == before
    rings = {alarm.why: alarm.due_at for alarm in firm.alarms(number)}
    assert rings[Occasion.RISK] == datetime(2026, 12, 3, 9, tzinfo=BERLIN)
    assert rings[Occasion.DUE] == datetime(2026, 11, 27, 1, tzinfo=UTC)


def test_closed_items_and_other_peoples_stay(firm):
    closed, other = records(firm), records(firm, owner=firm.nobody.id)
    firm.does(firm.assigner, lambda desk: actions.cancel(desk, [closed], "不做了"))
    before = [firm.item(n) for n in (closed, other)]
    moves(firm, firm.owner)
    assert [firm.item(n) for n in (closed, other)] == before


def test_a_zone_with_the_same_clock_changes_nothing(firm):
    records(firm)
    assert moves(firm, firm.owner, "Asia/Singapore") == []


def test_of_several_people_each_has_their_own_line(firm):
    """As an import brings them: the items are read once for all of them."""
    people = (firm.owner, firm.tracker)
    numbers = [records(firm, owner=one.id) for one in people]

    def moved(kept: Records) -> list[Any]:
        for one in people:
            kept.people.save(replace(one, timezone="Europe/Berlin"))
        return reckon_anew(kept, firm.workplace, firm.now, {one.id for one in people})

    assert [fact.after.number for fact in firm.keeps(moved)] == numbers
    assert [firm.told(number)[-1].by for number in numbers] == [one.id for one in people]
    assert {firm.item(number).due.at for number in numbers} == {datetime(2026, 11, 27, 18, tzinfo=BERLIN)}
