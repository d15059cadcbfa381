"""Undo: by whoever did it, while it is fresh and the last; as a change of its own, with nothing lost."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.action import State, Verb
from bot.errors import Refusal
from bot.operations import actions, plans
from bot.operations.plans import Wanted
from bot.operations.undoing import undo
from tests.operations.bench import Firm


@pytest.fixture
def number(firm: Firm) -> int:
    """An accepted item of 李四's, assigned by 张三 an hour ago."""
    wanted = Wanted("输出流程", firm.owner.id, date(2026, 11, 27), tracker=firm.tracker.id)
    number = firm.does(firm.assigner, lambda desk: plans.record(desk, wanted)).after.number
    firm.waits(minutes=30)
    firm.does(firm.owner, lambda desk: actions.accept(desk, [number]))
    firm.waits(minutes=30)
    return number


def refused(firm: Firm, who: Any, number: int | None = None, *, version: int = 0) -> str:
    with pytest.raises(Refusal) as caught:
        firm.does(who, lambda desk: undo(desk, number), version=version)
    return caught.value.text


def test_the_item_is_as_it_was_with_one_more_line_of_history(firm, number):
    before = firm.item(number)
    firm.does(firm.owner, lambda desk: plans.postpone(desk, number, date(2026, 12, 4), None, "忙"))
    fact = firm.does(firm.owner, lambda desk: undo(desk, number))
    after = firm.item(number)
    assert (after.due, after.state, after.postponements) == (before.due, before.state, 0)
    assert (fact.undone, after.version) == (Verb.POSTPONE, before.version + 2)
    assert [entry.verb for entry in firm.told(number)] == ["add", "accept", "postpone", "undo"]


def test_its_alarms_are_as_they_were(firm, number):
    before = firm.alarms(number)
    firm.does(firm.owner, lambda desk: plans.postpone(desk, number, date(2026, 12, 4), None, "忙"))
    assert firm.alarms(number) != before
    firm.does(firm.owner, lambda desk: undo(desk, number))
    assert firm.alarms(number) == before


def test_without_a_number_it_is_ones_own_last(firm, number):
    assert firm.does(firm.owner, lambda desk: undo(desk)).undone is Verb.ACCEPT


def test_a_new_item_is_withdrawn(firm):
    wanted = Wanted("输出流程", firm.owner.id, date(2026, 11, 27))
    firm.does(firm.assigner, lambda desk: plans.record(desk, wanted))
    assert firm.does(firm.assigner, lambda desk: undo(desk)).after.state is State.CANCELLED


def test_a_pause_can_be_taken_back(firm, number):
    before = firm.item(number).snoozed_until
    firm.does(firm.owner, lambda desk: actions.snooze(desk, [number], desk.now + timedelta(days=1)))
    firm.does(firm.owner, lambda desk: undo(desk, number))
    assert firm.item(number).snoozed_until == before


def test_only_by_whoever_did_it(firm, number):
    assert refused(firm, firm.tracker, number) == "undo-not-yours"
    assert firm.item(number).state is State.IN_PROGRESS


def test_an_admin_may(firm, number):
    assert firm.does(firm.admin, lambda desk: undo(desk, number)).after.state is State.PROPOSED


def test_not_when_somebody_changed_it_since(firm, number):
    assert refused(firm, firm.assigner) == "undo-changed-since"


def test_not_after_a_day(firm, number):
    firm.waits(hours=23, minutes=30)
    assert firm.does(firm.owner, lambda desk: undo(desk, number))
    firm.does(firm.owner, lambda desk: actions.accept(desk, [number]))
    firm.waits(hours=24, seconds=1)
    assert refused(firm, firm.owner, number) == "undo-too-late"


def test_an_undo_is_not_undone(firm, number):
    firm.does(firm.owner, lambda desk: undo(desk, number))
    assert refused(firm, firm.owner, number) == "undo-undone"
    assert refused(firm, firm.owner) == "undo-undone"


def test_an_old_echo_does_not_undo_a_newer_step(firm, number):
    """The press under the echo of a recorded item, after the same person went on."""
    firm.does(firm.owner, lambda desk: plans.postpone(desk, number, date(2026, 12, 4), None, "忙"))
    assert refused(firm, firm.owner, number, version=2) == "stale"
    assert firm.item(number).postponements == 1


def test_nothing_done_yet(firm):
    assert refused(firm, firm.nobody) == "undo-nothing"
