"""One change from question to truth: history, alarms, all or nothing, stale presses and who was first (A2, A4 rows 36, 37)."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain import course
from bot.domain.action import Deliverable, State, Verb
from bot.domain.alarms import moments
from bot.errors import Refusal
from bot.operations import actions, plans
from bot.operations.change import WEIGHTY, Overtaken, keep
from bot.operations.plans import Wanted
from tests.operations.bench import Firm


def recorded(firm: Firm, **fields: Any) -> int:
    wanted: dict[str, Any] = {
        "text": "输出流程",
        "owner": firm.owner.id,
        "day": date(2026, 11, 27),
        "tracker": firm.tracker.id,
        **fields,
    }
    return firm.does(firm.assigner, lambda desk: plans.record(desk, Wanted(**wanted))).after.number


def refused(firm: Firm, who: Any, act: Any, *, version: int = 0) -> Refusal:
    with pytest.raises(Refusal) as caught:
        firm.does(who, act, version=version)
    return caught.value


class TestWhatIsKept:
    def test_every_change_says_who_when_from_to_and_why(self, firm):
        number = recorded(firm)
        firm.waits(hours=1)
        firm.does(firm.owner, lambda desk: actions.accept(desk, [number]))
        firm.waits(hours=1)
        firm.does(firm.owner, lambda desk: plans.postpone(desk, number, date(2026, 12, 4), None, "等评审"))
        add, accept, postpone = firm.told(number)
        assert (add.by, add.before, add.after.state) == (firm.assigner.id, None, State.PROPOSED)
        assert (accept.before, accept.after.state) == (add.after, State.IN_PROGRESS)
        assert (postpone.verb, postpone.why, postpone.at) == ("postpone", "等评审", firm.now)
        assert postpone.after == firm.item(number)

    def test_the_alarms_are_those_of_the_item_as_it_became(self, firm):
        number = recorded(firm)
        firm.does(firm.owner, lambda desk: actions.accept(desk, [number]))
        expected = firm.does(firm.owner, lambda desk: moments(firm_item(desk, number), desk.now, desk.timetable))
        assert {(one.occasion, one.due_at, one.person) for one in firm.alarms(number)} == {
            (one.occasion, one.due_at, one.person) for one in expected
        }

    def test_a_closed_item_has_none_left(self, firm):
        number = recorded(firm)
        firm.does(firm.assigner, lambda desk: actions.cancel(desk, [number], "不做了"))
        assert firm.alarms(number) == []


class TestSeveral:
    def test_all_of_them(self, firm):
        numbers = [recorded(firm), recorded(firm)]
        facts = firm.does(firm.owner, lambda desk: actions.accept(desk, numbers))
        assert [fact.after.state for fact in facts] == [State.IN_PROGRESS] * 2

    @pytest.mark.parametrize("spoilt", [0, 1, 2])
    def test_or_none(self, firm, spoilt):
        numbers = [recorded(firm) for _ in range(3)]
        firm.does(firm.assigner, lambda desk: actions.cancel(desk, [numbers[spoilt]], "不做了"))
        refused(firm, firm.owner, lambda desk: actions.accept(desk, numbers))
        assert {firm.item(n).state for n in numbers if n != numbers[spoilt]} == {State.PROPOSED}


class TestStalePresses:
    @pytest.mark.parametrize("verb", sorted(WEIGHTY - {Verb.UNDO}))
    def test_a_weighty_verb_on_an_old_card_changes_nothing(self, firm, verb):
        number = recorded(firm)
        seen = firm.item(number).version
        if verb in (Verb.APPROVE, Verb.RETURN):
            firm.does(firm.owner, lambda desk: actions.submit(desk, [number], (Deliverable("v1"),)))
        firm.does(firm.head, lambda desk: plans.edit(desk, number, None, {"criterion": "两次演示"}))
        before = firm.item(number)
        press = {
            Verb.EDIT: lambda desk: plans.edit(desk, number, None, {"criterion": "三次演示"}),
            Verb.POSTPONE: lambda desk: plans.postpone(desk, number, date(2026, 12, 4), None, "忙"),
            Verb.ASSIGN: lambda desk: plans.assign(desk, [number], firm.nobody.id, ""),
            Verb.APPROVE: lambda desk: actions.approve(desk, [number]),
            Verb.RETURN: lambda desk: actions.return_(desk, [number], "缺图"),
            Verb.CANCEL: lambda desk: actions.cancel(desk, [number], "不做了"),
        }[verb]
        late = refused(firm, firm.tracker, press, version=seen)
        assert isinstance(late, Overtaken)
        assert "edit" in [entry.verb for entry in late.since]
        assert firm.item(number) == before

    def test_the_same_line_typed_goes_through(self, firm):
        number = recorded(firm)
        firm.does(firm.head, lambda desk: plans.edit(desk, number, None, {"criterion": "两次演示"}))
        fact = firm.does(firm.tracker, lambda desk: actions.cancel(desk, [number], "不做了"))
        assert fact[0].after.state is State.CANCELLED

    def test_a_light_verb_goes_through_when_the_state_allows(self, firm):
        number = recorded(firm)
        firm.does(firm.head, lambda desk: plans.edit(desk, number, None, {"criterion": "两次演示"}))
        assert firm.does(firm.owner, lambda desk: actions.accept(desk, [number]), version=1)

    @pytest.mark.parametrize("slight", ["note", "nudge"])
    def test_words_and_nudges_make_no_card_stale(self, firm, slight):
        number = recorded(firm)
        act = {
            "note": lambda desk: actions.note(desk, [number], "在做"),
            "nudge": lambda desk: actions.nudge(desk, [number]),
        }
        firm.does(firm.tracker, act[slight])
        assert firm.does(firm.tracker, lambda desk: actions.cancel(desk, [number], "不做了"), version=1)


class TestWhoWasFirst:
    def test_a_double_click_is_told_who_and_when_and_changes_nothing(self, firm):
        number = recorded(firm)
        firm.does(firm.owner, lambda desk: actions.accept(desk, [number]), version=1)
        first = firm.now
        firm.waits(seconds=1)
        late = refused(firm, firm.owner, lambda desk: actions.accept(desk, [number]), version=1)
        assert isinstance(late, Overtaken)
        assert late.first
        assert (late.first.verb, late.first.by, late.first.at) == ("accept", firm.owner.id, first)
        assert len(firm.told(number)) == 2

    def test_a_press_on_a_closed_item_is_told_how_it_closed(self, firm):
        number = recorded(firm)
        firm.does(firm.tracker, lambda desk: actions.cancel(desk, [number], "不做了"))
        late = refused(firm, firm.owner, lambda desk: actions.accept(desk, [number]), version=1)
        assert isinstance(late, Overtaken)
        assert late.first
        assert late.first.verb == "cancel"

    def test_a_verb_that_the_state_never_allowed_is_a_plain_refusal(self, firm):
        number = recorded(firm)
        refusal = refused(firm, firm.tracker, lambda desk: actions.approve(desk, [number]))
        assert (type(refusal), refusal.text) == (Refusal, "wrong-state")

    def test_a_new_item_was_not_reopened_by_its_beginning(self, firm):
        """Who takes it themselves is in progress from the start: nobody `accepted` before them."""
        number = recorded(firm, owner=firm.assigner.id)
        refusal = refused(firm, firm.assigner, lambda desk: actions.accept(desk, [number]))
        assert refusal.text == "wrong-state"


def test_an_unknown_number_is_refused_with_the_way_to_ones_list(firm):
    refusal = refused(firm, firm.owner, lambda desk: actions.accept(desk, [999]))
    assert (refusal.text, refusal.args_["number"]) == ("number-unknown", "A-999")
    assert [offer.command for offer in refusal.offers] == ["/action list"]


def test_two_changes_of_one_version_are_a_conflict_and_the_second_is_refused(firm):
    """A4 row 37: nothing is overwritten."""
    number = recorded(firm)
    stale = firm.item(number)
    firm.does(firm.owner, lambda desk: actions.accept(desk, [number]))

    fact = course.cancel(stale, firm.tracker.id, firm.now + timedelta(1), "不做了")
    assert refused(firm, firm.tracker, lambda desk: keep(desk, fact)).text == "changed-meanwhile"
    assert firm.item(number).state is State.IN_PROGRESS


def firm_item(desk: Any, number: int) -> Any:
    return desk.records.actions.get(number)
