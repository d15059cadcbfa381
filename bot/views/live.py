"""The course of a meeting as it is told: started, the topic, its end, the planned end, left running, read back (M1, M5).

VIEWS is the table of everything that is told while a meeting is held, with those of captured lines, votes and R3.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.cards import Button, Card, Style, Text
from bot.domain.holding import attendees
from bot.domain.meeting import Meeting, MeetingState, Topic
from bot.domain.papers import Papers
from bot.views import lines, live_captured, live_end, live_votes, presses
from bot.views.scene import Scene

Args = Mapping[str, object]
_ENDED = frozenset({MeetingState.ENDED, MeetingState.CANCELLED})


def started(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """M1: that it runs, the first topic, who is there; that it began late is said here, and nowhere again."""
    meeting = papers.meeting
    if meeting.state is not MeetingState.RUNNING:
        return _over(scene, meeting, args)
    began = meeting.started_at or scene.now
    late = args.get("late")
    return lines.card(
        scene.words("live-started", meeting=_title(meeting), time=_clock(scene, began)),
        lines.said(scene.words("live-late", n=late)) if isinstance(late, int) else None,
        lines.said(scene.words("live-objective", text=meeting.objective)) if meeting.objective else None,
        _now(scene, meeting),
        lines.said(_present(scene, meeting), faint=True),
        presses.row((here(scene, meeting), next_(scene, meeting), end(scene, meeting))),
    )


def resumed(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """It goes on after an end that was too early."""
    meeting = papers.meeting
    if meeting.state is not MeetingState.RUNNING:
        return _over(scene, meeting, args)
    title = scene.words("live-resumed", meeting=_title(meeting))
    return lines.card(title, _now(scene, meeting), presses.row((next_(scene, meeting), end(scene, meeting))))


def topic(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """The topic that is on now; behind the last one, that the agenda is through."""
    meeting, number = papers.meeting, args.get("topic")
    on = meeting.topic(number if isinstance(number, int) else None)
    if on is None:
        return _through(scene, meeting, args)
    current = meeting.state is MeetingState.RUNNING and meeting.on == on.number
    if not current and not args.get("posted"):
        return None
    row = presses.row((next_(scene, meeting), end(scene, meeting))) if current else None
    return lines.card(_topic_line(scene, meeting, on), row)


def topic_end(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """M1: one nudge; moot once the meeting has moved on."""
    meeting = papers.meeting
    on = meeting.topic(meeting.on)
    current = meeting.state is MeetingState.RUNNING and on is not None and on.number == args.get("topic")
    told = on if current else meeting.topic(_number(args.get("topic")))
    if told is None or not (current or args.get("posted")):
        return None
    title = scene.words("live-topic-end", topic=lines.single(told.title), n=told.minutes)
    return lines.card(title, presses.row((next_(scene, meeting), end(scene, meeting))) if current else None)


def planned_end(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """M1: one nudge, with how many topics are still to come."""
    meeting = papers.meeting
    if meeting.state is not MeetingState.RUNNING:
        return _over(scene, meeting, args)
    ahead = sum(one.started_at is None for one in meeting.agenda)
    return lines.card(
        scene.words("live-planned-end", time=_clock(scene, meeting.end), meeting=_title(meeting)),
        lines.said(scene.words("live-topics-ahead", n=ahead)) if ahead else None,
        presses.row((*((next_(scene, meeting),) if ahead else ()), end(scene, meeting))),
    )


def left_running(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """To the host: is it still going on?"""
    meeting = papers.meeting
    if meeting.state is not MeetingState.RUNNING or meeting.started_at is None:
        return _over(scene, meeting, args)
    lasted = int((scene.now - meeting.started_at) / timedelta(minutes=1))
    return lines.card(
        scene.words("live-left", meeting=_title(meeting)),
        lines.said(scene.words("live-left-how-long", lasted=lasted, planned=meeting.length)),
        presses.row((end(scene, meeting),)),
    )


def here(scene: Scene, meeting: Meeting) -> Button:
    """[我到了]."""
    return _press(scene, meeting, "here")


def next_(scene: Scene, meeting: Meeting) -> Button:
    """[下一议题]. Its version is the topic that is left, so that a double click, or an old card's press, moves on once."""
    return replace(_press(scene, meeting, "next"), version=meeting.on or 0)


def end(scene: Scene, meeting: Meeting) -> Button:
    """[结束会议], with a question."""
    return _press(scene, meeting, "end", "danger", scene.words("sure-meeting-end", meeting=_title(meeting)))


def _press(scene: Scene, meeting: Meeting, verb: str, style: Style = "normal", confirm: str = "") -> Button:
    say = f"{scene.words(f'say-meeting-{verb}')} {meeting.label}"
    label = scene.words(f"press-meeting-{verb}")
    return Button(label, f"/meeting {verb} {meeting.label}", style, confirm, say)


def _over(scene: Scene, meeting: Meeting, args: Args) -> Card | None:
    """What stands somewhere says that it is over; what was not sent yet is not sent."""
    if not args.get("posted"):
        return None
    if meeting.state is MeetingState.CANCELLED:
        return lines.card(scene.words("live-cancelled", meeting=_title(meeting)))
    ended = meeting.ended_at or scene.now
    return lines.card(scene.words("live-ended", meeting=_title(meeting), time=_clock(scene, ended)))


def _through(scene: Scene, meeting: Meeting, args: Args) -> Card | None:
    if meeting.state in _ENDED or meeting.on is not None:
        return _over(scene, meeting, args) or _still(scene, args)
    return lines.card(scene.words("live-through"), presses.row((end(scene, meeting),)))


def _still(scene: Scene, args: Args) -> Card | None:
    return lines.card(scene.words("live-through")) if args.get("posted") else None


def _now(scene: Scene, meeting: Meeting) -> Text | None:
    """The topic that is on; without an agenda nothing."""
    on = meeting.topic(meeting.on)
    return lines.said(_topic_line(scene, meeting, on)) if on is not None else None


def _topic_line(scene: Scene, meeting: Meeting, on: Topic) -> str:
    """议题 2/3：开发周期（王五，15 分钟，到 10:33）."""
    agenda = [one.number for one in meeting.agenda]
    place = agenda.index(on.number) + 1 if on.number in agenda else 0
    began = on.started_at or scene.now
    until = _clock(scene, began + timedelta(minutes=on.minutes))
    who = scene.words("live-presenter", who=scene.name(on.presenter)) if on.presenter is not None else ""
    return scene.words(
        "live-topic", place=str(place), of=str(len(agenda)), topic=lines.single(on.title), who=who,
        n=str(on.minutes), until=until,
    )  # fmt: skip


def _present(scene: Scene, meeting: Meeting) -> str:
    here_now = len(attendees(meeting))
    return scene.words("live-present", n=str(here_now), of=str(len(meeting.invitees)))


def _title(meeting: Meeting) -> str:
    return lines.single(meeting.title)


def _clock(scene: Scene, at: datetime) -> str:
    return scene.words.clock_time(at.astimezone(scene.zone))


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


VIEWS: dict[str, Callable[[Scene, Papers, Args], Card | None]] = {
    "started": started,
    "resumed": resumed,
    "topic": topic,
    "topic_end": topic_end,
    "planned_end": planned_end,
    "left_running": left_running,
    "captured": live_captured.captured,
    "vote": live_votes.vote,
    "vote_closed": live_votes.closed,
    "read_back": live_end.read_back,
    "unsettled": live_end.unsettled,
    "rate": live_end.rate,
}
"""Every moment of a meeting that is held, and how it is told."""
