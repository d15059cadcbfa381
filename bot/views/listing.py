"""Several items at once: counts first, worst first, each with its owner, day and state (A12)."""

from collections import Counter
from collections.abc import Sequence

from bot.cards import Buttons, Card, Code, Item, Items, Plain, Text
from bot.domain.action import Action, Light, State
from bot.views import lines, presses
from bot.views.examples import example
from bot.views.scene import Scene

AT_MOST = 20
"""Items on one page; the rest comes with the next."""


def listing(
    scene: Scene, actions: Sequence[Action], *, heading: str, every: Sequence[Action] = (), page: int = 1, more: str = "",
    own: bool = False, narrowed: bool = False, wider: str = "", whole: str = "",
) -> Card:  # fmt: skip
    """`actions` of this page in the given order (worst first); `every`: those of all pages; `more` the line for the next; `own`:
    the reader's own list; `narrowed`: not all of it; `wider` the line that asks the same of their department, `whole` the one
    for all pages as a file."""
    ways = _ways(scene, more, wider, whole)
    if not actions:
        return nothing(scene, heading, ways, teaches=not narrowed)
    total = len(every)
    paged = total > len(actions)
    pages = -(-total // AT_MOST)
    return lines.card(
        scene.words("list-title", heading=heading, counts=counts(scene, every or actions)),
        lines.said(scene.words("list-page", page=page, pages=pages, total=total), faint=True) if paged else None,
        Items(tuple(line(scene, action, own=own) for action in actions)),
        ways,
    )


def nothing(scene: Scene, heading: str, ways: Buttons | None = None, *, teaches: bool = True) -> Card:
    """One friendly line; what to type, unless there is much and only nothing overdue."""
    how = Text((Plain(scene.words("list-empty-add")), Code(example(scene, "add")))) if teaches else None
    return lines.card(scene.words("list-empty", heading=heading), how, ways)


def exported(scene: Scene, heading: str, line: str) -> Card:
    """What is kept of a file that was sent: the way to ask for it again."""
    return lines.card(heading, presses.row((presses.link(scene, "export", line, line),)))


def _ways(scene: Scene, more: str, wider: str, whole: str) -> Buttons | None:
    shown = (("more", more), ("team", wider), ("export", whole))
    return presses.row(presses.link(scene, name, line, line) for name, line in shown if line)


def line(scene: Scene, action: Action, *, own: bool = False) -> Item:
    """🔴 A-31 · the words · owner, day and state, and the one press the reader is waited for."""
    return Item(
        lines.lead(scene, action), action.text, detail_of(scene, action, own=own), presses.likely(scene, action)
    )


def detail_of(scene: Scene, action: Action, *, own: bool = False) -> str:
    """李四 · 11月27日（周五，还有 2 天） · 进行中; a late one says by how much, a closed one only when. In the reader's `own`
    list their name goes without saying; on a phone it would take every line's second row."""
    when = lines.late(scene, action) if lines.overdue(scene, action) else lines.due_day(scene, action)
    if not action.open:
        when = lines.bare(scene, action.finished_at.astimezone(scene.zone).date()) if action.finished_at else ""
    state = "" if action.state is State.IN_PROGRESS and lines.overdue(scene, action) else action.state
    mine = own and scene.reader is not None and scene.reader.id == action.owner
    parts = ("" if mine else scene.name(action.owner), when, scene.words(f"state-{state}") if state else "")
    return " · ".join(part for part in parts if part)


def counts(scene: Scene, actions: Sequence[Action]) -> str:
    """🔴 2 · 🟡 1 · 🟢 5; for closed ones only how many."""
    lights = Counter(scene.light(action) for action in actions)
    shown = [f"{lines.SIGNS[light]} {lights[light]}" for light in Light if lights[light]]
    closed = [scene.words("count-closed", n=lights[None])] if lights[None] else []
    return " · ".join([*shown, *closed])
