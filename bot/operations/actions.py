"""The verbs on recorded items: each asks who may and where it stands (bot/operations/change.py), applies its rule
(bot/domain/course.py) and returns what changed. `numbers`: all of them or none. Reasons are kept as written (T5)."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain import course
from bot.domain.action import Action, Block, Deliverable, Verb
from bot.domain.facts import Changed
from bot.errors import Offer, Refusal
from bot.operations.change import change
from bot.operations.desk import Desk


def accept(desk: Desk, numbers: Sequence[int]) -> list[Changed]:
    """M6."""
    return change(desk, Verb.ACCEPT, numbers, lambda action: course.accept(action, desk.by.id, desk.now))


def decline(desk: Desk, numbers: Sequence[int], why: str) -> list[Changed]:
    """M6: goes back to whoever assigned it."""
    return change(desk, Verb.DECLINE, numbers, lambda action: course.decline(action, desk.by.id, desk.now, why))


def submit(desk: Desk, numbers: Sequence[int], delivered: tuple[Deliverable, ...]) -> list[Changed]:
    """A3."""
    return change(desk, Verb.SUBMIT, numbers, lambda action: course.submit(action, desk.by.id, desk.now, delivered))


def approve(desk: Desk, numbers: Sequence[int], why: str = "") -> list[Changed]:
    """A3: the tracker is satisfied."""
    return change(desk, Verb.APPROVE, numbers, lambda action: course.approve(action, desk.by.id, desk.now, why))


def return_(desk: Desk, numbers: Sequence[int], why: str) -> list[Changed]:
    """A3: with what is missing."""
    return change(desk, Verb.RETURN, numbers, lambda action: course.return_(action, desk.by.id, desk.now, why))


def block(desk: Desk, numbers: Sequence[int], block: Block) -> list[Changed]:
    """A5. Whether its day has passed is asked in the asker's zone (T1)."""
    today = desk.now.astimezone(desk.by.zone).date()
    return change(desk, Verb.BLOCK, numbers, lambda action: course.block(action, desk.by.id, desk.now, block, today))


def unblock(desk: Desk, numbers: Sequence[int], why: str = "") -> list[Changed]:
    """A5: the way is free again."""
    return change(desk, Verb.UNBLOCK, numbers, lambda action: course.unblock(action, desk.by.id, desk.now, why))


def note(desk: Desk, numbers: Sequence[int], text: str) -> list[Changed]:
    """A7: the last word about it."""
    return change(desk, Verb.NOTE, numbers, lambda action: course.note(action, desk.by.id, desk.now, text))


def snooze(desk: Desk, numbers: Sequence[int], until: datetime) -> list[Changed]:
    """A6: no reminder before `until` (aware)."""
    return change(desk, Verb.SNOOZE, numbers, lambda action: course.snooze(action, desk.by.id, desk.now, until))


def nudge(desk: Desk, numbers: Sequence[int]) -> list[Changed]:
    """One push to whoever must act, throttled. Raises Refusal `nudge-own` where that is the asker."""

    def rule(action: Action) -> Changed:
        if course.must_act(action) == desk.by.id:
            raise Refusal(
                "nudge-own", action=action.label, offers=(Offer("offer-show", f"/action show {action.label}"),)
            )
        return course.nudge(action, desk.by.id, desk.now, desk.workplace.rules)

    return change(desk, Verb.NUDGE, numbers, rule)


def cancel(desk: Desk, numbers: Sequence[int], why: str) -> list[Changed]:
    """A2: nothing is deleted."""
    return change(desk, Verb.CANCEL, numbers, lambda action: course.cancel(action, desk.by.id, desk.now, why))


def reopen(desk: Desk, numbers: Sequence[int], why: str) -> list[Changed]:
    """Closed too early, or submitted by mistake."""
    return change(desk, Verb.REOPEN, numbers, lambda action: course.reopen(action, desk.by.id, desk.now, why))
