"""What has happened to an item: its history, and the answers to those who came too late."""

from collections.abc import Sequence

from bot.cards import Card, Item, Items, Toast
from bot.domain.action import Action, Verb
from bot.domain.facts import ITSELF
from bot.store import Entry
from bot.views import lines, presses
from bot.views.scene import Scene


def history(scene: Scene, action: Action, entries: Sequence[Entry]) -> Card:
    """Who did what and when, oldest first, with what it changed and why; what was refused is marked."""
    return lines.card(
        scene.words("history", action=action.label),
        lines.said(action.text),
        Items(tuple(_line(scene, entry) for entry in entries)),
        lines.present(scene, action),
        presses.row((presses.show(scene, action),)),
    )


def stale(scene: Scene, action: Action, entries: Sequence[Entry]) -> Card:
    """Somebody changed it since the pressed card was drawn: nothing was done; what changed, how it stands, and the
    presses that are right now."""
    since = tuple(_line(scene, entry) for entry in entries if not entry.refused)
    return lines.card(
        scene.words("stale", action=action.label),
        lines.said(action.text),
        Items(since) if since else None,
        lines.present(scene, action),
        presses.presses(scene, action, presses.sensible(scene, action)),
        tone="warn",
    )


def first(scene: Scene, action: Action, entry: Entry) -> Toast:
    """A-42 已由张三于 10:32 验收通过，无需再操作。"""
    did = scene.words(f"did-{entry.verb}")
    who, at = _who(scene, entry), lines.moment(scene, entry.at)
    return Toast(lines.one_line(scene.words("first", action=action.label, who=who, at=at, did=did)))


def _line(scene: Scene, entry: Entry) -> Item:
    at, who = lines.moment(scene, entry.at), _who(scene, entry)
    if entry.refused:
        return Item(at, scene.words("history-refused", who=who, verb=lines.deed(scene, "verb", entry.verb)))
    if entry.by == ITSELF:
        return Item(at, scene.words("history-calendar"))
    detail = " · ".join(part for part in (*_differences(scene, entry), lines.because(scene, entry.why)) if part)
    return Item(at, scene.words("history-line", who=who, did=lines.deed(scene, "did", entry.verb)), detail)


def _who(scene: Scene, entry: Entry) -> str:
    known = scene.directory.people.get(entry.by)
    return known.name if known else scene.words("nobody-known")


def _differences(scene: Scene, entry: Entry) -> list[str]:
    """Owner, day and state, each only when it changed: 11月27日（周五） → 11月30日（周一）."""
    before, after = entry.before, entry.after
    if before is None or after is None:
        return []
    pairs = [
        (scene.name(before.owner), scene.name(after.owner)),
        (lines.bare(scene, before.due.day), lines.bare(scene, after.due.day)),
    ]
    if entry.verb == Verb.UNDO:
        pairs.append((scene.words(f"state-{before.state}"), scene.words(f"state-{after.state}")))
    return [scene.words("from-to", old=old, new=new) for old, new in pairs if old != new]
