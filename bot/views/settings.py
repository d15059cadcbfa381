"""Settings as the reader sees and changes them: a label, the present value, and the line that changes it."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.cards import Card, Code, Item, Items, Plain, Text, Toast
from bot.views import lines
from bot.views.scene import Scene

_NONE = frozenset({"away", "messenger"})
"""Without a value these are not there at all; the others fall back to what is usual."""


def show(
    scene: Scene, rows: Iterable[tuple[str, str, str]], scope: str = "person", usual: Mapping[str, str] | None = None
) -> Card:
    """`rows`: key, present value (as kept; empty: the default), the line that changes it. `scope`: person, room or
    workplace. `usual`: key → what holds where nothing was chosen."""
    given = usual or {}
    items = tuple(
        Item(scene.words(f"setting-{key}"), _present(scene, key, value, given.get(key, "")), command)
        for key, value, command in rows
    )
    return lines.card(
        scene.words(f"settings-{scope}"),
        Items(items),
        Text((Plain(scene.words("settings-how")), Code(scene.words("example-settings")))),
    )


def _present(scene: Scene, key: str, value: str, usual: str) -> str:
    """默认（周五）: "default" alone would leave the reader to find out what it is."""
    if value or not usual:
        return value_words(scene, key, value)
    return scene.words("setting-usual", value=value_words(scene, key, usual))


def saved(scene: Scene, key: str, value: str) -> Toast:
    """已设置：周报时间 16:00."""
    return Toast(lines.one_line(did(scene, key, value)), "good")


def did(scene: Scene, key: str, value: str) -> str:
    """The same as a sentence."""
    what = scene.words(f"setting-{key}")
    if not value and key in _NONE:
        return scene.words("setting-cleared", what=what)
    return scene.words("setting-saved", what=what, value=value_words(scene, key, value))


def value_words(scene: Scene, key: str, value: str) -> str:
    """A kept value as the reader says it: languages, days of the week, on and off; other values as they are."""
    words = scene.words
    if not value:
        return words("setting-none" if key in _NONE else "setting-default")
    if key == "timezone":
        return lines.chosen_zone(scene, value)
    if key == "away":
        return words.day(date.fromisoformat(value), scene.today)
    for name in (f"{key}-{value}", f"value-{value}"):
        if name.replace("-", "").isalnum() and name.isascii() and words.has(name):
            return words(name)
    return value
