"""Every state × every verb: the table that people read in the module, the table MOVES, and what the course does agree."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.domain import action as module
from bot.domain import course
from bot.domain.action import CLOSED, MOVES, OPEN, Action, Block, Deliverable, State, Verb
from bot.domain.facts import Changed
from bot.domain.rules import Rules
from bot.errors import Refusal
from tests.domain.given import OWNER, RESOLVER, SOMEBODY, TRACKER, WEDNESDAY, due, item

LATER = due(date(2026, 12, 4))
NOW = WEDNESDAY + timedelta(hours=2)

DOES: dict[Verb, Callable[[Action, int], Changed]] = {
    Verb.ACCEPT: lambda a, by: course.accept(a, by, NOW),
    Verb.DECLINE: lambda a, by: course.decline(a, by, NOW, "没空"),
    Verb.SUBMIT: lambda a, by: course.submit(a, by, NOW, (Deliverable("v1"),)),
    Verb.APPROVE: lambda a, by: course.approve(a, by, NOW),
    Verb.RETURN: lambda a, by: course.return_(a, by, NOW, "缺图"),
    Verb.BLOCK: lambda a, by: course.block(a, by, NOW, Block("等接口", RESOLVER, date(2026, 11, 20)), NOW.date()),
    Verb.UNBLOCK: lambda a, by: course.unblock(a, by, NOW),
    Verb.POSTPONE: lambda a, by: course.postpone(a, by, NOW, LATER, "等评审"),
    Verb.EDIT: lambda a, by: course.edit(a, by, NOW, criterion="有图"),
    Verb.ASSIGN: lambda a, by: course.assign(a, by, NOW, SOMEBODY, a.due, None, ""),
    Verb.NOTE: lambda a, by: course.note(a, by, NOW, "在做"),
    Verb.SNOOZE: lambda a, by: course.snooze(a, by, NOW, NOW + timedelta(hours=2)),
    Verb.NUDGE: lambda a, by: course.nudge(a, by, NOW, Rules()),
    Verb.CANCEL: lambda a, by: course.cancel(a, by, NOW, "不做了"),
    Verb.REOPEN: lambda a, by: course.reopen(a, by, NOW, "还差一点"),
}
KEEPING = frozenset({Verb.EDIT, Verb.NOTE, Verb.SNOOZE, Verb.NUDGE})


def documented() -> dict[tuple[State, Verb], str]:
    """The table in the module's docstring: (state, verb) → the cell."""
    rows = [line for line in (module.__doc__ or "").splitlines() if line.startswith("|") and "---" not in line]
    head, *body = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return {
        (State(line[0].replace(" ", "_")), Verb(verb)): cell
        for line in body
        for verb, cell in zip(head[1:], line[1:], strict=True)
    }


def test_the_table_has_every_state():
    assert {state for state, _ in documented()} == set(State)


def test_the_table_and_its_footnote_name_every_verb():
    footnoted = re.findall(r"`(\w+)`", (module.__doc__ or "").split("¹ done at once")[1])
    assert {str(verb) for _, verb in documented()} | set(footnoted) == {str(verb) for verb in MOVES}


def test_what_is_written_is_what_is_allowed():
    written = {cell: said.rstrip("¹²³").replace(" ", "_") for cell, said in documented().items()}
    assert written == {(state, verb): str(MOVES[verb].get(state, "—")) for state, verb in written}


@pytest.mark.parametrize("verb", MOVES)
def test_the_course_allows_what_the_table_allows(verb):
    """By the owner; an item whose owner and tracker are two people."""
    for state in MOVES[verb]:
        before = item(state)
        fact = DOES[verb](before, OWNER)
        assert (fact.verb, fact.before, fact.by, fact.at, fact.subject) == (verb, before, OWNER, NOW, "A-42")
        assert fact.after.state is MOVES[verb][state], state
        assert (fact.after.version, fact.after.changed_at) == (before.version + 1, NOW)


@pytest.mark.parametrize("verb", MOVES)
def test_the_course_refuses_what_the_table_does_not_have(verb):
    for state in set(State) - set(MOVES[verb]):
        with pytest.raises(Refusal) as refused:
            DOES[verb](item(state), OWNER)
        assert refused.value.text == "wrong-state", state
        assert refused.value.args_ == {"action": "A-42", "state": str(state), "verb": str(verb)}


@pytest.mark.parametrize("verb", MOVES)
def test_an_item_is_never_in_two_conditions_at_once(verb):
    """A block belongs to a blocked item, a finish to a closed one, a waiting submission to a submitted one."""
    for after in (DOES[verb](item(state), OWNER).after for state in MOVES[verb]):
        assert (after.block is not None) == (after.state is State.BLOCKED)
        assert (after.finished_at is not None) == (after.state in CLOSED)
        if after.state in OPEN:
            assert (after.submitted_at is not None) == (after.state is State.SUBMITTED)


@pytest.mark.parametrize("verb", sorted(KEEPING))
def test_the_quiet_verbs_keep_every_open_state(verb):
    assert MOVES[verb] == {state: state for state in OPEN}


@pytest.mark.parametrize("state", [State.PROPOSED, State.IN_PROGRESS, State.POSTPONED, State.BLOCKED])
def test_an_owner_who_tracks_closes_directly(state):
    """¹, A3."""
    after = course.submit(item(state, tracker=OWNER), OWNER, NOW, (Deliverable("v1"),)).after
    assert after.state is State.DONE
    assert after.finished_at == NOW


def test_a_postponement_by_the_owner_accepts():
    """²: a proposed item."""
    assert course.postpone(item(State.PROPOSED), OWNER, NOW, LATER, "忙").after.state is State.POSTPONED


def test_a_postponement_by_anybody_else_leaves_it_proposed():
    """²: with the new day."""
    after = course.postpone(item(State.PROPOSED), TRACKER, NOW, LATER, "忙").after
    assert (after.state, after.due) == (State.PROPOSED, LATER)


def test_a_postponed_block_stays_a_block():
    """³."""
    before = item(State.BLOCKED)
    after = course.postpone(before, OWNER, NOW, LATER, "忙").after
    assert (after.state, after.block) == (State.BLOCKED, before.block)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_who_takes_an_item_has_accepted_it(state):
    after = course.assign(item(state), SOMEBODY, NOW, SOMEBODY, due(), None, "").after
    assert (after.owner, after.state) == (SOMEBODY, State.IN_PROGRESS)
