"""How a vote is counted: once per person, changed only where it is open, closed by its deadline, ties told (M4)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import voting
from bot.domain.captured import Ballot
from bot.errors import Refusal
from tests.domain.sitting import NOW, START, at, vote

PEOPLE = st.integers(1, 6)
CAST = st.lists(st.tuples(PEOPLE, st.sets(st.integers(0, 2), min_size=1)), max_size=20)


def played(one, casts):
    """The vote after these tries; what is refused changes nothing."""
    for person, chosen in casts:
        try:
            one = voting.cast(one, person, tuple(chosen), NOW)
        except Refusal:
            continue
    return one


@pytest.mark.slow
@given(CAST)
def test_an_open_vote_counts_each_persons_last_choice(casts):
    after = played(vote(many=True), casts)
    last = dict(casts)
    assert after.counts == tuple(sum(place in chosen for chosen in last.values()) for place in range(3))
    assert after.voted == tuple(sorted(last))
    assert {ballot.person: set(ballot.choices) for ballot in after.ballots} == last


@pytest.mark.slow
@given(CAST)
def test_a_secret_vote_counts_each_persons_first_choice_and_keeps_no_ballot(casts):
    after = played(vote(many=True, secret=True), casts)
    first = dict(reversed(casts))
    assert after.counts == tuple(sum(place in chosen for chosen in first.values()) for place in range(3))
    assert after.voted == tuple(sorted(first))
    assert after.ballots == ()


@given(st.permutations(range(1, 5)), st.lists(st.integers(0, 2), min_size=4, max_size=4))
def test_a_secret_vote_does_not_know_the_order(people, choices):
    """Whoever voted first, whoever chose what: the value is the same."""
    straight = played(
        vote(secret=True), [(person, {choice}) for person, choice in zip(range(1, 5), choices, strict=True)]
    )
    mixed = played(vote(secret=True), [(person, {choice}) for person, choice in zip(people, choices, strict=True)])
    assert straight == mixed


@pytest.mark.parametrize(
    ("counts", "voters", "first", "majority"),
    [
        ((0, 0, 0), 0, (), None),
        ((2, 1, 0), 3, (0,), 0),
        ((2, 2, 1), 5, (0, 1), None),
        ((2, 1, 1), 4, (0,), None),
        ((1, 1, 1), 3, (0, 1, 2), None),
        ((0, 0, 1), 1, (2,), 2),
        ((3, 3, 0), 3, (0, 1), None),
        ((3, 2, 0), 3, (0,), 0),
    ],
)
def test_the_tally(counts, voters, first, majority):
    """The last two: several choices each, everybody for A; a tie of two majorities is still a tie."""
    found = voting.tally(vote(counts=counts, voted=tuple(range(voters))))
    assert (found.first, found.majority, found.tie) == (first, majority, len(first) > 1)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"counts": (1, 1, 0), "voted": (1, 2), "closed_at": NOW}, "vote-tie"),
        ({"counts": (2, 1, 1), "voted": (1, 2, 3, 4), "closed_at": NOW}, "vote-no-majority"),
        ({"closed_at": NOW}, "vote-no-majority"),
        ({"counts": (1, 0, 0), "voted": (1,)}, "vote-open"),
    ],
)
def test_no_decision_without_a_majority(fields, refusal):
    with pytest.raises(Refusal, match=refusal):
        voting.decided(vote(**fields))


def test_a_majority_decides():
    assert voting.decided(vote(counts=(0, 2, 1), voted=(1, 2, 3), closed_at=NOW)) == 1


def test_the_deadline_is_the_end_though_nobody_has_rung():
    timed = vote(deadline=at(10))
    assert voting.cast(timed, 1, (0,), at(10) - timedelta(seconds=1)).counts == (1, 0, 0)
    for late in (at(10), at(11)):
        with pytest.raises(Refusal, match="vote-closed"):
            voting.cast(timed, 1, (0,), late)


def test_closed_is_closed():
    closed = voting.close(vote(), NOW)
    assert (closed.closed_at, closed.version) == (NOW, 2)
    with pytest.raises(Refusal, match="vote-closed"):
        voting.cast(closed, 1, (0,), NOW)
    with pytest.raises(Refusal, match="vote-closed"):
        voting.close(closed, NOW)


@pytest.mark.parametrize(
    ("fields", "chosen", "refusal"),
    [
        ({}, (3,), "vote-choice-unknown"),
        ({}, (-1,), "vote-choice-unknown"),
        ({}, (0, 1), "vote-one-choice"),
        ({"secret": True}, (), "vote-choice-unknown"),
        ({"secret": True, "voted": (1,)}, (0,), "vote-secret-once"),
        ({"ballots": (Ballot(1, (0,)),)}, (0,), "vote-same"),
    ],
)
def test_what_is_no_choice(fields, chosen, refusal):
    with pytest.raises(Refusal, match=refusal):
        voting.cast(vote(**fields), 1, chosen, NOW)


def test_a_press_takes_and_gives_back_where_several_may_be_chosen():
    one = vote(many=True, ballots=(Ballot(1, (0, 2)),))
    assert voting.toggled(one, 1, 2) == (0,)
    assert voting.toggled(one, 1, 1) == (0, 1, 2)
    assert voting.toggled(one, 2, 1) == (1,)
    assert voting.toggled(vote(ballots=(Ballot(1, (0,)),)), 1, 1) == (1,)
    assert voting.toggled(vote(many=True, secret=True), 1, 1) == (1,)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"choices": ("A",)}, "vote-choices"),
        ({"choices": tuple(map(str, range(11)))}, "vote-choices"),
        ({"choices": ("a", "A")}, "vote-same-choice"),
        ({"deadline": START}, "vote-deadline-past"),
    ],
)
def test_what_cannot_be_a_vote(fields, refusal):
    with pytest.raises(Refusal, match=refusal):
        voting.opened(vote(**fields))


def test_a_new_vote_counts_from_nothing():
    assert voting.opened(vote(counts=())).counts == (0, 0, 0)
