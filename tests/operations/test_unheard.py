"""What was recorded and taken back while nobody could be written to is told to nobody (T3, VOICE rule 2)."""

from datetime import date, timedelta

import pytest

from bot.announcements import announce
from bot.domain.action import Supporter
from bot.operations import actions, plans, undoing
from bot.operations.plans import Wanted

NIGHT = {"hours": 12}
"""From ten in the morning to ten in the evening."""


def tells(firm, who, act) -> None:
    """As dispatch does it: what changed is announced in the same transaction."""

    def work(desk):
        facts = act(desk)
        announce(desk.records, facts if isinstance(facts, list) else [facts], desk.directory, desk.workplace)

    firm.does(who, work)


def recorded(firm) -> None:
    wanted = Wanted("输出流程", firm.owner.id, date(2026, 11, 27), supporters=(Supporter(firm.supporter.id),))
    tells(firm, firm.assigner, lambda desk: plans.record(desk, wanted))


def heard(firm, days: int = 1) -> list[tuple[int, str]]:
    """Who would hear what by the next noon, in order."""
    now = firm.now + timedelta(days=days)
    rows = firm.keeps(lambda records: records.outbox.claim(now, 99, timedelta(minutes=1)))
    return [(row.notice.to, row.notice.moment) for row in rows]


def undo(desk):
    return undoing.undo(desk)


def cancel(desk):
    return actions.cancel(desk, [1], "不做了")


@pytest.mark.parametrize("back", [undo, cancel])
def test_recorded_and_taken_back_in_one_night_is_told_to_nobody(firm, back):
    firm.waits(**NIGHT)
    recorded(firm)
    tells(firm, firm.assigner, back)
    assert heard(firm) == []


@pytest.mark.parametrize("back", [undo, cancel])
def test_who_has_heard_of_it_hears_that_it_is_gone(firm, back):
    recorded(firm)
    assert len(heard(firm, 0)) == 2
    firm.waits(**NIGHT)
    tells(firm, firm.assigner, back)
    told = [one for one in heard(firm) if one[1] == "cancelled"]
    assert sorted(told) == sorted([(firm.owner.id, "cancelled"), (firm.supporter.id, "cancelled")])


def test_given_on_in_the_same_night_only_the_new_owner_hears(firm):
    firm.waits(**NIGHT)
    recorded(firm)
    tells(firm, firm.assigner, lambda desk: plans.assign(desk, [1], firm.resolver.id, "更合适"))
    assert sorted(heard(firm)) == sorted([(firm.resolver.id, "request"), (firm.supporter.id, "informed")])


def test_what_was_given_back_to_somebody_who_knew_it_is_cancelled_to_them(firm):
    recorded(firm)
    heard(firm, 0)
    firm.waits(**NIGHT)
    tells(firm, firm.assigner, lambda desk: plans.assign(desk, [1], firm.resolver.id, "更合适"))
    tells(firm, firm.assigner, lambda desk: plans.assign(desk, [1], firm.owner.id, "还是他"))
    tells(firm, firm.assigner, cancel)
    assert (firm.owner.id, "cancelled") in heard(firm)


def test_other_items_of_that_night_are_not_touched(firm):
    firm.waits(**NIGHT)
    recorded(firm)
    recorded(firm)
    tells(firm, firm.assigner, cancel)
    assert sorted(heard(firm)) == sorted([(firm.owner.id, "request"), (firm.supporter.id, "informed")])
