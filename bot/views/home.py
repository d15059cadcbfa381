"""One look: what waits for the reader (minutes, items), what is theirs by colour, what they have given to others; worst
first, paged."""

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct

from bot.cards import Block, Button, Card, Code, Item, Items, Plain, Text
from bot.domain.action import Action
from bot.domain.minutes import Minutes, MinutesState
from bot.views import lines, listing, presses
from bot.views.examples import example
from bot.views.minutes import confirm_by, link, row
from bot.views.minutes_body import named
from bot.views.scene import Scene

AT_MOST = 20
"""Items on one page."""


class Desk(Struct, frozen=True):
    """A person's items by why they see them, each list worst first and no item in two of them; `papers` are the minutes
    that they have to acknowledge or review."""

    waiting: tuple[Action, ...] = ()
    mine: tuple[Action, ...] = ()
    assigned: tuple[Action, ...] = ()
    papers: tuple[Minutes, ...] = ()


def home(scene: Scene, desk: Desk, page: int = 1) -> Card:
    """The page of that number, or the nearest there is."""
    every = [(part, one) for part in ("papers", "waiting", "mine", "assigned") for one in getattr(desk, part)]
    pages = max(1, -(-len(every) // AT_MOST))
    page = min(max(1, page), pages)
    here = every[(page - 1) * AT_MOST : page * AT_MOST]
    parts = [_part(scene, desk, part, [one for _, one in items]) for part, items in groupby(here, lambda pair: pair[0])]
    paged = lines.said(scene.words("home-page", page=page, pages=pages), faint=True) if pages > 1 else None
    return lines.card(_title(scene, desk), *parts, paged, _ways(scene, page, pages), _how(scene))


def _title(scene: Scene, desk: Desk) -> str:
    waiting = len(desk.papers) + len(desk.waiting)
    return scene.words("home-waiting", n=waiting) if waiting else scene.words("home-clear")


def _part(scene: Scene, desk: Desk, part: str, shown: Sequence[Action | Minutes]) -> Block:
    """One of the lists; what waits is counted in the title already."""
    items = tuple(_paper(scene, one) if isinstance(one, Minutes) else _line(scene, one) for one in shown)
    if part in ("papers", "waiting"):
        return Items(items)
    return Items(items, scene.words(f"home-{part}", counts=listing.counts(scene, getattr(desk, part))))


def _line(scene: Scene, action: Action) -> Item:
    """As in every list; where nothing must be pressed, the item can be looked at."""
    line = listing.line(scene, action, own=True)
    return Item(line.lead, line.text, line.detail, line.buttons or (presses.show(scene, action),))


def _paper(scene: Scene, minutes: Minutes) -> Item:
    """Which minutes, by when, and the presses that answer; the whole of them is one press away."""
    asks = minutes.state is MinutesState.DISTRIBUTED
    text = scene.words(
        "minutes-confirm" if asks else "minutes-submitted", named=(name := named(scene, minutes)), title=name
    )
    able = row(scene, minutes)
    presses = able.buttons[:2] if able else ()
    return Item(
        f"M-{minutes.meeting}",
        text,
        confirm_by(scene, minutes) if asks else "",
        (*presses, link(scene, "show", minutes)),
    )


def _ways(scene: Scene, page: int, pages: int) -> Block | None:
    new = presses.link(scene, "new", "/action add", f"/action {scene.words('say-add')}", "primary")
    more = [_to(scene, "more", page + 1)] if page < pages else []
    back = [_to(scene, "back", 1)] if page > 1 else []
    return presses.row((new, *more, *back, presses.link(scene, "help", "/help", scene.words("say-help"))))


def _to(scene: Scene, name: str, page: int) -> Button:
    line = f"/action home page {page}"
    return presses.link(scene, name, line, line)


def _how(scene: Scene) -> Block:
    return Text((Plain(scene.words("home-add")), Code(example(scene, "add"))))
