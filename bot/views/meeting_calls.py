"""What the clock says of a meeting that is prepared (P6, P9, M1): the agenda, the hour, and what did not begin."""

from collections.abc import Callable, Mapping

from bot.cards import Card
from bot.domain.meeting import MeetingState
from bot.domain.papers import Papers
from bot.views import lines, meeting_lines, meeting_presses
from bot.views import meeting as views
from bot.views.meeting_notices import standing
from bot.views.presses import row
from bot.views.scene import Scene

Args = Mapping[str, object]


def agenda(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """P6, to the organizer, the working day before it should go out: what is still missing."""
    meeting = papers.meeting
    missing = views.lacking(scene, meeting)
    if meeting.state is not MeetingState.DRAFT:
        return standing(scene, papers, args)
    title = scene.words(
        "agenda-call", title=lines.single(meeting.title), start=meeting_lines.starts(scene, meeting.start)
    )
    return lines.card(
        title,
        missing,
        meeting_lines.agenda(scene, meeting),
        meeting_lines.arithmetic(scene, meeting),
        meeting_presses.presses(scene, meeting),
        tone="warn" if missing else "neutral",
    )


def lead(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """P6, to the organizer, on the day: nobody has been told yet."""
    meeting = papers.meeting
    if meeting.state is not MeetingState.DRAFT:
        return standing(scene, papers, args)
    title = scene.words(
        "lead-call", title=lines.single(meeting.title), start=meeting_lines.starts(scene, meeting.start)
    )
    return lines.card(
        title,
        views.lacking(scene, meeting),
        meeting_lines.arithmetic(scene, meeting),
        meeting_presses.presses(scene, meeting),
        tone="warn",
    )


def soon(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """P9: 15 minutes before; where, and which way in."""
    meeting = papers.meeting
    if meeting.state is not MeetingState.ANNOUNCED or scene.now >= meeting.start:
        return standing(scene, papers, args)
    minutes = max(1, round((meeting.start - scene.now).total_seconds() / 60))
    clock = scene.words.clock_time(meeting.start.astimezone(scene.zone))
    return lines.card(
        scene.words("soon-call", title=lines.single(meeting.title), n=minutes, at=clock),
        lines.said(meeting.place),
        meeting_lines.link(scene, meeting),
        *meeting_lines.materials(scene, meeting),
        row((meeting_presses.show(scene, meeting),)),
    )


def not_started(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """M1, to the host: the hour has come and it has not begun."""
    meeting = papers.meeting
    if meeting.state is not MeetingState.ANNOUNCED:
        return standing(scene, papers, args)
    clock = scene.words.clock_time(meeting.start.astimezone(scene.zone))
    return lines.card(
        scene.words("not-started-call", title=lines.single(meeting.title), at=clock),
        row(tuple(meeting_presses.press(scene, meeting, verb) for verb in ("reschedule", "cancel", "show"))),
        tone="warn",
    )


def unheld(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """To the organizer: its time is over and it never began."""
    meeting = papers.meeting
    if meeting.state is not MeetingState.ANNOUNCED:
        return standing(scene, papers, args)
    title = scene.words(
        "unheld-call", title=lines.single(meeting.title), start=meeting_lines.starts(scene, meeting.start)
    )
    buttons = tuple(meeting_presses.press(scene, meeting, verb) for verb in ("reschedule", "cancel", "show"))
    return lines.card(title, row(buttons), tone="warn")


MOMENTS: dict[str, Callable[[Scene, Papers, Args], Card | None]] = {
    "meeting-agenda": agenda,
    "meeting-lead": lead,
    "meeting-soon": soon,
    "meeting-not-started": not_started,
    "meeting-unheld": unheld,
}
"""Every moment that a call of a prepared meeting tells (bot/jobs/preparing.py)."""
