"""What people hear unasked: one view a moment, made when it is delivered, from the truth then.

MOMENTS is the table. A view gives None when there is nothing left to say (moot). `args["posted"]` is true when the
message already stands somewhere and is being brought up to date: then it never vanishes, but says how the item stands.
`args` are plain values: `why` (as written), `by`, `person` (ids), `day` (ISO: the day before the change), `changes`
(field names), `lines` (subjects with their occasions), `reason`, `phrase` (as typed), `new` (ISO: the day it means).
"""

from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct

from bot.cards import Buttons, Card, Facts, Tone
from bot.domain.action import OPEN, Action, State, Verb
from bot.policy import verifiers
from bot.views import calendars, connections, digest, handover, lines, people, presses, reminder, series
from bot.views.detail import present_values
from bot.views.scene import Scene

Actions = tuple[Action, ...]
Args = Mapping[str, object]
View = Callable[[Scene, Actions, Args], Card | None]


_OURS = frozenset({"left", "messenger-off", "no-account"})
"""Why nothing is even tried (bot/outbox/making.py)."""
_WORKING = frozenset({State.IN_PROGRESS, State.POSTPONED})


class Telling(Struct, frozen=True):
    """How a moment is told: in which states of the item its title is still true, and what the reader may press."""

    name: str
    current: frozenset[State]
    verbs: tuple[Verb, ...] = ()
    show: bool = False
    reason_in_title: bool = True
    tone: Tone = "neutral"


def request(scene: Scene, actions: Actions, args: Args) -> Card | None:
    """M6, to the owner: what, by when, how it will be judged, from where; accept or decline."""
    action = actions[0]
    if action.state is not State.PROPOSED or not _is(scene, action.owner):
        return _moved_on(scene, action, args)
    return lines.card(
        scene.words(
            "request", action=action.label, day=lines.bare(scene, action.due.day), late=lines.so_late(scene, action)
        ),
        lines.essence(scene, action),
        lines.whence(scene, action),
        lines.source_quote(action),
        presses.presses(scene, action, (Verb.ACCEPT, Verb.DECLINE)),
    )


def informed(scene: Scene, actions: Actions, args: Args) -> Card | None:
    """A10, to a supporter or a tracker: nothing is asked now."""
    action = actions[0]
    if not action.open:
        return _moved_on(scene, action, args)
    role = "tracker" if _is(scene, action.tracker) else "supporter"
    title = scene.words(
        f"informed-{role}", action=action.label, day=lines.bare(scene, action.due.day), owner=scene.name(action.owner)
    )
    return lines.card(title, lines.essence(scene, action), lines.whence(scene, action), _show(scene, action))


def verify(scene: Scene, actions: Actions, args: Args) -> Card | None:
    """A3, to the tracker: what was handed over and the criterion side by side; accept or return."""
    action = actions[0]
    if action.state is not State.SUBMITTED or not _verifies(scene, action):
        return _moved_on(scene, action, args)
    return lines.card(
        scene.words("verify", action=action.label),
        lines.delivered(scene, action.deliverables, action.criterion),
        lines.said(scene.words("verify-whose", text=action.text, owner=scene.name(action.owner)), faint=True),
        presses.presses(scene, action, (Verb.APPROVE, Verb.RETURN)),
    )


def blocked(scene: Scene, actions: Actions, args: Args) -> Card | None:
    """A5, to the resolver: what stands in the way, and by when it should not."""
    action = actions[0]
    block = action.block
    if block is None or not _is(scene, block.resolver):
        return _moved_on(scene, action, args)
    shown = lines.single(block.reason)
    return lines.card(
        scene.words("blocked", action=action.label, until=lines.bare(scene, block.until), why=shown),
        lines.quoted(block.reason, shown, scene.name(action.owner)),
        lines.said(scene.words("owned-by", text=action.text, owner=scene.name(action.owner))),
        presses.presses(scene, action, (Verb.UNBLOCK,), presses.show(scene, action)),
        tone="warn",
    )


def resolver_left(scene: Scene, actions: Actions, args: Args) -> Card | None:
    """A5, to the owner and the tracker: who was to free the way is no longer here; name another, or say that it is free."""
    action = actions[0]
    block = action.block
    if block is None or block.resolver != args.get("person"):
        return _moved_on(scene, action, args)
    who, why = scene.name(block.resolver), lines.single(block.reason)
    return lines.card(
        scene.words("resolver-left", action=action.label, who=who, why=why),
        lines.essence(scene, action),
        presses.presses(scene, action, (Verb.BLOCK, Verb.UNBLOCK), presses.show(scene, action)),
        tone="warn",
    )


def edited(scene: Scene, actions: Actions, args: Args) -> Card | None:
    """To the owner: which fields somebody else changed, with their new values."""
    action = actions[0]
    if not action.open:
        return _moved_on(scene, action, args)
    changes = args.get("changes")
    names = [str(name) for name in changes] if isinstance(changes, list | tuple) else []
    values = present_values(scene, action)
    pairs = tuple((scene.words(f"fact-{name}"), values[name] or "—") for name in names if name in values)
    return lines.card(
        scene.words("edited", action=action.label, by=_by(scene, args, action)),
        lines.said(action.text),
        Facts(pairs) if pairs else None,
        presses.presses(scene, action, (Verb.ACCEPT, Verb.DECLINE), presses.show(scene, action)),
    )


def nudged(scene: Scene, actions: Actions, args: Args) -> Card | None:
    """To whoever must act: who asks, about what, with the presses that answer."""
    action = actions[0]
    if not action.open or (not presses.likely(scene, action) and action.state is not State.DECLINED):
        return _moved_on(scene, action, args)
    title = scene.words(
        f"nudged-{_ask(action)}", action=action.label, by=_by(scene, args, action), day=lines.due_words(scene, action)
    )
    return lines.card(
        title,
        lines.essence(scene, action),
        lines.delivered(scene, action.deliverables) if action.state is State.SUBMITTED else None,
        presses.presses(scene, action, presses.ANSWERS[action.state]),
        tone=lines.TONES[scene.light(action)],
    )


def unanswered(scene: Scene, actions: Actions, args: Args) -> Card | None:
    """M6, to whoever assigned it: the owner has not answered for a day."""
    action = actions[0]
    if action.state is not State.PROPOSED:
        return _moved_on(scene, action, args)
    hours = round(scene.workplace.rules.unaccepted_report.total_seconds() / 3600)
    title = scene.words("unanswered", action=action.label, owner=scene.name(action.owner), hours=hours)
    return lines.card(
        f"{lines.sign(scene, action)}{title}",
        lines.essence(scene, action),
        presses.presses(scene, action, (Verb.NUDGE, Verb.ASSIGN, Verb.POSTPONE, Verb.CANCEL)),
        tone="warn",
    )


def postponed_often(scene: Scene, actions: Actions, args: Args) -> Card | None:
    """A4, to the head: how often, from when to when, why; step in, reassign or look."""
    action = actions[0]
    if not action.open:
        return _moved_on(scene, action, args)
    why = str(args.get("why") or "")
    title = scene.words(
        "postponed-often",
        action=action.label, times=action.postponements, day=lines.bare(scene, action.due.day),
    )  # fmt: skip
    return lines.card(
        lines.sign(scene, action) + title,
        lines.said(scene.words("was-due", text=action.text, day=lines.bare(scene, action.first_due))),
        lines.said(reminder.whose(scene, action), faint=True),
        lines.quoted(why, "", _by(scene, args, action)),
        _head_row(scene, action),
        tone="warn",
    )


def undeliverable(scene: Scene, actions: Actions, args: Args) -> Card | None:
    """To the admins: whom nothing reaches, and why as far as the messenger says. To who stands in for somebody who left:
    what needs a new owner (A14)."""
    if args.get("reason") in (handover.LEFT, handover.LISTED) and actions:
        return handover.abandoned(scene, actions, args) if args["reason"] == handover.LEFT else None
    return lines.card(
        scene.words("undeliverable", who=_person(scene, args.get("person"))),
        lines.said(scene.words("undeliverable-why", reason=_reason(scene, str(args.get("reason") or "?")))),
        lines.said(" ".join(action.label for action in actions), faint=True),
        tone="warn",
    )


def _reason(scene: Scene, reason: str) -> str:
    """Ours in words, a messenger's as it says it."""
    return scene.words(f"unreached-{reason}") if reason in _OURS else reason


def _telling(telling: Telling) -> View:
    """A view for a moment that tells one thing: `told-<name>`, the item, why, the presses."""

    def told(scene: Scene, actions: Actions, args: Args) -> Card | None:
        action = actions[0]
        if action.state not in telling.current:
            return _moved_on(scene, action, args)
        why = lines.because(scene, str(args.get("why") or ""))
        shown = lines.single(why) if telling.reason_in_title else ""
        return lines.card(
            _told_title(scene, telling.name, action, args, shown),
            lines.quoted(why, shown, _by(scene, args, action)),
            lines.said(_told_rest(scene, telling.name, action, args)),
            lines.essence(scene, action),
            _row(scene, action, telling),
            tone=telling.tone,
        )

    return told


def _told_title(scene: Scene, name: str, action: Action, args: Args, why: str) -> str:
    """With the reason after a colon when there is one."""
    title = scene.words(
        f"told-{name}",
        action=action.label, by=_by(scene, args, action), owner=scene.name(action.owner),
        day=lines.bare(scene, action.due.day), late=lines.so_late(scene, action),
    )  # fmt: skip
    return scene.words("title-why", title=title, why=why) if why else title


def _told_rest(scene: Scene, name: str, action: Action, args: Args) -> str:
    """What follows from it, where something does."""
    if name == "returned":
        late = lines.so_late(scene, action)
        return scene.words("returned-rest", day=lines.bare(scene, action.due.day), late=late)
    if name == "blocked" and action.block is not None:
        who, until = scene.name(action.block.resolver), lines.bare(scene, action.block.until)
        return scene.words("blocked-rest", who=who, until=until)
    if name == "postponed":
        old = _day(args.get("day")) or action.first_due
        return scene.words("postponed-rest", day=lines.bare(scene, old), times=action.postponements)
    return ""


def _row(scene: Scene, action: Action, telling: Telling) -> Buttons | None:
    more = (presses.show(scene, action),) if telling.show else ()
    return presses.presses(scene, action, telling.verbs, *more)


def _moved_on(scene: Scene, action: Action, args: Args) -> Card | None:
    """A message that stands somewhere says how its item stands now; one that was never sent is not sent."""
    if not args.get("posted"):
        return None
    return lines.card(
        lines.sign(scene, action) + lines.standing(scene, action), lines.said(action.text), _show(scene, action)
    )


def _head_row(scene: Scene, action: Action) -> Buttons | None:
    return presses.row(presses.for_head(scene, action))


def _show(scene: Scene, action: Action) -> Buttons | None:
    return presses.row((presses.show(scene, action),))


def _ask(action: Action) -> str:
    """What a nudge asks for: a word from the owner, or the tracker's, the resolver's, the assigner's turn."""
    asks = {State.PROPOSED: "accept", State.SUBMITTED: "verify", State.BLOCKED: "resolve", State.DECLINED: "declined"}
    return asks.get(action.state, "deliver")


def _is(scene: Scene, person: int) -> bool:
    return scene.reader is not None and scene.reader.id == person


def _verifies(scene: Scene, action: Action) -> bool:
    return scene.reader is not None and scene.reader.id in verifiers(action, scene.directory)


def _by(scene: Scene, args: Args, action: Action) -> str:
    return _person(scene, args.get("by")) if args.get("by") is not None else scene.name(action.assigner)


def _person(scene: Scene, id: object) -> str:
    known = scene.directory.people.get(id) if isinstance(id, int) else None
    return known.name if known else str(id or scene.words("nobody-known"))


def _day(value: object) -> date | None:
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value else None


def _handed_over(scene: Scene, actions: Actions, args: Args) -> Card | None:
    """To who owned it; whoever has it again by now has lost nothing."""
    if _is(scene, actions[0].owner):
        return _moved_on(scene, actions[0], args)
    return _BY_NAME["handed-over"](scene, actions, args)


def _reopened(scene: Scene, actions: Actions, args: Args) -> Card | None:
    """After an undone approval it is handed over again and waits for its tracker: then that is what is said."""
    if actions[0].state is State.SUBMITTED:
        return _moved_on(scene, actions[0], {**args, "posted": True})
    return _BY_NAME["reopened"](scene, actions, args)


_REWORK = (Verb.SUBMIT, Verb.POSTPONE, Verb.BLOCK)
_TOLD = (
    Telling("handed-over", frozenset(State), reason_in_title=False),
    Telling("declined", frozenset({State.DECLINED}), (Verb.ASSIGN, Verb.EDIT, Verb.CANCEL), tone="warn"),
    Telling("approved", frozenset({State.DONE}), tone="good"),
    Telling("returned", _WORKING, (Verb.SUBMIT, Verb.POSTPONE), tone="warn"),
    Telling("blocked", frozenset({State.BLOCKED}), show=True, tone="warn"),
    Telling("unblocked", _WORKING, _REWORK, reason_in_title=False, tone="good"),
    Telling("postponed", OPEN, show=True),
    Telling("cancelled", frozenset({State.CANCELLED}), (Verb.REOPEN,)),
    Telling("reopened", OPEN, _REWORK, reason_in_title=False),
)
_BY_NAME = {telling.name: _telling(telling) for telling in _TOLD}


def _digest_room(scene: Scene, actions: Actions, args: Args) -> Card | None:
    return digest.room(scene, actions, args)


def _digest_department(scene: Scene, actions: Actions, args: Args) -> Card | None:
    return digest.department(scene, actions, args)


def _digest_own(scene: Scene, actions: Actions, args: Args) -> Card | None:
    return digest.own(scene, actions, args)


def _recounted(scene: Scene, actions: Actions, args: Args) -> Card | None:
    """T2: a year's holidays are published, and the day as it was said is another one."""
    return calendars.recounted(scene, actions[0], args) or _moved_on(scene, actions[0], args)


def _welcome(scene: Scene, actions: Actions, args: Args) -> Card | None:
    return people.welcome(scene)


MOMENTS: dict[str, View] = {
    "request": request,
    "requests": handover.requests,
    "informed": informed,
    "handed_over": _handed_over,
    "handed_all": handover.handed_all,
    "declined": _BY_NAME["declined"],
    "verify": verify,
    "approved": _BY_NAME["approved"],
    "returned": _BY_NAME["returned"],
    "blocked": blocked,
    "resolver_left": resolver_left,
    "blocked_told": _BY_NAME["blocked"],
    "unblocked": _BY_NAME["unblocked"],
    "postponed": _BY_NAME["postponed"],
    "postponed_often": postponed_often,
    "edited": edited,
    "cancelled": _BY_NAME["cancelled"],
    "reopened": _reopened,
    "nudged": nudged,
    "reminder": reminder.reminder,
    "risk": reminder.risk,
    "unanswered": unanswered,
    "digest_room": _digest_room,
    "digest_department": _digest_department,
    "digest_own": _digest_own,
    "recounted": _recounted,
    "series-holiday": series.holiday,
    "welcome": _welcome,
    "undeliverable": undeliverable,
    "cut_off": connections.cut_off,
    "connected": connections.connected,
}
"""Every moment of the announcements and jobs, and how it is told."""
