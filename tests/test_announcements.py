"""Who hears what: every verb, nobody of their own act, nobody twice, nobody in quiet hours (T3)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.announcements import Desk, notices
from bot.announcements.items import STRENGTH, TAKEN_BACK, together
from bot.calendar import Calendar, Quiet
from bot.directory import Directory
from bot.domain.action import Action, Block, Due, Priority, State, Supporter, Verb
from bot.domain.facts import Changed
from bot.people import Account, Department, Person
from bot.store import Notice
from bot.views.notices import MOMENTS
from bot.workplace import Workplace

NOON = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
OWNER, ASSIGNER, TRACKER, HEAD, HELPER, RESOLVER, OTHER = range(1, 8)
TEAM, OTHERS = 1, 2


def desk() -> Desk:
    people = [Person(id, f"p{id}", "Asia/Shanghai", "en", accounts=(Account("web", str(id)),)) for id in range(1, 8)]
    departments = [Department(TEAM, "Team", HEAD), Department(OTHERS, "Others", HELPER)]
    directory = Directory.of(people, departments, fallback="Asia/Shanghai")
    return Desk(directory, Workplace("Office", "en", "Asia/Shanghai", Calendar.of(), Quiet()))


def item(**fields) -> Action:
    day = date(2026, 11, 27)
    due = Due(day, datetime(2026, 11, 27, 10, 0, tzinfo=UTC))
    given_ = {"tracker": TRACKER, "number": 42, "version": 3, "department": TEAM, "state": State.IN_PROGRESS, **fields}
    return Action("do it", OWNER, ASSIGNER, due=due, first_due=day, created_at=NOON, asked_at=NOON, **given_)


def told(verb: Verb, by: int, before: Action | None, after: Action, at: datetime = NOON, **more) -> dict[int, str]:
    found = notices(Changed(verb, before, after, by, at, **more), desk())
    assert len({notice.to for notice in found}) == len(found), "somebody hears twice of one fact"
    return {notice.to: notice.moment for notice in found if isinstance(notice.to, int)}


def test_a_new_item_asks_the_owner_and_informs_those_who_help_and_a_tracker_named_by_somebody_else():
    new = item(supporters=(Supporter(person=RESOLVER), Supporter(department=OTHERS)))
    assert told(Verb.ADD, ASSIGNER, None, new) == {
        OWNER: "request", TRACKER: "informed", RESOLVER: "informed", HELPER: "informed",
    }  # fmt: skip


def test_ones_own_item_asks_nobody():
    mine = replace(item(), assigner=OWNER, tracker=OWNER)
    assert told(Verb.ADD, OWNER, None, mine) == {}


@pytest.mark.parametrize("verb", [Verb.ACCEPT, Verb.NOTE, Verb.SNOOZE])
def test_what_only_changes_the_card_is_announced_to_nobody(verb):
    assert told(verb, OWNER, item(), item(version=4)) == {}


def test_what_is_asked_of_one_person_about_several_items_is_one_message():
    """A14: also when others hear something else of the same command."""
    asked = [Notice(OTHER, "request", (f"A-{n}",), f"A-{n}:v2:request:P4", NOON) for n in (1, 2)]
    one, tells = replace(asked[0], to=HEAD, subjects=("A-3",)), replace(asked[0], to=OWNER, moment="handed_over")
    whole, *alone = together([asked[0], tells, one, asked[1]])
    assert (whole.to, whole.moment, whole.subjects) == (OTHER, "requests", ("A-1", "A-2"))
    assert alone == [tells, one]
    assert together([asked[0], tells, one]) == [asked[0], tells, one]
    assert [notice.moment for notice in together([tells, replace(tells, subjects=("A-2",))])] == ["handed_all"]


CASES = [
    (Verb.DECLINE, OWNER, {}, {"state": State.DECLINED}, {ASSIGNER: "declined"}),
    (Verb.SUBMIT, OWNER, {}, {"state": State.SUBMITTED}, {TRACKER: "verify"}),
    (Verb.SUBMIT, OWNER, {"tracker": OWNER}, {"state": State.DONE, "tracker": OWNER}, {ASSIGNER: "approved"}),
    (Verb.APPROVE, TRACKER, {}, {"state": State.DONE}, {OWNER: "approved", ASSIGNER: "approved"}),
    (Verb.APPROVE, ASSIGNER, {"tracker": ASSIGNER}, {"state": State.DONE, "tracker": ASSIGNER}, {OWNER: "approved"}),
    (Verb.RETURN, TRACKER, {}, {}, {OWNER: "returned"}),
    (Verb.POSTPONE, OWNER, {}, {"postponements": 1}, {TRACKER: "postponed", ASSIGNER: "postponed"}),
    (Verb.POSTPONE, TRACKER, {}, {"postponements": 2}, {OWNER: "postponed", ASSIGNER: "postponed"}),
    (
        Verb.POSTPONE, OWNER, {}, {"postponements": 3},
        {HEAD: "postponed_often", TRACKER: "postponed", ASSIGNER: "postponed"},
    ),
    (Verb.EDIT, ASSIGNER, {}, {"place": "room 3"}, {OWNER: "edited"}),
    (Verb.EDIT, ASSIGNER, {}, {"criterion": "signed"}, {OWNER: "edited", TRACKER: "edited"}),
    (Verb.EDIT, ASSIGNER, {}, {"tracker": OTHER}, {OWNER: "edited", TRACKER: "edited", OTHER: "informed"}),
    (
        Verb.EDIT, ASSIGNER, {"state": State.SUBMITTED}, {"state": State.SUBMITTED, "tracker": OTHER},
        {OWNER: "edited", TRACKER: "edited", OTHER: "verify"},
    ),
    (
        Verb.EDIT, ASSIGNER, {"supporters": (Supporter(OTHER),)},
        {"supporters": (Supporter(OTHER), Supporter(RESOLVER), Supporter(department=OTHERS))},
        {OWNER: "edited", RESOLVER: "informed", HELPER: "informed"},
    ),
    (Verb.ASSIGN, ASSIGNER, {}, {"owner": OTHER}, {OTHER: "request", OWNER: "handed_over"}),
    (Verb.ASSIGN, OTHER, {}, {"owner": OTHER}, {OWNER: "handed_over"}),
    (Verb.CANCEL, ASSIGNER, {}, {"state": State.CANCELLED}, {OWNER: "cancelled"}),
    (Verb.REOPEN, ASSIGNER, {"state": State.DONE}, {}, {OWNER: "reopened", TRACKER: "reopened"}),
    (Verb.NUDGE, ASSIGNER, {}, {}, {OWNER: "nudged"}),
    (Verb.NUDGE, ASSIGNER, {}, {"state": State.SUBMITTED}, {TRACKER: "nudged"}),
]  # fmt: skip


def changed(before: dict, after: dict) -> tuple[Action, Action]:
    was = replace(item(), **before)
    return was, replace(was, **{"version": 4, **after})


@pytest.mark.parametrize(("verb", "by", "before", "after", "expected"), CASES)
def test_each_verb(verb, by, before, after, expected):
    assert told(verb, by, *changed(before, after)) == expected


BLOCKED = {"state": State.BLOCKED, "block": Block("no access", RESOLVER, date(2026, 11, 20))}


def test_a_block_asks_who_can_resolve_it_and_tells_the_tracker_and_an_owner_who_did_not_do_it():
    assert told(Verb.BLOCK, OWNER, *changed({}, BLOCKED)) == {RESOLVER: "blocked", TRACKER: "blocked_told"}
    assert told(Verb.BLOCK, TRACKER, *changed({}, BLOCKED)) == {RESOLVER: "blocked", OWNER: "blocked_told"}
    assert told(Verb.UNBLOCK, RESOLVER, *changed(BLOCKED, {"state": State.IN_PROGRESS, "block": None})) == {
        OWNER: "unblocked"
    }


def test_a_cancelled_block_is_told_to_who_was_to_resolve_it():
    off = {"state": State.CANCELLED, "block": None}
    assert told(Verb.CANCEL, ASSIGNER, *changed(BLOCKED, off)) == {OWNER: "cancelled", RESOLVER: "cancelled"}


def test_the_strongest_moment_wins():
    """A head who assigned it hears that it was postponed too often, and nothing else."""
    was, now = changed({"assigner": HEAD}, {"postponements": 3})
    assert told(Verb.POSTPONE, OWNER, was, now) == {HEAD: "postponed_often", TRACKER: "postponed"}


def test_of_a_heads_own_item_that_is_postponed_too_often_the_tracker_hears_where_nobody_is_above():
    was, now = changed({"owner": HEAD}, {"postponements": 3})
    assert told(Verb.POSTPONE, ASSIGNER, was, now) == {HEAD: "postponed", TRACKER: "postponed_often"}


UNDOING = [
    (Verb.ADD, ASSIGNER, None, {}, {OWNER: "cancelled", TRACKER: "cancelled"}),
    (Verb.DECLINE, OWNER, {"state": State.PROPOSED}, {"state": State.DECLINED}, {ASSIGNER: "reopened"}),
    (Verb.SUBMIT, OWNER, {}, {"state": State.SUBMITTED}, {TRACKER: "reopened"}),
    (Verb.RETURN, TRACKER, {"state": State.SUBMITTED}, {}, {OWNER: "edited"}),
    (Verb.BLOCK, OWNER, {}, BLOCKED, {RESOLVER: "unblocked", TRACKER: "unblocked"}),
    (Verb.UNBLOCK, RESOLVER, BLOCKED, {"state": State.IN_PROGRESS, "block": None}, {OWNER: "blocked_told"}),
    (Verb.CANCEL, ASSIGNER, {}, {"state": State.CANCELLED}, {OWNER: "reopened"}),
    (Verb.REOPEN, ASSIGNER, {"state": State.DONE}, {}, {OWNER: "approved", TRACKER: "approved"}),
    (Verb.REOPEN, ASSIGNER, {"state": State.SUBMITTED}, {}, {OWNER: "edited", TRACKER: "verify"}),
    (
        Verb.ASSIGN, ASSIGNER, {"state": State.PROPOSED}, {"owner": OTHER, "state": State.PROPOSED},
        {OTHER: "handed_over", OWNER: "request"},
    ),
    (Verb.NUDGE, ASSIGNER, {}, {}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("undone", "by", "before", "after", "expected"), UNDOING)
def test_an_undo_reaches_whoever_had_been_told(undone, by, before, after, expected):
    was, now = changed(before or {}, after)
    back = replace(was, version=5) if before is not None else replace(now, version=5, state=State.CANCELLED)
    assert told(Verb.UNDO, by, now, back, undone=undone) == expected


def test_every_moment_has_a_view_a_strength_and_something_that_takes_it_back():
    assert set(STRENGTH) <= MOMENTS.keys()
    assert set(STRENGTH) - TAKEN_BACK.keys() == {"request", "handed_over", "reopened", "nudged"}


def one(at: datetime, **fields) -> Notice:
    return notices(Changed(Verb.DECLINE, item(), item(version=4, **fields), OWNER, at, "no time"), desk())[0]


def test_a_notice_waits_for_the_end_of_quiet_hours_and_of_days_off():
    shanghai = ZoneInfo("Asia/Shanghai")
    friday_night = datetime(2026, 11, 20, 21, 0, tzinfo=shanghai)
    assert one(friday_night).not_before == datetime(2026, 11, 23, 8, 30, tzinfo=shanghai)
    assert one(NOON).not_before == NOON


def test_a_high_priority_opens_nobodys_quiet_hours():
    night = datetime(2026, 11, 18, 14, 0, tzinfo=UTC)
    assert one(night, priority=Priority.HIGH).not_before > night
    assert not one(night, priority=Priority.HIGH).urgent


def test_the_view_is_told_why_by_whom_and_from_which_day():
    was = item()
    later = replace(was.due, day=date(2026, 12, 4), at=datetime(2026, 12, 4, 10, tzinfo=UTC))
    fact = Changed(Verb.POSTPONE, was, replace(was, due=later, postponements=1, version=4), OWNER, NOON, "waiting")
    assert notices(fact, desk())[0].args == {
        "by": OWNER, "version": 4, "why": "waiting", "changes": ["due", "postponements"], "day": "2026-11-27",
    }  # fmt: skip


people = st.integers(1, 7)
items = st.builds(
    item,
    state=st.sampled_from(State),
    tracker=people,
    postponements=st.integers(0, 5),
    block=st.none() | st.builds(Block, st.just("x"), people, st.just(date(2026, 11, 20))),
    supporters=st.lists(st.builds(Supporter, person=people) | st.just(Supporter(department=OTHERS)), max_size=3).map(
        tuple
    ),
).flatmap(lambda made: st.builds(replace, st.just(made), owner=people, assigner=people))


@pytest.mark.slow
@given(st.sampled_from(Verb), st.none() | items, items, people, st.none() | st.sampled_from(Verb))
def test_whatever_happens_the_doer_hears_nothing_and_nobody_hears_twice(verb, before, after, by, undone):
    fact = Changed(verb, before, replace(after, version=9), by, NOON, undone=undone if verb is Verb.UNDO else None)
    found = notices(fact, desk())
    assert by not in [notice.to for notice in found]
    assert len({notice.to for notice in found}) == len(found) == len({notice.key for notice in found})
    assert all(notice.moment in MOMENTS and notice.subjects == (after.label,) for notice in found)
    assert [STRENGTH.index(notice.moment) for notice in found] == sorted(
        STRENGTH.index(notice.moment) for notice in found
    )
