"""What was taken down as a small card in the room: what it is and what it says first, corrected and withdrawn in place (M2)."""

from collections.abc import Mapping

from bot.cards import Button, Card, Text
from bot.domain.action import Action
from bot.domain.captured import Capture, Sort
from bot.domain.meeting import Meeting, MeetingState
from bot.domain.papers import Papers
from bot.views import lines, presses
from bot.views.scene import Scene


def captured(scene: Scene, papers: Papers, args: Mapping[str, object]) -> Card | None:
    """One line of a meeting. Withdrawn: that it was, and what it had been; moot when it was not shown yet."""
    number = args.get("capture")
    line = next((one for one in papers.captures if one.number == number), None)
    if line is None:
        return lines.card(scene.words("live-withdrawn")) if args.get("posted") else None
    action = next((one for one in papers.actions if one.label == line.label), None)
    shown = lines.single(line.text if action is None else action.text)
    return lines.card(
        scene.words(_name(line), text=shown, label=line.label),
        lines.quoted(line.text if action is None else action.text, shown),
        *(item(scene, action) if action is not None else _more(scene, line)),
        lines.said(scene.words("live-by", who=scene.name(line.by)), faint=True),
        presses.row(_buttons(scene, papers.meeting, line)),
    )


def why(scene: Scene, line: Capture) -> str:
    """因为 …, or that it is missing."""
    return scene.words("live-because", why=line.why) if line.why else scene.words("live-no-why")


def follower(scene: Scene, line: Capture) -> str:
    """跟进 王五, or that nobody follows it up yet."""
    if line.follower is None:
        return scene.words("live-no-follower")
    return scene.words("live-follower", who=scene.name(line.follower))


def item(scene: Scene, action: Action) -> tuple[Text | None, ...]:
    """Owner, day, criterion; what is missing is said (M3)."""
    owned = scene.words("recorded-line", owner=scene.name(action.owner), due=lines.due_instant(scene, action))
    if not action.open:
        return (lines.present(scene, action),)
    if action.criterion:
        return (lines.said(owned + scene.words("criterion-after") + action.criterion),)
    return (lines.said(owned), lines.said(scene.words("live-no-criterion"), faint=True))


def _more(scene: Scene, line: Capture) -> tuple[Text | None, ...]:
    match line.sort:
        case Sort.DECISION:
            return (lines.said(why(scene, line), faint=not line.why),)
        case Sort.PARKED:
            return (lines.said(follower(scene, line), faint=line.follower is None),)
        case _:
            return ()


def _name(line: Capture) -> str:
    return f"live-decision-{line.verdict}" if line.sort is Sort.DECISION else f"live-{line.sort}"


def _buttons(scene: Scene, meeting: Meeting, line: Capture) -> tuple[Button, ...]:
    """[更正] [撤回]; after the end only those who lead may (who may is asked when it is pressed)."""
    if meeting.state is MeetingState.CANCELLED:
        return ()
    about = f"{meeting.label} {line.number}"
    words = scene.words
    return (
        Button(words("press-meeting-correct"), f"/meeting correct {about}", version=line.version),
        Button(words("press-meeting-withdraw"), f"/meeting withdraw {about}", version=line.version),
    )
