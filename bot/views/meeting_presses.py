"""Buttons under cards about meetings: which of them the reader may press now, and what each would type."""

from bot.cards import Button, Buttons, Style
from bot.domain.meeting import Meeting, MeetingState, Topic
from bot.domain.meeting import MeetingVerb as Verb
from bot.domain.planning import planned
from bot.policy.meetings import allowed
from bot.views.presses import row
from bot.views.scene import Scene

LIKELY: dict[MeetingState, tuple[Verb, ...]] = {
    MeetingState.DRAFT: (Verb.ANNOUNCE, Verb.EDIT, Verb.TOPIC, Verb.CANCEL, Verb.PROPOSE),
    MeetingState.AWAITING: (Verb.APPROVE, Verb.REFUSE, Verb.EDIT, Verb.CANCEL),
    MeetingState.ANNOUNCED: (Verb.ANSWER, Verb.RESCHEDULE, Verb.TOPIC, Verb.INVITE, Verb.CANCEL, Verb.PROPOSE),
    MeetingState.RUNNING: (Verb.INVITE,),
    MeetingState.ENDED: (),
    MeetingState.CANCELLED: (),
}
"""For each state what somebody would most likely do next to prepare; the dangerous one last of those
who may do it, and a proposal for everybody else."""

_STYLES: dict[Verb, Style] = {Verb.ANNOUNCE: "primary", Verb.APPROVE: "primary", Verb.CANCEL: "danger"}


def press(scene: Scene, meeting: Meeting, verb: str, command: str = "", style: Style = "normal") -> Button:
    """One button: catalogue entry `meeting-press-<verb>`; it types `/meeting <verb> M-7`."""
    words = scene.words
    asks = words("meeting-sure-cancel", meeting=meeting.label, title=meeting.title) if verb == "cancel" else ""
    line = command or f"/meeting {verb} {meeting.label}"
    say = "" if command else f"/meeting {verb} {meeting.label}"
    return Button(words(f"meeting-press-{verb}"), line, style, asks, say, meeting.version)


def answers(scene: Scene, meeting: Meeting) -> tuple[Button, ...]:
    """P8: [参加] [请假] [派人代替]; the one that was said already is left out."""
    invited = meeting.invitee(scene.reader.id) if scene.reader else None
    if invited is None or meeting.state is not MeetingState.ANNOUNCED:
        return ()
    said = {"accepted": "accept", "declined": "decline", "proxy": "proxy"}.get(invited.reply, "")
    verbs = [verb for verb in ("accept", "decline", "proxy") if verb != said]
    return tuple(press(scene, meeting, verb, style="primary" if verb == "accept" else "normal") for verb in verbs)


def presses(scene: Scene, meeting: Meeting, *more: Button) -> Buttons | None:
    """What the reader may do now, the likeliest first, then `more`; at most four. Organizers come to their own meeting."""
    if scene.reader is None:
        return row(more)
    may = allowed(scene.reader, meeting, scene.workplace)
    verbs = [verb for verb in LIKELY[meeting.state] if verb in may]
    if Verb.RESCHEDULE in verbs:
        verbs = [verb for verb in verbs if verb is not Verb.ANSWER]
    found: list[Button] = []
    for verb in verbs:
        found += answers(scene, meeting) if verb is Verb.ANSWER else [_press(scene, meeting, verb)]
    return row([*found, *more])


def proposal(scene: Scene, meeting: Meeting, topic: Topic) -> tuple[Button, ...]:
    """P5: [采纳] [不采纳], for whoever may."""
    if scene.reader is None or Verb.TAKE not in allowed(scene.reader, meeting, scene.workplace):
        return ()
    return tuple(
        press(scene, meeting, verb, f"/meeting {verb} {meeting.label} #{topic.number}") for verb in ("take", "drop")
    )


def show(scene: Scene, meeting: Meeting) -> Button:
    """[查看]."""
    return press(scene, meeting, "show")


def _press(scene: Scene, meeting: Meeting, verb: Verb) -> Button:
    """P4: where the agenda does not fit, first what makes it fit: to announce it would be refused."""
    over = planned(meeting) - meeting.length
    if verb is Verb.ANNOUNCE and over > 0:
        line = f"/meeting edit {meeting.label} length: {planned(meeting)}"
        return Button(scene.words("offer-longer", n=str(over)), line, "primary", version=meeting.version)
    return press(scene, meeting, verb, style=_STYLES.get(verb, "normal"))
