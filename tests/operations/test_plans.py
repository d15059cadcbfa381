"""Who does it by when: instants in the owner's zone, another owner, everything of one person's to another (A10, A14, T1)."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.action import OPEN, State, Supporter
from bot.errors import Refusal
from bot.operations import actions, plans
from bot.operations.plans import Wanted
from tests.operations.bench import Firm

FRIDAY = date(2026, 11, 27)


def records(firm: Firm, **fields: Any) -> Any:
    wanted: dict[str, Any] = {"text": "输出流程", "owner": firm.owner.id, "day": FRIDAY, **fields}
    return firm.does(firm.assigner, lambda desk: plans.record(desk, Wanted(**wanted))).after


class TestRecording:
    def test_numbers_rise_and_are_never_given_twice(self, firm):
        assert [records(firm).number, records(firm).number] == [1, 2]

    def test_the_day_ends_at_six_by_the_owners_clock(self, firm):
        kim = firm.hires("Kim", zone="America/New_York")
        item = records(firm, owner=kim.id)
        assert item.due.at == datetime(2026, 11, 27, 18, tzinfo=ZoneInfo("America/New_York"))
        assert item.due.at.utcoffset().total_seconds() == 0

    def test_a_given_hour_is_the_owners_too(self, firm):
        kim = firm.hires("Kim", zone="Europe/Berlin")
        assert records(firm, owner=kim.id, hour=time(9, 30)).due.at == datetime(2026, 11, 27, 8, 30, tzinfo=UTC)

    def test_what_was_not_said_is_the_assigner_the_owners_department_and_the_first_day(self, firm):
        item = records(firm)
        assert (item.tracker, item.assigner) == (firm.assigner.id, firm.assigner.id)
        assert (item.department, item.first_due, item.asked_at) == (firm.technology.id, FRIDAY, firm.now)

    def test_a_leading_department_that_was_named_leads(self, firm):
        assert records(firm, department=firm.service.id).department == firm.service.id

    def test_the_owner_is_no_supporter_and_nobody_supports_twice(self, firm):
        helping = (
            Supporter(person=firm.owner.id),
            Supporter(person=firm.supporter.id),
            Supporter(person=firm.supporter.id),
        )
        assert records(firm, supporters=helping).supporters == (Supporter(person=firm.supporter.id),)

    def test_a_day_that_is_over_for_the_owner_is_refused(self, firm):
        """At eight in the evening today's six o'clock has passed."""
        firm.waits(hours=10)
        with pytest.raises(Refusal) as refused:
            records(firm, day=date(2026, 11, 18))
        assert (refused.value.text, refused.value.field) == ("due-over", "due")
        assert firm.items() == []

    def test_today_for_an_owner_further_west_is_still_to_come(self, firm):
        firm.waits(hours=10)
        kim = firm.hires("Kim", zone="America/New_York")
        assert records(firm, owner=kim.id, day=date(2026, 11, 18)).due.at > firm.now


class TestTwins:
    def twin(self, firm: Firm, who: Any, seconds: float, **fields: Any) -> Any:
        records(firm)
        firm.waits(seconds=seconds)
        wanted = Wanted(**{"text": "输出流程", "owner": firm.owner.id, "day": FRIDAY, **fields})
        return firm.does(who, lambda desk: plans.twin(desk, wanted, 120))

    def test_the_same_within_two_minutes(self, firm):
        assert self.twin(firm, firm.assigner, 120).number == 1

    @pytest.mark.parametrize(
        "fields", [{"text": "输出 流程"}, {"day": date(2026, 11, 26)}, {"criterion": "有图"}, {"hour": time(9)}]
    )
    def test_anything_different_is_another(self, firm, fields):
        assert self.twin(firm, firm.assigner, 1, **fields) is None

    def test_later_is_another(self, firm):
        assert self.twin(firm, firm.assigner, 121) is None

    def test_somebody_elses_is_another(self, firm):
        assert self.twin(firm, firm.head, 1) is None


class TestAssigning:
    def test_the_day_stays_and_ends_by_the_new_owners_clock(self, firm):
        kim = firm.hires("Kim", firm.service.id, zone="America/New_York")
        number = records(firm).number
        after = firm.does(firm.head, lambda desk: plans.assign(desk, [number], kim.id, "休假"))[0].after
        assert (after.due.day, after.due.at) == (FRIDAY, datetime(2026, 11, 27, 23, tzinfo=UTC))

    def test_the_department_goes_with_the_owner(self, firm):
        number = records(firm).number
        after = firm.does(firm.head, lambda desk: plans.assign(desk, [number], firm.supporter.id, ""))[0].after
        assert after.department == firm.service.id

    def test_a_leading_department_that_was_named_stays(self, firm):
        number = records(firm, department=firm.service.id).number
        after = firm.does(firm.admin, lambda desk: plans.assign(desk, [number], firm.nobody.id, ""))[0].after
        assert after.department == firm.service.id

    def test_the_alarms_are_the_new_owners(self, firm):
        number = records(firm).number
        firm.does(firm.head, lambda desk: plans.assign(desk, [number], firm.nobody.id, ""))
        assert firm.owner.id not in {one.person for one in firm.alarms(number)}
        assert firm.nobody.id in {one.person for one in firm.alarms(number)}


class TestHandingOver:
    """A14."""

    def test_everything_open_goes_at_once_and_what_is_closed_stays(self, firm):
        numbers = [records(firm, text=f"第{n}项").number for n in range(4)]
        firm.does(firm.owner, lambda desk: actions.accept(desk, numbers[:2]))
        firm.does(firm.assigner, lambda desk: actions.cancel(desk, [numbers[3]], "不做了"))
        facts = firm.does(firm.head, lambda desk: plans.hand_over(desk, firm.owner.id, firm.nobody.id, "离职"))
        assert {fact.after.number for fact in facts} == set(numbers[:3])
        assert {firm.item(n).owner for n in numbers[:3]} == {firm.nobody.id}
        assert firm.item(numbers[3]).owner == firm.owner.id
        assert all(firm.told(n)[-1].why == "离职" for n in numbers[:3])

    def test_what_is_not_ones_own_to_give_stays_and_is_counted(self, firm):
        mine = records(firm).number
        other = firm.does(
            firm.resolver, lambda desk: plans.record(desk, Wanted("别的事", firm.owner.id, FRIDAY))
        ).after.number  # fmt: skip
        assert firm.does(firm.assigner, lambda desk: plans.not_to_give(desk, firm.owner.id)) == 1
        firm.does(firm.assigner, lambda desk: plans.hand_over(desk, firm.owner.id, firm.nobody.id))
        assert [firm.item(n).owner for n in (mine, other)] == [firm.nobody.id, firm.owner.id]

    def test_who_may_give_none_of_it_is_refused(self, firm):
        number = records(firm).number
        with pytest.raises(Refusal) as refused:
            firm.does(firm.supporter, lambda desk: plans.hand_over(desk, firm.owner.id, firm.nobody.id))
        assert (refused.value.text, refused.value.args_["action"]) == ("may-not", f"A-{number}")
        assert firm.item(number).owner == firm.owner.id

    def test_owners_may_hand_over_their_own(self, firm):
        number = records(firm).number
        firm.does(firm.owner, lambda desk: plans.hand_over(desk, firm.owner.id, firm.nobody.id))
        assert (firm.item(number).owner, firm.item(number).state) == (firm.nobody.id, State.PROPOSED)

    def test_nothing_to_give_is_said(self, firm):
        with pytest.raises(Refusal) as refused:
            firm.does(firm.head, lambda desk: plans.hand_over(desk, firm.nobody.id, firm.owner.id))
        assert refused.value.text == "hand-over-nothing"


def test_a_postponement_is_in_the_owners_zone(firm):
    kim = firm.hires("Kim", zone="Europe/Berlin")
    number = records(firm, owner=kim.id).number
    after = firm.does(firm.assigner, lambda desk: plans.postpone(desk, number, date(2026, 12, 4), time(12), "忙")).after
    assert after.due.at == datetime(2026, 12, 4, 11, tzinfo=UTC)
    assert after.state in OPEN
