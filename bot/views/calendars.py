"""A due day that the published holidays make another one: both days, and the press that moves it (T2)."""

from collections.abc import Mapping
from datetime import date

from bot.cards import Button, Card
from bot.domain.action import Action, State, Verb
from bot.views import lines, presses
from bot.views.scene import Scene


def recounted(scene: Scene, action: Action, args: Mapping[str, object]) -> Card | None:
    """To owner and assigner. None when the item is closed or its day has been changed since: then nothing is left to say."""
    was, new = _day(args.get("day")), _day(args.get("new"))
    if was is None or new is None or not action.open or action.due.day != was:
        return None
    words, day = scene.words, lines.bare(scene, new)
    why = words("recounted-why", phrase=str(args.get("phrase")), was=lines.bare(scene, was), day=day)
    return lines.card(
        words("recounted", action=action.label, day=day),
        lines.said(action.text),
        lines.said(why),
        presses.row((*_move(scene, action, new), presses.show(scene, action))),
        tone="warn",
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _move(scene: Scene, action: Action, new: date) -> tuple[Button, ...]:
    """[改到 1月11日（周一）]: a later day of an accepted item is a postponement, with its reason (A4); not into the past."""
    words = scene.words
    later = new > action.due.day and action.state is not State.PROPOSED
    verb = Verb.POSTPONE if later else Verb.EDIT
    if new < scene.today or not presses.can(scene, action, verb):
        return ()
    hour = f" {action.due.time:%H:%M}" if action.due.time else ""
    reason = f' why: "{words("recounted-reason")}"' if later else ""
    what = f"{action.label} {new}{hour}{reason}"
    label, command = words("recounted-press", day=lines.bare(scene, new)), f"/action {verb} {what}"
    return (Button(label, command, say=f"{words(f'say-{verb}')} {what}", version=action.version),)
