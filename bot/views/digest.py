"""The weekly digest (R1): counts first, then the items, worst first; an empty part is left out.

`args` of a digest are plain values, so that they can wait in the outbox: `week` (ISO number), `done`, `overdue`,
`blocked`, `due_next` (counts), `on_time` (weeks and their percent, None for nothing due, newest first), `reddened` (how
many turned red this week), `of` (whose: a department's or a room's name), `total` (open items in all), `list` (the line
that shows them all), `verify` (the numbers of those that the reader has yet to verify), `unread` (how many minutes wait to be
acknowledged) and `minutes` (those, see bot/operations/unread.py). `actions` are the open ones worth a line, worst first.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise

from msgspec.structs import replace

from bot.cards import Bar, Card, Chart, Code, Item, Items, Plain, Text
from bot.domain.action import Action, Light, State
from bot.views import lines, presses
from bot.views.examples import example
from bot.views.listing import detail_of
from bot.views.scene import Scene

AT_MOST = 12
"""Items in a digest, so that with heading, counts and the rest it stays within about fifteen lines."""

_WEEKS_END = 4
"""From Friday on."""
COUNTS = ("done", "overdue", "blocked", "due_next", "reddened", "waiting", "unread")


def room(scene: Scene, actions: Sequence[Action], args: Mapping[str, object]) -> Card | None:
    """A room's week: everybody reads it, so no one's own figures stand in it (VOICE rule 9)."""
    return _digest(scene, actions, args, buttons=False)


def department(scene: Scene, actions: Sequence[Action], args: Mapping[str, object]) -> Card | None:
    """A department's week, to its head or its room."""
    return _digest(scene, actions, args, buttons=False)


def own(scene: Scene, actions: Sequence[Action], args: Mapping[str, object]) -> Card | None:
    """One person's own week: the same counts, and under each item the press that moves it on; what they have yet to verify."""
    given = args.get("verify")
    numbers = given if isinstance(given, list | tuple) else ()
    verify = [one for one in actions if one.number in numbers and one.state is State.SUBMITTED]
    mine = [one for one in actions if one.number not in numbers]
    return _followed(scene, args, _digest(scene, mine, args, buttons=True), _tracked(scene, "verify", verify))


def own_now(
    scene: Scene, actions: Sequence[Action], args: Mapping[str, object], tracked: Sequence[Action]
) -> Card | None:
    """Asked for: the reader's own week, and what others owe them: to verify, then what they only track."""
    verify = [one for one in tracked if one.state is State.SUBMITTED]
    rest = [one for one in tracked if one not in verify]
    card = own(scene, actions, args)
    return _followed(scene, args, card, _tracked(scene, "verify", verify), _tracked(scene, "tracked", rest))


def nothing(scene: Scene, *, own: bool = False) -> Card:
    """Asked for with `/digest` when there is nothing to say; unasked it is not sent."""
    return lines.card(
        scene.words("digest-nothing-own" if own else "digest-nothing"), Text((Code(example(scene, "add")),))
    )


def _digest(scene: Scene, actions: Sequence[Action], args: Mapping[str, object], *, buttons: bool) -> Card | None:
    figures = _figures(scene, args)
    trend = None if buttons else _trend(scene, args)
    shown = actions[: AT_MOST - (len(trend.bars) if trend else 0)]
    if not figures and not shown:
        return None
    items = tuple(_item(scene, action, buttons=buttons) for action in shown)
    return lines.card(
        _title(scene, args, own=buttons),
        lines.said(" · ".join(figures)),
        trend,
        Items(items) if items else None,
        _rest(scene, args, len(shown), len(actions)),
        _minutes(scene, args),
        tone="bad" if any(scene.light(action) is Light.RED for action in shown) else "neutral",
    )


def _minutes(scene: Scene, args: Mapping[str, object]) -> Items | None:
    """N4, R1: minutes that wait to be acknowledged: how many have, never who; what the reader has to read says so."""
    given = args.get("minutes")
    lines_ = [
        _unread(scene, one) for one in (given if isinstance(given, list | tuple) else ()) if isinstance(one, Mapping)
    ]
    return Items(tuple(lines_[:AT_MOST]), scene.words("digest-minutes")) if lines_ else None


def _unread(scene: Scene, one: Mapping[str, object]) -> Item:
    label, title = str(one.get("label")), str(one.get("title"))
    counted = scene.words("digest-acknowledged", n=str(one.get("n")), of=str(one.get("of")))
    if not one.get("own"):
        return Item(label, title, counted)
    look = presses.link(scene, "minutes-show", f"/minutes show {label}")
    return Item(label, title, scene.words("digest-own-minutes"), (look,))


def _followed(scene: Scene, args: Mapping[str, object], card: Card | None, *parts: Items | None) -> Card | None:
    """Somebody's week with what others owe them behind it; that alone where there is nothing else."""
    more = tuple(one for one in parts if one is not None)
    if card is None:
        return lines.card(_title(scene, args, own=True), *more) if more else None
    return replace(card, blocks=(*card.blocks, *more))


def _tracked(scene: Scene, name: str, actions: Sequence[Action]) -> Items | None:
    """How many in all, then the first of them."""
    if not actions:
        return None
    items = tuple(_item(scene, action, buttons=True) for action in actions[:AT_MOST])
    return Items(items, scene.words(f"digest-{name}", n=len(actions)))


def _title(scene: Scene, args: Mapping[str, object], *, own: bool) -> str:
    week = _number(args, "week")
    if own:
        return scene.words("digest-own", week=week)
    return scene.words("digest-title", of=lines.single(str(args.get("of") or scene.workplace.name)), week=week)


def _figures(scene: Scene, args: Mapping[str, object]) -> list[str]:
    """完成 12 · 逾期 2 · 受阻 1 · 下周到期 5 · 按期率 86%（上周 79%）, zeros left out."""
    said = [scene.words(_counted(scene, name), n=_number(args, name)) for name in COUNTS if _number(args, name)]
    (rate, before), *_ = [*pairwise(rate for _, rate in _rates(args)), (None, None)]
    if rate is None:
        return said
    if before is None:
        return [*said, scene.words("digest-rate", rate=rate)]
    return [*said, scene.words("digest-rates", rate=rate, before=before)]


def _counted(scene: Scene, name: str) -> str:
    """The seven days ahead are next week to who reads it at a week's end, and not to who asks on a Tuesday, or on a Friday
    before a Saturday that is worked."""
    sunday = scene.today + timedelta(days=6 - scene.today.weekday())
    ends = scene.today.weekday() >= _WEEKS_END and scene.workplace.calendar.after(scene.today, 1) > sunday
    return "digest-due_soon" if name == "due_next" and not ends else f"digest-{name}"


def _trend(scene: Scene, args: Mapping[str, object]) -> Chart | None:
    """R2 over some weeks, oldest first; two figures stand in words already."""
    bars = [
        Bar(scene.words("digest-week", week=int(week.rpartition("W")[2])), rate)
        for week, rate in reversed(_rates(args))
        if rate is not None
    ]
    return Chart(scene.words("digest-trend"), tuple(bars), "%") if len(bars) > 2 else None


def _rates(args: Mapping[str, object]) -> list[tuple[str, int | None]]:
    given = args.get("on_time")
    return [(str(week), rate) for week, rate in given] if isinstance(given, list | tuple) else []


def _item(scene: Scene, action: Action, *, buttons: bool) -> Item:
    pressed = presses.likely(scene, action) if buttons else ()
    return Item(lines.lead(scene, action), action.text, detail_of(scene, action, own=buttons), pressed)


def _rest(scene: Scene, args: Mapping[str, object], shown: int, given: int) -> Text | None:
    """还有 8 项：/action list …"""
    left = max(_number(args, "total"), given) - shown
    if left <= 0:
        return None
    return Text((Plain(scene.words("digest-rest", n=left)), Code(str(args.get("list") or "/action list"))))


def _number(args: Mapping[str, object], name: str) -> int:
    value = args.get(name)
    return value if isinstance(value, int) else 0
