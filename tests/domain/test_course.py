"""The rules of each verb beyond its states: reasons, days, what is kept and what is cleared (A2–A5, A14, M3, M6)."""

from datetime import date, time, timedelta

import pytest

from bot.domain import course
from bot.domain.action import OPEN, Block, Deliverable, Priority, State, Supporter, Verb
from bot.domain.rules import Rules
from bot.errors import Refusal
from tests.domain.given import ASSIGNER, OWNER, RESOLVER, SOMEBODY, TRACKER, WEDNESDAY, due, item

NOW = WEDNESDAY + timedelta(hours=2)
LATER = due(date(2026, 12, 4))


def refused(does) -> Refusal:
    with pytest.raises(Refusal) as caught:
        does()
    return caught.value


class TestAdding:
    def test_a_new_item_is_proposed_to_its_owner(self):
        fact = course.add(item(State.PROPOSED))
        assert (fact.verb, fact.before, fact.after.state, fact.by) == (Verb.ADD, None, State.PROPOSED, ASSIGNER)

    def test_who_takes_it_themselves_has_accepted_it(self):
        assert course.add(item(State.PROPOSED, assigner=OWNER)).after.state is State.IN_PROGRESS


class TestReasons:
    @pytest.mark.parametrize("why", ["", " ", "\n\t", "\u3000"])
    @pytest.mark.parametrize(
        ("verb", "does"),
        [
            ("decline", lambda why: course.decline(item(State.PROPOSED), OWNER, NOW, why)),
            ("return", lambda why: course.return_(item(State.SUBMITTED), TRACKER, NOW, why)),
            ("postpone", lambda why: course.postpone(item(), OWNER, NOW, LATER, why)),
            ("block", lambda why: course.block(item(), OWNER, NOW, Block(why, RESOLVER, NOW.date()), NOW.date())),
            ("cancel", lambda why: course.cancel(item(), ASSIGNER, NOW, why)),
            ("reopen", lambda why: course.reopen(item(State.DONE), TRACKER, NOW, why)),
            ("note", lambda why: course.note(item(), OWNER, NOW, why)),
        ],
    )
    def test_an_empty_one_is_refused_at_its_field(self, verb, does, why):
        refusal = refused(lambda: does(why))
        assert (refusal.text, refusal.field, refusal.args_["verb"]) == ("needs-reason", "why", verb)

    def test_it_is_kept_as_written(self):
        """T5."""
        why = "  等 <法务> & 评审 \n第二行 "
        assert course.postpone(item(), OWNER, NOW, LATER, why).why == why


class TestDelivering:
    def test_needs_something_to_look_at(self):
        refusal = refused(lambda: course.submit(item(), OWNER, NOW, ()))
        assert (refusal.text, refusal.field) == ("submit-needs-deliverable", "deliverable")

    def test_adds_to_what_was_handed_over_before(self):
        before = item(deliverables=(Deliverable("v1"),))
        after = course.submit(before, OWNER, NOW, (Deliverable("v2", "https://x.example/v2"),)).after
        assert [one.text for one in after.deliverables] == ["v1", "v2"]

    def test_ends_a_block_and_a_pause(self):
        after = course.submit(
            item(State.BLOCKED, snoozed_until=NOW + timedelta(1)), OWNER, NOW, (Deliverable("x"),)
        ).after
        assert (after.block, after.snoozed_until, after.submitted_at) == (None, None, NOW)

    def test_a_return_forgets_the_submission_but_keeps_the_deliverable(self):
        after = course.return_(item(State.SUBMITTED), TRACKER, NOW, "缺图").after
        assert (after.submitted_at, len(after.deliverables)) == (None, 1)


class TestPostponing:
    @pytest.mark.parametrize("days", [0, -1, -30])
    def test_needs_a_later_day(self, days):
        sooner = due(date(2026, 11, 27) + timedelta(days))
        refusal = refused(lambda: course.postpone(item(), OWNER, NOW, sooner, "忙"))
        assert (refusal.text, refusal.field) == ("postpone-needs-later", "due")

    def test_a_later_hour_of_the_same_day_is_later(self):
        hour = due(hour=time(20))
        assert course.postpone(item(), OWNER, NOW, hour, "忙").after.due == hour

    def test_counts_and_keeps_the_first_day(self):
        """A4: the on-time figure."""
        once = course.postpone(item(), OWNER, NOW, LATER, "忙").after
        twice = course.postpone(once, OWNER, NOW, due(date(2026, 12, 11)), "忙").after
        assert (twice.postponements, twice.first_due, twice.due.day) == (2, date(2026, 11, 27), date(2026, 12, 11))


class TestBlocking:
    def test_its_day_may_be_today_and_not_before(self):
        today = NOW.date()
        assert course.block(item(), OWNER, NOW, Block("等", RESOLVER, today), today).after.state is State.BLOCKED
        refusal = refused(lambda: course.block(item(), OWNER, NOW, Block("等", RESOLVER, today - timedelta(1)), today))
        assert (refusal.text, refusal.field) == ("block-until-past", "until")

    def test_the_state_is_asked_before_the_day(self):
        past = Block("等", RESOLVER, date(2026, 1, 1))
        assert refused(lambda: course.block(item(State.DONE), OWNER, NOW, past, NOW.date())).text == "wrong-state"


class TestEditing:
    def test_nothing_different_is_said(self):
        assert refused(lambda: course.edit(item(), OWNER, NOW, text="输出流程")).text == "edit-nothing"

    def test_only_what_is_said_changes(self):
        before = item(criterion="有图", place="三楼")
        after = course.edit(before, OWNER, NOW, criterion="有流程图", priority=Priority.HIGH).after
        assert (after.criterion, after.priority, after.place, after.text) == (
            "有流程图",
            Priority.HIGH,
            "三楼",
            before.text,
        )

    @pytest.mark.parametrize("state", sorted(OPEN - {State.PROPOSED}))
    def test_a_later_day_of_an_accepted_item_is_a_postponement(self, state):
        assert refused(lambda: course.edit(item(state), OWNER, NOW, due=LATER)).text == "edit-is-postpone"

    def test_an_earlier_day_is_a_correction(self):
        sooner = due(date(2026, 11, 20))
        after = course.edit(item(), OWNER, NOW, due=sooner).after
        assert (after.due, after.first_due, after.postponements) == (sooner, date(2026, 11, 27), 0)

    def test_before_it_is_accepted_any_day_is_a_correction_of_the_first(self):
        after = course.edit(item(State.PROPOSED), ASSIGNER, NOW, due=LATER).after
        assert (after.due, after.first_due, after.postponements) == (LATER, date(2026, 12, 4), 0)


class TestAssigning:
    def test_the_new_owner_is_asked_anew(self):
        """M6."""
        after = course.assign(item(State.POSTPONED), ASSIGNER, NOW, SOMEBODY, due(), 7, "休假").after
        assert (after.state, after.owner, after.asked_at, after.department) == (State.PROPOSED, SOMEBODY, NOW, 7)

    def test_what_goes_back_to_who_assigned_it_is_assigned_by_who_gives_it(self):
        """M6: or they would decline it to themselves."""
        back = course.assign(item(), OWNER, NOW, ASSIGNER, due(), None, "不归我管").after
        assert (back.state, back.owner, back.assigner) == (State.PROPOSED, ASSIGNER, OWNER)
        taken = course.assign(item(), ASSIGNER, NOW, ASSIGNER, due(), None, "").after
        assert (taken.state, taken.owner, taken.assigner) == (State.IN_PROGRESS, ASSIGNER, ASSIGNER)

    def test_a_block_a_pause_and_a_submission_stay_behind(self):
        before = item(State.BLOCKED, snoozed_until=NOW + timedelta(1), submitted_at=NOW)
        after = course.assign(before, ASSIGNER, NOW, SOMEBODY, due(), None, "").after
        assert (after.block, after.snoozed_until, after.submitted_at) == (None, None, None)

    def test_a_supporter_who_becomes_the_owner_supports_no_longer(self):
        helped = item(supporters=(Supporter(person=SOMEBODY), Supporter(person=RESOLVER)))
        after = course.assign(helped, ASSIGNER, NOW, SOMEBODY, due(), None, "").after
        assert after.supporters == (Supporter(person=RESOLVER),)

    def test_the_same_owner_is_nobody_new(self):
        assert refused(lambda: course.assign(item(), ASSIGNER, NOW, OWNER, due(), None, "")).text == "assign-same-owner"

    def test_who_declined_can_be_asked_again(self):
        after = course.assign(item(State.DECLINED), ASSIGNER, NOW, OWNER, due(), None, "再想想").after
        assert after.state is State.PROPOSED


class TestPausing:
    @pytest.mark.parametrize("lapse", [timedelta(), timedelta(hours=-1)])
    def test_ends_ahead(self, lapse):
        assert refused(lambda: course.snooze(item(), OWNER, NOW, NOW + lapse)).text == "snooze-past"

    def test_a_nudge_is_throttled_and_says_when_the_next_may_come(self):
        rules = Rules(nudge_pause=timedelta(hours=4))
        once = course.nudge(item(), ASSIGNER, NOW, rules).after
        refusal = refused(lambda: course.nudge(once, TRACKER, NOW + timedelta(hours=4, seconds=-1), rules))
        assert (refusal.text, refusal.args_["again"]) == ("nudge-too-soon", NOW + timedelta(hours=4))
        assert course.nudge(once, TRACKER, NOW + timedelta(hours=4), rules).after.nudged_at == NOW + timedelta(hours=4)

    @pytest.mark.parametrize(
        ("state", "who"),
        [
            (State.PROPOSED, OWNER), (State.IN_PROGRESS, OWNER), (State.POSTPONED, OWNER), (State.SUBMITTED, TRACKER),
            (State.BLOCKED, RESOLVER), (State.DECLINED, ASSIGNER),
        ],
    )  # fmt: skip
    def test_a_nudge_goes_to_whoever_must_act(self, state, who):
        assert course.must_act(item(state)) == who


class TestUndoing:
    def test_restores_everything_but_the_number_and_the_count_of_changes(self):
        before = item()
        fact = course.postpone(before, OWNER, NOW, LATER, "忙")
        back = course.undo(fact.after, before, Verb.POSTPONE, OWNER, NOW + timedelta(minutes=1))
        assert (back.after.due, back.after.postponements, back.after.state) == (before.due, 0, before.state)
        assert (back.verb, back.undone, back.after.version) == (Verb.UNDO, Verb.POSTPONE, fact.after.version + 1)

    def test_a_new_item_is_withdrawn_not_deleted(self):
        back = course.undo(item(State.PROPOSED), None, Verb.ADD, ASSIGNER, NOW).after
        assert (back.state, back.finished_at, back.number) == (State.CANCELLED, NOW, 42)
