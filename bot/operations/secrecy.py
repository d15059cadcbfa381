"""N8: when a meeting becomes confidential, or its circle of readers changes, its items follow, and every posted card about
them is made anew: who lost the right finds nothing on it (bot/outbox/making.py)."""

from msgspec.structs import replace

from bot.domain.action import Action, Verb
from bot.domain.facts import Changed, Met
from bot.domain.meeting import Meeting
from bot.operations.change import keep
from bot.operations.desk import Desk
from bot.store import Query


def readers(meeting: Meeting) -> tuple[int, ...]:
    """Who may see the items of a confidential meeting besides those they ask something of; empty: everybody."""
    return tuple(sorted(meeting.readers)) if meeting.confidential else ()


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
