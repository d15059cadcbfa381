"""What is said when a meeting has ended: read back (M5), what the host is to settle, and the anonymous question (R3)."""

from collections.abc import Mapping, Sequence

from bot.cards import Button, Buttons, Card, Item, Items
from bot.domain.captured import Capture, Sort
from bot.domain.meeting import Meeting, MeetingState
from bot.domain.papers import Papers
from bot.domain.unsettled import Gap, gaps
from bot.views import lines
from bot.views.live_captured import follower, why
from bot.views.scene import Scene

SCORES = (5, 4, 3, 2, 1)


def read_back(scene: Scene, papers: Papers, args: Mapping[str, object]) -> Card | None:
    """M5, to the room: counts, then decisions and actions one by one, then what was parked, then what is incomplete."""
    meeting = papers.meeting
    if meeting.state is not MeetingState.ENDED:
        return None if not args.get("posted") else _goes_on(scene, meeting)
    over = args.get("over")
    return lines.card(
        scene.words(
            "live-read-back",
            meeting=lines.single(meeting.title),
            decisions=len(_of(papers, Sort.DECISION)),
            actions=len(_of(papers, Sort.ACTION)),
        ),
        lines.said(scene.words("live-over", n=over), faint=True) if isinstance(over, int) else None,
        _decisions(scene, papers),
        _actions(scene, papers),
        _parked(scene, papers),
        _incomplete(scene, papers),
    )


def unsettled(scene: Scene, papers: Papers, args: Mapping[str, object]) -> Card | None:
    """M5, to the host: what is left open, each with its press; moot when nothing is."""
    meeting, left = papers.meeting, gaps(papers)
    if meeting.state is not MeetingState.ENDED:
        return None if not args.get("posted") else _goes_on(scene, meeting)
    if not left:
        return settled(scene, meeting) if args.get("posted") else None
    items = tuple(Item("", gap_words(scene, gap), buttons=(settle(scene, meeting, gap),)) for gap in left)
    title = scene.words("live-unsettled", meeting=lines.single(meeting.title), n=len(left))
    return lines.card(title, Items(items), tone="warn")


def settled(scene: Scene, meeting: Meeting) -> Card:
    """Nothing is left open."""
    return lines.card(scene.words("live-settled", meeting=lines.single(meeting.title)), tone="good")


def gap_words(scene: Scene, gap: Gap) -> str:
    """“目标对齐”还没有结论."""
    return scene.words(f"live-gap-{gap.open}", text=lines.single(gap.text), label=gap.label)


def settle(scene: Scene, meeting: Meeting, gap: Gap) -> Button:
    """[补上]."""
    return Button(scene.words("press-meeting-settle"), f"/meeting settle {meeting.label} {gap.number}")


def rate(scene: Scene, papers: Papers, args: Mapping[str, object]) -> Card | None:
    """R3, to each who was there: one tap from 1 to 5, or a word with it. The card never shows who has answered."""
    meeting = papers.meeting
    if meeting.state is not MeetingState.ENDED:
        return None if not args.get("posted") else _goes_on(scene, meeting)
    taps = tuple(Button(scene.words(f"press-score-{one}"), f"/meeting rate {meeting.label} {one}") for one in SCORES)
    word = Button(scene.words("press-meeting-comment"), f"/meeting rate {meeting.label}")
    return lines.card(
        scene.words("live-rate", meeting=lines.single(meeting.title)),
        lines.said(scene.words("live-rate-how"), faint=True),
        Buttons(taps[:3]),
        Buttons((*taps[3:], word)),
    )


def ratings(scene: Scene, meeting: Meeting, found: Sequence[tuple[int, str]]) -> Card:
    """R3, to host and organizer: the mean and what was written; too few say only that."""
    least = scene.workplace.rules.ratings_shown
    title = lines.single(meeting.title)
    if not found:
        return lines.card(scene.words("live-ratings-few", meeting=title, n=least))
    mean = sum(score for score, _ in found) / len(found)
    comments = tuple(lines.quoted(comment, "") for _, comment in found if comment)
    return lines.card(scene.words("live-ratings", meeting=title, mean=f"{mean:.1f}", n=len(found)), *comments)


def _goes_on(scene: Scene, meeting: Meeting) -> Card:
    return lines.card(scene.words("live-resumed", meeting=lines.single(meeting.title)))


def _of(papers: Papers, sort: Sort) -> list[Capture]:
    return [one for one in papers.captures if one.sort is sort]


def _decisions(scene: Scene, papers: Papers) -> Items | None:
    items = [
        Item(scene.words(f"verdict-{one.verdict}"), one.text, why(scene, one)) for one in _of(papers, Sort.DECISION)
    ]
    return _items(scene, "live-decisions", items)


def _actions(scene: Scene, papers: Papers) -> Items | None:
    by_label = {action.label: action for action in papers.actions}
    found = [by_label[one.label] for one in _of(papers, Sort.ACTION) if one.label in by_label]
    items = [
        Item(
            lines.lead(scene, one),
            one.text,
            scene.words("recorded-line", owner=scene.name(one.owner), due=lines.due_instant(scene, one)),
        )
        for one in found
    ]
    return _items(scene, "live-actions", items)


def _parked(scene: Scene, papers: Papers) -> Items | None:
    items = [Item("", one.text, follower(scene, one)) for one in _of(papers, Sort.PARKED)]
    return _items(scene, "live-parked-topics", items)


def _incomplete(scene: Scene, papers: Papers) -> Items | None:
    return _items(scene, "live-incomplete", [Item("", gap_words(scene, gap)) for gap in gaps(papers)])


def _items(scene: Scene, title: str, items: list[Item]) -> Items | None:
    return Items(tuple(items), scene.words(title)) if items else None
