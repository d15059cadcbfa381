"""`/meeting announce` 发通知, `approve` 批准, `refuse` 不批准, `cancel` 取消: out to people, after a look at who they are."""

from bot.announcements.meetings import attending
from bot.cards import Answer, Block, Card
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.cleaning import worded
from bot.commands.command import Line
from bot.commands.meeting import which
from bot.domain.meeting import Meeting, MeetingState, MeetingVerb
from bot.errors import Refusal
from bot.operations import planning as operations
from bot.operations import series
from bot.operations.sessions import load
from bot.reports.invitation import invitation
from bot.views import meeting as views


def announce(asking: Asking, line: Line) -> Answer:
    """P2, P9: first a preview with everybody who will hear; `announce!`, which its button types, sends it."""
    number = which.meant(asking, line, MeetingVerb.ANNOUNCE)
    carried = series.carry_over(asking, load(asking, number))
    if carried is not None:
        asking.facts.append(carried)
    if not line.again:
        return _preview(asking, operations.announcing(asking, number))
    fact = operations.announce(asking, number)
    asking.facts.append(fact)
    more = _entry(asking, fact.after) if fact.after.state is MeetingState.ANNOUNCED else ()
    return views.changed(scene(asking), fact, *more)


def approve(asking: Asking, line: Line) -> Answer:
    """P2: it goes out at once."""
    number = which.meant(asking, line, MeetingVerb.APPROVE)
    return which.told(asking, operations.approve(asking, number))


def refuse(asking: Asking, line: Line) -> Answer:
    """P2: with a reason; it is a draft again."""
    number = which.meant(asking, line, MeetingVerb.REFUSE)
    why = _why(asking, line)
    if not why:
        return _reason(asking, line, number, MeetingVerb.REFUSE)
    return which.told(asking, operations.refuse(asking, number, why))


def cancel(asking: Asking, line: Line) -> Answer:
    """Whoever was told of it hears why; a draft that nobody heard of needs no reason."""
    number = which.meant(asking, line, MeetingVerb.CANCEL)
    why = _why(asking, line)
    heard = _heard(asking, number)
    if not why and heard:
        return _reason(asking, line, number, MeetingVerb.CANCEL)
    return which.told(asking, operations.cancel(asking, number, why))


def _preview(asking: Asking, meeting: Meeting) -> Card:
    """Raises Refusal `meeting-no-approver`: what nobody could approve is not shown as if it could be sent."""
    hearing = [one for one in dict.fromkeys(attending(meeting)) if one != asking.by.id]
    awaiting = operations.needs_approval(asking, meeting)
    approvers = operations.approvers(asking) if awaiting else ()
    if awaiting and not approvers:
        raise Refusal("meeting-no-approver", meeting=meeting.label)
    return views.preview(scene(asking), meeting, hearing, approvers)


def _entry(asking: Asking, meeting: Meeting) -> tuple[Block, ...]:
    """For the calendar of whoever sends it: nobody is told what they did themselves."""
    return (views.file(meeting, invitation(meeting, asking.directory, asking.now)),)


def _heard(asking: Asking, number: int) -> bool:
    meeting = asking.records.meetings.get(number)
    return meeting is not None and meeting.announced_at is not None


def _why(asking: Asking, line: Line) -> str:
    return worded(asking.values.get("why") or line.rest, asking.workplace.rules.text_limit, "why")


def _reason(asking: Asking, line: Line, number: int, verb: MeetingVerb) -> Answer:
    command = which.naming(line, number).with_rest("")
    return which.ask(asking, number, verb, str(verb), ("why",), {}, {}, command)
