"""Every state × every verb × every hand: the tables that people read, the tables of the code, and what is kept agree
(N2–N7). What is refused changes nothing, whoever tries it and wherever the minutes stand."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain import minutes as module
from bot.domain.captured import Verdict
from bot.domain.facts import Minuted
from bot.domain.meeting import Invitee, Meeting, MeetingState
from bot.domain.minutes import MINUTES_MOVES, Absent, Acknowledged, Decided, Minutes, MinutesState, MinutesVerb
from bot.errors import Refusal
from bot.operations import minutes as operations
from bot.people import Person
from bot.policy import minutes as policy
from tests.operations.bench import AtDesk, Firm

HELD = datetime(2023, 11, 20, 6, 0, tzinfo=UTC)
"""Three years ago, so that deleting asks for the state and the hand alone."""

HANDS = ("recorder", "host", "organizer", "attendee", "absentee", "admin", "nobody")
OF = {"recorder": "owner", "host": "tracker", "organizer": "assigner", "attendee": "supporter", "absentee": "resolver"}

ACTS: dict[MinutesVerb, Callable[[AtDesk, Minutes], object]] = {
    MinutesVerb.EDIT: lambda desk, one: operations.edit(
        desk,
        operations.ready(desk, one.meeting, MinutesVerb.EDIT, one.edition),
        replace(one, more="补充"),
        {"more": ""},
        {"more": "补充"},
    ),
    MinutesVerb.SUBMIT: lambda desk, one: operations.submit(desk, one.meeting),
    MinutesVerb.RETURN: lambda desk, one: operations.return_(desk, one.meeting, "写明"),
    MinutesVerb.APPROVE: lambda desk, one: operations.approve(desk, one.meeting),
    MinutesVerb.ACKNOWLEDGE: lambda desk, one: operations.acknowledge(desk, one.meeting, one.edition),
    MinutesVerb.CORRECT: lambda desk, one: operations.correct(desk, one.meeting, "不对", one.edition),
    MinutesVerb.REVISE: lambda desk, one: operations.revise(desk, one.meeting, "补上"),
    MinutesVerb.DELETE: lambda desk, one: operations.delete(desk, one.meeting),
}


def documented(text: str) -> list[list[str]]:
    rows = [line for line in text.splitlines() if line.startswith("|") and "---" not in line]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def states() -> dict[tuple[MinutesState, MinutesVerb], str]:
    head, *body = documented(module.__doc__ or "")
    return {
        (MinutesState(line[0]), MinutesVerb(verb)): cell
        for line in body
        for verb, cell in zip(head[1:], line[1:], strict=True)
    }


def rights() -> dict[MinutesVerb, dict[str, str]]:
    head, *body = documented(policy.__doc__ or "")
    return {
        MinutesVerb(verb): dict(zip(head[1:], line[1:], strict=True))
        for line in body
        for verb in re.split(r",\s*", line[0])
    }


def test_the_tables_have_every_state_verb_and_hand():
    assert {state for state, _ in states()} == set(MinutesState)
    assert {verb for _, verb in states()} == set(MINUTES_MOVES) == set(policy.MINUTES_MAY) == set(rights()) == set(ACTS)
    assert all(set(row) == {*policy.Hand} for row in rights().values())


@pytest.mark.parametrize("state", MinutesState)
def test_what_the_state_allows_is_what_the_table_says(state):
    for verb in ACTS:
        written = states()[state, verb] != "—"
        assert written == (state in MINUTES_MOVES[verb]), f"{state} {verb}"


@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize("state", MinutesState)
def test_who_may_do_what_in_which_state(firm, state, hand):
    for verb, act in ACTS.items():
        there = given(firm, state)
        marked = rights()[verb].get(hand, "")
        allowed = states()[state, verb] != "—" and marked.startswith("yes") and not hidden(state, hand)
        assert tried(firm, person(firm, hand), act, there) == allowed, f"{hand} {verb} {state}"
        if not allowed:
            assert kept(firm, there) == there


def hidden(state: MinutesState, hand: str) -> bool:
    """N2: a draft is no reader's."""
    return state in (MinutesState.DRAFT, MinutesState.SUBMITTED) and hand in ("attendee", "absentee", "nobody")


def test_nobody_approves_as_admin_what_they_recorded(firm):
    there = given(firm, MinutesState.SUBMITTED, recorder=firm.admin.id)
    with pytest.raises(Refusal) as refused:
        firm.does(firm.admin, lambda desk: operations.approve(desk, there.meeting))
    assert refused.value.text == "minutes-may-not"


@pytest.mark.parametrize("verb", ACTS)
def test_of_confidential_ones_nobody_may_anything_who_may_not_read_them(firm, verb):
    there = given(firm, MinutesState.DISTRIBUTED, confidential=True, readers=(firm.owner.id, firm.tracker.id))
    for who in (firm.admin, firm.assigner, firm.head, firm.supporter):
        with pytest.raises(Refusal) as refused:
            firm.does(who, lambda desk: ACTS[verb](desk, there))
        assert (refused.value.text, refused.value.args_) == ("confidential", {"meeting": "M-1"})
    assert kept(firm, there) == there


def test_the_last_to_acknowledge_archives_them(firm):
    both = (firm.supporter.id, firm.nobody.id)
    there = given(firm, MinutesState.DISTRIBUTED, must=both, present=both)
    firm.does(firm.supporter, lambda desk: operations.acknowledge(desk, there.meeting, None))
    assert kept(firm, there).state is MinutesState.DISTRIBUTED
    firm.does(firm.nobody, lambda desk: operations.acknowledge(desk, there.meeting, None))
    assert (kept(firm, there).state, kept(firm, there).archived_at) == (MinutesState.ARCHIVED, firm.now)


def test_where_nobody_has_to_acknowledge_approval_archives_them(firm):
    there = given(firm, MinutesState.SUBMITTED, must=())
    fact = firm.does(firm.tracker, lambda desk: operations.approve(desk, there.meeting))
    assert fact.after.state is MinutesState.ARCHIVED


def test_a_weighty_press_on_a_card_that_has_changed_since_changes_nothing(firm):
    there = given(firm, MinutesState.SUBMITTED)
    for act in (operations.approve, lambda desk, number: operations.return_(desk, number, "写明")):
        with pytest.raises(Refusal) as refused:
            firm.does(firm.tracker, lambda desk, act=act: act(desk, there.meeting), version=there.version + 1)
        assert refused.value.text == "minutes-changed"
    assert kept(firm, there) == there


def test_a_resumed_meeting_makes_its_draft_anew_unless_somebody_wrote_in_it(firm):
    there = given(firm, MinutesState.DRAFT)
    meeting = firm.keeps(lambda records: records.meetings.get(there.meeting))
    again: Minuted | None = firm.does(firm.tracker, lambda desk: operations.draft(desk, meeting))
    assert again is not None
    assert (again.after.edition, again.after.version) == (1, 2)
    more: Minuted | None = firm.does(firm.tracker, lambda desk: operations.draft(desk, meeting))
    assert more is not None, "what is settled after the end may make it anew several times"
    assert more.after.version == 3
    firm.does(firm.owner, lambda desk: ACTS[MinutesVerb.EDIT](desk, more.after))
    assert firm.does(firm.tracker, lambda desk: operations.draft(desk, meeting)) is None


def person(firm: Firm, hand: str) -> Person:
    found: Person = getattr(firm, OF.get(hand, hand))
    return found


def given(firm: Firm, state: MinutesState, **fields: object) -> Minutes:
    """Minutes of another meeting in that state, with what belongs to it."""
    meeting = Meeting(
        "Q3", "regular", firm.assigner.id, HELD, 60, "Asia/Shanghai", HELD, state=MeetingState.ENDED, host=firm.tracker.id,
        recorder=firm.owner.id, invitees=(Invitee(firm.supporter.id, here_at=HELD),), started_at=HELD, ended_at=HELD,
    )  # fmt: skip
    number = firm.keeps(lambda records: records.meetings.add(meeting)).number
    made = Minutes(
        number, 1, "Q3", "regular", HELD, HELD + timedelta(hours=1), "Asia/Shanghai", firm.assigner.id, firm.tracker.id,
        firm.owner.id, HELD + timedelta(hours=25), HELD, state=state, present=(firm.supporter.id, firm.owner.id),
        absent=(Absent(firm.resolver.id),), must=(firm.supporter.id,), decisions=(Decided("上线", Verdict.AGREED),),
    )  # fmt: skip
    made = replace(made, **true_to(firm, state), **fields)
    firm.keeps(lambda records: records.archive.add(made))
    return made


def true_to(firm: Firm, state: MinutesState) -> dict[str, object]:
    sent: dict[str, object] = {"submitted_at": HELD, "approved_at": HELD}
    more: dict[MinutesState, dict[str, object]] = {
        MinutesState.SUBMITTED: {"submitted_at": HELD},
        MinutesState.DISTRIBUTED: sent,
        MinutesState.ARCHIVED: {**sent, "archived_at": HELD, "acknowledged": (Acknowledged(firm.supporter.id, HELD),)},
        MinutesState.SUPERSEDED: sent,
    }
    return more.get(state, {})


def kept(firm: Firm, there: Minutes) -> Minutes:
    found = firm.keeps(lambda records: records.archive.get(there.meeting, 1))
    assert found is not None
    return found


def tried(firm: Firm, who: Person, act: Callable[[AtDesk, Minutes], object], there: Minutes) -> bool:
    try:
        firm.does(who, lambda desk: act(desk, there))
    except Refusal:
        return False
    return True
