"""Votes (M4): opened with choices and perhaps a deadline, cast once per person, closed by hand or by it, counted.

| from   | cast (open vote)     | cast (secret vote)      | close  | decide            |
|--------|----------------------|-------------------------|--------|-------------------|
| open   | = (may be changed)   | = (once, never changed) | closed | —                 |
| closed | —                    | —                       | —      | = (by a majority) |

A vote past its deadline takes no choice any more, whether the clock has rung by then or not. Of a secret one nothing kept
leads from a person to a choice: who has voted stands by rising id, the counts beside it.
"""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.captured import Ballot, Vote
from bot.errors import Offer, Refusal

FEWEST, MOST = 2, 10
"""Choices of a vote."""


class Tally(Struct, frozen=True):
    """`counts` by choice, `voters` people; `first`: the choices with the most votes (several: a tie; none: nobody voted);
    `majority`: the one that more than half of the voters chose."""

    counts: tuple[int, ...]
    voters: int
    first: tuple[int, ...]
    majority: int | None

    @property
    def tie(self) -> bool:
        """Several lead."""
        return len(self.first) > 1


def opened(vote: Vote) -> Vote:
    """A new vote, when it can be one. Raises Refusal `vote-choices`, `vote-same-choice`, `vote-deadline-past`."""
    if not FEWEST <= len(vote.choices) <= MOST:
        raise Refusal("vote-choices", n=len(vote.choices), least=FEWEST, most=MOST, field="choices")
    folded = [choice.casefold() for choice in vote.choices]
    twice = next((choice for choice, low in zip(vote.choices, folded, strict=True) if folded.count(low) > 1), None)
    if twice is not None:
        raise Refusal("vote-same-choice", choice=twice, field="choices")
    if vote.deadline is not None and vote.deadline <= vote.at:
        raise Refusal("vote-deadline-past", at=vote.deadline, field="deadline")
    return replace(vote, counts=(0,) * len(vote.choices))


def cast(vote: Vote, person: int, chosen: tuple[int, ...], now: datetime) -> Vote:
    """Somebody's choices (from 0). Of an open vote they replace what that person chose before; none takes it back.

    Raises Refusal `vote-closed`, `vote-choice-unknown`, `vote-one-choice`, `vote-secret-once`, `vote-same`."""
    check_open(vote, now)
    chosen = tuple(sorted(set(chosen)))
    if any(not 0 <= one < len(vote.choices) for one in chosen):
        raise Refusal("vote-choice-unknown", vote=vote.label, most=len(vote.choices))
    if len(chosen) > 1 and not vote.many:
        raise Refusal("vote-one-choice", vote=vote.label)
    return _secretly(vote, person, chosen) if vote.secret else _openly(vote, person, chosen)


def toggled(vote: Vote, person: int, choice: int) -> tuple[int, ...]:
    """What a press on one choice means: that choice; of an open vote with several, that one more or one less."""
    if not vote.many or vote.secret:
        return (choice,)
    mine = set(chosen_by(vote, person))
    return tuple(sorted(mine ^ {choice}))


def chosen_by(vote: Vote, person: int) -> tuple[int, ...]:
    """Somebody's choices in an open vote."""
    return next((ballot.choices for ballot in vote.ballots if ballot.person == person), ())


def close(vote: Vote, now: datetime) -> Vote:
    """No more choices. Raises Refusal `vote-closed`."""
    if vote.closed_at is not None:
        raise _closed(vote)
    return replace(vote, closed_at=now, version=vote.version + 1)


def check_open(vote: Vote, now: datetime) -> None:
    """Raises Refusal `vote-closed` also when only its deadline has passed."""
    if vote.closed_at is not None or (vote.deadline is not None and now >= vote.deadline):
        raise _closed(vote)


def tally(vote: Vote) -> Tally:
    """The counts as they are."""
    counts, voters = vote.counts, len(vote.voted)
    most = max(counts, default=0)
    first = tuple(place for place, n in enumerate(counts) if n == most and most > 0)
    alone = first[0] if len(first) == 1 and 2 * most > voters else None
    return Tally(counts, voters, first, alone)


def decided(vote: Vote) -> int:
    """The choice of the majority. Raises Refusal `vote-open`, `vote-tie`, `vote-no-majority`."""
    if vote.closed_at is None:
        raise Refusal("vote-open", vote=vote.label, offers=(Offer("offer-close-vote", f"/vote close {vote.label}"),))
    found = tally(vote)
    if found.majority is not None:
        return found.majority
    if found.tie:
        raise Refusal("vote-tie", vote=vote.label, choices=named(vote, found.first))
    raise Refusal("vote-no-majority", vote=vote.label)


def named(vote: Vote, places: tuple[int, ...]) -> str:
    """Choices side by side, as written."""
    return " / ".join(vote.choices[place] for place in places)


def _openly(vote: Vote, person: int, chosen: tuple[int, ...]) -> Vote:
    if chosen == chosen_by(vote, person):
        raise Refusal("vote-same", vote=vote.label, choices=named(vote, chosen))
    others = [ballot for ballot in vote.ballots if ballot.person != person]
    mine = [Ballot(person, chosen)] if chosen else []
    ballots = tuple(sorted((*others, *mine), key=lambda ballot: ballot.person))
    counts = tuple(sum(place in ballot.choices for ballot in ballots) for place in range(len(vote.choices)))
    voted = tuple(ballot.person for ballot in ballots)
    return replace(vote, ballots=ballots, counts=counts, voted=voted, version=vote.version + 1)


def _secretly(vote: Vote, person: int, chosen: tuple[int, ...]) -> Vote:
    if person in vote.voted:
        raise Refusal("vote-secret-once", vote=vote.label)
    if not chosen:
        raise Refusal("vote-choice-unknown", vote=vote.label, most=len(vote.choices))
    counts = tuple(n + (place in chosen) for place, n in enumerate(vote.counts))
    return replace(vote, counts=counts, voted=tuple(sorted((*vote.voted, person))), version=vote.version + 1)


def _closed(vote: Vote) -> Refusal:
    return Refusal("vote-closed", vote=vote.label, offers=(Offer("offer-show-vote", f"/vote show {vote.label}"),))
