"""What the admins hear of the messengers' connections: which is cut off, what that means, what mends it; and that it works."""

from collections.abc import Mapping

from bot.cards import Card
from bot.domain.action import Action
from bot.views import lines
from bot.views.scene import Scene

Args = Mapping[str, object]


def cut_off(scene: Scene, actions: tuple[Action, ...], args: Args) -> Card:
    """First which one; then the other side's word, what becomes of messages, and the way out."""
    mend = str(args.get("mend") or "")
    return lines.card(
        scene.words("cut-off", name=str(args["name"])),
        lines.said(scene.words("undeliverable-why", reason=str(args["reason"]))),
        lines.said(scene.words("cut-off-deaf" if args.get("deaf") else "cut-off-what")),
        lines.said(scene.words(mend, about=str(args.get("about") or ""))) if mend else None,
        tone="bad",
    )


def connected(scene: Scene, actions: tuple[Action, ...], args: Args) -> Card:
    """That it works again, and what becomes of what waited."""
    title = scene.words("connected", name=str(args["name"]))
    return lines.card(title, lines.said(scene.words("connected-what")), tone="good")
