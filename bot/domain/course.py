"""The course of an action item: one function a verb, from a value to the fact of its change (A2–A5, A14, M3, M6).

Each takes the item, who does it (person id) and when (aware UTC), and returns `Changed`, or raises `Refusal` with what
to do instead. Who *may* do it was asked before, in bot/policy.
"""

from datetime import date, datetime

from msgspec.structs import replace

from bot.domain.action import MOVES, Action, Block, Deliverable, Due, State, Verb
from bot.domain.facts import Changed
from bot.domain.rules import Rules
from bot.errors import Offer, Refusal


def add(action: Action, by: int | None = None) -> Changed:
    """M3 was asked at the door: an Action has one owner and one day. Who takes it themselves has accepted it. `by`: who
    wrote it down, where that is not who assigns it (a meeting's host does)."""
    by = action.assigner if by is None else by
    state = State.IN_PROGRESS if action.owner == by else State.PROPOSED
    begun = action if action.state is state else action.but(state=state)
    return Changed(Verb.ADD, None, begun, by, action.created_at)


def accept(action: Action, by: int, at: datetime) -> Changed:
    """M6."""
    return _change(action, Verb.ACCEPT, by, at)


def decline(action: Action, by: int, at: datetime, why: str) -> Changed:
    """M6: back to whoever assigned it, with a reason."""
    return _change(action, Verb.DECLINE, by, at, _said(why, Verb.DECLINE, action))


def submit(action: Action, by: int, at: datetime, delivered: tuple[Deliverable, ...]) -> Changed:
    """A3: needs something to look at. An owner who is also the tracker closes it with this."""
    _allow(action, Verb.SUBMIT)
    if not delivered:
        raise Refusal("submit-needs-deliverable", action=action.label, field="deliverable")
    closed = action.owner == action.tracker
    return _change(
        action, Verb.SUBMIT, by, at, "\n".join(one.text for one in delivered),
        state=State.DONE if closed else State.SUBMITTED, deliverables=(*action.deliverables, *delivered),
        submitted_at=at, finished_at=at if closed else None, block=None, snoozed_until=None,
    )  # fmt: skip


def approve(action: Action, by: int, at: datetime, why: str = "") -> Changed:
    """A3: the tracker is satisfied."""
    return _change(action, Verb.APPROVE, by, at, why, finished_at=at)


def return_(action: Action, by: int, at: datetime, why: str) -> Changed:
    """A3: in progress again, with what is missing."""
    return _change(action, Verb.RETURN, by, at, _said(why, Verb.RETURN, action), submitted_at=None)


def block(action: Action, by: int, at: datetime, block: Block, today: date) -> Changed:
    """A5: needs a reason, who can resolve it, and by which day."""
    _allow(action, Verb.BLOCK)
    _said(block.reason, Verb.BLOCK, action)
    if block.until < today:
        raise Refusal("block-until-past", action=action.label, field="until")
    return _change(action, Verb.BLOCK, by, at, block.reason, block=block, submitted_at=None)


def unblock(action: Action, by: int, at: datetime, why: str = "") -> Changed:
    """A5: the way is free again."""
    return _change(action, Verb.UNBLOCK, by, at, why, block=None)


def postpone(action: Action, by: int, at: datetime, due: Due, why: str) -> Changed:
    """A4: a reason and a later exact day; the first due day is kept for the on-time figure."""
    _allow(action, Verb.POSTPONE)
    _said(why, Verb.POSTPONE, action)
    if due.at <= action.due.at:
        raise Refusal("postpone-needs-later", action=action.label, day=action.due.day, field="due")
    state = MOVES[Verb.POSTPONE][action.state]
    if action.state is State.PROPOSED and by != action.owner:
        state = State.PROPOSED
    return _change(
        action, Verb.POSTPONE, by, at, why,
        state=state, due=due, postponements=action.postponements + 1, submitted_at=None, snoozed_until=None,
    )  # fmt: skip


def edit(action: Action, by: int, at: datetime, **fields: object) -> Changed:
    """Corrects what was written. A later day for an item that was accepted is a postponement, and is said so (A4)."""
    _allow(action, Verb.EDIT)
    due = fields.get("due")
    if isinstance(due, Due):
        if action.state is not State.PROPOSED and due.at > action.due.at:
            line = f"/action postpone {action.label} {due.day}{f' {due.time:%H:%M}' if due.time else ''}"
            offers = (Offer("press-postpone", line),)
            raise Refusal("edit-is-postpone", action=action.label, day=due.day, field="due", offers=offers)
        if action.state is State.PROPOSED:
            fields["first_due"] = due.day
    changed = {name: value for name, value in fields.items() if getattr(action, name) != value}
    if not changed:
        raise Refusal("edit-nothing", action=action.label)
    return _change(action, Verb.EDIT, by, at, **changed)


def assign(
    action: Action, by: int, at: datetime, owner: int, due: Due, department: int | None, why: str,
    asked_at: datetime | None = None,
) -> Changed:  # fmt: skip
    """A14, M6: another owner, who is asked to accept, and can read so at `asked_at` (None: at once). `due` is the same day in
    the new owner's zone. What goes back to who assigned it is assigned by who gives it: silence and a refusal reach them."""
    _allow(action, Verb.ASSIGN)
    if owner == action.owner and action.state is not State.DECLINED:
        raise Refusal("assign-same-owner", action=action.label, who=(action.owner,))
    supporters = tuple(one for one in action.supporters if one.person != owner)
    assigner = by if owner == action.assigner and owner != by else action.assigner
    return _change(
        action, Verb.ASSIGN, by, at, why, supporters=supporters, assigner=assigner,
        state=State.IN_PROGRESS if owner == by else State.PROPOSED, owner=owner, department=department, due=due,
        asked_at=asked_at or at, block=None, submitted_at=None, snoozed_until=None,
    )  # fmt: skip


def note(action: Action, by: int, at: datetime, text: str) -> Changed:
    """A7: the last word about it, for whoever asks why."""
    return _change(action, Verb.NOTE, by, at, _said(text, Verb.NOTE, action), note=text, note_at=at)


def snooze(action: Action, by: int, at: datetime, until: datetime) -> Changed:
    """A6: no reminder to the owner before `until`, then one."""
    _allow(action, Verb.SNOOZE)
    if until <= at:
        raise Refusal("snooze-past", action=action.label, field="until")
    return _change(action, Verb.SNOOZE, by, at, snoozed_until=until)


def nudge(action: Action, by: int, at: datetime, rules: Rules) -> Changed:
    """One push to whoever must act, throttled."""
    _allow(action, Verb.NUDGE)
    if action.nudged_at is not None and at - action.nudged_at < rules.nudge_pause:
        raise Refusal("nudge-too-soon", action=action.label, again=action.nudged_at + rules.nudge_pause)
    return _change(action, Verb.NUDGE, by, at, nudged_at=at)


def cancel(action: Action, by: int, at: datetime, why: str) -> Changed:
    """A2: nothing is deleted; needs a reason."""
    return _change(action, Verb.CANCEL, by, at, _said(why, Verb.CANCEL, action), finished_at=at, block=None)


def reopen(action: Action, by: int, at: datetime, why: str) -> Changed:
    """Closed too early, or submitted by mistake."""
    return _change(
        action, Verb.REOPEN, by, at, _said(why, Verb.REOPEN, action), finished_at=None, submitted_at=None
    )  # fmt: skip


def undo(action: Action, before: Action | None, undone: Verb, by: int, at: datetime) -> Changed:
    """The last change taken back, as a change of its own; a new item is withdrawn (cancelled), never deleted."""
    if before is None:
        back = replace(action, state=State.CANCELLED, finished_at=at)
    else:
        back = replace(before, number=action.number)
    back = replace(back, version=action.version + 1, changed_at=at)
    return Changed(Verb.UNDO, action, back, by, at, undone=undone)


def must_act(action: Action) -> int:
    """Whom a nudge goes to: the tracker of a submission, the resolver of a block, the assigner of what was declined,
    else the owner."""
    if action.state is State.SUBMITTED:
        return action.tracker
    if action.state is State.BLOCKED and action.block is not None:
        return action.block.resolver
    return action.bearer


def _change(action: Action, verb: Verb, by: int, at: datetime, why: str = "", /, **fields: object) -> Changed:
    _allow(action, verb)
    fields.setdefault("state", MOVES[verb][action.state])
    after = action.but(version=action.version + 1, changed_at=at, **fields)
    return Changed(verb, action, after, by, at, why)


def _allow(action: Action, verb: Verb) -> None:
    if action.state not in MOVES[verb]:
        raise Refusal("wrong-state", action=action.label, state=str(action.state), verb=str(verb))


def _said(why: str, verb: Verb, action: Action) -> str:
    if not why.strip():
        raise Refusal("needs-reason", action=action.label, verb=str(verb), field="why")
    return why
