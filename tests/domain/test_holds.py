"""Ringing asks the truth again: what an item would not set any more is not said; what it set, it says (A6)."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.action import OPEN, Action, Block, Cadence, State
from bot.domain.alarms import Alarm, Occasion, beside, course, holds, moments
from tests.domain.given import OWNER, RESOLVER, SHANGHAI, SOMEBODY, TRACKER, WEDNESDAY, due, item, timetable

TABLE = timetable()


@st.composite
def items(draw: st.DrawFn) -> Action:
    """Any open item of the autumn of 2026, in any state, perhaps paused, daily, late or far."""
    state = draw(st.sampled_from(sorted(OPEN)))
    day = date(2026, 9, 1) + timedelta(draw(st.integers(0, 120)))
    asked = WEDNESDAY + timedelta(hours=draw(st.integers(-900, 900)))
    fields: dict[str, object] = {"asked_at": asked, "cadence": draw(st.sampled_from(Cadence))}
    if state is State.BLOCKED:
        fields["block"] = Block(
            "等", draw(st.sampled_from((RESOLVER, TRACKER))), day + timedelta(draw(st.integers(-9, 9)))
        )
    if state is State.SUBMITTED:
        fields["submitted_at"] = asked
    if draw(st.booleans()):
        fields["snoozed_until"] = WEDNESDAY + timedelta(hours=draw(st.integers(-900, 900)))
    return item(state, day=day, **fields)


instants = st.integers(-2_000, 2_000).map(lambda hours: WEDNESDAY + timedelta(hours=hours))


@given(items(), instants)
def test_what_an_item_sets_holds_while_nothing_changes(action, now):
    assert all(holds(alarm, action, TABLE) for alarm in moments(action, now, TABLE))


@given(items(), instants)
def test_an_alarms_part_of_the_course_is_part_of_the_whole(action, now):
    whole = course(action, now, TABLE)
    for alarm in whole:
        assert alarm in beside(alarm, action, now, TABLE)
        assert set(beside(alarm, action, now, TABLE)) <= set(whole)


@given(items(), instants)
def test_everything_set_lies_ahead_and_names_its_item(action, now):
    for alarm in moments(action, now, TABLE):
        assert alarm.due_at > now
        assert alarm.subject == "A-42"
        assert alarm.occasion.partition(":")[2], "an occasion carries its day or instant, so it rings once for ever"


@given(items(), instants)
def test_an_occasion_rings_at_one_moment(action, now):
    found = moments(action, now, TABLE)
    assert len({alarm.occasion for alarm in found}) == len(found)


@given(items(), instants, st.integers(0, 2_000))
def test_time_alone_sets_only_new_days_of_what_repeats(action, now, hours):
    """What is ahead tomorrow was ahead today, but for the daily questions, and what a pause held back."""
    later = now + timedelta(hours=hours)
    repeating = (Occasion.OVERDUE, Occasion.ASK)
    paused = action.snoozed_until is not None and action.snoozed_until > now
    fresh = [a for a in moments(action, later, TABLE) if a.why not in repeating]
    if not paused:
        assert set(fresh) <= set(moments(action, now, TABLE))


def ringing(action: Action, why: Occasion, now: datetime = WEDNESDAY) -> Alarm:
    return next(alarm for alarm in moments(action, now, TABLE) if alarm.why is why)


def test_a_reminder_of_an_old_day_is_silent_after_a_postponement():
    alarm = ringing(item(), Occasion.BEFORE)
    assert holds(alarm, item(), TABLE)
    assert not holds(alarm, item(day=date(2026, 12, 11)), TABLE)


def test_a_question_to_the_old_owner_is_silent_after_a_handover():
    alarm = ringing(item(), Occasion.DUE)
    assert alarm.person == OWNER
    assert not holds(alarm, item(owner=SOMEBODY), TABLE)


def test_nothing_of_a_finished_item_is_said():
    for alarm in moments(item(), WEDNESDAY, TABLE):
        assert not holds(alarm, item(State.DONE), TABLE)


def test_a_reminder_is_silent_while_its_owner_has_paused_it():
    alarm = ringing(item(), Occasion.BEFORE)
    assert not holds(alarm, item(snoozed_until=alarm.due_at + timedelta(hours=1)), TABLE)


def test_a_risk_of_an_accepted_postponement_is_silent():
    alarm = ringing(item(), Occasion.RISK)
    assert not holds(alarm, item(day=date(2026, 12, 2)), TABLE)


def test_a_late_sweep_still_says_what_holds():
    """After an outage each rings once, late: nothing depends on when it is rung, only on when it was due."""
    alarm = ringing(item(), Occasion.OVERDUE, datetime(2026, 11, 27, 19, tzinfo=SHANGHAI))
    assert alarm.due_at == datetime(2026, 11, 30, 9, tzinfo=SHANGHAI)
    assert holds(alarm, item(due=due()), TABLE)
