"""A morning's reminder: everything one person must do about their items, in one message with the buttons (A5–A8, M6).

Several for one person in one morning are one message. A line whose item has moved on is left out; when all have, there
is nothing to say (None), unless the message already stands: then it says how they stand.
"""

from collections import Counter
from collections.abc import Mapping

from bot.cards import Block, Button, Card, Code, Item, Items, Plain, Text
from bot.domain.action import Action, State, Verb
from bot.domain.alarms import Occasion
from bot.policy import verifiers
from bot.views import lines, presses
from bot.views.scene import Scene

Actions = tuple[Action, ...]
Line = tuple[Action, Occasion]

AT_MOST = 15
"""Lines of one message."""

_MINE = frozenset({Occasion.BEFORE, Occasion.DUE, Occasion.OVERDUE, Occasion.ASK, Occasion.SNOOZED})
_ORDER = ("risk", "overdue", "due", "resolve", "verify", "accept", "unanswered", "soon", "ask")
"""Worst before better, what is mine before what is others'."""
_RANKS = {why: rank for rank, why in enumerate(Occasion)}
_KINDS = {
    Occasion.RISK: "risk",
    Occasion.RESOLVE: "resolve",
    Occasion.BLOCK_PAST: "resolve",
    Occasion.VERIFY: "verify",
    Occasion.UNACCEPTED: "accept",
    Occasion.UNANSWERED: "unanswered",
}


def reminder(scene: Scene, actions: Actions, args: Mapping[str, object]) -> Card | None:
    """One item: its own message. Several: counts first, then a line each, worst first, with its likeliest press."""
    told = _lines(actions, args)
    alive = [(action, why) for action, why in told if _holds(scene, action, why)]
    if not alive:
        return settled(scene, [action for action, _ in told]) if args.get("posted") else None
    if len(alive) == 1 and (len(told) == 1 or not args.get("posted")):
        return _one(scene, *alive[0])
    return _many(scene, alive, told if args.get("posted") else alive)


def risk(scene: Scene, actions: Actions, args: Mapping[str, object]) -> Card | None:
    """A7, to the head and the tracker: whose, how late, the last word; step in, reassign or look."""
    alive = [action for action in actions if lines.overdue(scene, action) and action.state is not State.SUBMITTED]
    if not alive:
        return settled(scene, list(actions)) if args.get("posted") else None
    if len(alive) == 1:
        return _risk(scene, alive[0])
    items = [_item(scene, action, "risk") for action in alive]
    return lines.card(scene.words("risks", n=len(alive)), *first(scene, items), tone="bad")


def whose(scene: Scene, action: Action) -> str:
    """技术部 王五 / Engineering, Wang Wu."""
    department = lines.department(scene, action.department)
    name = scene.name(action.owner)
    return scene.words("department-person", department=department, person=name) if department else name


def _at_risk(scene: Scene, action: Action) -> str:
    """Whose, and what keeps it from being begun: 技术部 王五 · 待确认."""
    state = "" if lines.accepted(action) else scene.words(f"state-{action.state}")
    return " · ".join(part for part in (whose(scene, action), state) if part)


def _lines(actions: Actions, args: Mapping[str, object]) -> list[Line]:
    """The items with why they are told; one told twice in a morning is one line, for its worst reason."""
    known = {action.label: action for action in actions}
    given = args.get("lines")
    pairs = [
        (known[str(line["subject"])], Occasion(str(line["why"]).partition(":")[0]))
        for line in (given if isinstance(given, list | tuple) else ())
        if isinstance(line, Mapping) and line.get("subject") in known
    ]
    if len(pairs) == 1:
        return pairs
    pairs.sort(key=lambda pair: _RANKS[pair[1]])
    return list({action.label: (action, why) for action, why in reversed(pairs)}.values())[::-1]


def _holds(scene: Scene, action: Action, why: Occasion) -> bool:
    """Whether the reader still has to do something about it."""
    if not action.open:
        return False
    reader = scene.reader.id if scene.reader else 0
    if why in _MINE:
        return action.owner == reader and action.state not in (State.SUBMITTED, State.DECLINED)
    if why is Occasion.RISK:
        return lines.overdue(scene, action) and action.state is not State.SUBMITTED
    if why in (Occasion.RESOLVE, Occasion.BLOCK_PAST):
        return action.block is not None and action.block.resolver == reader
    if why is Occasion.VERIFY:
        return action.state is State.SUBMITTED and reader in verifiers(action, scene.directory)
    return action.state is State.PROPOSED and reader in (action.owner, action.assigner)


def _kind(scene: Scene, action: Action, why: Occasion) -> str:
    """What it is by now, not what it was when the alarm was set."""
    if why not in _MINE:
        return _KINDS[why]
    if lines.overdue(scene, action):
        return "overdue"
    days = (action.due.day - scene.today).days
    if days <= 0:
        return "due"
    return "soon" if days <= scene.workplace.rules.before_days or why is Occasion.BEFORE else "ask"


def _one(scene: Scene, action: Action, why: Occasion) -> Card:
    kind = _kind(scene, action, why)
    if kind == "risk":
        return _risk(scene, action)
    return lines.card(
        f"{lines.sign(scene, action)}{_phrase(scene, action, kind, 'remind-one')}",
        lines.said(action.text),
        lines.said(_blocked(scene, action, kind)),
        lines.delivered(scene, action.deliverables) if kind == "verify" else None,
        presses.row((*_buttons(scene, action, kind), *_pause(scene, action, kind))),
        tone=lines.TONES[scene.light(action)],
    )


def _many(scene: Scene, alive: list[Line], told: list[Line]) -> Card:
    """Counts, then the lines; those that are settled by now stay at the end of a message that already stands."""
    kinds = {action.label: _kind(scene, action, why) for action, why in alive}
    alive = sorted(alive, key=lambda pair: (_ORDER.index(kinds[pair[0].label]), pair[0].due.at, pair[0].number))
    counted = Counter(kinds.values())
    title = scene.words("comma-counts").join(
        scene.words(f"count-{kind}", n=counted[kind]) for kind in _TITLE if counted[kind]
    )
    gone_on = [action for action, _ in told if action.label not in kinds]
    items = [_item(scene, action, kinds[action.label]) for action, _ in alive]
    done = [over(scene, action) for action in gone_on]
    worst = lines.TONES[scene.light(alive[0][0])]
    mine = [action for action, _ in alive if kinds[action.label] not in _KINDS.values()]
    snooze = presses.row((presses.snooze(scene, *mine),)) if mine else None
    return lines.card(title, *first(scene, [*items, *done]), snooze, tone=worst)


_TITLE = ("due", "overdue", "risk", "resolve", "verify", "accept", "unanswered", "soon", "ask")
"""The counts of a heading in the order they are said: what is due today, then what is late, then the rest."""


def first(scene: Scene, items: list[Item]) -> tuple[Block | None, ...]:
    """As many lines as one reads on a morning; the rest is a number and the line that shows it (VOICE rule 7)."""
    left = len(items) - AT_MOST
    rest = Text((Plain(scene.words("digest-rest", n=left)), Code("/action list"))) if left > 0 else None
    return Items(tuple(items[:AT_MOST])), rest


def _item(scene: Scene, action: Action, kind: str) -> Item:
    said = _phrase(scene, action, kind, "remind-line")
    text = scene.words("line-text", said=said, text=action.text)
    who = whose(scene, action) if kind in ("unanswered", "verify", "resolve") else ""
    who = _at_risk(scene, action) if kind == "risk" else who
    return Item(lines.lead(scene, action), text, who, _buttons(scene, action, kind))


def _phrase(scene: Scene, action: Action, kind: str, form: str) -> str:
    """A-42 后天到期（11月27日 周五）, or without the number in a list."""
    block = action.block
    return scene.words(
        f"{form}-{kind}" if kind in _KINDS.values() else f"{form}-due",
        action=action.label,
        due=lines.due_words(scene, action),
        owner=scene.name(action.owner),
        until=lines.bare(scene, block.until) if block else "",
    )


def _blocked(scene: Scene, action: Action, kind: str) -> str:
    """Why it stands still, for its owner and for the one who can resolve it."""
    if action.block is None:
        return ""
    name = "resolve-reason" if kind == "resolve" else "blocked-reason"
    return scene.words(name, reason=action.block.reason, who=scene.name(action.block.resolver))


def _risk(scene: Scene, action: Action) -> Card:
    """VOICE: 🔴 风险：A-31 已逾期 4 个工作日（技术部 王五）."""
    words = scene.words
    last = ""
    if action.note and action.note_at is not None:
        day = words.bare_day(action.note_at.astimezone(scene.zone).date(), scene.today)
        last = words("last-word", day=day, note=action.note)
    day, first = lines.bare(scene, action.due.day), lines.bare(scene, action.first_due)
    due = words("was-due" if day == first else "was-postponed", text=action.text, day=day, first=first)
    return lines.card(
        words("risk", action=action.label, late=lines.late(scene, action), who=_at_risk(scene, action)),
        lines.said(due + last),
        presses.row(_buttons(scene, action, "risk")),
        tone="bad",
    )


def _buttons(scene: Scene, action: Action, kind: str) -> tuple[Button, ...]:
    """What answers it, the likeliest first."""
    if kind == "risk":
        return presses.for_head(scene, action)
    verbs = {
        "accept": (Verb.ACCEPT, Verb.DECLINE),
        "unanswered": (Verb.NUDGE, Verb.ASSIGN),
        "verify": (Verb.APPROVE, Verb.RETURN),
        "resolve": (Verb.UNBLOCK,),
    }.get(kind, presses.ANSWERS[action.state])
    return tuple(presses.press(scene, action, verb) for verb in presses.allowed(scene, action, verbs))


def _pause(scene: Scene, action: Action, kind: str) -> tuple[Button, ...]:
    """[明早再说] for an owner's own item."""
    return (presses.snooze(scene, action),) if kind not in _KINDS.values() else ()


def settled(scene: Scene, actions: list[Action]) -> Card:
    """Nothing is left to do: how they stand."""
    if len(actions) == 1:
        return lines.card(
            lines.sign(scene, actions[0]) + lines.standing(scene, actions[0]), lines.said(actions[0].text)
        )
    items = [over(scene, action) for action in actions]
    return lines.card(scene.words("all-settled"), *first(scene, items), tone="good")


def over(scene: Scene, action: Action) -> Item:
    """A line of a list that is settled by now: 已完成：… beside its number."""
    said = lines.standing(scene, action, numbered=False)
    return Item(lines.lead(scene, action), scene.words("line-text", said=said, text=action.text))
