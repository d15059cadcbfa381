"""Actor × verb × state, generated from the written policy table: what is allowed has its effect, what is not has none
(A4 row 35: a refused act changes nothing, whoever tries it and wherever the item stands)."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot import policy
from bot.domain.action import MOVES, Action, Block, Deliverable, State, Supporter, Verb
from bot.domain.course import must_act
from bot.domain.facts import Changed
from bot.errors import Refusal
from bot.operations import actions, plans
from tests.domain.given import item
from tests.operations.bench import AtDesk, Firm

Act = Callable[[AtDesk, int], list[Changed]]

ROLES = ("owner", "tracker", "assigner", "supporter", "resolver", "head", "admin", "nobody")


def acts(firm: Firm) -> dict[Verb, Act]:
    later = firm.day(30)
    return {
        Verb.ACCEPT: lambda desk, n: actions.accept(desk, [n]),
        Verb.DECLINE: lambda desk, n: actions.decline(desk, [n], "没空"),
        Verb.SUBMIT: lambda desk, n: actions.submit(desk, [n], (Deliverable("v1"),)),
        Verb.APPROVE: lambda desk, n: actions.approve(desk, [n]),
        Verb.RETURN: lambda desk, n: actions.return_(desk, [n], "缺图"),
        Verb.BLOCK: lambda desk, n: actions.block(desk, [n], Block("等接口", firm.resolver.id, firm.day(3))),
        Verb.UNBLOCK: lambda desk, n: actions.unblock(desk, [n]),
        Verb.POSTPONE: lambda desk, n: [plans.postpone(desk, n, later, None, "等评审")],
        Verb.EDIT: lambda desk, n: [plans.edit(desk, n, None, {"criterion": "有图"})],
        Verb.ASSIGN: lambda desk, n: plans.assign(desk, [n], firm.nobody.id, ""),
        Verb.NOTE: lambda desk, n: actions.note(desk, [n], "在做"),
        Verb.SNOOZE: lambda desk, n: actions.snooze(desk, [n], desk.now + timedelta(hours=3)),
        Verb.NUDGE: lambda desk, n: actions.nudge(desk, [n]),
        Verb.CANCEL: lambda desk, n: actions.cancel(desk, [n], "不做了"),
        Verb.REOPEN: lambda desk, n: actions.reopen(desk, [n], "还差一点"),
    }


def documented() -> dict[Verb, dict[str, str]]:
    """The table in the docstring of bot/policy: verb → role → the cell."""
    rows = [line for line in (policy.__doc__ or "").splitlines() if line.startswith("|") and "---" not in line]
    head, *body = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    roles = [name.removesuffix(" of the department") for name in head[1:]]
    return {
        Verb(verb): dict(zip(roles, line[1:], strict=False))
        for line in body
        for verb in re.split(r",\s*", line[0])
        if verb in set(MOVES)
    }


def written(verb: Verb, role: str, state: State) -> bool:
    """Whether the table as people read it lets this role do it."""
    cell = documented()[verb].get(role, "")
    return cell.startswith("yes") and not ("²" in cell and state is not State.SUBMITTED)


def standing(firm: Firm, state: State) -> Action:
    """An item in this state to which everybody is what their name in the firm says."""
    block = Block("等接口", firm.resolver.id, firm.day(2)) if state is State.BLOCKED else None
    return replace(
        item(state), number=0, owner=firm.owner.id, assigner=firm.assigner.id, tracker=firm.tracker.id, block=block,
        department=firm.technology.id, supporters=(Supporter(person=firm.supporter.id),),
    )  # fmt: skip


def test_every_verb_is_in_the_written_table():
    assert set(documented()) == set(MOVES) == set(policy.MAY)


@pytest.mark.parametrize("verb", MOVES)
def test_who_may_has_an_effect_and_who_may_not_has_none(firm, verb):
    act = acts(firm)[verb]
    for state in State:
        for role in ROLES:
            before = firm.has(standing(firm, state))
            resolves = role == "resolver" and state is not State.BLOCKED
            may = not resolves and role != "nobody" and written(verb, role, state)
            outcome = tried(firm, role, act, before.number)
            expected = "may-not" if not may else "done" if state in MOVES[verb] else "wrong-state"
            if expected == "done" and verb is Verb.NUDGE and must_act(before) == getattr(firm, role).id:
                expected = "nudge-own"
            assert outcome == expected, (state, role)
            (done if outcome == "done" else untouched)(firm, before, verb)


def tried(firm: Firm, role: str, act: Act, number: int) -> str:
    try:
        firm.does(getattr(firm, role), lambda desk: act(desk, number))
    except Refusal as refused:
        return refused.text
    return "done"


def done(firm: Firm, before: Action, verb: Verb) -> None:
    after = firm.item(before.number)
    assert after.version == before.version + 1
    assert [(one.verb, one.before, one.after) for one in firm.told(before.number)] == [(verb, before, after)]


def untouched(firm: Firm, before: Action, _: Verb) -> None:
    assert firm.item(before.number) == before
    assert firm.told(before.number) == []
    assert firm.alarms(before.number) == []


@pytest.mark.parametrize("role", ["head", "admin"])
@pytest.mark.parametrize("verb", [Verb.APPROVE, Verb.RETURN])
def test_nobody_judges_their_own_work_by_rank(firm, role, verb):
    """¹: unless they are also its tracker."""
    who = getattr(firm, role)
    own = firm.has(replace(standing(firm, State.SUBMITTED), owner=who.id))
    assert tried(firm, role, acts(firm)[verb], own.number) == "may-not"
    tracked = firm.has(replace(standing(firm, State.SUBMITTED), owner=who.id, tracker=who.id))
    assert tried(firm, role, acts(firm)[verb], tracked.number) == "done"


def test_a_refusal_names_who_may(firm):
    submitted = firm.has(standing(firm, State.SUBMITTED))
    with pytest.raises(Refusal) as refused:
        firm.does(firm.owner, lambda desk: actions.approve(desk, [submitted.number]))
    assert refused.value.args_["who"] == (firm.tracker.id, firm.head.id)


def test_a_department_that_supports_may_what_its_people_may(firm):
    helped = firm.has(replace(standing(firm, State.IN_PROGRESS), supporters=(Supporter(department=firm.service.id),)))
    assert tried(firm, "supporter", acts(firm)[Verb.NOTE], helped.number) == "done"
