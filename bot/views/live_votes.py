"""A vote as its room sees it (M4): the question with a press for each choice; when it has closed, one message with the
outcome, a tie said plainly, while the question's own card says in place that it is over, and nothing twice.

While it is open only how many have voted is shown; of a secret one never who."""

from collections.abc import Iterable, Mapping

from bot.cards import Block, Button, Buttons, Card, Facts, Item, Items, Quote
from bot.domain.captured import Vote
from bot.domain.meeting import MeetingState
from bot.domain.papers import Papers
from bot.domain.voting import chosen_by, tally
from bot.views import lines, meeting_lines, presses
from bot.views.scene import Scene

_IN_A_ROW = 4
_LABEL = 20


def vote(scene: Scene, papers: Papers, args: Mapping[str, object]) -> Card | None:
    """The question; once closed, its card takes no more presses and leaves the counts to `closed`."""
    one = papers.vote
    if one is None:
        return None
    if one.closed_at is not None or papers.meeting.state is MeetingState.CANCELLED:
        return over(scene, papers, one) if args.get("posted") else None
    return asked(scene, one, papers.meeting.people)


def closed(scene: Scene, papers: Papers, args: Mapping[str, object]) -> Card | None:
    """The counts, when it has closed; a majority becomes a decision at one press."""
    one = papers.vote
    return counted(scene, papers, one) if one is not None and one.closed_at is not None else None


def asked(scene: Scene, one: Vote, people: Iterable[int] = ()) -> Card:
    """An open vote; `people` who may vote."""
    return lines.card(
        _title(scene, "live-vote", one),
        lines.quoted(one.question, lines.single(one.question)),
        Facts(((scene.words("live-vote-how"), _how(scene, one)),)),
        meeting_lines.by_each_clock(scene, one.deadline, people) if one.deadline else None,
        *_choices(scene, one),
        lines.said(scene.words("live-voted", n=len(one.voted)), faint=True),
        Buttons((_close(scene, one),)),
    )


def over(scene: Scene, papers: Papers, one: Vote) -> Card:
    """The question's card afterwards: closed, and where the result is; or void, because its meeting was cancelled before."""
    if _void(papers, one):
        return lines.card(
            _title(scene, "live-vote-void", one), lines.said(scene.words("live-vote-uncounted"), faint=True)
        )
    look = presses.link(scene, "vote-result", f"/vote show {one.label}")
    return lines.card(
        _title(scene, "live-vote-over", one),
        lines.said(scene.words("live-vote-elsewhere", n=len(one.voted)), faint=True),
        presses.row((look,)),
    )


def counted(scene: Scene, papers: Papers, one: Vote) -> Card:
    """A closed vote: the result in one sentence, then the counts in the order of the choices."""
    found = tally(one)
    taken = any(line.label == one.label for line in papers.captures)
    decide = Button(scene.words("press-vote-decide"), f"/vote decide {one.label}", "primary")
    return lines.card(
        scene.words("live-vote-closed", vote=one.label, result=result(scene, one)).rstrip("。."),
        Quote(one.question),
        Items(
            tuple(
                Item(str(n), choice, _who(scene, one, place))
                for place, (choice, n) in enumerate(zip(one.choices, found.counts, strict=True))
            )
        ),
        Buttons((decide,)) if found.majority is not None and not taken else None,
        lines.said(scene.words("live-vote-decided"), faint=True) if taken else None,
    )


def result(scene: Scene, one: Vote) -> str:
    """过半, 最多但没有过半, 平票, or that nobody voted."""
    found = tally(one)
    if not found.first:
        return scene.words("live-vote-nobody")
    n, names = found.counts[found.first[0]], [lines.single(one.choices[place]) for place in found.first]
    if found.tie:
        return scene.words("live-vote-tie", choices=scene.words.listed(names), n=n)
    name = "live-vote-majority" if found.majority is not None else "live-vote-most"
    return scene.words(name, choice=names[0], n=n, of=found.voters)


def mine(scene: Scene, one: Vote, person: int) -> str:
    """What the voter is told: their choices of an open vote, of a secret one only that it counts."""
    if one.secret:
        return scene.words("live-voted-secretly", vote=one.label)
    chosen = [lines.single(one.choices[place]) for place in chosen_by(one, person)]
    if not chosen:
        return scene.words("live-voted-nothing", vote=one.label)
    return scene.words("live-voted-openly", vote=one.label, choices=scene.words.listed(chosen))


def _title(scene: Scene, name: str, one: Vote) -> str:
    return scene.words(name, vote=one.label, question=lines.single(one.question))


def _void(papers: Papers, one: Vote) -> bool:
    """Whether its meeting was cancelled while it was open; a deadline that rings afterwards makes no result of it."""
    cancelled = papers.meeting.changed_at if papers.meeting.state is MeetingState.CANCELLED else None
    return cancelled is not None and (one.closed_at is None or one.closed_at >= cancelled)


def _how(scene: Scene, one: Vote) -> str:
    parts = [
        scene.words("live-vote-secret" if one.secret else "live-vote-open"),
        scene.words("live-vote-many" if one.many else "live-vote-one"),
    ]
    if one.deadline is not None:
        parts.append(scene.words("live-vote-until", time=lines.moment(scene, one.deadline)))
    return " · ".join(parts)


def _choices(scene: Scene, one: Vote) -> tuple[Block, ...]:
    """A press for each; a secret vote with several choices is one form, because it is cast once and whole."""
    if one.secret and one.many:
        items = tuple(Item(str(place), choice) for place, choice in enumerate(one.choices, 1))
        return Items(items), Buttons((Button(scene.words("press-vote-cast"), f"/vote cast {one.label}", "primary"),))
    if len(one.choices) <= _IN_A_ROW and all(lines.single(choice, _LABEL) == choice for choice in one.choices):
        return (Buttons(tuple(_choice(one, place, choice) for place, choice in enumerate(one.choices, 1))),)
    items = tuple(
        Item(str(place), choice, buttons=(_choice(one, place, scene.words("press-vote-this", n=place)),))
        for place, choice in enumerate(one.choices, 1)
    )
    return (Items(items),)


def _choice(one: Vote, place: int, label: str) -> Button:
    return Button(label, f"/vote cast {one.label} {place}")


def _who(scene: Scene, one: Vote, place: int) -> str:
    """Of an open vote, who chose it."""
    names = [scene.name(ballot.person) for ballot in one.ballots if place in ballot.choices]
    return scene.words.listed(names) if names else ""


def _close(scene: Scene, one: Vote) -> Button:
    words = scene.words
    asks = words("sure-vote-close", vote=one.label)
    say = f"{words('say-vote-close')} {one.label}"
    return Button(words("press-vote-close"), f"/vote close {one.label}", "danger", asks, say)
