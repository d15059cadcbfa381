"""The archive as the asker may see it: its shelves by year and kind, and what a search finds (N7, N8)."""

from collections.abc import Mapping, Sequence

from bot.cards import Button, Card, Code, Item, Items, Plain, Text
from bot.domain.minutes import Minutes, MinutesVerb
from bot.views import lines, presses
from bot.views.kinds import kind
from bot.views.minutes import link, press, standing
from bot.views.scene import Scene

AT_MOST = 10
"""Minutes on one page."""


def shelves(
    scene: Scene, counts: Mapping[tuple[int, str], int], mine: Sequence[Minutes], drafts: Sequence[Minutes]
) -> Card:
    """What waits for the reader first, then how many stand under each year and kind, newest year first."""
    words = scene.words
    total = sum(counts.values())
    order = sorted(counts, key=lambda shelf: (-shelf[0], -counts[shelf], shelf[1]))
    items = tuple(_shelf(scene, year, name, counts[year, name]) for year, name in order)
    return lines.card(
        words("minutes-archive", n=total) if total else words("minutes-archive-empty"),
        _waiting(scene, "minutes-drafts", drafts),
        _waiting(scene, "minutes-unread", mine),
        Items(items, words("minutes-shelves")) if items else None,
        Text((Plain(words("minutes-search-how")), Code(words("example-minutes-search")))),
    )


def found(scene: Scene, minutes: Sequence[Minutes], *, asked: str, total: int, page: int, more: str) -> Card:
    """One page of what was searched for, newest first; `more` is the line for the next."""
    words = scene.words
    if not minutes:
        return lines.card(words("minutes-found-none", asked=lines.single(asked)), _how(scene))
    pages = -(-total // AT_MOST)
    return lines.card(
        words("minutes-found", asked=lines.single(asked), n=total),
        lines.said(words("minutes-page", page=page, pages=pages), faint=True) if pages > 1 else None,
        Items(tuple(_found(scene, one) for one in minutes)),
        presses.row((presses.link(scene, "more", more, more),) if more else ()),
    )


def _shelf(scene: Scene, year: int, name: str, count: int) -> Item:
    called = kind(scene, name)
    command = f"/minutes search {year} {called}"
    button = Button(
        scene.words("press-minutes-open"),
        command,
        say=f"/{scene.words('say-minutes')} {scene.words('say-minutes-search')} {year} {called}",
    )
    return Item(str(year), called, scene.words("minutes-count", n=count), (button,))


def _found(scene: Scene, one: Minutes) -> Item:
    day = lines.bare(scene, one.held_at.astimezone(scene.zone).date())
    detail = " · ".join((kind(scene, one.kind), standing(scene, one)))
    return Item(one.label, f"{one.title} · {day}", detail, (link(scene, "show", one),))


def _waiting(scene: Scene, heading: str, minutes: Sequence[Minutes]) -> Items | None:
    if not minutes:
        return None
    verb = MinutesVerb.ACKNOWLEDGE if heading == "minutes-unread" else None
    items = tuple(
        Item(
            one.label, one.title, standing(scene, one), (press(scene, one, verb) if verb else link(scene, "show", one),)
        )
        for one in minutes[:AT_MOST]
    )
    return Items(items, scene.words(heading, n=len(minutes)))


def _how(scene: Scene) -> Text:
    return Text((Plain(scene.words("minutes-search-how")), Code(scene.words("example-minutes-search"))))
