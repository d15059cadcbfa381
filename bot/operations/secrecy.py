"""N8: when a meeting becomes confidential, or its circle of readers changes, its items follow, and every posted card about
them is made anew: who lost the right finds nothing on it (bot/outbox/making.py). What a confidential session left open stands
on the next one's agenda (A13) only where everybody who reads that may know of it."""

from msgspec.structs import replace

from bot.domain.action import Action, Verb
from bot.domain.facts import Changed, Met
from bot.domain.meeting import Meeting
from bot.operations.change import keep
from bot.operations.desk import Desk
from bot.policy import sees_item
from bot.store import Query


def readers(meeting: Meeting) -> tuple[int, ...]:
    """Who may see the items of a confidential meeting besides those they ask something of; empty: everybody."""
    return tuple(sorted(meeting.readers)) if meeting.confidential else ()


def within(desk: Desk, fact: Met) -> Met:
    """The change without what its meeting's agenda may not carry over by now: somebody else is invited, or it is no longer
    confidential."""
    before, after = fact.before, fact.after
    kept = before is not None and before.topics == after.topics and readers(before) == readers(after)
    if kept or not any(topic.carried for topic in after.topics):
        return fact
    topics = tuple(one for one in after.topics if not one.carried or carries(desk, after, one.carried))
    return fact if topics == after.topics else replace(fact, after=replace(after, topics=topics))


def carries(desk: Desk, meeting: Meeting, carried: str) -> bool:
    """Whether everybody who reads this meeting's agenda may know of an open item (A-12) or a parked topic (M-3#2)."""
    number = int(carried[2:].partition("#")[0])
    if carried.startswith("A-"):
        action = desk.records.actions.get(number)
        if action is None or not action.readers:
            return True
        return meeting.confidential and all(sees_item(desk.directory.person(one), action) for one in meeting.readers)
    source = desk.records.meetings.get(number)
    return source is None or not source.confidential or (meeting.confidential and meeting.readers <= source.readers)


def settle(desk: Desk, fact: Met) -> None:
    """Brings the items of the meeting to its circle, each as a change of its own."""
    wanted = readers(fact.after)
    if fact.before is None or readers(fact.before) == wanted:
        return
    for action in desk.records.actions.find(Query(session=fact.after.number)):
        if action.readers != wanted:
            keep(desk, Changed(Verb.EDIT, action, _shown_to(desk, action, wanted), desk.by.id, desk.now))


def _shown_to(desk: Desk, action: Action, wanted: tuple[int, ...]) -> Action:
    return replace(action, readers=wanted, version=action.version + 1, changed_at=desk.now)
